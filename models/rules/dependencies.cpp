// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/dependencies.h"

#include <QHash>

#include <algorithm>

namespace handover::rules {

namespace {

/// Tarjan's strongly connected components, without recursion: chains of modules may be long.
class Components
{
public:
    explicit Components(const Dependencies &dependencies)
        : m_dependencies(dependencies)
    {
    }

    [[nodiscard]] QList<QList<QByteArray>> circles()
    {
        for (auto module = m_dependencies.begin(); module != m_dependencies.end(); ++module) {
            if (!m_nodes.contains(module.key()))
                walk(module.key());
        }
        return m_circles;
    }

private:
    struct Node
    {
        qsizetype index = 0;
        qsizetype low = 0;
        bool onStack = false;
    };
    struct Step
    {
        QByteArray module;
        QList<QByteArray> needs;
        qsizetype next = 0;
    };

    void enter(const QByteArray &module)
    {
        const qsizetype index = m_nodes.size();
        m_nodes.insert(module, {index, index, true});
        m_stack.append(module);
        m_path.append({module, m_dependencies.value(module), 0});
    }

    void walk(const QByteArray &first)
    {
        enter(first);
        while (!m_path.isEmpty()) {
            Step &step = m_path.last();
            if (step.next == step.needs.size()) {
                leave();
                continue;
            }
            const QByteArray need = step.needs[step.next++];
            if (!m_nodes.contains(need))
                enter(need);
            else if (m_nodes[need].onStack)
                lower(step.module, m_nodes[need].index);
        }
    }

    void lower(const QByteArray &module, qsizetype low) { m_nodes[module].low = std::min(m_nodes[module].low, low); }

    void leave()
    {
        const QByteArray module = m_path.takeLast().module;
        const Node node = m_nodes[module];
        if (!m_path.isEmpty())
            lower(m_path.last().module, node.low);
        if (node.low != node.index)
            return;
        QList<QByteArray> component;
        do {
            component.append(m_stack.takeLast());
            m_nodes[component.last()].onStack = false;
        } while (component.last() != module);
        if (component.size() > 1) {
            std::ranges::sort(component);
            m_circles.append(component);
        }
    }

    const Dependencies &m_dependencies;
    QHash<QByteArray, Node> m_nodes;
    QList<QByteArray> m_stack;
    QList<Step> m_path;
    QList<QList<QByteArray>> m_circles;
};

} // namespace

QList<QList<QByteArray>> circles(const Dependencies &dependencies) { return Components(dependencies).circles(); }

} // namespace handover::rules
