// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/upload.h"

#include "models/server/carriage.h"

#include <libssh/libssh.h>
#include <libssh/sftp.h>

#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

[[nodiscard]] qint64 millisecondsOf(const struct stat &facts)
{
    return qint64{facts.st_mtim.tv_sec} * 1000 + facts.st_mtim.tv_nsec / 1'000'000;
}

} // namespace

Upload::Upload(Session::Private &session, const QString &localFile, const RemotePath &target,
               const Resumption *resumption, const JobContext &context)
    : m_session(session)
    , m_context(context)
    , m_localFile(localFile)
    , m_directory(target.bytes().first(target.bytes().lastIndexOf('/')))
    , m_targetName(target.fileName())
    , m_resumption(resumption)
    , m_part(resumption ? resumption->part : Part{newPartName(target.fileName())})
    , m_cut(context.stopToken(), session.socket.get())
    , m_call(session, context, Call::OnCancel::Stop)
{
    if (m_directory.isEmpty())
        m_directory = "/.";
}

Result<Session::Uploaded> Upload::run()
{
    QElapsedTimer clock;
    clock.start();
    m_isNew = m_resumption && !m_resumption->replaces; // or it fails
    if (m_resumption && m_resumption->replaces)
        followLink();
    Result<QByteArray> sum = attempt();
    if (!sum && m_resumption && m_doubtful && !m_context.isCancelled()) {
        discard();
        startAnew(u"What had arrived before didn't fit the file any more, so it was sent from its beginning."_s);
        sum = attempt();
    }
    if (!sum)
        return abandoned(sum.error());
    m_context.log(u"Uploaded %1 (%2 bytes, sha256 %3)"_s.arg(QString::fromUtf8(path(m_targetName)))
                      .arg(m_total)
                      .arg(QString::fromLatin1(*sum)));
    return Session::Uploaded{m_total, std::max<qint64>(clock.elapsed(), 1), *sum, m_remark};
}

std::unexpected<Error> Upload::abandoned(const Error &error)
{
    if (!m_resumption || error.code == "server.checksum"_L1)
        discard();
    if (m_context.isCancelled())
        return cancellation();
    return std::unexpected(error);
}

Result<QByteArray> Upload::attempt()
{
    m_doubtful = false;
    QFile file(m_localFile);
    if (!file.open(QIODevice::ReadOnly))
        return localFailure(u"can't be read"_s, file.errorString());
    struct stat facts
    {
    };
    if (::fstat(file.handle(), &facts) != 0 || !S_ISREG(facts.st_mode))
        return localFailure(u"is no file"_s);
    m_total = facts.st_size;
    m_time = millisecondsOf(facts);
    m_mode = facts.st_mode & 0777U;
    if (m_part.isBegun() && (m_part.size != m_total || m_part.time != m_time)) {
        discard();
        startAnew(u"The file changed since a part of it was sent, so it was sent from its beginning."_s);
    }
    if (m_part.isComplete()) {
        auto sum = sumOfArrived(file);
        if (!sum || !sum->isEmpty())
            return sum;
    }
    if (auto opened = open(file); !opened)
        return std::unexpected(opened.error());
    FileHash hash(file.handle());
    RemoteSum there(m_session, path(temporary()), RemoteSum::File::Arriving);
    if (auto sent = send(file, there); !sent)
        return std::unexpected(sent.error());
    auto sum = compare(file, hash, there);
    if (!sum)
        return sum;
    if (auto renamed = rename(); !renamed)
        return std::unexpected(renamed.error());
    return sum;
}

Result<> Upload::send(const QFile &file, RemoteSum &sum)
{
    Ranges ranges(m_total, m_part.arrived);
    const Freight freight{Freight::Way::Up, file.handle(), file.fileName(), path(temporary()), path(m_targetName)};
    auto sent = Carriage(m_session, freight, ranges, m_call, m_context)
                    .run(std::move(m_file), u"Uploading %1"_s.arg(QString::fromUtf8(m_targetName)),
                         [this](const ByteRanges &there) { keep(there); }, sum);
    keep(ranges.there());
    if (!sent)
        return explained(std::unexpected(sent.error()));
    m_file = *std::move(sent);
    sum.end(); // beside the disk's work
    if (file.size() != m_total) {
        m_doubtful = true;
        return localFailure(u"changed while it was sent"_s);
    }
    return finish();
}

Result<> Upload::finish()
{
    m_readBack.clear();
    if (isSmall())
        m_readBack = sumByReading(m_file.get(), m_total, checking(), m_call, m_context).value_or(QByteArray());
    m_call.restart();
    const bool isSafe = m_isNew && isSmall(); // nothing is lost with it that wasn't just sent
    if (!isSafe && sftp_extension_supported(m_session.sftp.get(), "fsync@openssh.com", "1") && sftp_fsync(m_file.get()) != SSH_OK)
        return failed(u"Writing to the disk"_s);
    if (sftp_close(m_file.release()) != SSH_OK)
        return failed(u"Closing"_s);
    return {};
}

Result<QByteArray> Upload::compare(const QFile &file, FileHash &hash, RemoteSum &there)
{
    m_context.progress(checking());
    Result<QByteArray> sum = m_readBack.isEmpty() ? there.result(m_context) : m_readBack;
    if (!sum)
        return sum;
    const QByteArray here = hash.result(m_context);
    if (m_context.isCancelled())
        return cancellation();
    if (here.isEmpty())
        return localFailure(u"can't be read"_s);
    if (*sum == here)
        return sum;
    sum = sumOf(temporary()); // also where the one of the pieces is another: it says less
    if (!sum)
        return sum;
    if (sum->isEmpty()) {
        m_context.log(u"The server has no sha256sum: reading the file back instead"_s);
        sum = readBack();
        if (!sum)
            return sum;
    }
    if (*sum == here)
        return sum;
    struct stat facts
    {
    };
    m_doubtful = m_resumed || ::fstat(file.handle(), &facts) != 0 || millisecondsOf(facts) != m_time;
    return failure(u"server.checksum"_s, u"The file arrived damaged: its check sum on the server is another one."_s,
                   u"Try again, and leave the file alone meanwhile; if it happens again, check the server's disk."_s,
                   u"here:   %1\nserver: %2"_s.arg(QString::fromLatin1(here), QString::fromLatin1(*sum)));
}

Result<QByteArray> Upload::sumOf(const QByteArray &name)
{
    return m_session.sha256(path(name), m_context, Call::OnCancel::Stop);
}

Result<QByteArray> Upload::readBack()
{
    m_call.restart();
    const SftpFile file(sftp_open(m_session.sftp.get(), path(temporary()).constData(), O_RDONLY, 0));
    if (!file)
        return failed(u"Reading back"_s);
    auto sum = sumByReading(file.get(), m_total + 1, checking(), m_call, m_context);
    return sum || m_context.isCancelled() ? sum : failed(u"Reading back"_s);
}

QString Upload::checking() const { return u"Checking %1"_s.arg(QString::fromUtf8(m_targetName)); }

int Upload::access() const { return isSmall() ? O_RDWR : O_WRONLY; }

} // namespace handover::server
