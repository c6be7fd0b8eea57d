// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"

#include <QStyledItemDelegate>

namespace handover::ui {

/// A cell of versions × rules, coloured by what the rule costs; the words say it too.
class MatchDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// The rule under the caret: rows it takes stand out. 0: none.
    void setCurrentRule(appup::Direction direction, int number);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    appup::Direction m_direction = appup::Direction::Up;
    int m_number = 0;
};

} // namespace handover::ui
