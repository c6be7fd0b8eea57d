// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/logmodel.h"

namespace handover {

LogModel::LogModel(QObject *parent) : QAbstractListModel(parent) {}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    return m_lines.at(index.row());
}

void LogModel::append(const QStringList &lines)
{
    if (lines.isEmpty())
        return;
    const qsizetype surplus = m_lines.size() + lines.size() - MaximumLines;
    if (surplus > 0 && !m_lines.isEmpty()) {
        const int gone = static_cast<int>(qMin(surplus, m_lines.size()));
        beginRemoveRows({}, 0, gone - 1);
        m_lines.remove(0, gone);
        endRemoveRows();
    }
    const QStringList fresh = lines.size() > MaximumLines ? lines.last(MaximumLines) : lines;
    const int first = static_cast<int>(m_lines.size());
    beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    m_lines += fresh;
    endInsertRows();
}

void LogModel::clear()
{
    if (m_lines.isEmpty())
        return;
    beginRemoveRows({}, 0, static_cast<int>(m_lines.size()) - 1);
    m_lines.clear();
    endRemoveRows();
}

QString LogModel::text() const
{
    QString all;
    for (const QString &line : m_lines) {
        all += line;
        all += u'\n';
    }
    return all;
}

} // namespace handover
