// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/codechange.h"

#include "models/rules/bracketed.h"
#include "models/rules/expressiontext.h"
#include "models/erlang/printer.h"

#include <QSet>

#include <algorithm>

namespace handover::rules {

namespace {

using erlang::printAtom;
using erlang::Term;

const QByteArray function = QByteArrayLiteral("code_change");

std::optional<QByteArray> variableAt(const Clause &clause, qsizetype index)
{
    return variableOf(clause.patterns.value(index));
}

// code_change(_, State, _) -> {ok, State}, or with a state name before it.
bool givesBack(const Clause &clause, qsizetype arity)
{
    if (clause.body.size() != 1 || !clause.body[0].isTagged("tuple", 3))
        return false;
    const QList<Term> given = clause.body[0].at(2).items();
    if (given.size() != arity - 1 || atomOf(given[0]) != "ok")
        return false;
    for (qsizetype i = 1; i < given.size(); ++i) {
        if (!variableOf(given[i]) || variableOf(given[i]) != variableAt(clause, i))
            return false;
    }
    return true;
}

bool takesDown(const Clause &clause)
{
    bool down = false;
    visitNodes(clause.patterns.value(0), [&](const Term &node) {
        down = down || (node.isTagged("tuple", 3) && atomOf(node.at(2).at(0)) == "down");
    });
    return down;
}

// Whether the pattern of the last argument, Extra, can be [].
bool takesNoExtra(const Clause &clause)
{
    QList<Term> all{clause.patterns.isEmpty() ? Term() : clause.patterns.constLast()};
    while (!all.isEmpty()) {
        const Term pattern = all.takeLast();
        if (pattern.isTagged("match", 4))
            all += {pattern.at(2), pattern.at(3)};
        else if (!isNode(pattern, "var") && !isNode(pattern, "nil", 2))
            return false;
    }
    return true;
}

/// Names variables after fields, each name once.
class Variables
{
public:
    [[nodiscard]] QByteArray named(const QByteArray &field)
    {
        const QByteArray base = camelCase(field);
        QByteArray name = base;
        for (int i = 2; m_used.contains(name); ++i)
            name = base + QByteArray::number(i);
        m_used.insert(name);
        return name;
    }

private:
    static bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
    static QByteArray camelCase(const QByteArray &field)
    {
        QByteArray name;
        bool upper = true;
        for (const char c : field) {
            const bool digit = c >= '0' && c <= '9';
            if (isLetter(c) || (digit && !name.isEmpty()))
                name += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            upper = name.isEmpty() || (!isLetter(c) && !digit);
        }
        return name.isEmpty() ? QByteArray("Field") : name;
    }

    QSet<QByteArray> m_used{"StateName", "Extra", "Vsn", "OldVsn"}; ///< by the clauses, with _ before them or not
};

/// Writes one clause that makes a state of `to` out of one of `from`.
class ClauseWriter
{
public:
    ClauseWriter(const StateShape &from, const StateShape &to, qsizetype arity)
        : m_from(from)
        , m_to(to)
        , m_arity(arity)
    {
    }

