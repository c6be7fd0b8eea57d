// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/changes/differences.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::changes {

namespace {

// Those of the first that are missing in the second.
QByteArrayList missing(const std::optional<ModuleFacts> &from, const std::optional<ModuleFacts> &in)
{
    QByteArrayList names;
    if (!from)
        return names;
    for (const erlang::FunctionName &function : from->exports) {
        if (!in || !in->exportsFunction(function.name, function.arity))
            names.append(function.name + '/' + QByteArray::number(function.arity));
    }
    return names;
}

QString fieldChanges(const QByteArrayList &older, const QByteArrayList &newer)
{
    QStringList words;
    for (const QByteArray &field : newer) {
        if (!older.contains(field))
            words.append(u'+' + QString::fromUtf8(field));
    }
    for (const QByteArray &field : older) {
        if (!newer.contains(field))
            words.append(u'−' + QString::fromUtf8(field));
    }
    return words.isEmpty() ? u"another order"_s : words.join(u", "_s);
}

} // namespace

QString changeName(Change change)
{
    switch (change) {
    case Change::Same: return u"same"_s;
    case Change::Added: return u"added"_s;
    case Change::Removed: return u"removed"_s;
    case Change::Changed: return u"changed"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QByteArrayList ModuleDifference::addedExports() const { return missing(newer, older); }
QByteArrayList ModuleDifference::removedExports() const { return missing(older, newer); }

QStringList ModuleDifference::recordChanges() const
{
    QStringList changes;
    if (!older || !newer)
        return changes;
    for (auto record = newer->records.begin(); record != newer->records.end(); ++record) {
        const auto before = older->records.constFind(record.key());
        if (before != older->records.cend() && *before != *record)
            changes.append(u"%1: %2"_s.arg(QString::fromUtf8(record.key()), fieldChanges(*before, *record)));
    }
    return changes;
}

const ModuleDifference *AppDifference::module(QByteArrayView wanted) const
{
    const auto found = std::ranges::find_if(modules, [&](const ModuleDifference &module) { return module.name == wanted; });
    return found == modules.end() ? nullptr : &*found;
}

const AppDifference *Differences::app(QByteArrayView wanted) const
{
    const auto found = std::ranges::find_if(apps, [&](const AppDifference &app) { return app.name == wanted; });
    return found == apps.end() ? nullptr : &*found;
}

} // namespace handover::changes
