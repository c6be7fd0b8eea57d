// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/patterns.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

namespace {

QString escaped(QString vsn) { return vsn.replace(u'.', u"\\."_s).replace(u'+', u"\\+"_s); }

/// Digits by classes, the rest as it is.
QString byClasses(const QString &vsn, Dice &dice)
{
    QString pattern;
    for (const QChar c : vsn) {
        if (c.isDigit())
            pattern += dice.pick({u"\\d"_s, u"[0-9]"_s, u"[0-9]{1}?"_s, u"[[:digit:]]"_s});
        else
            pattern += escaped(c);
    }
    return pattern;
}

struct Pattern
{
    QString feature;
    QString regex;
};

/// They take vsn and, but for odd cases, only what is like it.
QList<Pattern> exactOnes(const QString &vsn, Dice &dice)
{
    const QString plain = escaped(vsn);
    return {
        {u"escaped"_s, plain},
        {u"anchored"_s, u'^' + plain + u'$'},
        {u"longer alternative"_s, u'(' + plain + u'|' + plain + u"\\.1)"_s},
        {u"case"_s, u"(?i)"_s + plain.toUpper()},
        {u"group"_s, u"(?:"_s + plain + u')'},
        {u"quoted"_s, u"\\Q"_s + vsn + u"\\E"_s},
        {u"extended"_s, u"(?x) "_s + plain + u"  # a comment"_s},
        {u"optional rest"_s, plain + u"(\\.[0-9]+)*"_s},
        {u"lookahead"_s, u"(?="_s + plain.first(1) + u')' + plain + u"(?!x)"_s},
        {u"dots that aren't escaped"_s, vsn.contains(u'+') ? plain : vsn},
        {u"classes"_s, byClasses(vsn, dice)},
        {u"named group"_s, u"(?<v>"_s + plain + u')'},
        {u"atomic"_s, u"(?>"_s + plain + u')'},
        {u"other alternatives first"_s, u"zz|yy|"_s + plain},
        {u"\\A"_s, u"\\A"_s + plain + u"\\z"_s},
    };
}

QList<Pattern> broadOnes(const QString &vsn)
{
    return {
        {u".*"_s, u".*"_s},
        {u".+"_s, u".+"_s},
        {u"negated class"_s, u"[^x]*"_s},
        {u"count"_s, u".{"_s + QString::number(vsn.size()) + u'}'},
        {u"lazy"_s, u".+?$"_s},
        {u"possessive"_s, u".++"_s},
        {u"words"_s, u"[\\wéд日本.+-]+"_s}, // \\w alone: OTP's tables know é, PCRE2 asks for UCP
    };
}

} // namespace

Value patternFor(const QString &vsn, bool exact, Dice &dice, QSet<QString> &features)
{
    if (dice.chance(35))
        return text(vsn);
    QList<Pattern> patterns = exactOnes(vsn, dice);
    if (!exact)
        patterns += broadOnes(vsn);
    const Pattern chosen = dice.pick(patterns);
    features += u"regex: "_s + chosen.feature;
    return utf8(chosen.regex);
}

Rule decoyFor(const QString &vsn, Dice &dice, QSet<QString> &features)
{
    Rule rule;
    rule.script = list({tagged(u"apply"_s, {tuple({atom(u"decoy"_s), atom(u"taken"_s), list({})})})});
    const bool longer = vsn.size() > 2;
    QString what;
    switch (dice.below(14)) {
    case 0:
        what = u"empty regex"_s;
        rule.pattern = utf8({});
        break;
    case 1:
        what = u"lazy"_s;
        rule.pattern = utf8(u".*?"_s);
        break;
    case 2:
        what = u"longer"_s;
        rule.pattern = text(vsn + u".0"_s);
        break;
    case 3:
        what = u"more before"_s;
        rule.pattern = utf8(u'x' + escaped(vsn));
        break;
    case 4:
        what = u"atom"_s;
        rule.pattern = atom(vsn);
        break;
    case 5:
        what = u"tuple"_s;
        rule.pattern = tuple({text(vsn)});
        break;
    case 6:
        what = u"number"_s;
        rule.pattern = number(1);
        break;
    case 7:
        what = u"no pair"_s;
        rule.isPair = false;
        rule.pattern = dice.pick({text(vsn), tuple({text(vsn), list({}), list({})}), atom(u"x"_s), list({})});
        break;
    case 8:
        what = u"script that is no list"_s;
        rule.pattern = utf8(u"zz"_s);
        rule.script = atom(u"not_a_list"_s);
        break;
    case 9:
        what = u"list with more"_s;
        rule.pattern = list({text(vsn)});
        break;
    default:
        if (!longer)
            return decoyFor(vsn, dice, features);
        if (dice.chance(40)) {
            what = u"prefix"_s;
            rule.pattern = utf8(escaped(vsn.first(1)));
        } else if (dice.chance(60)) {
            what = u"shorter alternative first"_s;
            rule.pattern = utf8(escaped(vsn.first(1)) + u'|' + escaped(vsn));
        } else {
            what = u"tail"_s;
            rule.pattern = utf8(escaped(vsn.sliced(1)) + u'$');
        }
        break;
    }
    features += u"decoy: "_s + what;
    return rule;
}

} // namespace handover::pairs
