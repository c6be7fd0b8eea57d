// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class PrimaryButton;
class Stepper;
class VersionPicker;

/// The choice on which everything hangs, how far it has come, and the next useful thing.
class HeaderBar final : public QWidget
{
    Q_OBJECT

public:
    explicit HeaderBar(workspace::Workspace *workspace, QWidget *parent = nullptr);

    [[nodiscard]] VersionPicker *fromPicker() const { return m_from; }
    [[nodiscard]] VersionPicker *toPicker() const { return m_to; }
    [[nodiscard]] Stepper *stepper() const { return m_stepper; }
    [[nodiscard]] PrimaryButton *nextButton() const { return m_next; }
    /// Deploying is reviewed on its own page first; the button says whether that page is shown.
    void setReviewing(bool reviewing);

signals:
    void nextRequested();

private:
    void update();
    void updateSteps();

    workspace::Workspace *m_workspace;
    VersionPicker *m_from;
    VersionPicker *m_to;
    Stepper *m_stepper;
    PrimaryButton *m_next;
    bool m_reviewing = false;
};

/// The stepper's id of a step.
[[nodiscard]] QString stepKey(int step);

} // namespace handover::ui
