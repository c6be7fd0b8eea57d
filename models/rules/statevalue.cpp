// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/statevalue.h"

#include "models/rules/staticvalue.h"
#include "models/erlang/termdata.h"

#include <QScopeGuard>

#include <algorithm>

namespace handover::rules {

namespace {

using erlang::Term;
using Kind = StateShape::Kind;

constexpr int MostSteps = 20'000;
constexpr int Deepest = 100;

/// Follows expressions to the form of what they give.
class ShapeFinder
{
public:
    explicit ShapeFinder(const AbstractCode &code)
        : m_code(code)
    {
    }

    /// An expression with the variables of the clause around it.
    struct Place
    {
        Term expression;
        QHash<QByteArray, Term> bound; ///< what a variable was matched with
    };

    /// The expressions that can be a function's last.
    [[nodiscard]] QList<Place> results(const QByteArray &function, qsizetype arity);
    [[nodiscard]] QList<Place> values(const Place &place); ///< what an expression can be, through variables
    [[nodiscard]] StateShape shape(const Place &place);
    [[nodiscard]] StateShape recordShape(const QByteArray &name) const;

    [[nodiscard]] static QHash<QByteArray, Term> boundIn(const Clause &clause);

private:
    void addResults(const Term &expression, const QHash<QByteArray, Term> &bound, QList<Place> &results);
    void addResults(const QList<Term> &body, const QHash<QByteArray, Term> &bound, QList<Place> &results);
    [[nodiscard]] StateShape mapShape(const Place &place);
    [[nodiscard]] StateShape tupleShape(const Term &expression) const;
    void addRecords(const Term &term, QSet<QByteArray> &records) const;
    [[nodiscard]] bool mayGoOn() { return ++m_steps <= MostSteps && m_depth < Deepest; }

