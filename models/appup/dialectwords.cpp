// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/dialectwords.h"

#include <QCoreApplication>

namespace handover::appup {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupDialect)
};

} // namespace

std::pair<QString, QString> trapWords(Trap trap, const QString &construct)
{
    const QString refuses = Words::tr("refuses it with badarg");
    const QString refuse = Words::tr("refuse it with badarg");
    switch (trap) {
    case Trap::None:
        break;
    case Trap::Nul:
        return {Words::tr("ends the pattern at the character 0"), Words::tr("take it as a character")};
    case Trap::Space:
        return {Words::tr("takes this white space as a character"),
                Words::tr("pass over it, because of (?x)")};
    case Trap::Caseless:
        return {Words::tr("knows the small and capital letters of Unicode 7"),
                Words::tr("know those of a newer Unicode")};
    case Trap::Quantifier:
        return {Words::tr("takes it as it is written, character for character"), Words::tr("repeat by it")};
    case Trap::Lookbehind:
        return {Words::tr("refuses a lookbehind of varying length with badarg"),
                Words::tr("accept one of limited length")};
    case Trap::UnknownEscape:
        return {Words::tr("takes it as the letter %1").arg(construct.back()), refuse};
    case Trap::EscapeInClass:
        return {Words::tr("takes it as the letter %1 between brackets").arg(construct.back()), refuse};
    case Trap::BraceSpace:
        return {refuses, Words::tr("pass over the space within the braces")};
    case Trap::NoHexDigits:
        return {Words::tr("takes it as the character 0"), refuse};
    case Trap::Control:
        return {Words::tr("takes it as a control character"), refuse};
    case Trap::LatinLetters:
        return {Words::tr("counts characters like é by their Latin-1 kind"),
                Words::tr("know only ASCII there")};
    case Trap::Unit:
        return {Words::tr("takes one byte of UTF-8"),
                Words::tr("refuse it in a lookbehind; elsewhere this program takes a UTF-16 unit")};
    case Trap::NamedCharacter:
        return {refuses, Words::tr("take the character of that number")};
    case Trap::MatchReset:
        return {Words::tr("lets it set the start of the match"),
                Words::tr("refuse it with badarg in a lookaround")};
    case Trap::Property:
        return {
            Words::tr("refuses this name of a property with badarg, or has another set of characters for it"),
            Words::tr("have a newer Unicode and more names")};
    case Trap::CaseProperty:
        return {Words::tr("tells small and capital letters apart in it, also with (?i)"),
                Words::tr("don't, because of (?i)")};
    case Trap::Unicode:
        return {Words::tr("goes by Unicode 7"), Words::tr("go by a newer Unicode")};
    case Trap::Digits:
        return {Words::tr("takes it as these digits"),
                Words::tr("take it as a reference to a group of that number")};
    case Trap::Recursion:
        return {Words::tr("never goes back into a called group"), Words::tr("try its other ways too")};
    case Trap::ForwardReference:
        return {refuses, Words::tr("take it as a reference to a group that follows")};
    case Trap::OwnReference:
        return {Words::tr("never goes back into a group that refers to itself"),
                Words::tr("try its other ways too")};
    case Trap::Nesting:
        return {Words::tr("allows groups so deep in each other"), refuse};
    case Trap::Size:
        return {Words::tr("may refuse a pattern as large as this"), Words::tr("have a little more room")};
    case Trap::GroupName:
        return {Words::tr("refuses this name of a group with badarg"), Words::tr("accept it")};
    case Trap::EmptyName:
        return {Words::tr("accepts a group with an empty name"), refuse};
    case Trap::Possessive:
        return {Words::tr("goes back into some groups in spite of it"),
                Words::tr("never go back into the group")};
    case Trap::VersionCondition:
        return {Words::tr("reads this condition as another one, or refuses it"),
                Words::tr("read it as PCRE2 does")};
    case Trap::Option:
        // (?X) and a second hyphen are what PCRE2 gave up.
        if (construct.contains(u'X') || construct.count(u'-') > 1)
            return {Words::tr("accepts it"), refuse};
        return {construct.contains(u"xx") ? Words::tr("takes it for (?x)") : refuses, Words::tr("know it")};
    case Trap::UnknownVerb:
        if (construct.startsWith(u"(*LIMIT_"))
            return {Words::tr("counts the steps of a match otherwise"),
                    Words::tr("count them as PCRE2 does")};
        if (construct.startsWith(u"(*UTF8)"))
            return {Words::tr("accepts it"), refuse};
        return {refuses, Words::tr("know it")};
    case Trap::StringCallout:
    case Trap::NewGroup:
        return {refuses, Words::tr("know it")};
    case Trap::VerbInside:
        return {Words::tr("refuses it with a quantifier, and goes back otherwise from a group"),
                Words::tr("read it as PCRE2 does")};
    case Trap::SplitQuantifier:
        return {Words::tr("refuses it with badarg behind \\E"),
                Words::tr("read it as part of the quantifier")};
    case Trap::SetRange:
        return {Words::tr("takes the hyphen as a character"), refuse};
    }
    return {};
}

} // namespace handover::appup
