// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/loglines.h"

#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

constexpr qsizetype MaximumLine = 4000;
constexpr qsizetype MaximumSpoken = 64 * 1024;

[[nodiscard]] bool isHarmless(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return c == U'\t' || (category != QChar::Other_Control && category != QChar::Other_Format &&
                          category != QChar::Other_Surrogate && category != QChar::Separator_Line &&
                          category != QChar::Separator_Paragraph);
}

[[nodiscard]] QString escaped(char32_t c)
{
    const QString digits = QString::number(c, 16).toUpper();
    return c < 0x100 ? u"\\x"_s + digits.rightJustified(2, u'0') : u"\\u"_s + digits.rightJustified(4, u'0');
}

[[nodiscard]] QString shown(const QByteArray &line)
{
    const QString text = QString::fromUtf8(line);
    QString result;
    result.reserve(text.size());
    for (const char32_t c : text.toUcs4()) {
        if (isHarmless(c))
            result += QString::fromUcs4(&c, 1);
        else
            result += escaped(c);
    }
    return result;
}

} // namespace

QString spokenText(QByteArrayView output)
{
    LogLines lines;
    const QStringList whole = lines.feed(output.last(std::min(output.size(), MaximumSpoken)));
    return (whole + lines.finish()).join(u'\n').trimmed();
}

bool isPlain(QStringView text)
{
    return !text.contains(u'\t') && std::ranges::all_of(text.toUcs4(), isHarmless);
}

QStringList LogLines::feed(QByteArrayView bytes)
{
    QStringList lines;
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        const QByteArrayView piece = end < 0 ? bytes : bytes.first(end);
        const qsizetype room = std::min(MaximumLine - m_line.size(), piece.size());
        m_line += piece.first(room);
        m_left += piece.size() - room;
        if (end < 0)
            break;
        lines += takeLine();
        bytes = bytes.sliced(end + 1);
    }
    return lines;
}

QStringList LogLines::finish()
{
    return m_line.isEmpty() ? QStringList() : QStringList(takeLine());
}

QString LogLines::takeLine()
{
    if (m_left == 0 && m_line.endsWith('\r'))
        m_line.chop(1);
    QString line = shown(m_line);
    if (m_left > 0)
        line += u" … (%1 bytes more)"_s.arg(m_left);
    m_line.clear();
    m_left = 0;
    return line;
}

} // namespace handover::node
