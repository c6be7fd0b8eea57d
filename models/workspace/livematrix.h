// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/rulesmatrixmodel.h"
#include "models/jobs/latestwins.h"
#include "models/workspace/project.h"

#include <QHash>
#include <QObject>

namespace handover::workspace {

/// All applications of the version gone to × all versions, worked out in the background.
class LiveMatrix final : public QObject
{
    Q_OBJECT

public:
    struct Input
    {
        Project project;
        versions::Version to;
        QHash<QString, QByteArray> unsaved; ///< texts by application, in the place of what the files have
    };
    struct Outcome
    {
        QStringList versions;
        QList<appup::RulesMatrixModel::Column> columns;
    };

    explicit LiveMatrix(QObject *parent = nullptr);

    void compute(const Input &input); ///< of several requests the newest one counts
    [[nodiscard]] bool isBusy() const { return m_worker.isBusy(); }
    [[nodiscard]] appup::RulesMatrixModel *model() const { return m_model; }

    /// The work itself; nothing if it was cancelled.
    [[nodiscard]] static std::optional<Outcome> work(const Input &input, const JobContext &context);

signals:
    void computed();

private:
    appup::RulesMatrixModel *m_model;
    LatestWins m_worker;
};

} // namespace handover::workspace
