// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chip.h"

#include "ui/theme/paint.h"

#include <QEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace handover::ui {
namespace {

constexpr int ChipPadding = 7;
constexpr int ChipGap = 5;

} // namespace

QSize chipSize(const QString &text)
{
    const QFontMetrics metrics(smallFont());
    return {metrics.horizontalAdvance(text) + 2 * ChipPadding, metrics.height() + 4};
}

QRect paintChip(QPainter *painter, const QRect &rect, const QString &text, Tone tone, bool enabled)
{
    if (text.isEmpty())
        return {rect.topLeft(), QSize(0, 0)};
    const QSize size = chipSize(text);
    const bool rightToLeft = painter->layoutDirection() == Qt::RightToLeft;
    QRect box(rect.left(), rect.top() + (rect.height() - size.height()) / 2, qMin(size.width(), rect.width()),
              size.height());
    if (rightToLeft)
        box.moveRight(rect.right());
    painter->save();
    if (!enabled)
        painter->setOpacity(0.6);
    paintBox(painter, box, color(softRole(tone)), {}, ChipRadius);
    const QFont font = smallFont();
    painter->setFont(font);
    painter->setPen(color(textRole(tone)));
    const QString words = QFontMetrics(font).elidedText(text, Qt::ElideRight, box.width() - 2 * ChipPadding + 2);
    painter->drawText(box, Qt::AlignCenter | Qt::TextSingleLine, words);
    painter->restore();
    return box;
}

int paintChips(QPainter *painter, const QRect &rect, const QList<QPair<QString, Tone>> &chips, bool enabled)
{
    QRect left = rect;
    for (qsizetype i = 0; i < chips.size(); ++i) {
        const bool last = i + 1 == chips.size();
        const QString rest = u"+%1"_s.arg(chips.size() - i);
        const int needed = chipSize(chips.at(i).first).width() + (last ? 0 : ChipGap + chipSize(rest).width());
        // The first one is elided rather than dropped: "+3" alone says nothing.
        const bool fits = i == 0 || needed <= left.width();
        const QRect box = fits ? paintChip(painter, left, chips.at(i).first, chips.at(i).second, enabled)
                               : paintChip(painter, left, rest, Tone::Neutral, enabled);
        const int used = box.width() + ChipGap;
        if (painter->layoutDirection() == Qt::RightToLeft)
            left.setRight(left.right() - used);
        else
            left.setLeft(left.left() + used);
        if (!fits || left.width() <= 0)
            break;
    }
    return rect.width() - left.width();
}

Chip::Chip(QWidget *parent)
    : Chip(QString(), Tone::Neutral, parent)
{
}

Chip::Chip(const QString &text, Tone tone, QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    set(text, tone);
}

void Chip::set(const QString &text, Tone tone)
{
    m_text = text;
    m_tone = tone;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const { return m_text.isEmpty() ? QSize(0, 0) : chipSize(m_text); }

QSize Chip::minimumSizeHint() const
{
    return sizeHint().boundedTo(QSize(chipSize(u"mm…"_s).width(), sizeHint().height()));
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect box = paintChip(&painter, rect(), m_text, m_tone, isEnabled());
    setToolTip(box.width() < chipSize(m_text).width() ? Qt::convertFromPlainText(m_text) : QString());
}

void Chip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace handover::ui
