// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/erlangtokens.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace handover::ui {
namespace {

using Kind = ErlangToken::Kind;
using Open = ErlangLineState::Open;

constexpr int MaximumDepth = 1000;
constexpr int MaximumQuotes = 255;

// The instructions of appup(4) and relup(4) and the words in their arguments; sorted.
constexpr auto words = std::to_array<std::string_view>({
    "add_application",
    "add_module",
    "advanced",
    "application",
    "apply",
    "brutal_purge",
    "code_change",
    "delete_module",
    "dynamic",
    "load",
    "load_module",
    "load_object_code",
    "m",
    "module",
    "permanent",
    "point_of_no_return",
    "post_purge",
    "pre_purge",
    "purge",
    "release",
    "remove",
    "remove_application",
    "remove_module",
    "restart_application",
    "restart_emulator",
    "restart_new_emulator",
    "resume",
    "soft",
    "soft_purge",
    "start",
    "static",
    "stop",
    "supervisor",
    "suspend",
    "sync_nodes",
    "temporary",
    "transient",
    "up",
    "update",
});
static_assert(std::ranges::is_sorted(words));

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isUpper(char c) { return (c >= 'A' && c <= 'Z') || c == '_'; }
// Bytes of letters beyond ASCII count as name letters: erl_scan takes Latin-1's, and a wrong colour
// for the rest harms nobody.
bool isName(char c)
{
    return isLower(c) || isUpper(c) || isDigit(c) || c == '@' || static_cast<unsigned char>(c) >= 0x80;
}

class Scanner
{
public:
    Scanner(QByteArrayView line, ErlangLineState &state)
        : m_line(line)
        , m_state(state)
    {
    }

    QList<ErlangToken> run()
    {
        resume();
        while (m_at < m_line.size())
            next();
        return std::move(m_tokens);
    }

private:
    [[nodiscard]] char at(qsizetype offset = 0) const
    {
        return m_at + offset < m_line.size() ? m_line[m_at + offset] : '\0';
    }

    void add(qsizetype begin, Kind kind)
    {
        if (m_at > begin)
            m_tokens.append({begin, m_at, kind});
    }

    template<typename Test>
    void skip(Test test)
    {
        while (m_at < m_line.size() && test(m_line[m_at]))
            ++m_at;
    }

    /// Goes behind the closing quote; false if the line ends before.
    bool skipQuoted(char quote, bool escapes)
    {
        while (m_at < m_line.size()) {
            const char c = m_line[m_at++];
            if (c == quote)
                return true;
            if (c == '\\' && escapes && m_at < m_line.size())
                ++m_at;
        }
        return false;
    }

    [[nodiscard]] qsizetype quoteRun() const
    {
        qsizetype count = 0;
        while (at(count) == '"')
            ++count;
        return count;
    }

    void resume()
    {
        switch (m_state.open) {
        case Open::Nothing:
            return;
        case Open::String:
        case Open::VerbatimString:
            if (skipQuoted('"', m_state.open == Open::String))
                m_state.open = Open::Nothing;
            return add(0, Kind::String);
        case Open::QuotedAtom:
            if (skipQuoted('\'', true))
                m_state.open = Open::Nothing;
            return add(0, Kind::QuotedAtom);
        case Open::TripleString:
            break;
        }
        // Ended only by as many quotes as began it, alone at the start of a line.
        skip([](char c) { return c == ' ' || c == '\t'; });
        if (quoteRun() >= m_state.quotes) {
            m_at += m_state.quotes;
            m_state.open = Open::Nothing;
            m_state.quotes = 0;
        } else {
            m_at = m_line.size();
        }
        add(0, Kind::String);
    }

