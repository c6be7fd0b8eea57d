// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/statechange.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::rules {

namespace {

using erlang::Term;
using Kind = FieldChange::Kind;
using Verdict = StateChange::Verdict;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupState)
};

const RecordField *find(const QList<RecordField> &fields, const QByteArray &name)
{
    const auto field = std::ranges::find(fields, name, &RecordField::name);
    return field == fields.end() ? nullptr : &*field;
}

QByteArrayList names(const QList<RecordField> &fields)
{
    QByteArrayList names;
    for (const RecordField &field : fields)
        names.append(field.name);
    return names;
}

QByteArrayList common(const QList<RecordField> &fields, const QList<RecordField> &others)
{
    QByteArrayList common = names(fields);
    common.removeIf([&](const QByteArray &name) { return !find(others, name); });
    return common;
}

bool sameExpression(const std::optional<Term> &left, const std::optional<Term> &right)
{
    return left.has_value() == right.has_value() && (!left || sameCode(*left, *right));
}

// A field that is gone where the new one stands, or one of the same declared type.
bool mayBeRenamed(const StateShape &older, qsizetype removed, const StateShape &newer, qsizetype added)
{
    const RecordField &before = older.fields[removed];
    const RecordField &after = newer.fields[added];
    const bool sameType = before.type && after.type && sameCode(*before.type, *after.type);
    const bool samePlace = removed == added;
    return sameType || (samePlace && !(before.type && after.type));
}

QByteArray renamedTo(const StateShape &older, qsizetype removed, const StateShape &newer)
{
    for (qsizetype i = 0; i < newer.fields.size(); ++i) {
        if (!find(older.fields, newer.fields[i].name) && mayBeRenamed(older, removed, newer, i))
            return newer.fields[i].name;
    }
    return {};
}

QByteArray renamedFrom(const StateShape &older, const StateShape &newer, qsizetype added)
{
    for (qsizetype i = 0; i < older.fields.size(); ++i) {
        if (!find(newer.fields, older.fields[i].name) && mayBeRenamed(older, i, newer, added))
            return older.fields[i].name;
    }
    return {};
}

QList<FieldChange> compareFields(const StateShape &older, const StateShape &newer)
{
    QList<FieldChange> changes;
    const QByteArrayList orderBefore = common(older.fields, newer.fields);
    const QByteArrayList orderAfter = common(newer.fields, older.fields);
    for (qsizetype i = 0; i < newer.fields.size(); ++i) {
        const RecordField &field = newer.fields[i];
        const RecordField *before = find(older.fields, field.name);
        if (!before) {
            changes.append({Kind::Added, field.name, renamedFrom(older, newer, i)});
            continue;
        }
        if (orderBefore.indexOf(field.name) != orderAfter.indexOf(field.name))
            changes.append({Kind::Moved, field.name, {}});
        if (before->type && field.type && !sameCode(*before->type, *field.type))
            changes.append({Kind::Retyped, field.name, {}});
        if (!sameExpression(before->defaultValue, field.defaultValue))
            changes.append({Kind::NewDefault, field.name, {}});
    }
    for (qsizetype i = 0; i < older.fields.size(); ++i) {
        if (!find(newer.fields, older.fields[i].name))
            changes.append({Kind::Removed, older.fields[i].name, renamedTo(older, i, newer)});
    }
    return changes;
}

QString keyList(const QList<Term> &keys)
{
    QStringList words;
    for (const Term &key : keys)
        words.append(QString::fromUtf8(key.print()));
    return words.join(", "_L1);
}

QList<Term> without(QList<Term> keys, const QList<Term> &others)
{
    keys.removeIf([&](const Term &key) { return others.contains(key); });
    return keys;
}

QString mapWords(const StateShape &older, const StateShape &newer)
{
    const QList<Term> added = without(newer.keys, older.keys);
    const QList<Term> removed = without(older.keys, newer.keys);
    QStringList words;
    if (!added.isEmpty())
        words += Words::tr("init/1 puts new keys into it (%1)").arg(keyList(added));
    if (!removed.isEmpty())
        words += Words::tr("init/1 no longer puts these keys into it: %1").arg(keyList(removed));
    return words.join("; "_L1);
}

QString shapeWords(const StateShape &shape)
{
    switch (shape.kind) {
    case StateShape::Kind::Record:
        return Words::tr("the record %1").arg(QString::fromUtf8(shape.record));
    case StateShape::Kind::Map:
        return Words::tr("a map");
    case StateShape::Kind::Tuple:
        return Words::tr("a tuple of %1").arg(shape.elements);
    default:
        return Words::tr("a plain value");
    }
}

bool sameShape(const StateShape &older, const StateShape &newer)
{
    return older.kind == newer.kind && older.record == newer.record && older.elements == newer.elements &&
           older.keys == newer.keys && names(older.fields) == names(newer.fields);
}

} // namespace

QString FieldChange::words() const
{
    const QString name = QString::fromUtf8(field);
    const QString other = QString::fromUtf8(perhaps);
    switch (kind) {
    case Kind::Added:
        return perhaps.isEmpty() ? Words::tr("%1 is new").arg(name)
                                 : Words::tr("%1 is new (or is it %2 by another name?)").arg(name, other);
    case Kind::Removed:
        return perhaps.isEmpty() ? Words::tr("%1 is gone").arg(name)
                                 : Words::tr("%1 is gone (or is it %2 now?)").arg(name, other);
    case Kind::Moved:
        return Words::tr("%1 has moved").arg(name);
    case Kind::Retyped:
        return Words::tr("%1 has another type").arg(name);
    case Kind::NewDefault:
        return Words::tr("%1 has another default, which running processes don't get").arg(name);
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString StateChange::words() const
{
    using Shape = StateShape::Kind;
    if (older.kind == Shape::Map && newer.kind == Shape::Map)
        return mapWords(older, newer);
    QStringList parts;
    for (const FieldChange &field : fields)
        parts += field.words();
    const bool another = older.kind != newer.kind || older.record != newer.record || older.elements != newer.elements;
    if (verdict == Verdict::Differs && another)
        parts.prepend(Words::tr("it was %1 and is %2").arg(shapeWords(older), shapeWords(newer)));
    return parts.join("; "_L1);
}

StateChange compareStates(const StateShape &older, const StateShape &newer)
{
    using Shape = StateShape::Kind;
    StateChange change{Verdict::Unknown, older, newer, {}};
    const bool known = older.kind != Shape::Unknown && newer.kind != Shape::Unknown;
    if (!known || (older.kind == Shape::Other && newer.kind == Shape::Other))
        return change;
    change.verdict = sameShape(older, newer) ? Verdict::Same : Verdict::Differs;
    if (older.kind == Shape::Record && newer.kind == Shape::Record)
        change.fields = compareFields(older, newer);
    return change;
}

} // namespace handover::rules
