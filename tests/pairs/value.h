// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace handover::pairs {

/// An Erlang term that is to be written to a file. Apart from models/erlang on purpose: what is
/// tested must not make the tests.
struct Value
{
    enum class Kind {
        Atom,
        Number, ///< text as it is written
        Text,   ///< a string; never empty
        Bytes,  ///< a binary
        List,
        Improper, ///< a list whose last item is the tail
        Tuple,
        Map,      ///< items: key, value…
        Verbatim, ///< text as it is written, whatever it is
    };

    Kind kind = Kind::List;
    QString text;
    QByteArray bytes;
    QList<Value> items;

    /// What it is told apart by among the terms of one generator, not Erlang's =:=.
    friend bool operator==(const Value &, const Value &) = default;
};

[[nodiscard]] Value atom(const QString &name);
[[nodiscard]] Value number(qint64 value);
[[nodiscard]] Value text(const QString &characters); ///< "" is []
[[nodiscard]] Value bytes(const QByteArray &bytes);
[[nodiscard]] Value utf8(const QString &characters); ///< a binary
[[nodiscard]] Value list(const QList<Value> &items);
[[nodiscard]] Value improper(const QList<Value> &items, const Value &tail);
[[nodiscard]] Value tuple(const QList<Value> &items);
[[nodiscard]] Value map(const QList<Value> &keysAndValues);
[[nodiscard]] Value verbatim(const QString &written);
[[nodiscard]] Value atoms(const QStringList &names); ///< a list of them

/// {Name, Items…}
[[nodiscard]] Value tagged(const QString &name, const QList<Value> &items);

} // namespace handover::pairs
