// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deploy/inspection.h"

#include <QPointer>
#include <QWidget>

class QGridLayout;
class QPushButton;
class QStackedWidget;

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class ElidedLabel;
class ApplicationTable;
class EmptyState;
class InlineMessage;
class ProgressStrip;
class RoleLabel;

/// What is really installed on the chosen server: how the node does, each release with what it takes up and the ways to
/// it, and whether its modules are those that were built.
class InstalledView final : public QWidget
{
    Q_OBJECT

public:
    explicit InstalledView(workspace::Workspace *workspace, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void update();
    void followServer();
    void look();
    void showFacts();
    void showReleases();
    void showVerification();
    [[nodiscard]] QStringList releaseWords(const node::InstalledRelease &release) const;
    void addRelease(int row, const node::InstalledRelease &release);
    void askRemoval(const QString &version);
    void verify();
    [[nodiscard]] QString builtDirectory() const; ///< of what runs; empty when it isn't built

    workspace::Workspace *m_workspace;
    QPointer<deploy::ServerState> m_server;
    std::unique_ptr<deploy::Inspection> m_inspection;
    QStringList m_measured; ///< the releases that the sizes are of
    QStringList m_listed;   ///< what the rows of releases say
    QGridLayout *m_facts;
    QGridLayout *m_releases;
    ApplicationTable *m_applications;
    QPushButton *m_verify;
    RoleLabel *m_verdict;
    RoleLabel *m_differences;
    ProgressStrip *m_progress;
    InlineMessage *m_message;
    InlineMessage *m_disagreements;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    bool m_asking = false;
};

} // namespace handover::ui
