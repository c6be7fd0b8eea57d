// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/relup/relupflow.h"

#include "ui/theme/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

constexpr int Gap = 12;
constexpr int Inset = 12;
constexpr int PointWidth = 72; // the line and its words
constexpr int LeastCard = 170;

} // namespace

RelupFlow::RelupFlow(QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void RelupFlow::setScript(const relup::Script &script)
{
    m_groups.clear();
    for (qsizetype i = 0; i < script.instructions.size(); ++i) {
        const relup::Instruction &instruction = script.instructions[i];
        const bool before = i < script.pointOfNoReturn;
        if (m_groups.isEmpty() || m_groups.last().phase != instruction.phase || m_groups.last().beforePoint != before)
            m_groups += Group{instruction.phase, {}, before};
        m_groups.last().lines += instruction.words;
    }
    describe();
    updateGeometry();
    update();
}

void RelupFlow::describe()
{
    QStringList words;
    bool before = true;
    for (const Group &group : std::as_const(m_groups)) {
        if (before && !group.beforePoint)
            words += tr("Point of no return");
        before = group.beforePoint;
        words += relup::phaseWords(group.phase) + u": "_s + group.lines.join(u", "_s);
    }
    setAccessibleName(tr("Relup in phases"));
    setAccessibleDescription(words.join(u". "_s));
}

int RelupFlow::columns(int width) const
{
    const int room = (width - PointWidth + Gap) / (LeastCard + Gap);
    return qBound(1, room, qMax(1, static_cast<int>(m_groups.size())));
}

int RelupFlow::cardWidth(int width) const
{
    const int count = columns(width);
    return (width - PointWidth - (count - 1) * Gap) / count;
}

int RelupFlow::cardHeight(const Group &group, int width) const
{
    const QFontMetrics title(bold(smallFont()));
    const QFontMetrics code(codeFont());
    int height = 2 * Inset + title.height() + 6;
    for (const QString &line : group.lines)
        height += code.boundingRect(0, 0, width - 2 * Inset, 1000, Qt::TextWordWrap | Qt::TextWrapAnywhere, line).height() + 2;
    return height;
}

int RelupFlow::heightForWidth(int width) const
{
    const int card = cardWidth(width);
    const int count = columns(width);
    int height = 0;
    for (qsizetype i = 0; i < m_groups.size(); i += count) {
        int row = 0;
        for (qsizetype j = i; j < qMin(i + count, m_groups.size()); ++j)
            row = qMax(row, cardHeight(m_groups[j], card));
        height += row + (i > 0 ? Gap : 0);
    }
    return qMax(height, 24);
}

QSize RelupFlow::sizeHint() const { return {720, heightForWidth(720)}; }

void RelupFlow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_groups.isEmpty()) {
        painter.setPen(color(Role::SecondaryText));
        painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, tr("Nothing to do: no application changes."));
        return;
    }
    const int card = cardWidth(width());
    const int count = columns(width());
    int y = 0;
    bool before = true;
    for (qsizetype i = 0; i < m_groups.size(); i += count) {
        int rowHeight = 0;
        const qsizetype end = qMin(i + count, m_groups.size());
        for (qsizetype j = i; j < end; ++j)
            rowHeight = qMax(rowHeight, cardHeight(m_groups[j], card));
        int x = 0;
        for (qsizetype j = i; j < end; ++j) {
            const Group &group = m_groups[j];
            if (before && !group.beforePoint) {
                painter.setPen(QPen(color(Role::Bad), 2, Qt::DashLine));
                painter.drawLine(QPointF(x + 3, y), QPointF(x + 3, y + rowHeight));
                painter.setPen(color(Role::BadText));
                painter.setFont(smallFont());
                painter.drawText(QRect(x + 10, y, PointWidth - 14, rowHeight), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                                 tr("point of no return"));
                x += PointWidth;
            }
            before = group.beforePoint;
            const QRectF box(x + 0.5, y + 0.5, card - 1, rowHeight - 1);
            painter.setPen(color(Role::Hairline));
            painter.setBrush(color(Role::Surface));
            painter.drawRoundedRect(box, 8, 8);
            QRect text = box.toRect().adjusted(Inset, Inset, -Inset, -Inset);
            painter.setFont(bold(smallFont()));
            painter.setPen(color(Role::SecondaryText));
            painter.drawText(text, Qt::AlignLeft | Qt::AlignTop, relup::phaseWords(group.phase));
            text.setTop(text.top() + QFontMetrics(bold(smallFont())).height() + 6);
            painter.setFont(codeFont());
            painter.setPen(color(Role::Text));
            for (const QString &line : group.lines) {
                QRect used;
                painter.drawText(text, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap | Qt::TextWrapAnywhere, line, &used);
                text.setTop(text.top() + used.height() + 2);
            }
            x += card + Gap;
        }
        y += rowHeight + Gap;
    }
}

void RelupFlow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace handover::ui
