// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appup/matchdelegate.h"

#include "models/appup/matchtablemodel.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace handover::ui {

namespace {

using Model = appup::MatchTableModel;

Role roleOf(const QModelIndex &index)
{
    if (index.data(Model::RuleNumberRole).toInt() == 0)
        return Role::BadText;
    switch (static_cast<appup::Cost>(index.data(Model::CostRole).toInt())) {
    case appup::Cost::CodeOnly:
    case appup::Cost::CodeChange: return Role::Text;
    case appup::Cost::ApplicationRestart:
    case appup::Cost::VmRestart: return Role::WarningText;
    }
    Q_UNREACHABLE_RETURN(Role::Text);
}

} // namespace

void MatchDelegate::setCurrentRule(appup::Direction direction, int number)
{
    m_direction = direction;
    m_number = number;
}

void MatchDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const int column = m_direction == appup::Direction::Up ? Model::UpColumn : Model::DownColumn;
    const bool taken = m_number > 0 && index.siblingAtColumn(column).data(Model::RuleNumberRole).toInt() == m_number;
    if (taken)
        painter->fillRect(option.rect, color(Role::AccentSoft));
    if (option.state & QStyle::State_Selected && option.state & QStyle::State_HasFocus) {
        painter->setPen(color(Role::Accent));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    const bool version = index.column() == Model::VersionColumn;
    painter->setFont(version && taken ? bold(option.font) : option.font);
    painter->setPen(color(version ? Role::Text : roleOf(index)));
    const QRect text = option.rect.adjusted(12, 0, -8, 0);
    painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, text.width()));
    painter->setPen(color(Role::Hairline));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    painter->restore();
}

QSize MatchDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width() + 12, option.fontMetrics.height() + 12};
}

} // namespace handover::ui