    const AbstractCode &m_code;
    int m_steps = 0;
    int m_depth = 0;
};

QHash<QByteArray, Term> ShapeFinder::boundIn(const Clause &clause)
{
    QHash<QByteArray, Term> bound;
    const auto bind = [&](const Term &pattern, const Term &value) {
        const auto name = variableOf(pattern);
        if (name && !bound.contains(*name))
            bound.insert(*name, value);
    };
    const auto look = [&](const Term &node) {
        if (!node.isTagged("match", 4))
            return;
        bind(node.at(2), node.at(3));
        bind(node.at(3), node.at(2)); // in a head, #state{} = State and State = #state{} say the same
    };
    visitNodes(Term::list(clause.patterns), look);
    visitNodes(Term::list(clause.body), look);
    return bound;
}

QList<ShapeFinder::Place> ShapeFinder::results(const QByteArray &function, qsizetype arity)
{
    QList<Place> results;
    const QList<Clause> clauses = m_code.clauses(function, arity);
    for (const Clause &clause : clauses)
        addResults(clause.body, boundIn(clause), results);
    return results;
}

void ShapeFinder::addResults(const QList<Term> &body, const QHash<QByteArray, Term> &bound, QList<Place> &results)
{
    if (!body.isEmpty())
        addResults(body.constLast(), bound, results);
}

void ShapeFinder::addResults(const Term &expression, const QHash<QByteArray, Term> &bound, QList<Place> &results)
{
    if (!mayGoOn())
        return;
    ++m_depth;
    const auto branches = [&](const Term &clauses) {
        const QList<Clause> all = toClauses(clauses.items());
        for (const Clause &clause : all)
            addResults(clause.body, bound, results);
    };
    const QByteArray tag = expression.at(0).atomName().value_or(QByteArray());
    if (tag == "case") {
        branches(expression.at(3));
    } else if (tag == "if" || tag == "receive") {
        branches(expression.at(2));
    } else if (tag == "block" || tag == "maybe") {
        addResults(expression.at(2).items(), bound, results);
        branches(expression.at(3).at(2)); // the else of a maybe
    } else if (tag == "try") {
        if (expression.at(3).size() == 0)
            addResults(expression.at(2).items(), bound, results);
        branches(expression.at(3));
        branches(expression.at(4));
    } else if (tag == "match") {
        addResults(expression.at(3), bound, results);
    } else if (const auto call = callOf(expression); call && call->module.isEmpty()) {
        results += this->results(call->function, call->arguments.size());
    } else if (const auto name = variableOf(expression); name && bound.contains(*name)) {
        addResults(bound.value(*name), bound, results);
    } else {
        results.append({expression, bound});
    }
    --m_depth;
}

StateShape ShapeFinder::recordShape(const QByteArray &name) const
{
    const auto fields = m_code.record(name);
    if (!fields)
        return {};
    StateShape shape{Kind::Record, name, *fields, {}, 0, {name}};
    for (const RecordField &field : *fields) {
        addRecords(field.defaultValue.value_or(Term()), shape.records);
        addRecords(field.type.value_or(Term()), shape.records);
    }
    return shape;
}

StateShape ShapeFinder::tupleShape(const Term &expression) const
{
    const QList<Term> elements = expression.at(2).items();
    const QByteArray tag = elements.isEmpty() ? QByteArray() : atomOf(elements.constFirst()).value_or(QByteArray());
    return {Kind::Tuple, tag, {}, {}, elements.size(), {}};
}

StateShape ShapeFinder::mapShape(const Place &place)
{
    StateShape shape{Kind::Map, {}, {}, {}, 0, {}};
    const bool update = place.expression.size() == 4;
    if (update) {
        shape = this->shape({place.expression.at(2), place.bound});
        if (shape.kind != Kind::Map)
            return {};
    }
    StaticEvaluator evaluator(m_code);
    const QList<Term> fields = place.expression.at(update ? 3 : 2).items();
    for (const Term &field : fields) {
        const Term key = evaluator.evaluate(field.at(2));
        if (!isKnown(key))
            return {};
        if (!shape.keys.contains(key))
            shape.keys.append(key);
    }
    std::ranges::sort(shape.keys, [](const Term &a, const Term &b) { return erlang::compareTerms(a, b) < 0; });
    return shape;
}

QList<ShapeFinder::Place> ShapeFinder::values(const Place &place)
{
    QList<Place> results;
    addResults(place.expression, place.bound, results);
    return results;
}

StateShape ShapeFinder::shape(const Place &place)
{
    if (!mayGoOn())
        return {};
    ++m_depth;
    const auto leave = qScopeGuard([this] { --m_depth; });
    const QList<Place> results = values(place);
    for (const Place &result : results) {
        const Term &expression = result.expression;
        const QByteArray tag = expression.at(0).atomName().value_or(QByteArray());
        StateShape shape;
        if (tag == "record") // {record, Anno, Name, Fields} or {record, Anno, Expression, Name, Fields}
            shape = recordShape(expression.at(expression.size() == 5 ? 3 : 2).atomName().value_or(QByteArray()));
        else if (tag == "map")
            shape = mapShape(result);
        else if (tag == "tuple")
            shape = tupleShape(expression);
        else if (tag == "atom" || tag == "integer" || tag == "float" || tag == "nil" || tag == "cons" || tag == "bin" ||
                 tag == "string")
            shape.kind = Kind::Other;
        if (shape.kind == Kind::Unknown)
            continue;
        addRecords(expression, shape.records);
        return shape;
    }
    return {};
}

// #name{…} in an expression, #name{} in a type; and those in the definition of each.
void ShapeFinder::addRecords(const Term &term, QSet<QByteArray> &records) const
{
    QList<QByteArray> found;
    visitNodes(term, [&](const Term &node) {
        if (node.isTagged("record", 4))
            found.append(node.at(2).atomName().value_or(QByteArray()));
        else if (node.isTagged("type", 4) && node.at(2).isAtom("record"))
            found.append(atomOf(node.at(3).at(0)).value_or(QByteArray()));
    });
    for (const QByteArray &name : std::as_const(found)) {
        const auto fields = m_code.record(name);
        if (!fields || records.contains(name))
            continue;
        records.insert(name);
        for (const RecordField &field : *fields) {
            addRecords(field.defaultValue.value_or(Term()), records);
            addRecords(field.type.value_or(Term()), records);
        }
    }
}

// The best that is known: a record says more than a tuple, that more than nothing.
StateShape best(const QList<StateShape> &shapes)
{
    for (const Kind kind : {Kind::Record, Kind::Map, Kind::Tuple, Kind::Other}) {
        for (const StateShape &shape : shapes) {
            if (shape.kind == kind)
                return shape;
        }
    }
    return {};
}

// The second, or with a state name the third of {ok, …}.
QList<ShapeFinder::Place> initStates(ShapeFinder &finder, StatePlace place)
{
    QList<ShapeFinder::Place> states;
    const QList<ShapeFinder::Place> results = finder.results("init", 1);
    for (const ShapeFinder::Place &result : results) {
        if (!result.expression.isTagged("tuple", 3))
            continue;
        const QList<Term> elements = result.expression.at(2).items();
        const qsizetype index = place.second ? 2 : 1;
        if (elements.size() > index && atomOf(elements.constFirst()) == "ok")
            states.append({elements[index], result.bound});
    }
    return states;
}

StateShape ofInit(ShapeFinder &finder, StatePlace place)
{
    QList<StateShape> shapes;
    const QList<ShapeFinder::Place> states = initStates(finder, place);
    for (const ShapeFinder::Place &state : states)
        shapes += finder.shape(state);
    return best(shapes);
}

// gen_server:enter_loop(Module, Options, State, …), gen_statem:enter_loop(Module, Options, State, Data, …)
StateShape ofEnterLoop(const AbstractCode &code, ShapeFinder &finder)
{
    QList<StateShape> shapes;
    const QList<Term> functions = code.functionsWith("enter_loop");
    for (const Term &function : functions) {
        const QList<Clause> clauses = toClauses(function.at(4).items());
        for (const Clause &clause : clauses) {
            visitNodes(Term::list(clause.body), [&](const Term &node) {
                const auto call = callOf(node);
                if (!call || call->function != "enter_loop")
                    return;
                const qsizetype index = call->module == "gen_statem" ? 3 : 2;
                if (call->module.startsWith("gen_") && call->arguments.size() > index)
                    shapes += finder.shape({call->arguments[index], ShapeFinder::boundIn(clause)});
            });
        }
    }
    return best(shapes);
}

// What handle_call and the like take apart in their last argument.
StateShape ofCallbacks(const AbstractCode &code, const ShapeFinder &finder)
{
    using Callback = std::pair<const char *, qsizetype>;
    for (const Callback &callback : {Callback("handle_call", 3), Callback("handle_cast", 2), Callback("handle_info", 2),
                                    Callback("handle_event", 4), Callback("handle_event", 2), Callback("terminate", 2)}) {
        const QList<Clause> clauses = code.clauses(callback.first, callback.second);
        for (const Clause &clause : clauses) {
            StateShape found;
            visitNodes(clause.patterns.value(callback.second - 1), [&](const Term &node) {
                if (found.kind == Kind::Unknown && node.isTagged("record", 4))
                    found = finder.recordShape(node.at(2).atomName().value_or(QByteArray()));
            });
            if (found.kind != Kind::Unknown)
                return found;
        }
    }
    return {};
}

} // namespace

StateShape findState(const AbstractCode &code, StatePlace place, const QList<Term> &attribute)
{
    ShapeFinder finder(code);
    StateShape shape;
    if (!attribute.isEmpty())
        shape = finder.recordShape(attribute.constFirst().atomName().value_or(QByteArray()));
    if (shape.kind == Kind::Unknown)
        shape = ofInit(finder, place);
    if (shape.kind == Kind::Unknown)
        shape = ofEnterLoop(code, finder);
    if (shape.kind == Kind::Unknown)
        shape = ofCallbacks(code, finder);
    return shape;
}

StateShape findResult(const AbstractCode &code, const QByteArray &function, qsizetype arity)
{
    ShapeFinder finder(code);
    QList<StateShape> shapes;
    const QList<ShapeFinder::Place> results = finder.results(function, arity);
    for (const ShapeFinder::Place &result : results)
        shapes += finder.shape(result);
    return best(shapes);
}

QList<Call> stateMakers(const AbstractCode &code, StatePlace place)
{
    ShapeFinder finder(code);
    QList<Call> makers;
    const QList<ShapeFinder::Place> states = initStates(finder, place);
    for (const ShapeFinder::Place &state : states) {
        const QList<ShapeFinder::Place> values = finder.values(state);
        for (const ShapeFinder::Place &value : values) {
            visitNodes(value.expression, [&](const Term &node) {
                if (auto call = callOf(node); call && !call->module.isEmpty())
                    makers.append(*std::move(call));
            });
        }
    }
    return makers;
}

} // namespace handover::rules
