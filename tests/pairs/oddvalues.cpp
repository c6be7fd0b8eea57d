// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/oddvalues.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

namespace {

Value someFloat(Dice &dice)
{
    if (dice.chance(50))
        return verbatim(dice.pick({u"1.5"_s, u"-0.25"_s, u"0.0"_s, u"1.0e10"_s, u"1.0e-7"_s, u"1.0e22"_s,
                                   u"-0.0"_s, u"123456.789"_s, u"3.141592653589793"_s, u"1.0E+3"_s,
                                   u"9007199254740993.0"_s, u"5.0e-324"_s, u"1.7976931348623157e308"_s}));
    QString written = QString::number(dice.below(100'000));
    written += u'.' + QString::number(dice.below(1'000'000));
    if (dice.chance(50))
        written += u'e' + QString::number(dice.between(-30, 30));
    return verbatim(written);
}

Value someInteger(Dice &dice)
{
    switch (dice.below(4)) {
    case 0:
        return number(dice.between(-50'000, 50'000));
    case 1:
        return number(dice.between(32, 126));
    case 2:
        return verbatim(dice.pick({u"123456789012345678901234567890"_s, u"-98765432109876543210"_s,
                                   u"16#ffffffffffffffff"_s, u"9223372036854775808"_s}));
    default:
        return number(qint64(dice.next() >> dice.below(60)) / 2);
    }
}

Value someText(Dice &dice)
{
    if (dice.chance(20)) {
        QString longer;
        for (qsizetype words = dice.between(5, 25); words > 0; --words)
            longer += dice.pick({u"hot "_s, u"code "_s, u"swap, "_s, u"\"now\" "_s, u"\\ "_s});
        return text(longer);
    }
    return text(dice.pick({u"text"_s, u"x"_s, u"tab\t\"quote\" back\\slash\n"_s, u"two\nlines"_s, u"aéz"_s,
                           u"АБВ"_s, u"\u0001\u007f"_s, u"esc\u001b[1m"_s, u"~p ~tp%"_s, u"it's"_s,
                           u"\u00a0ÿ"_s, u"line\r\n"_s, u"emoji \U0001F600"_s, u"ends with \\"_s}));
}

Value someBinary(Dice &dice)
{
    switch (dice.below(5)) {
    case 0:
        return utf8(dice.pick({u"bin"_s, u"été"_s, u"дом"_s, u"a \"b\" \\"_s, u"line\n"_s, QString()}));
    case 1:
        return bytes(QByteArray("\0\xff\x10", 3));
    case 2:
        return bytes("\xe9t\xe9"); // Latin-1, not UTF-8
    case 3: {
        QByteArray many;
        for (qsizetype count = dice.between(1, 40); count > 0; --count)
            many += char(dice.below(256));
        return bytes(many);
    }
    default:
        return verbatim(dice.pick({u"<<5:3>>"_s, u"<<1,2,3:4>>"_s, u"<<1.5:32/float>>"_s, u"<<\"é\">>"_s,
                                   u"<<258:16/little>>"_s, u"<<-1>>"_s, u"<<\"ab\":16>>"_s}));
    }
}

Value scalar(Dice &dice)
{
    switch (dice.weighted({15, 20, 10, 25, 15, 8, 4, 3})) {
    case 0:
        return someInteger(dice);
    case 1:
        return atom(oddAtom(dice));
    case 2:
        return someFloat(dice);
    case 3:
        return someText(dice);
    case 4:
        return someBinary(dice);
    case 5:
        return list({});
    case 6:
        return tuple({});
    default:
        return verbatim(dice.pick({u"fun lists:map/2"_s, u"fun 'Elixir.A':'run!'/0"_s}));
    }
}

Value numbers(Dice &dice)
{
    QList<Value> items;
    for (qsizetype count = dice.between(1, 45); count > 0; --count)
        items += number(dice.below(300));
    return list(items);
}

QList<Value> several(Dice &dice, int depth, qsizetype atMost)
{
    QList<Value> items;
    for (qsizetype count = dice.between(1, atMost); count > 0; --count)
        items += oddValue(dice, depth);
    return items;
}

Value options(Dice &dice, int depth)
{
    QList<Value> items;
    for (qsizetype count = dice.between(1, 5); count > 0; --count) {
        const QString key =
            dice.pick({u"key"_s, u"timeout"_s, u"a_rather_long_option_name"_s, u"Mixed Case"_s});
        items += tuple({atom(key), oddValue(dice, depth)});
    }
    return list(items);
}

Value someMap(Dice &dice, int depth)
{
    QList<Value> items;
    if (dice.chance(40)) {
        items += atom(u"key"_s);
        items += oddValue(dice, depth);
    }
    for (qsizetype count = dice.below(4); count > 0; --count) {
        items += dice.chance(60) ? number(dice.below(9)) : text(dice.pick({u"one"_s, u"two"_s}));
        items += oddValue(dice, depth);
    }
    return map(items);
}

} // namespace

QString oddAtom(Dice &dice)
{
    return dice.pick({u"ok"_s,
                      u"undefined"_s,
                      u"Quoted Atom"_s,
                      u"it's"_s,
                      u"node@host"_s,
                      QString(),
                      u"nil"_s,
                      u"end"_s,
                      u"maybe"_s,
                      u"else"_s,
                      u"Elixir.Foo.Bar"_s,
                      u"été"_s,
                      u"Été"_s,
                      u"дом"_s,
                      u"with\nline"_s,
                      u"a-b"_s,
                      u"_x"_s,
                      u"@x"_s,
                      u"1st"_s,
                      u"back\\slash"_s,
                      u"x?"_s,
                      u"÷"_s,
                      u"ß"_s,
                      u"日本"_s,
                      u"true"_s});
}

Value oddValue(Dice &dice, int depth)
{
    if (depth <= 0)
        return scalar(dice);
    switch (dice.weighted({25, 15, 12, 12, 12, 8, 6, 5, 5})) {
    case 1:
        return list(several(dice, depth - 1, 4));
    case 2:
        return tagged(u"tag"_s, several(dice, depth - 1, 1));
    case 3:
        return tuple(several(dice, depth - 1, 5));
    case 4:
        return options(dice, depth - 1);
    case 5:
        return someMap(dice, depth - 1);
    case 6: {
        const QList<Value> front = several(dice, 0, 2);
        const Value tail = scalar(dice);
        return improper(front, tail);
    }
    case 7:
        return numbers(dice);
    case 8: {
        const QString tag = oddAtom(dice);
        return tagged(tag, several(dice, depth - 1, 6));
    }
    default:
        return scalar(dice);
    }
}

} // namespace handover::pairs
