// SPDX-License-Identifier: GPL-3.0-or-later
// Between the rules and the relup made of them: the part of RulesDocument that knows where
// instructions stand.
#include "models/appup/template.h"
#include "models/workspace/rulesdocument.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

using appup::Rule;
using relup::Origin;

TextRange beginningOf(const TextRange &list) { return {list.begin, qMin(list.begin + 1, list.end)}; }

bool isSame(const std::optional<relup::Reason> &left, const std::optional<relup::Reason> &right)
{
    if (!left || !right)
        return !left && !right;
    return left->term == right->term && left->origins == right->origins;
}

bool overlap(const TextRange &a, const TextRange &b) { return a.begin < b.end && b.begin < a.end; }

} // namespace

std::optional<TextRange> RulesDocument::placeOf(const Origin &origin) const
{
    if (!isAnalysed() || !m_analysis.appup || m_analysis.isCode || origin.application != m_source.app.toUtf8())
        return std::nullopt;
    const appup::Appup &appup = *m_analysis.appup;
    const QList<Rule> &rules = appup.rules(origin.direction);
    if (origin.rule < 1 || origin.rule > rules.size())
        return beginningOf(origin.direction == appup::Direction::Up ? appup.upRange : appup.downRange);
    const Rule &rule = rules[origin.rule - 1];
    if (origin.instruction < 0 || origin.instruction >= rule.instructions.size())
        return rule.keyRange;
    return appup::Template(m_text, m_source.vsn).toSource(rule.instructions[origin.instruction].range());
}

std::optional<Origin> RulesDocument::originAt(qsizetype offset) const
{
    if (!isAnalysed() || !m_analysis.appup)
        return std::nullopt;
    const Rule *rule = m_analysis.appup->ruleAt(offset);
    if (!rule)
        return std::nullopt;
    Origin origin{m_source.app.toUtf8(), rule->direction, rule->number, Origin::None};
    const appup::Template source(m_text, m_source.vsn);
    for (qsizetype i = 0; i < rule->instructions.size(); ++i) {
        if (!source.toSource(rule->instructions[i].range()).touches(offset))
            continue;
        origin.instruction = static_cast<int>(i);
        break;
    }
    return origin;
}

void RulesDocument::setRelupProblem(const std::optional<relup::Reason> &reason)
{
    if (isSame(reason, m_relupProblem))
        return;
    m_relupProblem = reason;
    if (!isAnalysed())
        return; // they are collected anyway in a moment
    collectIssues();
    emit analysed();
}

void RulesDocument::collectIssues()
{
    m_issues = m_analysis.issues;
    if (!m_relupProblem || !m_analysis.appup)
        return;
    for (const Origin &origin : std::as_const(m_relupProblem->origins)) {
        const auto range = placeOf(origin);
        if (!range)
            continue;
        // That no rule takes a version, or that an instruction is none, has been said in its own words.
        const bool said = std::ranges::any_of(m_analysis.issues, [&](const Issue &issue) {
            return issue.severity == Severity::Error && overlap(issue.range, *range);
        });
        if (said)
            return;
        const Error error = m_relupProblem->toError();
        const QString file = isEditable() ? QFileInfo(m_source.file).fileName() : m_source.app + u".appup"_s;
        m_issues.append({Severity::Error, error.code, error.message + u' ' + error.hint, file, *range,
                         handover::placeOf(m_text, range->begin), {}});
        std::ranges::stable_sort(m_issues, {}, [](const Issue &issue) { return issue.range.begin; });
        return;
    }
}

} // namespace handover::workspace
