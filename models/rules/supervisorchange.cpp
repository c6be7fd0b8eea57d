// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/supervisorchange.h"

#include "models/rules/bracketed.h"
#include "models/rules/staticvalue.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::rules {

namespace {

using erlang::Term;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupChildren)
};

QString shown(const Term &term) { return QString::fromUtf8(spaced(term)); }

Term supervisorCall(const char *function, const Term &supervisor, const Term &id)
{
    return Term::tuple({Term::atom("apply"),
                        Term::tuple({Term::atom("supervisor"), Term::atom(function), Term::list({supervisor, id})})});
}

bool differs(const Term &left, const Term &right) { return isKnown(left) && isKnown(right) && !(left == right); }

/// Gathers the instructions of one direction.
class Children
{
public:
    Children(const SupervisorSpec &from, const SupervisorSpec &to, const QSet<QByteArray> &restarted)
        : m_from(from)
        , m_to(to)
        , m_restarted(restarted)
        , m_name(to.reference ? *to.reference : *from.reference)
    {
    }

    [[nodiscard]] ChildInstructions instructions()
    {
        for (auto child = m_from.children.crbegin(); child != m_from.children.crend(); ++child) {
            const ChildSpec *after = m_to.find(child->id);
            if (!after && m_to.complete)
                end(child->id, Words::tr("%1 no longer has the child %2").arg(shown(m_name), shown(child->id)), true);
            else if (after && isRestarted(*child, *after))
                end(child->id, whyRestarted(*child, *after), false);
        }
        for (const ChildSpec &child : m_to.children) {
            const ChildSpec *before = m_from.find(child.id);
            if (!before)
                start(child.id, Words::tr("%1 is a new child of %2, which the update makes known but doesn't start")
                                    .arg(shown(child.id), shown(m_name)));
            else if (isRestarted(*before, child))
                start(child.id, whyRestarted(*before, child));
        }
        return m_instructions;
    }

private:
    [[nodiscard]] bool isRestarted(const ChildSpec &before, const ChildSpec &after) const
    {
        return isAnother(before, after) || m_restarted.contains(after.module.atomName().value_or(QByteArray()));
    }
    [[nodiscard]] static QString whyRestarted(const ChildSpec &before, const ChildSpec &after)
    {
        if (differs(before.module, after.module))
            return Words::tr("the child %1 runs %2 now").arg(shown(after.id), shown(after.module));
        if (differs(before.type, after.type))
            return Words::tr("the child %1 is a %2 now").arg(shown(after.id), shown(after.type));
        return Words::tr("the process of the child %1 can't go on in another version of %2")
            .arg(shown(after.id), shown(after.module));
    }
    void end(const Term &id, const QString &reason, bool forGood)
    {
        m_instructions.before.append({supervisorCall("terminate_child", m_name, id), reason});
        if (forGood)
            m_instructions.before.append({supervisorCall("delete_child", m_name, id), reason});
    }
    void start(const Term &id, const QString &reason)
    {
        m_instructions.after.append({supervisorCall("restart_child", m_name, id), reason});
    }

    const SupervisorSpec &m_from;
    const SupervisorSpec &m_to;
    const QSet<QByteArray> &m_restarted;
    Term m_name;
    ChildInstructions m_instructions;
};

/// Finds what a person has to know.
class Notes
{
public:
    Notes(QByteArray module, const SupervisorSpec &older, const SupervisorSpec &newer)
        : m_module(std::move(module))
        , m_older(older)
        , m_newer(newer)
    {
    }

    [[nodiscard]] QList<Issue> notes()
    {
        if (!m_older.known || !m_newer.known) {
            add(Severity::Warning, u"rules.children-unknown"_s,
                Words::tr("What init/1 of %1 gives can't be told from its code. If its children differ between "
                          "the versions, add what starts and ends them: {apply, {supervisor, restart_child, …}} after "
                          "its update, terminate_child and delete_child before.").arg(module()));
            return m_notes;
        }
        strategy();
        if (m_older.isSimple() || m_newer.isSimple())
            simple();
        else
            children();
        return m_notes;
    }

private:
    void add(Severity severity, const QString &code, const QString &message)
    {
        m_notes.append({severity, code, message, module(), {}, {}, {}});
    }
    [[nodiscard]] QString module() const { return QString::fromUtf8(m_module); }

    void strategy()
    {
        if (!isKnown(m_older.strategy) || !isKnown(m_newer.strategy) || m_older.strategy == m_newer.strategy)
            return;
        const bool impossible = m_older.isSimple() != m_newer.isSimple();
        add(impossible ? Severity::Error : Severity::Hint, u"rules.strategy"_s,
            impossible ? Words::tr("%1 goes from %2 to %3; a supervisor that runs can't do that and would lose sight of "
                                   "its children. Have it restarted: terminate_child before the update and "
                                   "restart_child after it, at its parent; the application's first supervisor has "
                                   "none, which takes {restart_application, App}.")
                             .arg(module(), shown(m_older.strategy), shown(m_newer.strategy))
                       : Words::tr("%1 goes from %2 to %3, as soon as it is updated.")
                             .arg(module(), shown(m_older.strategy), shown(m_newer.strategy)));
    }

