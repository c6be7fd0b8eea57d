// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

#include <QString>

#include <optional>

namespace handover::node {

/// How a running node does. Cheap to ask.
struct NodeFacts
{
    QString nodeName; ///< "tally@localhost"
    qint64 uptimeSeconds = 0;
    qint64 memoryBytes = 0; ///< erlang:memory(total), of which …
    qint64 processMemoryBytes = 0;
    qint64 binaryMemoryBytes = 0;
    qint64 etsMemoryBytes = 0;
    qint64 processes = 0;
    qint64 processLimit = 0;
    qint64 runQueue = 0; ///< processes and ports that wait for a processor
    qint64 schedulers = 0; ///< online
    bool heart = false;    ///< it is started again when it stops

    /// The expression, and its value.
    [[nodiscard]] static QByteArray question();
    [[nodiscard]] static std::optional<NodeFacts> fromAnswer(const erlang::Term &answer);
};

/// "3 d 4 h", "12 min", "8 s": the two largest units that are not 0.
[[nodiscard]] QString durationWords(qint64 seconds);

} // namespace handover::node
