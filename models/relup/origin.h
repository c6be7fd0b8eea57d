// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"
#include "models/erlang/term.h"

#include <QList>
#include <QVarLengthArray>

#include <deque>
#include <memory>

namespace handover::relup {

/// The place that something in a relup comes from: an instruction of an appup, one of its rules, or,
/// where the releases differ by a whole application, that application.
struct Origin
{
    static constexpr int None = -1;

    QByteArray application;
    appup::Direction direction = appup::Direction::Up;
    int rule = 0;           ///< counted from 1 as appup::Rule::number; 0: of no rule
    int instruction = None; ///< of the rule's list as written, counted from 0

    friend bool operator==(const Origin &, const Origin &) = default;
};

/// Mostly one; suspending, converting and resuming speak of several modules at once.
using Sources = QVarLengthArray<const Origin *, 1>;

/// Adds those of `more` that aren't there yet.
void unite(Sources &sources, const Sources &more);

/// An instruction on its way from the appups into a relup.
struct Step
{
    erlang::Term term;
    Sources from;
};
using Steps = QList<Step>;

/// Where each instruction of a script comes from, point_of_no_return (from nowhere) among them.
struct Trace
{
    std::shared_ptr<const std::deque<Origin>> origins; ///< what `of` points into
    QList<Sources> of;
};

} // namespace handover::relup
