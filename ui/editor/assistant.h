// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/completion.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>

class QKeyEvent;

namespace handover::ui {

class CodeEditor;
class CompletionList;
class HelpCard;

/// What an editor offers while somebody types: completion, the blanks of what was completed, and
/// help on the word under the mouse or at the caret.
class Assistant final : public QObject
{
    Q_OBJECT

public:
    using Completer = std::function<appup::Completions(const QByteArray &text, qsizetype caret)>;

    explicit Assistant(CodeEditor *editor);
    ~Assistant() override;

    void setCompleter(Completer completer) { m_completer = std::move(completer); }
    void complete(bool asked);
    void showHelp(); ///< on the word at the caret; the card gets the focus
    void closeList();
    void close(); ///< list and card
    /// What a key means at present; empty: nothing here.
    [[nodiscard]] std::function<void()> commandFor(const QKeyEvent &key);
    /// The caret or the text has changed.
    void follow();

    [[nodiscard]] CompletionList *list() const;
    [[nodiscard]] HelpCard *card() const;

private:
    void take();
    void markBlanks(qsizetype begin, const QByteArray &inserted);
    [[nodiscard]] TextRange nextBlank() const;
    void selectBlank(const TextRange &blank);
    void dwell(qsizetype offset);
    void helpAt(qsizetype offset, bool focus);
    void closeCard();
    [[nodiscard]] QRect lineAt(qsizetype offset) const; ///< from there, in the global screen
    [[nodiscard]] bool isListShown() const;

    CodeEditor *m_editor;
    Completer m_completer;
    QPointer<CompletionList> m_list; // both lie over the window, which may go first
    QPointer<HelpCard> m_card;
    QTimer m_leave; ///< the mouse is on its way from the word to the card
};

} // namespace handover::ui
