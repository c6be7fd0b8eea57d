// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/textrange.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace handover::erlang {

/// An Erlang term as a value, with the place it was read from. Cheap to copy.
/// A string literal is a kind of its own although Erlang only knows lists; equality and the
/// accessors treat "ab", [$a, $b] and [97, 98] alike, as Erlang does. Integers are exact.
class Term
{
public:
    enum class Kind { Atom, Integer, Float, String, Binary, Bitstring, List, Tuple, Map, Fun };

    Term(); ///< the empty list

    [[nodiscard]] static Term atom(QByteArray utf8Name);
    [[nodiscard]] static Term integer(qint64 value);
    [[nodiscard]] static Term string(const QString &text);
    [[nodiscard]] static Term binary(QByteArray bytes);
    [[nodiscard]] static Term list(QList<Term> items);
    [[nodiscard]] static Term tuple(QList<Term> items);

    [[nodiscard]] Kind kind() const noexcept;
    /// Where it stands in the text it was parsed from; empty for a term that was made.
    [[nodiscard]] TextRange range() const noexcept;

    [[nodiscard]] bool isAtom(QByteArrayView name) const noexcept;
    [[nodiscard]] bool isTuple(qsizetype size) const noexcept; ///< a tuple of exactly that size
    [[nodiscard]] bool isTagged(QByteArrayView atom,
                                qsizetype size) const noexcept; ///< {atom, …} of that size
    [[nodiscard]] bool isList() const noexcept;                 ///< a proper list, a string or []
    [[nodiscard]] bool isMaybeImproperList() const noexcept;    ///< what the guard is_list/1 lets pass

    [[nodiscard]] std::optional<QByteArray> atomName() const; ///< UTF-8, without quotes
    [[nodiscard]] std::optional<qint64> integerValue() const; ///< nothing if it doesn't fit
    [[nodiscard]] std::optional<double> floatValue() const;
    [[nodiscard]] std::optional<QString> stringValue() const; ///< a string or a list of code points; [] is ""
    [[nodiscard]] std::optional<QByteArray> binaryValue() const;
    /// Elements of a tuple or of a list, of a string the integers; of a map key, value, key, value…
    /// in Erlang's term order; of a fun module, function, arity. An improper list ends with its tail.
    [[nodiscard]] QList<Term> items() const;
    [[nodiscard]] qsizetype size() const noexcept; ///< of items()
    [[nodiscard]] Term at(qsizetype index) const;  ///< items()[index]; [] if there is none

    friend bool operator==(const Term &left, const Term &right);

    /// The term on one line, as io_lib:format("~tp") writes what fits on one.
    [[nodiscard]] QByteArray print() const;
    /// The term as io_lib:format("~tw") writes it: strings and binaries as numbers.
    [[nodiscard]] QByteArray write() const;

    struct Data;
    explicit Term(std::shared_ptr<const Data> data);                    ///< for the parser
    [[nodiscard]] const Data &data() const noexcept { return *m_data; } ///< for the printer

private:
    std::shared_ptr<const Data> m_data;
};

} // namespace handover::erlang
