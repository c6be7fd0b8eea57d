// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/abstractcode.h"

namespace handover::rules {

/// A value that can't be told without running code.
[[nodiscard]] const erlang::Term &unknownValue();
/// An element of a list that stands for any number of elements that can't be told.
[[nodiscard]] const erlang::Term &unknownRest();
/// Whether all of the value is known.
[[nodiscard]] bool isKnown(const erlang::Term &value);

/// Tells what functions of a module give as far as it stands in the code: literals, variables bound
/// once, tuples, lists, maps, strings in binaries, ++, list comprehensions, integer arithmetic, local functions, case where
/// it is clear which clause is taken. Never runs anything; all else is unknownValue(), a list of which
/// a part is known has unknownRest() in it. Ends soon whatever the code is.
class StaticEvaluator
{
public:
    explicit StaticEvaluator(const AbstractCode &code)
        : m_code(code)
    {
    }

    /// What function(arguments…) gives; arguments may be unknown.
    [[nodiscard]] erlang::Term call(const QByteArray &function, const QList<erlang::Term> &arguments);
    /// What an expression without variables gives.
    [[nodiscard]] erlang::Term evaluate(const erlang::Term &expression);

private:
    using Scope = QHash<QByteArray, erlang::Term>; ///< variables by name
    enum class Match { No, Perhaps, Yes };

    [[nodiscard]] erlang::Term value(const erlang::Term &expression, Scope &scope);
    [[nodiscard]] QList<erlang::Term> values(const QList<erlang::Term> &expressions, Scope &scope);
    [[nodiscard]] erlang::Term body(const QList<erlang::Term> &expressions, Scope &scope);
    [[nodiscard]] erlang::Term list(const erlang::Term &cons, Scope &scope);
    [[nodiscard]] erlang::Term map(const erlang::Term &expression, Scope &scope);
    [[nodiscard]] erlang::Term operation(const erlang::Term &expression, Scope &scope);
    [[nodiscard]] erlang::Term comprehension(const erlang::Term &expression, Scope &scope);
    [[nodiscard]] erlang::Term called(const erlang::Term &expression, Scope &scope);
    /// What the clause gives that fits; unknown if several may.
    [[nodiscard]] erlang::Term chosen(const QList<Clause> &clauses, const QList<erlang::Term> &arguments,
                                      const Scope &scope);
    [[nodiscard]] Match match(const erlang::Term &pattern, const erlang::Term &value, Scope &scope);
    [[nodiscard]] Match matchAll(const QList<erlang::Term> &patterns, const QList<erlang::Term> &values, Scope &scope);
    [[nodiscard]] Match matchList(const erlang::Term &pattern, const erlang::Term &value, Scope &scope);
    [[nodiscard]] Match matchMap(const erlang::Term &pattern, const erlang::Term &value, Scope &scope);
    [[nodiscard]] Match perhaps(const erlang::Term &pattern, Scope &scope);

    const AbstractCode &m_code;
    QHash<std::pair<QByteArray, qsizetype>, QList<Clause>> m_clauses; ///< of functions that were called
    int m_depth = 0;
    int m_steps = 0;
};

} // namespace handover::rules
