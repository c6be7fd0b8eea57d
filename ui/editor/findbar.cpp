// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/findbar.h"

#include "ui/editor/indicators.h"
#include "ui/theme/paint.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/searchfield.h"

#include <Qsci/qsciscintilla.h>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace handover::ui {
namespace {

using Sci = QsciScintillaBase;
constexpr int MaximumHits = 5000;

} // namespace

FindBar::FindBar(QsciScintilla *view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_field(new SearchField(tr("Find in the text"), this))
    , m_count(new ElidedLabel({}, this))
{
    m_count->setRole(Role::SecondaryText);
    m_count->setMinimumWidth(fontMetrics().averageCharWidth() * 14);
    auto *previous = new IconButton(u"chevron-up", tr("Find Previous"), this);
    auto *next = new IconButton(u"chevron-down", tr("Find Next"), this);
    auto *done = new IconButton(u"close", tr("Close Find"), this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 6, 8, 6);
    row->setSpacing(6);
    row->addWidget(m_field, 1);
    row->addWidget(m_count);
    row->addWidget(previous);
    row->addWidget(next);
    row->addWidget(done);
    connect(m_field, &QLineEdit::textChanged, this, [this] {
        m_view->SendScintilla(Sci::SCI_SETEMPTYSELECTION, m_view->SendScintilla(Sci::SCI_GETSELECTIONSTART));
        markAll();
        findNext();
    });
    connect(previous, &IconButton::clicked, this, [this] { findNext(true); });
    connect(next, &IconButton::clicked, this, [this] { findNext(); });
    connect(done, &IconButton::clicked, this, &FindBar::close);
    connect(m_view, &QsciScintilla::textChanged, this, [this] {
        if (isVisible())
            markAll();
    });
    m_field->installEventFilter(this);
    applyTheme();
    hide();
}

void FindBar::applyTheme()
{
    m_view->SendScintilla(Sci::SCI_INDICSETSTYLE, FindIndicator, long(Sci::INDIC_ROUNDBOX));
    m_view->SendScintilla(Sci::SCI_INDICSETFORE, FindIndicator, color(Role::Warning));
    m_view->SendScintilla(Sci::SCI_INDICSETALPHA, FindIndicator, 50L);
    m_view->SendScintilla(Sci::SCI_INDICSETOUTLINEALPHA, FindIndicator, 140L);
    m_view->SendScintilla(Sci::SCI_INDICSETUNDER, FindIndicator, 1L);
}

void FindBar::open()
{
    show();
    const QString selected = m_view->selectedText();
    if (!selected.isEmpty() && !selected.contains(u'\n'))
        m_field->setText(selected);
    m_field->selectAll();
    m_field->setFocus(Qt::ShortcutFocusReason);
    markAll();
}

void FindBar::close()
{
    hide();
    markAll();
    m_view->setFocus(Qt::OtherFocusReason);
}

QByteArray FindBar::needle() const { return m_field->text().toUtf8(); }

int FindBar::search(const QByteArray &text, int from, int to) const
{
    const QString words = m_field->text();
    const bool exact = words != words.toLower();
    m_view->SendScintilla(Sci::SCI_SETSEARCHFLAGS, exact ? long(Sci::SCFIND_MATCHCASE) : 0L);
    m_view->SendScintilla(Sci::SCI_SETTARGETRANGE, static_cast<unsigned long>(from), long(to));
    return int(m_view->SendScintilla(Sci::SCI_SEARCHINTARGET, static_cast<unsigned long>(text.size()),
                                     text.constData()));
}

bool FindBar::findNext(bool backward)
{
    const QByteArray text = needle();
    if (text.isEmpty())
        return false;
    const int length = int(m_view->SendScintilla(Sci::SCI_GETLENGTH));
    const int start = int(m_view->SendScintilla(Sci::SCI_GETSELECTIONSTART));
    const int end = int(m_view->SendScintilla(Sci::SCI_GETSELECTIONEND));
    int hit = backward ? search(text, start, 0) : search(text, end, length);
    if (hit < 0) // around the end
        hit = backward ? search(text, length, 0) : search(text, 0, length);
    if (hit < 0)
        return false;
    const long hitEnd = m_view->SendScintilla(Sci::SCI_GETTARGETEND);
    m_view->SendScintilla(Sci::SCI_ENSUREVISIBLEENFORCEPOLICY,
                          m_view->SendScintilla(Sci::SCI_LINEFROMPOSITION, hit));
    m_view->SendScintilla(Sci::SCI_SETSEL, static_cast<unsigned long>(hit), hitEnd);
    return true;
}

void FindBar::markAll()
{
    const long length = m_view->SendScintilla(Sci::SCI_GETLENGTH);
    m_view->SendScintilla(Sci::SCI_SETINDICATORCURRENT, FindIndicator);
    m_view->SendScintilla(Sci::SCI_INDICATORCLEARRANGE, 0UL, length);
    m_hits = 0;
    const QByteArray text = needle();
    if (isHidden() || text.isEmpty())
        return m_count->setText({});
    for (int from = 0; m_hits < MaximumHits; ++m_hits) {
        const int hit = search(text, from, int(length));
        if (hit < 0)
            break;
        const int end = int(m_view->SendScintilla(Sci::SCI_GETTARGETEND));
        m_view->SendScintilla(Sci::SCI_INDICATORFILLRANGE, static_cast<unsigned long>(hit), long(end - hit));
        from = qMax(end, hit + 1);
    }
    m_count->setRole(m_hits > 0 ? Role::SecondaryText : Role::BadText);
    m_count->setText(m_hits > 0 ? tr("%L1 found", "how many places").arg(m_hits) : tr("Not found"));
}

void FindBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Role::Surface));
    paintHairline(&painter, rect(), Qt::TopEdge);
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape) {
            close();
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            findNext(key->modifiers() & Qt::ShiftModifier);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace handover::ui
