// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <expected>

namespace handover {

/// Writes a file whole or not at all: a full disk or a lost server leaves what was there before. The error is
/// the system's words. Any thread.
[[nodiscard]] std::expected<void, QString> writeWhole(const QString &path, QByteArrayView bytes);

} // namespace handover
