// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/relup/relupflow.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QTextLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

constexpr int Padding = 8; // above and below a group
constexpr int Inset = 12;  // left of the phase
constexpr int LineGap = 3;
constexpr int Hanging = 16; // of a line that goes on

// A line of code wrapped at its words, an overlong word anywhere; gives the height.
qreal layOut(QTextLayout &layout, qreal width)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    qreal height = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        const qreal indent = height > 0 ? Hanging : 0;
        line.setLineWidth(width - indent);
        line.setPosition({indent, height});
        height += line.height();
    }
    layout.endLayout();
    return height;
}

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

int RelupFlow::flow(int width, QPainter *painter) const
{
    const QFont title = bold(smallFont());
    const QFontMetrics titleMetrics(title);
    int phaseWidth = 0;
    for (const Group &group : m_groups)
        phaseWidth = qMax(phaseWidth, titleMetrics.horizontalAdvance(relup::phaseWords(group.phase)));
    const int textLeft = Inset + phaseWidth + 16;
    const int textWidth = qMax(80, width - textLeft - Inset);

    int y = 0;
    bool before = true;
    for (qsizetype i = 0; i < m_groups.size(); ++i) {
        const Group &group = m_groups[i];
        if (before && !group.beforePoint) {
            const int middle = y + Padding + titleMetrics.height() / 2;
            if (painter) {
                const QString words = tr("point of no return");
                painter->setFont(title);
                painter->setPen(color(Role::BadText));
                const int wordsWidth = titleMetrics.horizontalAdvance(words);
                painter->drawText(QRect(Inset, y + Padding, wordsWidth + 4, titleMetrics.height()), Qt::AlignVCenter, words);
                painter->setPen(QPen(color(Role::Bad), 2, Qt::DashLine));
                painter->drawLine(Inset + wordsWidth + 10, middle, width - Inset, middle);
            }
            y += titleMetrics.height() + 2 * Padding;
        } else if (i > 0 && painter) {
            painter->setPen(color(Role::Hairline));
            painter->drawLine(Inset, y, width - Inset, y);
        }
        before = group.beforePoint;
        y += Padding;
        if (painter) {
            painter->setFont(title);
            painter->setPen(color(Role::SecondaryText));
            painter->drawText(QRect(Inset, y, phaseWidth + 4, QFontMetrics(codeFont()).height()), Qt::AlignLeft | Qt::AlignVCenter,
                              relup::phaseWords(group.phase));
            painter->setPen(color(Role::Text));
        }
        for (const QString &line : group.lines) {
            QTextLayout layout(line, codeFont());
            const qreal height = layOut(layout, textWidth);
            if (painter)
                layout.draw(painter, QPointF(textLeft, y));
            y += qCeil(height) + LineGap;
        }
        y += Padding - LineGap;
    }
    return y;
}

int RelupFlow::heightForWidth(int width) const
{
    return m_groups.isEmpty() ? fontMetrics().height() + 2 * Padding : flow(width, nullptr);
}

QSize RelupFlow::sizeHint() const { return {360, heightForWidth(360)}; }

void RelupFlow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_groups.isEmpty()) {
        flow(width(), &painter);
        return;
    }
    painter.setPen(color(Role::SecondaryText));
    painter.drawText(rect().adjusted(Inset, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("Nothing to do: no application changes."));
}

void RelupFlow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace handover::ui
