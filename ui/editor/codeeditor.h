// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/issue.h"
#include "models/core/textrange.h"

#include <QWidget>

#include <memory>

class QsciScintilla;

namespace handover::ui {

class ErlangLexer;
class FindBar;
class HighlightBox;
class IssueNotes;

/// An editor for Erlang terms (.appup, .rel, sys.config, a relup). All offsets are bytes of the
/// UTF-8 text. Structured changes come in through applyEdits() and are one undo step each.
class CodeEditor final : public QWidget
{
    Q_OBJECT

public:
    explicit CodeEditor(QWidget *parent = nullptr);
    ~CodeEditor() override;

    /// UTF-8. setText() forgets the undo history, marks the text as saved and emits nothing.
    [[nodiscard]] QByteArray text() const;
    void setText(const QByteArray &utf8);
    /// All edits refer to the text as it is before the call; they must not overlap (else nothing
    /// happens and false comes back). One undo step, one textEdited(). The caret stays at its place.
    bool applyEdits(const QList<TextEdit> &edits);

    [[nodiscard]] bool isReadOnly() const;
    void setReadOnly(bool readOnly);
    [[nodiscard]] bool isModified() const; ///< since setText() or setSaved()
    void setSaved();

    [[nodiscard]] qsizetype caret() const;
    void setCaret(qsizetype offset);
    [[nodiscard]] TextRange selection() const;
    void select(const TextRange &range);
    void revealOffset(qsizetype offset); ///< unfolds and scrolls, moves the caret there

    /// Squiggles and notes under the lines; replaces the former ones. Notes can be switched off
    /// where a list of problems stands beside the text.
    void setIssues(const QList<Issue> &issues);
    [[nodiscard]] const QList<Issue> &issues() const { return m_issues; }
    void setNotesShown(bool shown);
    void goToNextIssue(bool backward = false);

    void setHighlight(const TextRange &range); ///< a box around it; an empty range takes it away
    [[nodiscard]] TextRange highlight() const { return m_highlight; }
    /// Words offered while typing (from the second letter) and with Ctrl+Space.
    void setCompletions(const QList<QByteArray> &words);

    [[nodiscard]] bool canUndo() const;
    [[nodiscard]] bool canRedo() const;
    /// For what is not offered here; changes to text, styles or indicators are not among it.
    [[nodiscard]] QsciScintilla *scintilla() const { return m_view; }

public slots:
    void undo();
    void redo();
    void cut();
    void copy();
    void paste();
    void selectAll();
    void showFind();
    void zoomIn();
    void zoomOut();
    void resetZoom();

signals:
    void textEdited(); ///< once per change by the user, undo, redo or applyEdits()
    void cursorMoved(qsizetype offset);
    void modifiedChanged(bool modified);
    void undoAvailable(bool available);
    void redoAvailable(bool available);
    void issueFixRequested(int index); ///< of issues(); by a click, or Alt+Return in its line

private:
    void setUpView();
    void setUpKeys();
    void applyTheme();
    void textChanged();
    void flushChange();
    void reportCaret();
    void updateMargins();
    void updateHistory();
    void showIssues();
    void followHighlight();
    void complete(bool asked);
    void requestFixAtCaret();
    [[nodiscard]] TextRange rangeOf(const Issue &issue) const;

    QsciScintilla *m_view;
    ErlangLexer *m_lexer;
    FindBar *m_find;
    IssueNotes *m_notes;
    HighlightBox *m_box;
    QList<Issue> m_issues;
    TextRange m_highlight;
    QList<QByteArray> m_completions;
    qsizetype m_caret = 0;  ///< as last told
    bool m_silent = false;  ///< while the text is replaced from outside
    bool m_changed = false; ///< a change that nobody was told of yet
    bool m_notesShown = true;
    bool m_canUndo = false;
    bool m_canRedo = false;
};

} // namespace handover::ui
