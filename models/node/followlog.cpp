// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/followlog.h"

#include "models/node/loglines.h"
#include "models/node/question.h"
#include "models/node/steps.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

using From = LogSource::Kind;

constexpr qsizetype MaximumSources = 50;
constexpr qsizetype MaximumUnit = 256;

[[nodiscard]] bool isUnitName(QByteArrayView unit)
{
    return !unit.startsWith('-') && unit.size() <= MaximumUnit && std::ranges::all_of(unit, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               QByteArrayView("-_.@:\\").contains(c);
    });
}

// run_erl's files, newest first.
[[nodiscard]] Result<> addFiles(server::Session &session, QList<LogSource> &sources, const JobContext &context)
{
    const server::RemotePath &directory = session.address().directory;
    const Result<server::ExecOutcome> outcome = session.exec(directory, {"ls", "-t", "log"}, context);
    if (!outcome)
        return std::unexpected(outcome.error());
    for (const QByteArray &name : outcome->output.split('\n')) {
        const bool console = name.startsWith("erlang.log.");
        if ((!console && name != "run_erl.log") || sources.size() >= MaximumSources)
            continue;
        const Result<server::RemotePath> path = directory.child(QByteArray("log/" + name));
        if (path)
            sources += {console ? From::Console : From::Runner, QString::fromUtf8(name), path->bytes()};
    }
    std::ranges::stable_sort(sources, {}, &LogSource::kind);
    return {};
}

[[nodiscard]] Result<> addOfNode(server::Session &session, const ReleaseScript &script, QList<LogSource> &sources,
                                 const JobContext &context)
{
    const Result<erlang::Term> answer = askUp(script,
        "{logs, os:getpid(), [{atom_to_list(Id), filename:absname(File)} || "
        "#{id := Id, config := #{file := File}} <- logger:get_handler_config(), is_list(File)]}", context);
    if (!answer)
        return std::unexpected(answer.error());
    if (!answer->isTagged("logs", 3))
        return strangeAnswer(script, *answer);
    for (const erlang::Term &handler : answer->at(2).items()) {
        const std::optional<QString> name = handler.at(0).stringValue();
        const std::optional<QString> file = handler.at(1).stringValue();
        const auto path = file ? server::RemotePath::parse(file->toUtf8()) : std::unexpected(Error());
        if (name && path && sources.size() < MaximumSources)
            sources += {From::Handler, *name, path->bytes()};
    }
    const qint64 pid = answer->at(1).stringValue().value_or(QString()).toLongLong();
    if (pid <= 0)
        return {};
    const Result<server::ExecOutcome> cgroup = session.exec(session.address().directory,
        {"cat", QByteArray("/proc/" + QByteArray::number(pid) + "/cgroup")}, context);
    if (!cgroup)
        return std::unexpected(cgroup.error());
    const QByteArray unit = cgroup->exitStatus == 0 ? unitOfCgroup(cgroup->output) : QByteArray();
    if (!unit.isEmpty())
        sources += {From::Journal, QString::fromUtf8(unit), unit};
    return {};
}

[[nodiscard]] QList<QByteArray> commandFor(const LogSource &source, int lines)
{
    const QByteArray count = QByteArray::number(std::clamp(lines, 0, 10'000));
    if (source.kind == From::Journal)
        return {"journalctl", "--no-pager", "-o", "short-iso", "-n", count, "-f", "-u", source.place};
    return {"tail", "-n", count, "-F", "--", source.place};
}

} // namespace

QString LogSource::words() const
{
    switch (kind) {
    case From::Handler:
        return u"%1: what the node's logger writes, %2"_s.arg(name, QString::fromUtf8(place));
    case From::Console:
        return u"%1: the node's console"_s.arg(name);
    case From::Runner:
        return u"%1: starts and ends of the node"_s.arg(name);
    case From::Journal:
        return u"%1: the journal of the service"_s.arg(name);
    }
    Q_UNREACHABLE_RETURN(QString());
}

QByteArray unitOfCgroup(QByteArrayView text)
{
    // "0::/system.slice/tally.service", or with the old hierarchies "1:name=systemd:/…"
    for (const QByteArray &line : text.toByteArray().split('\n')) {
        const qsizetype path = line.indexOf(":/");
        if (path < 0 || !(line.startsWith("0::") || line.contains(":name=systemd:")))
            continue;
        const QList<QByteArray> parts = line.sliced(path + 2).split('/');
        const auto unit = std::ranges::find_if(parts, [](const QByteArray &part) { return part.endsWith(".service"); });
        // What came in by ssh, at or cron stands in the service that started it.
        if (unit == parts.end() || parts.first() != "system.slice" || !isUnitName(*unit) ||
            QByteArrayList{"ssh.service", "sshd.service", "cron.service", "crond.service", "atd.service"}.contains(*unit) ||
            unit->startsWith("sshd@") || unit->startsWith("ssh@"))
            continue;
        return *unit;
    }
    return {};
}

Result<QList<LogSource>> findLogs(server::Session &session, const Installation &installation, const JobContext &context)
{
    context.progress(u"Looking for logs"_s);
    if (const Result<void> good = checkName(u"a release's name"_s, installation.name); !good)
        return std::unexpected(good.error());
    QList<LogSource> sources;
    if (installation.nodeUp) {
        if (const Result<> added = addOfNode(session, ReleaseScript(session, installation.name), sources, context); !added)
            return std::unexpected(added.error());
    }
    if (const Result<> added = addFiles(session, sources, context); !added)
        return std::unexpected(added.error());
    return sources;
}

Result<> followLog(server::Session &session, const LogSource &source, int lines, const LogSink &sink,
                   const JobContext &context)
{
    LogLines log;
    const auto pass = [&](const QStringList &done) {
        if (!done.isEmpty())
            sink(done);
    };
    const Result<server::ExecOutcome> outcome = session.stream(
        session.address().directory, commandFor(source, lines), context, [&](QByteArrayView bytes) { pass(log.feed(bytes)); });
    pass(log.finish());
    if (!outcome)
        return std::unexpected(outcome.error());
    return failure(u"server.log-ended"_s, u"%1 can't be followed any more."_s.arg(source.name),
                   u"Look at whether it is there and may be read by the user of this connection."_s, rawText(*outcome));
}

} // namespace handover::node
