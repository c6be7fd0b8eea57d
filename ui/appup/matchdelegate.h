// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace handover::ui {

/// A cell of versions × rules: what the rule costs as a sign and in words. Rows that the rule under the
/// caret takes stand out; those that an earlier rule takes from it are dimmed.
class MatchDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    static void paintVersion(QPainter *painter, const QRect &rect, const QModelIndex &index, bool taken);
    static void paintMatch(QPainter *painter, const QRect &rect, const QModelIndex &index);
};

} // namespace handover::ui
