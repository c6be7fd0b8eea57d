// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/filehash.h"
#include "models/server/part.h"
#include "models/server/remotesum.h"

#include <QFile>

#include <sys/types.h>

namespace handover::server {

/// One file on its way up: what is there already, temporary name, check, rename. SFTP is open. What is not renamed in
/// the end is removed, unless somebody keeps what is known of it.
class Upload
{
public:
    Upload(Session::Private &session, const QString &localFile, const RemotePath &target, const Resumption *resumption,
           const JobContext &context);

    [[nodiscard]] Result<Session::Uploaded> run();

private:
    /// The sum of what stands at the target in the end.
    [[nodiscard]] Result<QByteArray> attempt();
    [[nodiscard]] Result<> send(const QFile &file, RemoteSum &sum); ///< which is open
    [[nodiscard]] Result<> finish();
    [[nodiscard]] Result<QByteArray> compare(const QFile &file, FileHash &hash, RemoteSum &there);
    [[nodiscard]] std::unexpected<Error> abandoned(const Error &error);

    // What is there already.
    void followLink();
    [[nodiscard]] Result<> open(const QFile &file);
    [[nodiscard]] Result<> create();
    [[nodiscard]] Result<bool> isPartThere(const QFile &file);
    [[nodiscard]] Result<bool> adopt(const QFile &file);
    [[nodiscard]] Result<bool> beginsLike(const QFile &file, const QByteArray &name, qint64 bytes);
    /// Empty, unless the part was renamed already and nobody heard of it any more.
    [[nodiscard]] Result<QByteArray> sumOfArrived(const QFile &file);
    void startAnew(const QString &remark);
    void keep(const ByteRanges &arrived);

    // The place.
    [[nodiscard]] Result<> checkSpace();
    [[nodiscard]] Result<> checkTarget();
    [[nodiscard]] Result<> rename();
    [[nodiscard]] Result<> renameOver();
    [[nodiscard]] SftpAttributes attributes(const QByteArray &name);
    [[nodiscard]] Result<> takeOver(); ///< time of change, mode, owner
    void discard();

    [[nodiscard]] Result<QByteArray> sumOf(const QByteArray &name);
    [[nodiscard]] Result<QByteArray> readBack();
    [[nodiscard]] QString checking() const; ///< what is being done, in words
    [[nodiscard]] bool isSmall() const { return m_total <= SmallFile; }
    [[nodiscard]] int access() const; ///< how the temporary file is opened
    [[nodiscard]] std::unexpected<Error> failed(const QString &doing);
    /// A failure that the server didn't explain, if the disk is full.
    [[nodiscard]] std::unexpected<Error> explained(const std::unexpected<Error> &error);
    [[nodiscard]] std::unexpected<Error> localFailure(const QString &what, const QString &detail = {});
    [[nodiscard]] QByteArray path(const QByteArray &name) const { return m_directory + '/' + name; }
    [[nodiscard]] const QByteArray &temporary() const { return m_part.name; }

    Session::Private &m_session;
    const JobContext &m_context;
    QString m_localFile;
    QByteArray m_directory;
    QByteArray m_targetName;
    const Resumption *m_resumption;
    Part m_part;
    SftpFile m_file;
    GracefulCut m_cut;
    Call m_call;
    qint64 m_total = 0;
    qint64 m_time = 0;      ///< of the local file's last change
    mode_t m_mode = 0;
    QByteArray m_readBack;  ///< the sum of a small file
    bool m_created = false; ///< and not yet renamed
    bool m_isNew = false;   ///< nothing stood at the target
    bool m_resumed = false;
    bool m_anew = false;     ///< what stands at the target is no beginning any more
    bool m_doubtful = false; ///< it failed in a way that a new start may mend
    QString m_remark;
};

/// server.target-exists, in words.
[[nodiscard]] std::unexpected<Error> targetExists(QByteArrayView target);

} // namespace handover::server
