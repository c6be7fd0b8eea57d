// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deploy/history.h"
#include "models/jobs/latestwins.h"

#include <QWidget>

class QListWidget;
class QPlainTextEdit;
class QStackedWidget;

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class EmptyState;
class RoleLabel;
class StepList;

/// What was done to servers from this machine, by whom and when, with the steps and the log.
class HistoryView final : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryView(workspace::Workspace *workspace, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void read();
    void showDeeds(const QList<deploy::Deed> &deeds);
    void showDeed(int row);

    QList<deploy::Deed> m_deeds;
    QListWidget *m_list;
    RoleLabel *m_words;
    StepList *m_steps;
    QPlainTextEdit *m_log;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    LatestWins m_reading;
};

} // namespace handover::ui
