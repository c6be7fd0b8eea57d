// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/directoryorder.h"

namespace handover::transfer {

DirectoryOrder::DirectoryOrder(DirectoryModel *model, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSourceModel(model);
    sort(DirectoryModel::NameColumn);
}

void DirectoryOrder::setWords(const QString &words)
{
    m_words = words.trimmed();
    invalidateFilter();
}

void DirectoryOrder::setHiddenShown(bool shown)
{
    m_hiddenShown = shown;
    invalidateFilter();
}

int DirectoryOrder::hiddenCount() const
{
    int count = 0;
    for (int row = 0; !m_hiddenShown && row < m_model->rowCount(); ++row)
        count += m_model->entry(row).isHidden() ? 1 : 0;
    return count;
}

bool DirectoryOrder::filterAcceptsRow(int row, const QModelIndex &) const
{
    return (m_hiddenShown || !m_model->entry(row).isHidden()) &&
           (m_words.isEmpty() || m_model->shownName(row).contains(m_words, Qt::CaseInsensitive));
}

bool DirectoryOrder::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const FileEntry &a = m_model->entry(left.row());
    const FileEntry &b = m_model->entry(right.row());
    const bool ascending = sortOrder() == Qt::AscendingOrder;
    if (a.leadsToDirectory != b.leadsToDirectory)
        return a.leadsToDirectory == ascending; // first in both orders
    const auto byName = [&] { return m_model->compareNames(left.row(), right.row()) < 0; };
    switch (left.column()) {
    case DirectoryModel::SizeColumn: return a.size != b.size ? a.size < b.size : byName();
    case DirectoryModel::ModifiedColumn: return a.modified != b.modified ? a.modified < b.modified : byName();
    case DirectoryModel::PermissionsColumn: return a.mode != b.mode ? a.mode < b.mode : byName();
    case DirectoryModel::OwnerColumn:
        return a.owner != b.owner ? a.owner < b.owner : a.group != b.group ? a.group < b.group : byName();
    default: return byName();
    }
}

} // namespace handover::transfer
