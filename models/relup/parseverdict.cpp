// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/parseverdict.h"

#include "models/relup/expressiongrammar.h"

#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

using erlang::Term;
using erlang::Token;

QString quoted(const QString &text)
{
    QString result;
    for (const QChar unit : text) {
        if (unit == u'"' || unit == u'\\')
            result += u'\\';
        result += unit == u'\n' ? u"\\n"_s : unit == u'\t' ? u"\\t"_s : QString(unit);
    }
    return u'"' + result + u'"';
}

QString spelling(const Token &token)
{
    switch (token.type) {
    case Token::Type::Atom:
        return QString::fromUtf8(Term::atom(token.bytes).print());
    case Token::Type::Integer:
        return token.bytes.isEmpty() ? QString::number(token.integer) : QString::fromUtf8(token.bytes);
    case Token::Type::String:
        return quoted(token.text);
    case Token::Type::Char:
    case Token::Type::Float:
    case Token::Type::Variable:
        return QString::fromUtf8(token.spelling);
    case Token::Type::Dot:
        return u"'.'"_s;
    case Token::Type::Reserved:
    case Token::Type::Punctuation:
        return u'\'' + QString::fromUtf8(token.spelling) + u'\'';
    case Token::Type::End:
        return {};
    }
    return {};
}

// What OTP names a token by; a sigil by its prefix, in a list.
Term named(const Token &token)
{
    if (token.type != Token::Type::String || token.sigil == Token::Sigil::None)
        return Term::string(spelling(token));
    const auto isDelimiter = [](char c) { return QByteArrayView("([{</|#`'\"").contains(c); };
    const auto end = std::ranges::find_if(token.spelling, isDelimiter);
    const QByteArray prefix(token.spelling.begin() + 1, std::distance(token.spelling.begin(), end) - 1);
    return Term::list({Term::string(QString::fromUtf8(Term::atom(prefix).print()))});
}

// Whether the text begins with bytes that can't become a character, however it goes on. A character
// that the end of the text cuts off is something else.
bool beginsWithGarbage(QByteArrayView text)
{
    if (text.isEmpty() || static_cast<unsigned char>(text.front()) < 0x80 || erlang::isLatin1(text))
        return false;
    const QByteArrayView first = text.first(qMin<qsizetype>(text.size(), 4));
    for (qsizetype length = 1; length <= first.size(); ++length) {
        QStringDecoder decode(QStringDecoder::Utf8);
        const QString decoded = decode(first.first(length));
        if (decode.hasError())
            return true;
        if (!decoded.isEmpty())
            return false;
    }
    return false;
}

} // namespace

ParseVerdict parseVerdict(QByteArrayView text)
{
    using Kind = ParseVerdict::Kind;
    if (beginsWithGarbage(text))
        return {Kind::Crash, 1, {}};
    ExpressionGrammar grammar(text);
    const auto outcome = grammar.run();
    const int line = placeOf(text, grammar.token().range.begin).line;
    switch (outcome) {
    case ExpressionGrammar::Outcome::Unscannable:
    case ExpressionGrammar::Outcome::Empty:
        break;
    case ExpressionGrammar::Outcome::SyntaxError:
        return {
            Kind::Parse, line,
            Term::list({Term::string(u"syntax error before: "_s), named(grammar.token())})};
    case ExpressionGrammar::Outcome::BadSigil: {
        const bool suffix = grammar.token().sigil == Token::Sigil::Suffixed;
        return {Kind::Parse, suffix ? placeOf(text, grammar.token().range.end).line : line,
                Term::string(suffix ? u"illegal sigil suffix"_s : u"illegal sigil prefix"_s)};
    }
    case ExpressionGrammar::Outcome::Expression:
        return {Kind::Parse, line, Term::string(u"bad term"_s)};
    }
    return {Kind::Read, 1, {}};
}

} // namespace handover::relup
