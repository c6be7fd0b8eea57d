// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/byteranges.h"

#include <QByteArray>

#include <functional>

namespace handover::server {

/// What is known of a file that arrives under a temporary name beside its target: enough to go on with it later, in
/// another session or another program.
struct Part
{
    static constexpr unsigned Mode = 0600; ///< while it arrives: half a secret is one, too

    QByteArray name;        ///< beside the target, whatever that will be called in the end
    QByteArray directory{}; ///< where it was begun: a target that is a link stands elsewhere
    qint64 size = -1;       ///< the source's when it was begun; -1: it wasn't
    qint64 time = 0;        ///< of the source's last change then, in milliseconds
    ByteRanges arrived{};   ///< as who wrote them confirmed

    [[nodiscard]] bool isBegun() const noexcept { return size >= 0; }
    [[nodiscard]] bool isComplete() const { return isBegun() && arrived.bytes() == size; }
};
/// ".NAME.handover-RANDOM.part", not longer than a name may be.
[[nodiscard]] QByteArray newPartName(const QByteArray &targetName);
[[nodiscard]] bool isPartName(QByteArrayView name);

/// How a transfer goes on with what arrived before.
struct Resumption
{
    Part part; ///< with a name
    /// Told what is known of the part before it is made, whenever more of it has arrived (several times a second), and
    /// in the end. In the thread of the session.
    std::function<void(const Part &)> keep;
    /// Else the transfer fails with server.target-exists, before it begins or instead of the last step.
    bool replaces = true;
    /// What stands at the target is taken for the beginning of the file, if no part was begun.
    bool adoptsTarget = false;
};

} // namespace handover::server
