// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QList>
#include <QPair>

namespace elfbytes {

/// A shared library that is made byte by byte, for machines whose compiler isn't here.
struct Library
{
    int bits = 64;
    bool bigEndian = false;
    int machine = 62;
    QByteArrayList needed = {};
    QByteArray soname = {};
    QByteArray runpath = {};
    QByteArray interpreter = {};
    QList<QPair<QByteArray, QByteArrayList>> versions = {}; ///< by library
};

class Writer
{
public:
    explicit Writer(const Library &library)
        : m_library(library)
    {
    }

    [[nodiscard]] QByteArray write()
    {
        const bool wide = m_library.bits == 64;
        const qsizetype headerSize = wide ? 64 : 52;
        const qsizetype segmentSize = wide ? 56 : 32;
        const qsizetype data = headerSize + 3 * segmentSize;
        QByteArray body; // behind the headers: interpreter, strings, versions, dynamic
        body += m_library.interpreter + '\0';
        const QByteArray versions = versionNeeds();
        QByteArray dynamic;
        for (const QByteArray &name : m_library.needed)
            dynamic += word(1) + word(string(name));
        if (!m_library.soname.isEmpty())
            dynamic += word(14) + word(string(m_library.soname));
        if (!m_library.runpath.isEmpty())
            dynamic += word(29) + word(string(m_library.runpath));
        while ((data + body.size()) % 8 != 0)
            body += '\0';
        const qsizetype versionsAt = data + body.size();
        body += versions;
        const qsizetype stringsAt = data + body.size();
        body += m_strings;
        while ((data + body.size()) % 8 != 0)
            body += '\0';
        if (!versions.isEmpty())
            dynamic += word(0x6ffffffe) + word(Address + versionsAt) + word(0x6fffffff) + word(m_library.versions.size());
        dynamic += word(5) + word(Address + stringsAt) + word(10) + word(m_strings.size()) + word(0) + word(0);
        const qsizetype dynamicAt = data + body.size();
        body += dynamic;
        const qsizetype size = data + body.size();

        QByteArray header("\177ELF", 4);
        header += static_cast<char>(wide ? 2 : 1);
        header += static_cast<char>(m_library.bigEndian ? 2 : 1);
        header += '\1' + QByteArray(9, '\0');
        header += half(3) + half(m_library.machine) + number(1, 4) + word(0) + word(headerSize) + word(0) + number(0, 4);
        header += half(headerSize) + half(segmentSize) + half(3) + half(wide ? 64 : 40) + half(0) + half(0);
        return header + segment(1, 0, size) + segment(m_library.interpreter.isEmpty() ? 0 : 3, data, m_library.interpreter.size() + 1) +
               segment(2, dynamicAt, dynamic.size()) + body;
    }

private:
    static constexpr qint64 Address = 0x10000;

    [[nodiscard]] QByteArray number(qint64 value, int size) const
    {
        QByteArray bytes;
        for (int i = 0; i < size; ++i) {
            const auto byte = static_cast<char>((value >> (8 * i)) & 0xff);
            m_library.bigEndian ? bytes.prepend(byte) : bytes.append(byte);
        }
        return bytes;
    }
    [[nodiscard]] QByteArray word(qint64 value) const { return number(value, m_library.bits / 8); }
    [[nodiscard]] QByteArray half(qint64 value) const { return number(value, 2); }

    [[nodiscard]] QByteArray segment(int type, qint64 offset, qint64 size) const
    {
        const QByteArray place = word(offset) + word(Address + offset) + word(Address + offset) + word(size) + word(size);
        const QByteArray flags = number(4, 4);
        const bool wide = m_library.bits == 64;
        return number(type, 4) + (wide ? flags : QByteArray()) + place + (wide ? QByteArray() : flags) + word(8);
    }

    [[nodiscard]] qint64 string(const QByteArray &text)
    {
        const qint64 at = m_strings.size();
        m_strings += text + '\0';
        return at;
    }

    [[nodiscard]] QByteArray versionNeeds()
    {
        QByteArray bytes;
        for (qsizetype i = 0; i < m_library.versions.size(); ++i) {
            const auto &[library, names] = m_library.versions[i];
            const bool last = i + 1 == m_library.versions.size();
            bytes += half(1) + half(names.size()) + number(string(library), 4) + number(16, 4) +
                     number(last ? 0 : 16 + 16 * names.size(), 4);
            for (qsizetype j = 0; j < names.size(); ++j)
                bytes += number(0, 4) + half(0) + half(j + 2) + number(string(names[j]), 4) +
                         number(j + 1 == names.size() ? 0 : 16, 4);
        }
        return bytes;
    }

    const Library m_library;
    QByteArray m_strings = QByteArray(1, '\0');
};

[[nodiscard]] inline QByteArray library(const Library &library) { return Writer(library).write(); }

} // namespace elfbytes
