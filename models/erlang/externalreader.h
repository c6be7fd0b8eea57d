// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/externalterm.h"

#include <QHash>

#include <expected>
#include <optional>

namespace handover::erlang {

/// Reads a term in the external term format, without the version byte and unpacked.
class ExternalReader
{
public:
    struct Problem
    {
        QLatin1StringView what; ///< "a length goes beyond the end"
        qsizetype offset = 0;
    };
    template<typename T>
    using Read = std::expected<T, Problem>;

    ExternalReader(QByteArrayView bytes, const ExternalLimits &limits)
        : m_bytes(bytes)
        , m_limits(limits)
    {
    }

    [[nodiscard]] Read<Term> term();

private:
    enum class AtomText { Latin1, Utf8 };

    /// A term with parts, of which some are still missing. They are kept here and not on the stack:
    /// in the abstract code of a module a list of 5000 elements is nested 5000 deep.
    struct Open
    {
        Term::Kind kind = Term::Kind::Tuple;
        bool tail = false; ///< List: the part that is missing is the tail
        qint64 missing = 0;
        QList<Term> items;
    };
    using Part = std::optional<Term>; ///< a term, or nothing while there are parts of it to read

    [[nodiscard]] Read<Part> next(); ///< opens a term with parts
    [[nodiscard]] Read<Part> open(Term::Kind kind, qint64 parts);
    [[nodiscard]] Read<Part> close(); ///< the innermost open term, all parts of which are there
    [[nodiscard]] Read<Part> closeList();
    [[nodiscard]] Read<Term> map(QList<Term> pairs);
    [[nodiscard]] Read<Term> exportFun(QList<Term> items);
    [[nodiscard]] Read<qint64> claim(qint64 parts) const; ///< a number of parts that can follow

    [[nodiscard]] Read<Term> leaf(quint32 tag);
    [[nodiscard]] Read<Term> newFloat();
    [[nodiscard]] Read<Term> oldFloat();
    [[nodiscard]] Read<Term> bigInteger(int lengthBytes);
    [[nodiscard]] Read<Term> atom(QByteArrayView name, AtomText text);
    [[nodiscard]] Read<Term> bitstring();

    [[nodiscard]] Read<QByteArrayView> take(qsizetype count);
    [[nodiscard]] Read<quint32> number(int bytes);              ///< the most significant byte first
    [[nodiscard]] Read<QByteArrayView> counted(int lengthBytes) ///< a length, and as many bytes
    {
        return number(lengthBytes).and_then([this](quint32 length) { return take(length); });
    }
    [[nodiscard]] std::unexpected<Problem> problem(QLatin1StringView what) const
    {
        return std::unexpected(Problem{what, m_offset});
    }

    QByteArrayView m_bytes;
    ExternalLimits m_limits;
    qsizetype m_offset = 0;
    qsizetype m_terms = 0;
    QList<Open> m_open;
    qint64 m_bigWork = 0;                ///< spent on the digits of large integers
    QHash<QByteArrayView, Term> m_atoms; ///< by UTF-8: the same few come again and again
};

} // namespace handover::erlang
