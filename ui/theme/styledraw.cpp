// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/paint.h"
#include "ui/theme/style.h"
#include "ui/theme/styleparts.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDateTime>
#include <QPainter>
#include <QTabBar>
#include <QTimer>

namespace handover::ui {
namespace {

/// Where a busy bar is between 0 and 1; asks for the next picture while it can be seen.
qreal busyPhase(const QStyle *style, const QStyleOption *option, const QWidget *widget)
{
    constexpr const char *pending = "_handover_busy";
    if (style->styleHint(QStyle::SH_Widget_Animation_Duration, option, widget) == 0 || !widget)
        return 0.5;
    auto *bar = const_cast<QWidget *>(widget); // the only way for a style to animate a widget
    if (!bar->property(pending).toBool()) {
        bar->setProperty(pending, true);
        QTimer::singleShot(30, bar, [bar] {
            bar->setProperty(pending, false);
            bar->update();
        });
    }
    constexpr qint64 period = 1400;
    return qreal(QDateTime::currentMSecsSinceEpoch() % period) / qreal(period);
}

void drawTabLabel(const QStyle *style, const QStyleOptionTab &tab, QPainter *painter, const QWidget *widget)
{
    const bool selected = tab.state & QStyle::State_Selected;
    const bool enabled = tab.state & QStyle::State_Enabled;
    const bool over = tab.state & QStyle::State_MouseOver;
    QRect text = style->subElementRect(QStyle::SE_TabBarTabText, &tab, widget);
    painter->save();
    if (!tab.icon.isNull()) {
        const QSize size = tab.iconSize.isValid() ? tab.iconSize : QSize(16, 16);
        const QRect place = QStyle::alignedRect(tab.direction, Qt::AlignLeft | Qt::AlignVCenter, size,
                                                tab.rect.adjusted(12, 0, -12, 0));
        tab.icon.paint(painter, place, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    } else {
        text = tab.rect.adjusted(tab.leftButtonSize.width(), 0, -tab.rightButtonSize.width(), 0);
    }
    QFont font = widget ? widget->font() : painter->font();
    painter->setFont(selected ? bold(font) : font);
    painter->setPen(enabled ? color(selected || over ? Role::Text : Role::SecondaryText)
                            : tab.palette.color(QPalette::Disabled, QPalette::Text));
    const bool keys = tab.state & QStyle::State_KeyboardFocusChange;
    painter->drawText(text, Qt::AlignCenter | (keys ? Qt::TextShowMnemonic : Qt::TextHideMnemonic), tab.text);
    painter->restore();
}

void drawHeaderLabel(const QProxyStyle &style, const QStyleOptionHeader &header, QPainter *painter,
                     const QWidget *widget)
{
    QStyleOptionHeader quiet = header;
    for (const auto group : {QPalette::Active, QPalette::Inactive})
        quiet.palette.setColor(group, QPalette::ButtonText, color(Role::SecondaryText));
    quiet.state &= ~QStyle::State_On; // no bold for the column of the current cell
    painter->setFont(smallFont());
    style.QProxyStyle::drawControl(QStyle::CE_HeaderLabel, &quiet, painter, widget);
}

} // namespace

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    switch (element) {
    case PE_PanelButtonCommand:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            return parts::pushButton(painter, *button);
        break;
    case PE_FrameDefaultButton:
        return;
    case PE_PanelButtonTool:
        return parts::toolButton(painter, *option);
    case PE_PanelLineEdit:
        // A frameless one stands in something that has drawn the field already.
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            parts::lineEdit(painter, *option);
        return;
    case PE_FrameLineEdit:
        return parts::lineEdit(painter, *option);
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return parts::checkBox(painter, *option);
    case PE_IndicatorRadioButton:
        return parts::radioButton(painter, *option);
    case PE_PanelItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option))
            return parts::itemRow(painter, *item);
        break;
    case PE_PanelItemViewRow:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
            item && item->features & QStyleOptionViewItem::Alternate && !(item->state & State_Selected))
            painter->fillRect(item->rect, item->palette.color(QPalette::AlternateBase));
        else if (item && item->state & State_Selected)
            painter->fillRect(item->rect, color(Role::AccentSoft));
        return;
    case PE_IndicatorBranch:
        return parts::branch(painter, *option);
    case PE_IndicatorArrowUp:
        return parts::chevron(painter, option->rect, Qt::UpArrow, option->state & State_Enabled);
    case PE_IndicatorArrowDown:
        return parts::chevron(painter, option->rect, Qt::DownArrow, option->state & State_Enabled);
    case PE_IndicatorArrowLeft:
        return parts::chevron(painter, option->rect, Qt::LeftArrow, option->state & State_Enabled);
    case PE_IndicatorArrowRight:
        return parts::chevron(painter, option->rect, Qt::RightArrow, option->state & State_Enabled);
    case PE_IndicatorHeaderArrow:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            // Qt's own style asks itself, not this one, where the sign goes: above the title.
            QRect place = option->rect;
            if (widget && header->orientation == Qt::Horizontal)
                place.moveTop((widget->height() - place.height()) / 2);
            parts::chevron(painter, place,
                           header->sortIndicator == QStyleOptionHeader::SortUp ? Qt::UpArrow : Qt::DownArrow,
                           true);
        }
        return;
    case PE_FrameFocusRect:
        if (option->state & State_KeyboardFocusChange)
            paintFocusRing(painter, option->rect, ChipRadius);
        return;
    case PE_Frame:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            paintBox(painter, option->rect, {},
                     color(option->state & State_HasFocus ? Role::Accent : Role::Hairline));
        return;
    case PE_FrameGroupBox:
    case PE_FrameDockWidget:
    case PE_FrameWindow:
        return paintBox(painter, option->rect, {}, color(Role::Hairline));
    case PE_FrameTabWidget:
        return paintHairline(painter, option->rect, Qt::TopEdge);
    case PE_FrameTabBarBase: {
        const auto *base = qstyleoption_cast<const QStyleOptionTabBarBase *>(option);
        if (base && (base->shape == QTabBar::RoundedNorth || base->shape == QTabBar::TriangularNorth))
            painter->fillRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1,
                              color(Role::Hairline));
        return;
    }
    case PE_PanelMenu:
    case PE_FrameMenu:
        if (element == PE_PanelMenu)
            paintBox(painter, option->rect, color(Role::Surface), color(Role::Border));
        return;
    case PE_PanelTipLabel:
        return paintBox(painter, option->rect, color(Role::Surface), color(Role::Border), ChipRadius);
    case PE_PanelScrollAreaCorner: // between two bars that float on the surface
    case PE_PanelMenuBar:
    case PE_PanelToolBar:
    case PE_FrameStatusBarItem:
    case PE_IndicatorToolBarHandle:
        return;
    case PE_PanelStatusBar:
        return paintHairline(painter, option->rect, Qt::TopEdge);
    case PE_IndicatorToolBarSeparator: {
        const QRect rect = option->rect;
        painter->fillRect(rect.center().x(), rect.top() + 4, 1, rect.height() - 8, color(Role::Hairline));
        return;
    }
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    switch (element) {
    case CE_PushButtonBevel:
        return drawPrimitive(PE_PanelButtonCommand, option, painter, widget);
    case CE_PushButton:
        // Without Fusion's focus rectangle inside: the bevel has drawn the ring.
        drawControl(CE_PushButtonBevel, option, painter, widget);
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            QStyleOptionButton label = *button;
            label.rect = proxy()->subElementRect(SE_PushButtonContents, button, widget);
            proxy()->drawControl(CE_PushButtonLabel, &label, painter, widget);
        }
        return;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
            button && button->features & QStyleOptionButton::DefaultButton && button->state & State_Enabled) {
            QStyleOptionButton label = *button;
            label.palette.setColor(QPalette::ButtonText, color(Role::AccentText));
            painter->setFont(bold(painter->font()));
            return QProxyStyle::drawControl(element, &label, painter, widget);
        }
        break;
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            return parts::tabShape(painter, *tab);
        break;
    case CE_TabBarTabLabel:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            return drawTabLabel(proxy(), *tab, painter, widget);
        break;
    case CE_HeaderSection:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            return parts::headerSection(painter, *header);
        break;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, option->palette.color(QPalette::Base));
        return paintHairline(painter, option->rect, Qt::BottomEdge);
    case CE_HeaderLabel:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            return drawHeaderLabel(*this, *header, painter, widget);
        break;
    case CE_MenuBarEmptyArea:
        return painter->fillRect(option->rect, color(Role::Window));
    case CE_MenuBarItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            return parts::menuBarItem(painter, *item);
        break;
    case CE_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            return parts::menuItem(painter, *item, proxy()->pixelMetric(PM_SmallIconSize, option, widget));
        break;
    case CE_ProgressBar:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option)) {
            const bool busy = bar->minimum == 0 && bar->maximum == 0;
            return parts::progressBar(painter, *bar, busy ? busyPhase(proxy(), option, widget) : 0);
        }
        break;
    case CE_Splitter:
        return painter->fillRect(option->rect, color(Role::Hairline));
    case CE_ToolBar:
    case CE_SizeGrip:
        return;
    case CE_FocusFrame:
        return paintFocusRing(painter, option->rect);
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    switch (control) {
    case CC_ScrollBar:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            painter->fillRect(bar->rect, bar->palette.color(QPalette::Base));
            return parts::scrollThumb(painter, *bar,
                                      subControlRect(control, bar, SC_ScrollBarSlider, widget));
        }
        break;
    case CC_ComboBox:
        if (const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option))
            return parts::comboBox(painter, *box, subControlRect(control, box, SC_ComboBoxArrow, widget));
        break;
    case CC_SpinBox:
        if (const auto *box = qstyleoption_cast<const QStyleOptionSpinBox *>(option))
            return parts::spinBox(painter, *box, subControlRect(control, box, SC_SpinBoxUp, widget),
                                  subControlRect(control, box, SC_SpinBoxDown, widget));
        break;
    default:
        break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
                            const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (!bar)
            return {};
        const bool horizontal = bar->orientation == Qt::Horizontal;
        const int length = horizontal ? bar->rect.width() : bar->rect.height();
        const qint64 range = qint64(bar->maximum) - bar->minimum;
        int thumb = length;
        if (range > 0) {
            thumb = int(qint64(bar->pageStep) * length / qMax<qint64>(1, range + bar->pageStep));
            thumb = qBound(qMin(length, proxy()->pixelMetric(PM_ScrollBarSliderMin, option, widget)), thumb,
                           length);
        }
        const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                                  length - thumb, bar->upsideDown);
        const auto piece = [&](int from, int size) {
            const QRect rect = horizontal
                                   ? QRect(bar->rect.x() + from, bar->rect.y(), size, bar->rect.height())
                                   : QRect(bar->rect.x(), bar->rect.y() + from, bar->rect.width(), size);
            return visualRect(bar->direction, bar->rect, rect);
        };
        switch (subControl) {
        case SC_ScrollBarSlider:
            return piece(start, thumb);
        case SC_ScrollBarSubPage:
            return piece(0, start);
        case SC_ScrollBarAddPage:
            return piece(start + thumb, length - start - thumb);
        case SC_ScrollBarGroove:
            return bar->rect;
        default:
            return {};
        }
    }
    if (control == CC_ComboBox && subControl == SC_ComboBoxEditField)
        return QProxyStyle::subControlRect(control, option, subControl, widget).adjusted(4, 0, -4, 0);
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

} // namespace handover::ui
