// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/layout.h"
#include "models/erlang/parser.h"
#include "models/node/startscript.h"
#include "models/node/steps.h"

#include <QDeadlineTimer>
#include <QTemporaryFile>

#include <chrono>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using handover::erlang::Term;

namespace handover::node {

namespace {

constexpr qint64 MaximumFile = 16 * 1024 * 1024;
constexpr erlang::Limits TableLimits{.depth = 20, .terms = 500'000, .bytes = MaximumFile};
constexpr int StopSeconds = 90;
constexpr auto StartTime = 60s;

// What decides which release starts: the release handler's table, OTP's own start data, relx's script.
struct BootFiles
{
    QByteArray releases;
    QByteArray startErl;
    QString script; ///< empty: the script names none
};

[[nodiscard]] Result<QByteArray> read(server::Session &session, QByteArrayView name, const JobContext &context)
{
    const Result<server::RemotePath> path = session.address().directory.child(name);
    return path ? session.readFile(*path, context, MaximumFile) : std::unexpected(path.error());
}

[[nodiscard]] Result<void> write(server::Session &session, QByteArrayView name, const QByteArray &bytes,
                                 const JobContext &context)
{
    const Result<server::RemotePath> path = session.address().directory.child(name);
    if (!path)
        return std::unexpected(path.error());
    QTemporaryFile file;
    if (!file.open() || file.write(bytes) != bytes.size() || !file.flush())
        return failure(u"server.local-file"_s, u"A temporary file could not be written here."_s,
                       u"Check the disk, then try again."_s, file.errorString());
    const auto sent = session.upload(file.fileName(), *path, context);
    return sent ? Result<void>() : std::unexpected(sent.error());
}

[[nodiscard]] Result<BootFiles> readBootFiles(server::Session &session, const QString &name, const JobContext &context)
{
    const auto releases = read(session, "releases/RELEASES", context);
    if (!releases)
        return std::unexpected(releases.error());
    const auto startErl = read(session, "releases/start_erl.data", context);
    if (!startErl)
        return std::unexpected(startErl.error());
    const auto script = scriptStarts(session, name, context);
    if (!script)
        return std::unexpected(script.error());
    return BootFiles{*releases, *startErl, *script};
}

[[nodiscard]] Result<void> writeBootFiles(server::Session &session, const QString &name, const BootFiles &files,
                                          const JobContext &context)
{
    if (const auto written = write(session, "releases/RELEASES", files.releases, context); !written)
        return written;
    if (const auto written = write(session, "releases/start_erl.data", files.startErl, context); !written)
        return written;
    return files.script.isEmpty() ? Result<void>() : replaceScript(session, name, files.script, context);
}

// The same with another release permanent, as release_handler writes it before it restarts the emulator.
[[nodiscard]] std::optional<BootFiles> withPermanent(const BootFiles &files, const QString &version)
{
    const auto table = erlang::parseFirstTerm(files.releases, TableLimits);
    if (!table || !table->isList())
        return std::nullopt;
    QList<Term> releases;
    QByteArray erts;
    for (const Term &release : table->items()) {
        if (!release.isTagged("release", 6))
            return std::nullopt;
        QList<Term> parts = release.items();
        if (parts.at(2).stringValue() == version) {
            erts = parts.at(3).stringValue().value_or(QString()).toUtf8();
            parts[5] = Term::atom("permanent");
        } else if (!parts.at(5).isAtom("unpacked")) {
            parts[5] = Term::atom("old");
        }
        releases += Term::tuple(parts);
    }
    if (erts.isEmpty())
        return std::nullopt;
    return BootFiles{erlang::printFile(Term::list(releases)), erts + ' ' + version.toUtf8(),
                     files.script.isEmpty() ? QString() : version};
}

// Whether the node came up with that release; it is given a minute.
[[nodiscard]] bool start(const ReleaseScript &script, const QString &version, const JobContext &context, QString &said)
{
    const server::RemotePath &directory = script.session().address().directory;
    const QByteArray program = directory.bytes() + "/bin/" + script.name().toUtf8();
    // relx's daemon waits for ever for a node that does not boot.
    const auto outcome = script.session().exec(directory, {"timeout", "60", program, "daemon"}, context, {}, StopSeconds);
    said = outcome ? rawText(*outcome) : outcome.error().words();
    const QDeadlineTimer deadline(StartTime);
    while (outcome && outcome->exitStatus == 0 && !deadline.hasExpired() && !context.isCancelled()) {
        const auto state = askState(script, context);
        if (!state && !script.session().isAlive())
            break;
        if (state && *state)
            return (*state)->runningVersion() == version;
        std::this_thread::sleep_for(300ms);
    }
    return false;
}

[[nodiscard]] Result<void> stop(const ReleaseScript &script, const JobContext &context)
{
    const auto outcome = script.run({"stop"}, context, StopSeconds);
    if (!outcome)
        return std::unexpected(outcome.error());
    const QDeadlineTimer deadline(20s);
    while (!deadline.hasExpired() && !context.isCancelled()) {
        const auto state = askState(script, context);
        if (state && !*state)
            return {};
        if (!state && !script.session().isAlive())
            return std::unexpected(state.error());
        std::this_thread::sleep_for(300ms);
    }
    return failure(u"server.reboot-failed"_s, u"The node did not stop."_s,
                   u"Nothing was changed. Look at log/erlang.log.1 on the server."_s, rawText(*outcome));
}

} // namespace

Result<Step> rebootInto(server::Session &session, const QString &name, const QString &version, const JobContext &context)
{
    context.progress(u"Restarting with %1"_s.arg(version));
    const Result<StepStart> begin = StepStart::make(session, name, version, context);
    if (!begin)
        return std::unexpected(begin.error());
    if (!begin->release(version))
        return notInstalled(version);
    const Result<ScriptSkills> skills = begin->script.skills(context);
    if (!skills)
        return std::unexpected(skills.error());
    if (!skills->startsAndStops)
        return refusal(u"server.reboot-failed"_s, u"bin/%1 has no stop and daemon, so the node can't be restarted with it."_s.arg(name),
                       u"Nothing was changed. Make what shall start permanent, and restart the node the way it is started."_s);
    const QString from = begin->state.runningVersion();
    const Result<BootFiles> before = readBootFiles(session, name, context);
    if (!before)
        return std::unexpected(before.error());
    const std::optional<BootFiles> after = withPermanent(*before, version);
    if (!after)
        return refusal(u"server.reboot-failed"_s, u"releases/RELEASES does not know %1, or can't be understood."_s.arg(version),
                       u"Nothing was changed. Unpack the release through the node first."_s);
    if (const auto stopped = stop(begin->script, context); !stopped)
        return std::unexpected(stopped.error());

    // From here to its end it is not cancelled: a node that is down halfway serves nobody.
    const JobContext whole(std::stop_token(), {[&context](const Progress &p) { context.progress(p); },
                                               [&context](const QString &line) { context.log(line); }});
    QString said;
    const auto written = writeBootFiles(session, name, *after, whole);
    if (written && start(begin->script, version, whole, said))
        return begin->done(Step::Kind::Reboot, u"The node was stopped and runs %1 now, which is permanent; before it %2."_s.arg(version, from),
                           said.toUtf8());
    if (!written)
        said = written.error().words();
    (void)begin->script.run({"stop"}, whole, StopSeconds);
    QString again;
    const bool restored = writeBootFiles(session, name, *before, whole) && start(begin->script, from, whole, again);
    if (restored)
        return refusal(u"server.reboot-failed"_s, u"%1 did not start. %2 was started again; connections and state are lost."_s.arg(version, from),
                       u"Look at what the script said below, and at log/erlang.log.1 on the server."_s, said);
    return failure(u"server.reboot-failed"_s,
                   u"%1 did not start, and neither did %2: the node is down."_s.arg(version, from),
                   u"Log in and start it: bin/%1 daemon. releases/RELEASES, releases/start_erl.data and bin/%1 should name %2."_s.arg(name, from),
                   said + u'\n' + again);
}

} // namespace handover::node
