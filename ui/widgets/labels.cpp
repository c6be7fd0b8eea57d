// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/labels.h"

#include "ui/theme/paint.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace handover::ui {

ElidedLabel::ElidedLabel(const QString &text, QWidget *parent)
    : QFrame(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(text);
}

void ElidedLabel::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    updateToolTip();
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

void ElidedLabel::setRole(Role role)
{
    m_role = role;
    update();
}

void ElidedLabel::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 1, fontMetrics().height() + 2};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {qMin(sizeHint().width(), fontMetrics().horizontalAdvance(u"mmm…"_s)), sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(isEnabled() ? color(m_role) : palette().color(QPalette::Disabled, QPalette::Text));
    painter.drawText(rect(),
                     static_cast<int>(QStyle::visualAlignment(layoutDirection(), m_alignment)) |
                         Qt::TextSingleLine,
                     fontMetrics().elidedText(m_text, m_mode, width()));
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    updateToolTip();
}

void ElidedLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QFrame::changeEvent(event);
}

// Names come from repositories and servers: without this, markup in one would be taken for markup.
void ElidedLabel::updateToolTip()
{
    setToolTip(width() + 1 < sizeHint().width() ? Qt::convertFromPlainText(m_text) : QString());
}

RoleLabel::RoleLabel(const QString &text, Role role, QWidget *parent)
    : QLabel(text, parent)
    , m_role(role)
{
    setTextFormat(Qt::PlainText);
    connect(&Theme::instance(), &Theme::changed, this, &RoleLabel::apply);
    apply();
}

void RoleLabel::setRole(Role role)
{
    m_role = role;
    apply();
}

void RoleLabel::apply()
{
    QPalette changed;
    changed.setColor(QPalette::Active, QPalette::WindowText, color(m_role));
    changed.setColor(QPalette::Inactive, QPalette::WindowText, color(m_role));
    setPalette(changed);
}

Hairline::Hairline(Qt::Orientation orientation, QWidget *parent)
    : QWidget(parent)
{
    if (orientation == Qt::Horizontal) {
        setFixedHeight(1);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    } else {
        setFixedWidth(1);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    }
}

void Hairline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Role::Hairline));
}

SectionHeader::SectionHeader(const QString &title, QWidget *right, QWidget *parent)
    : QWidget(parent)
    , m_title(new ElidedLabel(title, this))
{
    m_title->setFont(bold(Theme::instance().baseFont()));
    m_title->setRole(Role::SecondaryText);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_title, 1);
    setMinimumHeight(m_title->sizeHint().height() + 8);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    if (right)
        setRight(right);
}

void SectionHeader::setTitle(const QString &title) { m_title->setText(title); }

void SectionHeader::setRight(QWidget *widget)
{
    delete m_right;
    m_right = widget;
    if (widget)
        layout()->addWidget(widget);
}

Card::Card(QWidget *parent)
    : QFrame(parent)
{
}

void Card::setSelected(bool selected)
{
    m_selected = selected;
    update();
}

void Card::setClickable(bool clickable)
{
    m_clickable = clickable;
    setFocusPolicy(clickable ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(clickable ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setAttribute(Qt::WA_Hover, clickable);
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool over = m_clickable && underMouse();
    paintBox(&painter, rect(),
             color(m_selected ? Role::AccentSoft
                   : over     ? Role::NeutralSoft
                              : Role::Surface),
             color(m_selected ? Role::Accent : Role::Hairline), 8);
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        paintFocusRing(&painter, rect(), 8);
}

void Card::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_clickable && event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        emit clicked();
    else
        QFrame::mouseReleaseEvent(event);
}

void Card::keyPressEvent(QKeyEvent *event)
{
    if (m_clickable &&
        (event->key() == Qt::Key_Space || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        emit clicked();
    else
        QFrame::keyPressEvent(event);
}

} // namespace handover::ui
