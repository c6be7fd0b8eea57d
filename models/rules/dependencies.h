// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>

namespace handover::rules {

/// DepMods by module: which of the modules that get an instruction each of them calls.
using Dependencies = QMap<QByteArray, QList<QByteArray>>;

/// The circles among them: modules that need each other, directly or over others. Each sorted.
[[nodiscard]] QList<QList<QByteArray>> circles(const Dependencies &dependencies);

} // namespace handover::rules
