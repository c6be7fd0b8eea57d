// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/findbar.h"

#include "ui/editor/indicators.h"
#include "ui/theme/paint.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/searchfield.h"

#include <Qsci/qsciscintilla.h>

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace handover::ui {
namespace {

using Sci = QsciScintillaBase;

} // namespace

FindBar::FindBar(QsciScintilla *view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_field(new SearchField(tr("Find in the text"), this))
    , m_count(new ElidedLabel({}, this))
    , m_case(new QCheckBox(tr("Match &case"), this))
    , m_regex(new QCheckBox(tr("Regular e&xpression"), this))
    , m_replaceRow(new QWidget(this))
    , m_replacement(new QLineEdit(m_replaceRow))
    , m_replace(new QPushButton(tr("Rep&lace"), m_replaceRow))
    , m_replaceAll(new QPushButton(tr("Replace &All"), m_replaceRow))
{
    layOut();
    connect(m_field, &QLineEdit::textChanged, this, &FindBar::searchFromSelection);
    connect(m_case, &QCheckBox::toggled, this, &FindBar::searchFromSelection);
    connect(m_regex, &QCheckBox::toggled, this, &FindBar::searchFromSelection);
    connect(m_replace, &QPushButton::clicked, this, &FindBar::replace);
    connect(m_replaceAll, &QPushButton::clicked, this, &FindBar::replaceAll);
    connect(m_view, &QsciScintilla::textChanged, this, [this] {
        if (isVisible())
            search();
    });
    m_field->installEventFilter(this);
    m_replacement->installEventFilter(this);
    applyTheme();
    hide();
}

void FindBar::layOut()
{
    m_count->setRole(Role::SecondaryText);
    m_count->setMinimumWidth(fontMetrics().averageCharWidth() * 14);
    m_replacement->setPlaceholderText(tr("Replace with"));
    m_replacement->setAccessibleName(tr("Replace with"));
    m_regex->setToolTip(tr("In the replacement, \\1 is what the first group found"));
    auto *previous = new IconButton(u"chevron-up", tr("Find Previous"), this);
    auto *next = new IconButton(u"chevron-down", tr("Find Next"), this);
    auto *done = new IconButton(u"close", tr("Close Find"), this);
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_field, 1);
    row->addWidget(m_count);
    row->addWidget(previous);
    row->addWidget(next);
    row->addWidget(done);
    auto *options = new QHBoxLayout;
    options->setSpacing(12);
    options->addWidget(m_case);
    options->addWidget(m_regex);
    options->addStretch(1);
    auto *replacing = new QHBoxLayout(m_replaceRow);
    replacing->setContentsMargins({});
    replacing->setSpacing(6);
    replacing->addWidget(m_replacement, 1);
    replacing->addWidget(m_replace);
    replacing->addWidget(m_replaceAll);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 6, 8, 6);
    column->setSpacing(6);
    column->addLayout(row);
    column->addWidget(m_replaceRow);
    column->addLayout(options);
    m_replaceRow->hide();
    connect(previous, &IconButton::clicked, this, [this] { findNext(true); });
    connect(next, &IconButton::clicked, this, [this] { findNext(); });
    connect(done, &IconButton::clicked, this, &FindBar::close);
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
    search();
}

void FindBar::openReplace()
{
    m_replaceRow->setVisible(!m_view->isReadOnly());
    open();
}

void FindBar::close()
{
    hide();
    m_replaceRow->hide();
    search();
    m_view->setFocus(Qt::OtherFocusReason);
}

SearchQuery FindBar::query() const
{
    const QString words = m_field->text();
    const bool capitals = !m_regex->isChecked() && words != words.toLower();
    return {words, m_case->isChecked() || capitals, m_regex->isChecked()};
}

TextRange FindBar::selection() const
{
    return {m_view->SendScintilla(Sci::SCI_GETSELECTIONSTART), m_view->SendScintilla(Sci::SCI_GETSELECTIONEND)};
}

void FindBar::select(const TextRange &range)
{
    const long line = m_view->SendScintilla(Sci::SCI_LINEFROMPOSITION, static_cast<unsigned long>(range.begin));
    m_view->SendScintilla(Sci::SCI_ENSUREVISIBLEENFORCEPOLICY, static_cast<unsigned long>(line));
    m_view->SendScintilla(Sci::SCI_SETSEL, static_cast<unsigned long>(range.begin), long(range.end));
}

