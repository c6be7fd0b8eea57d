// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/runas.h"
#include "models/server/sessionprivate.h"

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

// sha256sum puts a backslash before the sum when it had to escape the file's name.
[[nodiscard]] QByteArray sumOf(const ExecOutcome &outcome)
{
    QByteArrayView line(outcome.output);
    if (line.startsWith('\\'))
        line = line.sliced(1);
    if (outcome.exitStatus != 0 || line.size() < 65 || line[64] != ' ')
        return {};
    const QByteArray sum = QByteArray::fromHex(line.first(64).toByteArray());
    return sum.size() == 32 ? sum.toHex() : QByteArray();
}

} // namespace

Result<QByteArray> Session::Private::sha256(const QByteArray &directory, const QByteArray &name,
                                            const JobContext &context, OnCancel onCancel)
{
    const Result<QByteArray> line = commandLineAs(sftpUser, directory, {"sha256sum", "./" + name});
    if (!line)
        return line;
    const Result<ExecOutcome> outcome = run(*line, u"sha256sum"_s, context, {}, 0, onCancel);
    if (!outcome && outcome.error().code != "server.no-exec"_L1)
        return std::unexpected(outcome.error());
    return outcome ? sumOf(*outcome) : QByteArray();
}

Result<QByteArray> Session::sha256(const RemotePath &path, const JobContext &context)
{
    const QByteArray directory = path.bytes().first(path.bytes().lastIndexOf('/'));
    if (d->options.runAs.isEmpty())
        return d->sha256(directory.isEmpty() ? "/."_ba : directory, path.fileName(), context, Private::OnCancel::Cut);
    const Result<QByteArray> line = d->commandLine("/", {"sha256sum", path.bytes()}, context);
    if (!line)
        return line;
    const Result<ExecOutcome> outcome = d->run(*line, u"sha256sum"_s, context, {}, 0, Private::OnCancel::Cut);
    return outcome ? sumOf(*outcome) : Result<QByteArray>(std::unexpected(outcome.error()));
}

} // namespace handover::server
