// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/dependentscript.h"

#include "models/relup/atomname.h"
#include "models/relup/dependencyorder.h"
#include "models/relup/syntaxcheck.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace handover::relup {

namespace {

using appup::Direction;
using erlang::Term;

// An instruction of which others may depend, with what its short forms leave out.
struct Dependent
{
    Term module;
    QList<Term> needs;
    Term pre;
    Term post;
    bool removes = false; ///< delete_module
    bool updates = false;
    bool isStatic = false;
    Term timeout; ///< of an update
    Term change;
    Sources from;
};

std::optional<Dependent> readDependent(const Step &step)
{
    const Term &instruction = step.term;
    if (instruction.kind() != Term::Kind::Tuple || instruction.size() < 2)
        return std::nullopt;
    const Term brutal = Term::atom("brutal_purge");
    const qsizetype size = instruction.size();
    const Term name = instruction.at(0);
    Dependent dependent{instruction.at(1), {}, brutal, brutal, false, false, false, {}, {}, step.from};
    if (name.isAtom("add_module") || name.isAtom("delete_module")) {
        dependent.removes = name.isAtom("delete_module");
        if (size == 3)
            dependent.needs = instruction.at(2).items();
        return dependent;
    }
    dependent.updates = name.isAtom("update");
    if (!dependent.updates && !name.isAtom("load_module"))
        return std::nullopt;
    dependent.needs = instruction.at(size - 1).items();
    dependent.post = instruction.at(size - 2);
    dependent.pre = instruction.at(size - 3);
    if (dependent.updates) {
        dependent.change = instruction.at(size - 4);
        dependent.timeout = size > 6 ? instruction.at(size - 5) : Term::atom("default");
        dependent.isStatic = size > 7 && instruction.at(2).isAtom("static");
    }
    return dependent;
}

Answer<DependencyGraph> makeGraph(const QList<Dependent> &dependents)
{
    QHash<QByteArray, int> vertices;
    for (int i = 0; i < dependents.size(); ++i) {
        const QByteArray name = nameOf(dependents[i].module);
        if (vertices.contains(name))
            return blamed(scriptReason("muldef_module", dependents[i].module).error(), dependents[i].from);
        vertices.insert(name, i);
    }
    DependencyGraph graph(dependents.size());
    for (int i = 0; i < dependents.size(); ++i) {
        for (const Term &needed : dependents[i].needs) {
            const auto found = vertices.constFind(nameOf(needed));
            if (found == vertices.cend())
                return blamed(scriptReason("undef_module", needed).error(), dependents[i].from);
            graph[i].append(*found);
        }
    }
    return graph;
}

QHash<QByteArray, const Application *> ownersOf(const Release &release)
{
    QHash<QByteArray, const Application *> owners;
    for (const Application &application : release.applications) {
        for (const QByteArray &module : application.modules) {
            if (!owners.contains(module))
                owners.insert(module, &application);
        }
    }
    return owners;
}

// A group of instructions in their order.
class Group
{
public:
    Group(const QList<Dependent> &dependents, const QList<int> &order)
        : m_dependents(dependents)
        , m_order(order)
    {
    }

    [[nodiscard]] Answer<void> readObjectCode(const QHash<QByteArray, const Application *> &owners,
                                              Steps &script) const
    {
        for (const int index : m_order) {
            const Dependent &dependent = m_dependents[index];
            if (dependent.removes)
                continue;
            const Application *owner = owners.value(nameOf(dependent.module));
            if (!owner)
                return blamed(scriptReason("no_such_module", dependent.module).error(), dependent.from);
            script.append({Term::tuple({Term::atom("load_object_code"),
                                        Term::tuple({Term::atom(owner->name), Term::string(owner->vsn),
                                                     Term::list({dependent.module})})}),
                           dependent.from});
        }
        return {};
    }

    // Processes are suspended in the order of dependency, code is loaded in the reverse of it on
    // the way up and along it on the way down.
    void append(Direction direction, Steps &script) const
    {
        appendSuspend(script);
        if (direction == Direction::Up) {
            for (auto index = m_order.crbegin(); index != m_order.crend(); ++index)
                appendLoad(m_dependents[*index], script);
            appendCodeChange("up", [](const Dependent &) { return true; }, script);
        } else {
            appendCodeChange("down", [](const Dependent &update) { return !update.isStatic; }, script);
            for (const int index : m_order)
                appendLoad(m_dependents[index], script);
            appendCodeChange("down", [](const Dependent &update) { return update.isStatic; }, script);
        }
        appendResume(script);
    }

private:
    template<typename Visit>
    void forEachUpdate(Visit visit) const
    {
        for (const int index : m_order) {
            if (m_dependents[index].updates)
                visit(m_dependents[index]);
        }
    }

