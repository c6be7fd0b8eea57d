// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/term.h"

#include "models/erlang/printer.h"
#include "models/erlang/termdata.h"

namespace handover::erlang {

namespace {

std::shared_ptr<Term::Data> made(Term::Kind kind)
{
    auto data = std::make_shared<Term::Data>();
    data->kind = kind;
    return data;
}

const std::shared_ptr<const Term::Data> &emptyList()
{
    static const std::shared_ptr<const Term::Data> data = made(Term::Kind::List);
    return data;
}

} // namespace

Term::Term()
    : m_data(emptyList())
{
}

Term::Term(std::shared_ptr<const Data> data)
    : m_data(std::move(data))
{
}

Term Term::atom(QByteArray utf8Name)
{
    auto data = made(Kind::Atom);
    data->bytes = std::move(utf8Name);
    return Term(std::move(data));
}

Term Term::integer(qint64 value)
{
    auto data = made(Kind::Integer);
    data->integer = value;
    return Term(std::move(data));
}

Term Term::string(const QString &text)
{
    auto data = made(Kind::String);
    data->text = text;
    return Term(std::move(data));
}

Term Term::binary(QByteArray bytes)
{
    auto data = made(Kind::Binary);
    data->bytes = std::move(bytes);
    return Term(std::move(data));
}

Term Term::list(QList<Term> items)
{
    auto data = made(Kind::List);
    data->items = std::move(items);
    return Term(std::move(data));
}

Term Term::tuple(QList<Term> items)
{
    auto data = made(Kind::Tuple);
    data->items = std::move(items);
    return Term(std::move(data));
}

Term::Kind Term::kind() const noexcept { return m_data->kind; }
TextRange Term::range() const noexcept { return m_data->range; }

bool Term::isAtom(QByteArrayView name) const noexcept
{
    return kind() == Kind::Atom && m_data->bytes == name;
}
bool Term::isTuple(qsizetype size) const noexcept
{
    return kind() == Kind::Tuple && m_data->items.size() == size;
}

bool Term::isTagged(QByteArrayView atom, qsizetype size) const noexcept
{
    return size > 0 && isTuple(size) && m_data->items.constFirst().isAtom(atom);
}

bool Term::isList() const noexcept
{
    return kind() == Kind::String || (kind() == Kind::List && !m_data->improper);
}

bool Term::isMaybeImproperList() const noexcept { return kind() == Kind::String || kind() == Kind::List; }

std::optional<QByteArray> Term::atomName() const
{
    return kind() == Kind::Atom ? std::optional(m_data->bytes) : std::nullopt;
}

std::optional<qint64> Term::integerValue() const
{
    return kind() == Kind::Integer && m_data->bytes.isEmpty() ? std::optional(m_data->integer) : std::nullopt;
}

std::optional<double> Term::floatValue() const
{
    return kind() == Kind::Float ? std::optional(m_data->real) : std::nullopt;
}

std::optional<QString> Term::stringValue() const
{
    if (kind() == Kind::String)
        return m_data->text;
    if (kind() != Kind::List || m_data->improper)
        return std::nullopt;
    QString text;
    for (const Term &item : m_data->items) {
        const auto code = item.integerValue();
        if (!code || *code < 0 || *code > 0x10FFFF || (*code >= 0xD800 && *code <= 0xDFFF))
            return std::nullopt;
        text += QChar::fromUcs4(static_cast<char32_t>(*code));
    }
    return text;
}

std::optional<QByteArray> Term::binaryValue() const
{
    return kind() == Kind::Binary ? std::optional(m_data->bytes) : std::nullopt;
}

QList<Term> Term::items() const
{
    if (kind() != Kind::String)
        return m_data->items;
    QList<Term> codes;
    codes.reserve(m_data->text.size());
    for (const uint code : m_data->text.toUcs4())
        codes.append(integer(code));
    return codes;
}

qsizetype Term::size() const noexcept
{
    if (kind() != Kind::String)
        return m_data->items.size();
    qsizetype count = 0;
    for (const QChar unit : m_data->text)
        count += unit.isLowSurrogate() ? 0 : 1;
    return count;
}

Term Term::at(qsizetype index) const
{
    return kind() == Kind::String ? items().value(index) : m_data->items.value(index);
}

bool operator==(const Term &left, const Term &right)
{
    return left.m_data == right.m_data || compareTerms(left, right) == 0;
}

QByteArray Term::print() const { return printTerm(*this, PrintStyle::Pretty); }
QByteArray Term::write() const { return printTerm(*this, PrintStyle::Plain); }

} // namespace handover::erlang
