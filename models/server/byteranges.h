// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QtTypes>

namespace handover::server {

struct ByteRange
{
    qint64 begin = 0;
    qint64 size = 0;

    [[nodiscard]] qint64 end() const noexcept { return begin + size; }
    friend bool operator==(const ByteRange &, const ByteRange &) = default;
};

/// Which bytes of a file are there: in order, apart from each other, none empty.
class ByteRanges
{
public:
    void add(ByteRange range);

    [[nodiscard]] const QList<ByteRange> &list() const noexcept { return m_list; }
    [[nodiscard]] bool isEmpty() const noexcept { return m_list.isEmpty(); }
    [[nodiscard]] qint64 bytes() const;  ///< in all
    [[nodiscard]] qint64 end() const;    ///< behind the last one
    [[nodiscard]] qint64 beginning() const; ///< bytes from the file's beginning, up to the first that is missing
    /// They are one piece from the file's beginning.
    [[nodiscard]] bool isBeginning() const { return m_list.size() == 1 && m_list.first().begin == 0; }
    /// What a file of `total` bytes lacks, in order.
    [[nodiscard]] QList<ByteRange> missing(qint64 total) const;

private:
    QList<ByteRange> m_list;
};

} // namespace handover::server
