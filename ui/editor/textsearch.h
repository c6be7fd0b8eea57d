// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/textrange.h"

#include <QList>
#include <QString>

namespace handover::ui {

/// What to look for in a text.
struct SearchQuery
{
    QString words;
    bool matchCase = false;
    bool regex = false; ///< as Perl's; ^ and $ mean lines
};

struct SearchHit
{
    TextRange range;
    QStringList groups; ///< of a regular expression, the whole hit first
};

struct SearchResult
{
    QList<SearchHit> hits; ///< in the text's order; they don't overlap
    QString error;         ///< what is wrong with the expression; empty: nothing
    bool complete = true;  ///< false: there may be more (too many, or looking took too long)
};

/// All hits in a UTF-8 text. A hit of nothing (as of "x*") doesn't count. Answers within a tenth of
/// a second, whatever the expression.
[[nodiscard]] SearchResult findAll(QByteArrayView text, const SearchQuery &query);

/// What takes a hit's place: of a regular expression \0…\9 are its groups, \n and \t what they are
/// elsewhere, \\ a backslash; else the replacement as it is.
[[nodiscard]] QByteArray replacementFor(const SearchHit &hit, const SearchQuery &query, const QString &replacement);

} // namespace handover::ui
