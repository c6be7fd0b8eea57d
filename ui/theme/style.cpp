// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style.h"

#include "ui/theme/icons.h"
#include "ui/theme/paint.h"
#include "ui/theme/styleparts.h"
#include "ui/theme/theme.h"

#include <QTableView>
#include <QAbstractItemView>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QProgressBar>
#include <QTabBar>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace handover::ui {

Style::Style()
    : QProxyStyle(u"fusion"_s)
{
}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QTabBar *>(widget) || qobject_cast<QAbstractItemView *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    // The corners of menus and lists are round: what is outside them must be seen through.
    if (qobject_cast<QMenu *>(widget) || widget->inherits("QComboBoxPrivateContainer"))
        widget->setAttribute(Qt::WA_TranslucentBackground);
    if (widget->inherits("QTipLabel"))
        widget->setFont(smallFont());
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return 11;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
        return 0;
    case PM_SplitterWidth:
        return 1;
    case PM_DefaultFrameWidth:
        return qobject_cast<const QMenu *>(widget) ? 0 : 1;
    case PM_ButtonMargin:
        return 20;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuVMargin:
        return 4;
    case PM_MenuHMargin:
        return 0;
    case PM_MenuBarPanelWidth:
        return 0;
    case PM_MenuBarHMargin:
        return 6;
    case PM_MenuBarVMargin:
        return 0;
    case PM_MenuBarItemSpacing:
        return 0;
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabOverlap:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
        return 0;
    case PM_TabBarTabHSpace:
        return 24;
    case PM_TabBarTabVSpace:
        return 16;
    case PM_HeaderMargin:
        return 11;
    case PM_FocusFrameHMargin: // beside an item's text; a table's stands under its header
        return qobject_cast<const QTableView *>(widget) ? 11 : 4;
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_ToolBarItemMargin:
        return 2;
    case PM_ToolBarItemSpacing:
        return 4;
    case PM_SmallIconSize:
    case PM_ListViewIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
        return 16;
    case PM_ToolBarIconSize:
        return 18;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 18;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 7;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    case PM_LineEditIconMargin:
        return 6;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return 12;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ScrollView_FrameOnlyAroundContents:
    case SH_ComboBox_Popup:
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_Menu_MouseTracking:
    case SH_MenuBar_MouseTracking:
    case SH_ComboBox_ListMouseTracking:
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 1;
    case SH_UnderlineShortcut:
        return option && option->state & State_KeyboardFocusChange ? 1 : 0;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_TabBar_ElideMode:
        return Qt::ElideRight;
    case SH_ItemView_ArrowKeysNavigateIntoChildren:
        return 1;
    case SH_Table_GridLineColor:
        return static_cast<int>(color(Role::Hairline).rgba());
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_Menu_SubMenuPopupDelay:
        return 120;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    const int text = option ? option->fontMetrics.height() : 16;
    const int control = text + 11;
    switch (type) {
    case CT_PushButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const bool bare = button && button->text.isEmpty();
        return {qMax(control, size.width() + (bare ? 12 : 24)), qMax(control, size.height() + 10)};
    }
    case CT_LineEdit:
        return {size.width() + 14, qMax(control, size.height() + 2)};
    case CT_ComboBox: {
        const QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {result.width() + 14, control};
    }
    case CT_SpinBox: {
        const QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {result.width() + 4, control};
    }
    case CT_ItemViewItem: {
        QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
        result.setHeight(qMax(result.height(), text + 9));
        return result;
    }
    case CT_HeaderSection: {
        QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
        result.setHeight(qMax(result.height(), text + 11));
        return result;
    }
    case CT_TabBarTab: {
        // The current tab is written in bold; the others must leave room for it.
        QSize result = size;
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option); tab && widget) {
            const int thin = QFontMetrics(widget->font()).horizontalAdvance(tab->text);
            result.rwidth() +=
                qMax(0, QFontMetrics(bold(widget->font())).horizontalAdvance(tab->text) - thin);
        }
        return result;
    }
    case CT_MenuBarItem:
        return {size.width() + 16, text + 11};
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (!item)
            break;
        if (item->menuItemType == QStyleOptionMenuItem::Separator)
            return {size.width(), item->text.isEmpty() ? 9 : text + 8};
        const int icon = proxy()->pixelMetric(PM_SmallIconSize, option, widget);
        const int keys = item->text.contains(u'\t') ? 24 : 0;
        return {size.width() + keys + 2 * parts::MenuPadding + icon + 8 + icon, qMax(text, icon) + 10};
    }
    case CT_ProgressBar:
        return {size.width(), 8};
    case CT_ToolButton:
        return size + QSize(10, 8);
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    switch (element) {
    case SE_LineEditContents:
        return option->rect.adjusted(7, 0, -7, 0);
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents:
        return option->rect;
    case SE_ProgressBarLabel:
        return {};
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

QIcon Style::standardIcon(StandardPixmap standardIcon, const QStyleOption *option,
                          const QWidget *widget) const
{
    switch (standardIcon) {
    case SP_LineEditClearButton:
    case SP_DockWidgetCloseButton:
    case SP_TabCloseButton:
    case SP_DialogCloseButton:
        return icon(u"close");
    case SP_MessageBoxWarning:
        return icon(u"warning", Role::Warning);
    case SP_MessageBoxCritical:
        return icon(u"error", Role::Bad);
    case SP_MessageBoxQuestion:
    case SP_MessageBoxInformation:
        return icon(u"help", Role::Accent);
    case SP_BrowserReload:
        return icon(u"refresh");
    case SP_DirIcon:
        return icon(u"folder");
    default:
        return QProxyStyle::standardIcon(standardIcon, option, widget);
    }
}

} // namespace handover::ui
