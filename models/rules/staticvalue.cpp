// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/staticvalue.h"

#include "models/erlang/termdata.h"

#include <QScopeGuard>

#include <algorithm>

namespace handover::rules {

namespace {

using erlang::Term;
using Kind = Term::Kind;

constexpr int MostSteps = 100'000;
constexpr int DeepestCall = 300;

bool isRest(const Term &value) { return value == unknownRest(); }
bool isUnknown(const Term &value) { return value == unknownValue(); }

Term toMap(const QList<Term> &pairs)
{
    Term::Data data;
    data.kind = Kind::Map;
    data.items = erlang::mapItems(pairs);
    return Term(std::make_shared<const Term::Data>(std::move(data)));
}

bool isLiteral(const QByteArray &tag)
{
    return tag == "atom" || tag == "integer" || tag == "float" || tag == "char" || tag == "string";
}

// What stands in {integer, Anno, Value} and the like; in a hostile file that can be anything.
Term literal(const Term &node)
{
    const Term value = node.at(2);
    const bool plain = value.kind() == Kind::Atom || value.kind() == Kind::Integer || value.kind() == Kind::Float;
    return plain || value.stringValue() ? value : unknownValue();
}

// {bin, Anno, [{bin_element, Anno, {string, Anno, "…"}, default, default | [utf8]}]}: <<"…">>, <<"…"/utf8>>
Term binary(const Term &expression)
{
    QByteArray bytes;
    const QList<Term> elements = expression.at(2).items();
    for (const Term &element : elements) {
        const auto text = element.at(2).isTagged("string", 3) ? element.at(2).at(2).stringValue() : std::nullopt;
        const bool utf8 = element.at(4).at(0).isAtom("utf8") && element.at(4).size() == 1;
        const bool plain = element.isTagged("bin_element", 5) && element.at(3).isAtom("default") &&
                           (utf8 || element.at(4).isAtom("default"));
        const bool fits = text && (utf8 || std::ranges::all_of(*text, [](QChar c) { return c.unicode() < 256; }));
        if (!plain || !fits)
            return unknownValue();
        bytes += utf8 ? text->toUtf8() : text->toLatin1();
    }
    return Term::binary(std::move(bytes));
}

// A list of which `tail` is the rest.
Term listWithTail(QList<Term> items, const Term &tail)
{
    if (tail.isList())
        items += tail.items();
    else
        items += unknownRest();
    return Term::list(std::move(items));
}

Term arithmetic(const QByteArray &name, qint64 left, qint64 right)
{
    qint64 result = 0;
    bool overflow = false;
    if (name == "+")
        overflow = __builtin_add_overflow(left, right, &result);
    else if (name == "-")
        overflow = __builtin_sub_overflow(left, right, &result);
    else if (name == "*")
        overflow = __builtin_mul_overflow(left, right, &result);
    else if (name == "div" && right > 0)
        result = left / right;
    else
        return unknownValue();
    return overflow ? unknownValue() : Term::integer(result);
}

Term joined(const Term &left, const Term &right)
{
    if (!left.isList() && !right.isList())
        return unknownValue();
    return listWithTail(left.isList() ? left.items() : QList{unknownRest()}, right);
}

// lists:append/1: a list of lists.
Term flattened(const Term &lists)
{
    if (!lists.isList())
        return unknownValue();
    Term all;
    const QList<Term> items = lists.items();
    for (const Term &item : items)
        all = joined(all, item);
    return all;
}

} // namespace

// No atom that Erlang can make is called like these: they are no UTF-8.
const Term &unknownValue()
{
    static const Term value = Term::atom("\xff?");
    return value;
}

const Term &unknownRest()
{
    static const Term value = Term::atom("\xff...");
    return value;
}

bool isKnown(const Term &value)
{
    if (value.kind() == Kind::Atom)
        return !isUnknown(value) && !isRest(value);
    if (value.kind() != Kind::Tuple && value.kind() != Kind::List && value.kind() != Kind::Map)
        return true;
    const QList<Term> items = value.items();
    return std::ranges::all_of(items, isKnown);
}

Term StaticEvaluator::call(const QByteArray &function, const QList<Term> &arguments)
{
    const std::pair name(function, arguments.size());
    if (!m_clauses.contains(name))
        m_clauses.insert(name, m_code.clauses(function, arguments.size()));
    return chosen(m_clauses.value(name), arguments, {});
}

Term StaticEvaluator::evaluate(const Term &expression)
{
    Scope scope;
    return value(expression, scope);
}

Term StaticEvaluator::value(const Term &expression, Scope &scope)
{
    if (++m_steps > MostSteps || m_depth >= DeepestCall)
        return unknownValue();
    ++m_depth;
    const auto leave = qScopeGuard([this] { --m_depth; });
    const QByteArray tag = expression.at(0).atomName().value_or(QByteArray());
    if (isLiteral(tag))
        return literal(expression);
    if (tag == "nil")
        return {};
    if (tag == "var")
        return scope.value(variableOf(expression).value_or(QByteArray()), unknownValue());
    if (tag == "tuple")
        return Term::tuple(values(expression.at(2).items(), scope));
    if (tag == "cons")
        return list(expression, scope);
    if (tag == "map")
        return map(expression, scope);
    if (tag == "bin")
        return binary(expression);
    if (tag == "op")
        return operation(expression, scope);
    if (tag == "lc")
        return comprehension(expression, scope);
    if (tag == "call")
        return called(expression, scope);
    if (tag == "block")
        return body(expression.at(2).items(), scope);
    if (tag == "case")
        return chosen(toClauses(expression.at(3).items()), {value(expression.at(2), scope)}, scope);
    if (tag == "match") {
        const Term right = value(expression.at(3), scope);
        static_cast<void>(match(expression.at(2), right, scope)); // if it didn't match, nothing would be there to tell
        return right;
    }
    return unknownValue();
}

QList<Term> StaticEvaluator::values(const QList<Term> &expressions, Scope &scope)
{
    QList<Term> values;
    for (const Term &expression : expressions)
        values.append(value(expression, scope));
    return values;
}

Term StaticEvaluator::body(const QList<Term> &expressions, Scope &scope)
{
    Term last = unknownValue();
    for (const Term &expression : expressions)
        last = value(expression, scope);
    return last;
}

Term StaticEvaluator::list(const Term &cons, Scope &scope)
{
    QList<Term> items;
    Term rest = cons;
    for (; isNode(rest, "cons", 4); rest = rest.at(3))
        items.append(value(rest.at(2), scope));
    return listWithTail(std::move(items), value(rest, scope));
}

Term StaticEvaluator::map(const Term &expression, Scope &scope)
{
    const bool update = expression.size() == 4;
    const Term base = update ? value(expression.at(2), scope) : toMap({});
    if (base.kind() != Kind::Map)
        return unknownValue();
    QList<Term> pairs = base.items();
    const QList<Term> fields = expression.at(update ? 3 : 2).items();
    for (const Term &field : fields) {
        const Term key = value(field.at(2), scope);
        if (!isKnown(key))
            return unknownValue();
        pairs += {key, value(field.at(3), scope)};
    }
    return toMap(pairs);
}

Term StaticEvaluator::operation(const Term &expression, Scope &scope)
{
    const QByteArray name = expression.at(2).atomName().value_or(QByteArray());
    const Term left = value(expression.at(3), scope);
    if (expression.size() == 4) {
        const auto number = left.integerValue();
        return name == "-" && number ? arithmetic("-", 0, *number) : unknownValue();
    }
    const Term right = value(expression.at(4), scope);
    if (name == "++")
        return joined(left, right);
    const auto leftNumber = left.integerValue();
    const auto rightNumber = right.integerValue();
    return leftNumber && rightNumber ? arithmetic(name, *leftNumber, *rightNumber) : unknownValue();
}

Term StaticEvaluator::comprehension(const Term &expression, Scope &scope)
{
    // With filters or several generators it can't be told how many elements there will be.
    const QList<Term> qualifiers = expression.at(3).items();
    if (qualifiers.size() != 1 || !qualifiers[0].isTagged("generate", 4))
        return unknownValue();
    const Term source = value(qualifiers[0].at(3), scope);
    if (!source.isList())
        return unknownValue();
    QList<Term> items;
    const QList<Term> elements = source.items();
    for (const Term &element : elements) {
        Scope inner = scope;
        const Match fits = isRest(element) ? Match::Perhaps : match(qualifiers[0].at(2), element, inner);
        if (fits == Match::Perhaps)
            items.append(unknownRest());
        else if (fits == Match::Yes)
            items.append(value(expression.at(2), inner));
    }
    return Term::list(std::move(items));
}

Term StaticEvaluator::called(const Term &expression, Scope &scope)
{
    const auto call = callOf(expression);
    if (!call)
        return unknownValue();
    const QList<Term> arguments = values(call->arguments, scope);
    if (call->module.isEmpty())
        return this->call(call->function, arguments);
    if (call->module == "lists" && call->function == "append" && arguments.size() == 2)
        return joined(arguments[0], arguments[1]);
    if (call->module == "lists" && call->function == "append" && arguments.size() == 1)
        return flattened(arguments[0]);
    return unknownValue();
}

Term StaticEvaluator::chosen(const QList<Clause> &clauses, const QList<Term> &arguments, const Scope &scope)
{
    std::optional<Term> result;
    for (const Clause &clause : clauses) {
        Scope inner = scope;
        const Match fits = matchAll(clause.patterns, arguments, inner);
        if (fits == Match::No)
            continue;
        const Term given = body(clause.body, inner);
        if (result && (*result != given || !isKnown(given)))
            return unknownValue();
        result = given;
        if (fits == Match::Yes && clause.guards.isEmpty())
            break;
    }
    return result.value_or(unknownValue());
}

StaticEvaluator::Match StaticEvaluator::match(const Term &pattern, const Term &value, Scope &scope)
{
    if (++m_steps > MostSteps || m_depth >= DeepestCall)
        return perhaps(pattern, scope);
    ++m_depth;
    const auto leave = qScopeGuard([this] { --m_depth; });
    const QByteArray tag = pattern.at(0).atomName().value_or(QByteArray());
    if (tag == "var") {
        const auto name = variableOf(pattern);
        if (!name || !scope.contains(*name)) {
            if (name)
                scope.insert(*name, value);
            return Match::Yes;
        }
        const Term bound = scope.value(*name);
        if (!isKnown(bound) || !isKnown(value))
            return Match::Perhaps;
        return bound == value ? Match::Yes : Match::No;
    }
    if (tag == "match")
        return std::min(match(pattern.at(2), value, scope), match(pattern.at(3), value, scope));
    if (isUnknown(value) || isRest(value))
        return perhaps(pattern, scope);
    if (isLiteral(tag) || tag == "nil") {
        if (!isKnown(value))
            return tag == "nil" && value.size() > 1 ? Match::No : Match::Perhaps;
        return (tag == "nil" ? Term() : literal(pattern)) == value ? Match::Yes : Match::No;
    }
    if (tag == "tuple") {
        const QList<Term> patterns = pattern.at(2).items();
        return value.isTuple(patterns.size()) ? matchAll(patterns, value.items(), scope) : Match::No;
    }
    if (tag == "cons")
        return matchList(pattern, value, scope);
    if (tag == "map")
        return matchMap(pattern, value, scope);
    return perhaps(pattern, scope);
}

StaticEvaluator::Match StaticEvaluator::matchAll(const QList<Term> &patterns, const QList<Term> &values, Scope &scope)
{
    if (patterns.size() != values.size())
        return Match::No;
    Match all = Match::Yes;
    for (qsizetype i = 0; i < patterns.size(); ++i)
        all = std::min(all, match(patterns[i], values[i], scope));
    return all;
}

StaticEvaluator::Match StaticEvaluator::matchList(const Term &pattern, const Term &value, Scope &scope)
{
    if (!value.isList() || value.size() == 0)
        return Match::No;
    const QList<Term> items = value.items();
    if (isRest(items.constFirst()))
        return perhaps(pattern, scope);
    return std::min(match(pattern.at(2), items.constFirst(), scope),
                    match(pattern.at(3), Term::list(items.sliced(1)), scope));
}

StaticEvaluator::Match StaticEvaluator::matchMap(const Term &pattern, const Term &value, Scope &scope)
{
    if (value.kind() != Kind::Map)
        return Match::No;
    Match all = Match::Yes;
    const QList<Term> pairs = value.items();
    const QList<Term> fields = pattern.at(2).items();
    for (const Term &field : fields) {
        const Term key = evaluate(field.at(2));
        if (!isKnown(key))
            return perhaps(pattern, scope);
        qsizetype at = 0;
        while (at + 1 < pairs.size() && !(pairs[at] == key))
            at += 2;
        if (at + 1 >= pairs.size())
            return Match::No;
        all = std::min(all, match(field.at(3), pairs[at + 1], scope));
    }
    return all;
}

// The variables of the pattern would be bound to something.
StaticEvaluator::Match StaticEvaluator::perhaps(const Term &pattern, Scope &scope)
{
    visitNodes(pattern, [&](const Term &node) {
        const auto name = variableOf(node);
        if (name && !scope.contains(*name))
            scope.insert(*name, unknownValue());
    });
    return Match::Perhaps;
}

} // namespace handover::rules
