// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/editelements.h"

#include "models/erlang/scanner.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover::erlang {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ErlangEdit)
};

std::unexpected<Error> otherText()
{
    return misuse(u"erlang.edit"_s, Words::tr("The text has changed since it was read."),
                  Words::tr("Read it again and repeat the change."));
}

std::unexpected<Error> notPlain()
{
    return refusal(
        u"erlang.edit"_s,
        Words::tr("Only what is written as a list or tuple, element by element, can be changed here."),
        Words::tr("Change it in the text."));
}

// Collects what stands on the first level of a container, token by token.
class Collector
{
public:
    explicit Collector(TextRange opening) { m_elements.opening = opening; }
    void take(const Token &token);
    [[nodiscard]] bool isComplete() const noexcept { return m_depth == 0; }
    [[nodiscard]] bool hasTail() const noexcept { return m_tail; }
    [[nodiscard]] Elements &elements() noexcept { return m_elements; }

private:
    Elements m_elements;
    TextRange m_item;
    int m_depth = 1;
    bool m_tail = false;
};

void Collector::take(const Token &token)
{
    const bool opens = token.is("[") || token.is("{") || token.is("(") || token.is("<<");
    const bool closes = token.is("]") || token.is("}") || token.is(")") || token.is(">>");
    const bool comma = m_depth == 1 && token.is(",");
    m_tail = m_tail || (m_depth == 1 && token.is("|"));
    m_depth += opens ? 1 : (closes ? -1 : 0);
    if (!comma && m_depth > 0) {
        m_item = {m_item.isEmpty() ? token.range.begin : m_item.begin, token.range.end};
        return;
    }
    if (!m_item.isEmpty())
        m_elements.items.append(std::exchange(m_item, {}));
    if (comma)
        m_elements.commas.append(token.range.begin);
    else
        m_elements.closing = token.range;
}

} // namespace

Result<> checkRange(QByteArrayView text, const Term &term)
{
    const TextRange range = term.range();
    if (range.isEmpty() || range.begin < 0 || range.end > text.size())
        return otherText();
    return {};
}

std::unexpected<Error> indexOutOfRange(qsizetype index)
{
    return misuse(u"erlang.edit"_s, Words::tr("There is no element %1 here.").arg(index + 1),
                  Words::tr("Read it again and repeat the change."));
}

Result<Elements> elementsOf(QByteArrayView text, const Term &container)
{
    if (auto ok = checkRange(text, container); !ok)
        return std::unexpected(std::move(ok).error());
    if (container.kind() != Term::Kind::List && container.kind() != Term::Kind::Tuple)
        return notPlain();
    const QByteArrayView upTo = text.first(container.range().end);
    Scanner scanner(upTo, isLatin1(text), container.range().begin);
    if (!scanner.next() || !(scanner.token().is("[") || scanner.token().is("{")))
        return otherText();
    Collector collector(scanner.token().range);
    while (!collector.isComplete()) {
        if (!scanner.next() || scanner.token().type == Token::Type::End)
            return otherText();
        collector.take(scanner.token());
    }
    if (collector.hasTail())
        return notPlain();
    Elements &elements = collector.elements();
    if (elements.closing.end != upTo.size() || elements.size() != container.size())
        return otherText();
    return std::move(elements);
}

} // namespace handover::erlang