    void next()
    {
        const qsizetype begin = m_at;
        const char c = at();
        if (c == ' ' || c == '\t' || c == '\r' || c == '\f') {
            ++m_at;
        } else if (c == '%') {
            m_at = m_line.size();
            add(begin, Kind::Comment);
        } else if (c == '"') {
            string(begin, true);
        } else if (c == '~') {
            sigil();
        } else if (c == '\'') {
            ++m_at;
            if (!skipQuoted('\'', true))
                m_state.open = Open::QuotedAtom;
            add(begin, Kind::QuotedAtom);
        } else if (c == '$') {
            character();
        } else if (isDigit(c)) {
            number();
        } else if (isUpper(c)) {
            skip(isName);
            add(begin, Kind::Variable);
        } else if (isName(c)) {
            skip(isName);
            const std::string_view name(m_line.data() + begin, std::size_t(m_at - begin));
            add(begin, std::ranges::binary_search(words, name) ? Kind::Word : Kind::Atom);
        } else if (c == '?' && isName(at(1))) {
            ++m_at;
            skip(isName);
            add(begin, Kind::Macro);
        } else {
            punctuation();
        }
    }

    void string(qsizetype begin, bool escapes)
    {
        const qsizetype quotes = quoteRun();
        if (quotes >= 3) {
            const QByteArrayView rest = m_line.sliced(m_at + quotes).trimmed();
            if (rest.isEmpty()) {
                m_at = m_line.size();
                m_state.open = Open::TripleString;
                m_state.quotes = int(std::min<qsizetype>(quotes, MaximumQuotes));
                return add(begin, Kind::String);
            }
        }
        ++m_at;
        if (!skipQuoted('"', escapes))
            m_state.open = escapes ? Open::String : Open::VerbatimString;
        add(begin, Kind::String);
    }

    void sigil()
    {
        const qsizetype begin = m_at;
        ++m_at;
        const char kind = at();
        if (kind != '"' && kind != '\0')
            ++m_at;
        if (at() == '"')
            return string(begin, kind != 'B' && kind != 'S');
        m_at = begin + 1;
        add(begin, Kind::Operator);
    }

    void character()
    {
        const qsizetype begin = m_at;
        ++m_at;
        if (at() == '\\') {
            ++m_at;
            if (at() == 'x' && at(1) == '{') {
                skip([](char c) { return c != '}'; });
            } else if (at() == '^') {
                ++m_at;
            }
        }
        // One code point, however many bytes it has.
        if (m_at < m_line.size())
            ++m_at;
        skip([](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; });
        add(begin, Kind::Number);
    }

    void number()
    {
        const qsizetype begin = m_at;
        const auto digits = [](char c) { return isDigit(c) || c == '_'; };
        skip(digits);
        if (at() == '#' && isName(at(1))) {
            ++m_at;
            skip(isName);
        } else if (at() == '.' && isDigit(at(1))) {
            ++m_at;
            skip(digits);
            const bool sign = at(1) == '-' || at(1) == '+';
            if ((at() == 'e' || at() == 'E') && isDigit(at(sign ? 2 : 1))) {
                m_at += sign ? 2 : 1;
                skip(isDigit);
            }
        }
        add(begin, Kind::Number);
    }

    void punctuation()
    {
        const qsizetype begin = m_at;
        const char c = at();
        const bool binary = (c == '<' || c == '>') && at(1) == c;
        m_at += binary ? 2 : 1;
        const bool opens = c == '(' || c == '[' || c == '{' || (binary && c == '<');
        const bool closes = c == ')' || c == ']' || c == '}' || (binary && c == '>');
        if (opens)
            m_state.depth = std::min(m_state.depth + 1, MaximumDepth);
        else if (closes)
            m_state.depth = std::max(m_state.depth - 1, 0);
        const bool known = std::string_view("()[]{},.;:=<>|+-*/#!?&").contains(c);
        add(begin, opens || closes ? Kind::Bracket : known ? Kind::Operator : Kind::Bad);
    }

    QByteArrayView m_line;
    ErlangLineState &m_state;
    qsizetype m_at = 0;
    QList<ErlangToken> m_tokens;
};

} // namespace

int ErlangLineState::packed() const { return static_cast<int>(open) | quotes << 4 | depth << 12; }

ErlangLineState ErlangLineState::unpacked(int value)
{
    return {static_cast<Open>(value & 0xF), (value >> 4) & 0xFF, value >> 12};
}

QList<ErlangToken> erlangTokens(QByteArrayView line, ErlangLineState &state)
{
    return Scanner(line, state).run();
}

} // namespace handover::ui
