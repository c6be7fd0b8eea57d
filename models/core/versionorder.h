// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <compare>

namespace handover {

/// Orders version strings as people do. Both in the form of semantic versions (a leading v, any
/// number of parts, "-pre" and "+build" behind): by parts, missing ones count as 0, a pre-release
/// stands before its release (semver.org 2.0, §11), build parts are compared last. Otherwise what
/// has the form of a version stands above what has not, and the rest is in natural order, digits
/// by value. Equivalent only for equal strings, so it can order a list without doubt.
[[nodiscard]] std::strong_ordering compareVersions(QStringView left, QStringView right);

/// A number that follows the same order, as far as a number can: never greater than that of a string
/// that stands above. Sorting by it first spares compareVersions() most of its work.
[[nodiscard]] quint64 versionRank(QStringView text);

/// Whether the string has the form of a version: digits and dots, perhaps with v, pre-release, build.
[[nodiscard]] bool looksLikeVersion(QStringView text);

} // namespace handover