    /// `newer`: which of the two records the module knows.
    [[nodiscard]] QByteArray write(const QByteArray &version, const StateShape *newer)
    {
        const QByteArray name = m_arity == 4 ? QByteArray("StateName, ") : QByteArray();
        const QByteArray head = function + '(' + version + ", " + name;
        const QByteArray taken = newer == &m_from ? recordPattern(head) : tuplePattern(head);
        const QByteArray body = "    {ok, " + name;
        return head + taken + '\n' + body + (newer == &m_to ? recordMade(body.size()) : tupleMade(body.size()));
    }

private:
    [[nodiscard]] bool isKept(const QByteArray &field) const
    {
        return std::ranges::contains(m_to.fields, field, &RecordField::name);
    }
    [[nodiscard]] QByteArray recordPattern(const QByteArray &head)
    {
        QByteArrayList items;
        for (const RecordField &field : m_from.fields) {
            if (isKept(field.name))
                items.append(printAtom(field.name) + " = " + taken(field.name));
        }
        return bracketed('#' + printAtom(m_from.record) + '{', items, "}, _Extra) ->", head.size());
    }
    [[nodiscard]] QByteArray tuplePattern(const QByteArray &head)
    {
        QByteArrayList items{printAtom(m_from.record)};
        for (const RecordField &field : m_from.fields)
            items.append(isKept(field.name) ? taken(field.name) : QByteArray('_' + m_variables.named(field.name)));
        return bracketed("{", items, "}, _Extra) ->", head.size());
    }
    [[nodiscard]] QByteArray recordMade(qsizetype column) const
    {
        QByteArrayList items;
        for (const RecordField &field : m_to.fields) {
            const auto value = made(field);
            if (value)
                items.append(printAtom(field.name) + " = " + *value);
        }
        return bracketed('#' + printAtom(m_to.record) + '{', items, "}}", column);
    }
    [[nodiscard]] QByteArray tupleMade(qsizetype column) const
    {
        QByteArrayList items{printAtom(m_to.record)};
        for (const RecordField &field : m_to.fields)
            items.append(made(field).value_or("undefined"));
        return bracketed("{", items, "}}", column);
    }
    [[nodiscard]] QByteArray taken(const QByteArray &field)
    {
        return m_taken.emplace(field, m_variables.named(field)).value();
    }
    /// What a field gets; nothing where only the record definition knows.
    [[nodiscard]] std::optional<QByteArray> made(const RecordField &field) const
    {
        if (const auto variable = m_taken.constFind(field.name); variable != m_taken.cend())
            return *variable;
        return field.defaultValue ? expressionText(*field.defaultValue) : std::optional<QByteArray>("undefined");
    }

    const StateShape &m_from;
    const StateShape &m_to;
    qsizetype m_arity;
    Variables m_variables;
    QHash<QByteArray, QByteArray> m_taken; ///< variables by field
};

QByteArray fieldList(const QList<FieldChange> &changes, FieldChange::Kind kind)
{
    QByteArrayList fields;
    for (const FieldChange &change : changes) {
        if (change.kind == kind)
            fields.append(printAtom(change.field) +
                          (change.perhaps.isEmpty() ? QByteArray() : " (" + printAtom(change.perhaps) + "?)"));
    }
    return fields.join(", ");
}

QByteArray comments(const StateChange &change)
{
    const QByteArray added = fieldList(change.fields, FieldChange::Kind::Added);
    const QByteArray removed = fieldList(change.fields, FieldChange::Kind::Removed);
    const QByteArray retyped = fieldList(change.fields, FieldChange::Kind::Retyped);
    QByteArray text;
    if (!added.isEmpty())
        text += "%% New: " + added + ". Look at the value each gets.\n";
    if (!removed.isEmpty())
        text += "%% Gone: " + removed + ". On the way down, look at the value each gets.\n";
    if (!retyped.isEmpty())
        text += "%% Of another type: " + retyped + ". The value is handed on as it is.\n";
    return text;
}

} // namespace

Converter findConverter(const AbstractCode &code, qsizetype arity)
{
    const QList<Clause> clauses = code.clauses(function, arity);
    if (clauses.isEmpty())
        return {};
    const bool trivial = std::ranges::all_of(clauses, [&](const Clause &clause) { return givesBack(clause, arity); });
    return {trivial ? Converter::Kind::Trivial : Converter::Kind::Own, std::ranges::any_of(clauses, takesDown),
            std::ranges::any_of(clauses, takesNoExtra)};
}

bool sameConverter(const AbstractCode &older, const AbstractCode &newer, qsizetype arity)
{
    return sameCode(older.clauseForms(function, arity), newer.clauseForms(function, arity));
}

std::optional<QByteArray> codeChangeText(const StateChange &change, qsizetype arity, bool there)
{
    const auto isRecord = [](const StateShape &shape) { return shape.kind == StateShape::Kind::Record; };
    if (!isRecord(change.older) || !isRecord(change.newer))
        return std::nullopt;
    const QByteArray down = ClauseWriter(change.newer, change.older, arity).write("{down, _Vsn}", &change.newer);
    const QByteArray up = ClauseWriter(change.older, change.newer, arity).write("_OldVsn", &change.newer);
    const QByteArray rest = arity == 4 ? QByteArray("code_change(_OldVsn, StateName, State, _Extra) ->\n    {ok, StateName, State}.\n")
                                       : QByteArray("code_change(_OldVsn, State, _Extra) ->\n    {ok, State}.\n");
    return QByteArray(comments(change) + down + ";\n" + up + ";\n" + (there ? QByteArray() : rest));
}

} // namespace handover::rules
