// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/checks.h"

#include "models/appup/dialect.h"
#include "models/appup/pattern.h"
#include "models/core/versionorder.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

using erlang::Term;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupCheck)
};

void checkIgnored(IssueList &issues, const Rule &rule)
{
    const QByteArrayView key = issues.source(rule.keyRange);
    const auto term = erlang::parseBareTerm(key);
    std::optional<Fix> fix;
    QString message;
    if (rule.keyRange == rule.range || rule.instructionsRange.isEmpty()) {
        message = Words::tr(
            "OTP passes over this entry in silence, because it is no pair {Version, Instructions}.");
    } else {
        message = Words::tr(
            "OTP passes over this rule in silence, because its version is neither a string nor a binary. "
            "Write \"1.0\" for a version, or <<\"1\\\\.[0-9]+\">> for a pattern.");
        if (term && term->kind() == Term::Kind::Atom)
            fix = issues.newKey(rule, Term::string(QString::fromUtf8(*term->atomName())));
        else if (term && term->kind() == Term::Kind::Float)
            fix = issues.newKey(rule, Term::string(QString::fromUtf8(key)));
    }
    issues.add(Severity::Warning, u"appup.ignored-entry"_s, message, rule.keyRange, fix);
}

void checkLiteral(IssueList &issues, const Rule &rule, const CheckContext &context)
{
    if (!looksLikePattern(rule.text) || context.versionsToReach.contains(rule.text))
        return;
    Rule asPattern = rule;
    asPattern.key = Rule::Key::Regex;
    std::optional<Fix> fix;
    if (KeyMatcher(asPattern).isValid())
        fix = issues.newKey(rule, Term::binary(rule.text.toUtf8()));
    issues.add(
        Severity::Warning, u"appup.plain-looks-like-regex"_s,
        Words::tr(
            "A string is compared as it is: this rule takes only the version that is written exactly \"%1\". "
            "Write a binary if a pattern is meant.")
            .arg(rule.text),
        rule.keyRange, fix);
}

bool isTooComplex(const Rule &rule, const KeyMatcher &matcher, const CheckContext &context)
{
    const auto explodesOn = [&](const QString &version) {
        return matcher.test(version) == Verdict::TooComplex;
    };
    if (std::ranges::any_of(context.versionsToReach, explodesOn))
        return true;
    // Versions that nearly match show whether a pattern tries all ways to cut them.
    const QString start = patternShape(rule.text).start;
    for (const QString &tail : QStringList{QString(40, u'1') + u'!', u"1"_s + u".1"_s.repeated(20) + u'!',
                                           u"1.2.3+"_s + QString(40, u'a') + u'!'}) {
        if (explodesOn(tail) || (!start.isEmpty() && explodesOn(start + tail)))
            return true;
    }
    return false;
}

void addBadPattern(IssueList &issues, const Rule &rule, const KeyMatcher &matcher,
                   const std::optional<DialectTrap> &trap)
{
    const QString rest = rule.text.sliced(matcher.errorOffset());
    const QString where =
        rest.isEmpty() ? Words::tr("at its end") : Words::tr("before \"%1\"").arg(rest.left(20));
    QString message =
        trap ? Words::tr("This is not a valid pattern for OTP 28: %1 (%2). make_relup fails with badarg when "
                         "it comes "
                         "to this rule there. OTP up to 27 %3. Write it in a way that both read alike.")
                   .arg(matcher.errorWords(), where, trap->older)
             : Words::tr(
                   "This is not a valid pattern: %1 (%2). make_relup fails with badarg when it comes to this "
                   "rule. Correct the pattern.")
                   .arg(matcher.errorWords(), where);
    issues.add(Severity::Error, u"appup.bad-regex"_s, message, rule.keyRange);
}

void checkPattern(IssueList &issues, const Rule &rule, const CheckContext &context, VersionLetters letters)
{
    const KeyMatcher matcher(rule);
    const auto trap = dialectTrap(rule.text, letters);
    if (!matcher.isValid()) {
        addBadPattern(issues, rule, matcher, trap);
        return;
    }
    if (isTooComplex(rule, matcher, context)) {
        issues.add(
            Severity::Warning, u"appup.regex-too-complex"_s,
            Words::tr(
                "Matching this pattern takes far too many steps, and OTP gives up on it as if it didn't "
                "match. Write it without repeats inside of repeats."),
            rule.keyRange);
    }
    if (trap) {
        issues.add(
            Severity::Warning, u"appup.regex-dialect"_s,
            Words::tr(
                "OTP releases read \"%1\" differently: OTP up to 27 %2; OTP 28 and this program %3. Write "
                "the pattern without it.")
                .arg(trap->construct, trap->older, trap->newer),
            rule.keyRange);
    }
    if (rule.text.isEmpty()) {
        issues.add(Severity::Warning, u"appup.empty-pattern"_s,
                   Words::tr("An empty pattern matches nothing of a version, so it takes none. Write <<\".*\">> for all "
                             "versions."),
                   rule.keyRange);
    }
    if (endsLazily(rule.text)) {
        issues.add(Severity::Warning, u"appup.lazy-end"_s,
                   Words::tr("The repeat at the end of this pattern takes as little as it can, so OTP's first match ends "
                             "there and longer versions are not taken. Let it take all it can."),
                   rule.keyRange, issues.newKey(rule, Term::binary(withGreedyEnd(rule.text).toUtf8())));
    }
    if (looksLikeVersion(rule.text) && rule.text.contains(u'.') && !rule.text.contains(u'\\')) {
        issues.add(Severity::Warning, u"appup.regex-looks-plain"_s,
                   Words::tr("A binary is a pattern, and this one is written as a version: its dots stand for any character. "
                             "Write a string for one version."),
                   rule.keyRange, issues.newKey(rule, Term::string(rule.text)));
    } else if (const auto dots = unescapedDots(rule.text); !dots.isEmpty()) {
        const QString escaped = withEscapedDots(rule.text, dots);
        issues.add(
            Severity::Warning, u"appup.unescaped-dot"_s,
            Words::tr("A dot in a pattern stands for any character, so \"%1\" takes more than it seems to. "
                      "Write \\\\. for a dot.")
                .arg(rule.text),
            rule.keyRange, issues.newKey(rule, Term::binary(escaped.toUtf8())));
    }
}

} // namespace

void checkKeys(IssueList &issues, const QList<Rule> &rules, const CheckContext &context)
{
    const VersionLetters letters = VersionLetters::of(context.versionsToReach);
    for (const Rule &rule : rules) {
        switch (rule.key) {
        case Rule::Key::Ignored:
            checkIgnored(issues, rule);
            break;
        case Rule::Key::Literal:
            checkLiteral(issues, rule, context);
            break;
        case Rule::Key::Regex:
            checkPattern(issues, rule, context, letters);
            break;
        }
    }
}

} // namespace handover::appup
