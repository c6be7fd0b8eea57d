// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QStackedWidget;

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class Chip;
class ElidedLabel;
class RelupPane;

/// The live relup in little, below the rules while they are written: the direction of the rule under
/// the caret, with what comes of it highlighted.
class RelupStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit RelupStrip(workspace::Workspace *workspace, QWidget *parent = nullptr);

    [[nodiscard]] RelupPane *upPane() const { return m_up; }
    [[nodiscard]] RelupPane *downPane() const { return m_down; }
    /// Whether there is anything to show.
    [[nodiscard]] bool hasRelup() const;

signals:
    void relupAppeared(); ///< or went, see hasRelup()

private:
    void showScripts();
    void showOrigin();

    workspace::Workspace *m_workspace;
    RelupPane *m_up;
    RelupPane *m_down;
    QStackedWidget *m_stack;
    ElidedLabel *m_origin;
    Chip *m_verdict;
    bool m_had = false;
};

} // namespace handover::ui