    void simple()
    {
        if (m_older.children.isEmpty() || m_newer.children.isEmpty())
            return;
        const ChildSpec &before = m_older.children.constFirst();
        const ChildSpec &after = m_newer.children.constFirst();
        child(before, after);
        if (differs(before.module, after.module))
            add(Severity::Warning, u"rules.child-replaced"_s,
                Words::tr("%1 starts %2 instead of %3 from now on, but children that run stay in %3; if that is gone, "
                          "they are killed when its code is removed. End them before the update with "
                          "{apply, {supervisor, terminate_child, [Supervisor, Pid]}} for each, or keep %3 until they "
                          "have ended.").arg(module(), shown(after.module), shown(before.module)));
    }

    void children()
    {
        bool hasInstructions = false;
        for (const ChildSpec &after : m_newer.children) {
            const ChildSpec *before = m_older.find(after.id);
            hasInstructions = hasInstructions || !before || isAnother(*before, after);
            if (before)
                child(*before, after);
        }
        hasInstructions = hasInstructions || std::ranges::any_of(m_older.children, [&](const ChildSpec &before) {
            return !m_newer.find(before.id);
        });
        if (!m_older.complete || !m_newer.complete)
            add(Severity::Warning, u"rules.children-unknown"_s,
                Words::tr("Not all children of %1 can be told from its code. If others than those below differ "
                          "between the versions, add what starts or ends them.").arg(module()));
        if (hasInstructions && !m_newer.reference && !m_older.reference)
            add(Severity::Warning, u"rules.supervisor-name"_s,
                Words::tr("The children of %1 differ, but it has no registered name that can be told from the code, so "
                          "no instruction can start or end them. Register it with {local, Name}, or write a "
                          "function that finds its pid and call it with apply.").arg(module()));
    }

    void child(const ChildSpec &before, const ChildSpec &after)
    {
        const QString id = shown(after.id);
        if (isAnother(before, after) && !m_newer.isSimple()) {
            const QString lost = Words::tr("The process is ended and started again, and its state is lost.");
            const QString what = differs(before.module, after.module)
                                     ? Words::tr("The child %1 of %2 is started by %3 instead of %4.")
                                           .arg(id, module(), shown(after.module), shown(before.module))
                                     : Words::tr("The child %1 of %2 was a %3 and is a %4.")
                                           .arg(id, module(), shown(before.type), shown(after.type));
            add(Severity::Warning, u"rules.child-restarted"_s, what + u' ' + lost);
            return;
        }
        QStringList later;
        if (isAnother(before, after) || differs(before.function, after.function) ||
            differs(before.arguments, after.arguments))
            later += Words::tr("how it is started");
        if (differs(before.type, after.type))
            later += Words::tr("its type");
        QStringList now;
        if (differs(before.restart, after.restart))
            now += Words::tr("restart (%1)").arg(shown(after.restart));
        if (differs(before.shutdown, after.shutdown))
            now += Words::tr("shutdown (%1)").arg(shown(after.shutdown));
        if (differs(before.modules, after.modules))
            now += Words::tr("modules (%1)").arg(shown(after.modules));
        if (later.isEmpty() && now.isEmpty())
            return;
        QStringList words{Words::tr("The child %1 of %2 changed.").arg(id, module())};
        if (!now.isEmpty())
            words += Words::tr("From the update on: %1.").arg(now.join(", "_L1));
        if (!later.isEmpty())
            words += m_newer.isSimple()
                         ? Words::tr("Only for children started after the update: %1.").arg(later.join(", "_L1))
                         : Words::tr("Only when the supervisor starts it the next time: %1. To have that now, add "
                                     "terminate_child before the update and restart_child after it.")
                               .arg(later.join(", "_L1));
        add(Severity::Hint, u"rules.child-changed"_s, words.join(u' '));
    }

    QByteArray m_module;
    const SupervisorSpec &m_older;
    const SupervisorSpec &m_newer;
    QList<Issue> m_notes;
};

} // namespace

bool canInstruct(const SupervisorSpec &from, const SupervisorSpec &to)
{
    const bool named = from.reference || to.reference;
    return named && from.known && to.known && !from.isSimple() && !to.isSimple();
}

bool isAnother(const ChildSpec &before, const ChildSpec &after)
{
    return differs(before.module, after.module) || differs(before.type, after.type);
}

ChildInstructions childInstructions(const SupervisorSpec &from, const SupervisorSpec &to,
                                    const QSet<QByteArray> &restarted)
{
    return canInstruct(from, to) ? Children(from, to, restarted).instructions() : ChildInstructions();
}

QList<Issue> supervisorNotes(const QByteArray &module, const SupervisorSpec &older, const SupervisorSpec &newer)
{
    return Notes(module, older, newer).notes();
}

} // namespace handover::rules
