// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/remotefiles.h"

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr qsizetype LongestName = 1024; // bytes; of 255 UTF-16 units there are up to 765

[[nodiscard]] QString hex(char32_t value, int digits) { return QString::number(value, 16).rightJustified(digits, u'0'); }

[[nodiscard]] QString escapedByte(char byte) { return u"\\x"_s + hex(static_cast<unsigned char>(byte), 2); }

[[nodiscard]] QString escaped(char32_t character)
{
    switch (character) {
    case '\\': return u"\\\\"_s;
    case '\n': return u"\\n"_s;
    case '\r': return u"\\r"_s;
    case '\t': return u"\\t"_s;
    default: return character < 0x80 ? u"\\x"_s + hex(character, 2) : u"\\u{%1}"_s.arg(hex(character, 4));
    }
}

[[nodiscard]] bool deceives(char32_t character)
{
    if (character == U'\\')
        return true; // else an escape could be the name itself
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    default: return false;
    }
}

// How many bytes at the beginning are one whole character; 0 if none is.
[[nodiscard]] qsizetype characterSize(QByteArrayView bytes)
{
    const auto first = static_cast<unsigned char>(bytes.front());
    const qsizetype size = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    return size <= bytes.size() && bytes.first(size).isValidUtf8() ? size : 0;
}

[[nodiscard]] QChar executable(quint32 mode, quint32 bit, quint32 special, QChar sign)
{
    const bool runs = (mode & bit) != 0;
    if (mode & special)
        return runs ? sign : sign.toUpper();
    return runs ? u'x' : u'-';
}

} // namespace

bool isEntryName(QByteArrayView name)
{
    return !name.isEmpty() && name.size() <= LongestName && name != "." && name != ".." && !name.contains('/') && !name.contains('\0');
}

QString shownName(QByteArrayView name)
{
    QString shown;
    while (!name.isEmpty()) {
        const qsizetype size = characterSize(name);
        if (size == 0) {
            shown += escapedByte(name.front());
            name = name.sliced(1);
            continue;
        }
        const QString character = QString::fromUtf8(name.first(size));
        const char32_t code = character.toUcs4().value(0);
        shown += deceives(code) ? escaped(code) : character;
        name = name.sliced(size);
    }
    return shown;
}

QString permissionsText(quint32 mode)
{
    const auto sign = [mode](quint32 bit, QChar c) { return (mode & bit) ? c : QChar(u'-'); };
    const QChar text[] = {sign(0400, u'r'), sign(0200, u'w'), executable(mode, 0100, 04000, u's'),
                          sign(0040, u'r'), sign(0020, u'w'), executable(mode, 0010, 02000, u's'),
                          sign(0004, u'r'), sign(0002, u'w'), executable(mode, 0001, 01000, u't')};
    return QString(text, std::size(text));
}

} // namespace handover::server
