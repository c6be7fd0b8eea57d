// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/mark.h"

#include "ui/theme/paint.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

namespace handover::ui {
namespace {

struct Look
{
    Role soft;
    Role ink;
};

Look lookOf(Mark mark)
{
    switch (mark) {
    case Mark::Done:
        return {Role::GoodSoft, Role::GoodText};
    case Mark::Attention:
        return {Role::WarningSoft, Role::WarningText};
    case Mark::Failed:
        return {Role::BadSoft, Role::BadText};
    case Mark::Running:
        return {Role::Surface, Role::Accent};
    case Mark::Dot:
        return {Role::Good, Role::Good};
    case Mark::Todo:
    case Mark::Stale:
        break;
    }
    return {Role::Surface, Role::Secondary};
}

void paintSign(QPainter *painter, const QRectF &box, Mark mark, const QColor &ink)
{
    const qreal unit = box.width() / 16;
    const auto at = [&](qreal x, qreal y) { return box.topLeft() + QPointF(x, y) * unit; };
    painter->setPen(QPen(ink, qMax(1.6, 1.8 * unit), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (mark == Mark::Done) {
        painter->drawPolyline(QPolygonF{at(5, 8.3), at(7.1, 10.4), at(11, 6)});
    } else if (mark == Mark::Failed) {
        painter->drawLine(at(5.7, 5.7), at(10.3, 10.3));
        painter->drawLine(at(10.3, 5.7), at(5.7, 10.3));
    } else {
        painter->drawLine(at(8, 4.6), at(8, 8.4));
        painter->setPen(Qt::NoPen);
        painter->setBrush(ink);
        painter->drawEllipse(at(8, 11.1), unit, unit);
    }
}

} // namespace

int markSize() { return QFontMetrics(Theme::instance().baseFont()).height(); }

void paintMark(QPainter *painter, const QRectF &rect, Mark mark, int count, qreal turn)
{
    const qreal side = qMin<qreal>(markSize(), qMin(rect.width(), rect.height()));
    QRectF box(0, 0, side, side);
    box.moveCenter(rect.center());
    const auto [soft, ink] = lookOf(mark);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    switch (mark) {
    case Mark::Dot:
        painter->setPen(Qt::NoPen);
        painter->setBrush(color(ink));
        painter->drawEllipse(box.center(), side * 0.27, side * 0.27);
        break;
    case Mark::Todo:
    case Mark::Stale: {
        QPen pen(color(mark == Mark::Todo ? Role::Border : ink), mark == Mark::Todo ? 1.25 : 1.5);
        if (mark == Mark::Stale)
            pen.setDashPattern({2.2, 2});
        painter->setPen(pen);
        painter->drawEllipse(box.adjusted(1, 1, -1, -1));
        break;
    }
    case Mark::Running:
        painter->setPen(QPen(color(Role::Hairline), 2));
        painter->drawEllipse(box.adjusted(1.5, 1.5, -1.5, -1.5));
        painter->setPen(QPen(color(ink), 2, Qt::SolidLine, Qt::RoundCap));
        painter->drawArc(box.adjusted(1.5, 1.5, -1.5, -1.5), qRound(-turn * 360 * 16), 100 * 16);
        break;
    case Mark::Done:
    case Mark::Attention:
    case Mark::Failed:
        painter->setPen(Qt::NoPen);
        painter->setBrush(color(soft));
        painter->drawEllipse(box);
        if (count > 0 && mark != Mark::Done) {
            painter->setFont(bold(smallFont()));
            painter->setPen(color(ink));
            painter->drawText(box, Qt::AlignCenter,
                              count > 99 ? QStringLiteral("…") : QString::number(count));
        } else {
            paintSign(painter, box, mark, color(ink));
        }
        break;
    }
    painter->restore();
}

QString markName(Mark mark, int count)
{
    const auto tr = [count](const char *text) {
        return QCoreApplication::translate("handover::ui::Mark", text, nullptr, count);
    };
    switch (mark) {
    case Mark::Todo:
        return tr(QT_TRANSLATE_NOOP("handover::ui::Mark", "to do"));
    case Mark::Done:
        return tr(QT_TRANSLATE_NOOP("handover::ui::Mark", "done"));
    case Mark::Attention:
        if (count == 1)
            return tr(QT_TRANSLATE_NOOP("handover::ui::Mark", "1 problem"));
        return count > 1 ? tr(QT_TRANSLATE_N_NOOP("handover::ui::Mark", "%n problems"))
                         : tr(QT_TRANSLATE_NOOP("handover::ui::Mark", "needs attention"));
    case Mark::Failed:
        return tr(QT_TRANSLATE_NOOP("handover::ui::Mark", "failed"));
    case Mark::Stale:
        return tr(QT_TRANSLATE_NOOP("handover::ui::Mark", "out of date"));
    case Mark::Running:
        return tr(QT_TRANSLATE_NOOP("handover::ui::Mark", "running"));
    case Mark::Dot:
        return tr(QT_TRANSLATE_NOOP("handover::ui::Mark", "up"));
    }
    return {};
}

MarkLabel::MarkLabel(Mark mark, QWidget *parent)
    : QWidget(parent)
    , m_mark(mark)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    set(mark);
}

void MarkLabel::set(Mark mark, int count)
{
    m_mark = mark;
    m_count = count;
    setAccessibleName(markName(mark, count));
    setToolTip(markName(mark, count));
    update();
}

QSize MarkLabel::sizeHint() const { return {markSize(), markSize()}; }

void MarkLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintMark(&painter, rect(), m_mark, m_count);
}

} // namespace handover::ui
