// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/bits.h"
#include "models/erlang/scanner.h"

namespace handover::erlang {

/// Reads terms from tokens: the grammar of erl_parse:parse_term/1, one token ahead.
class TermReader
{
public:
    TermReader(QByteArrayView text, const Limits &limits);

    /// The next term with its full stop; nothing at the end of the text.
    [[nodiscard]] Parsed<std::optional<Term>> readWithDot();
    /// The only term of the text, with or without full stop.
    [[nodiscard]] Parsed<Term> readBare();

private:
    struct Bracket
    {
        TextRange range;
        QByteArrayView closing; // a literal
    };

    [[nodiscard]] Parsed<Term> term();
    [[nodiscard]] Parsed<Term> bracketed();
    [[nodiscard]] Parsed<Term> literal();
    [[nodiscard]] Parsed<Term> strings();
    [[nodiscard]] Parsed<Term> signedNumber();
    [[nodiscard]] Parsed<Term> parenthesised();
    [[nodiscard]] Parsed<Term> list();
    [[nodiscard]] Parsed<Term> tuple();
    [[nodiscard]] Parsed<Term> map();
    [[nodiscard]] Parsed<Term> fun();
    [[nodiscard]] Parsed<Term> binary();
    [[nodiscard]] Parsed<SegmentSpec> segmentSpec();

    /// Elements up to the closing bracket, or up to a '|' where allowed. The opening one is taken.
    [[nodiscard]] Parsed<QList<Term>> elements(bool barAllowed);
    [[nodiscard]] Parsed<Token> expect(Token::Type type, const QString &what);
    [[nodiscard]] Parsed<void> expectPunctuation(QByteArrayView spelling);
    [[nodiscard]] Parsed<void> open(QByteArrayView closing); ///< takes an opening bracket
    [[nodiscard]] Parsed<void> close();                      ///< takes the closing one
    [[nodiscard]] Parsed<void> advance();

    [[nodiscard]] std::unexpected<SyntaxError> noTermHere() const;
    [[nodiscard]] std::unexpected<SyntaxError> unexpectedAfterElement() const;
    [[nodiscard]] std::unexpected<SyntaxError> unclosed() const;
    [[nodiscard]] std::unexpected<SyntaxError> error(TextRange range, QString message) const;
    [[nodiscard]] bool startsTerm() const;
    [[nodiscard]] Parsed<Term> finish(std::shared_ptr<Term::Data> data, qsizetype begin);

    Scanner m_scanner;
    Token &m_token; // the scanner's
    QByteArrayView m_text;
    Limits m_limits;
    qsizetype m_lastEnd = 0; ///< of the token taken last
    qsizetype m_terms = 0;
    qint64 m_binaryBits = 0; ///< made so far: sizes of segments let a short text ask for much memory
    QList<Bracket> m_open;
};

} // namespace handover::erlang
