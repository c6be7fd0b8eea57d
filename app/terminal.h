// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/jobs/jobcontext.h"
#include "models/server/session.h"

#include <QJsonDocument>
#include <QString>

namespace handover::app {

/// 0 done, 1 the answer is no, 2 wrong use, 3 something outside failed; 130 cancelled, as shells do.
[[nodiscard]] int exitStatus(const Error &error);

[[nodiscard]] bool outputWasLost(); ///< standard output could not be written (a full disk, a closed pipe)
void print(const QString &text);                ///< to standard output, with a line end
void printJson(const QJsonDocument &document);  ///< to standard output, indented
void printNote(const QString &text);            ///< to standard error, with a line end
void setJsonErrors(); ///< errors are a JSON document on standard output, too, unless there was one already
int printError(const Error &error, bool withDetail = true); ///< to standard error; gives the exit status

/// A context that draws progress on standard error (a bar on a terminal, plain lines elsewhere),
/// prints the log there when `verbose`, and is cancelled by SIGINT and SIGTERM. One at a time.
class TerminalContext
{
public:
    explicit TerminalContext(bool verbose = false);
    ~TerminalContext();
    TerminalContext(const TerminalContext &) = delete;
    TerminalContext &operator=(const TerminalContext &) = delete;

    [[nodiscard]] const JobContext &context() const { return m_context; }
    operator const JobContext &() const { return m_context; } // NOLINT: it is one, with a screen

private:
    struct Screen;
    std::shared_ptr<Screen> m_screen;
    JobContext m_context;
};

/// Connects, and asks on the terminal what is missing: whether to trust a host key, a password
/// (not echoed). What was answered stays in the options. Without a terminal the error says what to do instead.
[[nodiscard]] Result<server::Session> connectOnTerminal(const server::Address &address, server::ConnectOptions &options,
                                                        const JobContext &context);

} // namespace handover::app
