// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/steps.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

constexpr qint64 MaximumScript = 1024 * 1024;

[[nodiscard]] std::unexpected<Error> scriptFailed(const QString &name, const QString &version,
                                                  const QString &raw)
{
    return failure(
        u"server.start-script"_s,
        u"The node has made %1 permanent, but bin/%2 still starts another version after a reboot."_s.arg(
            version, name),
        u"Copy bin/%1-%2 over bin/%1 on the server."_s.arg(name, version), raw);
}

[[nodiscard]] Result<QString> scriptStarts(server::Session &session, const QString &name, const JobContext &context)
{
    const Result<server::RemotePath> script = session.address().directory.child(QByteArray("bin/" + name.toUtf8()));
    if (!script)
        return std::unexpected(script.error());
    const Result<QByteArray> text = session.readFile(*script, context, MaximumScript);
    if (!text)
        return std::unexpected(text.error());
    return scriptVersion(*text);
}

// relx's script boots the version written in it, whatever the release handler says; make_permanent
// leaves it alone. Copied beside and renamed, so that there is a whole one at every moment.
[[nodiscard]] Result<void> replaceScript(server::Session &session, const QString &name, const QString &version,
                                         const JobContext &context)
{
    const server::RemotePath &directory = session.address().directory;
    const QByteArray bin = directory.bytes() + "/bin/";
    const QByteArray source = bin + name.toUtf8() + '-' + version.toUtf8();
    const QByteArray target = bin + name.toUtf8();
    const QByteArray part = bin + '.' + name.toUtf8() + ".handover-" +
                            QByteArray::number(QRandomGenerator::system()->generate64(), 36) + ".part";
    for (const QList<QByteArray> &command :
         {QList<QByteArray>{"cp", "-p", source, part}, {"mv", "-f", part, target}}) {
        const Result<server::ExecOutcome> outcome = session.exec(directory, command, context);
        if (!outcome && outcome.error().isCancelled())
            return std::unexpected(outcome.error());
        if (!outcome)
            return scriptFailed(name, version, outcome.error().words());
        if (outcome->exitStatus != 0) {
            (void)session.exec(directory, {"rm", "-f", part}, context);
            return scriptFailed(name, version, rawText(*outcome));
        }
    }
    const Result<QString> starts = scriptStarts(session, name, context);
    if (!starts || *starts != version)
        return scriptFailed(name, version,
                            starts ? u"bin/%1 has REL_VSN %2"_s.arg(name, *starts) : starts.error().words());
    return {};
}

} // namespace

Result<Step> makePermanent(server::Session &session, const QString &name, const QString &version,
                           const JobContext &context)
{
    context.progress(u"Making %1 permanent"_s.arg(version));
    const Result<StepStart> start = StepStart::make(session, name, version, context);
    if (!start)
        return std::unexpected(start.error());
    const InstalledRelease *release = start->release(version);
    if (!release)
        return notInstalled(version);
    if (start->state.runningVersion() != version)
        return refusal(u"server.not-installed"_s,
                       u"%1 is %2, but it does not run; %3 does."_s.arg(version, statusWords(release->status),
                                                                        start->state.runningVersion()),
                       u"Install it first: only what runs can be made permanent."_s);
    const Result<QString> starts = scriptStarts(session, name, context);
    if (!starts)
        return std::unexpected(starts.error());
    const bool wasPermanent = release->status == ReleaseStatus::Permanent;
    if (wasPermanent && *starts == version)
        return refusal(u"server.already-installed"_s, u"%1 is permanent already."_s.arg(version),
                       u"There is nothing to do."_s);

    const Result<std::optional<erlang::Term>> answer =
        start->script.ask("release_handler:make_permanent(" + erlangString(version) + ")", context);
    if (!answer)
        return std::unexpected(answer.error());
    if (!*answer)
        return nodeDown(name, {});
    const QString raw = QString::fromUtf8((*answer)->print());
    if (!(*answer)->isAtom("ok"))
        return refusal(u"server.install-failed"_s, u"The node did not make %1 permanent."_s.arg(version),
                       u"It still runs %1. The node's reason is below."_s.arg(start->state.runningVersion()),
                       raw);
    if (*starts != version) {
        if (const Result<void> replaced = replaceScript(session, name, version, context); !replaced)
            return std::unexpected(replaced.error());
    }
    return start->done(Step::Kind::MakePermanent,
                       u"%1 is permanent: a reboot starts it, and bin/%2 does."_s.arg(version, name),
                       raw.toUtf8());
}

} // namespace handover::node
