// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QPainter;

namespace handover::ui {

/// The round sign in front of a check or a step: its form says the same as its colour.
enum class Mark {
    Todo,      ///< an empty circle
    Done,      ///< a tick
    Attention, ///< an exclamation mark or a count
    Failed,    ///< a cross
    Stale,     ///< a dashed circle: was done once, must be done again
    Running,   ///< an open ring; `turn` turns it
    Dot,       ///< a small filled dot in Good
};

/// Paints a mark centred in `rect`. `count` above 0 replaces the sign of Attention and Failed.
void paintMark(QPainter *painter, const QRectF &rect, Mark mark, int count = 0, qreal turn = 0);
/// The side of a mark beside text of the base font.
[[nodiscard]] int markSize();
/// "done", "needs attention"…, for screen readers and tool tips.
[[nodiscard]] QString markName(Mark mark, int count = 0);

/// A mark as a widget; has its name as accessible name unless another is set.
class MarkLabel final : public QWidget
{
    Q_OBJECT

public:
    explicit MarkLabel(Mark mark = Mark::Todo, QWidget *parent = nullptr);
    void set(Mark mark, int count = 0);
    [[nodiscard]] Mark mark() const { return m_mark; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Mark m_mark;
    int m_count = 0;
};

} // namespace handover::ui
