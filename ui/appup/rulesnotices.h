// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace handover::workspace {
class RulesDocument;
}

namespace handover::ui {

class CodeEditor;
class InlineMessage;
class RoleLabel;
class DiffView;

/// Says above the editor that another program has changed the file, or that an earlier Handover
/// left unsaved text, and does what is chosen. What is taken over can be undone in the editor.
class RulesNotices final : public QWidget
{
    Q_OBJECT

public:
    RulesNotices(workspace::RulesDocument *rules, CodeEditor *editor, QWidget *parent = nullptr);

    [[nodiscard]] InlineMessage *message() const { return m_message; }
    [[nodiscard]] DiffView *comparison() const { return m_comparison; }

private:
    void update();
    void sayOutside();
    void sayDraft();
    void reload();
    void toggleComparison(const QByteArray &other, const QString &legend);
    void setCompared(bool shown);

    workspace::RulesDocument *m_rules;
    CodeEditor *m_editor;
    InlineMessage *m_message;
    RoleLabel *m_legend; ///< which side is which
    DiffView *m_comparison;
};

} // namespace handover::ui
