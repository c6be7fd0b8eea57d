// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions/fatemodel.h"

#include "ui/theme/theme.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace handover::ui {

void FateModel::setApps(const QList<versions::LockstepApp> &apps)
{
    const auto isSame = [](const versions::LockstepApp &left, const versions::LockstepApp &right) {
        return left.name == right.name && left.changes == right.changes;
    };
    const bool keepsChosen = std::ranges::equal(apps, m_apps, isSame);
    beginResetModel();
    m_apps = apps;
    m_fates.clear();
    m_rows.resize(apps.size());
    std::iota(m_rows.begin(), m_rows.end(), 0);
    std::ranges::stable_partition(m_rows, [this](qsizetype app) { return !m_apps[app].changes.isEmpty(); });
    if (!keepsChosen) {
        m_chosen.clear();
        for (const versions::LockstepApp &app : apps) {
            if (!app.changes.isEmpty() && canBeChosen(app))
                m_chosen.insert(app.name);
        }
    }
    endResetModel();
}

void FateModel::setFates(const QList<versions::LockstepFate> &fates)
{
    if (fates.size() != m_apps.size())
        return;
    m_fates = fates;
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, VsnColumn), index(rowCount() - 1, WordsColumn));
}

void FateModel::setChoosing(bool choosing)
{
    m_choosing = choosing;
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, NameColumn), index(rowCount() - 1, NameColumn));
}

QStringList FateModel::chosen() const
{
    QStringList names(m_chosen.cbegin(), m_chosen.cend());
    names.sort();
    return names;
}

bool FateModel::canBeChosen(const versions::LockstepApp &app) const
{
    return app.vsn.kind == versions::VsnSource::Kind::Text && !app.file.isEmpty();
}

int FateModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int FateModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString FateModel::vsnText(qsizetype app) const
{
    if (m_fates.isEmpty())
        return m_apps[app].vsn.text;
    const versions::LockstepFate &fate = m_fates[app];
    const QString from = fate.from.isEmpty() ? fate.before : fate.from;
    if (fate.to.isEmpty() || fate.to == from)
        return from.isEmpty() ? tr("when built") : from;
    return from.isEmpty() ? fate.to : u"%1 → %2"_s.arg(from, fate.to);
}

QVariant FateModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const qsizetype app = m_rows[index.row()];
    const bool isNew = !m_fates.isEmpty() && (m_fates[app].needsRules() || m_fates[app].kind == versions::LockstepFate::Kind::Set);
    switch (role) {
    case Qt::ToolTipRole: // would take markup for its own
        return u"<p>%1</p>"_s.arg(data(index, Qt::DisplayRole).toString().toHtmlEscaped());
    case Qt::DisplayRole:
        if (index.column() == NameColumn)
            return m_apps[app].name;
        if (index.column() == VsnColumn)
            return vsnText(app);
        return m_fates.isEmpty() ? m_apps[app].changes : m_fates[app].words;
    case Qt::CheckStateRole:
        if (index.column() == NameColumn && m_choosing && canBeChosen(m_apps[app]))
            return m_chosen.contains(m_apps[app].name) ? Qt::Checked : Qt::Unchecked;
        return {};
    case Qt::FontRole:
        return isNew && index.column() == VsnColumn ? bold(smallFont()) : QVariant();
    case Qt::ForegroundRole:
        return color(isNew && index.column() != WordsColumn ? Role::Text : Role::SecondaryText);
    default:
        return {};
    }
}

QVariant FateModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn: return tr("Application");
    case VsnColumn: return tr("vsn");
    case WordsColumn: return tr("Since the last version");
    default: return {};
    }
}

Qt::ItemFlags FateModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    const bool isBox = index.isValid() && index.column() == NameColumn && m_choosing && canBeChosen(m_apps[m_rows[index.row()]]);
    return isBox ? flags | Qt::ItemIsUserCheckable : flags;
}

bool FateModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !(flags(index) & Qt::ItemIsUserCheckable))
        return false;
    const QString &name = m_apps[m_rows[index.row()]].name;
    if (value.toInt() == Qt::Checked)
        m_chosen.insert(name);
    else
        m_chosen.remove(name);
    emit dataChanged(index, index, {Qt::CheckStateRole});
    emit chosenChanged();
    return true;
}

} // namespace handover::ui
