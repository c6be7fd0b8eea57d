// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/abstractcode.h"

#include "models/erlang/termdata.h"

#include <algorithm>

namespace handover::rules {

namespace {

using erlang::Term;
using Kind = Term::Kind;

// {record_field, A, Name} or {record_field, A, Name, Default}; in {typed_record_field, Field, Type} or not
std::optional<RecordField> recordField(const Term &form)
{
    const bool typed = form.isTagged("typed_record_field", 3);
    const Term field = typed ? form.at(1) : form;
    const auto name = isNode(field, "record_field") ? atomOf(field.at(2)) : std::nullopt;
    if (!name)
        return std::nullopt;
    return RecordField{*name, field.size() > 3 ? std::optional(field.at(3)) : std::nullopt,
                       typed ? std::optional(form.at(2)) : std::nullopt};
}

QList<RecordField> recordFields(const Term &forms)
{
    QList<RecordField> fields;
    for (const Term &form : forms.items()) {
        if (auto field = recordField(form))
            fields.append(*std::move(field));
    }
    return fields;
}

// A line, {Line, Column}, or the properties erl_anno makes of more.
bool isAnnotation(const Term &term)
{
    if (term.kind() == Kind::Integer)
        return true;
    if (term.isTuple(2))
        return term.at(0).kind() == Kind::Integer && term.at(1).kind() == Kind::Integer;
    if (term.kind() != Kind::List)
        return false;
    const QList<Term> properties = term.items();
    return !properties.isEmpty() && std::ranges::all_of(properties, [](const Term &property) {
        return property.isTagged("location", 2) || property.isTagged("generated", 2) ||
               property.isTagged("file", 2) || property.isTagged("record", 2) || property.isTagged("text", 2) ||
               property.isTagged("end_location", 2);
    });
}

bool hasAnnotation(const Term &node)
{
    return node.kind() == Kind::Tuple && node.size() > 1 && node.at(0).kind() == Kind::Atom &&
           isAnnotation(node.at(1));
}

} // namespace

AbstractCode::AbstractCode(const QList<Term> &forms)
{
    for (const Term &form : forms) {
        if (form.isTagged("attribute", 4) && form.at(2).isAtom("record"))
            addRecord(form);
        const auto name = form.isTagged("function", 5) ? form.at(2).atomName() : std::nullopt;
        const auto arity = form.at(3).integerValue();
        if (name && arity)
            addFunction(*name, *arity, {form, {}});
    }
}

std::optional<AbstractCode> AbstractCode::of(const erlang::BeamFile &module) { return from(DebugForms::of(module)); }

std::optional<AbstractCode> AbstractCode::recordsOf(const erlang::BeamFile &module)
{
    return from(DebugForms::recordsOf(module));
}

std::optional<AbstractCode> AbstractCode::from(std::optional<DebugForms> source)
{
    if (!source)
        return std::nullopt;
    AbstractCode code;
    code.m_source = *std::move(source);
    for (const DebugForms::Form &form : code.m_source.forms()) {
        if (form.isFunction)
            code.addFunction(form.name, form.arity, {std::nullopt, form.bytes});
        else
            code.addRecord(code.m_source.read(form.bytes));
    }
    return code;
}

void AbstractCode::addFunction(const QByteArray &name, qint64 arity, Function function)
{
    m_functionIndex.insert({name, arity}, m_functions.size());
    m_functions.append(std::move(function));
}

void AbstractCode::addRecord(const Term &form)
{
    const Term record = form.at(3);
    if (const auto name = record.at(0).atomName()) {
        m_records.insert(*name, recordFields(record.at(1)));
        m_recordNames.append(*name);
    }
}

Term AbstractCode::formOf(const Function &function) const
{
    return function.form ? *function.form : m_source.read(function.bytes);
}

QList<Term> AbstractCode::functionsWith(QByteArrayView atom) const
{
    QList<Term> forms;
    for (const Function &function : m_functions) {
        if (function.form || m_source.mentions(function.bytes, atom))
            forms.append(formOf(function));
    }
    return forms;
}

QList<Term> AbstractCode::clauseForms(const QByteArray &function, qsizetype arity) const
{
    const auto index = m_functionIndex.constFind({function, arity});
    return index == m_functionIndex.cend() ? QList<Term>() : formOf(m_functions[*index]).at(4).items();
}

QList<Clause> AbstractCode::clauses(const QByteArray &function, qsizetype arity) const
{
    return toClauses(clauseForms(function, arity));
}

std::optional<QList<RecordField>> AbstractCode::record(const QByteArray &name) const
{
    const auto fields = m_records.constFind(name);
    return fields == m_records.cend() ? std::nullopt : std::optional(*fields);
}

QList<Clause> toClauses(const QList<Term> &forms)
{
    QList<Clause> clauses;
    for (const Term &form : forms) {
        if (form.isTagged("clause", 5))
            clauses.append({form.at(2).items(), form.at(3).items(), form.at(4).items()});
    }
    return clauses;
}

bool isNode(const Term &term, QByteArrayView tag, qsizetype least)
{
    return term.kind() == Kind::Tuple && term.size() >= least && term.at(0).isAtom(tag);
}

std::optional<QByteArray> atomOf(const Term &node)
{
    return node.isTagged("atom", 3) ? node.at(2).atomName() : std::nullopt;
}

std::optional<QByteArray> variableOf(const Term &node)
{
    if (!node.isTagged("var", 3) || node.at(2).isAtom("_"))
        return std::nullopt;
    return node.at(2).atomName();
}

std::optional<Call> callOf(const Term &node)
{
    if (!node.isTagged("call", 4))
        return std::nullopt;
    const Term callee = node.at(2);
    const bool remote = callee.isTagged("remote", 4);
    const auto module = remote ? atomOf(callee.at(2)) : std::optional<QByteArray>("");
    const auto function = atomOf(remote ? callee.at(3) : callee);
    if (!module || !function)
        return std::nullopt;
    return Call{*module, *function, node.at(3).items()};
}

// Neither this nor sameCode makes copies: there are many nodes, and the outermost keeps all of them.
void visitNodes(const Term &term, const std::function<void(const Term &)> &visitor)
{
    QList<const Term *> open{&term}; // not on the stack: what a hostile file nests may be deep
    while (!open.isEmpty()) {
        const Term &node = *open.takeLast();
        if (node.kind() == Kind::Tuple)
            visitor(node);
        else if (node.kind() != Kind::List)
            continue;
        const QList<Term> &parts = node.data().items;
        for (auto part = parts.crbegin(); part != parts.crend(); ++part)
            open.append(&*part);
    }
}

bool sameCode(const QList<Term> &left, const QList<Term> &right)
{
    return std::ranges::equal(left, right, [](const Term &a, const Term &b) { return sameCode(a, b); });
}

bool sameCode(const Term &left, const Term &right)
{
    QList<std::pair<const Term *, const Term *>> open{{&left, &right}};
    while (!open.isEmpty()) {
        const auto [one, other] = open.takeLast();
        const Term &ours = *one;
        const Term &theirs = *other;
        const bool nested = ours.kind() == Kind::Tuple || ours.kind() == Kind::List;
        if (!nested || ours.kind() != theirs.kind()) {
            if (!(ours == theirs))
                return false;
            continue;
        }
        const QList<Term> &parts = ours.data().items;
        const QList<Term> &others = theirs.data().items;
        if (parts.size() != others.size())
            return false;
        const bool annotated = hasAnnotation(ours) && hasAnnotation(theirs);
        for (qsizetype i = 0; i < parts.size(); ++i) {
            if (!(annotated && i == 1))
                open.emplaceBack(&parts[i], &others[i]);
        }
    }
    return true;
}

} // namespace handover::rules
