// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace handover::ui {

/// A transfer in two lines: what goes where with its state, and how far it is with a thin bar, or what went wrong.
class TransferDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// "5.3 of 14.2 MB · 3.1 MB/s · 3 s left".
[[nodiscard]] QString transferNumbers(const QModelIndex &index);

} // namespace handover::ui
