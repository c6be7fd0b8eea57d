// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"
#include "models/core/error.h"

#include <QStringList>

namespace handover::appup {

/// Which versions a rule is to be for, as a person says it.
struct VersionChoice
{
    enum class Kind {
        One,    ///< `to`
        Series, ///< any `to`.x, itself too
        Range,  ///< `from` up to `to`, both too
        Older,  ///< all that are older than `to`
        Listed, ///< `versions` and no others
        All,
    };
    Kind kind = Kind::One;
    QString from;
    QString to;
    QStringList versions;
    /// Pre-releases and builds (1.2.0-rc.1, 1.2.0+7), which then count as the version that they belong to.
    bool withSuffixes = false;
};

/// The first element of a rule.
struct VersionKey
{
    Rule::Key key = Rule::Key::Literal;
    QString text;

    [[nodiscard]] erlang::Term term() const;
    [[nodiscard]] Rule rule() const; ///< one without instructions, to be matched
    friend bool operator==(const VersionKey &, const VersionKey &) = default;
};

/// The key that OTP takes for exactly the versions of the choice: a string for a single version, else a
/// pattern that OTP 25 to 28 read alike. Versions are compared by their numbers, missing ones count as
/// 0 (compareVersions()). Errors: appup.no-version, appup.no-number (a range of what is no number),
/// appup.empty-range.
[[nodiscard]] Result<VersionKey> keyFor(const VersionChoice &choice);

/// What a series may be called: "2.5" and "2" for 2.5.1; newest first, of all versions.
[[nodiscard]] QStringList seriesOf(const QStringList &versions);

} // namespace handover::appup
