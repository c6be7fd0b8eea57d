// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace handover::node {

/// What file(3) in Erlang gives as the reason of an error, in words that may follow a colon: "there is no room on the
/// disk" for enospc. Empty for what is no such atom.
struct PosixReason
{
    QString words;
    QString remedy; ///< a sentence; may be empty
};
[[nodiscard]] PosixReason posixReason(QByteArrayView atom);

} // namespace handover::node
