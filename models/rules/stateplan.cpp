// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/stateplan.h"

#include "models/core/namelist.h"
#include "models/rules/statenames.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover::rules {

namespace {

using Verdict = StateChange::Verdict;
using Way = ModulePlan::Way;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupStatePlan)
};

/// Works out the plan for one module.
class Planner
{
public:
    Planner(ModulePlan &plan, const ProcessChange &change)
        : m_plan(plan)
        , m_change(change)
        , m_arity(change.role.codeChangeArity())
        , m_special(change.role.foundation == "sys")
        , m_callback(m_special ? u"system_code_change/4"_s : u"code_change/"_s + QString::number(m_arity))
    {
    }

    void plan()
    {
        if (m_change.role.foundation == "supervisor_bridge") // has no code_change that would be called
            return take(Way::Soft, Words::tr("%1 changed, and is a supervisor_bridge").arg(module()));
        const bool readable = m_change.older && m_change.newer;
        m_plan.noDebugInfo = !readable;
        m_converter.kind = m_change.role.codeChange ? Converter::Kind::Own : Converter::Kind::Missing;
        if (readable)
            read();
        switch (m_state.verdict) {
        case Verdict::Differs:
            different();
            break;
        case Verdict::Same:
            same();
            break;
        case Verdict::Unknown:
            unknown(readable);
        }
        if (readable && m_change.role.foundation == "gen_statem")
            stateNames();
    }

private:
    void add(Severity severity, const QString &code, const QString &message)
    {
        m_plan.notes.append(moduleNote(severity, code, m_change.module, message));
    }
    [[nodiscard]] QString module() const { return QString::fromUtf8(m_change.module); }

    void read()
    {
        if (m_special) { // its state is an argument of its own loop
            m_sameConverter = sameCode(m_change.older->clauseForms("system_code_change", 4),
                                       m_change.newer->clauseForms("system_code_change", 4));
        } else {
            const StatePlace place{m_change.role.hasStateName()};
            m_state = compareStates(findState(*m_change.older, place, m_change.olderStateRecord),
                                    findState(*m_change.newer, place, m_change.newerStateRecord));
            if (m_change.role.codeChange)
                m_converter = findConverter(*m_change.newer, m_arity);
            m_sameConverter = sameConverter(*m_change.older, *m_change.newer, m_arity);
        }
        records();
    }

    void take(Way way, const QString &reason)
    {
        m_plan.way = way;
        m_plan.reason = reason;
    }
    void takeSoft() { take(Way::Soft, Words::tr("%1 changed, the form of its state is the same").arg(module())); }

    /// The text to paste, introduced; empty where none can be made.
    [[nodiscard]] QString paste()
    {
        m_plan.codeChange = codeChangeText(m_state, m_arity, m_converter.kind != Converter::Kind::Missing);
        if (!m_plan.codeChange)
            return {};
        const QString how = m_converter.kind == Converter::Kind::Missing
                                ? Words::tr("Export %1 and add it:").arg(m_callback)
                                : Words::tr("Add these clauses before the others of %1:").arg(m_callback);
        return u' ' + how + u'\n' + QString::fromUtf8(*m_plan.codeChange).trimmed();
    }

    void different()
    {
        m_plan.stateDiffers = true;
        take(Way::Advanced, Words::tr("the state of %1 has another form: %2 converts it").arg(module(), m_callback));
        const QString words = Words::tr("The state of %1 has another form: %2.").arg(module(), m_state.words());
        if (m_converter.kind == Converter::Kind::Missing) {
            add(Severity::Error, u"rules.state-unconverted"_s,
                words + u' ' + Words::tr("There is no %1 to convert it; the upgrade would fail.").arg(m_callback) + paste());
        } else if (m_converter.kind == Converter::Kind::Trivial) {
            add(Severity::Error, u"rules.state-unconverted"_s,
                words + u' ' +
                    Words::tr("%1 gives the state back as it was, and the new code would fail on it.").arg(m_callback) +
                    paste());
        } else if (m_sameConverter) {
            add(Severity::Warning, u"rules.state-converted-as-before"_s,
                words + u' ' + Words::tr("%1 is the same as in the older version; does it know of that?").arg(m_callback) +
                    paste());
        } else {
            add(Severity::Hint, u"rules.state-converted"_s,
                words + u' ' + (isNewConverter() ? Words::tr("%1 is new; check that it does all of that.").arg(m_callback)
                                                 : Words::tr("%1 was changed; check that it does all of that.").arg(m_callback)));
        }
        clauses();
    }

    void same()
    {
        if (!m_state.fields.isEmpty())
            add(Severity::Hint, u"rules.state-field"_s, Words::tr("In the state of %1: %2.").arg(module(), m_state.words()));
        if (m_converter.kind == Converter::Kind::Own && !m_sameConverter) {
            const bool isNew = isNewConverter();
            const QString words = isNew ? Words::tr("%1 of %2 is new").arg(m_callback, module())
                                        : Words::tr("%1 of %2 was changed").arg(m_callback, module());
            take(Way::Advanced, words);
            add(Severity::Hint, u"rules.state-converted"_s,
                words + u' ' + Words::tr("although the state of %1 has the same form, so it is called. If there is "
                                         "nothing to convert this time, {update, %1} does.").arg(module()));
            clauses();
        } else if (callbackModeChanged()) {
            callbackMode();
        } else {
            takeSoft();
        }
    }

