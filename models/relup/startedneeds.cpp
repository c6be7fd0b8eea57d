// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/bootorder.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <ranges>

namespace handover::relup {

namespace {

using erlang::Term;

/// Which application includes which; each is included once at most.
class Inclusions
{
public:
    explicit Inclusions(const QList<Needs> &release)
    {
        for (const Needs &needs : release) {
            for (const QByteArray &included : needs.includes) {
                if (!m_includedIn.contains(included))
                    m_includedIn.insert(included, needs.name);
            }
        }
    }

    [[nodiscard]] bool isIncluded(const QByteArray &name) const { return m_includedIn.contains(name); }

    [[nodiscard]] QByteArray topOf(QByteArray name) const
    {
        for (auto up = m_includedIn.constFind(name); up != m_includedIn.cend();
             up = m_includedIn.constFind(name))
            name = *up;
        return name;
    }

    [[nodiscard]] bool isInCircle(const QByteArray &start) const
    {
        QSet<QByteArray> passed;
        auto up = m_includedIn.constFind(start);
        while (up != m_includedIn.cend() && *up != start && !passed.contains(*up)) {
            passed.insert(*up);
            up = m_includedIn.constFind(*up);
        }
        return up != m_includedIn.cend() && *up == start;
    }

private:
    QHash<QByteArray, QByteArray> m_includedIn;
};

QList<QByteArray> usesOfTops(const Needs &needs, const Inclusions &inclusions)
{
    const QByteArray ownTop = inclusions.topOf(needs.name);
    QList<QByteArray> uses = needs.uses;
    for (const QByteArray &used : needs.uses) {
        if (used == ownTop) {
            uses.removeOne(used);
            continue;
        }
        if (!inclusions.isIncluded(used))
            continue;
        const QByteArray top = inclusions.topOf(used);
        if (uses.contains(top)) {
            uses.removeOne(used);
        } else if (top != ownTop) {
            uses.removeOne(used);
            uses.append(top);
        }
    }
    return uses;
}

} // namespace

std::expected<QList<Needs>, Term> startedNeeds(QList<Needs> release)
{
    const Inclusions inclusions(release);
    QList<Term> circle;
    QHash<QByteArray, qsizetype> positions;
    for (const Needs &needs : std::as_const(release)) {
        if (inclusions.isInCircle(needs.name))
            circle.append(Term::tuple({Term::atom(needs.name), Term::string(needs.vsn)}));
        if (!positions.contains(needs.name))
            positions.insert(needs.name, positions.size());
    }
    if (!circle.isEmpty())
        return std::unexpected(Term::tuple({Term::atom("circular_dependencies"), Term::list(circle)}));
    // What is not in the release at all comes last, as it was.
    const auto position = [&](const QByteArray &name) { return positions.value(name, positions.size()); };
    for (Needs &needs : release) {
        needs.uses = usesOfTops(needs, inclusions);
        std::ranges::stable_sort(needs.uses, {}, position);
        std::ranges::stable_sort(needs.includes, {}, position);
    }
    return release;
}

} // namespace handover::relup
