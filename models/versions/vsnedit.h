// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace handover::versions {

/// An .app.src with another vsn: every other byte is as before. Only for one whose vsn is a plain text
/// (VsnSource::Kind::Text). Errors: versions.vsn, and those of the edit.
[[nodiscard]] Result<QByteArray> withVsn(QByteArrayView appSrc, const QString &vsn);

/// The same for all releases of a rebar.config whose version is a plain text.
[[nodiscard]] Result<QByteArray> withReleaseVsn(QByteArrayView rebarConfig, const QString &vsn);

/// Whether two .app.src differ in anything but the vsn, comments and layout. What can't be parsed does.
[[nodiscard]] bool differBesidesVsn(QByteArrayView older, QByteArrayView newer);

} // namespace handover::versions
