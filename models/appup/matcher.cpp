// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/matcher.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

// Ends patterns that explode within a millisecond; OTP's own limit is 10 million. It may stand
// before other items of that kind that the pattern itself begins with.
constexpr auto Limit = "(*LIMIT_MATCH=100000)"_L1;
constexpr qsizetype MaxVersion = 4096;

} // namespace

KeyMatcher::KeyMatcher(const Rule &rule)
    : m_key(rule.key)
    , m_text(rule.text)
{
    if (m_key != Rule::Key::Regex)
        return;
    m_pattern.setPattern(Limit + m_text);
    m_valid = !rule.badEncoding && m_pattern.isValid();
    m_pattern.optimize();
}

Verdict KeyMatcher::test(const QString &version) const
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
    if (version.size() > MaxVersion)
        return Verdict::TooComplex;
    const auto match = m_pattern.match(version);
    if (!match.isValid())
        return Verdict::TooComplex;
    if (!match.hasMatch())
        return Verdict::No;
    // Not anchored: that would try alternatives behind the first match, which OTP doesn't.
    return match.capturedLength() == version.size() ? Verdict::Taken : Verdict::PartOnly;
}

std::optional<QString> KeyMatcher::firstMatch(const QString &version) const
{
    if (m_key != Rule::Key::Regex || !m_valid || version.size() > MaxVersion)
        return std::nullopt;
    const auto match = m_pattern.match(version);
    return match.hasMatch() ? std::optional(match.captured()) : std::nullopt;
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
    return qBound<qsizetype>(0, m_pattern.patternErrorOffset() - Limit.size(), m_text.size());
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
