// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/highlightbox.h"

#include "ui/editor/indicators.h"
#include "ui/theme/paint.h"

#include <Qsci/qsciscintilla.h>

#include <QPainter>
#include <QScrollBar>

namespace handover::ui {
namespace {

using Sci = QsciScintillaBase;
constexpr int Overhang = 2; // beyond the letters on both sides

} // namespace

HighlightBox::HighlightBox(QsciScintilla *view)
    : QWidget(view->viewport())
    , m_view(view)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &HighlightBox::arrange);
    connect(m_view, &QsciScintillaBase::SCN_PAINTED, this, [this] {
        if (!m_range.isEmpty())
            m_later.start(0);
    });
    for (QScrollBar *bar : {m_view->verticalScrollBar(), m_view->horizontalScrollBar()})
        connect(bar, &QScrollBar::valueChanged, this, &HighlightBox::arrange);
}

void HighlightBox::mark(const TextRange &range)
{
    m_range = range;
    arrange();
}

void HighlightBox::arrange()
{
    const auto begin = static_cast<unsigned long>(m_range.begin);
    const long line = m_view->SendScintilla(Sci::SCI_LINEFROMPOSITION, begin);
    const bool one =
        line == m_view->SendScintilla(Sci::SCI_LINEFROMPOSITION, static_cast<unsigned long>(m_range.end));
    if (m_range.isEmpty() || !one ||
        !m_view->SendScintilla(Sci::SCI_GETLINEVISIBLE, static_cast<unsigned long>(line)))
        return hide();
    const int left =
        int(m_view->SendScintilla(Sci::SCI_POINTXFROMPOSITION, 0UL, long(m_range.begin))) - Overhang;
    const int right =
        int(m_view->SendScintilla(Sci::SCI_POINTXFROMPOSITION, 0UL, long(m_range.end))) + Overhang;
    const int top = int(m_view->SendScintilla(Sci::SCI_POINTYFROMPOSITION, 0UL, long(m_range.begin)));
    const int height = int(m_view->SendScintilla(Sci::SCI_TEXTHEIGHT, static_cast<unsigned long>(line)));
    int margins = 0;
    for (unsigned long margin = 0; margin <= FoldMargin; ++margin)
        margins += int(m_view->SendScintilla(Sci::SCI_GETMARGINWIDTHN, margin));
    m_hidden = qMax(0, margins - left);
    setGeometry(left + m_hidden, top, right - left - m_hidden, height);
    setVisible(right > margins);
    update();
}

void HighlightBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(&painter, rect().adjusted(-m_hidden, 0, 0, 0), {}, color(Role::Accent), ChipRadius);
}

} // namespace handover::ui
