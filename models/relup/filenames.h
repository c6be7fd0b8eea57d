// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

/// What OTP's module filename does with names, on Unix.
namespace handover::relup::filenames {

[[nodiscard]] inline bool isAbsolute(QStringView name) { return name.startsWith(u'/'); }
/// filename:split/1: "/a//b/" is "/", "a", "b".
[[nodiscard]] QStringList split(const QString &name);
/// filename:join/2: one slash between the parts, no "." but at the beginning and the end; an absolute
/// name stands alone. The directory "" is the root, as it is there.
[[nodiscard]] QString joined(const QString &directory, const QString &name);
/// filename:dirname/1 of a name that joined() gave.
[[nodiscard]] QString directoryOf(const QString &name);

} // namespace handover::relup::filenames
