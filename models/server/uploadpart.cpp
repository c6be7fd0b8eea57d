// SPDX-License-Identifier: GPL-3.0-or-later
// What of an upload is on the server already, and whether it can be gone on with.
#include "models/server/runas.h"
#include "models/server/upload.h"

#include <libssh/libssh.h>
#include <libssh/sftp.h>

#include <fcntl.h>

using namespace Qt::StringLiterals;

namespace handover::server {

void Upload::startAnew(const QString &remark)
{
    m_remark = remark;
    m_context.log(remark);
    m_part = Part{m_part.name};
    m_resumed = false;
    m_anew = true;
    keep({});
}

void Upload::keep(const ByteRanges &arrived)
{
    m_part.arrived = arrived;
    if (m_resumption && m_resumption->keep)
        m_resumption->keep(m_part);
}

// Who replaces what a link leads to means that, and not the link.
void Upload::followLink()
{
    const SftpAttributes link = attributes(m_targetName);
    m_isNew = !link;
    if (!link || link->type != SSH_FILEXFER_TYPE_SYMLINK)
        return;
    sftp_session sftp = m_session.sftp.get();
    const QByteArray path = this->path(m_targetName);
    const SftpAttributes file(sftp_stat(sftp, path.constData()));
    const ServerString real(sftp_canonicalize_path(sftp, path.constData()));
    if (!file || file->type != SSH_FILEXFER_TYPE_REGULAR || !real)
        return;
    const auto parsed = RemotePath::parse(QByteArrayView(real.get()));
    if (!parsed)
        return;
    m_directory = parsed->bytes().first(parsed->bytes().lastIndexOf('/'));
    m_targetName = parsed->fileName();
    if (m_directory.isEmpty())
        m_directory = "/.";
}

Result<QByteArray> Upload::sumOfArrived(const QFile &file)
{
    const SftpAttributes target = attributes(m_targetName);
    if (!target || target->type != SSH_FILEXFER_TYPE_REGULAR || static_cast<qint64>(target->size) != m_total)
        return QByteArray();
    FileHash hash(file.handle());
    const Result<QByteArray> there = sumOf(m_targetName);
    if (!there || there->isEmpty() || hash.result(m_context) != *there)
        return there ? Result<QByteArray>(QByteArray()) : there;
    m_created = attributes(temporary()) != nullptr;
    discard();
    return there;
}

Result<> Upload::open(const QFile &file)
{
    if (auto free = checkTarget(); !free)
        return free;
    Result<bool> there = m_part.isBegun() ? isPartThere(file) : false;
    if (there && !*there && m_part.isBegun())
        startAnew(u"What had arrived before is not on the server any more, so it was sent from its beginning."_s);
    if (there && !*there && !m_anew && m_resumption && m_resumption->adoptsTarget)
        there = adopt(file);
    if (!there)
        return std::unexpected(there.error());
    m_resumed = *there;
    if (auto space = isSmall() ? Result<>() : checkSpace(); !space)
        return space;
    if (!m_resumed)
        return create();
    m_call.restart();
    m_file.reset(sftp_open(m_session.sftp.get(), path(temporary()).constData(), access(), 0));
    if (!m_file)
        return failed(u"Uploading"_s);
    m_created = true;
    return {};
}

Result<> Upload::create()
{
    m_part = {m_part.name, m_directory == "/." ? QByteArray() : m_directory, m_total, m_time};
    keep({}); // before it is there: what nobody knows of, nobody removes
    m_call.restart();
    sftp_session sftp = m_session.sftp.get();
    const QByteArray name = path(temporary());
    const int fresh = access() | O_CREAT | O_EXCL;
    m_file.reset(sftp_open(sftp, name.constData(), fresh, Part::Mode));
    if (!m_file) {
        const std::unexpected<Error> refused = failed(u"Uploading"_s);
        // There may be one of an attempt that didn't hear any more that it was made.
        if (!m_resumption || !attributes(temporary()) || sftp_unlink(sftp, name.constData()) != SSH_OK)
            return refused;
        m_file.reset(sftp_open(sftp, name.constData(), fresh, Part::Mode));
        if (!m_file)
            return refused;
    }
    m_created = true;
    return {};
}

Result<bool> Upload::isPartThere(const QFile &file)
{
    const SftpAttributes there = attributes(temporary());
    if (!there) {
        if (auto able = m_session.ready(m_context); !able)
            return std::unexpected(able.error());
        return false;
    }
    const auto size = static_cast<qint64>(there->size);
    if (there->type != SSH_FILEXFER_TYPE_REGULAR || size < m_part.arrived.end() || size > m_total)
        return false;
    m_created = true;
    if (m_part.arrived.isBeginning() && m_part.arrived.end() == size)
        return beginsLike(file, temporary(), size);
    return true; // with gaps in it, only the sum of the whole tells
}

Result<bool> Upload::adopt(const QFile &file)
{
    const SftpAttributes there = attributes(m_targetName);
    const qint64 size = there && there->type == SSH_FILEXFER_TYPE_REGULAR ? static_cast<qint64>(there->size) : 0;
    if (size <= 0 || size >= m_total)
        return false;
    const Result<bool> alike = beginsLike(file, m_targetName, size);
    if (!alike || !*alike) {
        m_remark = u"What was there is not the beginning of this file, so all of it was sent."_s;
        return alike;
    }
    const Result<QByteArray> line = commandLineAs(m_session.sftpUser, m_directory, {"cp", "./" + m_targetName, "./" + temporary()});
    if (!line)
        return std::unexpected(line.error());
    m_part = {m_part.name, m_directory == "/." ? QByteArray() : m_directory, m_total, m_time};
    keep({});
    const auto copied = m_session.run(*line, u"cp"_s, m_context, {}, 0, Call::OnCancel::Stop);
    if (!copied && copied.error().code != "server.no-exec"_L1)
        return std::unexpected(copied.error());
    if (!copied || copied->exitStatus != 0)
        return false;
    m_created = true;
    ByteRanges arrived;
    arrived.add({0, size});
    keep(arrived);
    return true;
}

// Where the server can't tell, its sum of the whole must do.
Result<bool> Upload::beginsLike(const QFile &file, const QByteArray &name, qint64 bytes)
{
    m_context.progress(u"Checking what is there of %1"_s.arg(QString::fromUtf8(m_targetName)));
    FileHash hash(file.handle(), bytes);
    const Result<QByteArray> there = sumOf(name);
    if (!there)
        return std::unexpected(there.error());
    const QByteArray here = hash.result(m_context);
    if (m_context.isCancelled())
        return cancellation();
    return there->isEmpty() || *there == here;
}

} // namespace handover::server
