// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QByteArray>
#include <QString>

namespace handover::server {

/// An absolute path on a server: bytes, '/' first, no NUL, no "." or ".." component, no doubled or
/// trailing '/'. Any other byte may be in it; it is quoted where a shell sees it.
class RemotePath
{
public:
    [[nodiscard]] static Result<RemotePath> parse(QByteArrayView path);

    [[nodiscard]] const QByteArray &bytes() const noexcept { return m_path; }
    [[nodiscard]] QString text() const { return QString::fromUtf8(m_path); }
    /// Appends a relative path made of components as above. Errors as parse().
    [[nodiscard]] Result<RemotePath> child(QByteArrayView relative) const;
    [[nodiscard]] QByteArray fileName() const; ///< empty for the root

    /// "/" itself, which parse() refuses: no release is installed there, but one can look at it.
    [[nodiscard]] static RemotePath root() { return RemotePath("/"); }
    [[nodiscard]] bool isRoot() const { return m_path.size() == 1; }
    [[nodiscard]] RemotePath parent() const; ///< the root's is the root

    friend bool operator==(const RemotePath &, const RemotePath &) = default;

private:
    explicit RemotePath(QByteArray path)
        : m_path(std::move(path))
    {
    }
    QByteArray m_path;
};

/// Where a release is installed: ssh://[user@]host[:port]/absolute/release/directory.
/// Percent-encoding is decoded in user and path; a password in the address is refused.
struct Address
{
    QString user; ///< empty: as ssh_config or the system says
    QString host;
    int port = 0; ///< 0: as ssh_config says, else 22
    RemotePath directory;

    [[nodiscard]] static Result<Address> parse(const QString &text);
    [[nodiscard]] QString text() const; ///< back as an address
};

} // namespace handover::server
