// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/matchtable.h"

#include <QString>

/// What a cell of versions × rules says.
namespace handover::appup {

/// A rule's relation to a version, whichever rule takes it.
enum class Relation {
    None,
    Takes,        ///< this is the rule
    TakenEarlier, ///< it would take it, but an earlier one does
    PartOnly,     ///< its pattern matches only a part of the version
};

/// An earlier rule whose pattern matches only a part of a version, but would take it if it were anchored.
struct NearMiss
{
    int rule = 0; ///< 0: there is none
    QString part; ///< what the pattern matches
};
[[nodiscard]] NearMiss nearMiss(const KeyColumns &columns, qsizetype row, const QString &version, const Match &match);

[[nodiscard]] QString matchTooltip(const KeyColumns &columns, qsizetype row, const QString &version,
                                   const Match &match);
/// "2 · code change", "none", "none · 2 if anchored"
[[nodiscard]] QString matchText(const Match &match, Cost cost, const NearMiss &miss);
/// Why the rule `number` doesn't take the version: "rule 1 takes it first", "only "1.1" of it".
[[nodiscard]] QString relationText(Relation relation, const Match &match, const KeyColumn &column,
                                   const QString &version);

} // namespace handover::appup
