// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/session.h"

namespace handover::transfer {

inline constexpr qint64 MaximumText = 1024 * 1024;

/// A text file of a server as it was read.
struct RemoteText
{
    server::RemotePath path; ///< of the file itself where a link was opened
    QByteArray text;         ///< UTF-8
    QByteArray sha256;       ///< of the text, 64 hexadecimal digits
    server::RemoteEntry facts;
};

/// RemoteText::sha256.
[[nodiscard]] QByteArray sumOf(const QByteArray &text);

/// Errors: server.not-a-file, server.file-too-large, text.not-text, and the session's.
[[nodiscard]] Result<RemoteText> readText(server::Session &session, const server::RemotePath &path, const JobContext &context);

/// Saves a text over the file that `opened` was read from: under a temporary name beside it, with the file's owner and
/// mode, read back and compared, then renamed over it. Until then the old file stands there. Gives what is there now.
///
/// Errors: text.changed (the file isn't what was read: somebody else wrote or deleted it; not asked for with
/// `overwrite`), text.owner (the file would belong to somebody else afterwards; nothing was changed), text.not-text,
/// server.checksum, and the session's.
[[nodiscard]] Result<RemoteText> saveText(server::Session &session, const RemoteText &opened, const QByteArray &text,
                                          bool overwrite, const JobContext &context);

} // namespace handover::transfer
