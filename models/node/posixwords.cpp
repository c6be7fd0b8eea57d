// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/posixwords.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

struct Known
{
    QByteArrayView atom;
    QStringView words;
    QStringView remedy;
};

constexpr QStringView Rights = u"Have the rights of the release directory changed: the node's user has to be able to write in it.";
constexpr QStringView Room = u"Make room on the server, for instance by removing old releases, and try again.";
constexpr QStringView Disk = u"Look at the server's disk and its messages (dmesg).";

constexpr std::array Posix{
    Known{"eacces", u"the node's user may not do that", Rights},
    Known{"eperm", u"the node's user may not do that", Rights},
    Known{"erofs", u"the disk can only be read", Disk},
    Known{"enospc", u"there is no room on the disk", Room},
    Known{"edquot", u"the node's user has used up its share of the disk", Room},
    Known{"eio", u"the disk fails", Disk},
    Known{"enoent", u"there is no such file", {}},
    Known{"eexist", u"something of that name is there already", {}},
    Known{"enotdir", u"a part of the path is no directory", {}},
    Known{"eisdir", u"it is a directory", {}},
    Known{"emfile", u"the node has too many files open", u"Raise the limit of open files for the node (ulimit -n)."},
    Known{"enfile", u"the server has too many files open", u"Look what has them open on the server (lsof)."},
    Known{"enomem", u"the server has not enough memory", u"Look what takes the server's memory."},
    Known{"etxtbsy", u"a running program is in the way", {}},
    Known{"eloop", u"its links lead in a circle", {}},
    Known{"enametoolong", u"its name is too long", {}},
    Known{"estale", u"the network disk that it is on has lost it", Disk},
    Known{"etimedout", u"the network disk that it is on doesn't answer", Disk},
};

} // namespace

PosixReason posixReason(QByteArrayView atom)
{
    const auto known = std::ranges::find(Posix, atom, &Known::atom);
    return known == Posix.end() ? PosixReason() : PosixReason{known->words.toString(), known->remedy.toString()};
}

} // namespace handover::node
