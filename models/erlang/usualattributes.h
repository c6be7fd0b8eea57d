// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

namespace handover::erlang {

/// The behaviours that a chunk of attributes names (-behaviour and -behavior, in source order), read without
/// making terms. Nothing if there is anything in it but lists of plain atoms, numbers and texts, or damage: whoever
/// reads it as a term knows what it is.
[[nodiscard]] std::optional<QList<QByteArray>> behavioursOf(QByteArrayView attributes);

} // namespace handover::erlang
