// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/edit.h"

#include "models/erlang/editelements.h"
#include "models/erlang/editlines.h"

namespace handover::erlang {

namespace {

class Remover
{
public:
    Remover(QByteArrayView text, const Elements &elements, qsizetype index)
        : m_text(text)
        , m_elements(elements)
        , m_index(index)
    {
    }
    [[nodiscard]] QList<TextEdit> edits() const;

private:
    [[nodiscard]] qsizetype comma() const;
    [[nodiscard]] TextRange itemWithComment(qsizetype comma) const;
    [[nodiscard]] TextRange widened(TextRange gone) const;
    [[nodiscard]] TextRange item() const { return m_elements.items[m_index]; }
    [[nodiscard]] qsizetype endBefore() const
    {
        return m_index > 0 ? m_elements.items[m_index - 1].end : m_elements.opening.end;
    }
    [[nodiscard]] QByteArrayView part(qsizetype begin, qsizetype end) const
    {
        return m_text.sliced(begin, end - begin);
    }

    QByteArrayView m_text;
    const Elements &m_elements;
    qsizetype m_index;
};

// The comma that goes with the element; -1 if there is none.
qsizetype Remover::comma() const
{
    const QList<qsizetype> &commas = m_elements.commas;
    const bool last = m_index == commas.size();
    if (m_index > 0 && (last || startsLine(m_text, commas[m_index - 1])))
        return commas[m_index - 1];
    return last ? -1 : commas[m_index];
}

// The element, the comma if that stands directly behind it, and the comment on the same line if no other
// element has begun or ended on it.
TextRange Remover::itemWithComment(qsizetype comma) const
{
    TextRange gone = item();
    if (comma == skipBlanks(m_text, gone.end))
        gone.end = comma + 1;
    if (m_index == 0 || part(endBefore(), gone.begin).contains('\n'))
        gone.end = commentEnd(m_text, gone.end);
    return gone;
}

// What would be left of a line that says nothing any more goes, too: but never the end of a line on which
// a comment stays.
TextRange Remover::widened(TextRange gone) const
{
    const qsizetype end = lineEnd(m_text, gone.end);
    const bool endsLine = end < m_text.size() && isBlank(part(gone.end, end));
    if (endsLine && startsLine(m_text, gone.begin))
        return {lineBegin(m_text, gone.begin), end + 1};
    if (endsLine) {
        const qsizetype next = m_elements.size() == 1 ? m_elements.closing.begin : m_elements.items[1].begin;
        if (m_index == 0 && isSpace(part(gone.end, next)))
            return {gone.begin, next};
        while (gone.begin > endBefore() && isBlank(part(gone.begin - 1, gone.begin)))
            --gone.begin;
        return gone;
    }
    if (gone.begin == m_elements.opening.end || isBlank(part(gone.begin - 1, gone.begin)))
        gone.end = skipBlanks(m_text, gone.end);
    return gone;
}

QList<TextEdit> Remover::edits() const
{
    const qsizetype comma = this->comma();
    QList<TextRange> gone{itemWithComment(comma)};
    const bool commaBefore = comma >= 0 && comma < gone[0].begin;
    if (commaBefore && isSpace(part(comma + 1, gone[0].begin)))
        gone[0].begin = comma;
    else if (commaBefore)
        gone.prepend({comma, comma + 1});
    else if (comma >= gone[0].end && isSpace(part(gone[0].end, comma)))
        gone[0].end = comma + 1;
    else if (comma >= gone[0].end)
        gone.append({comma, comma + 1});
    QList<TextEdit> edits;
    for (const TextRange range : std::as_const(gone))
        edits.append({widened(range), {}});
    return edits;
}

} // namespace

Result<QList<TextEdit>> removeItem(QByteArrayView text, const Term &container, qsizetype index)
{
    const auto elements = elementsOf(text, container);
    if (!elements)
        return std::unexpected(elements.error());
    if (index < 0 || index >= elements->size())
        return indexOutOfRange(index);
    return Remover(text, *elements, index).edits();
}

} // namespace handover::erlang