    // What is done with several modules at once.
    struct Together
    {
        QList<Term> items;
        Sources from;

        void append(const Term &item, const Sources &sources)
        {
            items.append(item);
            from.append(sources.begin(), sources.size());
        }
    };

    static void appendUnlessEmpty(const char *name, Together together, Steps &script)
    {
        if (!together.items.isEmpty())
            script.append({Term::tuple({Term::atom(name), Term::list(std::move(together.items))}), std::move(together.from)});
    }

    void appendSuspend(Steps &script) const
    {
        Together modules;
        forEachUpdate([&](const Dependent &update) {
            modules.append(update.timeout.isAtom("default") ? update.module
                                                            : Term::tuple({update.module, update.timeout}),
                           update.from);
        });
        appendUnlessEmpty("suspend", std::move(modules), script);
    }

    void appendResume(Steps &script) const
    {
        Together modules;
        forEachUpdate([&](const Dependent &update) { modules.append(update.module, update.from); });
        std::ranges::reverse(modules.items);
        appendUnlessEmpty("resume", std::move(modules), script);
    }

    template<typename Choose>
    void appendCodeChange(const char *mode, Choose choose, Steps &script) const
    {
        Together changes;
        forEachUpdate([&](const Dependent &update) {
            if (update.change.isTagged("advanced", 2) && choose(update))
                changes.append(Term::tuple({update.module, update.change.at(1)}), update.from);
        });
        if (!changes.items.isEmpty())
            script.append({Term::tuple({Term::atom("code_change"), Term::atom(mode), Term::list(std::move(changes.items))}),
                           std::move(changes.from)});
    }

    static void appendLoad(const Dependent &dependent, Steps &script)
    {
        script.append({Term::tuple({Term::atom(dependent.removes ? "remove" : "load"),
                                    Term::tuple({dependent.module, dependent.pre, dependent.post})}),
                       dependent.from});
        if (dependent.removes)
            script.append({Term::tuple({Term::atom("purge"), Term::list({dependent.module})}), dependent.from});
    }

    const QList<Dependent> &m_dependents;
    const QList<int> &m_order;
};

QList<int> ranksOf(const QList<Dependent> &dependents, const QHash<QByteArray, int> &hinted)
{
    QList<int> ranks(dependents.size());
    std::iota(ranks.begin(), ranks.end(), 0);
    if (hinted.isEmpty())
        return ranks;
    for (int i = 0; i < dependents.size(); ++i)
        ranks[i] = hinted.value(nameOf(dependents[i].module), std::numeric_limits<int>::max());
    return ranks;
}

} // namespace

Answer<LowLevel> translateDependent(const Steps &script, const TranslationInput &input)
{
    QList<Dependent> dependents;
    QList<int> indices; // of each instruction in dependents, or -1
    for (const Step &step : script) {
        auto dependent = readDependent(step);
        indices.append(dependent ? static_cast<int>(dependents.size()) : -1);
        if (dependent)
            dependents.append(*std::move(dependent));
    }
    const auto graph = makeGraph(dependents);
    if (!graph)
        return std::unexpected(graph.error());
    const DependencyOrder order = orderDependencies(*graph, ranksOf(dependents, input.ranks));
    const QHash<QByteArray, const Application *> owners = ownersOf(input.target);

    LowLevel low;
    QList<bool> written(order.components.size(), false);
    for (qsizetype i = 0; i < script.size(); ++i) {
        if (indices[i] < 0) {
            low.after.append(script[i]);
            continue;
        }
        const int place = order.componentOf[indices[i]];
        if (std::exchange(written[place], true))
            continue;
        const OrderedComponent &component = order.components[place];
        const Group group(dependents, component.vertices);
        if (const auto read = group.readObjectCode(owners, low.before); !read)
            return std::unexpected(read.error());
        group.append(input.direction, low.after);
        low.orderIsOpen = low.orderIsOpen || component.isOpen;
    }
    return low;
}

} // namespace handover::relup
