// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace handover::server {

/// One name in a directory of a server, as it was when it was listed.
struct RemoteEntry
{
    enum class Type { File, Directory, Link, Other };

    QByteArray name;
    Type type = Type::Other;
    qint64 size = 0;
    qint64 modified = 0; ///< seconds since 1970
    quint32 mode = 0;    ///< the lower twelve bits: set-user-id and the like, and rwx three times
    quint32 uid = 0;
    quint32 gid = 0;
    QString owner;                 ///< the name, or the number where the server tells no names
    QString group;
    QByteArray target;             ///< of a link: what it says; empty when it wasn't asked for or can't be read
    bool leadsToDirectory = false; ///< a directory, or a link to one

    [[nodiscard]] bool isHidden() const { return name.startsWith('.'); }

    friend bool operator==(const RemoteEntry &, const RemoteEntry &) = default;
};

/// May a server say it in a listing? Not "", ".", "..", nor anything with '/' or NUL in it, or longer than
/// any file system's names.
[[nodiscard]] bool isEntryName(QByteArrayView name);

/// A name or a path for people: control characters, invalid UTF-8 and characters that turn the writing direction are
/// escaped, "\n" and "\xff", so that what is read is what is there.
[[nodiscard]] QString shownName(QByteArrayView name);

/// "rwxr-xr-x", with s, S, t and T as ls writes them.
[[nodiscard]] QString permissionsText(quint32 mode);

} // namespace handover::server
