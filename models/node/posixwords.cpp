// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/posixwords.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

struct KnownReason
{
    QByteArrayView atom;
    QStringView words;
    QStringView remedy;
};

constexpr QStringView Rights = u"Have the rights of the release directory changed: the node's user has to be able to write in it.";
constexpr QStringView Room = u"Make room on the server, for instance by removing old releases, and try again.";
constexpr QStringView Disk = u"Look at the server's disk and its messages (dmesg).";

constexpr std::array Posix{
    KnownReason{"eacces", u"the node's user may not do that", Rights},
    KnownReason{"eperm", u"the node's user may not do that", Rights},
    KnownReason{"erofs", u"the disk can only be read", Disk},
    KnownReason{"enospc", u"there is no room on the disk", Room},
    KnownReason{"edquot", u"the node's user has used up its share of the disk", Room},
    KnownReason{"eio", u"the disk fails", Disk},
    KnownReason{"enoent", u"there is no such file", {}},
    KnownReason{"eexist", u"something of that name is there already", {}},
    KnownReason{"enotdir", u"a part of the path is no directory", {}},
    KnownReason{"eisdir", u"it is a directory", {}},
    KnownReason{"emfile", u"the node has too many files open", u"Raise the limit of open files for the node (ulimit -n)."},
    KnownReason{"enfile", u"the server has too many files open", u"Look what has them open on the server (lsof)."},
    KnownReason{"enomem", u"the server has not enough memory", u"Look what takes the server's memory."},
    KnownReason{"etxtbsy", u"a running program is in the way", {}},
    KnownReason{"eloop", u"its links lead in a circle", {}},
    KnownReason{"enametoolong", u"its name is too long", {}},
    KnownReason{"estale", u"the network disk that it is on has lost it", Disk},
    KnownReason{"etimedout", u"the network disk that it is on doesn't answer", Disk},
};

} // namespace

PosixReason posixReason(QByteArrayView atom)
{
    const auto known = std::ranges::find(Posix, atom, &KnownReason::atom);
    return known == Posix.end() ? PosixReason() : PosixReason{known->words.toString(), known->remedy.toString()};
}

} // namespace handover::node
