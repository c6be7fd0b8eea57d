// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/download.h"

#include "models/server/carriage.h"

#include <QFileInfo>

#include <libssh/libssh.h>
#include <libssh/sftp.h>

#include <cerrno>
#include <cstdio>
#include <limits>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace handover::server {

Download::Download(Session::Private &session, const RemotePath &source, const QString &localFile,
                   const Resumption *resumption, const JobContext &context)
    : m_session(session)
    , m_context(context)
    , m_source(source)
    , m_localFile(localFile)
    , m_resumption(resumption)
    , m_part(resumption ? resumption->part : Part())
    , m_cut(context.stopToken(), session.socket.get())
    , m_call(session, context, Call::OnCancel::Stop)
{
    const QFileInfo info(localFile);
    const QFileInfo real(info.isSymLink() && info.exists() ? info.canonicalFilePath() : info.absoluteFilePath());
    m_directory = QFile::encodeName(real.absolutePath());
    m_targetName = QFile::encodeName(real.fileName());
    if (m_part.name.isEmpty())
        m_part.name = newPartName(m_targetName);
}

Result<Session::Downloaded> Download::run()
{
    QElapsedTimer clock;
    clock.start();
    Result<> done = attempt();
    if (!done && m_resumption && m_doubtful && !m_context.isCancelled()) {
        discard();
        startAnew(u"What had arrived before didn't fit the file any more, so it was fetched from its beginning."_s);
        done = attempt();
    }
    if (!done) {
        if (!m_resumption || done.error().code == "server.checksum"_L1)
            discard();
        return m_context.isCancelled() ? cancellation() : std::unexpected(done.error());
    }
    m_context.log(u"Downloaded %1 (%2 bytes, sha256 %3)"_s.arg(m_source.text())
                      .arg(m_facts->size)
                      .arg(QString::fromLatin1(m_sum)));
    return Session::Downloaded{static_cast<qint64>(m_facts->size), std::max<qint64>(clock.elapsed(), 1), m_sum,
                               m_checked, m_remark};
}

Result<> Download::attempt()
{
    m_doubtful = false;
    if (auto looked = look(); !looked)
        return looked;
    if (m_part.isBegun() &&
        (m_part.size != static_cast<qint64>(m_facts->size) || m_part.time != m_facts->mtime * qint64{1000})) {
        m_created = true;
        discard();
        startAnew(u"The file changed since a part of it was fetched, so it was fetched from its beginning."_s);
    }
    if (m_part.isComplete() && isArrived())
        return {};
    if (auto opened = open(); !opened)
        return opened;
    if (auto fetched = fetch(); !fetched)
        return fetched;
    if (auto same = compare(); !same)
        return same;
    return finish();
}

Result<> Download::look()
{
    const QString doing = u"Downloading"_s;
    m_call.restart();
    m_remote.reset(sftp_open(m_session.sftp.get(), m_source.bytes().constData(), O_RDONLY, 0));
    if (!m_remote)
        return m_call.failed(doing, m_source.bytes());
    m_facts.reset(sftp_fstat(m_remote.get()));
    if (!m_facts)
        return m_call.failed(doing, m_source.bytes());
    if (m_facts->type != SSH_FILEXFER_TYPE_REGULAR)
        return failure(u"server.not-a-file"_s, u"%1 is a folder or a device, not a file."_s.arg(m_source.text()),
                       u"Choose the files in it."_s);
    if (m_facts->size > static_cast<quint64>(std::numeric_limits<qint64>::max()))
        return failure(u"server.sftp"_s,
                       u"The server says that %1 has %2 bytes, which no file has."_s.arg(shownName(m_source.bytes()))
                           .arg(m_facts->size),
                       u"Look at the file on the server."_s);
    return {};
}

