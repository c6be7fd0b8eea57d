// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QModelIndex>

namespace handover::ui {

class FileView;

/// What one looks at in a directory, by the entries' names: it is found again however many of them come, go or change.
/// Where something is gone, what was next to it stands for it; the top stays the top.
class ViewPlace
{
public:
    explicit ViewPlace(const FileView &view);

    void restoreSelection(FileView &view) const;
    void restoreCurrent(FileView &view) const; ///< selects nothing
    void restoreScroll(FileView &view) const;

private:
    [[nodiscard]] QModelIndex nearest(const FileView &view, int row) const;

    QByteArrayList m_names; ///< as they were shown
    QByteArrayList m_selected;
    int m_current = -1;
    int m_top = -1; ///< row; -1: nothing was scrolled
    int m_above = 0; ///< pixels of it above the edge
};

} // namespace handover::ui
