// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/bootorder.h"

#include <algorithm>

namespace handover::relup {

namespace {

using erlang::Term;

Term identityOf(const Needs &needs) { return Term::tuple({Term::atom(needs.name), Term::string(needs.vsn)}); }

Term tagged(const char *tag, QList<Term> values)
{
    return Term::tuple({Term::atom(tag), Term::list(std::move(values))});
}

/// Each once, where it stands first.
template<typename T>
QList<T> once(const QList<T> &values)
{
    QList<T> result;
    for (const T &value : values) {
        if (!result.contains(value))
            result.append(value);
    }
    return result;
}

class Sorter
{
public:
    explicit Sorter(const QList<Needs> &release)
        : m_release(release)
    {
        for (qsizetype i = 0; i < release.size(); ++i)
            m_waiting.append(i);
    }

    std::expected<QList<qsizetype>, Term> run()
    {
        while (!m_waiting.isEmpty())
            place(m_waiting.takeFirst());
        return answer();
    }

private:
    struct Taken
    {
        QList<qsizetype> found;
        QList<QByteArray> missing;
    };

    // The first one that waits is placed if all it needs is placed; else what it needs comes before it.
    void place(qsizetype head)
    {
        const Needs &needs = m_release[head];
        Taken uses = take(needs.name, needs.uses);
        const Taken includes = take(needs.name, needs.includes);
        for (const QByteArray &optional : needs.optional)
            uses.missing.removeOne(optional);
        m_missing = uses.missing + includes.missing + m_missing;
        const QList<qsizetype> needed = uses.found + includes.found;
        if (needed.isEmpty())
            m_order.append(head);
        else
            putBefore(head, needed);
        m_visited.append(head);
    }

    // What is needed again after it was put behind something that it needs closes a circle.
    void putBefore(qsizetype head, const QList<qsizetype> &needed)
    {
        QList<qsizetype> front = needed;
        front.append(head);
        front += m_waiting;
        QList<qsizetype> circle;
        for (const qsizetype application : needed) {
            if (isVisited(application))
                circle.append(application);
        }
        for (const qsizetype application : std::as_const(circle))
            front.removeOne(application);
        m_waiting = std::move(front);
        if (!circle.isEmpty())
            m_circular = QList{head} + circle + m_circular;
    }

    // Those of the names that still wait, which thereby don't wait any more. One that includes the
    // application that asks doesn't have to be started before it.
    Taken take(const QByteArray &asking, const QList<QByteArray> &names)
    {
        Taken taken;
        for (auto name = names.crbegin(); name != names.crend(); ++name) {
            const auto found = std::ranges::find_if(
                m_waiting, [&](qsizetype index) { return m_release[index].name == *name; });
            if (found == m_waiting.end() || m_release[*found].includes.contains(asking)) {
                if (!isVisited(*name))
                    taken.missing.prepend(*name);
                continue;
            }
            taken.found.prepend(*found);
            m_waiting.erase(found);
        }
        return taken;
    }

    [[nodiscard]] bool isVisited(const QByteArray &name) const
    {
        return std::ranges::any_of(m_visited, [&](qsizetype index) { return m_release[index].name == name; });
    }

    // The same application may stand in a release twice.
    [[nodiscard]] bool isVisited(qsizetype application) const
    {
        const Needs &needs = m_release[application];
        return std::ranges::any_of(m_visited, [&](qsizetype index) {
            return m_release[index].name == needs.name && m_release[index].vsn == needs.vsn;
        });
    }

    std::expected<QList<qsizetype>, Term> answer() const
    {
        QList<Term> missing;
        for (const QByteArray &name : once(m_missing))
            missing.append(Term::atom(name));
        QList<Term> circular;
        for (const qsizetype application : m_circular)
            circular.append(identityOf(m_release[application]));
        circular = once(circular);
        if (missing.isEmpty() && circular.isEmpty())
            return m_order;
        if (circular.isEmpty())
            return std::unexpected(tagged("undefined_applications", missing));
        if (missing.isEmpty())
            return std::unexpected(tagged("circular_dependencies", circular));
        return std::unexpected(tagged(
            "apps", {tagged("circular_dependencies", circular), tagged("undefined_applications", missing)}));
    }

    const QList<Needs> &m_release;
    QList<qsizetype> m_waiting;
    QList<qsizetype> m_visited;
    QList<qsizetype> m_order;
    QList<qsizetype> m_circular;
    QList<QByteArray> m_missing;
};

} // namespace

std::expected<QList<qsizetype>, Term> bootOrder(const QList<Needs> &release) { return Sorter(release).run(); }

} // namespace handover::relup
