// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/versionkey.h"

#include "models/appup/numberpattern.h"
#include "models/core/versionorder.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupVersionKey)
};

constexpr auto AnyRest = "(\\.[0-9]+)*"_L1;
constexpr auto ZeroRest = "(\\.0+)*"_L1;
constexpr auto Suffix = "([-+].*)?"_L1;

struct Numbers
{
    QString prefix; ///< "v" or nothing
    QList<quint64> parts;
    bool padded = false; ///< with leading zeros

    [[nodiscard]] bool isZeroFrom(qsizetype index) const
    {
        return std::all_of(parts.begin() + qMin(index, parts.size()), parts.end(), [](quint64 part) { return part == 0; });
    }
};

std::optional<Numbers> numbersOf(const QString &version)
{
    if (!looksLikeVersion(version))
        return std::nullopt;
    Numbers numbers;
    QStringView rest = version;
    if (!rest.front().isDigit()) {
        numbers.prefix = rest.first(1).toString();
        rest = rest.sliced(1);
    }
    const auto suffix = std::ranges::find_if(rest, [](QChar c) { return c == u'-' || c == u'+'; });
    for (const QStringView part : rest.first(suffix - rest.begin()).split(u'.')) {
        bool ok = false;
        numbers.parts.append(part.toULongLong(&ok));
        if (!ok)
            return std::nullopt;
        numbers.padded = numbers.padded || (part.size() > 1 && part.front() == u'0');
    }
    return numbers;
}

QString escaped(const QString &text)
{
    QString pattern;
    for (const QChar c : text) {
        if (u".[]{}()*+?^$|\\"_s.contains(c))
            pattern += u'\\';
        pattern += c;
    }
    return pattern;
}

/// Patterns for what may follow the first `index` parts of a version, as alternatives; missing parts are 0.
class RangePatterns
{
public:
    RangePatterns(const Numbers &least, const Numbers &most)
        : m_least(least)
        , m_most(most)
        , m_padded(least.padded || most.padded)
    {
    }

    [[nodiscard]] QStringList atLeast(qsizetype index) const
    {
        if (m_least.isZeroFrom(index))
            return {AnyRest};
        const quint64 part = m_least.parts[index];
        return {more(index, part + 1, std::nullopt) + AnyRest, same(index, part, atLeast(index + 1))};
    }

    [[nodiscard]] QStringList atMost(qsizetype index) const
    {
        if (index >= m_most.parts.size())
            return {ZeroRest};
        const quint64 part = m_most.parts[index];
        QStringList patterns = ending(index);
        if (part > 0)
            patterns += more(index, 0, part - 1) + AnyRest;
        return patterns << same(index, part, atMost(index + 1));
    }

    [[nodiscard]] QStringList below(qsizetype index) const
    {
        if (m_most.isZeroFrom(index))
            return {};
        const quint64 part = m_most.parts[index];
        QStringList patterns = ending(index);
        if (part > 0)
            patterns += more(index, 0, part - 1) + AnyRest;
        if (const QStringList rest = below(index + 1); !rest.isEmpty())
            patterns += same(index, part, rest);
        return patterns;
    }

    [[nodiscard]] QStringList between(qsizetype index) const
    {
        if (index >= m_least.parts.size())
            return atMost(index);
        if (index >= m_most.parts.size())
            return {ZeroRest}; // the same, with more zeros
        const quint64 least = m_least.parts[index];
        const quint64 most = m_most.parts[index];
        QStringList patterns = m_least.isZeroFrom(index) ? ending(index) : QStringList();
        if (least == most)
            return patterns << same(index, least, between(index + 1));
        const bool whole = m_least.isZeroFrom(index + 1); // nothing of the first number is below it
        if (!whole)
            patterns += same(index, least, atLeast(index + 1));
        if (const quint64 first = whole ? least : least + 1; first < most)
            patterns += more(index, first, most - 1) + AnyRest;
        return patterns << same(index, most, atMost(index + 1));
    }

private:
    // The version may end here, but not before its first part.
    static QStringList ending(qsizetype index) { return index > 0 ? QStringList{QString()} : QStringList(); }

    [[nodiscard]] QString more(qsizetype index, quint64 least, std::optional<quint64> most) const
    {
        return (index > 0 ? u"\\."_s : QString()) + numberPattern(least, most, m_padded);
    }

    [[nodiscard]] QString same(qsizetype index, quint64 part, const QStringList &rest) const
    {
        return more(index, part, part) + oneOf(rest);
    }

