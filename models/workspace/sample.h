// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/package/tarball.h"
#include "models/server/localserver.h"
#include "models/workspace/project.h"

#include <QString>

namespace handover::workspace {

/// Makes the sample project `tally` (resources/demo) as a real git repository in `directory`, which
/// must be empty or not there. The same every time, down to the commit ids.
[[nodiscard]] Result<void> makeSampleProject(const QString &directory, const JobContext &context);

/// The local server with a node of the sample running on it: what `handover demo` deploys to.
/// Everything it needs and leaves is in one directory; nothing of the user's is read or written.
/// start() and stop() block. Stops the node, its epmd and the sshd when destroyed.
class SampleServer
{
public:
    /// Starts sshd, unpacks the tarball into a release directory and starts its node. Errors: those
    /// of LocalServer and Session; sample.start (the node did not come up; detail: its output).
    [[nodiscard]] static Result<SampleServer> start(const QString &directory, const package::Manifest &tarball,
                                                    const JobContext &context);
    SampleServer(SampleServer &&) noexcept;
    SampleServer &operator=(SampleServer &&) noexcept;
    ~SampleServer();

    [[nodiscard]] server::Address address() const;
    [[nodiscard]] server::ConnectOptions connectOptions() const;
    [[nodiscard]] quint16 tallyPort() const; ///< where tally listens, on 127.0.0.1

    void stop();

private:
    struct Private;
    explicit SampleServer(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace handover::workspace
