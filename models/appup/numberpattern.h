// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

/// Patterns for the numbers of versions, written with nothing that the dialects of OTP differ in.
namespace handover::appup {

/// One of several, of which one may be empty; a single one stands without parentheses.
[[nodiscard]] QString oneOf(const QStringList &alternatives);

/// The decimal numbers from `least` to `most`; without `most` all from there on. `padded`: leading zeros
/// may stand before them.
[[nodiscard]] QString numberPattern(quint64 least, std::optional<quint64> most, bool padded = false);

} // namespace handover::appup
