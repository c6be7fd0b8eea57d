// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/summary.h"

#include "models/relup/atomname.h"

#include <QHash>
#include <QSet>

namespace handover::relup {

namespace {

using erlang::Term;

// [Module | {Module, _}]
QByteArrayList modulesIn(const Term &list)
{
    QByteArrayList modules;
    for (const Term &item : list.items())
        modules.append(nameOf(item.isTuple(2) ? item.at(0) : item));
    return modules;
}

/// Each once, in the order they come.
struct Names
{
    QByteArrayList list;
    QSet<QByteArray> seen;
};

/// Reads a script from its beginning to its end.
class Counter
{
public:
    void read(const Term &term)
    {
        const Term first = term.at(1);
        if (restartsTheEmulator(term))
            m_summary.restartsEmulator = true;
        else if (term.isTagged("suspend", 2))
            suspend(modulesIn(first));
        else if (term.isTagged("resume", 2))
            resume(modulesIn(first));
        else if (term.isTagged("load", 2) || term.isTagged("remove", 2))
            changeCode(first, term.isTagged("load", 2));
        else if (term.isTagged("code_change", 2) || term.isTagged("code_change", 3))
            add(m_converted, modulesIn(term.at(term.size() - 1)));
        else if (term.isTagged("apply", 2) && first.isTuple(3) && first.at(0).isAtom("application"))
            callApplication(first.at(1), nameOf(first.at(2).at(0)));
        ++m_position;
    }

    Summary result() &&
    {
        for (const QByteArray &application : std::as_const(m_stopped.list)) {
            if (!m_restarted.seen.contains(application))
                m_summary.stopped.append(application);
        }
        m_summary.suspended = m_suspended.list;
        m_summary.converted = m_converted.list;
        m_summary.loaded = m_loaded.list;
        m_summary.removed = m_removed.list;
        m_summary.killed = m_killed.list;
        m_summary.restarted = m_restarted.list;
        m_summary.started = m_started.list;
        return std::move(m_summary);
    }

private:
    static bool restartsTheEmulator(const Term &term)
    {
        return term.isAtom("restart_new_emulator") || term.isAtom("restart_emulator");
    }

    static void add(Names &names, const QByteArrayList &more)
    {
        for (const QByteArray &name : more) {
            const qsizetype known = names.seen.size();
            names.seen.insert(name);
            if (names.seen.size() > known)
                names.list.append(name);
        }
    }

    void suspend(const QByteArrayList &modules)
    {
        add(m_suspended, modules);
        for (const QByteArray &module : modules)
            m_waiting.insert(module, {m_position, m_loads});
    }

    void resume(const QByteArrayList &modules)
    {
        for (const QByteArray &module : modules) {
            const auto since = m_waiting.constFind(module);
            if (since == m_waiting.cend())
                continue;
            const Summary::Window window{since->first, m_position - since->first - 1, m_loads - since->second};
            if (!m_summary.longest || window.instructions > m_summary.longest->instructions)
                m_summary.longest = window;
        }
    }

    void changeCode(const Term &code, bool load)
    {
        const QByteArrayList module{nameOf(code.at(0))};
        m_loads += load ? 1 : 0;
        add(load ? m_loaded : m_removed, module);
        if (code.at(1).isAtom("brutal_purge") || code.at(2).isAtom("brutal_purge"))
            add(m_killed, module);
    }

    void callApplication(const Term &function, const QByteArray &application)
    {
        if (function.isAtom("stop"))
            add(m_stopped, {application});
        else if (function.isAtom("start"))
            add(m_stopped.seen.contains(application) ? m_restarted : m_started, {application});
    }

    Summary m_summary;
    Names m_suspended;
    Names m_converted;
    Names m_loaded;
    Names m_removed;
    Names m_killed;
    Names m_restarted;
    Names m_started;
    Names m_stopped;
    QHash<QByteArray, std::pair<qsizetype, qsizetype>> m_waiting; // since which instruction, and how many loads
    qsizetype m_position = 0;
    qsizetype m_loads = 0;
};

} // namespace

Summary summaryOf(const Script &script)
{
    Counter counter;
    for (const Instruction &instruction : script.instructions)
        counter.read(instruction.term);
    return std::move(counter).result();
}

} // namespace handover::relup
