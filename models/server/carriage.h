// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/lane.h"

#include <functional>

namespace handover::server {

/// Moves all of a file's bytes. A large one goes over several channels and over a second connection, which is opened
/// in a thread of its own with what this session logged in with: one channel's window limits what a distant server
/// takes or gives (facts of libssh: it grows again only when it is half used). If there is no second one, or it
/// breaks, the first goes on alone. The second works for the first; it says nothing but to the log.
class Carriage
{
public:
    Carriage(Session::Private &session, const Freight &freight, Ranges &ranges, Call &call, const JobContext &context);

    /// Comes back with the first's file when all has arrived. `what`: for the progress, in words. `keep` is told what
    /// has arrived, a few times a second.
    [[nodiscard]] Result<SftpFile> run(SftpFile first, const QString &what,
                                       const std::function<void(const ByteRanges &)> &keep);

private:
    using Lanes = std::vector<Lane>;

    [[nodiscard]] Result<> carry(Lanes &lanes, const JobContext &context, const std::function<void()> &moved);
    void addChannel(Lanes &lanes, Session::Private &session, Call &call);
    void help(const JobContext &context);

    Session::Private &m_session;
    const Freight &m_freight;
    Ranges &m_ranges;
    Call &m_call;
    const JobContext &m_context;
};

} // namespace handover::server
