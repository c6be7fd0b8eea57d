// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/styleparts.h"

#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace handover::ui::parts {
namespace {

QColor inkOf(const QStyleOption &option, Role role)
{
    return option.state & QStyle::State_Enabled ? color(role)
                                                : option.palette.color(QPalette::Disabled, QPalette::Text);
}

void stroke(QPainter *painter, const QPainterPath &path, const QColor &ink, qreal width = 1.5)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(ink, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPath(path);
    painter->restore();
}

QRectF centredSquare(const QRect &rect, qreal side)
{
    return {rect.center().x() + 0.5 - side / 2, rect.center().y() + 0.5 - side / 2, side, side};
}

} // namespace

bool keyboardFocus(const QStyleOption &option)
{
    return option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange;
}

void pushButton(QPainter *painter, const QStyleOptionButton &option)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool over = enabled && option.state & QStyle::State_MouseOver;
    const bool down = option.state & QStyle::State_Sunken;
    const bool on = option.state & QStyle::State_On;
    const bool primary = option.features & QStyleOptionButton::DefaultButton;
    if (primary && enabled) {
        paintBox(painter, option.rect, color(over || down ? Role::AccentHover : Role::Accent));
        if (keyboardFocus(option))
            paintBox(painter, QRectF(option.rect).adjusted(2, 2, -2, -2), {}, color(Role::AccentText),
                     ControlRadius - 2, 1.5);
        return;
    }
    QColor fill = color(down ? Role::Hairline : over ? Role::NeutralSoft : Role::Surface);
    QColor edge = color(primary ? Role::Hairline : Role::Border);
    if (primary && !enabled)
        fill = color(Role::NeutralSoft);
    if (on) {
        fill = color(Role::AccentSoft);
        edge = color(Role::Accent);
    }
    if (option.features & QStyleOptionButton::Flat && !on) {
        edge = QColor();
        if (!over && !down)
            fill = QColor();
    }
    paintBox(painter, option.rect, fill, edge);
    if (keyboardFocus(option))
        paintFocusRing(painter, option.rect);
}

void toolButton(QPainter *painter, const QStyleOption &option)
{
    const bool over = option.state & QStyle::State_Enabled && option.state & QStyle::State_MouseOver;
    if (option.state & QStyle::State_On)
        paintBox(painter, option.rect, color(Role::AccentSoft));
    else if (option.state & QStyle::State_Sunken)
        paintBox(painter, option.rect, color(Role::Hairline));
    else if (over)
        paintBox(painter, option.rect, color(Role::NeutralSoft));
    if (keyboardFocus(option))
        paintFocusRing(painter, option.rect);
}

void lineEdit(QPainter *painter, const QStyleOption &option)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool focus = enabled && option.state & QStyle::State_HasFocus;
    paintBox(painter, option.rect, color(enabled ? Role::Surface : Role::NeutralSoft),
             color(focus ? Role::Accent : Role::Border), ControlRadius, focus ? 1.5 : 1);
}

void checkBox(QPainter *painter, const QStyleOption &option)
{
    const QRectF box = centredSquare(option.rect, qMin(option.rect.width(), option.rect.height()) - 2);
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool on = option.state & QStyle::State_On;
    const bool part = option.state & QStyle::State_NoChange;
    const bool over = option.state & QStyle::State_MouseOver;
    if (on || part) {
        paintBox(painter, box, color(enabled ? Role::Accent : Role::Border), {}, ChipRadius);
        QPainterPath sign;
        const qreal unit = box.width() / 16;
        if (on) {
            sign.moveTo(box.topLeft() + QPointF(4, 8.4) * unit);
            sign.lineTo(box.topLeft() + QPointF(6.9, 11.3) * unit);
            sign.lineTo(box.topLeft() + QPointF(12, 5.2) * unit);
        } else {
            sign.moveTo(box.topLeft() + QPointF(4.5, 8) * unit);
            sign.lineTo(box.topLeft() + QPointF(11.5, 8) * unit);
        }
        stroke(painter, sign, color(Role::AccentText), 1.75);
    } else {
        paintBox(painter, box, color(enabled ? Role::Surface : Role::NeutralSoft),
                 color(over && enabled ? Role::Accent : Role::Secondary), ChipRadius);
    }
    if (keyboardFocus(option))
        paintFocusRing(painter, box.adjusted(-1, -1, 1, 1), ChipRadius + 1);
}

