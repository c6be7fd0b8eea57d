// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo/demostage.h"

#include <QJsonArray>
#include <QJsonObject>

namespace handover::ui {
class MainWindow;
}

namespace handover::app {

class CounterClient;

/// Drives the main job through the window, from the tags to the downgrade, and writes down what it
/// measured. Blocks in nested event loops, so the window lives on meanwhile.
class DemoRun final : public QObject
{
    Q_OBJECT

public:
    DemoRun(DemoStage &stage, ui::MainWindow &window, QString output);

    /// The report. "failures" lists in words what did not hold; empty: everything did.
    [[nodiscard]] QJsonObject run();

private:
    [[nodiscard]] bool prepare();
    void reportVersions();
    void reportMatch();
    [[nodiscard]] bool build();
    [[nodiscard]] bool relup();
    [[nodiscard]] bool package();
    [[nodiscard]] bool upgrade();
    [[nodiscard]] bool downgrade();
    void reportClient(const CounterClient &client);

    bool wait(Job *job, const QString &what); ///< false, with a failure written down, unless it is done
    void require(bool held, const QString &words);
    void shoot(const QString &name, bool dark = false);
    [[nodiscard]] QJsonObject deployment(const QString &expected);

    DemoStage &m_stage;
    ui::MainWindow &m_window;
    workspace::Workspace *m_workspace;
    QString m_output;
    QJsonObject m_report;
    QJsonArray m_failures;
    QJsonArray m_screenshots;
};

} // namespace handover::app
