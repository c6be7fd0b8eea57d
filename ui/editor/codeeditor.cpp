// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/codeeditor.h"

#include "ui/editor/erlanglexer.h"
#include "ui/editor/findbar.h"
#include "ui/editor/highlightbox.h"
#include "ui/editor/indicators.h"
#include "ui/editor/issuenotes.h"
#include "ui/editor/scintillanumber.h"
#include "ui/theme/theme.h"

#include <Qsci/qsciscintilla.h>

#include <QVBoxLayout>

#include <algorithm>

namespace handover::ui {
namespace {

using Sci = QsciScintillaBase;

} // namespace

CodeEditor::CodeEditor(QWidget *parent)
    : QWidget(parent)
    , m_view(new QsciScintilla(this))
    , m_lexer(new ErlangLexer(this))
    , m_find(new FindBar(m_view, this))
    , m_notes(new IssueNotes(m_view))
    , m_assistant(new Assistant(this))
    , m_box(new HighlightBox(m_view))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addSpacing(6); // Scintilla has no margin above the first line
    column->addWidget(m_view, 1);
    column->addWidget(m_find);
    setFocusProxy(m_view);
    setUpView();
    setUpDocument();
    m_view->installEventFilter(this);
    connect(m_view, &QsciScintilla::textChanged, this, &CodeEditor::textChanged);
    connect(m_view, &QsciScintilla::linesChanged, this, &CodeEditor::updateMargins);
    connect(m_view, &QsciScintilla::modificationChanged, this, &CodeEditor::modifiedChanged);
    connect(m_view, &QsciScintillaBase::SCN_UPDATEUI, this, &CodeEditor::reportCaret);
    connect(m_view, &QsciScintillaBase::SCN_ZOOM, this, &CodeEditor::updateMargins);
    connect(m_view, &QsciScintillaBase::SCN_CHARADDED, this, &CodeEditor::alignClosing);
    connect(m_find, &FindBar::editsRequested, this, &CodeEditor::applyEdits);
    connect(m_notes, &IssueNotes::fixRequested, this, &CodeEditor::issueFixRequested);
    connect(m_notes, &IssueNotes::left, this, [this](bool forward) { focusNextPrevChild(forward); });
    connect(&Theme::instance(), &Theme::changed, this, &CodeEditor::applyTheme);
    applyTheme();
}

CodeEditor::~CodeEditor()
{
    // QScintilla keeps a pointer to its lexer, which is destroyed before it.
    m_view->setLexer(nullptr);
    m_kept.clear(); // documents that no view shows need one to be released with
}

QByteArray CodeEditor::text() const
{
    return view().toByteArray();
}

QByteArrayView CodeEditor::view() const
{
    const long length = m_view->SendScintilla(Sci::SCI_GETLENGTH);
    const void *bytes = m_view->SendScintillaPtrResult(Sci::SCI_GETCHARACTERPOINTER);
    return {static_cast<const char *>(bytes), length};
}

void CodeEditor::setText(const QByteArray &utf8)
{
    const bool readOnly = isReadOnly();
    m_silent = true;
    setIssues({});
    setHighlight({});
    m_view->setReadOnly(false);
    m_view->SendScintilla(Sci::SCI_SETEOLMODE, utf8.contains("\r\n") ? Sci::SC_EOL_CRLF : Sci::SC_EOL_LF);
    m_view->SendScintilla(Sci::SCI_SETUNDOCOLLECTION, 0UL);
    m_view->SendScintilla(Sci::SCI_CLEARALL);
    m_view->SendScintilla(Sci::SCI_ADDTEXT, whole(utf8.size()), utf8.constData());
    m_view->SendScintilla(Sci::SCI_SETUNDOCOLLECTION, 1UL);
    m_view->SendScintilla(Sci::SCI_EMPTYUNDOBUFFER);
    m_view->SendScintilla(Sci::SCI_SETSAVEPOINT);
    m_view->SendScintilla(Sci::SCI_GOTOPOS, 0UL);
    m_view->setReadOnly(readOnly);
    m_silent = false;
    m_changed = false;
    updateMargins();
    updateHistory();
}

