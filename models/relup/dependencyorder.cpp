// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/dependencyorder.h"

#include <algorithm>
#include <limits>
#include <queue>
#include <set>
#include <vector>

namespace handover::relup {

namespace {

// Tarjan's strong components with a stack of our own: a script may be longer than the thread's
// stack is deep.
class StrongComponents
{
public:
    explicit StrongComponents(const DependencyGraph &graph)
        : m_graph(graph)
        , m_index(graph.size(), -1)
        , m_low(graph.size(), 0)
        , componentOf(graph.size(), -1)
    {
        for (int vertex = 0; vertex < graph.size(); ++vertex) {
            if (m_index[vertex] < 0)
                visit(vertex);
        }
    }

private:
    struct Visit
    {
        int vertex;
        qsizetype next; ///< the edge to follow next
    };

    void enter(int vertex)
    {
        m_index[vertex] = m_low[vertex] = m_count++;
        m_open.push_back(vertex);
        m_visits.push_back({vertex, 0});
    }

    void leave(int vertex)
    {
        if (m_low[vertex] == m_index[vertex]) {
            for (int member = -1; member != vertex; m_open.pop_back()) {
                member = m_open.back();
                componentOf[member] = count;
            }
            ++count;
        }
        m_visits.pop_back();
        if (!m_visits.empty()) {
            const int parent = m_visits.back().vertex;
            m_low[parent] = std::min(m_low[parent], m_low[vertex]);
        }
    }

    void visit(int root)
    {
        enter(root);
        while (!m_visits.empty()) {
            Visit &current = m_visits.back();
            const QList<int> &needs = m_graph[current.vertex];
            if (current.next == needs.size()) {
                leave(current.vertex);
                continue;
            }
            const int next = needs[current.next++];
            if (m_index[next] < 0)
                enter(next);
            else if (componentOf[next] < 0)
                m_low[current.vertex] = std::min(m_low[current.vertex], m_index[next]);
        }
    }

    const DependencyGraph &m_graph;
    QList<int> m_index;
    QList<int> m_low;
    std::vector<int> m_open;
    std::vector<Visit> m_visits;
    int m_count = 0;

public:
    QList<int> componentOf;
    int count = 0;
};

QList<int> weakComponents(const DependencyGraph &graph)
{
    QList<int> parent(graph.size());
    for (int vertex = 0; vertex < graph.size(); ++vertex)
        parent[vertex] = vertex;
    const auto root = [&](int vertex) {
        while (parent[vertex] != vertex)
            vertex = parent[vertex] = parent[parent[vertex]];
        return vertex;
    };
    for (int vertex = 0; vertex < graph.size(); ++vertex) {
        for (const int needed : graph[vertex])
            parent[root(needed)] = root(vertex);
    }
    for (int vertex = 0; vertex < graph.size(); ++vertex)
        parent[vertex] = root(vertex);
    return parent;
}

// The graph of the strong components.
struct Condensed
{
    std::vector<QList<int>> members;
    std::vector<std::set<int>> needs;
    std::vector<int> waitingFor; ///< how many others need it and aren't out yet
    std::vector<int> rank;
};

Condensed condense(const DependencyGraph &graph, const QList<int> &ranks, const StrongComponents &strong)
{
    const auto count = static_cast<size_t>(strong.count);
    Condensed condensed{std::vector<QList<int>>(count), std::vector<std::set<int>>(count),
                        std::vector<int>(count), std::vector<int>(count, std::numeric_limits<int>::max())};
    for (int vertex = 0; vertex < graph.size(); ++vertex) {
        const int component = strong.componentOf[vertex];
        condensed.members[component].append(vertex);
        condensed.rank[component] = std::min(condensed.rank[component], ranks[vertex]);
        for (const int needed : graph[vertex]) {
            const int other = strong.componentOf[needed];
            if (other != component && condensed.needs[component].insert(other).second)
                ++condensed.waitingFor[other];
        }
    }
    return condensed;
}

} // namespace

DependencyOrder orderDependencies(const DependencyGraph &graph, const QList<int> &ranks)
{
    const StrongComponents strong(graph);
    Condensed condensed = condense(graph, ranks, strong);
    const QList<int> weak = weakComponents(graph);

    DependencyOrder order;
    order.componentOf.resize(graph.size());
    QList<int> places(graph.size(), -1); // of a weak component's root in order.components
    for (int vertex = 0; vertex < graph.size(); ++vertex) {
        int &place = places[weak[vertex]];
        if (place < 0) {
            place = static_cast<int>(order.components.size());
            order.components.emplaceBack();
        }
        order.componentOf[vertex] = place;
    }

    using Ready = std::pair<int, int>; // rank, strong component
    std::priority_queue<Ready, std::vector<Ready>, std::greater<>> ready;
    for (int component = 0; component < strong.count; ++component) {
        if (condensed.waitingFor[component] == 0)
            ready.emplace(condensed.rank[component], component);
    }
    QList<int> last(order.components.size(), -1); // the strong component that came out last
    while (!ready.empty()) {
        const int component = ready.top().second;
        ready.pop();
        const int place = order.componentOf[condensed.members[component].first()];
        OrderedComponent &ordered = order.components[place];
        if (last[place] >= 0 && !condensed.needs[last[place]].contains(component))
            ordered.isOpen = true;
        last[place] = component;
        ordered.vertices += condensed.members[component];
        for (const int needed : condensed.needs[component]) {
            if (--condensed.waitingFor[needed] == 0)
                ready.emplace(condensed.rank[needed], needed);
        }
    }
    return order;
}

} // namespace handover::relup
