// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace handover::erlang {

/// Whether the emulator takes the bytes for an atom: UTF-8 of at most 255 characters.
[[nodiscard]] bool isAtomName(QByteArrayView utf8);

} // namespace handover::erlang
