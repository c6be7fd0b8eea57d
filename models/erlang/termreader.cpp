// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/termreader.h"

#include "models/erlang/readerwords.h"
#include "models/erlang/termdata.h"

namespace handover::erlang {

namespace {

using Type = Token::Type;

Term::Data made(Term::Kind kind)
{
    Term::Data data;
    data.kind = kind;
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
    auto token = m_scanner.next();
    if (!token)
        return std::unexpected(std::move(token).error());
    m_token = *std::move(token);
    return {};
}

Parsed<Term> TermReader::finish(Term::Data data, qsizetype begin)
{
    if (++m_terms > m_limits.terms)
        return error({begin, m_lastEnd}, ReaderWords::tooManyTerms(m_limits.terms));
    data.range = {begin, m_lastEnd};
    return Term(std::make_shared<const Term::Data>(std::move(data)));
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
        if (m_token.is("["))
            return list();
        if (m_token.is("{"))
            return tuple();
        if (m_token.is("<<"))
            return binary();
        if (m_token.is("#"))
            return map();
        if (m_token.is("("))
            return parenthesised();
        if (m_token.is("-") || m_token.is("+"))
            return signedNumber();
        return noTermHere();
    case Type::Variable:
    case Type::Dot:
    case Type::End:
        return noTermHere();
    }
    return noTermHere();
}

Parsed<Term> TermReader::literal()
{
    const Token token = m_token;
    if (auto ok = advance(); !ok)
        return std::unexpected(ok.error());
    Term::Data data = made(Term::Kind::Integer);
    if (token.type == Type::Atom) {
        data.kind = Term::Kind::Atom;
        data.bytes = token.text.toUtf8();
    } else if (token.type == Type::Float) {
        data.kind = Term::Kind::Float;
        data.real = token.real;
    } else if (token.type == Type::Char) {
        data.integer = token.code;
    } else {
        setInteger(data, token.digits);
    }
    return finish(std::move(data), token.range.begin);
}

Parsed<Term> TermReader::strings()
{
    const Token first = m_token;
    if (auto ok = advance(); !ok)
        return std::unexpected(ok.error());
    if (first.sigil == Token::Sigil::Binary) {
        Term::Data data = made(Term::Kind::Binary);
        data.bytes = first.text.toUtf8();
        return finish(std::move(data), first.range.begin);
    }
    Term::Data data = made(Term::Kind::String);
    data.text = first.text;
    while (first.sigil == Token::Sigil::None && m_token.type == Type::String &&
           m_token.sigil == Token::Sigil::None) {
        data.text += m_token.text;
        if (auto ok = advance(); !ok)
            return std::unexpected(ok.error());
    }
    return finish(std::move(data), first.range.begin);
}

// parse_term takes a sign before a number only, which may stand in parentheses: -(1), but not -(-1).
Parsed<Term> TermReader::signedNumber()
{
    const Token sign = m_token;
    if (auto ok = advance(); !ok)
        return std::unexpected(ok.error());
    int parentheses = 0;
    while (m_token.is("(")) {
        if (auto ok = open(")"); !ok)
            return std::unexpected(ok.error());
        ++parentheses;
    }
    if (m_token.type != Type::Integer && m_token.type != Type::Char && m_token.type != Type::Float)
        return error(sign.range, ReaderWords::signNeedsNumber(sign.spelling));
    auto number = literal();
    if (!number)
        return number;
    for (; parentheses > 0; --parentheses) {
        if (auto ok = close(); !ok)
            return std::unexpected(ok.error());
    }
    Term::Data data = number->data();
    if (sign.is("-")) {
        data.real = -data.real;
        if (!data.bytes.isEmpty())
            setInteger(data, QByteArray('-' + data.bytes));
        else
            data.integer = -data.integer;
    }
    return finish(std::move(data), sign.range.begin);
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
    if (m_token.is(m_open.constLast().closing))
        return items;
    while (true) {
        auto item = term();
        if (!item)
            return std::unexpected(std::move(item).error());
        items.append(*std::move(item));
        if (m_token.is(m_open.constLast().closing) || (barAllowed && m_token.is("|")))
            return items;
        if (!m_token.is(","))
            return unexpectedAfterElement();
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
    Term::Data data = made(Term::Kind::List);
    data.items = *std::move(items);
    if (m_token.is("|")) {
        if (auto ok = advance(); !ok)
            return std::unexpected(ok.error());
        const auto tail = term();
        if (!tail)
            return tail;
        const bool isCons = tail->isList() || tail->kind() == Term::Kind::List;
        data.items += isCons ? tail->items() : QList{*tail};
        data.improper = !tail->isList();
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
    Term::Data data = made(Term::Kind::Tuple);
    data.items = *std::move(items);
    return finish(std::move(data), begin);
}

Parsed<Term> TermReader::map()
{
    const Token hash = m_token;
    if (auto ok = advance(); !ok)
        return std::unexpected(ok.error());
    if (!m_token.is("{"))
        return error(hash.range, ReaderWords::recordInText());
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
    Term::Data data = made(Term::Kind::Map);
    data.items = mapItems(std::move(pairs));
    return finish(std::move(data), hash.range.begin);
}

Parsed<Term> TermReader::fun()
{
    const Token word = m_token;
    if (auto ok = advance(); !ok)
        return std::unexpected(ok.error());
    Term::Data data = made(Term::Kind::Fun);
    for (const QByteArrayView separator : {QByteArrayView(":"), QByteArrayView("/"), QByteArrayView()}) {
        const Type wanted = separator.isEmpty() ? Type::Integer : Type::Atom;
        if (m_token.type != wanted || (wanted == Type::Integer && m_token.digits.size() > 3))
            return error(word.range, ReaderWords::onlyExportedFuns());
        auto part = literal();
        if (!part)
            return part;
        data.items.append(*std::move(part));
        if (separator.isEmpty())
            break;
        if (!m_token.is(separator))
            return error(word.range, ReaderWords::onlyExportedFuns());
        if (auto ok = advance(); !ok)
            return std::unexpected(ok.error());
    }
    if (data.items.constLast().integerValue().value_or(0) > 255)
        return error(word.range, ReaderWords::onlyExportedFuns());
    return finish(std::move(data), word.range.begin);
}

} // namespace handover::erlang
