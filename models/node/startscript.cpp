// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/startscript.h"

#include "models/node/releasesfile.h"
#include "models/node/steps.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

constexpr qint64 LongestScript = 1024 * 1024;

[[nodiscard]] std::unexpected<Error> scriptFailed(const QString &name, const QString &version, const QString &raw)
{
    return failure(u"server.start-script"_s,
                   u"bin/%1 could not be replaced: after a reboot it starts another version than %2."_s.arg(name, version),
                   u"Copy bin/%1-%2 over bin/%1 on the server."_s.arg(name, version), raw);
}

} // namespace

Result<QString> scriptStarts(server::Session &session, const QString &name, const JobContext &context)
{
    const Result<server::RemotePath> script = session.address().directory.child(QByteArray("bin/" + name.toUtf8()));
    if (!script)
        return std::unexpected(script.error());
    const Result<QByteArray> text = session.readFile(*script, context, LongestScript);
    if (!text)
        return std::unexpected(text.error());
    return scriptVersion(*text);
}

Result<void> replaceScript(server::Session &session, const QString &name, const QString &version,
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

} // namespace handover::node
