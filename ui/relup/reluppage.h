// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QStackedWidget;

namespace handover::relup {
struct Relup;
}
namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class Chip;
class CodeEditor;
class EmptyState;
class InlineMessage;
class RelupFlow;
class RoleLabel;
class SectionHeader;

/// What the node will do on the way to the chosen version and back, and the relup as OTP reads it;
/// follows the rules in the editor, and says what OTP itself makes of them.
class RelupPage final : public QWidget
{
    Q_OBJECT

public:
    explicit RelupPage(workspace::Workspace *workspace, QWidget *parent = nullptr);

    [[nodiscard]] CodeEditor *rawView() const { return m_raw; }
    [[nodiscard]] Chip *verdict() const { return m_verdict; } ///< how it compares with OTP's own

private:
    void update();
    void showEmpty();
    void showRelup(const relup::Relup &relup);
    void showVerdict();

    workspace::Workspace *m_workspace;
    SectionHeader *m_upTitle;
    SectionHeader *m_downTitle;
    Chip *m_upChip;
    Chip *m_downChip;
    SectionHeader *m_rawTitle;
    Chip *m_verdict;
    RelupFlow *m_up;
    RelupFlow *m_down;
    CodeEditor *m_raw;
    InlineMessage *m_message;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    QByteArray m_shown;
};

} // namespace handover::ui
