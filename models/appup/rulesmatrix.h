// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"

#include <QStringList>

#include <functional>

/// All applications × all versions: what the rules of the version gone to do for each.
namespace handover::appup {

/// An application of the version gone to.
struct MatrixApp
{
    QString name;
    QString vsn;
    std::optional<QByteArray> appup; ///< the text, or the template; nothing if it has none
    QStringList vsns;                ///< the application's at each version of the matrix; empty: see MatrixCell
};

struct MatrixCell
{
    enum class State : quint8 {
        Absent,  ///< that version hasn't the application, or its vsn isn't known
        Same,    ///< the same vsn: nothing to do
        NoAppup, ///< another vsn, and no appup
        Broken,  ///< the appup can't be read
        Code,    ///< the appup is made by Erlang code
        Rules,
    };
    State state = State::Absent;
    quint8 upCost = 0; ///< int(Cost), where there is a rule
    quint8 downCost = 0;
    qint32 upRule = 0; ///< number of the rule that takes it; 0: none
    qint32 downRule = 0;

    [[nodiscard]] int rule(Direction direction) const { return direction == Direction::Up ? upRule : downRule; }
    [[nodiscard]] std::optional<Cost> cost(Direction direction) const; ///< nothing: no rule takes it
    /// There is something to go between, but no way.
    [[nodiscard]] bool isBlocked(Direction direction) const;
    friend bool operator==(const MatrixCell &, const MatrixCell &) = default;
};

/// The cells of an application, one for each version; each vsn is matched once. `go`: false ends it early.
[[nodiscard]] QList<MatrixCell> matrixColumn(const MatrixApp &app, const std::function<bool()> &go = {});

} // namespace handover::appup
