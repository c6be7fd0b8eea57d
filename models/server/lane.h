// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/ranges.h"
#include "models/server/sessionprivate.h"

#include <deque>

struct sftp_aio_struct;

namespace handover::server {

/// What is carried between a file here and one on the server.
struct Freight
{
    enum class Way { Up, Down };
    Way way = Way::Up;
    int file = -1;          ///< here, open; read and written at offsets only
    QString fileName;       ///< of that, for words
    QByteArray path;        ///< on the server
    QByteArray spokenPath;  ///< the one that people know it by
    bool isFar = true;      ///< answers take longer than requests
};

/// A file that is open on the server, with requests on their way in one channel. Belongs to the thread of its
/// session. What hasn't arrived when it is destroyed is given back.
class Lane
{
public:
    /// Errors as of Call::failed(). `sftp` is the session's own, or one that the lane keeps.
    [[nodiscard]] static Result<Lane> open(sftp_session_struct *sftp, const Freight &freight, Ranges &ranges, Call &call);
    [[nodiscard]] static Result<Lane> open(SftpHandle sftp, const Freight &freight, Ranges &ranges, Call &call);
    /// Goes on with a file that is open already.
    Lane(sftp_session_struct *sftp, SftpFile file, const Freight &freight, Ranges &ranges, Call &call);
    Lane(Lane &&) noexcept = default;
    Lane &operator=(Lane &&) = delete;
    ~Lane();

    /// Asks for as much as may be on its way at once.
    [[nodiscard]] Result<> fill();
    [[nodiscard]] bool isIdle() const { return m_flying.empty(); }
    /// Waits for the answer to the oldest request.
    [[nodiscard]] Result<> awaitOldest();
    /// The file, when nothing is on its way any more.
    [[nodiscard]] SftpFile takeFile() { return std::move(m_file); }

private:
    struct Request
    {
        sftp_aio_struct *aio;
        ByteRange range;
    };

    [[nodiscard]] Result<> begin(ByteRange range);
    [[nodiscard]] Result<> wrote(const Request &request);
    [[nodiscard]] Result<> read(const Request &request);
    [[nodiscard]] std::unexpected<Error> failed();
    [[nodiscard]] std::unexpected<Error> localFailure(const QString &what, const QString &detail);

    SftpHandle m_own; ///< before the file in it
    sftp_session_struct *m_sftp;
    SftpFile m_file;
    const Freight *m_freight;
    Ranges *m_ranges;
    Call *m_call;
    qint64 m_most; ///< bytes of a request
    size_t m_flyingMost; ///< requests
    QByteArray m_piece;
    std::deque<Request> m_flying;
};

} // namespace handover::server
