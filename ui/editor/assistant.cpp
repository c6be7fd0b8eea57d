// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/assistant.h"

#include "models/appup/instructionhelp.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/completionlist.h"
#include "ui/editor/helpcard.h"
#include "ui/editor/indicators.h"
#include "ui/editor/scintillanumber.h"

#include <Qsci/qsciscintilla.h>

#include <QDesktopServices>
#include <QKeyEvent>
#include <QUrl>

namespace handover::ui {
namespace {

using Sci = QsciScintillaBase;
constexpr int DwellMs = 600;
constexpr int LeaveMs = 350;
// Reading the text before the caret at each key must not be felt; who asks may wait a little.
constexpr qsizetype MostUnasked = 1024 * 1024;

} // namespace

Assistant::Assistant(CodeEditor *editor)
    : QObject(editor)
    , m_editor(editor)
    , m_list(new CompletionList(editor))
    , m_card(new HelpCard(editor))
{
    QsciScintilla *view = editor->scintilla();
    view->SendScintilla(Sci::SCI_SETMOUSEDWELLTIME, long(DwellMs));
    connect(view, &Sci::SCN_CHARADDED, this, [this] { complete(false); });
    connect(view, &Sci::SCN_DWELLSTART, this, [this](int offset, int, int) { dwell(offset); });
    connect(view, &Sci::SCN_DWELLEND, this, [this] { m_leave.start(); });
    connect(m_list, &CompletionList::chosen, this, &Assistant::take);
    connect(m_card, &HelpCard::closed, this, &Assistant::closeCard);
    connect(m_card, &HelpCard::linkActivated, this,
            [](const QString &address) { QDesktopServices::openUrl(QUrl(address)); });
    m_leave.setSingleShot(true);
    m_leave.setInterval(LeaveMs);
    connect(&m_leave, &QTimer::timeout, this, [this] {
        if (m_card && !m_card->underMouse() && !m_card->isAncestorOf(m_card->window()->focusWidget()))
            m_card->hide();
    });
}

Assistant::~Assistant()
{
    delete m_list;
    delete m_card;
}

CompletionList *Assistant::list() const { return m_list; }

HelpCard *Assistant::card() const { return m_card; }

bool Assistant::isListShown() const { return m_list && m_list->isVisible(); }

void Assistant::closeList()
{
    if (m_list)
        m_list->hide();
}

void Assistant::close()
{
    closeList();
    if (m_card)
        m_card->hide();
}

QRect Assistant::lineAt(qsizetype offset) const
{
    QsciScintilla *view = m_editor->scintilla();
    const QPoint point(int(view->SendScintilla(Sci::SCI_POINTXFROMPOSITION, 0UL, long(offset))),
                       int(view->SendScintilla(Sci::SCI_POINTYFROMPOSITION, 0UL, long(offset))));
    return {view->viewport()->mapToGlobal(point), QSize(1, int(view->SendScintilla(Sci::SCI_TEXTHEIGHT, 0UL)))};
}

// ---- completion ----------------------------------------------------------------------------------

void Assistant::complete(bool asked)
{
    if (!m_completer || m_editor->isReadOnly() || !m_list || !m_editor->isVisible())
        return;
    // A selected blank counts as empty.
    const TextRange selected = m_editor->selection();
    const qsizetype caret = selected.isEmpty() ? m_editor->caret() : selected.begin;
    if (!asked && caret > MostUnasked)
        return;
    appup::Completions found = m_completer(m_editor->text(), caret);
    found.replace.end = qMax(found.replace.end, selected.end);
    if (found.items.isEmpty() || (!asked && !found.unasked)) {
        m_list->hide();
        return;
    }
    m_card->hide();
    m_list->showAt(lineAt(found.replace.begin), found);
}

void Assistant::follow()
{
    if (!isListShown())
        return;
    const TextRange replaced = m_list->completions().replace;
    const qsizetype begin = replaced.begin;
    if (m_editor->caret() < begin || m_editor->caret() > replaced.end + 1)
        m_list->hide();
    else
        complete(true);
    if (isListShown() && m_list->completions().replace.begin != begin)
        m_list->hide();
}

void Assistant::take()
{
    const appup::Completion chosen = m_list->current();
    const TextRange replaced = m_list->completions().replace;
    m_list->hide();
    if (!m_editor->applyEdits({{replaced, chosen.insert}}))
        return;
    m_editor->setCaret(replaced.begin + chosen.insert.size());
    markBlanks(replaced.begin, chosen.insert);
    if (const TextRange blank = nextBlank(); !blank.isEmpty() && blank.begin < replaced.begin + chosen.insert.size())
        selectBlank(blank);
}

void Assistant::markBlanks(qsizetype begin, const QByteArray &inserted)
{
    QsciScintilla *view = m_editor->scintilla();
    view->SendScintilla(Sci::SCI_SETINDICATORCURRENT, BlankIndicator);
    const QList<TextRange> blanks = appup::blanksOf(inserted);
    for (const TextRange &blank : blanks)
        view->SendScintilla(Sci::SCI_INDICATORFILLRANGE, whole(begin + blank.begin), long(blank.size()));
    if (!blanks.isEmpty())
        m_editor->setCaret(begin);
}

TextRange Assistant::nextBlank() const
{
    QsciScintilla *view = m_editor->scintilla();
    const long line = view->SendScintilla(Sci::SCI_LINEFROMPOSITION, whole(m_editor->caret()));
    const long lineEnd = view->SendScintilla(Sci::SCI_GETLINEENDPOSITION, whole(line));
    const auto isBlank = [view](qsizetype at) {
        return view->SendScintilla(Sci::SCI_INDICATORVALUEAT, BlankIndicator, long(at)) != 0;
    };
    for (qsizetype at = m_editor->selection().end; at < lineEnd; ++at) {
        if (isBlank(at))
            return {at, view->SendScintilla(Sci::SCI_INDICATOREND, BlankIndicator, long(at))};
    }
    return {};
}

void Assistant::selectBlank(const TextRange &blank)
{
    m_editor->select(blank);
    complete(true);
}

// ---- help ------------------------------------------------------------------------------------------

void Assistant::dwell(qsizetype offset)
{
    if (offset >= 0 && !isListShown() && m_editor->scintilla()->viewport()->underMouse())
        helpAt(offset, false);
}

void Assistant::showHelp() { helpAt(m_editor->caret(), true); }

void Assistant::helpAt(qsizetype offset, bool focus)
{
    const appup::HelpPlace place = appup::helpAt(m_editor->text(), offset);
    if (!place.help || !m_card || !m_editor->isVisible())
        return;
    m_list->hide();
    m_leave.stop();
    m_card->showAt(lineAt(place.range.begin), *place.help, focus);
}

void Assistant::closeCard()
{
    m_card->hide();
    m_editor->setFocus();
}

// ---- keys ------------------------------------------------------------------------------------------

std::function<void()> Assistant::commandFor(const QKeyEvent &key)
{
    const bool plain = (key.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (isListShown() && plain) {
        switch (key.key()) {
        case Qt::Key_Down:
            return [this] { m_list->move(1); };
        case Qt::Key_Up:
            return [this] { m_list->move(-1); };
        case Qt::Key_PageDown:
            return [this] { m_list->move(8); };
        case Qt::Key_PageUp:
            return [this] { m_list->move(-8); };
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab:
            return [this] { take(); };
        case Qt::Key_Escape:
            return [this] { m_list->hide(); };
        default:
            return {};
        }
    }
    if (plain && key.key() == Qt::Key_Escape && m_card && m_card->isVisible())
        return [this] { closeCard(); };
    if (plain && key.key() == Qt::Key_Tab) {
        if (const TextRange blank = nextBlank(); !blank.isEmpty())
            return [this, blank] { selectBlank(blank); };
    }
    if (plain && key.key() == Qt::Key_F1)
        return [this] { showHelp(); };
    if (key.modifiers() == Qt::ControlModifier && key.key() == Qt::Key_Space)
        return [this] { complete(true); };
    return {};
}

} // namespace handover::ui