Result<> Download::fetch()
{
    const auto size = static_cast<qint64>(m_facts->size);
    m_readAgain.clear();
    m_sumThere.emplace(m_session, m_source.bytes(), RemoteSum::File::Whole);
    Ranges ranges(size, m_part.arrived);
    FileHash hash(m_file.get(), size, [&ranges] { return ranges.beginning(); });
    const Freight freight{Freight::Way::Down, m_file.get(), m_localFile, m_source.bytes(), m_source.bytes()};
    auto fetched = Carriage(m_session, freight, ranges, m_call, m_context)
                       .run(std::move(m_remote), u"Downloading %1"_s.arg(QString::fromUtf8(m_source.fileName())),
                            [this](const ByteRanges &there) { keep(there); }, *m_sumThere);
    keep(ranges.there());
    if (!fetched) {
        m_doubtful = fetched.error().code == "server.file-changed"_L1;
        return std::unexpected(fetched.error());
    }
    const QString checking = u"Checking %1"_s.arg(QString::fromUtf8(m_source.fileName()));
    m_context.progress(checking);
    if (size <= SmallFile)
        m_readAgain = sumByReading(fetched->get(), size, checking, m_call, m_context).value_or(QByteArray());
    m_sum = hash.result(m_context);
    if (m_context.isCancelled())
        return cancellation();
    return m_sum.isEmpty() ? noPlace({}) : Result<>();
}

Result<> Download::compare()
{
    const Result<QByteArray> there = sumThere();
    if (!there)
        return std::unexpected(there.error());
    m_checked = !there->isEmpty();
    if (!m_checked)
        return compareFacts();
    if (*there == m_sum)
        return {};
    m_doubtful = m_resumed || !compareFacts();
    return failure(u"server.checksum"_s, u"The file that arrived is not the one on the server."_s,
                   u"Try again when nobody writes it; if it happens again, check the disks."_s,
                   u"here:   %1\nserver: %2"_s.arg(QString::fromLatin1(m_sum), QString::fromLatin1(*there)));
}

Result<> Download::compareFacts()
{
    m_call.restart();
    const SftpAttributes now(sftp_stat(m_session.sftp.get(), m_source.bytes().constData()));
    if (!now)
        return m_call.failed(u"Downloading"_s, m_source.bytes());
    if (now->size != m_facts->size || now->mtime != m_facts->mtime) {
        m_doubtful = true;
        return failure(u"server.file-changed"_s, u"%1 changed while it was downloaded."_s.arg(m_source.text()),
                       u"Try again when nobody writes it."_s);
    }
    if (!m_checked) {
        m_remark = u"The server has no sha256sum: what arrived was not compared."_s;
        m_context.log(m_remark);
    }
    return {};
}

Result<QByteArray> Download::sumThere()
{
    if (!m_readAgain.isEmpty())
        return m_readAgain;
    const Result<QByteArray> sum = m_sumThere ? m_sumThere->result(m_context) : QByteArray();
    return sum && sum->isEmpty() ? m_session.sha256(m_source.bytes(), m_context, Call::OnCancel::Stop) : sum;
}

Result<> Download::finish()
{
    const timespec time{static_cast<time_t>(m_facts->mtime), 0};
    const timespec times[] = {{0, UTIME_OMIT}, time};
    ::fchmod(m_file.get(), m_facts->permissions & 0777U);
    ::futimens(m_file.get(), times);
    const bool isSafe = m_facts->size <= SmallFile && ::access(target().constData(), F_OK) != 0; // as of Upload
    if (!isSafe && ::fsync(m_file.get()) != 0)
        return noPlace(qt_error_string(errno));
    return rename();
}

Result<> Download::rename()
{
    const QByteArray from = temporary();
    const QByteArray to = target();
    int done = -1;
    if (m_resumption && !m_resumption->replaces) {
        done = ::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_NOREPLACE);
        if (done != 0 && errno == EINVAL && ::access(to.constData(), F_OK) != 0) // the file system doesn't know how
            done = ::rename(from.constData(), to.constData());
        else if (done != 0 && (errno == EEXIST || errno == EINVAL))
            return targetExists();
    } else {
        done = ::rename(from.constData(), to.constData());
    }
    if (done != 0)
        return noPlace(qt_error_string(errno));
    m_created = false;
    return {};
}

} // namespace handover::server
