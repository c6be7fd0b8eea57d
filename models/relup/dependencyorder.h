// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

namespace handover::relup {

/// Who depends on whom: for each vertex, counted from 0, the vertices it needs.
using DependencyGraph = QList<QList<int>>;

/// A weakly connected part of a graph in an order in which each vertex stands before those it
/// needs, as far as cycles allow; within a cycle vertices stand by their number.
struct OrderedComponent
{
    QList<int> vertices;
    bool isOpen = false; ///< another order would do as well
};

struct DependencyOrder
{
    QList<OrderedComponent> components;
    QList<int> componentOf; ///< of each vertex
};

/// Orders each component: of the strong components that wait for nothing, always the one that holds
/// the smallest rank comes next. digraph_utils(3) leaves that choice open.
[[nodiscard]] DependencyOrder orderDependencies(const DependencyGraph &graph, const QList<int> &ranks);

} // namespace handover::relup
