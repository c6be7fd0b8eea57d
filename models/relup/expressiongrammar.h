// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/scanner.h"

namespace handover::relup {

/// Follows the grammar of erl_parse through the tokens of a text up to the first full stop and says
/// where it can't go on. erl_parse:parse_term/1 reads whole expressions before it asks whether they
/// are terms, so that {a, X + f(b)} is no syntax error but a "bad term".
class ExpressionGrammar
{
public:
    enum class Outcome {
        Unscannable, ///< a token can't be read, before or behind a syntax error
        Empty,
        SyntaxError, ///< at token()
        BadSigil,    ///< token() is one that Erlang doesn't have
        Expression,  ///< no term, but the grammar is content; token() is the first of what is no term
    };

    explicit ExpressionGrammar(QByteArrayView text);

    [[nodiscard]] Outcome run();
    [[nodiscard]] const erlang::Token &token() const noexcept { return m_token; }

private:
    using Token = erlang::Token;

    // Each gives false when it can't go on, at m_token.
    bool expressions();
    bool expression();
    bool operand();      ///< an expression without operators around it
    bool plainOperand(); ///< the same without call, remote and record access
    bool strings();
    bool list();
    bool binary();
    bool segment();
    bool mapOrRecord();
    bool mapFields();
    bool fields();
    bool generators();
    bool arguments();
    bool fun();
    bool block();
    bool afterFirst(); ///< what may follow the first expression of the text

    void advance();
    bool take(QByteArrayView spelling); ///< goes over it if it stands here
    bool takeType(Token::Type type);
    bool isOperator() const;
    bool isComparison() const;
    bool isPrefix() const;
    bool stop(); ///< from here on the grammar isn't known; nothing is taken for wrong
    void scanToDot();

    erlang::Scanner m_scanner;
    Token m_token;
    Token m_first;
    qsizetype m_lastBegin = 0;
    int m_depth = 0;
    bool m_badSigil = false;
    bool m_unknown = false;
    bool m_unscannable = false;
};

} // namespace handover::relup
