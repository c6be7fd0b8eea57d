// SPDX-License-Identifier: GPL-3.0-or-later
// Faults that nobody thought of: something somewhere in a good file is changed.
#include "tests/pairs/faults.h"
#include "tests/pairs/oddvalues.h"
#include "tests/pairs/valuewriter.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

namespace {

bool isCompound(const Value &value)
{
    return value.kind == Value::Kind::List || value.kind == Value::Kind::Tuple ||
           value.kind == Value::Kind::Improper;
}

Value another(const Value &value, Dice &dice)
{
    switch (dice.below(6)) {
    case 0:
        return oddValue(dice, 1);
    case 1:
        return list({value});
    case 2:
        return tuple({value});
    case 3:
        return list({});
    case 4:
        return atom(dice.pick({u"soft"_s, u"up"_s, u"kernel"_s, u"permanent"_s, u"point_of_no_return"_s,
                               u"restart_emulator"_s, u"load_module"_s, u"update"_s, u"default"_s,
                               u"infinity"_s, u"brutal_purge"_s, u"load"_s}));
    default:
        return dice.pick({text(u"1.0"_s), utf8(u".*"_s), number(0), number(-1), improper({value}, value)});
    }
}

/// Changes one thing somewhere in the value.
void change(Value &value, Dice &dice)
{
    if (!isCompound(value) || value.items.isEmpty()) {
        value = another(value, dice);
        return;
    }
    const qsizetype at = dice.below(value.items.size());
    if (dice.chance(75)) {
        change(value.items[at], dice);
        return;
    }
    const bool last = value.kind == Value::Kind::Improper && value.items.size() < 3;
    switch (dice.below(4)) {
    case 0:
        if (!last)
            value.items.removeAt(at);
        break;
    case 1:
        value.items.insert(at, Value(value.items[at]));
        break;
    case 2:
        value.items.swapItemsAt(at, dice.below(value.items.size()));
        break;
    default:
        value = another(value, dice);
        break;
    }
}

void changeText(QByteArray &text, Dice &dice)
{
    for (qsizetype count = dice.between(1, 3); count > 0; --count) {
        const qsizetype at = dice.below(text.size());
        const QByteArray piece = dice.pick(
            {"{"_ba,    "}"_ba,      "["_ba,   "]"_ba,   ","_ba,        "."_ba,    "\""_ba,
             "'"_ba,    "|"_ba,      "$"_ba,   "%"_ba,   "\n"_ba,       " "_ba,    "0"_ba,
             "a"_ba,    "A"_ba,      "<<"_ba,  ">>"_ba,  "#"_ba,        "#{"_ba,   "=>"_ba,
             "-"_ba,    "\\"_ba,     "~"_ba,   "_"_ba,   ":"_ba,        "/"_ba,    ". "_ba,
             "(a)"_ba,  "fun "_ba,   "1.5"_ba, "16#"_ba, "\xc3\xa9"_ba, "\xe9"_ba, "\xe2\x80\x83"_ba,
             "\x01"_ba, "\"\"\""_ba, "=<"_ba,  ";"_ba,   "end"_ba,      "|| "_ba,  "..."_ba,
             "@"_ba,    "?"_ba});
        switch (dice.below(4)) {
        case 0:
            text.remove(at, dice.between(1, 4));
            break;
        case 1:
            text.replace(at, 1, piece);
            break;
        case 2:
            text.truncate(std::max<qsizetype>(at, 1));
            break;
        default:
            text.insert(at, piece);
            break;
        }
    }
}

/// A file that is sure to be read, as a term.
struct File
{
    QStringList names; ///< it may lie in several places
    Value term;
};

File appup(World &world, Dice &dice)
{
    const App &app = someChangedApp(world, dice);
    File file{{}, appupValue(world.appups[app.name])};
    for (const QString &directory : world.directories(app, app.entries[0].vsn))
        file.names += directory + u'/' + app.name + u".appup"_s;
    return file;
}

File app(World &world, Dice &dice)
{
    const App &app = someChangedApp(world, dice);
    const QString vsn = app.entries[dice.below(2)].vsn;
    File file{{}, appValue(app, *app.version(vsn), dice)};
    for (const QString &directory : world.directories(app, vsn))
        file.names += directory + u'/' + app.name + u".app"_s;
    return file;
}

File rel(World &world, Dice &dice)
{
    const qsizetype release = dice.below(2);
    return {{relFile(world, release)}, relValue(world, release, dice)};
}

template<File (*choose)(World &, Dice &)>
void changeTerm(World &world, Dice &dice)
{
    File file = choose(world, dice);
    change(file.term, dice);
    for (const QString &name : std::as_const(file.names))
        world.terms.insert(name, file.term);
}

template<File (*choose)(World &, Dice &)>
void changeBytes(World &world, Dice &dice)
{
    const File file = choose(world, dice);
    const Layout layout{.style = dice.pick({Layout::Style::Broken, Layout::Style::Wild}), .latin1 = false};
    QByteArray bytes = ValueWriter(dice, layout).write(file.term).toUtf8() + ".\n";
    changeText(bytes, dice);
    for (const QString &name : file.names)
        world.files.insert(name, bytes);
}

} // namespace

QList<Fault> mutations()
{
    return {
        {u"changed appup"_s, {u"*"_s}, changeTerm<appup>},
        {u"changed .app"_s, {u"*"_s}, changeTerm<app>},
        {u"changed .rel"_s, {u"*"_s}, changeTerm<rel>},
        {u"changed text of an appup"_s, {u"*"_s}, changeBytes<appup>},
        {u"changed text of an .app"_s, {u"*"_s}, changeBytes<app>},
        {u"changed text of a .rel"_s, {u"*"_s}, changeBytes<rel>},
    };
}

} // namespace handover::pairs
