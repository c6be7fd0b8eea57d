// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/session.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace handover::node {

/// Many files of a directory on a server in a few commands, where one by one each would take the line's round trips.
/// Paths are relative to the directory and go through standard input, so their number is not limited by an argument
/// list. What isn't there, or can't be read, is left out of the answer.
class RemoteFiles
{
public:
    RemoteFiles(server::Session &session, const server::RemotePath &directory, const JobContext &context)
        : m_session(session)
        , m_directory(directory)
        , m_context(context)
    {
    }

    using ByPath = QMap<QString, QByteArray>;

    /// SHA-256 in 64 hexadecimal digits; nothing where the server has no sha256sum or xargs.
    [[nodiscard]] Result<std::optional<ByPath>> sums(const QStringList &paths) const;
    /// Contents of those of at most `LargestFile` bytes. Nothing where the server has no wc, cat or xargs. A file that
    /// changes meanwhile spoils what is read behind it: compare with sums() where it matters.
    [[nodiscard]] Result<std::optional<ByPath>> read(const QStringList &paths) const;

    static constexpr qint64 LargestFile = 8 << 20;

private:
    using Sizes = QList<std::pair<QString, qint64>>;

    [[nodiscard]] Result<std::optional<QByteArray>> onAll(const QList<QByteArray> &program, const QStringList &paths) const;
    [[nodiscard]] Result<std::optional<Sizes>> sizes(const QStringList &paths) const;

    server::Session &m_session;
    const server::RemotePath &m_directory;
    const JobContext &m_context;
};

} // namespace handover::node
