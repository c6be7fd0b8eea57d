// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/stepper.h"

#include "ui/theme/paint.h"
#include "ui/widgets/mark.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

namespace handover::ui {
namespace {

constexpr int BoxPadding = 8; // inside a box, left and right
constexpr int MarkGap = 8; // between mark and title
constexpr int LongLine = 26;
constexpr int ShortLine = 12;

Mark markOf(Stepper::State state)
{
    switch (state) {
    case Stepper::State::Todo:
        return Mark::Todo;
    case Stepper::State::Running:
        return Mark::Running;
    case Stepper::State::Done:
        return Mark::Done;
    case Stepper::State::Attention:
        return Mark::Attention;
    case Stepper::State::Failed:
        return Mark::Failed;
    case Stepper::State::Stale:
        return Mark::Stale;
    }
    return Mark::Todo;
}

} // namespace

Stepper::Stepper(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_timer.setInterval(40);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_turn += 0.04;
        update();
    });
    describe();
}

void Stepper::setSteps(const QList<Step> &steps)
{
    if (steps == m_steps)
        return;
    m_steps = steps;
    m_focused = qBound(0, m_focused, qMax(0, int(m_steps.size()) - 1));
    const bool running = std::any_of(m_steps.cbegin(), m_steps.cend(),
                                     [](const Step &step) { return step.state == State::Running; });
    if (running && style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0)
        m_timer.start();
    else
        m_timer.stop();
    describe();
    updateGeometry();
    update();
}

void Stepper::setState(const QString &id, State state, int count, const QString &toolTip)
{
    QList<Step> steps = m_steps;
    if (const int index = indexOf(id); index >= 0) {
        Step &step = steps[index];
        step.state = state;
        step.count = count;
        step.toolTip = toolTip;
    }
    setSteps(steps);
}

void Stepper::setCurrent(const QString &id)
{
    if (id == m_current)
        return;
    m_current = id;
    m_focused = qMax(0, indexOf(id));
    describe();
    updateGeometry();
    update();
}

int Stepper::indexOf(const QString &id) const
{
    for (int i = 0; i < m_steps.size(); ++i) {
        if (m_steps.at(i).id == id)
            return i;
    }
    return -1;
}

int Stepper::boxWidth(const Step &step, bool titled) const
{
    const int title = titled ? MarkGap + QFontMetrics(bold(font())).horizontalAdvance(step.title) : 0;
    return 2 * BoxPadding + markSize() + title;
}

QSize Stepper::sizeHint() const
{
    int width = 0;
    for (const Step &step : m_steps)
        width += boxWidth(step, true) + LongLine;
    return {qMax(0, width - LongLine), markSize() + 14};
}

QSize Stepper::minimumSizeHint() const
{
    int width = 0;
    for (const Step &step : m_steps)
        width += boxWidth(step, step.id == m_current) + ShortLine;
    return {qMax(0, width - ShortLine), markSize() + 14};
}

QList<QRect> Stepper::boxes() const
{
    QList<QRect> result;
    const bool titled = [this] {
        int all = 0;
        for (const Step &step : m_steps)
            all += boxWidth(step, true) + ShortLine;
        return all - ShortLine <= width();
    }();
    int needed = 0;
    for (const Step &step : m_steps)
        needed += boxWidth(step, titled || step.id == m_current);
    const int gaps = qMax(1, int(m_steps.size()) - 1);
    const int line = qBound(ShortLine, (width() - needed) / gaps, LongLine);
    int left = 0;
    for (const Step &step : m_steps) {
        const QRect box(left, 0, boxWidth(step, titled || step.id == m_current), height());
        result.append(QStyle::visualRect(layoutDirection(), rect(), box));
        left += box.width() + line;
    }
    return result;
}

