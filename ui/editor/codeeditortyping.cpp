// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/brackets.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/findbar.h"
#include "ui/editor/indicators.h"

#include <Qsci/qsciscintilla.h>

#include <QKeyEvent>

namespace handover::ui {
namespace {

using Sci = QsciScintillaBase;

bool isBlank(char c) { return c == ' ' || c == '\t'; }

} // namespace

// Keys are taken from the view instead of being shortcuts: the window has actions with the same
// keys, and of two shortcuts for one key neither is run.
bool CodeEditor::eventFilter(QObject *watched, QEvent *event)
{
    const bool asked = event->type() == QEvent::ShortcutOverride;
    if (watched == m_view && (asked || event->type() == QEvent::KeyPress)) {
        if (const auto command = commandFor(*static_cast<QKeyEvent *>(event))) {
            event->accept();
            if (!asked)
                command();
            return true;
        }
    }
    if (watched == m_view && event->type() == QEvent::FocusOut)
        m_assistant->closeList();
    if (watched == m_view && event->type() == QEvent::Hide)
        m_assistant->close();
    return QWidget::eventFilter(watched, event);
}

std::function<void()> CodeEditor::commandFor(const QKeyEvent &key)
{
    if (auto command = m_assistant->commandFor(key))
        return command;
    const QKeyCombination pressed(key.modifiers() & ~Qt::KeypadModifier, Qt::Key(key.key()));
    if (pressed == (Qt::CTRL | Qt::Key_F))
        return [this] { showFind(); };
    if (pressed == (Qt::CTRL | Qt::Key_H))
        return [this] { showReplace(); };
    if (pressed == QKeyCombination(Qt::Key_F3))
        return [this] { m_find->findNext(); };
    if (pressed == (Qt::SHIFT | Qt::Key_F3))
        return [this] { m_find->findNext(true); };
    if (pressed == (Qt::ALT | Qt::Key_Return))
        return [this] { requestFixAtCaret(); };
    if (pressed == (Qt::CTRL | Qt::Key_0))
        return [this] { resetZoom(); };
    // Tab is for indenting; without a way out the keyboard would be caught here.
    const bool tab = pressed == QKeyCombination(Qt::Key_Tab) || pressed == (Qt::SHIFT | Qt::Key_Backtab);
    if ((tab && isReadOnly()) || pressed == (Qt::CTRL | Qt::Key_Tab) || pressed == (Qt::CTRL | Qt::SHIFT | Qt::Key_Backtab))
        return [this, forward = key.key() == Qt::Key_Tab] { focusNextPrevChild(forward); };
    if (!isReadOnly() && (pressed == QKeyCombination(Qt::Key_Return) || pressed == QKeyCombination(Qt::Key_Enter)))
        return [this] { breakLine(); };
    return {};
}

void CodeEditor::breakLine()
{
    const QByteArray whole = text();
    TextRange range = selection();
    const QByteArray end = m_view->eolMode() == QsciScintilla::EolWindows ? "\r\n" : "\n";
    const QByteArray before = whole.first(range.begin) + end;
    int columns = 0;
    if (indentationAt(before, before.size())) { // not in a string, where white space counts
        while (range.begin > 0 && isBlank(whole[range.begin - 1]))
            --range.begin;
        while (range.end < whole.size() && isBlank(whole[range.end]))
            ++range.end;
        const QByteArray broken = whole.first(range.begin) + end + whole.sliced(range.end);
        columns = indentationAt(broken, range.begin + end.size()).value_or(0);
    }
    const QByteArray inserted = end + QByteArray(columns, ' ');
    if (applyEdits({{range, inserted}}))
        setCaret(range.begin + inserted.size());
    m_view->SendScintilla(Sci::SCI_SCROLLCARET);
}

void CodeEditor::alignClosing(int character)
{
    if (character != ')' && character != ']' && character != '}' && character != '>')
        return;
    const QByteArrayView all = view();
    const qsizetype lineBegin = all.first(caret()).lastIndexOf('\n') + 1;
    qsizetype at = lineBegin;
    while (at < all.size() && isBlank(all[at]))
        ++at;
    if (at + 1 != caret())
        return;
    const auto place = static_cast<unsigned long>(caret());
    const auto line = static_cast<unsigned long>(m_view->SendScintilla(Sci::SCI_LINEFROMPOSITION, place));
    if (const auto columns = indentationAt(all, lineBegin))
        m_view->SendScintilla(Sci::SCI_SETLINEINDENTATION, line, long(*columns));
}

void CodeEditor::fill(int indicator, const TextRange &range)
{
    if (range.isEmpty())
        return;
    m_view->SendScintilla(Sci::SCI_SETINDICATORCURRENT, static_cast<unsigned long>(indicator));
    m_view->SendScintilla(Sci::SCI_INDICATORFILLRANGE, static_cast<unsigned long>(range.begin), long(range.size()));
}

void CodeEditor::matchBrackets()
{
    const QByteArrayView all = view();
    const qsizetype at = caret();
    const auto isBracket = [&](qsizetype offset) {
        return offset >= 0 && offset < all.size() && QByteArrayView("()[]{}<>").contains(all[offset]);
    };
    BracketPair pair;
    if (isBracket(at) || isBracket(at - 1))
        pair = bracketAt(all, at).value_or(BracketPair());
    // Marking what is marked already would be told as another change.
    if (pair.one == m_bracket && pair.other == m_otherBracket)
        return;
    m_bracket = pair.one;
    m_otherBracket = pair.other;
    for (const int indicator : {BracketIndicator, BadBracketIndicator}) {
        m_view->SendScintilla(Sci::SCI_SETINDICATORCURRENT, static_cast<unsigned long>(indicator));
        m_view->SendScintilla(Sci::SCI_INDICATORCLEARRANGE, 0UL, long(all.size()));
    }
    const int indicator = pair.other.isEmpty() ? BadBracketIndicator : BracketIndicator;
    fill(indicator, pair.one);
    fill(indicator, pair.other);
}

} // namespace handover::ui
