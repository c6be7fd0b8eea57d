// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/viewplace.h"

#include "ui/files/fileview.h"

#include <QItemSelection>
#include <QScrollBar>

#include <algorithm>

namespace handover::ui {

namespace {

[[nodiscard]] QItemSelection rowsOf(const QAbstractItemModel &model, QList<int> rows)
{
    std::ranges::sort(rows);
    QItemSelection selection;
    const int last = model.columnCount() - 1;
    for (auto begin = rows.cbegin(); begin != rows.cend();) {
        const int first = *begin;
        auto end = begin + 1;
        while (end != rows.cend() && *end - first == end - begin)
            ++end;
        selection.append({model.index(first, 0), model.index(*(end - 1), last)});
        begin = end;
    }
    return selection;
}

} // namespace

ViewPlace::ViewPlace(const FileView &view)
    : m_names(view.shownNames())
    , m_selected(view.selectedNames())
    , m_current(view.currentIndex().row())
{
    if (view.verticalScrollBar()->value() == 0)
        return;
    const QModelIndex top = view.indexAt({0, 0});
    m_top = top.row();
    m_above = -view.visualRect(top).top();
}

QModelIndex ViewPlace::nearest(const FileView &view, int row) const
{
    for (qsizetype at = row; at >= 0 && at < m_names.size(); ++at) {
        if (const QModelIndex index = view.indexOf(m_names[at]); index.isValid())
            return index;
    }
    for (qsizetype at = row - 1; at >= 0; --at) {
        if (const QModelIndex index = view.indexOf(m_names[at]); index.isValid())
            return index;
    }
    return {};
}

void ViewPlace::restoreSelection(FileView &view) const
{
    QList<int> rows;
    for (const QByteArray &name : m_selected) {
        if (const QModelIndex index = view.indexOf(name); index.isValid())
            rows += index.row();
    }
    view.selectionModel()->select(rowsOf(*view.model(), rows), QItemSelectionModel::ClearAndSelect);
}

void ViewPlace::restoreCurrent(FileView &view) const
{
    const QModelIndex index = nearest(view, m_current);
    if (index.row() != view.currentIndex().row())
        view.selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
}

void ViewPlace::restoreScroll(FileView &view) const
{
    if (m_top < 0)
        return view.scrollToTop();
    view.scrollTo(nearest(view, m_top), QAbstractItemView::PositionAtTop);
    if (view.verticalScrollMode() == QAbstractItemView::ScrollPerPixel)
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() + m_above);
}

} // namespace handover::ui
