// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/debugforms.h"

#include <QHash>

#include <functional>

namespace handover::rules {

/// A clause of a function, a case or a fun: {clause, Anno, Patterns, Guards, Body}.
struct Clause
{
    QList<erlang::Term> patterns;
    QList<erlang::Term> guards;
    QList<erlang::Term> body;
};

/// A field of a record definition; default and type are expressions in abstract form.
struct RecordField
{
    QByteArray name;
    std::optional<erlang::Term> defaultValue;
    std::optional<erlang::Term> type;
};

/// The functions and records of a module by name: its abstract code as erl_parse(3) describes it
/// ("The Abstract Format"). Macros are expanded in it, records are not. Hostile input gives odd
/// expressions, never a crash: whoever reads them looks at the shape of each.
class AbstractCode
{
public:
    AbstractCode() = default;
    explicit AbstractCode(const QList<erlang::Term> &forms);
    /// Functions are read when they are asked for. Nothing if the module has none that can be read.
    [[nodiscard]] static std::optional<AbstractCode> of(const erlang::BeamFile &module);
    /// Without functions, and with the records before the first of them only; much faster.
    [[nodiscard]] static std::optional<AbstractCode> recordsOf(const erlang::BeamFile &module);

    [[nodiscard]] QList<Clause> clauses(const QByteArray &function, qsizetype arity) const; ///< empty: no such function
    [[nodiscard]] QList<erlang::Term> clauseForms(const QByteArray &function, qsizetype arity) const;
    [[nodiscard]] std::optional<QList<RecordField>> record(const QByteArray &name) const;
    [[nodiscard]] QList<QByteArray> recordNames() const { return m_recordNames; } ///< in source order
    /// The functions in which the atom stands, and perhaps others.
    [[nodiscard]] QList<erlang::Term> functionsWith(QByteArrayView atom) const;

private:
    struct Function
    {
        std::optional<erlang::Term> form; ///< nothing: it is still in m_source
        TextRange bytes;
    };
    [[nodiscard]] static std::optional<AbstractCode> from(std::optional<DebugForms> source);
    void addFunction(const QByteArray &name, qint64 arity, Function function);
    void addRecord(const erlang::Term &form);
    [[nodiscard]] erlang::Term formOf(const Function &function) const;

    DebugForms m_source;
    QList<Function> m_functions;
    QHash<std::pair<QByteArray, qint64>, qsizetype> m_functionIndex;
    QHash<QByteArray, QList<RecordField>> m_records;
    QList<QByteArray> m_recordNames;
};

/// Clauses out of a list of clause forms; what is no clause is left out.
[[nodiscard]] QList<Clause> toClauses(const QList<erlang::Term> &forms);

/// Whether it is a node of the abstract format of that kind with at least that many elements.
[[nodiscard]] bool isNode(const erlang::Term &term, QByteArrayView tag, qsizetype least = 3);
/// The atom of {atom, Anno, A}.
[[nodiscard]] std::optional<QByteArray> atomOf(const erlang::Term &node);
/// The name of {var, Anno, V}; none for '_'.
[[nodiscard]] std::optional<QByteArray> variableOf(const erlang::Term &node);

/// A call in abstract form: {call, Anno, Function, Arguments}; the module is empty for a local one.
struct Call
{
    QByteArray module;
    QByteArray function;
    QList<erlang::Term> arguments;
};
[[nodiscard]] std::optional<Call> callOf(const erlang::Term &node); ///< none if module or function is no atom

/// Calls the visitor with every tuple in the term, outer ones first.
void visitNodes(const erlang::Term &term, const std::function<void(const erlang::Term &)> &visitor);

/// Whether two pieces of abstract code differ in nothing but lines, columns and other annotations.
[[nodiscard]] bool sameCode(const erlang::Term &left, const erlang::Term &right);
[[nodiscard]] bool sameCode(const QList<erlang::Term> &left, const QList<erlang::Term> &right);

} // namespace handover::rules
