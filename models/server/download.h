// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/filehash.h"
#include "models/server/part.h"
#include "models/server/remotesum.h"

#include <optional>

namespace handover::server {

/// One file on its way down: what is here already, temporary name, check, rename. SFTP is open. What is not renamed
/// in the end is removed, unless somebody keeps what is known of it.
class Download
{
public:
    Download(Session::Private &session, const RemotePath &source, const QString &localFile,
             const Resumption *resumption, const JobContext &context);

    [[nodiscard]] Result<Session::Downloaded> run();

private:
    [[nodiscard]] Result<> attempt();
    [[nodiscard]] Result<> look(); ///< at the source
    [[nodiscard]] Result<> fetch();
    [[nodiscard]] Result<> compare();
    [[nodiscard]] Result<> compareFacts();
    [[nodiscard]] Result<> finish();
    [[nodiscard]] Result<> rename();

    // What is here already.
    [[nodiscard]] bool isArrived(); ///< the part was renamed already, and nobody heard of it any more
    [[nodiscard]] Result<> open();
    [[nodiscard]] Result<> create();
    [[nodiscard]] bool isPartHere();
    [[nodiscard]] bool adopt();
    [[nodiscard]] Result<> checkPlace();
    void startAnew(const QString &remark);
    void keep(const ByteRanges &arrived);
    void discard();

    [[nodiscard]] Result<QByteArray> sumThere();
    [[nodiscard]] std::unexpected<Error> noPlace(const QString &detail) const;
    [[nodiscard]] std::unexpected<Error> targetExists() const;
    [[nodiscard]] QByteArray temporary() const { return m_directory + '/' + m_part.name; }
    [[nodiscard]] QByteArray target() const { return m_directory + '/' + m_targetName; }

    Session::Private &m_session;
    const JobContext &m_context;
    RemotePath m_source;
    QString m_localFile;
    QByteArray m_directory;
    QByteArray m_targetName;
    const Resumption *m_resumption;
    Part m_part;
    GracefulCut m_cut;
    Call m_call;
    SftpFile m_remote;
    SftpAttributes m_facts;
    FileDescriptor m_file;
    std::optional<RemoteSum> m_sumThere;
    QByteArray m_readAgain; ///< the sum of a small file there
    QByteArray m_sum;       ///< of what arrived
    bool m_checked = false;
    bool m_created = false;
    bool m_resumed = false;
    bool m_anew = false;     ///< what stands at the target is no beginning any more
    bool m_doubtful = false; ///< it failed in a way that a new start may mend
    QString m_remark;
};

} // namespace handover::server
