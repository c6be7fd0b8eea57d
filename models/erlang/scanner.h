// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/source.h"

namespace handover::erlang {

/// A word of the language with its value.
struct Token
{
    enum class Type { End, Dot, Atom, Reserved, Variable, Integer, Char, Float, String, Punctuation };
    enum class Sigil {
        None,
        String,
        Binary,
        Unknown,  ///< no such prefix; the scanner leaves it to the parser to object
        Suffixed, ///< a name stands directly behind the string; the same
    };

    Type type = Type::End;
    Sigil sigil = Sigil::None; ///< of a String: written with ~, and what that makes
    TextRange range;
    QByteArrayView spelling; ///< as it stands in the text
    qint64 integer = 0;      ///< Integer, unless bytes holds it; Char: the code point
    double real = 0;         ///< Float
    QByteArray bytes; ///< Atom: the name in UTF-8; Integer: the decimal digits, canonical, of one that needs
                      ///< more than 64 bits
    QString text;     ///< String: the characters

    [[nodiscard]] bool is(QByteArrayView punctuation) const
    {
        return type == Type::Punctuation && spelling == punctuation;
    }
};

/// Cuts a text into tokens as erl_scan of OTP 27 does; comments and white space are passed over.
class Scanner
{
public:
    Scanner(QByteArrayView text, bool latin1, qsizetype offset = 0)
        : m_source(text, latin1, offset)
    {
    }
    Scanner(const Scanner &) = delete;
    Scanner &operator=(const Scanner &) = delete;

    /// Goes on to the next token; the last one is End. After an error the token is what it was.
    [[nodiscard]] Parsed<void> next();
    /// The token read last; its values may be moved away.
    [[nodiscard]] Token &token() noexcept { return m_token; }

private:
    using Codes = QList<char32_t>;

    [[nodiscard]] Parsed<void> scan();
    [[nodiscard]] Parsed<void> scanName(Token::Type type);
    [[nodiscard]] Parsed<void> scanQuotedAtom();
    [[nodiscard]] Parsed<void> scanNumber();
    [[nodiscard]] Parsed<void> scanBased(const QByteArray &base);
    [[nodiscard]] Parsed<void> scanFloat(QByteArray digits);
    [[nodiscard]] Parsed<void> scanChar();
    [[nodiscard]] Parsed<void> scanPunctuation();
    // strings: scannerstrings.cpp
    [[nodiscard]] Parsed<void> scanString();
    [[nodiscard]] Parsed<void> scanSigil();
    [[nodiscard]] Parsed<void> finishString(QString text, Token::Sigil sigil, bool suffixed = false);
    [[nodiscard]] Parsed<QString> scanUntil(char end, bool verbatim, QString (*what)());
    [[nodiscard]] Parsed<QString> scanTripleQuoted(bool verbatim);
    [[nodiscard]] Parsed<QString> unindented(const QList<Codes> &lines, const Codes &indent,
                                             qsizetype openingEnd);
    [[nodiscard]] Parsed<char32_t> scanEscape();

    [[nodiscard]] QByteArray takeDigits(uint base);
    [[nodiscard]] QByteArrayView takeNamePart();
    [[nodiscard]] bool skipBlanks();
    [[nodiscard]] bool skipComment();
    Parsed<void> finish(Token::Type type); ///< what was taken is a token
    Parsed<void> finishInteger(const QByteArray &decimal);
    [[nodiscard]] std::unexpected<SyntaxError>
    error(QString message) const; ///< from the token's begin to here
    [[nodiscard]] std::unexpected<SyntaxError> errorHere(qsizetype begin, QString message) const;

    Source m_source;
    Token m_token;
    qsizetype m_begin = 0; ///< of the token being read
};

} // namespace handover::erlang