bool CodeEditor::applyEdits(const QList<TextEdit> &edits)
{
    QList<TextEdit> sorted = edits;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const TextEdit &a, const TextEdit &b) { return a.range.begin < b.range.begin; });
    const qsizetype length = m_view->SendScintilla(Sci::SCI_GETLENGTH);
    qsizetype end = 0;
    for (const TextEdit &edit : std::as_const(sorted)) {
        if (edit.range.begin < end || edit.range.end < edit.range.begin || edit.range.end > length)
            return false;
        end = edit.range.end;
    }
    if (sorted.isEmpty() || isReadOnly())
        return sorted.isEmpty();
    m_silent = true;
    m_view->SendScintilla(Sci::SCI_BEGINUNDOACTION);
    // From the back, so that the offsets in front stay true. Scintilla moves the caret along.
    for (auto edit = sorted.crbegin(); edit != sorted.crend(); ++edit) {
        m_view->SendScintilla(Sci::SCI_SETTARGETRANGE, whole(edit->range.begin), long(edit->range.end));
        m_view->SendScintilla(Sci::SCI_REPLACETARGET, whole(edit->replacement.size()),
                              edit->replacement.constData());
    }
    m_view->SendScintilla(Sci::SCI_ENDUNDOACTION);
    m_silent = false;
    m_changed = true;
    flushChange();
    return true;
}

void CodeEditor::textChanged()
{
    if (m_silent)
        return;
    // Typing over a selection is two changes for Scintilla and one for everybody else.
    if (!m_changed) {
        m_changed = true;
        QMetaObject::invokeMethod(this, &CodeEditor::flushChange, Qt::QueuedConnection);
    }
}

void CodeEditor::flushChange()
{
    if (!m_changed)
        return;
    m_changed = false;
    followHighlight();
    updateHistory();
    emit textEdited();
}

void CodeEditor::reportCaret()
{
    flushChange();
    matchBrackets();
    if (const qsizetype now = caret(); now != m_caret) {
        m_caret = now;
        emit cursorMoved(now);
    }
    m_assistant->follow();
}

void CodeEditor::updateHistory()
{
    if (const bool can = canUndo(); can != m_canUndo)
        emit undoAvailable(m_canUndo = can);
    if (const bool can = canRedo(); can != m_canRedo)
        emit redoAvailable(m_canRedo = can);
}

bool CodeEditor::isReadOnly() const { return m_view->isReadOnly(); }

void CodeEditor::setReadOnly(bool readOnly)
{
    m_view->setReadOnly(readOnly);
    m_view->SendScintilla(Sci::SCI_SETCARETLINEVISIBLE, readOnly ? 0UL : 1UL);
}

bool CodeEditor::isModified() const { return m_view->isModified(); }
void CodeEditor::setSaved() { m_view->setModified(false); }

qsizetype CodeEditor::caret() const { return m_view->SendScintilla(Sci::SCI_GETCURRENTPOS); }

void CodeEditor::setCaret(qsizetype offset) { m_view->SendScintilla(Sci::SCI_GOTOPOS, whole(offset)); }

TextRange CodeEditor::selection() const
{
    return {m_view->SendScintilla(Sci::SCI_GETSELECTIONSTART),
            m_view->SendScintilla(Sci::SCI_GETSELECTIONEND)};
}

void CodeEditor::select(const TextRange &range)
{
    revealOffset(range.begin);
    m_view->SendScintilla(Sci::SCI_SETSEL, whole(range.begin), long(range.end));
    m_view->SendScintilla(Sci::SCI_SCROLLRANGE, whole(range.end), long(range.begin)); // the beginning above all
}

void CodeEditor::revealOffset(qsizetype offset)
{
    const long line = m_view->SendScintilla(Sci::SCI_LINEFROMPOSITION, whole(offset));
    m_view->SendScintilla(Sci::SCI_ENSUREVISIBLEENFORCEPOLICY, static_cast<unsigned long>(line));
    m_view->SendScintilla(Sci::SCI_SETXOFFSET, 0UL); // further right only as far as needed
    m_view->SendScintilla(Sci::SCI_GOTOPOS, whole(offset));
    m_view->SendScintilla(Sci::SCI_SCROLLCARET);
}

bool CodeEditor::canUndo() const { return m_view->SendScintilla(Sci::SCI_CANUNDO) != 0; }
bool CodeEditor::canRedo() const { return m_view->SendScintilla(Sci::SCI_CANREDO) != 0; }

void CodeEditor::undo()
{
    m_view->undo();
    flushChange();
}

void CodeEditor::redo()
{
    m_view->redo();
    flushChange();
}

void CodeEditor::cut()
{
    m_view->cut();
    flushChange();
}

void CodeEditor::copy() { m_view->copy(); }

void CodeEditor::paste()
{
    m_view->paste();
    flushChange();
}

void CodeEditor::selectAll() { m_view->selectAll(); }
void CodeEditor::showFind() { m_find->open(); }
void CodeEditor::showReplace() { m_find->openReplace(); }
void CodeEditor::zoomIn() { m_view->zoomIn(); }
void CodeEditor::zoomOut() { m_view->zoomOut(); }
void CodeEditor::resetZoom() { m_view->zoomTo(0); }

} // namespace handover::ui
