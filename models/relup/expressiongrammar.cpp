// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/expressiongrammar.h"

#include <algorithm>
#include <array>

namespace handover::relup {

namespace {

using Type = erlang::Token::Type;

constexpr int DeepestNesting = 500;

constexpr std::array Comparisons{"==", "/=", "=<", "<", ">=", ">", "=:=", "=/="};
constexpr std::array Operators{"=",  "!",    "++",  "--",  "+",   "-",   "*",   "/",    "div",     "rem",
                               "or", "band", "and", "bor", "xor", "bsl", "bsr", "bxor", "andalso", "orelse"};
constexpr std::array Prefixes{"+", "-", "bnot", "not", "catch"};

class Nesting
{
public:
    explicit Nesting(int &depth)
        : m_depth(depth)
    {
        ++m_depth;
    }
    ~Nesting() { --m_depth; }
    Q_DISABLE_COPY_MOVE(Nesting)

private:
    int &m_depth;
};

template<typename Table>
bool isOneOf(const Table &table, const erlang::Token &token)
{
    return (token.type == Type::Punctuation || token.type == Type::Reserved) &&
           std::ranges::find(table, token.spelling) != table.end();
}

} // namespace

ExpressionGrammar::ExpressionGrammar(QByteArrayView text)
    : m_scanner(text, erlang::isLatin1(text))
{
}

ExpressionGrammar::Outcome ExpressionGrammar::run()
{
    advance();
    if (m_token.type == Type::End)
        return m_unscannable ? Outcome::Unscannable : Outcome::Empty;
    m_first = m_token;
    const bool whole = expression() && afterFirst() && m_token.type == Type::Dot;
    const Token wrong = m_token;
    scanToDot();
    if (m_unscannable)
        return Outcome::Unscannable;
    if (m_badSigil) {
        m_token = wrong;
        return Outcome::BadSigil;
    }
    m_token = whole || m_unknown ? m_first : wrong;
    return whole || m_unknown ? Outcome::Expression : Outcome::SyntaxError;
}

// "a, b." is a function body of two expressions, and the second is one too many; "a; f()" begins
// another clause of the function.
bool ExpressionGrammar::afterFirst()
{
    if (take(",")) {
        m_first = m_token;
        return expressions();
    }
    if (take(";"))
        return takeType(Type::Atom) && take("(") && stop();
    return true;
}

void ExpressionGrammar::advance()
{
    if (m_token.type != Type::End)
        m_lastBegin = m_token.range.begin;
    if (m_scanner.next()) {
        m_token = m_scanner.token();
    } else {
        m_unscannable = true;
        m_token = {};
    }
    if (m_token.type == Type::End)
        m_token.range = {m_lastBegin, m_lastBegin}; // where OTP says that the end is
}

void ExpressionGrammar::scanToDot()
{
    while (!m_unscannable && m_token.type != Type::Dot && m_token.type != Type::End)
        advance();
}

bool ExpressionGrammar::take(QByteArrayView spelling)
{
    if ((m_token.type != Type::Punctuation && m_token.type != Type::Reserved) || m_token.spelling != spelling)
        return false;
    advance();
    return true;
}

bool ExpressionGrammar::takeType(Type type)
{
    if (m_token.type != type)
        return false;
    advance();
    return true;
}

bool ExpressionGrammar::stop()
{
    m_unknown = true;
    return false;
}

bool ExpressionGrammar::isOperator() const { return isOneOf(Operators, m_token); }
bool ExpressionGrammar::isComparison() const { return isOneOf(Comparisons, m_token); }
bool ExpressionGrammar::isPrefix() const { return isOneOf(Prefixes, m_token); }

bool ExpressionGrammar::expressions()
{
    do {
        if (!expression())
            return false;
    } while (take(","));
    return true;
}

bool ExpressionGrammar::expression()
{
    const Nesting nesting(m_depth);
    if (m_depth > DeepestNesting)
        return stop();
    bool compared = false; // a < b < c is no expression
    while (true) {
        while (isPrefix())
            advance();
        if (!operand())
            return false;
        if (isComparison() && !compared) {
            compared = true;
        } else if (isOperator()) {
            static constexpr std::array weaker{"=", "!", "andalso", "orelse"};
            compared = compared && !isOneOf(weaker, m_token);
        } else {
            break;
        }
        advance();
    }
    return true;
}

bool ExpressionGrammar::operand()
{
    if (take("#")) {
        if (!mapOrRecord())
            return false;
    } else {
        if (!plainOperand())
            return false;
        const bool remote = take(":");
        if (remote && !plainOperand())
            return false;
        if (take("("))
            return arguments();
        if (remote)
            return true;
    }
    while (take("#")) {
        if (!mapOrRecord())
            return false;
    }
    return true;
}

bool ExpressionGrammar::plainOperand()
{
    switch (m_token.type) {
    case Type::Variable:
    case Type::Atom:
    case Type::Integer:
    case Type::Char:
    case Type::Float:
        advance();
        return true;
    case Type::String:
        return strings();
    case Type::Reserved:
        return take("fun") ? fun() : block();
    case Type::Punctuation:
        if (take("["))
            return list();
        if (take("{"))
            return take("}") || (expressions() && take("}"));
        if (take("<<"))
            return binary();
        if (take("#")) // where a map may not stand, a comprehension may
            return take("{") && expression() && take("=>") && expression() && take("||") && generators() &&
                   take("}");
        return take("(") && expression() && take(")");
    case Type::Dot:
    case Type::End:
        return false;
    }
    return false;
}

bool ExpressionGrammar::strings()
{
    if (m_token.sigil == Token::Sigil::Unknown || m_token.sigil == Token::Sigil::Suffixed) {
        m_badSigil = true;
        return false;
    }
    if (m_token.sigil != Token::Sigil::None) {
        advance();
        return true;
    }
    while (m_token.type == Type::String && m_token.sigil == Token::Sigil::None)
        advance();
    return true;
}

bool ExpressionGrammar::list()
{
    if (take("]"))
        return true;
    if (!expression())
        return false;
    if (take("||"))
        return generators() && take("]");
    while (take(",")) {
        if (!expression())
            return false;
    }
    if (take("|") && !expression())
        return false;
    return take("]");
}

bool ExpressionGrammar::generators()
{
    do {
        if (!expression())
            return false;
        if (take(":=") && !(expression() && m_token.is("<-")))
            return false;
        if ((take("<-") || take("<=")) && !expression())
            return false;
    } while (take(","));
    return true;
}

bool ExpressionGrammar::binary()
{
    if (take(">>"))
        return true;
    if (!segment())
        return false;
    if (take("||"))
        return generators() && take(">>");
    while (take(",")) {
        if (!segment())
            return false;
    }
    return take(">>");
}

bool ExpressionGrammar::segment()
{
    const Nesting nesting(m_depth);
    if (m_depth > DeepestNesting)
        return stop();
    if (isPrefix() && m_token.spelling != "catch")
        advance();
    if (!plainOperand() || (take(":") && !plainOperand()))
        return false;
    if (!take("/"))
        return true;
    do {
        if (!takeType(Type::Atom) || (take(":") && !takeType(Type::Integer)))
            return false;
    } while (take("-"));
    return true;
}

// Behind '#'.
bool ExpressionGrammar::mapOrRecord()
{
    if (take("{"))
        return take("}") || mapFields();
    if (!takeType(Type::Atom))
        return false;
    if (take("."))
        return takeType(Type::Atom);
    return take("{") && (take("}") || fields());
}

bool ExpressionGrammar::mapFields()
{
    do {
        if (!expression() || !(take("=>") || take(":=")) || !expression())
            return false;
        if (take("||"))
            return generators() && take("}");
    } while (take(","));
    return take("}");
}

bool ExpressionGrammar::fields()
{
    do {
        if (!(takeType(Type::Atom) || takeType(Type::Variable)) || !take("=") || !expression())
            return false;
    } while (take(","));
    return take("}");
}

// Behind '('.
bool ExpressionGrammar::arguments() { return take(")") || (expressions() && take(")")); }

bool ExpressionGrammar::fun()
{
    if (m_token.is("("))
        return stop();
    const bool atom = m_token.type == Type::Atom;
    if (!takeType(Type::Atom) && !takeType(Type::Variable))
        return false;
    if (!atom && m_token.is("("))
        return stop();
    if (atom && take("/"))
        return takeType(Type::Integer);
    return take(":") && (takeType(Type::Atom) || takeType(Type::Variable)) && take("/") &&
           (takeType(Type::Integer) || takeType(Type::Variable));
}

bool ExpressionGrammar::block()
{
    if (take("begin"))
        return expressions() && take("end");
    if (take("case"))
        return expression() && take("of") && stop();
    if (take("if")) {
        do {
            if (!expressions())
                return false;
        } while (take(";"));
        return take("->") && stop();
    }
    if (take("receive"))
        return (take("after") || (expression() && (take("->") || take("when")))) && stop();
    if (take("try"))
        return expressions() && (take("of") || take("catch") || take("after")) && stop();
    if (take("maybe"))
        return expressions() && (take("end") || ((take("?=") || take("else")) && stop()));
    return false;
}

} // namespace handover::relup
