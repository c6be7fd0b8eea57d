// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/transferdelegate.h"

#include "models/transfer/transferqueue.h"
#include "ui/theme/icons.h"
#include "ui/theme/paint.h"
#include "ui/widgets/chip.h"

#include <QApplication>
#include <QLocale>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

using Queue = transfer::TransferQueue;
using transfer::State;
using transfer::stateOf;

constexpr int Padding = 12;
constexpr int SignSide = 16;
constexpr int SignGap = 8;
constexpr int BarHeight = 3;
constexpr int AskingLines = 3; // the question, and buttons below it

[[nodiscard]] QPair<QString, Tone> chipOf(State state)
{
    switch (state) {
    case State::Waiting: return {TransferDelegate::tr("waiting"), Tone::Neutral};
    case State::Running: return {TransferDelegate::tr("running"), Tone::Accent};
    case State::Asking: return {TransferDelegate::tr("asks"), Tone::Warning};
    case State::Paused: return {TransferDelegate::tr("paused"), Tone::Neutral};
    case State::Retrying: return {TransferDelegate::tr("tries again"), Tone::Warning};
    case State::Done: return {TransferDelegate::tr("done"), Tone::Good};
    case State::Skipped: return {TransferDelegate::tr("skipped"), Tone::Neutral};
    case State::Failed: return {TransferDelegate::tr("failed"), Tone::Bad};
    case State::Cancelled: return {TransferDelegate::tr("cancelled"), Tone::Neutral};
    }
    Q_UNREACHABLE_RETURN({});
}

[[nodiscard]] QString sizeWords(qint64 bytes) { return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat); }

[[nodiscard]] QString timeWords(qint64 milliseconds)
{
    const qint64 seconds = (milliseconds + 999) / 1000;
    if (seconds < 60)
        return TransferDelegate::tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return TransferDelegate::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    return TransferDelegate::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
}

[[nodiscard]] bool isUp(const QModelIndex &index)
{
    return static_cast<transfer::Way>(index.data(Queue::WayRole).toInt()) == transfer::Way::Up;
}

[[nodiscard]] QString wayWords(const QModelIndex &index)
{
    return isUp(index) ? TransferDelegate::tr("to %1:%2").arg(index.data(Queue::ServerRole).toString(),
                                                              index.data(Queue::RemoteRole).toString())
                       : TransferDelegate::tr("from %1 to %2").arg(index.data(Queue::ServerRole).toString(),
                                                                   index.data(Queue::LocalRole).toString());
}

[[nodiscard]] qreal partOf(const QModelIndex &index)
{
    const auto total = static_cast<qreal>(index.data(Queue::TotalRole).toLongLong());
    const auto done = static_cast<qreal>(index.data(Queue::DoneRole).toLongLong());
    return total > 0 ? std::clamp(done / total, 0.0, 1.0) : 0;
}

} // namespace

QString transferNumbers(const QModelIndex &index)
{
    const State state = stateOf(index);
    const qint64 total = index.data(Queue::TotalRole).toLongLong();
    const qint64 done = index.data(Queue::DoneRole).toLongLong();
    const QString words = index.data(Queue::WordsRole).toString();
    QStringList parts;
    const bool begun = state == State::Running || state == State::Paused || state == State::Retrying;
    if (total >= 0 && begun)
        parts += TransferDelegate::tr("%1 of %2").arg(sizeWords(done), sizeWords(total));
    else if (total > 0 && state != State::Failed)
        parts += sizeWords(total);
    if (const qint64 rate = index.data(Queue::RateRole).toLongLong(); rate > 0 && state == State::Running)
        parts += TransferDelegate::tr("%1/s").arg(sizeWords(rate));
    if (const qint64 left = index.data(Queue::TimeLeftRole).toLongLong(); left >= 0 && state == State::Running)
        parts += TransferDelegate::tr("%1 left").arg(timeWords(left));
    if (!words.isEmpty())
        parts += words;
    if (const QString hint = index.data(Queue::HintRole).toString(); !hint.isEmpty() && state == State::Failed)
        parts += hint;
    return parts.join(u" · "_s);
}

void TransferDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem shown = option;
    initStyleOption(&shown, index);
    const QString name = std::exchange(shown.text, {});
    shown.widget->style()->drawControl(QStyle::CE_ItemViewItem, &shown, painter, shown.widget);

    painter->save();
    const State state = stateOf(index);
    const QFontMetrics &metrics = option.fontMetrics;
    const QRect inner = option.rect.adjusted(Padding, 5, -Padding, -5);
    QRect line(inner.left(), inner.top(), inner.width(), metrics.height() + 2);
    paintIcon(painter, QRectF(line.left(), line.center().y() - SignSide / 2.0 + 0.5, SignSide, SignSide),
              isUp(index) ? u"upload" : u"download", color(Role::SecondaryText));
    line.setLeft(line.left() + SignSide + SignGap);
    const auto [words, tone] = chipOf(state);
    const QSize size = chipSize(words);
    paintChip(painter, {line.right() - size.width() + 1, line.top(), size.width(), line.height()}, words, tone);
    line.setRight(line.right() - size.width() - SignGap);

    painter->setFont(option.font);
    painter->setPen(color(Role::Text));
    const QString shownName = metrics.elidedText(name, Qt::ElideMiddle, line.width() * 3 / 5);
    painter->drawText(line, int(Qt::AlignVCenter) | Qt::TextSingleLine, shownName);
    painter->setPen(color(Role::SecondaryText));
    const QRect way = line.adjusted(metrics.horizontalAdvance(shownName) + SignGap, 0, 0, 0);
    painter->drawText(way, int(Qt::AlignVCenter) | Qt::TextSingleLine, metrics.elidedText(wayWords(index), Qt::ElideMiddle, way.width()));

    if (state != State::Asking) { // there the question stands
        const QRect second(line.left(), line.bottom() + 1, inner.right() - line.left(), metrics.height());
        painter->setFont(smallFont());
        painter->setPen(color(state == State::Failed     ? Role::BadText
                              : state == State::Retrying ? Role::WarningText
                                                         : Role::SecondaryText));
        painter->drawText(second, int(Qt::AlignVCenter) | Qt::TextSingleLine,
                          QFontMetrics(smallFont()).elidedText(transferNumbers(index), Qt::ElideRight, second.width()));
    }
    if (state == State::Running || state == State::Paused || state == State::Retrying) {
        QRectF bar(inner.left() + SignSide + SignGap, inner.bottom() - BarHeight + 2, inner.width() - SignSide - SignGap, BarHeight);
        paintBox(painter, bar, color(Role::NeutralSoft), {}, BarHeight / 2.0);
        bar.setWidth(bar.width() * partOf(index));
        paintBox(painter, bar, color(state == State::Running ? Role::Accent : Role::Secondary), {}, BarHeight / 2.0);
    }
    paintHairline(painter, option.rect, Qt::BottomEdge);
    painter->restore();
}

QSize TransferDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int line = option.fontMetrics.height();
    const int asking = stateOf(index) == State::Asking ? (AskingLines - 1) * line + 12 : 0;
    return {200, 2 * line + 20 + asking};
}

} // namespace handover::ui