    void unknown(bool readable)
    {
        const bool stays = m_converter.kind == Converter::Kind::Own && m_sameConverter;
        if (m_change.role.codeChange) {
            take(Way::Advanced, Words::tr("%1 exports %2").arg(module(), m_callback));
            if (readable)
                add(stays ? Severity::Warning : Severity::Hint, u"rules.state-unknown"_s,
                    Words::tr("What state %1 keeps can't be told from its code. Its %2 is called; check that it "
                              "takes the state the older version leaves.").arg(module(), m_callback));
            if (readable && !m_special)
                clauses();
        } else if (readable && callbackModeChanged()) {
            callbackMode();
        } else {
            take(Way::Soft, Words::tr("%1 changed, and exports no %2").arg(module(), m_callback));
            if (readable)
                add(Severity::Hint, u"rules.state-unknown"_s,
                    Words::tr("What state %1 keeps can't be told from its code. If its form changed, export %2 "
                              "and write {update, %1, {advanced, []}}.").arg(module(), m_callback));
        }
    }

    [[nodiscard]] bool isNewConverter() const { return m_change.older->clauseForms("code_change", m_arity).isEmpty(); }

    /// gen_statem asks for it at the start and after code_change/4, never else.
    [[nodiscard]] bool callbackModeChanged() const
    {
        return m_change.role.foundation == "gen_statem" &&
               !sameCode(m_change.older->clauseForms("callback_mode", 0), m_change.newer->clauseForms("callback_mode", 0));
    }
    void callbackMode()
    {
        const bool can = m_change.role.codeChange;
        take(can ? Way::Advanced : Way::Soft, Words::tr("callback_mode/0 of %1 was changed").arg(module()));
        if (!can)
            add(Severity::Error, u"rules.state-unconverted"_s,
                Words::tr("callback_mode/0 of %1 was changed; running processes ask for it only after "
                          "code_change/4, which isn't there. Export one that gives back {ok, State, Data}, and write "
                          "{update, %1, {advanced, []}}.").arg(module()));
    }

    /// A process that is in a state which the loaded code has no function for fails at its next event.
    void stateNames()
    {
        const StateNames before = findStateNames(*m_change.older, m_change.olderExports);
        const StateNames after = findStateNames(*m_change.newer, m_change.newerExports);
        if (!before.functions || !after.functions)
            return;
        const QStringList gone = missing(before.names, m_change.newerExports);
        const QStringList added = missing(after.names, m_change.olderExports);
        const bool own = m_converter.kind == Converter::Kind::Own;
        if (!gone.isEmpty() && own && !m_sameConverter)
            add(Severity::Hint, u"rules.state-name"_s,
                Words::tr("%1 no longer has these states: %2. Check that %3 gives another one for them.")
                    .arg(module(), nameList(gone), m_callback));
        else if (!gone.isEmpty())
            add(own ? Severity::Warning : Severity::Error, u"rules.state-name"_s,
                Words::tr("%1 no longer has functions for these states: %2. A process that is in one of them fails at "
                          "its next event. Keep the functions, or have %3 give another state for them and write "
                          "{update, %1, {advanced, []}}.").arg(module(), nameList(gone), m_callback));
        if (!added.isEmpty() && (!own || !m_converter.handlesDown))
            add(Severity::Warning, u"rules.state-name"_s,
                Words::tr("%1 has new states: %2. A process that is in one of them when the release goes down fails at "
                          "its next event. Have %3 give one that the older version has for {down, Vsn}, and write "
                          "{update, %1, {advanced, []}}.").arg(module(), nameList(added), m_callback));
    }
    [[nodiscard]] static QStringList missing(const QList<QByteArray> &states, const QList<erlang::FunctionName> &exports)
    {
        QStringList missing;
        for (const QByteArray &state : states) {
            if (!exports.contains(erlang::FunctionName{state, 3}))
                missing += QString::fromUtf8(state);
        }
        return missing;
    }

    void clauses()
    {
        if (m_converter.kind != Converter::Kind::Own)
            return;
        if (!m_converter.takesNoExtra)
            add(Severity::Error, u"rules.extra"_s,
                Words::tr("No clause of %1 in %2 takes [], which is what the proposed instruction hands it as its last "
                          "argument. Write what it wants: {update, %2, {advanced, Extra}}.").arg(m_callback, module()));
        if (!m_converter.handlesDown)
            add(Severity::Warning, u"rules.no-way-down"_s,
                Words::tr("No clause of %1 in %2 takes {down, Vsn}, with which it is called on the way down.")
                    .arg(m_callback, module()));
    }

    /// Other records that both versions define, and that the state may hold.
    void records()
    {
        for (const QByteArray &name : m_change.newer->recordNames()) {
            const auto before = m_change.older->record(name);
            const auto after = m_change.newer->record(name);
            if (name == m_state.newer.record || !before || !after)
                continue;
            const StateChange change = compareStates({StateShape::Kind::Record, name, *before, {}, 0, {}},
                                                     {StateShape::Kind::Record, name, *after, {}, 0, {}});
            if (change.verdict != Verdict::Differs)
                continue;
            const QString record = QString::fromUtf8(name);
            if (m_state.older.records.contains(name))
                add(Severity::Warning, u"rules.record-changed"_s,
                    Words::tr("The state of %2 holds records %1, which have other fields now. Nothing but code_change "
                              "converts them: export %3 and write {update, %2, {advanced, []}}.")
                        .arg(record, module(), m_callback));
            else
                add(Severity::Hint, u"rules.record-changed"_s,
                    Words::tr("The record %1 in %2 has other fields. If the state of its processes holds some, "
                              "code_change has to convert them too.").arg(record, module()));
        }
    }

    ModulePlan &m_plan;
    const ProcessChange &m_change;
    qsizetype m_arity;
    bool m_special;
    QString m_callback;
    StateChange m_state;
    Converter m_converter;
    bool m_sameConverter = false;
};

} // namespace

void planProcess(ModulePlan &plan, const ProcessChange &change) { Planner(plan, change).plan(); }

} // namespace handover::rules
