// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/rulesmatrixmodel.h"

#include <QCoreApplication>

#include <algorithm>

namespace handover::appup {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupMatrix)
};

QString wayWords(const MatrixCell &cell, Direction direction)
{
    const auto cost = cell.cost(direction);
    return cost ? Words::tr("rule %1, %2").arg(QString::number(cell.rule(direction)), costWords(*cost)) : Words::tr("no rule takes it");
}

} // namespace

QString matrixWords(const MatrixCell &cell, const QString &vsn, const QString &to)
{
    switch (cell.state) {
    case MatrixCell::State::Absent:
        return Words::tr("The application isn't there, or its version isn't known.");
    case MatrixCell::State::Same:
        return Words::tr("%1 in both: there is nothing to do.").arg(vsn);
    case MatrixCell::State::NoAppup:
        return Words::tr("%1 to %2: there is no appup.").arg(vsn, to);
    case MatrixCell::State::Broken:
        return Words::tr("%1 to %2: the appup can't be read.").arg(vsn, to);
    case MatrixCell::State::Code:
        return Words::tr("%1 to %2: Erlang code makes the appup.").arg(vsn, to);
    case MatrixCell::State::Rules:
        return Words::tr("%1 to %2: %3; back: %4.").arg(vsn, to, wayWords(cell, Direction::Up), wayWords(cell, Direction::Down));
    }
    return {};
}

bool RulesMatrixModel::isSameShape(const QStringList &versions, const QList<Column> &columns) const
{
    return versions == m_versions && std::ranges::equal(columns, m_columns, {}, &Column::app, &Column::app);
}

void RulesMatrixModel::set(const QStringList &versions, const QList<Column> &columns)
{
    if (!isSameShape(versions, columns)) {
        beginResetModel();
        m_versions = versions;
        m_columns = columns;
        endResetModel();
        return;
    }
    for (int i = 0; i < columns.size(); ++i) {
        const bool same = m_columns[i].vsns == columns[i].vsns && m_columns[i].cells == columns[i].cells;
        m_columns[i] = columns[i];
        if (!same && !versions.isEmpty())
            emit dataChanged(index(0, i), index(rowCount() - 1, i));
    }
}

int RulesMatrixModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_versions.size());
}

int RulesMatrixModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant RulesMatrixModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Column &column = m_columns[index.column()];
    const QString vsn = column.vsns.value(index.row());
    switch (role) {
    case CellRole:
        return QVariant::fromValue(column.cells.value(index.row()));
    case AppRole:
        return column.app;
    case VsnRole:
        return vsn;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return QString(column.app + u' ' + matrixWords(column.cells.value(index.row()), vsn, column.vsn));
    default:
        return {};
    }
}

QVariant RulesMatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool text = role == Qt::DisplayRole || role == Qt::ToolTipRole;
    if (!text || section < 0)
        return {};
    if (orientation == Qt::Vertical)
        return section < m_versions.size() ? QVariant(m_versions[section]) : QVariant();
    if (section >= m_columns.size())
        return {};
    const Column &column = m_columns[section];
    return role == Qt::ToolTipRole ? QString(column.app + u' ' + column.vsn) : column.app;
}

} // namespace handover::appup