void Stepper::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QList<QRect> places = boxes();
    const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
    const bool ring = hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange);
    for (int i = 0; i < places.size(); ++i) {
        const Step &step = m_steps.at(i);
        const QRect box = places.at(i);
        const bool current = step.id == m_current;
        if (i > 0) {
            const QRect before = places.at(i - 1);
            const int from = rightToLeft ? box.right() + 1 : before.right() + 1;
            const int to = rightToLeft ? before.left() : box.left();
            painter.fillRect(from + 1, height() / 2, to - from - 2, 1, color(Role::Hairline));
        }
        if (current)
            paintBox(&painter, box, color(Role::AccentSoft));
        else if (i == m_hovered)
            paintBox(&painter, box, color(Role::NeutralSoft));
        const QRect inner = box.adjusted(BoxPadding, 0, -BoxPadding, 0);
        const QRect sign = QStyle::alignedRect(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter,
                                               QSize(markSize(), markSize()), inner);
        paintMark(&painter, sign, markOf(step.state), step.count, m_turn);
        QRect title = inner;
        if (rightToLeft)
            title.setRight(sign.left() - MarkGap);
        else
            title.setLeft(sign.right() + 1 + MarkGap);
        if (title.width() > 0) {
            painter.setFont(current ? bold(font()) : font());
            painter.setPen(color(current ? Role::Text : Role::SecondaryText));
            painter.drawText(
                title, Qt::AlignVCenter | Qt::TextSingleLine | (rightToLeft ? Qt::AlignRight : Qt::AlignLeft),
                step.title);
        }
        if (ring && i == m_focused)
            paintFocusRing(&painter, box);
    }
}

int Stepper::stepAt(const QPoint &position) const
{
    const QList<QRect> places = boxes();
    for (int i = 0; i < places.size(); ++i) {
        if (places.at(i).contains(position))
            return i;
    }
    return -1;
}

bool Stepper::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (const int index = stepAt(help->pos()); index >= 0) {
            const Step &step = m_steps.at(index);
            const QString words =
                step.toolTip.isEmpty() ? markName(markOf(step.state), step.count) : step.toolTip;
            QToolTip::showText(help->globalPos(), step.title + u": " + words, this, boxes().at(index));
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

void Stepper::mousePressEvent(QMouseEvent *event)
{
    const int index = stepAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || index < 0)
        return QWidget::mousePressEvent(event);
    m_focused = index;
    update();
    emit stepActivated(m_steps.at(index).id);
}

void Stepper::mouseMoveEvent(QMouseEvent *event)
{
    const int index = stepAt(event->position().toPoint());
    if (index != m_hovered) {
        m_hovered = index;
        setCursor(index >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        update();
    }
}

void Stepper::leaveEvent(QEvent *event)
{
    m_hovered = -1;
    update();
    QWidget::leaveEvent(event);
}

void Stepper::keyPressEvent(QKeyEvent *event)
{
    if (m_steps.isEmpty())
        return QWidget::keyPressEvent(event);
    const int last = int(m_steps.size()) - 1;
    const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Right:
        m_focused = qBound(0, m_focused + forward, last);
        break;
    case Qt::Key_Left:
        m_focused = qBound(0, m_focused - forward, last);
        break;
    case Qt::Key_Home:
        m_focused = 0;
        break;
    case Qt::Key_End:
        m_focused = last;
        break;
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        emit stepActivated(m_steps.at(m_focused).id);
        return;
    default:
        return QWidget::keyPressEvent(event);
    }
    describe();
    update();
}

void Stepper::focusInEvent(QFocusEvent *event)
{
    describe();
    QWidget::focusInEvent(event);
    update();
}

void Stepper::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

void Stepper::describe()
{
    setAccessibleName(tr("Steps"));
    QStringList words;
    for (int i = 0; i < m_steps.size(); ++i) {
        const Step &step = m_steps.at(i);
        const QString state = markName(markOf(step.state), step.count);
        words.append(i == m_focused && hasFocus()
                         ? tr("%1: %2 (selected)", "step, its state").arg(step.title, state)
                         : tr("%1: %2", "step, its state").arg(step.title, state));
    }
    setAccessibleDescription(words.join(u", "));
}

} // namespace handover::ui
