// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/matchwords.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupMatches)
};

QString missTooltip(const NearMiss &miss)
{
    return Words::tr("Rule %1 would take it if its pattern were anchored; OTP looks at the first match only, and "
                     "that is \"%2\".")
        .arg(QString::number(miss.rule), miss.part);
}

QString takenTooltip(const KeyColumns &columns, qsizetype row, const QString &version, int rule)
{
    QStringList others;
    for (qsizetype i = rule; i < columns.size(); ++i) {
        if (columns[i]->verdict(row, version) == Verdict::Taken)
            others.append(QString::number(i + 1));
    }
    if (others.isEmpty())
        return Words::tr("Rule %1 takes it.").arg(rule);
    return Words::tr("Rule %1 takes it first; these would take it too: %2.")
        .arg(QString::number(rule), others.join(", "_L1));
}

QString verdictTooltip(const KeyColumns &columns, qsizetype row, const QString &version, const Match &match)
{
    switch (match.verdict) {
    case Verdict::PartOnly:
        return Words::tr("No rule takes it. Rule %1 matches only a part of it; OTP wants the whole version.")
            .arg(match.rule);
    case Verdict::Invalid:
        return Words::tr("The pattern of rule %1 is invalid; OTP fails when it comes to it.").arg(match.rule);
    case Verdict::TooComplex:
        return Words::tr("The pattern of rule %1 is too complex for OTP to match.").arg(match.rule);
    case Verdict::No:
    case Verdict::Shadowed:
        return Words::tr("No rule takes it.");
    case Verdict::Taken:
        return takenTooltip(columns, row, version, match.rule);
    }
    return {};
}

} // namespace

NearMiss nearMiss(const KeyColumns &columns, qsizetype row, const QString &version, const Match &match)
{
    const bool ends = match.verdict == Verdict::Taken || match.verdict == Verdict::Invalid;
    const qsizetype last = ends ? match.rule - 1 : columns.size();
    for (qsizetype i = 0; i < last; ++i) {
        if (columns[i]->verdict(row, version) != Verdict::PartOnly)
            continue;
        const KeyMatcher &matcher = columns[i]->matcher();
        if (matcher.takesIfAnchored(version))
            return {static_cast<int>(i) + 1, matcher.firstMatch(version).value_or(QString())};
    }
    return {};
}

QString matchTooltip(const KeyColumns &columns, qsizetype row, const QString &version, const Match &match)
{
    const NearMiss miss = nearMiss(columns, row, version, match);
    if (miss.rule > 0 && match.verdict != Verdict::Taken)
        return QString(Words::tr("No rule takes it.") + u' ' + missTooltip(miss));
    const QString words = verdictTooltip(columns, row, version, match);
    return miss.rule > 0 ? QString(words + u' ' + missTooltip(miss)) : words;
}

QString matchText(const Match &match, Cost cost, const NearMiss &miss)
{
    if (match.verdict == Verdict::Taken)
        return QString::number(match.rule) + u" · "_s + costWords(cost);
    return miss.rule > 0 ? Words::tr("none · %1 if anchored").arg(miss.rule) : Words::tr("none");
}

QString relationText(Relation relation, const Match &match, const KeyColumn &column, const QString &version)
{
    switch (relation) {
    case Relation::TakenEarlier:
        return Words::tr("rule %1 takes it first").arg(match.rule);
    case Relation::PartOnly:
        return Words::tr("only \"%1\" of it").arg(column.matcher().firstMatch(version).value_or(QString()));
    case Relation::None:
    case Relation::Takes:
        break;
    }
    return {};
}

} // namespace handover::appup
