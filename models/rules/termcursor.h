// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <optional>

namespace handover::rules {

/// Walks over terms in the external format without making them. Whatever the bytes are, it stays within
/// them; after a failure it stands somewhere and should not be used any more.
class TermCursor
{
public:
    explicit TermCursor(QByteArrayView bytes, qsizetype at = 0)
        : m_bytes(bytes)
        , m_at(at)
    {
    }

    [[nodiscard]] qsizetype at() const noexcept { return m_at; }
    [[nodiscard]] bool skip(); ///< one term with all its parts
    [[nodiscard]] std::optional<qsizetype> enterTuple(); ///< the number of elements; stands before the first
    [[nodiscard]] std::optional<qsizetype> enterList();  ///< likewise; behind them comes the tail
    [[nodiscard]] std::optional<QByteArrayView> atom();
    [[nodiscard]] std::optional<qint64> smallInteger();

private:
    [[nodiscard]] std::optional<quint32> number(int bytes); ///< 1, 2 or 4, the most significant first
    [[nodiscard]] bool pass(qsizetype count);
    [[nodiscard]] bool passCounted(int lengthBytes, qsizetype more = 0); ///< a length and as many bytes
    [[nodiscard]] std::optional<qint64> parts(); ///< passes the head of a term; how many terms its parts are
    [[nodiscard]] qint64 skipSmall(qint64 missing); ///< skips small ones; how many are still missing

    QByteArrayView m_bytes;
    qsizetype m_at = 0;
};

} // namespace handover::rules
