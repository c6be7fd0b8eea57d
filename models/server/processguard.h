// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/server/cut.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace handover::server {

/// A program that, with everything it starts and however that detaches itself, ends when stop() is
/// called or this process dies, even by SIGKILL. A small child process holds the other end of a
/// pipe and inherits every orphan below it (PR_SET_CHILD_SUBREAPER), so nothing gets away from it.
class ProcessGuard
{
public:
    /// `program` is absolute; its output goes to the end of `logFile`, its input is empty.
    [[nodiscard]] static Result<ProcessGuard>
    start(const QByteArray &program, const QList<QByteArray> &arguments, const QByteArray &logFile);
    ProcessGuard() = default;
    ProcessGuard(ProcessGuard &&other) noexcept;
    ProcessGuard &operator=(ProcessGuard &&other) noexcept;
    ~ProcessGuard();

    /// False once the program has ended by itself (then all it started is gone as well).
    [[nodiscard]] bool isRunning();
    void stop();

private:
    ProcessGuard(int watcher, FileDescriptor lifeline)
        : m_watcher(watcher)
        , m_lifeline(std::move(lifeline))
    {
    }

    int m_watcher = -1;
    FileDescriptor m_lifeline;
};

} // namespace handover::server
