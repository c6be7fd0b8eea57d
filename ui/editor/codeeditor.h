// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/issue.h"
#include "models/core/textrange.h"
#include "ui/editor/assistant.h"

#include <QWidget>

#include <memory>

class QsciScintilla;

namespace handover::ui {

class ErlangLexer;
class FindBar;
class HighlightBox;
class IssueNotes;

/// An editor for Erlang terms (.appup, .rel, sys.config, a relup). All offsets are bytes of the
/// UTF-8 text. Structured changes come in through applyEdits() and are one undo step each. Tab indents;
/// Ctrl+Tab goes on to the next control.
class CodeEditor final : public QWidget
{
    Q_OBJECT

public:
    explicit CodeEditor(QWidget *parent = nullptr);
    ~CodeEditor() override;

    /// UTF-8. setText() forgets the undo history, marks the text as saved and emits nothing.
    [[nodiscard]] QByteArray text() const;
    void setText(const QByteArray &utf8);
    /// Goes to the text of that name. One that was open before comes back with its undo history and
    /// caret; where it differs from `utf8` by now, that is one more undo step. Emits nothing.
    void open(const QString &name, const QByteArray &utf8);
    /// Changes what differs, in one undo step.
    void replaceText(const QByteArray &utf8);
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
    void setColoured(bool coloured); ///< as Erlang; else as plain text
    void goToNextIssue(bool backward = false);

    void setHighlight(const TextRange &range); ///< a box around it; an empty range takes it away
    [[nodiscard]] TextRange highlight() const { return m_highlight; }
    /// Completions while typing and with Ctrl+Space, help with F1 and under the mouse.
    [[nodiscard]] Assistant *assistant() const { return m_assistant; }

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
    void showReplace();
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

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Kept;
    void setUpView();
    void setUpDocument();
    void keep();
    [[nodiscard]] std::function<void()> commandFor(const QKeyEvent &key);
    void breakLine();
    void alignClosing(int character);
    void matchBrackets();
    void fill(int indicator, const TextRange &range);
    [[nodiscard]] QByteArrayView view() const; ///< of the text, until it changes
    [[nodiscard]] static TextEdit difference(QByteArrayView before, QByteArrayView after);
    void applyTheme();
    void textChanged();
    void flushChange();
    void reportCaret();
    void updateMargins();
    void updateHistory();
    void showIssues();
    void followHighlight();
    void requestFixAtCaret();
    [[nodiscard]] TextRange rangeOf(const Issue &issue) const;

    QsciScintilla *m_view;
    ErlangLexer *m_lexer;
    FindBar *m_find;
    IssueNotes *m_notes;
    Assistant *m_assistant;
    HighlightBox *m_box;
    QList<Issue> m_issues;
    TextRange m_highlight;
    TextRange m_bracket; ///< marked at the caret, with the other one of its pair
    TextRange m_otherBracket;
    QString m_name; ///< of the text, as open() was told
    QHash<QString, std::shared_ptr<Kept>> m_kept; ///< the texts that were open, the present one too
    qsizetype m_caret = 0;  ///< as last told
    bool m_silent = false;  ///< while the text is replaced from outside
    bool m_changed = false; ///< a change that nobody was told of yet
    bool m_notesShown = true;
    bool m_canUndo = false;
    bool m_canRedo = false;
};

} // namespace handover::ui
