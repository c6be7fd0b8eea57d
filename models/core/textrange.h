// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QtTypes>

namespace handover {

/// A piece of a text in UTF-8: offsets count bytes from 0, the end is exclusive.
struct TextRange
{
    qsizetype begin = 0;
    qsizetype end = 0;

    [[nodiscard]] constexpr qsizetype size() const noexcept { return end - begin; }
    [[nodiscard]] constexpr bool isEmpty() const noexcept { return end <= begin; }
    /// The end counts as inside: a caret behind the last character still touches the range.
    [[nodiscard]] constexpr bool touches(qsizetype offset) const noexcept { return offset >= begin && offset <= end; }
    friend bool operator==(const TextRange &, const TextRange &) = default;
};

/// A place for people: lines and columns count from 1, columns count code points.
struct TextPlace
{
    int line = 1;
    int column = 1;
    friend bool operator==(const TextPlace &, const TextPlace &) = default;
};

/// The place of a byte offset; an offset past the end gives the end.
[[nodiscard]] TextPlace placeOf(QByteArrayView text, qsizetype offset);

/// A replacement of one range. Structured edits of a document are lists of these.
struct TextEdit
{
    TextRange range;
    QByteArray replacement;
    friend bool operator==(const TextEdit &, const TextEdit &) = default;
};

} // namespace handover
