// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/writtenappup.h"

#include "models/appup/reader.h"
#include "models/erlang/edit.h"

#include <algorithm>

namespace handover::appup {

namespace {

using erlang::Term;
using Edits = WrittenAppup::Edits;

Edits valueOf(const Result<QList<TextEdit>> &edits) { return edits ? Edits(*edits) : std::nullopt; }

} // namespace

WrittenAppup::WrittenAppup(QByteArrayView text)
    : m_source(text.toByteArray())
{
}

const std::optional<Term> &WrittenAppup::term() const
{
    if (std::exchange(m_isParsed, true))
        return m_term;
    m_text = blanked(m_source);
    const auto term = erlang::parseFirstTerm(m_text);
    if (term && !shapeError(*term))
        m_term = *term;
    return m_term;
}

Term WrittenAppup::list(Direction direction) const
{
    return term() ? term()->at(direction == Direction::Up ? 1 : 2) : Term();
}

Term WrittenAppup::instructions(const Rule &rule) const
{
    const Term entry = list(rule.direction).at(rule.number - 1);
    return entry.isTuple(2) && entry.at(1).kind() == Term::Kind::List ? entry.at(1) : Term();
}

Edits WrittenAppup::insertRule(Direction direction, qsizetype index, const Term &entry) const
{
    return term() ? valueOf(erlang::insertItem(m_text, list(direction), index, entry)) : std::nullopt;
}

Edits WrittenAppup::replaceList(Direction direction, const QList<Term> &entries) const
{
    if (!term())
        return std::nullopt;
    const auto edit = erlang::replaceTerm(m_text, list(direction), Term::list(entries));
    return edit ? Edits({*edit}) : std::nullopt;
}

Edits WrittenAppup::moveRule(const Rule &rule, const Rule &before) const
{
    auto removed = removeRule(rule);
    const TextRange range = list(rule.direction).at(rule.number - 1).range();
    const qsizetype place = list(rule.direction).at(before.number - 1).range().begin;
    if (!removed || range.isEmpty() || removed->constFirst().range.begin < place)
        return std::nullopt;
    const qsizetype lineBegin = m_text.lastIndexOf('\n', place) + 1;
    const QByteArray indentation(place - lineBegin, ' ');
    removed->prepend({{place, place}, m_source.sliced(range.begin, range.size()) + ",\n" + indentation});
    return removed;
}

Edits WrittenAppup::removeRule(const Rule &rule) const
{
    return term() ? valueOf(erlang::removeItem(m_text, list(rule.direction), rule.number - 1)) : std::nullopt;
}

Edits WrittenAppup::insertInstruction(const Rule &rule, qsizetype index, const Term &instruction) const
{
    return valueOf(erlang::insertItem(m_text, instructions(rule), index, instruction));
}

Edits WrittenAppup::removeInstruction(const Rule &rule, qsizetype index) const
{
    return valueOf(erlang::removeItem(m_text, instructions(rule), index));
}

Edits WrittenAppup::replaceInstruction(const Rule &rule, qsizetype index, const Term &instruction) const
{
    const auto edit = erlang::replaceTerm(m_text, instructions(rule).at(index), instruction);
    return edit ? Edits({*edit}) : std::nullopt;
}

Edits WrittenAppup::moveInstruction(const Rule &rule, qsizetype from, qsizetype to) const
{
    const auto removed = removeInstruction(rule, from);
    const auto inserted = insertInstruction(rule, to, instructions(rule).at(from));
    if (!removed || !inserted)
        return std::nullopt;
    QList<TextEdit> edits = *removed + *inserted;
    std::ranges::sort(edits, {}, [](const TextEdit &edit) { return edit.range.begin; });
    for (qsizetype i = 1; i < edits.size(); ++i) {
        if (edits[i].range.begin < edits[i - 1].range.end || edits[i].range == edits[i - 1].range)
            return std::nullopt;
    }
    return edits;
}

std::optional<Fix> fixOf(const QString &label, const Edits &edits)
{
    return edits && !edits->isEmpty() ? std::optional(Fix{label, *edits}) : std::nullopt;
}

} // namespace handover::appup
