// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/matcher.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

// The limit ends patterns that explode within two milliseconds; OTP's own is 10 million. Without
// the JIT compiler: PCRE2 10.46's overlooks matches (b?1.{2} finds nothing in 1.0), and OTP has
// none. The items may stand before others of that kind that the pattern itself begins with.
constexpr auto Prefix = "(*LIMIT_MATCH=100000)(*NO_JIT)"_L1;
constexpr qsizetype MaxVersion = 4096;

} // namespace

KeyMatcher::KeyMatcher(const Rule &rule)
    : m_key(rule.key)
    , m_text(rule.text)
{
    if (m_key == Rule::Key::Literal)
        m_beginning = m_text;
    if (m_key != Rule::Key::Regex)
        return;
    m_pattern.setPattern(Prefix + m_text);
    m_valid = !rule.badEncoding && m_pattern.isValid();
    if (!m_valid)
        return;
    m_shape = patternShape(m_text);
    m_anchored.setPattern(Prefix + QRegularExpression::anchoredPattern(m_text)); // compiled if it is used
    if (m_shape.anchored)
        m_beginning = m_shape.start;
}

Verdict KeyMatcher::fullTest(const QString &version) const
{
    switch (m_key) {
    case Rule::Key::Ignored:
        return Verdict::No;
    case Rule::Key::Literal:
        return m_text == version ? Verdict::Taken : Verdict::No;
    case Rule::Key::Regex:
        break;
    }
    if (!m_valid)
        return Verdict::Invalid;
    if (const auto verdict = withoutRunning(version))
        return *verdict;
    const auto match = run(version);
    if (!match)
        return Verdict::TooComplex;
    if (!match->hasMatch())
        return Verdict::No;
    // Not anchored: that would try alternatives behind the first match, which OTP doesn't.
    return match->capturedLength() == version.size() ? Verdict::Taken : Verdict::PartOnly;
}

std::optional<Verdict> KeyMatcher::withoutRunning(const QString &version) const
{
    const QString &start = m_shape.start;
    if (!(m_shape.anchored ? version.startsWith(start) : version.contains(start)))
        return Verdict::No;
    if (!m_shape.within.isEmpty() && !version.contains(m_shape.within))
        return Verdict::No;
    if (!m_shape.whole)
        return std::nullopt;
    if (version.size() == start.size())
        return Verdict::Taken;
    if (!m_shape.toEnd)
        return Verdict::PartOnly;
    const auto endsAt = [&](qsizetype end) {
        const QStringView text = QStringView(version).first(end);
        return m_shape.anchored ? text == start : text.endsWith(start);
    };
    const bool found = endsAt(version.size()) || (version.endsWith(u'\n') && endsAt(version.size() - 1));
    return found ? Verdict::PartOnly : Verdict::No;
}

// Nothing if it gave up.
std::optional<QRegularExpressionMatch> KeyMatcher::run(const QString &version) const
{
    if (version.size() > MaxVersion || limitHits() >= MaxLimitHits)
        return std::nullopt;
    auto match = m_pattern.match(version);
    if (match.isValid())
        return match;
    m_limitHits->fetch_add(1, std::memory_order_relaxed);
    return std::nullopt;
}

std::optional<QString> KeyMatcher::firstMatch(const QString &version) const
{
    if (m_key != Rule::Key::Regex || !m_valid)
        return std::nullopt;
    const auto match = run(version);
    return match && match->hasMatch() ? std::optional(match->captured()) : std::nullopt;
}

bool KeyMatcher::takesIfAnchored(const QString &version) const
{
    if (m_key != Rule::Key::Regex || !m_valid || version.size() > MaxVersion || limitHits() >= MaxLimitHits)
        return false;
    return !m_shape.whole && m_anchored.isValid() && m_anchored.match(version).hasMatch();
}

QString KeyMatcher::errorWords() const
{
    if (m_key != Rule::Key::Regex || m_valid)
        return {};
    return m_pattern.isValid() ? QCoreApplication::translate("AppupMatcher", "it is not valid UTF-8")
                               : m_pattern.errorString();
}

qsizetype KeyMatcher::errorOffset() const
{
    return qBound<qsizetype>(0, m_pattern.patternErrorOffset() - Prefix.size(), m_text.size());
}

Matcher::Matcher(const QList<Rule> &rules)
{
    m_rules.reserve(rules.size());
    for (const Rule &rule : rules)
        m_rules.emplaceBack(rule);
}

int Matcher::match(const QString &version) const
{
    for (qsizetype i = 0; i < m_rules.size(); ++i) {
        const Verdict verdict = m_rules[i].test(version);
        if (verdict == Verdict::Taken)
            return static_cast<int>(i) + 1;
        if (verdict == Verdict::Invalid)
            return 0;
    }
    return 0;
}

QList<Verdict> Matcher::verdicts(const QString &version) const
{
    QList<Verdict> verdicts;
    verdicts.reserve(m_rules.size());
    for (const KeyMatcher &rule : m_rules)
        verdicts.append(rule.test(version));
    settle(verdicts);
    return verdicts;
}

void Matcher::settle(QList<Verdict> &verdicts)
{
    bool over = false;
    for (Verdict &verdict : verdicts) {
        if (verdict == Verdict::Taken && over)
            verdict = Verdict::Shadowed;
        over = over || verdict == Verdict::Taken || verdict == Verdict::Invalid;
    }
}

} // namespace handover::appup
