// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/sessionprivate.h"

namespace handover::server {

/// The server's SHA-256 of a file that is carried, computed there meanwhile by a program in a channel of the same
/// session: else the transfer of a large one ends with waiting for it. Belongs to the thread of the session. A server
/// that can't do it is not asked again; then the sum is to be asked for afterwards.
class RemoteSum
{
public:
    enum class File { Whole, Arriving };
    RemoteSum(Session::Private &session, const QByteArray &path, File file);

    /// Begins with what of the file stands there for good. To be called again as there is more of it.
    void goOn(qint64 beginning, Call &call, const JobContext &context);
    /// All of it is there.
    void end();
    /// Waits for it. Empty if it could not be had this way. Errors: those of a lost connection, a cancel.
    [[nodiscard]] Result<QByteArray> result(const JobContext &context);

private:
    void begin(Call &call, const JobContext &context);
    void tell(const QByteArray &line);

    Session::Private &m_session;
    QByteArray m_path;
    File m_file;
    bool m_begun = false;
    Channel m_channel;
    qint64 m_told = 0; ///< blocks of the beginning that the program may read
};

/// Of less, the server is not asked for a sum: to start a program there takes longer than to read the file.
constexpr qint64 SmallFile = 128 * 1024;

/// The SHA-256 of the first `most` bytes that an open file of the server reads as, or of all if there are fewer.
[[nodiscard]] Result<QByteArray> sumByReading(sftp_file_struct *file, qint64 most, const QString &what, Call &call,
                                              const JobContext &context);

} // namespace handover::server
