// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/parser.h"

#include <QByteArrayView>

namespace handover::erlang {

/// Whether the first two lines hold a "coding: latin-1" comment (epp:read_encoding/1).
[[nodiscard]] bool isLatin1(QByteArrayView text);

/// A code point Erlang allows in strings, atoms and characters.
[[nodiscard]] constexpr bool isErlangChar(char32_t code) noexcept
{
    return code < 0xD800 || (code > 0xDFFF && code < 0xFFFE) || (code > 0xFFFF && code <= 0x10FFFF);
}
[[nodiscard]] constexpr bool isWhiteSpace(char32_t code) noexcept
{
    return code <= 0x20 || (code >= 0x80 && code <= 0xA0);
}

/// The text as code points, read one after the other. Bytes that are no UTF-8 come as NotUnicode.
class Source
{
public:
    static constexpr char32_t End = 0xFFFFFFFF;
    static constexpr char32_t NotUnicode = 0xFFFFFFFE;

    Source(QByteArrayView text, bool latin1, qsizetype offset)
        : m_text(text)
        , m_offset(offset)
        , m_latin1(latin1)
    {
    }

    [[nodiscard]] QByteArrayView text() const noexcept { return m_text; }
    [[nodiscard]] qsizetype offset() const noexcept { return m_offset; }
    void setOffset(qsizetype offset) noexcept { m_offset = offset; }
    [[nodiscard]] bool isLatin1() const noexcept { return m_latin1; }

    [[nodiscard]] char32_t peek() const { return asciiAhead() ? byteAhead() : decode(m_offset).code; }
    [[nodiscard]] char32_t peekSecond() const { return decode(decode(m_offset).next).code; }
    char32_t take()
    {
        if (asciiAhead())
            return static_cast<unsigned char>(m_text[m_offset++]);
        const Decoded decoded = decode(m_offset);
        m_offset = decoded.next;
        return decoded.code;
    }
    /// Takes the ASCII characters ahead that are wanted.
    template<typename Wanted>
    QByteArrayView takeAscii(Wanted wanted)
    {
        const qsizetype begin = m_offset;
        while (asciiAhead() && wanted(m_text[m_offset]))
            ++m_offset;
        return m_text.sliced(begin, m_offset - begin);
    }
    /// Whether the bytes ahead are these (ASCII).
    [[nodiscard]] bool ahead(QByteArrayView bytes) const { return m_text.sliced(m_offset).startsWith(bytes); }

private:
    struct Decoded
    {
        char32_t code;
        qsizetype next;
    };
    [[nodiscard]] Decoded decode(qsizetype at) const;
    [[nodiscard]] bool asciiAhead() const noexcept { return m_offset < m_text.size() && byteAhead() < 0x80; }
    [[nodiscard]] char32_t byteAhead() const noexcept { return static_cast<unsigned char>(m_text[m_offset]); }

    QByteArrayView m_text;
    qsizetype m_offset;
    bool m_latin1;
};

/// A SyntaxError at a piece of a text.
[[nodiscard]] std::unexpected<SyntaxError> syntaxError(QByteArrayView text, TextRange range, QString message);

} // namespace handover::erlang
