// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/carrying.h"

namespace handover::transfer {

/// Makes a folder's directories on the other side and finds its files. Links are left out and counted, and so are
/// devices and the like, and names that the other side can't have. Nothing is made outside the target, whatever the
/// server says its names are.
class FolderWalk
{
public:
    FolderWalk(server::Session &session, const JobContext &context)
        : m_session(session)
        , m_context(context)
    {
    }

    [[nodiscard]] Result<Outcome> up(const QString &local, const server::RemotePath &remote);
    [[nodiscard]] Result<Outcome> down(const server::RemotePath &remote, const QString &local);

private:
    [[nodiscard]] Result<> walkUp(const QString &local, const server::RemotePath &remote, int depth);
    [[nodiscard]] Result<> walkDown(const server::RemotePath &remote, const QString &local, int depth);
    [[nodiscard]] Result<> makeThere(const server::RemotePath &directory);
    [[nodiscard]] Result<> bounded(int depth) const;
    [[nodiscard]] Result<Outcome> outcome(const Result<> &walked);

    server::Session &m_session;
    const JobContext &m_context;
    QList<Outcome::Found> m_found;
    qsizetype m_seen = 0;
    int m_links = 0;
    int m_others = 0;
    int m_refused = 0;
};

} // namespace handover::transfer
