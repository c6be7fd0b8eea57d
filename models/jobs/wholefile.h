// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QFileDevice>
#include <QString>

#include <expected>
#include <optional>

namespace handover {

/// Writes a file whole or not at all: a full disk or a lost server leaves what was there before. `permissions`, where
/// given, are the new file's from its beginning, else they are the former file's. The error is the system's words. Any
/// thread.
[[nodiscard]] std::expected<void, QString> writeWhole(const QString &path, QByteArrayView bytes,
                                                      std::optional<QFileDevice::Permissions> permissions = {});

} // namespace handover