bool FindBar::findNext(bool backward)
{
    if (isHidden())
        search();
    const QList<SearchHit> &hits = m_result.hits;
    if (hits.isEmpty())
        return false;
    const TextRange now = selection();
    if (backward) {
        const auto behind = std::ranges::find_if(hits.rbegin(), hits.rend(),
                                                 [&](const SearchHit &hit) { return hit.range.end <= now.begin; });
        select((behind == hits.rend() ? hits.last() : *behind).range);
    } else {
        const auto ahead = std::ranges::find_if(hits, [&](const SearchHit &hit) { return hit.range.begin >= now.end; });
        select((ahead == hits.end() ? hits.first() : *ahead).range);
    }
    return true;
}

void FindBar::replace()
{
    const auto selected = std::ranges::find(m_result.hits, selection(), [](const SearchHit &hit) { return hit.range; });
    if (m_view->isReadOnly() || selected == m_result.hits.end()) {
        findNext();
        return;
    }
    const TextEdit edit{selected->range, replacementFor(*selected, query(), m_replacement->text())};
    emit editsRequested({edit});
    const long behind = long(edit.range.begin + edit.replacement.size());
    m_view->SendScintilla(Sci::SCI_SETSEL, static_cast<unsigned long>(behind), behind);
    findNext();
}

void FindBar::replaceAll()
{
    QList<TextEdit> edits;
    for (const SearchHit &hit : std::as_const(m_result.hits))
        edits.append({hit.range, replacementFor(hit, query(), m_replacement->text())});
    if (m_view->isReadOnly() || edits.isEmpty())
        return;
    const bool complete = m_result.complete;
    emit editsRequested(edits);
    m_count->setRole(complete ? Role::SecondaryText : Role::WarningText);
    m_count->setText(complete ? tr("%L1 replaced", "how many places").arg(edits.size())
                              : tr("%L1 replaced, more left", "how many places").arg(edits.size()));
}

void FindBar::searchFromSelection()
{
    m_view->SendScintilla(Sci::SCI_SETEMPTYSELECTION, static_cast<unsigned long>(selection().begin));
    search();
    findNext();
}

void FindBar::search()
{
    const long length = m_view->SendScintilla(Sci::SCI_GETLENGTH);
    m_view->SendScintilla(Sci::SCI_SETINDICATORCURRENT, FindIndicator);
    m_view->SendScintilla(Sci::SCI_INDICATORCLEARRANGE, 0UL, length);
    const void *bytes = m_view->SendScintillaPtrResult(Sci::SCI_GETCHARACTERPOINTER);
    m_result = findAll({static_cast<const char *>(bytes), length}, query());
    const bool any = !m_result.hits.isEmpty();
    m_replace->setEnabled(any);
    m_replaceAll->setEnabled(any);
    showCount();
    if (isHidden())
        return;
    for (const SearchHit &hit : std::as_const(m_result.hits))
        m_view->SendScintilla(Sci::SCI_INDICATORFILLRANGE, static_cast<unsigned long>(hit.range.begin),
                              long(hit.range.size()));
}

void FindBar::showCount()
{
    m_count->setRole(m_result.hits.isEmpty() ? Role::BadText : Role::SecondaryText);
    if (m_field->text().isEmpty())
        m_count->setText({});
    else if (!m_result.error.isEmpty())
        m_count->setText(tr("Not an expression: %1").arg(m_result.error));
    else if (m_result.hits.isEmpty())
        m_count->setText(tr("Not found"));
    else if (m_result.complete)
        m_count->setText(tr("%L1 found", "how many places").arg(m_result.hits.size()));
    else
        m_count->setText(tr("%L1 or more found", "how many places").arg(m_result.hits.size()));
}

void FindBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Role::Surface));
    paintHairline(&painter, rect(), Qt::TopEdge);
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (key->key() == Qt::Key_Escape) {
            close();
            return true;
        }
        if (enter && watched == m_replacement) {
            replace();
            return true;
        }
        if (enter || key->key() == Qt::Key_F3) {
            findNext(key->modifiers() & Qt::ShiftModifier);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace handover::ui
