// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/lane.h"

#include <libssh/libssh.h>
#include <libssh/sftp.h>

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr quint64 UsualLimit = 32 * 1024; // of servers that don't say theirs
// Measured. More on its way fills the buffers of a near server, which moves it about in them; a distant one needs
// more than the 2 MiB that a channel takes before it asks for more. For larger packets than that sshd's malloc()
// would map and unmap memory each time; those that come from there cost it none.
constexpr quint64 NearWrite = 112 * 1024;
constexpr quint64 MaximumPiece = 255 * 1024;
constexpr size_t NearFlying = 8;
constexpr qint64 FarFlying = 4 * 1024 * 1024; // bytes

struct LimitsDeleter
{
    void operator()(sftp_limits_t limits) const noexcept { sftp_limits_free(limits); }
};

qint64 largestRequest(sftp_session sftp, const Freight &freight)
{
    const std::unique_ptr<sftp_limits_struct, LimitsDeleter> limits(sftp_limits(sftp));
    const bool isUp = freight.way == Freight::Way::Up;
    const quint64 limit = !limits ? 0
                          : isUp    ? limits->max_write_length
                                    : limits->max_read_length;
    return static_cast<qint64>(std::min(limit > 0 ? limit : UsualLimit, isUp && !freight.isFar ? NearWrite : MaximumPiece));
}

bool readAll(int file, QByteArray &into, ByteRange range)
{
    for (qint64 done = 0; done < range.size;) {
        const ssize_t got = ::pread(file, into.data() + done, static_cast<size_t>(range.size - done), range.begin + done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        done += got;
    }
    return true;
}

bool writeAll(int file, QByteArrayView bytes, qint64 at)
{
    while (!bytes.isEmpty()) {
        const ssize_t put = ::pwrite(file, bytes.data(), static_cast<size_t>(bytes.size()), at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        bytes = bytes.sliced(put);
        at += put;
    }
    return true;
}

} // namespace

Result<Lane> Lane::open(sftp_session_struct *sftp, const Freight &freight, Ranges &ranges, Call &call)
{
    call.restart();
    SftpFile file(sftp_open(sftp, freight.path.constData(), freight.way == Freight::Way::Up ? O_WRONLY : O_RDONLY, 0));
    if (!file)
        return call.failed(freight.way == Freight::Way::Up ? u"Uploading"_s : u"Downloading"_s, freight.spokenPath, sftp);
    return Lane(sftp, std::move(file), freight, ranges, call);
}

Result<Lane> Lane::open(SftpHandle sftp, const Freight &freight, Ranges &ranges, Call &call)
{
    Result<Lane> lane = open(sftp.get(), freight, ranges, call);
    if (lane)
        lane->m_own = std::move(sftp);
    return lane;
}

Lane::Lane(sftp_session_struct *sftp, SftpFile file, const Freight &freight, Ranges &ranges, Call &call)
    : m_sftp(sftp)
    , m_file(std::move(file))
    , m_freight(&freight)
    , m_ranges(&ranges)
    , m_call(&call)
    , m_most(largestRequest(sftp, freight))
    , m_flyingMost(freight.isFar ? static_cast<size_t>(FarFlying / m_most) : NearFlying)
    , m_piece(m_most, Qt::Uninitialized)
{
}

Lane::~Lane()
{
    for (const Request &request : m_flying) { // a request belongs to the open file
        m_ranges->giveBack(request.range);
        sftp_aio_free(request.aio);
    }
}

std::unexpected<Error> Lane::failed()
{
    return m_call->failed(m_freight->way == Freight::Way::Up ? u"Uploading"_s : u"Downloading"_s, m_freight->spokenPath,
                          m_sftp);
}

std::unexpected<Error> Lane::localFailure(const QString &what, const QString &detail)
{
    return failure(u"server.local-file"_s, u"%1 %2."_s.arg(m_freight->fileName, what),
                   u"Check the file and its disk, then try again."_s, detail);
}

Result<> Lane::fill()
{
    while (m_flying.size() < m_flyingMost) {
        const auto range = m_ranges->take(m_most);
        if (!range)
            return {};
        if (auto begun = begin(*range); !begun) {
            m_ranges->giveBack(*range);
            return begun;
        }
    }
    return {};
}

Result<> Lane::begin(ByteRange range)
{
    m_call->restart();
    sftp_aio aio = nullptr;
    if (sftp_seek64(m_file.get(), static_cast<uint64_t>(range.begin)) != 0)
        return failed();
    ssize_t taken = 0;
    if (m_freight->way == Freight::Way::Up) {
        if (!readAll(m_freight->file, m_piece, range))
            return localFailure(u"changed while it was sent, or can't be read any further"_s, {});
        taken = sftp_aio_begin_write(m_file.get(), m_piece.constData(), static_cast<size_t>(range.size), &aio);
    } else {
        taken = sftp_aio_begin_read(m_file.get(), static_cast<size_t>(range.size), &aio);
    }
    if (taken <= 0)
        return failed();
    m_flying.push_back({aio, {range.begin, taken}});
    m_ranges->giveBack({range.begin + taken, range.size - taken});
    return {};
}

Result<> Lane::awaitOldest()
{
    const Request oldest = m_flying.front();
    m_flying.pop_front(); // waiting for it frees it, whatever comes
    m_call->restart();
    auto done = m_freight->way == Freight::Way::Up ? wrote(oldest) : read(oldest);
    if (!done)
        m_ranges->giveBack(oldest.range);
    return done;
}

Result<> Lane::wrote(const Request &request)
{
    sftp_aio aio = request.aio;
    if (sftp_aio_wait_write(&aio) < 0)
        return failed();
    m_ranges->arrived(request.range);
    return {};
}

Result<> Lane::read(const Request &request)
{
    sftp_aio aio = request.aio;
    const ssize_t got = sftp_aio_wait_read(&aio, m_piece.data(), static_cast<size_t>(m_piece.size()));
    if (got < 0)
        return failed();
    if (got == 0)
        return failure(u"server.file-changed"_s,
                       u"%1 became shorter while it was downloaded."_s.arg(QString::fromUtf8(m_freight->spokenPath)),
                       u"Try again when nobody writes it."_s);
    const auto size = std::min<qint64>(got, request.range.size);
    if (!writeAll(m_freight->file, QByteArrayView(m_piece).first(size), request.range.begin))
        return localFailure(u"can't be written"_s, qt_error_string(errno));
    m_ranges->arrived({request.range.begin, size});
    m_ranges->giveBack({request.range.begin + size, request.range.size - size}); // servers may give less than asked for
    return {};
}

} // namespace handover::server
