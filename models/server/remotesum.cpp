// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/remotesum.h"

#include "models/package/sha256.h"
#include "models/server/runas.h"

#include <libssh/libssh.h>
#include <libssh/sftp.h>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr qint64 Block = 1024 * 1024;
constexpr qint64 Step = 16; // blocks: a program is started for each
constexpr uint32_t LineRoom = 64;
constexpr qint64 ReadSize = 256 * 1024;
// What it may read of the file named $1 comes line by line; the last one says only where the rest begins.
constexpr const char *SumOfArriving =
    "while read -r at count; do dd if=\"$1\" bs=1048576 skip=\"$at\" ${count:+count=\"$count\"} 2>/dev/null || exit; done"
    " | sha256sum";

[[nodiscard]] QByteArray directoryOf(const QByteArray &path)
{
    const qsizetype end = path.lastIndexOf('/');
    return end > 0 ? path.first(end) : "/."_ba;
}

[[nodiscard]] QByteArray nameOf(const QByteArray &path) { return path.sliced(path.lastIndexOf('/') + 1); }

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

Result<QByteArray> Session::Private::sha256(const QByteArray &path, const JobContext &context, OnCancel onCancel)
{
    const Result<QByteArray> line = commandLineAs(sftpUser, directoryOf(path), {"sha256sum", "./" + nameOf(path)});
    if (!line)
        return line;
    const Result<ExecOutcome> outcome = run(*line, u"sha256sum"_s, context, {}, 0, onCancel);
    if (outcome)
        return sumOf(*outcome);
    if (outcome.error().code != "server.no-exec"_L1)
        return std::unexpected(outcome.error());
    // There may be no room for a program beside SFTP in one connection.
    const auto another = sftp ? open(address, options, context) : Result<std::unique_ptr<Private>>(nullptr);
    if (context.isCancelled())
        return cancellation();
    if (!another || !*another)
        return QByteArray();
    return sumOf((*another)->run(*line, u"sha256sum"_s, context, {}, 0, OnCancel::Cut).value_or(ExecOutcome{}));
}

RemoteSum::RemoteSum(Session::Private &session, const QByteArray &path, File file)
    : m_session(session)
    , m_path(path)
    , m_file(file)
{
}

void RemoteSum::begin(Call &call, const JobContext &context)
{
    m_begun = true;
    const QByteArray name = "./" + nameOf(m_path);
    const QList<QByteArray> command = m_file == File::Whole
                                          ? QList<QByteArray>{"sha256sum", name}
                                          : QList<QByteArray>{"sh", "-c", SumOfArriving, "sh", name};
    const Result<QByteArray> line = commandLineAs(m_session.sftpUser, directoryOf(m_path), command);
    if (!line)
        return;
    call.restart();
    if (auto channel = m_session.startProgram(*line, call, context))
        m_channel = *std::move(channel);
}

void RemoteSum::goOn(qint64 beginning, Call &call, const JobContext &context)
{
    if (!m_begun)
        begin(call, context);
    const qint64 more = beginning / Block - m_told;
    if (!m_channel || m_file == File::Whole || more < Step || ssh_channel_window_size(m_channel.get()) < LineRoom)
        return;
    tell(QByteArray::number(m_told) + ' ' + QByteArray::number(more) + '\n');
    m_told += more;
}

void RemoteSum::end()
{
    if (m_file == File::Arriving)
        tell(QByteArray::number(m_told) + '\n');
    if (m_channel && ssh_channel_send_eof(m_channel.get()) != SSH_OK)
        m_channel.reset();
}

void RemoteSum::tell(const QByteArray &line)
{
    if (m_channel && ssh_channel_write(m_channel.get(), line.constData(), static_cast<uint32_t>(line.size())) != line.size())
        m_channel.reset();
}

Result<QByteArray> RemoteSum::result(const JobContext &context)
{
    if (!m_channel)
        return QByteArray();
    Call call(m_session, context, Call::OnCancel::Stop);
    const Result<ExecOutcome> outcome = m_session.hearOut(m_channel.get(), u"sha256sum"_s, call, context, {.endSent = true});
    m_channel.reset();
    return outcome ? sumOf(*outcome) : Result<QByteArray>(std::unexpected(outcome.error()));
}

Result<QByteArray> sumByReading(sftp_file_struct *file, qint64 most, const QString &what, Call &call, const JobContext &context)
{
    package::Sha256 hash;
    QByteArray piece(ReadSize, Qt::Uninitialized);
    sftp_rewind(file);
    for (qint64 read = 0; read < most;) {
        if (context.isCancelled())
            return cancellation();
        call.restart();
        const ssize_t got = sftp_read(file, piece.data(), static_cast<size_t>(std::min(most - read, ReadSize)));
        if (got < 0)
            return call.lost();
        if (got == 0)
            break;
        hash.add(QByteArrayView(piece).first(got));
        read += got;
        context.progress(what, read, most);
    }
    return hash.hex();
}

Result<QByteArray> Session::sha256(const RemotePath &path, const JobContext &context)
{
    if (d->options.runAs.isEmpty())
        return d->sha256(path.bytes(), context, Private::OnCancel::Cut);
    const Result<QByteArray> line = d->commandLine("/", {"sha256sum", path.bytes()}, context);
    if (!line)
        return line;
    const Result<ExecOutcome> outcome = d->run(*line, u"sha256sum"_s, context, {}, 0, Private::OnCancel::Cut);
    return outcome ? sumOf(*outcome) : Result<QByteArray>(std::unexpected(outcome.error()));
}

} // namespace handover::server
