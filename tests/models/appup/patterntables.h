// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

/// Versions and patterns to ask the real Erlang about.
namespace handover::test {

using namespace Qt::StringLiterals;

[[nodiscard]] inline QStringList fixedVersions()
{
    return {
        // clang-format off
        u""_s, u"0"_s, u"1"_s, u"1.0"_s, u"1.2"_s, u"1.2.3"_s, u"1.2.3.4"_s, u"1.10"_s, u"1.20.3"_s,
        u"2.5"_s, u"2.5.0"_s, u"2.5.3"_s, u"2x5"_s, u"2.50"_s, u"12.5"_s, u"2.5.3+build.4.ref1a2b3c4"_s,
        u"1.0+build"_s, u"1.00build"_s, u"1.0-rc1"_s, u"1.0-rc.1"_s, u"1.0.0-alpha"_s, u"1.0.0-alpha.1"_s,
        u"v1.0"_s, u"V1.0"_s, u"1.0\n"_s, u"\n"_s, u"1.0\r"_s, u"a"_s, u"A"_s, u"abc"_s, u"aaa"_s, u"git"_s,
        u"1.2-3-gabcdef0"_s, u"20240611"_s, u"2024.06.11"_s, u"R16B03"_s, u"r16b03-1"_s, u"1..2"_s, u".1"_s,
        u"1."_s, u" 1.0"_s, u"1.0 "_s, u"1,0"_s, u"10.2.7.1"_s, u"10.2.7"_s, u"10.2"_s, u"4.0"_s,
        u"4.0.0.1"_s, u"4.0.1"_s, u"4.1"_s, u"6.2.2.1"_s, u"99999999999999999999"_s, u"1.0_1"_s, u"(1)"_s,
        u"1.0é"_s, u"é"_s, u"П.1"_s, u"1.2 3"_s, u"11"_s, u"121"_s,
        // clang-format on
    };
}

/// Patterns as people write them, and as they shouldn't; none of them is a matter of dialect.
[[nodiscard]] inline QStringList plainPatterns()
{
    QStringList table{
        // clang-format off
        u""_s, u".*"_s, u".+"_s, u".*?"_s, u".+?"_s, u".+?$"_s, u"^.*$"_s, u"."_s, u".."_s, u"1"_s,
        u"1|1\\.2"_s, u"1\\.2|1"_s, u"(1|1\\.2)"_s, u"(1|1\\.2)$"_s, u"^(1|1\\.2)$"_s, u"2.5"_s, u"2\\.5"_s,
        u"2\\.5.*"_s, u"2\\.5\\..*"_s, u"2\\.5(\\.[0-9]+)*"_s, u"2\\.5(\\..*)?"_s, u"^2\\.5"_s, u"2\\.5$"_s,
        u"^2\\.5$"_s, u"\\A2\\.5\\z"_s, u"2\\.5\\Z"_s, u"1.0+build"_s, u"1\\.0\\+build"_s, u"1\\.0+"_s,
        u"1[.]0"_s, u"[0-9]+"_s, u"[0-9]+?"_s, u"[0-9]*"_s, u"\\d+"_s, u"\\d+\\.\\d+"_s,
        u"\\d+(\\.\\d+)*"_s, u"\\d+(\\.\\d+){2}"_s, u"\\d+(\\.\\d+){1,3}"_s, u"\\d+(\\.\\d+){2,}"_s,
        u"[^.]+"_s, u"[^0-9]+"_s, u"\\D+"_s, u"\\S+"_s, u"\\s*1\\.0\\s*"_s, u"[[:digit:]]+"_s,
        u"[[:digit:].]+"_s, u"(?i)v1\\.0"_s, u"(?i:V)1\\.0"_s, u"v?1\\.0"_s, u"[vV]?\\d+\\.\\d+"_s,
        u"(?x) 1 \\. 0 # comment"_s, u"(?s).*"_s, u"(?m)^1\\.0$"_s, u"(?U).+"_s, u"(?-i)a"_s, u"(?i)A"_s,
        u"(?i)É"_s, u"é"_s, u"1\\.0é"_s, u"\\x{e9}"_s, u"\\xe9"_s, u"\\x31\\.0"_s, u"\\0611"_s, u"П\\.1"_s,
        u"\\p{Lu}\\.1"_s, u"\\p{L}+"_s, u"\\PL+"_s, u"\\X+"_s, u"\\R"_s, u"\\n"_s, u"1\\.0\\n"_s,
        u"1\\.0\\r"_s, u"1\\.0(\\n)?"_s, u"1\\.0$"_s, u"\\h?1\\.0\\h?"_s, u"\\N+"_s, u"\\V+"_s, u"a{3}"_s,
        u"a{1,}"_s, u"a{2}"_s, u"(a)\\1+"_s, u"(?<n>a)\\k<n>*"_s, u"(?P<n>a)(?P=n)*"_s, u"(?<=v)1\\.0"_s,
        u"(?<!v)1\\.0"_s, u"1(?=\\.0)\\.0"_s, u"1(?!\\.1)\\..*"_s, u"(?>1|1\\.2)"_s, u"(?>[0-9]+)\\.0"_s,
        u"[0-9]++"_s, u"[0-9]*+1"_s, u"(?|1|2)(\\.\\d)"_s, u"(?(?=1)1\\.2|2\\.5)"_s,
        u"(1)?(?(1)\\.2|2\\.5)"_s, u"\\Q1.0\\E"_s, u"\\Q1.0"_s, u"\\Q1.0+build\\E"_s, u"v\\K1\\.0"_s,
        u"1\\K"_s, u"(?#note)1\\.0"_s, u"R\\d+[AB]\\d+"_s, u"(?i)r\\d+[ab]\\d+(-\\d)?"_s, u"[a-z]+"_s,
        u"[a-zA-Z0-9.+-]+"_s, u"[\\d.]+"_s, u"[]1]"_s, u"[^]]+"_s, u"[1-]"_s, u"[a\\-c]+"_s, u"[\\]1]"_s,
        u"\\(1\\)"_s, u"1\\.0\\ "_s, u" 1\\.0"_s, u"1,0"_s, u"\\.1"_s, u"1\\."_s, u"1\\.\\.2"_s,
        u"(1)(1)?"_s, u"(((1)))"_s, u"(?:1)"_s, u"(?:1|11)"_s, u"(?:11|1)"_s, u"(?:1|11)$"_s, u"1??1"_s,
        u"1{0}"_s, u"x*"_s, u"|1"_s, u"1|"_s, u"$"_s, u"^"_s, u"^$"_s, u"\\b1\\b"_s, u"\\B"_s, u"\\G1"_s,
        u"(?s:.)+"_s, u"1\\.\\d{1,2}"_s, u"1\\.\\d{2}"_s, u"\\d{8}"_s, u"\\d{4}\\.\\d\\d\\.\\d\\d"_s,
        u"\\d+\\.\\d+\\+build\\.\\d+\\.ref[0-9a-f]+"_s, u"2\\.5\\.3(\\+build\\.\\d+\\.ref[0-9a-f]{7,})?"_s,
        u"1\\.0(-rc\\.?\\d+)?"_s,
        u"(\\d+)\\.(\\d+)\\.(\\d+)(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?"_s, u"^4\\.0$"_s,
        u"^4\\.0\\.0(?:\\.[0-9]+)+$"_s, u"^4\\.0\\.1(?:\\.[0-9]+)*$"_s, u"^10\\.2\\.7(?:\\.[0-9]+)*$"_s,
        u"^6\\.2\\.2(?:\\.[0-9]+)*$"_s, u"10\\.2(\\.7)?"_s, u"10\\.2(\\.7)??"_s, u"10\\.2(\\.\\d+)*?"_s,
        u"(*ANYCRLF)1\\.0$"_s, u"(*LIMIT_MATCH=1000)1\\.0"_s, u"(*UCP)1\\.0"_s, u"a(*SKIP)b|abc"_s,
        u"(*COMMIT)2\\.5"_s, u"1(*ACCEPT)\\.9"_s, u"a(*FAIL)|a"_s, u"\\e|1"_s, u"\\t|1"_s, u"\\cA|1"_s,
        u"1\\.2 ?3"_s, u"(1.?)+"_s, u"(1|2|\\.)+"_s, u"(\\d\\.?)+"_s, u"([0-9]+\\.)*[0-9]+"_s,
        u"([0-9]+\\.)+"_s,
        // not patterns
        u"("_s, u")"_s, u"["_s, u"[a"_s, u"*"_s, u"+1"_s, u"?"_s, u"1**"_s, u"a{2,1}"_s, u"(?"_s, u"(?z)"_s,
        u"(?<"_s, u"(?<n>a"_s, u"\\"_s, u"[z-a]"_s, u"[[:foo:]]"_s, u"\\2"_s, u"(?<=a+)b"_s,
        u"\\x{110000}"_s, u"\\p{Foo}"_s, u"(?P=x)"_s, u"(?(1)a|b|c)(x)"_s, u"1{99999}"_s, u"\\k<x>"_s,
        u"(*FOO)1"_s, u"(?R"_s, u"\\c"_s, u"((((((((((1"_s, u"(?'n'a)(?'n'b)"_s, u"]"_s, u"}"_s, u"{"_s,
        u"a{"_s, u"a{x}"_s, u"a{1"_s,
        // clang-format on
    };
    // Numbers as OTP's own appups write them, and with what people forget.
    for (const QString &number : {u"1\\.2"_s, u"1.2"_s, u"2\\.5\\.3"_s, u"10\\.2\\.7"_s, u"6\\.2"_s}) {
        for (const QString &tail :
             {u".*"_s, u"(\\.[0-9]+)*"_s, u"\\.[0-9]+"_s, u"(\\..*)?"_s, u"\\.\\d"_s, u"[.0-9]*"_s})
            table << QString(number + tail) << QString(u'^' + number + tail + u'$');
    }
    return table;
}

/// Around everything that PCRE 8 and PCRE2 differ in, alike and not.
[[nodiscard]] inline QStringList dialectPatterns()
{
    return {
        // clang-format off
        uR"(\8)"_s, uR"(\9)"_s, uR"(\81)"_s, uR"((a)\8)"_s, uR"([\8])"_s, uR"(\y)"_s, uR"(\i)"_s,
        uR"(\F)"_s, uR"(\T1)"_s, uR"(\L)"_s, uR"(\u0031)"_s, uR"(\o{60})"_s, uR"(\o{})"_s,
        uR"(\x{})"_s, uR"(\x)"_s, uR"(\x{ 41 })"_s, uR"(\x{41)"_s, uR"(\xg)"_s, uR"(\c)"_s, u"\\cé"_s,
        uR"(\_)"_s, uR"(\-)"_s, u"\\é"_s, uR"([\d-z])"_s, uR"([\w-z]+)"_s, uR"([a-\d])"_s,
        uR"([[:digit:]-z])"_s, uR"([a-[:digit:]])"_s, uR"([\d-]+)"_s, uR"([\d-\w]+)"_s,
        uR"([\p{L}-z]+)"_s, uR"([\N])"_s, uR"([\R])"_s, uR"([\X])"_s, uR"([\B])"_s, uR"([\A])"_s,
        uR"([\Z1])"_s, uR"([\G])"_s, uR"([\K])"_s, uR"([\k])"_s, uR"([\i])"_s, uR"([\b])"_s,
        uR"([\E1])"_s, uR"([a\Q-\Ez])"_s, uR"([\Q]\E])"_s, uR"([\C])"_s, uR"([[.a.]])"_s,
        uR"([[:<:]]a[[:>:]])"_s, uR"([:alpha:])"_s, uR"([[:alpha:])"_s, uR"([[:^digit:]])"_s,
        uR"([[:word:]]+)"_s, uR"([[:alpha:]])"_s, uR"([[:upper:]])"_s, uR"([[:lower:]])"_s,
        uR"([[:print:]]+)"_s, uR"([[:graph:]]+)"_s, uR"([[:punct:]])"_s, uR"([[:cntrl:]])"_s,
        uR"([[:space:]])"_s, uR"([[:ascii:]]+)"_s, uR"([[:xdigit:]]+)"_s, uR"([[:alnum:].]+)"_s,
        uR"(\w+)"_s, uR"([\w.]+)"_s, uR"(\W)"_s, uR"(\s)"_s, uR"(\D)"_s, uR"(\b.+\b)"_s, uR"(\B.+)"_s,
        uR"((*UCP)\w+)"_s, uR"((*UCP)[[:alpha:]]+)"_s, uR"((*UCP)(?i)[[:upper:]]+)"_s,
        uR"((*UTF8)1)"_s, uR"((*UTF)1)"_s, uR"((*UTF16)1)"_s, uR"((*NUL).+)"_s,
        uR"((*NO_START_OPT)1)"_s, uR"((*NO_AUTO_POSSESS)1)"_s, uR"((*NO_JIT)1)"_s,
        uR"((*NOTEMPTY).*)"_s, uR"((*LIMIT_RECURSION=10)1)"_s, uR"((*LIMIT_DEPTH=10)1)"_s,
        uR"((*LIMIT_MATCH=1)1)"_s, uR"(a{,3})"_s, uR"(1{,2})"_s, uR"(a{ 0,3 })"_s, uR"(a{1, 3})"_s,
        uR"(a{3 })"_s, uR"(a{,})"_s, uR"(a{})"_s, uR"(\w{,3})"_s, uR"(\d{,9}\.0)"_s, uR"({,3})"_s,
        uR"((?x)a{ 2 })"_s, uR"((?xx)[1 .0]+)"_s, uR"((?^)a)"_s, uR"((?n)(a))"_s, uR"((?a)a)"_s,
        uR"((?aD)1)"_s, uR"((?r)k)"_s, uR"((?X)a)"_s, uR"((?J)(?<n>a)(?<n>a))"_s, uR"((?U)a+)"_s,
        uR"((?C)a)"_s, uR"((?C1)a)"_s, uR"((?C"x")a)"_s, uR"((?-i-x)a)"_s, uR"((?-)a)"_s,
        uR"((?i)\p{Lu}+)"_s, u"(?i)ß"_s, u"(?i)[à-ÿ]"_s, u"(?i)ა"_s, uR"((?R))"_s, uR"(a(?R)?b?)"_s,
        uR"((\d)(?1))"_s, uR"((?+1)(a))"_s, uR"((?&n)(?<n>a))"_s, uR"((?P>n)(?<n>a))"_s,
        uR"(\g<1>(a))"_s, uR"(^(.|(.)(?1)\2)$)"_s, uR"((a|ab)(?1))"_s,
        uR"((?(DEFINE)(?<n>a))(?&n)b?)"_s, uR"((?(VERSION>=10)1|2))"_s, uR"((?(R)a|b))"_s,
        uR"((?(R1)a|b))"_s, uR"((?(1)a|b)(c)?)"_s, uR"(\g{+1}(a))"_s, uR"(\g+1(a))"_s, uR"((a)\g1)"_s,
        uR"((a)\g{-1})"_s, uR"((a)\g{ 1 })"_s, uR"((?<n>a)\k{ n })"_s, u"(?<é>a)"_s,
        uR"((?<n12345678901234567890123456789012>a))"_s, uR"((?|(?<a>a)|(?<b>b)))"_s, uR"((a\1?)+)"_s,
        uR"(^(a|b\1)+$)"_s, uR"((\1a))"_s, uR"((?<=1?)\.0)"_s, uR"(1(?<=1?)\.0)"_s,
        uR"((?<=1{1,2})\.0)"_s, uR"((?<=a|bb)b)"_s, uR"((?<=(a|bb))b)"_s, uR"(1(?<=a?1)\.0)"_s,
        uR"((1)(?<=\1)\.0)"_s, uR"((?<=\R)a)"_s, uR"(1(?<=1{1})\.0)"_s, uR"((?<=\Ka)b)"_s,
        uR"((?=\K)1)"_s, uR"((?!\Ka)1)"_s, uR"(1(?=\.\K0).+)"_s, uR"((*ACCEPT:x)a)"_s,
        uR"((*COMMIT:x)1)"_s, uR"((*MARK:x)1)"_s, uR"((*:x)1)"_s, uR"((*SKIP:x)1)"_s,
        uR"((*ACCEPT)?)"_s, uR"(1(*THEN)(?#c){1})"_s, uR"(1(?=(*THEN)2)?+)"_s, uR"((*atomic:1))"_s,
        uR"((*pla:1)1)"_s, uR"((*napla:1)1)"_s, uR"((*sr:1))"_s, uR"((?*1)1)"_s, uR"((*foo)1)"_s,
        uR"((?[[1]]))"_s, uR"((*scs:(1)a))"_s, uR"(\N{U+31})"_s, uR"(\N{3})"_s,
        uR"(\p{Script=Greek})"_s, uR"(\p{Greek})"_s, uR"(\p{Latin}+)"_s, uR"(\p{L}+)"_s,
        uR"(\p{ L })"_s, uR"(\p{lu})"_s, uR"(\p{Lu})"_s, uR"(\p{^Lu}+)"_s, uR"(\p{L&})"_s,
        uR"(\p{LC})"_s, uR"(\p{Any}+)"_s, uR"(\p{any})"_s, uR"(\p{Xan}+)"_s, uR"(\p{ASCII}+)"_s,
        uR"(\pl)"_s, uR"(\p{Adlam})"_s, uR"(\P{Lu}+)"_s, uR"(1{1}\E?2?)"_s, uR"(1+\Q\E+)"_s,
        uR"((?!)\E*+|1)"_s, uR"(\Q1.\E+0)"_s, uR"(\C+)"_s, uR"(\X+)"_s, uR"(.\X)"_s, uR"((?x)1#c)"_s,
        uR"((?i:A)bc)"_s, uR"([\w-]+)"_s, uR"([-\w]+)"_s, uR"([\w.-]+)"_s, uR"(\d+(\.\d+)*(-\w+)?)"_s,
        uR"((?:\d|2)?+1)"_s, uR"((?:\.|0){0,1}+1)"_s,
        uR"((\d|2)?+1)"_s, uR"(1?(?#c)(?#c)+)"_s, uR"((?''1))"_s, uR"((?P<>1))"_s, uR"((?<=\C)1)"_s,
        uR"((?<!(?(DEFINE)1)|-)1)"_s, uR"(b?1.{2})"_s, uR"(v?1\..{1})"_s, uR"(v?1.{2,})"_s, u"\\c\n"_s,
        u"\\c\x7f"_s,
        u"(?x)1\u0085"_s, u"(?x)1\u2028"_s, u"(?x)1\u200e.0"_s, u"1\0"_s, u"(?x: 1 # c\n)"_s,
        // clang-format on
    };
}

/// Patterns that explode on some of explodingVersions().
[[nodiscard]] inline QStringList explodingPatterns()
{
    return {
        u"(a+)+$"_s,           u"(a|aa)+$"_s,         u"([a-z]+)*1"_s,
        u"(1+)+!"_s,           u"(\\d+\\.?)+x"_s,     u"(x+x+)+y"_s,
        u"(.*)*=(.*)*;"_s,     u"(1|1|1)+z"_s,        u"^(\\d*\\.?\\d*)*$"_s,
        u"((1+)*(1+)*)+\\+"_s, u"(?:1?){30}1{30}!"_s, u"(.+)+\\.[a-z]{9}"_s,
    };
}

[[nodiscard]] inline QStringList explodingVersions()
{
    return {QString(40, u'a') + u'!', QString(60, u'1') + u'!', u"1"_s + u".1"_s.repeated(30) + u'!',
            u"1.2.3+"_s + QString(40, u'a'), QString(40, u'x')};
}

} // namespace handover::test
