// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/termreader.h"

#include "models/erlang/readerwords.h"
#include "models/erlang/termdata.h"

namespace handover::erlang {

namespace {

using Type = Token::Type;

std::shared_ptr<Term::Data> made(Term::Kind kind)
{
    auto data = std::make_shared<Term::Data>();
    data->kind = kind;
    return data;
}

void setInteger(Term::Data &data, const QByteArray &decimal)
{
    bool fits = false;
    data.integer = decimal.toLongLong(&fits);
    data.bytes = fits ? QByteArray() : decimal;
}

} // namespace

TermReader::TermReader(QByteArrayView text, const Limits &limits)
    : m_scanner(text.first(qMin(text.size(), limits.bytes)), isLatin1(text))
    , m_token(m_scanner.token())
    , m_text(text)
    , m_limits(limits)
{
}

Parsed<std::optional<Term>> TermReader::readWithDot()
{
    if (m_text.size() > m_limits.bytes)
        return error({}, ReaderWords::tooLong(m_limits.bytes));
    if (auto ok = advance(); !ok)
        return std::unexpected(ok.error());
    if (m_token.type == Type::End)
        return std::nullopt;
    auto result = term();
    if (!result)
        return std::unexpected(std::move(result).error());
    if (m_token.type == Type::End)
        return error({m_lastEnd, m_lastEnd}, ReaderWords::dotMissing());
    if (m_token.type != Type::Dot)
        return unexpectedAfterElement();
    m_lastEnd = m_token.range.end;
    return std::optional(*std::move(result));
}

Parsed<Term> TermReader::readBare()
{
    if (m_text.size() > m_limits.bytes)
        return error({}, ReaderWords::tooLong(m_limits.bytes));
    if (auto ok = advance(); !ok)
        return std::unexpected(ok.error());
    auto result = term();
    if (!result)
        return result;
    if (m_token.type == Type::Dot) {
        if (auto ok = advance(); !ok)
            return std::unexpected(ok.error());
    }
    if (m_token.type != Type::End)
        return unexpectedAfterElement();
    return result;
}

Parsed<void> TermReader::advance()
{
    m_lastEnd = m_token.range.end;
    return m_scanner.next();
}

Parsed<Term> TermReader::finish(std::shared_ptr<Term::Data> data, qsizetype begin)
{
    if (++m_terms > m_limits.terms)
        return error({begin, m_lastEnd}, ReaderWords::tooManyTerms(m_limits.terms));
    data->range = {begin, m_lastEnd};
    return Term(std::move(data));
}

Parsed<Term> TermReader::term()
{
    switch (m_token.type) {
    case Type::Atom:
    case Type::Integer:
    case Type::Char:
    case Type::Float:
        return literal();
    case Type::String:
        return strings();
    case Type::Reserved:
        return m_token.spelling == "fun" ? fun() : noTermHere();
    case Type::Punctuation:
        return bracketed();
    case Type::Variable:
    case Type::Dot:
    case Type::End:
        return noTermHere();
    }
    return noTermHere();
}

Parsed<Term> TermReader::bracketed()
{
    if (m_token.is("<<"))
        return binary();
    if (m_token.spelling.size() > 1)
        return noTermHere();
    switch (m_token.spelling[0]) {
    case '[':
        return list();
    case '{':
        return tuple();
    case '#':
        return map();
    case '(':
        return parenthesised();
    case '-':
    case '+':
        return signedNumber();
    default:
        return noTermHere();
    }
}

Parsed<Term> TermReader::literal()
{
    auto data = made(Term::Kind::Integer);
    const qsizetype begin = m_token.range.begin;
    if (m_token.type == Type::Float) {
        data->kind = Term::Kind::Float;
        data->real = m_token.real;
    } else {
        if (m_token.type == Type::Atom)
            data->kind = Term::Kind::Atom;
        else
            data->integer = m_token.integer;
        data->bytes = std::move(m_token.bytes);
    }
    if (auto ok = advance(); !ok)
        return std::unexpected(std::move(ok).error());
    return finish(std::move(data), begin);
}

Parsed<Term> TermReader::strings()
{
    const qsizetype begin = m_token.range.begin;
    const Token::Sigil sigil = m_token.sigil;
    if (sigil == Token::Sigil::Unknown)
        return error(m_token.range, ReaderWords::unknownSigil());
    if (sigil == Token::Sigil::Suffixed)
        return error(m_token.range, ReaderWords::sigilSuffix());
    QString text = std::move(m_token.text);
    if (auto ok = advance(); !ok)
        return std::unexpected(ok.error());
    while (sigil == Token::Sigil::None && m_token.type == Type::String &&
           m_token.sigil == Token::Sigil::None) {
        text += m_token.text;
        if (auto ok = advance(); !ok)
            return std::unexpected(ok.error());
    }
    const bool binary = sigil == Token::Sigil::Binary;
    auto data = made(binary ? Term::Kind::Binary : Term::Kind::String);
    if (binary)
        data->bytes = text.toUtf8();
    else
        data->text = std::move(text);
    return finish(std::move(data), begin);
}

// parse_term takes a sign before a number only, which may stand in parentheses: -(1), but not -(-1).
Parsed<Term> TermReader::signedNumber()
{
    const TextRange sign = m_token.range;
    const bool negative = m_token.is("-");
    if (auto ok = advance(); !ok)
        return std::unexpected(ok.error());
    int parentheses = 0;
    while (m_token.is("(")) {
        if (auto ok = open(")"); !ok)
            return std::unexpected(ok.error());
        ++parentheses;
    }
    if (m_token.type != Type::Integer && m_token.type != Type::Char && m_token.type != Type::Float)
        return error(sign, ReaderWords::signNeedsNumber(negative ? "-" : "+"));
    auto number = literal();
    if (!number)
        return number;
    for (; parentheses > 0; --parentheses) {
        if (auto ok = close(); !ok)
            return std::unexpected(ok.error());
    }
    auto data = std::make_shared<Term::Data>(number->data());
    if (negative) {
        data->real = -data->real;
        if (!data->bytes.isEmpty())
            setInteger(*data, QByteArray('-' + data->bytes));
        else
            data->integer = -data->integer;
    }
    return finish(std::move(data), sign.begin);
}

Parsed<Term> TermReader::parenthesised()
{
    if (auto ok = open(")"); !ok)
        return std::unexpected(ok.error());
    auto inner = term();
    if (!inner)
        return inner;
    if (auto ok = close(); !ok)
        return std::unexpected(ok.error());
    return inner;
}

Parsed<QList<Term>> TermReader::elements(bool barAllowed)
{
    QList<Term> items;
    const QByteArrayView closing = m_open.constLast().closing;
    if (m_token.is(closing))
        return items;
    while (true) {
        auto item = term();
        if (!item)
            return std::unexpected(std::move(item).error());
        items.append(*std::move(item));
        if (!m_token.is(",")) {
            if (m_token.is(closing) || (barAllowed && m_token.is("|")))
                return items;
            return unexpectedAfterElement();
        }
        if (auto ok = advance(); !ok)
            return std::unexpected(ok.error());
    }
}

Parsed<Term> TermReader::list()
{
    const qsizetype begin = m_token.range.begin;
    if (auto ok = open("]"); !ok)
        return std::unexpected(ok.error());
    auto items = elements(true);
    if (!items)
        return std::unexpected(std::move(items).error());
    auto data = made(Term::Kind::List);
    data->items = *std::move(items);
    if (m_token.is("|")) {
        if (auto ok = advance(); !ok)
            return std::unexpected(ok.error());
        const auto tail = term();
        if (!tail)
            return tail;
        const bool isCons = tail->isList() || tail->kind() == Term::Kind::List;
        data->items += isCons ? tail->items() : QList{*tail};
        data->improper = !tail->isList();
    }
    if (auto ok = close(); !ok)
        return std::unexpected(ok.error());
    return finish(std::move(data), begin);
}

Parsed<Term> TermReader::tuple()
{
    const qsizetype begin = m_token.range.begin;
    if (auto ok = open("}"); !ok)
        return std::unexpected(ok.error());
    auto items = elements(false);
    if (!items)
        return std::unexpected(std::move(items).error());
    if (auto ok = close(); !ok)
        return std::unexpected(ok.error());
    auto data = made(Term::Kind::Tuple);
    data->items = *std::move(items);
    return finish(std::move(data), begin);
}

Parsed<Term> TermReader::map()
{
    const TextRange hash = m_token.range;
    if (auto ok = advance(); !ok)
        return std::unexpected(ok.error());
    if (!m_token.is("{"))
        return error(hash, ReaderWords::recordInText());
    if (auto ok = open("}"); !ok)
        return std::unexpected(ok.error());
    QList<Term> pairs;
    while (!m_token.is("}") || !pairs.isEmpty()) {
        auto key = term();
        if (!key)
            return key;
        if (auto ok = expectPunctuation("=>"); !ok)
            return std::unexpected(ok.error());
        auto value = term();
        if (!value)
            return value;
        pairs << *std::move(key) << *std::move(value);
        if (m_token.is("}"))
            break;
        if (!m_token.is(","))
            return unexpectedAfterElement();
        if (auto ok = advance(); !ok)
            return std::unexpected(ok.error());
    }
    if (auto ok = close(); !ok)
        return std::unexpected(ok.error());
    auto data = made(Term::Kind::Map);
    data->items = mapItems(std::move(pairs));
    return finish(std::move(data), hash.begin);
}

Parsed<Term> TermReader::fun()
{
    const TextRange word = m_token.range;
    if (auto ok = advance(); !ok)
        return std::unexpected(ok.error());
    auto data = made(Term::Kind::Fun);
    for (const QByteArrayView separator : {QByteArrayView(":"), QByteArrayView("/"), QByteArrayView()}) {
        const Type wanted = separator.isEmpty() ? Type::Integer : Type::Atom;
        if (m_token.type != wanted)
            return error(word, ReaderWords::onlyExportedFuns());
        auto part = literal();
        if (!part)
            return part;
        data->items.append(*std::move(part));
        if (separator.isEmpty())
            break;
        if (!m_token.is(separator))
            return error(word, ReaderWords::onlyExportedFuns());
        if (auto ok = advance(); !ok)
            return std::unexpected(ok.error());
    }
    if (data->items.constLast().integerValue().value_or(256) > 255)
        return error(word, ReaderWords::onlyExportedFuns());
    return finish(std::move(data), word.begin);
}

} // namespace handover::erlang
