// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/buttons.h"

#include "ui/theme/icons.h"
#include "ui/theme/paint.h"

#include <QPainter>
#include <QStyleOption>
#include <QStylePainter>

namespace handover::ui {
namespace {

bool ringed(const QWidget *widget)
{
    return widget->hasFocus() && widget->window()->testAttribute(Qt::WA_KeyboardFocusChange);
}

} // namespace

PrimaryButton::PrimaryButton(QWidget *parent)
    : PrimaryButton(QString(), parent)
{
}

PrimaryButton::PrimaryButton(const QString &text, QWidget *parent)
    : QPushButton(text, parent)
{
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
}

QSize PrimaryButton::sizeHint() const
{
    const QFontMetrics metrics(bold(font()));
    const int symbol = icon().isNull() ? 0 : iconSize().width() + 6;
    return {metrics.size(Qt::TextShowMnemonic, text()).width() + symbol + 32, metrics.height() + 17};
}

void PrimaryButton::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    option.features |= QStyleOptionButton::DefaultButton;
    painter.drawControl(QStyle::CE_PushButton, option);
}

LinkButton::LinkButton(const QString &text, QWidget *parent)
    : QAbstractButton(parent)
{
    setText(text);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

QSize LinkButton::sizeHint() const
{
    const QFontMetrics metrics(bold(font()));
    return {metrics.size(Qt::TextShowMnemonic, text()).width() + 8, metrics.height() + 4};
}

QSize LinkButton::minimumSizeHint() const
{
    const QFontMetrics metrics(bold(font()));
    return {qMin(sizeHint().width(), metrics.averageCharWidth() * 8), sizeHint().height()};
}

void LinkButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QFont written = bold(font());
    written.setUnderline(underMouse() && isEnabled());
    painter.setFont(written);
    painter.setPen(isEnabled() ? color(isDown() ? Role::AccentHover : Role::Accent)
                               : palette().color(QPalette::Disabled, QPalette::Text));
    const QString words =
        QFontMetrics(written).elidedText(text(), Qt::ElideRight, width() - 8, Qt::TextShowMnemonic);
    painter.drawText(rect().adjusted(4, 0, -4, 0),
                     Qt::AlignVCenter | Qt::TextSingleLine |
                         (ringed(this) ? Qt::TextShowMnemonic : Qt::TextHideMnemonic),
                     words);
    if (ringed(this))
        paintFocusRing(&painter, rect(), ChipRadius);
}

void LinkButton::enterEvent(QEnterEvent *event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void LinkButton::leaveEvent(QEvent *event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

IconButton::IconButton(QStringView iconId, const QString &name, QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    set(iconId, name);
}

void IconButton::set(QStringView iconId, const QString &name)
{
    m_icon = iconId.toString();
    setText(name);
    setAccessibleName(name);
    setToolTip(name);
    update();
}

QSize IconButton::sizeHint() const
{
    const int side = QFontMetrics(Theme::instance().baseFont()).height() + 8;
    return {side, side};
}

void IconButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool over = underMouse() && isEnabled();
    if (isDown() || isChecked())
        paintBox(&painter, rect(), color(isChecked() ? Role::AccentSoft : Role::Hairline));
    else if (over)
        paintBox(&painter, rect(), color(Role::NeutralSoft));
    const int extent = 16;
    const QRect place =
        QStyle::alignedRect(layoutDirection(), Qt::AlignCenter, QSize(extent, extent), rect());
    paintIcon(&painter, place, m_icon,
              isEnabled() ? color(isChecked() ? Role::Accent
                                  : over      ? Role::Text
                                              : Role::SecondaryText)
                          : palette().color(QPalette::Disabled, QPalette::Text));
    if (ringed(this))
        paintFocusRing(&painter, rect());
}

void IconButton::enterEvent(QEnterEvent *event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void IconButton::leaveEvent(QEvent *event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

} // namespace handover::ui
