// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/rootowner.h"

#include <algorithm>
#include <numeric>

namespace handover::package {

namespace {

// ustar, POSIX.1-2017 pax(1): offsets and lengths of fields in a header of 512 bytes
constexpr qsizetype TarBlock = 512;
constexpr qsizetype UserId = 108;
constexpr qsizetype GroupId = 116;
constexpr qsizetype IdLength = 8;
constexpr qsizetype Size = 124;
constexpr qsizetype SizeLength = 12;
constexpr qsizetype CheckSum = 148;
constexpr qsizetype CheckSumLength = 8;

void setOwner(QByteArray &header)
{
    const QByteArray zero("0000000\0", IdLength);
    header.replace(UserId, IdLength, zero);
    header.replace(GroupId, IdLength, zero);
    header.replace(CheckSum, CheckSumLength, QByteArray(CheckSumLength, ' '));
    const uint sum = std::accumulate(header.cbegin(), header.cend(), 0U, [](uint before, char byte) {
        return before + static_cast<uchar>(byte);
    });
    QByteArray digits = QByteArray::number(sum, 8).rightJustified(6, '0');
    digits.append('\0');
    header.replace(CheckSum, digits.size(), digits);
}

/// Contents fill whole blocks.
qint64 contentsBehind(const QByteArray &header)
{
    QByteArray digits = header.mid(Size, SizeLength);
    digits.truncate(qstrnlen(digits.constData(), static_cast<size_t>(digits.size())));
    const qint64 size = digits.trimmed().toLongLong(nullptr, 8);
    return (size + TarBlock - 1) / TarBlock * TarBlock;
}

} // namespace

qint64 RootOwner::writeData(const char *data, qint64 size)
{
    QByteArrayView rest(data, size);
    while (!rest.isEmpty()) {
        if (m_contents > 0) {
            const QByteArrayView part = rest.first(std::min<qint64>(rest.size(), m_contents));
            if (m_target->write(part.data(), part.size()) != part.size())
                return -1;
            m_contents -= part.size();
            rest = rest.sliced(part.size());
            continue;
        }
        const QByteArrayView part = rest.first(std::min(rest.size(), TarBlock - m_header.size()));
        m_header.append(part);
        rest = rest.sliced(part.size());
        if (m_header.size() < TarBlock)
            break;
        if (m_header.count('\0') != TarBlock) { // the end mark is all zeros
            m_contents = contentsBehind(m_header);
            setOwner(m_header);
        }
        if (m_target->write(m_header) != TarBlock)
            return -1;
        m_header.clear();
    }
    return size;
}

} // namespace handover::package
