// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/value.h"

namespace handover::pairs {

namespace {

Value made(Value::Kind kind, const QString &written, const QList<Value> &items = {})
{
    return {.kind = kind, .text = written, .bytes = {}, .items = items};
}

} // namespace

Value atom(const QString &name) { return made(Value::Kind::Atom, name); }
Value number(qint64 value) { return made(Value::Kind::Number, QString::number(value)); }
Value verbatim(const QString &written) { return made(Value::Kind::Verbatim, written); }
Value list(const QList<Value> &items) { return made(Value::Kind::List, {}, items); }
Value tuple(const QList<Value> &items) { return made(Value::Kind::Tuple, {}, items); }
Value map(const QList<Value> &keysAndValues) { return made(Value::Kind::Map, {}, keysAndValues); }
Value utf8(const QString &characters) { return bytes(characters.toUtf8()); }

Value text(const QString &characters)
{
    return characters.isEmpty() ? Value() : made(Value::Kind::Text, characters);
}

Value bytes(const QByteArray &bytes)
{
    return {.kind = Value::Kind::Bytes, .text = {}, .bytes = bytes, .items = {}};
}

Value improper(const QList<Value> &items, const Value &tail)
{
    return made(Value::Kind::Improper, {}, items + QList<Value>{tail});
}

Value atoms(const QStringList &names)
{
    QList<Value> items;
    for (const QString &name : names)
        items += atom(name);
    return list(items);
}

Value tagged(const QString &name, const QList<Value> &items)
{
    return tuple(QList<Value>{atom(name)} + items);
}

} // namespace handover::pairs
