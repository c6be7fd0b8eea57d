// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/expressiontext.h"

#include "models/rules/abstractcode.h"
#include "models/erlang/printer.h"

#include <QByteArrayList>

namespace handover::rules {

namespace {

using erlang::Term;
using Text = std::optional<QByteArray>;

constexpr int Deepest = 200;

Text textOf(const Term &expression);

// A record's default may come from a hostile file: what is nested deeper is left to people.
bool isShallow(const Term &expression)
{
    QList<std::pair<Term, int>> open{{expression, 0}};
    while (!open.isEmpty()) {
        const auto [term, depth] = open.takeLast();
        if (depth > Deepest)
            return false;
        const bool nested = term.kind() == Term::Kind::Tuple || term.kind() == Term::Kind::List;
        const QList<Term> parts = nested ? term.items() : QList<Term>();
        for (const Term &part : parts)
            open.append({part, depth + 1});
    }
    return true;
}

std::optional<QByteArrayList> texts(const QList<Term> &expressions)
{
    QByteArrayList all;
    for (const Term &expression : expressions) {
        const Text text = textOf(expression);
        if (!text)
            return std::nullopt;
        all.append(*text);
    }
    return all;
}

Text enclosed(const char *open, const QList<Term> &expressions, const char *close)
{
    const auto inner = texts(expressions);
    return inner ? Text(QByteArray(open + inner->join(", ") + close)) : std::nullopt;
}

Text listText(const Term &cons)
{
    QList<Term> items;
    Term rest = cons;
    for (; rest.isTagged("cons", 4); rest = rest.at(3))
        items.append(rest.at(2));
    const auto inner = texts(items);
    const Text tail = textOf(rest);
    if (!inner || !tail)
        return std::nullopt;
    const QByteArray end = rest.at(0).isAtom("nil") ? QByteArray() : QByteArray(" | " + *tail);
    return QByteArray('[' + inner->join(", ") + end + ']');
}

Text mapText(const Term &map)
{
    QByteArrayList pairs;
    const QList<Term> fields = map.at(2).items();
    for (const Term &field : fields) {
        const auto pair = texts({field.at(2), field.at(3)});
        if (!pair)
            return std::nullopt;
        pairs.append(pair->join(" => "));
    }
    return QByteArray("#{" + pairs.join(", ") + '}');
}

// <<>> and <<"text">>, <<1, 2>>
Text binaryText(const Term &binary)
{
    QByteArrayList segments;
    const QList<Term> elements = binary.at(2).items();
    for (const Term &element : elements) {
        const bool plain = element.isTagged("bin_element", 5) && element.at(3).isAtom("default") &&
                           element.at(4).isAtom("default");
        const Term value = element.at(2);
        if (!plain || !(value.isTagged("string", 3) || value.isTagged("integer", 3)))
            return std::nullopt;
        const QByteArray text = value.at(2).print();
        if (value.at(2).isList() && !text.startsWith('"'))
            return std::nullopt;
        segments.append(text);
    }
    return QByteArray("<<" + segments.join(", ") + ">>");
}

// Parentheses always: nobody has to know which operator binds closer.
Text operatorText(const Term &operation)
{
    const auto name = operation.at(2).atomName();
    const auto operands = texts(operation.items().sliced(3));
    if (!name || !operands || operands->size() > 2)
        return std::nullopt;
    if (operands->size() == 1)
        return QByteArray('(' + *name + ' ' + operands->constFirst() + ')');
    return QByteArray('(' + operands->join(QByteArray(' ' + *name + ' ')) + ')');
}

Text remoteFunText(const Term &function)
{
    if (!function.isTagged("function", 4))
        return std::nullopt;
    const auto parts = texts(function.items().sliced(1));
    return parts ? Text(QByteArray("fun " + (*parts)[0] + ':' + (*parts)[1] + '/' + (*parts)[2])) : std::nullopt;
}

Text remoteCallText(const Term &expression)
{
    const auto call = callOf(expression);
    if (!call || call->module.isEmpty())
        return std::nullopt;
    const QByteArray open = erlang::printAtom(call->module) + ':' + erlang::printAtom(call->function) + '(';
    return enclosed(open.constData(), call->arguments, ")");
}

Text textOf(const Term &expression)
{
    const QByteArray tag = expression.at(0).atomName().value_or(QByteArray());
    const bool literal = tag == "atom" || tag == "integer" || tag == "float" || tag == "char" || tag == "string";
    if (literal && expression.size() == 3)
        return expression.at(2).print();
    if (tag == "nil")
        return "[]";
    if (tag == "tuple")
        return enclosed("{", expression.at(2).items(), "}");
    if (tag == "cons" && expression.size() == 4)
        return listText(expression);
    if (tag == "map" && expression.size() == 3)
        return mapText(expression);
    if (tag == "bin")
        return binaryText(expression);
    if (tag == "op" && expression.size() > 3)
        return operatorText(expression);
    if (tag == "fun" && expression.size() == 3)
        return remoteFunText(expression.at(2));
    if (tag == "call")
        return remoteCallText(expression);
    return std::nullopt;
}

} // namespace

Text expressionText(const Term &expression) { return isShallow(expression) ? textOf(expression) : std::nullopt; }

} // namespace handover::rules
