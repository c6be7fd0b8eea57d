// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/editlines.h"

#include "models/erlang/layout.h"
#include "models/erlang/scanner.h"

#include <algorithm>

namespace handover::erlang {

namespace {

constexpr qsizetype TabWidth = 8;
constexpr qsizetype RightmostColumn = 40; // what goes further to the right is laid out as if it stood here

qsizetype columnBehind(QByteArrayView indentation)
{
    qsizetype column = 1;
    for (const char c : indentation)
        column = c == '\t' ? (column - 1) / TabWidth * TabWidth + TabWidth + 1 : column + 1;
    return column;
}

// What Latin-1 doesn't have can only stand in quoted atoms.
QByteArray toLatin1(const QByteArray &utf8)
{
    QByteArray out;
    for (const uint code : QString::fromUtf8(utf8).toUcs4()) {
        if (code < 256)
            out += static_cast<char>(code);
        else
            out += "\\x{" + QByteArray::number(code, 16) + '}';
    }
    return out;
}

bool isBlank(char c) { return static_cast<unsigned char>(c) <= ' ' && c != '\n'; }

} // namespace

bool isBlank(QByteArrayView text)
{
    return std::ranges::all_of(text, [](char c) { return isBlank(c); });
}

bool isSpace(QByteArrayView text)
{
    return std::ranges::all_of(text, [](char c) { return isBlank(c) || c == '\n'; });
}

qsizetype lineBegin(QByteArrayView text, qsizetype offset)
{
    return text.first(offset).lastIndexOf('\n') + 1;
}

qsizetype lineEnd(QByteArrayView text, qsizetype offset)
{
    const qsizetype end = text.indexOf('\n', offset);
    return end < 0 ? text.size() : end;
}

bool startsLine(QByteArrayView text, qsizetype offset)
{
    const qsizetype begin = lineBegin(text, offset);
    return isBlank(text.sliced(begin, offset - begin));
}

qsizetype skipBlanks(QByteArrayView text, qsizetype offset)
{
    while (offset < text.size() && isBlank(text[offset]))
        ++offset;
    return offset;
}

qsizetype commentEnd(QByteArrayView text, qsizetype offset)
{
    const qsizetype begin = skipBlanks(text, offset);
    if (begin == text.size() || text[begin] != '%')
        return offset;
    const qsizetype end = lineEnd(text, begin);
    return text[end - 1] == '\r' ? end - 1 : end;
}

QByteArray indentationTo(QByteArrayView text, qsizetype offset)
{
    const qsizetype begin = lineBegin(text, offset);
    const QByteArrayView before = text.sliced(begin, offset - begin);
    const QString line = isLatin1(text) ? QString::fromLatin1(before) : QString::fromUtf8(before);
    QByteArray indentation;
    for (const uint code : line.toUcs4())
        indentation += code == '\t' ? '\t' : ' ';
    return indentation;
}

QByteArray newlineOf(QByteArrayView text)
{
    return text.first(lineEnd(text, 0)).endsWith('\r') ? "\r\n" : "\n";
}

QByteArray spacingOf(QByteArrayView text)
{
    Scanner scanner(text, isLatin1(text));
    while (scanner.next() && scanner.token().type != Token::Type::End) {
        if (!scanner.token().is(","))
            continue;
        const qsizetype comma = scanner.token().range.end;
        const qsizetype behind = skipBlanks(text, comma);
        if (behind < text.size() && text[behind] != '\n' && text[behind] != '%')
            return text.sliced(comma, behind - comma).toByteArray();
    }
    return " ";
}

QByteArray printedFor(QByteArrayView text, const Term &term, const QByteArray &indentation)
{
    const qsizetype column = qMin(RightmostColumn, columnBehind(indentation));
    QByteArray printed = printPretty(term, column);
    if (isLatin1(text))
        printed = toLatin1(printed);
    const QByteArray laidOut = '\n' + QByteArray(column - 1, ' ');
    const QByteArray wanted = newlineOf(text) + indentation;
    return printed.replace(laidOut, wanted);
}

} // namespace handover::erlang
