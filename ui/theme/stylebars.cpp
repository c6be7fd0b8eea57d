// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/paint.h"
#include "ui/theme/styleparts.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace handover::ui::parts {
namespace {

QColor textColor(const QStyleOption &option, Role role)
{
    return option.state & QStyle::State_Enabled ? color(role)
                                                : option.palette.color(QPalette::Disabled, QPalette::Text);
}

void drawTick(QPainter *painter, const QRectF &box, const QColor &ink)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(ink, 1.75, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const qreal unit = box.width() / 16;
    const QPolygonF tick{box.topLeft() + QPointF(3.5, 8.5) * unit, box.topLeft() + QPointF(6.7, 11.6) * unit,
                         box.topLeft() + QPointF(12.5, 4.7) * unit};
    painter->drawPolyline(tick);
    painter->restore();
}

} // namespace

void tabShape(QPainter *painter, const QStyleOptionTab &option)
{
    const bool selected = option.state & QStyle::State_Selected;
    if (selected) {
        QRect line = option.rect;
        const bool vertical = option.shape == QTabBar::RoundedWest || option.shape == QTabBar::RoundedEast ||
                              option.shape == QTabBar::TriangularWest ||
                              option.shape == QTabBar::TriangularEast;
        const bool south = option.shape == QTabBar::RoundedSouth || option.shape == QTabBar::TriangularSouth;
        if (vertical)
            line.setLeft(line.right() - 1);
        else if (south)
            line.setHeight(2);
        else
            line.setTop(line.bottom() - 1);
        painter->fillRect(line, color(Role::Accent));
    }
    if (keyboardFocus(option))
        paintFocusRing(painter, QRectF(option.rect).adjusted(2, 4, -2, -4));
}

void headerSection(QPainter *painter, const QStyleOptionHeader &option)
{
    painter->fillRect(option.rect, option.palette.color(QPalette::Base));
    if (option.orientation == Qt::Horizontal)
        paintHairline(painter, option.rect, Qt::BottomEdge);
    else
        paintHairline(painter, option.rect, Qt::RightEdge);
}

void menuBarItem(QPainter *painter, const QStyleOptionMenuItem &option)
{
    painter->fillRect(option.rect, color(Role::Window));
    const bool active = option.state & (QStyle::State_Selected | QStyle::State_Sunken);
    if (active && option.state & QStyle::State_Enabled)
        paintBox(painter, QRectF(option.rect).adjusted(0, 2, 0, -3), color(Role::Hairline));
    painter->setFont(option.font);
    painter->setPen(textColor(option, active ? Role::Text : Role::SecondaryText));
    const int flags =
        Qt::AlignCenter | Qt::TextSingleLine |
        (option.state & QStyle::State_KeyboardFocusChange ? Qt::TextShowMnemonic : Qt::TextHideMnemonic);
    painter->drawText(option.rect, flags, option.text);
}

void menuItem(QPainter *painter, const QStyleOptionMenuItem &option, int iconExtent)
{
    const QRect row = option.rect;
    const bool rightToLeft = option.direction == Qt::RightToLeft;
    const auto placed = [&](const QRect &rect) { return QStyle::visualRect(option.direction, row, rect); };
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        if (option.text.isEmpty()) {
            painter->fillRect(row.left(), row.center().y(), row.width(), 1, color(Role::Hairline));
        } else {
            painter->setFont(bold(smallFont()));
            painter->setPen(color(Role::SecondaryText));
            painter->drawText(placed(row.adjusted(MenuPadding + 4, 0, -MenuPadding, 0)),
                              Qt::AlignVCenter | (rightToLeft ? Qt::AlignRight : Qt::AlignLeft), option.text);
        }
        return;
    }
    const bool enabled = option.state & QStyle::State_Enabled;
    if (enabled && option.state & QStyle::State_Selected)
        paintBox(painter, QRectF(row).adjusted(4, 0, -4, 0), color(Role::AccentSoft));

    const int iconLeft = row.left() + MenuPadding;
    const QRect iconRect(iconLeft, row.top() + (row.height() - iconExtent) / 2, iconExtent, iconExtent);
    const bool checkable = option.checkType != QStyleOptionMenuItem::NotCheckable;
    if (checkable && option.checked)
        drawTick(painter, placed(iconRect), textColor(option, Role::Accent));
    else if (!option.icon.isNull())
        option.icon.paint(painter, placed(iconRect), Qt::AlignCenter,
                          enabled ? QIcon::Normal : QIcon::Disabled);

    const int textLeft = iconRect.right() + 1 + 8;
    const int textRight = row.right() - MenuPadding - iconExtent / 2;
    QString label = option.text;
    QString keys;
    if (const qsizetype tab = label.indexOf(u'\t'); tab >= 0) {
        keys = label.mid(tab + 1);
        label.truncate(tab);
    }
    const QRect textRect(QPoint(textLeft, row.top()), QPoint(textRight, row.bottom()));
    painter->setFont(option.font);
    painter->setPen(textColor(option, Role::Text));
    painter->drawText(placed(textRect),
                      Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextShowMnemonic |
                          (rightToLeft ? Qt::AlignRight : Qt::AlignLeft),
                      label);
    if (!keys.isEmpty()) {
        painter->setPen(textColor(option, Role::SecondaryText));
        painter->drawText(
            placed(textRect),
            Qt::AlignVCenter | Qt::TextSingleLine | (rightToLeft ? Qt::AlignLeft : Qt::AlignRight), keys);
    }
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu)
        chevron(
            painter,
            placed(QRect(row.right() - MenuPadding - iconExtent / 2, row.top(), iconExtent, row.height())),
            rightToLeft ? Qt::LeftArrow : Qt::RightArrow, enabled);
}

void progressBar(QPainter *painter, const QStyleOptionProgressBar &option, qreal phase)
{
    const qreal thickness = 4;
    const QRectF box(option.rect.left(), option.rect.center().y() + 0.5 - thickness / 2, option.rect.width(),
                     thickness);
    paintBox(painter, box, color(Role::Hairline), {}, thickness / 2);
    QRectF part = box;
    if (option.minimum == 0 && option.maximum == 0) {
        const qreal length = box.width() * 0.3;
        const qreal left = box.left() - length + phase * (box.width() + length);
        part = QRectF(left, box.top(), length, thickness).intersected(box);
    } else {
        const qreal range = qMax<qreal>(1, qreal(option.maximum) - option.minimum);
        part.setWidth(box.width() * qBound(0.0, (qreal(option.progress) - option.minimum) / range, 1.0));
        const bool reverse = (option.direction == Qt::RightToLeft) != option.invertedAppearance;
        if (reverse)
            part.moveRight(box.right());
    }
    if (part.width() > 0)
        paintBox(painter, part, textColor(option, Role::Accent), {}, qMin(thickness, part.width()) / 2);
}

} // namespace handover::ui::parts
