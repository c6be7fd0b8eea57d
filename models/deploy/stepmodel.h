// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/installation.h"

#include <QAbstractListModel>

namespace handover::deploy {

/// The steps of one deployment as a list: those to come, the one that runs, those that ended.
class StepModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class State { Waiting, Running, Done, Failed };
    Q_ENUM(State)
    enum Role {
        StateRole = Qt::UserRole + 1,
        DetailRole,       ///< what happened, in words
        RawRole,          ///< the node's own words
        MillisecondsRole, ///< qint64
        KindRole,         ///< int of node::Step::Kind
    };
    Q_ENUM(Role)

    explicit StepModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    void plan(const QList<node::Step::Kind> &kinds); ///< replaces what was there
    void begin(node::Step::Kind kind);
    void end(const node::Step &step);

private:
    struct Row
    {
        node::Step step;
        State state = State::Waiting;
    };
    void change(node::Step::Kind kind, const node::Step *result);
    QList<Row> m_rows;
};

/// "Upload", "Check"…: a step's name for people.
[[nodiscard]] QString stepTitle(node::Step::Kind kind);

} // namespace handover::deploy
