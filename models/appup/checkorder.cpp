// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/checks.h"

#include "models/appup/pattern.h"
#include "models/core/namelist.h"

#include <QCoreApplication>
#include <QHash>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupCheck)
};

/// Finds the rules to which OTP never comes.
class Reach
{
public:
    Reach(const QList<Rule> &rules, const QStringList &versions)
        : m_rules(rules)
    {
        const Matcher all(rules);
        m_taken.resize(rules.size());
        m_shadowed.resize(rules.size());
        for (const QString &version : versions) {
            const QList<Verdict> verdicts = all.verdicts(version);
            for (qsizetype i = 0; i < rules.size(); ++i) {
                m_taken[i] = m_taken[i] || verdicts[i] == Verdict::Taken;
                if (verdicts[i] == Verdict::Shadowed)
                    m_shadowed[i].append(version);
            }
        }
    }

    struct Finding
    {
        QString why;    ///< the rule is never reached; empty if it may be
        int before = 0; ///< the rule in front of which it would be; 0: it is of no use anywhere, -1: not known
    };
    /// Of the next rule; to be called for each in turn.
    [[nodiscard]] Finding next()
    {
        const qsizetype i = m_matchers.size();
        const Rule &rule = m_rules[i];
        m_matchers.emplaceBack(rule);
        if (rule.key == Rule::Key::Ignored)
            return {};
        const auto id = std::pair(rule.key, rule.text);
        if (const auto same = m_seen.constFind(id); same != m_seen.cend())
            return {Words::tr("Rule %1 has the same version.").arg(*same), 0};
        m_seen.insert(id, rule.number);
        if (m_catchAll > 0)
            return {Words::tr("Rule %1 takes every version.").arg(m_catchAll), m_catchAll};
        if (rule.key == Rule::Key::Regex) {
            if (takesEverything(rule.text)) { // for what nobody knows of
                m_catchAll = rule.number;
                return {};
            }
            if (m_taken[i] || m_shadowed[i].isEmpty())
                return {};
            return {Words::tr("Earlier rules take all versions this one would take: %1.")
                        .arg(nameList(m_shadowed[i])),
                    -1};
        }
        for (qsizetype k = 0; k < i; ++k) {
            if (m_rules[k].key == Rule::Key::Regex && m_matchers[k].test(rule.text) == Verdict::Taken)
                return {Words::tr("Rule %1 already takes %2.")
                            .arg(QString::number(m_rules[k].number), rule.text),
                        m_rules[k].number};
        }
        return {};
    }

private:
    const QList<Rule> &m_rules;
    QList<KeyMatcher> m_matchers;
    QHash<std::pair<Rule::Key, QString>, int> m_seen; ///< numbers of rules
    int m_catchAll = 0;
    QList<bool> m_taken;
    QList<QStringList> m_shadowed;
};

} // namespace

void checkOrder(IssueList &issues, const QList<Rule> &rules, const CheckContext &context,
                const WrittenAppup &written)
{
    Reach reach(rules, context.versionsToReach);
    for (const Rule &rule : rules) {
        const auto [why, before] = reach.next();
        if (why.isEmpty())
            continue;
        std::optional<Fix> fix;
        if (before > 0)
            fix = fixOf(Words::tr("Move it in front of rule %1").arg(before), written.moveRule(rule, rules[before - 1]));
        else if (before == 0)
            fix = fixOf(Words::tr("Remove this rule"), written.removeRule(rule));
        issues.add(Severity::Warning, u"appup.unreachable-rule"_s,
                   QString(why + u' ' + Words::tr("OTP never comes to this rule. Remove it, or move it up.")),
                   rule.range, fix);
    }
}

} // namespace handover::appup
