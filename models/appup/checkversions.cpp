// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/checks.h"

#include "models/appup/mirror.h"
#include "models/appup/pattern.h"
#include "models/core/namelist.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

using erlang::Term;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupCheck)
};

// Of the widened patterns that which takes most of the versions.
std::optional<Fix> widenedKey(const IssueList &issues, const Rule &rule, const QStringList &versions)
{
    QString best;
    qsizetype most = 0;
    for (const QString &pattern : widened(rule.text)) {
        Rule candidate = rule;
        candidate.text = pattern;
        const KeyMatcher matcher(candidate);
        const auto taken = std::ranges::count_if(
            versions, [&](const QString &v) { return matcher.test(v) == Verdict::Taken; });
        if (taken > most) {
            best = pattern;
            most = taken;
        }
    }
    return most > 0 ? issues.newKey(rule, Term::binary(best.toUtf8())) : std::nullopt;
}

// Where the version goes on behind what the pattern matches, if the rule may have been meant for
// it: 1.2.3 for 1\.2, but not 1.20, and not a match somewhere inside.
std::optional<QString> continuation(const KeyMatcher &matcher, const QString &version)
{
    const auto part = matcher.firstMatch(version);
    if (!part || part->isEmpty() || !version.startsWith(*part) || part->size() == version.size())
        return std::nullopt;
    const QString rest = version.sliced(part->size());
    if (part->back().isDigit() && rest.front().isDigit())
        return std::nullopt;
    return rest;
}

void addPartOnly(IssueList &issues, const Rule &rule, const QStringList &versions)
{
    const QString &version = versions.constFirst();
    const QString rest = continuation(KeyMatcher(rule), version).value_or(QString());
    QString message = Words::tr("This pattern matches only \"%1\" of %2, which goes on with \"%3\".")
                          .arg(version.chopped(rest.size()), version, rest);
    if (versions.size() > 1)
        message += u' ' + Words::tr("The same with %1.").arg(nameList(versions.sliced(1)));
    message += u' ' + Words::tr("OTP takes a rule only if the first match is the whole version. Let the "
                                "pattern go on to the end.");
    issues.add(Severity::Warning, u"appup.part-only"_s, message, rule.keyRange,
               widenedKey(issues, rule, versions));
}

// The pattern would take them from beginning to end, but its first match isn't that.
void addFirstMatch(IssueList &issues, const Rule &rule, const QStringList &versions)
{
    const QString &version = versions.constFirst();
    Rule anchored = rule;
    anchored.text = u"^(?:%1)$"_s.arg(rule.text);
    const KeyMatcher matcher(anchored);
    const bool helps = std::ranges::all_of(versions, [&](const QString &v) { return matcher.test(v) == Verdict::Taken; });
    issues.add(Severity::Warning, u"appup.first-match"_s,
               Words::tr("This pattern could match all of %1, but OTP asks only for its first match, and that is \"%2\". "
                         "Put the longer alternative first, or tie the pattern to both ends.")
                   .arg(nameList(versions), KeyMatcher(rule).firstMatch(version).value_or(QString())),
               rule.keyRange, helps ? issues.newKey(rule, Term::binary(anchored.text.toUtf8())) : std::nullopt);
}

void checkFirstMatches(IssueList &issues, const QList<Rule> &rules, const QStringList &versions)
{
    for (const Rule &rule : rules) {
        if (endsLazily(rule.text)) // said already
            continue;
        const KeyMatcher matcher(rule);
        QStringList missed;
        for (const QString &version : versions) {
            if (matcher.test(version) == Verdict::PartOnly && matcher.takesIfAnchored(version))
                missed.append(version);
        }
        if (!missed.isEmpty())
            addFirstMatch(issues, rule, missed);
    }
}

// For the way down: of the upgrade rule that takes most of the versions.
std::optional<Fix> wayBackFix(const Appup &appup, const QStringList &versions, const WrittenAppup &written)
{
    const Matcher matcher(appup.up);
    QMap<int, int> taken; // how many, by rule
    for (const QString &version : versions)
        ++taken[matcher.match(version)];
    taken.remove(0);
    const auto most = std::max_element(taken.cbegin(), taken.cend());
    const auto back = most == taken.cend() ? std::nullopt : wayBack(appup.up[most.key() - 1]);
    if (!back)
        return std::nullopt;
    // At the end it takes nothing from the others.
    return fixOf(Words::tr("Add the way back of upgrade rule %1").arg(most.key()),
                 written.insertRule(Direction::Down, appup.down.size(), *back));
}

} // namespace

void checkVersions(IssueList &issues, const Appup &appup, Direction direction, const CheckContext &context,
                   const WrittenAppup &written)
{
    const QList<Rule> &rules = appup.rules(direction);
    const bool up = direction == Direction::Up;
    if (!up && rules.isEmpty())
        return; // appup.no-downgrade says it
    checkFirstMatches(issues, rules, context.versionsToReach);
    const Matcher matcher(rules);
    QStringList missed;
    QList<QStringList> partOnly(rules.size());
    QList<KeyMatcher> keys;
    for (const Rule &rule : rules)
        keys.emplaceBack(rule);
    for (const QString &version : context.versionsToReach) {
        if (version == appup.version)
            continue; // an application that stays as it is needs no rule
        const QList<Verdict> verdicts = matcher.verdicts(version);
        if (verdicts.contains(Verdict::Taken) || verdicts.contains(Verdict::Invalid))
            continue; // an invalid pattern is a problem of its own
        missed.append(version);
        for (qsizetype i = 0; i < rules.size(); ++i) {
            if (verdicts[i] == Verdict::PartOnly && !keys[i].takesIfAnchored(version) && continuation(keys[i], version))
                partOnly[i].append(version);
        }
    }
    for (qsizetype i = 0; i < rules.size(); ++i) {
        if (!partOnly[i].isEmpty())
            addPartOnly(issues, rules[i], partOnly[i]);
    }
    if (missed.isEmpty())
        return;
    const QString message =
        up ? Words::tr("No upgrade rule takes %1: a release with it can't be upgraded to this one. Add a "
                       "rule, or widen one.")
           : Words::tr("No downgrade rule takes %1: a node can't go back to it without a restart. Add a "
                       "rule, or widen one.");
    // About the list as a whole: its bracket stands for it.
    const TextRange list = up ? appup.upRange : appup.downRange;
    issues.add(up ? Severity::Error : Severity::Warning, u"appup.version-not-taken"_s,
               message.arg(nameList(missed)), {list.begin, qMin(list.begin + 1, list.end)},
               up ? std::nullopt : wayBackFix(appup, missed, written));
}

} // namespace handover::appup