void radioButton(QPainter *painter, const QStyleOption &option)
{
    const QRectF box = centredSquare(option.rect, qMin(option.rect.width(), option.rect.height()) - 2);
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool on = option.state & QStyle::State_On;
    const QColor ink =
        inkOf(option, on || option.state & QStyle::State_MouseOver ? Role::Accent : Role::Secondary);
    paintBox(painter, box, color(enabled ? Role::Surface : Role::NeutralSoft), ink, box.width() / 2,
             on ? 1.5 : 1);
    const qreal gap = box.width() * 0.28;
    if (on)
        paintBox(painter, box.adjusted(gap, gap, -gap, -gap), ink, {}, box.width() / 2 - gap);
    if (keyboardFocus(option))
        paintFocusRing(painter, box.adjusted(-1, -1, 1, 1), box.width() / 2 + 1);
}

void itemRow(QPainter *painter, const QStyleOptionViewItem &option)
{
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, color(Role::AccentSoft));
    else if (option.state & QStyle::State_MouseOver && option.state & QStyle::State_Enabled)
        painter->fillRect(option.rect, color(Role::NeutralSoft));
    else if (option.backgroundBrush.style() != Qt::NoBrush)
        painter->fillRect(option.rect, option.backgroundBrush);
}

void chevron(QPainter *painter, const QRect &rect, Qt::ArrowType direction, bool enabled)
{
    const QRectF box = centredSquare(rect, qBound(6.0, qMin(rect.width(), rect.height()) * 0.5, 8.0));
    const QPointF centre = box.center();
    const qreal far = box.width() / 2;
    const qreal near = far / 2;
    QPainterPath path;
    const auto points = [&](QPointF a, QPointF b, QPointF c) {
        path.moveTo(centre + a);
        path.lineTo(centre + b);
        path.lineTo(centre + c);
    };
    switch (direction) {
    case Qt::UpArrow:
        points({-far, near}, {0, -near}, {far, near});
        break;
    case Qt::DownArrow:
        points({-far, -near}, {0, near}, {far, -near});
        break;
    case Qt::LeftArrow:
        points({near, -far}, {-near, 0}, {near, far});
        break;
    case Qt::RightArrow:
        points({-near, -far}, {near, 0}, {-near, far});
        break;
    case Qt::NoArrow:
        return;
    }
    stroke(painter, path, color(enabled ? Role::SecondaryText : Role::Border));
}

void branch(QPainter *painter, const QStyleOption &option)
{
    if (!(option.state & QStyle::State_Children))
        return;
    const bool closed = !(option.state & QStyle::State_Open);
    const auto right = option.direction == Qt::RightToLeft ? Qt::LeftArrow : Qt::RightArrow;
    chevron(painter, option.rect, closed ? right : Qt::DownArrow, true);
}

void scrollThumb(QPainter *painter, const QStyleOptionSlider &option, const QRect &thumb)
{
    if (option.minimum >= option.maximum)
        return;
    const bool active = option.activeSubControls & QStyle::SC_ScrollBarSlider &&
                        option.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    const qreal inset = 2.5;
    const QRectF box = QRectF(thumb).adjusted(inset, inset, -inset, -inset);
    QColor ink = color(Role::Secondary);
    ink.setAlphaF(active ? 0.75F : 0.38F);
    paintBox(painter, box, ink, {}, qMin(box.width(), box.height()) / 2);
}

void comboBox(QPainter *painter, const QStyleOptionComboBox &option, const QRect &arrow)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    if (option.frame) {
        QStyleOption frame = option;
        const bool over = enabled && option.state & QStyle::State_MouseOver && !option.editable;
        if (option.editable) {
            lineEdit(painter, frame);
        } else {
            paintBox(painter, option.rect, color(over || !enabled ? Role::NeutralSoft : Role::Surface),
                     color(Role::Border));
            if (keyboardFocus(option))
                paintFocusRing(painter, option.rect);
        }
    }
    chevron(painter, arrow, Qt::DownArrow, enabled);
}

void spinBox(QPainter *painter, const QStyleOptionSpinBox &option, const QRect &up, const QRect &down)
{
    if (option.frame)
        lineEdit(painter, option);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const bool enabled = option.state & QStyle::State_Enabled;
    chevron(painter, up, Qt::UpArrow, enabled && option.stepEnabled & QAbstractSpinBox::StepUpEnabled);
    chevron(painter, down, Qt::DownArrow, enabled && option.stepEnabled & QAbstractSpinBox::StepDownEnabled);
}

} // namespace handover::ui::parts
