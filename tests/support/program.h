// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace handover::test {

/// What the program under test (HANDOVER_PROGRAM) said. Status -1: it crashed, or took over a minute.
struct Outcome
{
    int status = -1;
    QByteArray output;
    QByteArray errors;
};
[[nodiscard]] Outcome runProgram(const QStringList &arguments);

} // namespace handover::test
