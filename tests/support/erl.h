// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace handover::test {

/// The real Erlang as an oracle.
class Erl
{
public:
    [[nodiscard]] static bool isThere();
    /// Runs code in a fresh emulator; it finds the arguments with init:get_plain_arguments().
    /// Gives what it prints, or "ERL FAILED" and all it said.
    [[nodiscard]] static QByteArray run(const QByteArray &code, const QStringList &arguments);
};

} // namespace handover::test
