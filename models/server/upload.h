// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/sessionprivate.h"

#include <QFile>

namespace handover::server {

/// One file on its way: temporary name, check, rename. Whatever is not renamed
/// in the end is removed.
class Upload
{
public:
    Upload(Session::Private &session, const RemotePath &target, const JobContext &context);

    [[nodiscard]] Result<void> send(const QFile &file); ///< which is open
    /// The SHA-256 of what is on the server, in hexadecimal digits.
    [[nodiscard]] Result<QByteArray> readBack();
    [[nodiscard]] Result<void> rename();
    /// Tries to remove what was sent so far; says nothing when that fails, as something worse did.
    void discard();

    [[nodiscard]] qint64 sentBytes() const { return m_total; }
    [[nodiscard]] const QByteArray &directory() const { return m_directory; }
    [[nodiscard]] const QByteArray &temporaryName() const { return m_name; }

private:
    [[nodiscard]] Result<void> open();
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] std::unexpected<Error> failed(const QString &doing);
    /// A failure that the server didn't explain, if the disk is full.
    [[nodiscard]] std::unexpected<Error> explained(const std::unexpected<Error> &error);
    [[nodiscard]] std::unexpected<Error> localFailure(const QFile &file, const QString &what);
    [[nodiscard]] QByteArray path(const QByteArray &name) const { return m_directory + '/' + name; }

    Session::Private &m_session;
    const JobContext &m_context;
    QByteArray m_directory;
    QByteArray m_targetName;
    QByteArray m_name;
    SftpFile m_file;
    GracefulCut m_cut;
    Call m_call;
    bool m_created = false;
    qint64 m_total = 0;
    qint64 m_arrived = 0;
};

} // namespace handover::server
