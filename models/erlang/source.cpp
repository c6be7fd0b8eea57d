// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/source.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace handover::erlang {

bool isLatin1(QByteArrayView text)
{
    qsizetype begin = 0;
    for (int line = 0; line < 2 && begin < text.size(); ++line) {
        qsizetype end = text.indexOf('\n', begin);
        if (end < 0)
            end = text.size();
        const QByteArrayView comment = text.sliced(begin, qMin(end - begin, 1000));
        if (comment.contains("coding")) {
            static const QRegularExpression coding(u"%.*?coding[ \\t]*[:=][ \\t]*([-a-zA-Z0-9]+)"_s);
            const auto match = coding.match(QString::fromLatin1(comment));
            if (match.hasMatch())
                return match.captured(1).compare("latin-1"_L1, Qt::CaseInsensitive) == 0;
        }
        begin = end + 1;
    }
    return false;
}

Source::Decoded Source::decode(qsizetype at) const
{
    if (at >= m_text.size())
        return {End, m_text.size()};
    const auto byte = [this](qsizetype index) -> char32_t {
        return index < m_text.size() ? static_cast<unsigned char>(m_text[index]) : 0;
    };
    const char32_t first = byte(at);
    if (first < 0x80 || m_latin1)
        return {first, at + 1};
    const int length = first >= 0xF0 ? 4 : (first >= 0xE0 ? 3 : 2);
    if (first < 0xC2 || first > 0xF4)
        return {NotUnicode, at + 1};
    char32_t code = first & (0xFFU >> (length + 1));
    for (int i = 1; i < length; ++i) {
        const char32_t next = byte(at + i);
        if ((next & 0xC0U) != 0x80U)
            return {NotUnicode, at + 1};
        code = (code << 6U) | (next & 0x3FU);
    }
    static constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < smallest[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return {NotUnicode, at + 1};
    return {code, at + length};
}

std::unexpected<SyntaxError> syntaxError(QByteArrayView text, TextRange range, QString message)
{
    return std::unexpected(SyntaxError{std::move(message), range, placeOf(text, range.begin)});
}

} // namespace handover::erlang
