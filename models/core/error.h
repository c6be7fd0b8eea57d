// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <expected>

namespace handover {

/// Whose turn it is after a failure; the command line's exit status follows from it.
enum class ErrorKind {
    Answer,    ///< the work was done and the answer is no (problems found, an upgrade refused)
    Usage,     ///< the caller asked for something that makes no sense
    Outside,   ///< git, the network, the disk, rebar3, the server… failed
    Cancelled, ///< the user stopped it: an outcome of its own, never shown as an error
};

/// A failure as a value. All texts are for people, in sentences, except code and detail.
struct Error
{
    ErrorKind kind = ErrorKind::Outside;
    QString code;    ///< stable id, "room.what", e.g. "repo.not-a-repository"; for programs and tests
    QString message; ///< what happened, one sentence
    QString hint;    ///< what to do about it, one sentence; empty only when there is nothing to do
    QString detail;  ///< the raw text of who failed (libgit2, rebar3, OTP…), may have several lines

    [[nodiscard]] bool isCancelled() const noexcept { return kind == ErrorKind::Cancelled; }
    /// Message and hint, one after the other.
    [[nodiscard]] QString words() const;

    /// What work returns when it noticed that it was cancelled.
    [[nodiscard]] static Error cancelled();
};

template<typename T = void>
using Result = std::expected<T, Error>;

/// A failure of the outside world; the common case, so it has the short name.
[[nodiscard]] std::unexpected<Error> failure(QString code, QString message, QString hint = {}, QString detail = {});
/// "The answer is no": the work itself went well.
[[nodiscard]] std::unexpected<Error> refusal(QString code, QString message, QString hint = {}, QString detail = {});
/// Wrong use, e.g. of the command line.
[[nodiscard]] std::unexpected<Error> misuse(QString code, QString message, QString hint = {});
[[nodiscard]] std::unexpected<Error> cancellation();

} // namespace handover
