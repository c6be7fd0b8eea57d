// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"

#include <QWidget>

class QLineEdit;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QTableView;

namespace handover::workspace {
struct ProposedRules;
class Workspace;
}

namespace handover::ui {

class AppBar;
class CodeEditor;
class CodeNotice;
class EmptyState;
class IconButton;
class InlineMessage;
class MatchPanel;
class MatrixView;
class ModuleChooser;
class RuleBuilder;
class RulesNotices;

/// The appup of one application, and beside it what each version would get, at every keystroke.
class RulesPage final : public QWidget
{
    Q_OBJECT

public:
    explicit RulesPage(workspace::Workspace *workspace, QWidget *parent = nullptr);

    [[nodiscard]] CodeEditor *editor() const { return m_editor; }
    [[nodiscard]] QTableView *table() const;
    [[nodiscard]] InlineMessage *message() const { return m_message; }
    [[nodiscard]] QLineEdit *testField() const;
    [[nodiscard]] RulesNotices *notices() const { return m_notices; }
    [[nodiscard]] CodeNotice *codeNotice() const { return m_code; }
    [[nodiscard]] RuleBuilder *builder() { return makeTools(), m_builder; }
    [[nodiscard]] MatrixView *matrix() { return makeTools(), m_matrix; }

    /// What isn't seen at first: the builder, the overview, the list of modules. They are made when they are asked for
    /// at the latest.
    void makeTools();
    /// Adds what mends that no instruction loads the module, wherever it is missing; in one step to undo.
    void addInstructionsFor(const QString &module);
    bool save(); ///< false if it could not be saved; the message says why
    bool saveAll(); ///< of every application that was opened
    void writeRules();    ///< what both builds suggest, merged into the text
    void chooseModules(); ///< the same, for some of the modules
    [[nodiscard]] ModuleChooser *moduleChooser() { return makeTools(), m_chooser; }
    void showBuilder(bool shown);
    void evaluate(); ///< the code that the rules are, if they are
    void showMatrix(bool shown); ///< all applications × all versions, in the place of the text
    void undo();
    void redo();
    void find();
    void replace();
    void complete();
    void explain();
    void goToProblem(bool backward);

private:
    void showDocument();
    void showAnalysis();
    void followCaret(qsizetype offset);
    void goToRule(const TextRange &key);
    void goToVersion(const QString &app, const QString &vsn);
    [[nodiscard]] bool isEmpty() const; ///< there is no text yet
    void showStack();
    void updateButton();
    void insert(const QList<TextEdit> &edits);
    [[nodiscard]] QWidget *besideTheText();
    void take(const workspace::ProposedRules &rules);

    workspace::Workspace *m_workspace;
    AppBar *m_apps;
    QPushButton *m_write;
    IconButton *m_choose;
    ModuleChooser *m_chooser = nullptr;
    CodeEditor *m_editor;
    QPushButton *m_build;
    MatchPanel *m_matches;
    RuleBuilder *m_builder = nullptr;
    QScrollArea *m_builderPlace;
    QWidget *m_builderArea;
    QPushButton *m_overview;
    MatrixView *m_matrix = nullptr;
    InlineMessage *m_message;
    RulesNotices *m_notices;
    CodeNotice *m_code;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
};

} // namespace handover::ui
