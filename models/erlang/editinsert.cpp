// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/edit.h"

#include "models/erlang/editelements.h"
#include "models/erlang/editlines.h"

namespace handover::erlang {

namespace {

// An element that is to be put among others. What gets a line of its own goes behind the comment on the
// line before, because that belongs to what stands there.
class Inserter
{
public:
    Inserter(QByteArrayView text, const Elements &elements, const Term &item)
        : m_text(text)
        , m_elements(elements)
        , m_item(item)
        , m_newline(newlineOf(text))
    {
    }
    [[nodiscard]] QList<TextEdit> at(qsizetype index) const;

private:
    [[nodiscard]] QList<TextEdit> intoEmpty() const;
    [[nodiscard]] QList<TextEdit> first() const;
    [[nodiscard]] QList<TextEdit> between(qsizetype index) const;
    [[nodiscard]] QList<TextEdit> last() const;

    [[nodiscard]] QByteArray printed(const QByteArray &indentation) const
    {
        return printedFor(m_text, m_item, indentation);
    }
    [[nodiscard]] QByteArray line(const QByteArray &indentation) const
    {
        return m_newline + indentation + printed(indentation);
    }
    [[nodiscard]] QByteArray lineWithComma(qsizetype comma) const;
    [[nodiscard]] QByteArray behindComma(qsizetype comma) const;
    [[nodiscard]] bool commaLeads(qsizetype comma) const;
    [[nodiscard]] bool takesLines(const QByteArray &indentation) const;
    [[nodiscard]] TextRange item(qsizetype index) const { return m_elements.items[index]; }

    QByteArrayView m_text;
    const Elements &m_elements;
    const Term &m_item;
    QByteArray m_newline;
};

TextEdit insertion(qsizetype at, const QByteArray &what) { return {{at, at}, what}; }

bool Inserter::commaLeads(qsizetype comma) const
{
    return comma >= 0 && comma < m_elements.commas.size() && startsLine(m_text, m_elements.commas[comma]);
}

// The blanks between a comma and the element that follows it on the same line.
QByteArray Inserter::behindComma(qsizetype comma) const
{
    const qsizetype begin = m_elements.commas[comma] + 1;
    const QByteArrayView gap = m_text.sliced(begin, item(comma + 1).begin - begin);
    return isBlank(gap) ? gap.toByteArray() : QByteArray();
}

// The new element on a line that begins as that of the comma does.
QByteArray Inserter::lineWithComma(qsizetype comma) const
{
    const QByteArray indentation = indentationTo(m_text, m_elements.commas[comma]);
    const QByteArray gap = behindComma(comma);
    return m_newline + indentation + ',' + gap + printed(indentation + ' ' + gap);
}

// Whether the new element or its only neighbour has several lines.
bool Inserter::takesLines(const QByteArray &indentation) const
{
    return m_text.sliced(item(0).begin, item(0).size()).contains('\n') || printed(indentation).contains('\n');
}

QList<TextEdit> Inserter::intoEmpty() const
{
    const qsizetype begin = m_elements.opening.end;
    const QByteArray indentation = indentationTo(m_text, begin);
    if (m_text.sliced(begin, m_elements.closing.begin - begin).contains('\n'))
        return {insertion(commentEnd(m_text, begin), line(indentation))};
    return {insertion(begin, printed(indentation))};
}

QList<TextEdit> Inserter::first() const
{
    const qsizetype begin = item(0).begin;
    const QByteArray indentation = indentationTo(m_text, begin);
    if (startsLine(m_text, begin))
        return {insertion(commentEnd(m_text, m_elements.opening.end), line(indentation) + ',')};
    QByteArray separator = ',' + m_newline + indentation;
    const bool alone = m_elements.size() == 1;
    if (commaLeads(0))
        separator = m_newline + indentationTo(m_text, m_elements.commas[0]) + ',' + behindComma(0);
    else if (alone ? !takesLines(indentation) : !startsLine(m_text, item(1).begin))
        separator = ',' + (alone ? spacingOf(m_text) : behindComma(0));
    return {insertion(begin, printed(indentation) + separator)};
}

QList<TextEdit> Inserter::between(qsizetype index) const
{
    const qsizetype comma = index - 1;
    if (commaLeads(comma))
        return {insertion(commentEnd(m_text, item(comma).end), lineWithComma(comma))};
    const qsizetype next = item(index).begin;
    const QByteArray indentation = indentationTo(m_text, next);
    if (startsLine(m_text, next))
        return {insertion(commentEnd(m_text, m_elements.commas[comma] + 1), line(indentation) + ',')};
    return {insertion(next, printed(indentation) + ',' + behindComma(comma))};
}

QList<TextEdit> Inserter::last() const
{
    const TextRange last = m_elements.items.constLast();
    const qsizetype comma = m_elements.size() - 2;
    const qsizetype lineEnd = commentEnd(m_text, last.end);
    if (commaLeads(comma))
        return {insertion(lineEnd, lineWithComma(comma))};
    const QByteArray indentation = indentationTo(m_text, last.begin);
    if (startsLine(m_text, last.begin) || (comma < 0 && takesLines(indentation))) {
        if (lineEnd == last.end)
            return {insertion(last.end, ',' + line(indentation))};
        return {insertion(last.end, ","), insertion(lineEnd, line(indentation))};
    }
    const QByteArray gap = comma < 0 ? spacingOf(m_text) : behindComma(comma);
    return {insertion(last.end, ',' + gap + printed(indentationTo(m_text, last.end) + ' ' + gap))};
}

QList<TextEdit> Inserter::at(qsizetype index) const
{
    if (m_elements.size() == 0)
        return intoEmpty();
    if (index == m_elements.size())
        return last();
    return index == 0 ? first() : between(index);
}

} // namespace

Result<QList<TextEdit>> insertItem(QByteArrayView text, const Term &container, qsizetype index,
                                   const Term &item)
{
    if (container.kind() == Term::Kind::String && container.size() == 0 && index == 0) {
        return replaceTerm(text, container, Term::list({item})).transform([](const TextEdit &edit) {
            return QList{edit};
        });
    }
    const auto elements = elementsOf(text, container);
    if (!elements)
        return std::unexpected(elements.error());
    if (index < 0 || index > elements->size())
        return indexOutOfRange(index);
    return Inserter(text, *elements, item).at(index);
}

} // namespace handover::erlang
