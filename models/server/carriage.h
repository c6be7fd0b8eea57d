// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/lane.h"
#include "models/server/remotesum.h"

#include <functional>

namespace handover::server {

/// Moves all of a file's bytes. A large one goes over several channels and, to a distant server, over further
/// connections, each opened in a thread of its own with what this session logged in with: one channel's window limits
/// what such a server takes or gives (facts of libssh: it grows again only when it is half used). If there are no
/// further ones, or they break, the first goes on alone. They work for it, and say nothing but to the log.
class Carriage
{
public:
    Carriage(Session::Private &session, const Freight &freight, Ranges &ranges, Call &call, const JobContext &context);

    /// Comes back with the first's file when all has arrived. `what`: for the progress, in words. `keep` is told what
    /// has arrived, a few times a second; `sum` of a large file's beginning.
    [[nodiscard]] Result<SftpFile> run(SftpFile first, const QString &what,
                                       const std::function<void(const ByteRanges &)> &keep, RemoteSum &sum);

private:
    using Lanes = std::vector<Lane>;

    [[nodiscard]] Result<> carry(Lanes &lanes, const JobContext &context, const std::function<void()> &moved);
    /// Whether an answer takes longer than the work for it.
    [[nodiscard]] bool isFar(sftp_file_struct *file);
    void addChannel(Lanes &lanes, Session::Private &session, Call &call);
    void help(const JobContext &context);

    Session::Private &m_session;
    Freight m_freight;
    Ranges &m_ranges;
    Call &m_call;
    const JobContext &m_context;
};

} // namespace handover::server
