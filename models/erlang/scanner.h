// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/source.h"

namespace handover::erlang {

/// A word of the language with its value.
struct Token
{
    enum class Type { End, Dot, Atom, Reserved, Variable, Integer, Char, Float, String, Punctuation };
    enum class Sigil { None, String, Binary };

    Type type = Type::End;
    Sigil sigil = Sigil::None; ///< of a String: written with ~, and what that makes
    TextRange range;
    QByteArrayView spelling; ///< as it stands in the text
    QString text;            ///< String: the characters; Atom: the name
    QByteArray digits;       ///< Integer: decimal, canonical
    char32_t code = 0;       ///< Char
    double real = 0;         ///< Float

    [[nodiscard]] bool is(QByteArrayView punctuation) const
    {
        return type == Type::Punctuation && spelling == punctuation;
    }
};

/// Cuts a text into tokens as erl_scan of OTP 27 does; comments and white space are passed over.
class Scanner
{
public:
    Scanner(QByteArrayView text, bool latin1)
        : m_source(text, latin1)
    {
    }

    [[nodiscard]] Parsed<Token> next();

private:
    using Codes = QList<char32_t>;

    [[nodiscard]] Parsed<Token> scan();
    [[nodiscard]] Parsed<Token> scanName(Token::Type type);
    [[nodiscard]] Parsed<Token> scanQuotedAtom();
    [[nodiscard]] Parsed<Token> scanNumber();
    [[nodiscard]] Parsed<Token> scanBased(const QByteArray &base);
    [[nodiscard]] Parsed<Token> scanFloat(QByteArray digits);
    [[nodiscard]] Parsed<Token> scanChar();
    [[nodiscard]] Parsed<Token> scanPunctuation();
    // strings: scannerstrings.cpp
    [[nodiscard]] Parsed<Token> scanString();
    [[nodiscard]] Parsed<Token> scanSigil();
    [[nodiscard]] Parsed<Token> finishString(Token token);
    [[nodiscard]] Parsed<QString> scanUntil(char32_t end, bool verbatim, const QString &what);
    [[nodiscard]] Parsed<QString> scanTripleQuoted(bool verbatim);
    [[nodiscard]] Parsed<QString> unindented(const QList<Codes> &lines, const Codes &indent,
                                             qsizetype openingEnd);
    [[nodiscard]] Parsed<char32_t> scanEscape();

    [[nodiscard]] QByteArray takeDigits(uint base);
    [[nodiscard]] QByteArray takeNamePart();
    [[nodiscard]] bool skipBlanks();
    [[nodiscard]] Token token(Token::Type type) const;
    [[nodiscard]] std::unexpected<SyntaxError>
    error(QString message) const; ///< from the token's begin to here
    [[nodiscard]] std::unexpected<SyntaxError> errorHere(qsizetype begin, QString message) const;

    Source m_source;
    qsizetype m_begin = 0; ///< of the token being read
};

} // namespace handover::erlang
