// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/jobs/jobcontext.h"

#include <QByteArray>
#include <QProcessEnvironment>
#include <QStringList>

namespace handover {

/// A program and its arguments as a vector; no shell is ever involved.
struct ProcessSpec
{
    QString program; ///< a name looked up in the environment's PATH, or a path
    QStringList arguments;
    QString workingDirectory;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    int timeoutMs = 0; ///< 0: none
    bool logLines = true; ///< stream the output into the context's log
};

struct ProcessOutcome
{
    int exitCode = 0;
    QByteArray output; ///< standard output and standard error, in order, as raw bytes
};

/// Runs a program to its end, blocking this thread (never the window's). Its output streams into
/// the context's log line by line. Cancelling, or the time limit, ends the whole process group:
/// TERM, then KILL after 2 s. An exit status other than 0 is not an error here. Errors:
/// process.not-found, process.crashed, process.timeout.
[[nodiscard]] Result<ProcessOutcome> runProcess(const ProcessSpec &spec, const JobContext &context);

/// Starts a program that goes on by itself: the first word, looked up in PATH, with the others as its arguments. Errors:
/// process.not-found.
[[nodiscard]] Result<> startDetached(const QStringList &command);

/// Text of a terminal without its escape sequences and carriage returns.
[[nodiscard]] QString plainText(QByteArrayView terminalOutput);

} // namespace handover
