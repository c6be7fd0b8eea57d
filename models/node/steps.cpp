// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/steps.h"

#include "models/node/loglines.h"

using namespace Qt::StringLiterals;

namespace handover::node {

QString stepName(Step::Kind kind)
{
    switch (kind) {
    case Step::Kind::Upload:
        return u"upload"_s;
    case Step::Kind::Unpack:
        return u"unpack"_s;
    case Step::Kind::Check:
        return u"check"_s;
    case Step::Kind::Install:
        return u"install"_s;
    case Step::Kind::Watch:
        return u"watch"_s;
    case Step::Kind::MakePermanent:
        return u"make permanent"_s;
    case Step::Kind::GoBack:
        return u"go back"_s;
    case Step::Kind::Remove:
        return u"remove"_s;
    case Step::Kind::Reboot:
        return u"reboot"_s;
    }
    return {};
}

std::optional<Step::Kind> stepKind(QStringView name)
{
    using enum Step::Kind;
    for (const Step::Kind kind : {Upload, Unpack, Check, Install, Watch, MakePermanent, GoBack, Remove, Reboot})
        if (name == stepName(kind))
            return kind;
    return std::nullopt;
}

Result<StepStart> StepStart::make(server::Session &session, const QString &name, const QString &version,
                                  const JobContext &context)
{
    QElapsedTimer clock;
    clock.start();
    if (const Result<void> good = checkName(u"a release's name"_s, name); !good)
        return std::unexpected(good.error());
    if (const Result<void> good = checkName(u"a release's version"_s, version); !good)
        return std::unexpected(good.error());
    ReleaseScript script(session, name);
    Result<std::optional<NodeState>> state = askState(script, context);
    if (!state)
        return std::unexpected(state.error());
    if (!*state)
        return nodeDown(name, u"Node is not running!"_s);
    return StepStart{script, std::move(**state), clock};
}

Step StepStart::done(Step::Kind kind, const QString &detail, const QByteArray &raw) const
{
    return {kind, true, clock.elapsed(), detail, QString::fromUtf8(raw)};
}

std::unexpected<Error> nodeDown(const QString &name, const QString &raw)
{
    return failure(u"server.node-down"_s,
                   u"The node of %1 does not answer, so it can't be upgraded."_s.arg(name),
                   u"Start it with bin/%1 daemon. If it does run, its cookie or ERL_EPMD_PORT may be another "
                   u"one for this "
                   "user, or the release's programs may not run on this server (GLIBC)."_s.arg(name),
                   raw);
}

std::unexpected<Error> notInstalled(const QString &version)
{
    return refusal(u"server.not-installed"_s, u"%1 is not unpacked on this server."_s.arg(version),
                   u"Upload its tarball and unpack it first."_s);
}

std::unexpected<Error> noRelup(const QString &from, const QString &to, const QStringList &offered,
                               const QString &raw)
{
    const QString what = offered.isEmpty()
                             ? u"there is no relup for it"_s
                             : u"its relup only knows the way from %1"_s.arg(offered.join(u", "_s));
    return refusal(u"server.no-relup"_s,
                   u"There is no way from %1, which runs, to %2: %3."_s.arg(from, to, what),
                   u"Build the package of %2 with a relup from %1, remove the release %2 from the server, and "
                   "deliver it again."_s.arg(from, to),
                   raw);
}

QString rawText(const server::ExecOutcome &outcome)
{
    const QString output = spokenText(outcome.output);
    const QString errors = spokenText(outcome.errorOutput);
    return output.isEmpty() || errors.isEmpty() ? output + errors : QString(output + u'\n' + errors);
}

QString escriptTrouble(const server::ExecOutcome &outcome)
{
    if (outcome.errorOutput.contains("Failed to create cookie file") ||
        outcome.errorOutput.contains("basedir_join_home") ||
        outcome.output.contains("Failed to create cookie file"))
        return u"The user of this connection needs a home directory that exists and is writable: set HOME for it."_s;
    if (outcome.errorOutput.contains("install_upgrade.escript") &&
        outcome.errorOutput.contains("no such file"))
        return u"bin/install_upgrade.escript is missing: build the release with {extended_start_script, true}."_s;
    return {};
}

} // namespace handover::node