    const Numbers &m_least;
    const Numbers &m_most;
    bool m_padded;
};

std::unexpected<Error> noVersion()
{
    return misuse(u"appup.no-version"_s, Words::tr("No version is chosen."), Words::tr("Choose one."));
}

std::unexpected<Error> noNumber(const QString &version)
{
    return misuse(u"appup.no-number"_s, Words::tr("%1 is no version of numbers, so what is older can't be told.").arg(version),
                  Words::tr("Choose versions like 1.4.2, or list them."));
}

VersionKey pattern(QString text, const VersionChoice &choice, bool tied)
{
    if (choice.withSuffixes)
        text += Suffix;
    return {Rule::Key::Regex, tied ? u'^' + text + u'$' : text};
}

Result<VersionKey> seriesKey(const VersionChoice &choice)
{
    const auto numbers = numbersOf(choice.to);
    if (!numbers)
        return noNumber(choice.to);
    return pattern(escaped(choice.to) + AnyRest, choice, false);
}

Result<VersionKey> rangeKey(const VersionChoice &choice)
{
    const auto least = numbersOf(choice.from);
    const auto most = numbersOf(choice.to);
    if (!least || !most)
        return noNumber(least ? choice.to : choice.from);
    if (least->parts > most->parts && !(least->parts.size() > most->parts.size() && least->isZeroFrom(most->parts.size())
                                        && std::ranges::equal(least->parts.first(most->parts.size()), most->parts)))
        return misuse(u"appup.empty-range"_s, Words::tr("%1 is newer than %2, so no version is between them.").arg(choice.from, choice.to),
                      Words::tr("Choose the older one first."));
    return pattern(most->prefix + oneOf(RangePatterns(*least, *most).between(0)), choice, true);
}

Result<VersionKey> olderKey(const VersionChoice &choice)
{
    const auto most = numbersOf(choice.to);
    if (!most)
        return noNumber(choice.to);
    const QStringList patterns = RangePatterns({}, *most).below(0);
    if (patterns.isEmpty())
        return misuse(u"appup.empty-range"_s, Words::tr("No version is older than %1.").arg(choice.to),
                      Words::tr("Choose a newer one."));
    return pattern(most->prefix + oneOf(patterns), choice, true);
}

Result<VersionKey> listedKey(const QStringList &versions)
{
    if (versions.isEmpty())
        return noVersion();
    if (versions.size() == 1)
        return VersionKey{Rule::Key::Literal, versions.constFirst()};
    QStringList patterns;
    for (const QString &version : versions)
        patterns += escaped(version);
    return VersionKey{Rule::Key::Regex, u'^' + oneOf(patterns) + u'$'};
}

} // namespace

erlang::Term VersionKey::term() const
{
    return key == Rule::Key::Literal ? erlang::Term::string(text) : erlang::Term::binary(text.toUtf8());
}

Rule VersionKey::rule() const
{
    Rule rule;
    rule.key = key;
    rule.text = text;
    return rule;
}

Result<VersionKey> keyFor(const VersionChoice &choice)
{
    using Kind = VersionChoice::Kind;
    const bool needsTo = choice.kind != Kind::Listed && choice.kind != Kind::All;
    if ((needsTo && choice.to.isEmpty()) || (choice.kind == Kind::Range && choice.from.isEmpty()))
        return noVersion();
    switch (choice.kind) {
    case Kind::One:
        return VersionKey{Rule::Key::Literal, choice.to};
    case Kind::Series:
        return seriesKey(choice);
    case Kind::Range:
        return rangeKey(choice);
    case Kind::Older:
        return olderKey(choice);
    case Kind::Listed:
        return listedKey(choice.versions);
    case Kind::All:
        return VersionKey{Rule::Key::Regex, u".*"_s};
    }
    Q_UNREACHABLE_RETURN(noVersion());
}

QStringList seriesOf(const QStringList &versions)
{
    QStringList series;
    for (const QString &version : versions) {
        if (!numbersOf(version))
            continue;
        QString name = version.section(u'-', 0, 0).section(u'+', 0, 0);
        while (name.contains(u'.')) {
            name = name.first(name.lastIndexOf(u'.'));
            series.append(name);
        }
    }
    series.removeDuplicates();
    std::ranges::sort(series, [](const QString &a, const QString &b) { return compareVersions(a, b) > 0; });
    return series;
}

} // namespace handover::appup
