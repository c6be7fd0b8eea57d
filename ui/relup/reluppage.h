// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QStackedWidget;

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class Chip;
class CodeEditor;
class EmptyState;
class InlineMessage;
class ElidedLabel;
class LinkButton;
class RelupPane;
class SectionHeader;

/// What the node will do on the way to the chosen version and back, and the relup as OTP reads it;
/// follows the rules in the editor, and says what OTP itself makes of them. An instruction that is
/// selected tells the rule it comes from, and marks all that comes from the same place.
class RelupPage final : public QWidget
{
    Q_OBJECT

public:
    explicit RelupPage(workspace::Workspace *workspace, QWidget *parent = nullptr);

    [[nodiscard]] CodeEditor *rawView() const { return m_raw; }
    [[nodiscard]] Chip *verdict() const { return m_verdict; } ///< how it compares with OTP's own
    [[nodiscard]] RelupPane *upPane() const { return m_up; }
    [[nodiscard]] RelupPane *downPane() const { return m_down; }
    [[nodiscard]] ElidedLabel *origin() const { return m_origin; } ///< of what is selected

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    [[nodiscard]] QWidget *makeRaw();
    [[nodiscard]] QWidget *makeOrigin();
    void update();
    void showEmpty();
    void showTitles();
    void showPrinted();
    void showOrigin();

    workspace::Workspace *m_workspace;
    RelupPane *m_up;
    RelupPane *m_down;
    ElidedLabel *m_origin;
    LinkButton *m_showRule;
    SectionHeader *m_rawTitle;
    Chip *m_verdict;
    CodeEditor *m_raw;
    InlineMessage *m_message;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
};

} // namespace handover::ui
