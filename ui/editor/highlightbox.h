// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/textrange.h"

#include <QTimer>
#include <QWidget>

class QsciScintilla;

namespace handover::ui {

/// The rounded outline of the highlighted piece of text. Scintilla's own box loses its lower edge
/// to the line below. Only drawn where the range lies in one line.
class HighlightBox final : public QWidget
{
    Q_OBJECT

public:
    explicit HighlightBox(QsciScintilla *view);
    void mark(const TextRange &range);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void arrange();

    QsciScintilla *m_view;
    TextRange m_range;
    QTimer m_later;
    int m_hidden = 0; ///< pixels that are scrolled out at the left
};

} // namespace handover::ui
