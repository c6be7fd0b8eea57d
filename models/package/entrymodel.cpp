// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/entrymodel.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace handover::package {

EntryModel::EntryModel(QList<Entry> entries, QObject *parent)
    : QAbstractTableModel(parent)
    , m_entries(std::move(entries))
{
}

int EntryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int EntryModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant EntryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &entry = m_entries.at(index.row());
    if (role == Qt::TextAlignmentRole && index.column() != PathColumn)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole && role != SortRole)
        return {};
    switch (index.column()) {
    case PathColumn:
        return entry.linkTarget.isEmpty() || role == SortRole ? entry.path
                                                              : entry.path + u" → "_s + entry.linkTarget;
    case SizeColumn:
        if (role == SortRole)
            return entry.size;
        return entry.type == EntryType::File
                   ? QLocale().formattedDataSize(entry.size, 1, QLocale::DataSizeSIFormat)
                   : QString();
    case ModeColumn:
        return role == SortRole ? QVariant(entry.mode)
                                : u"%1"_s.arg(entry.mode & 07777, 4, 8, QLatin1Char('0'));
    default:
        return {};
    }
}

QVariant EntryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((section == PathColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PathColumn:
        return u"Path"_s;
    case SizeColumn:
        return u"Size"_s;
    case ModeColumn:
        return u"Mode"_s;
    default:
        return {};
    }
}

} // namespace handover::package
