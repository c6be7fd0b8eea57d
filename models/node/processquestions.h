// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/question.h"

namespace handover::node {

/// A process as the node names it; texts are its own, to be shown.
struct ProcessName
{
    QString pid;         ///< "<0.123.0>"
    QString registered;  ///< empty: it has no name
    QString initialCall; ///< proc_lib:translate_initial_call/1, "tally_srv:init/1"; empty if not asked
    QString supervisor;  ///< by its name or pid; empty: none is known
    [[nodiscard]] QString words() const;
};

/// The processes below the supervisors of all running applications, found as release_handler finds those to suspend
/// (release_handler_1:get_supervised_procs/0). Where its question could do harm, it is not asked: see Trouble.
struct SupervisionTree
{
    enum class Trouble {
        NoAnswer,      ///< within two seconds
        Suspended,     ///< release_handler gives up there
        TooLarge,      ///< over 64 MiB of memory: left alone here, asked by release_handler
        NotSupervisor, ///< an application's top process; release_handler asks it for children all the same
        NoModules,     ///< its specification says `modules => dynamic`, and it is no gen_event that would tell them
    };
    struct Troubled
    {
        Trouble trouble = Trouble::NoAnswer;
        QString pid;
        QString id; ///< in its supervisor, or the name it is registered under
        QString application;
    };
    struct User ///< of a module that is asked about
    {
        QByteArray module;
        qint64 count = 0;
        QList<ProcessName> processes; ///< the first two hundred
    };
    qint64 milliseconds = 0;
    qint64 supervisors = 0;
    qint64 processes = 0;
    bool complete = false; ///< else the time was over
    QList<Troubled> troubled;
    QList<User> users;
};
/// Asks which of them have one of the modules in their specification. Errors: askUp()'s.
[[nodiscard]] Result<SupervisionTree> askTree(const ReleaseScript &script, const QByteArrayList &modules,
                                              const JobContext &context);

/// A process in whose calls one of the modules stands.
struct CodeUser
{
    enum class Place {
        Old,      ///< runs the module's old code (erlang:check_process_code/2)
        Loop,     ///< the current code, and nothing that would leave it is among its calls
        Special,  ///< the same, but of a module that answers system messages (sys(3), system_continue/3)
        Callback, ///< the current code, called by gen_server or the like, which it returns to
        Unseen,   ///< it was started in the module; its innermost eight calls are others'
    };
    ProcessName name;
    Place place = Place::Loop;
    QByteArrayList modules;
    QString call;    ///< the innermost in one of the modules, "tally_loop:wait/1"; empty for Old and Unseen
    QString restart; ///< of its child specification: "permanent", "transient", "temporary"; empty: not known
};
/// What is known of a supervisor of such a process.
struct SupervisorFlags
{
    QString supervisor; ///< as ProcessName::supervisor
    QString strategy;   ///< empty: it did not tell
    qint64 intensity = 0;
    qint64 period = 0; ///< seconds
};
struct CodeUse
{
    qint64 milliseconds = 0;
    qint64 looked = 0; ///< processes that were looked at …
    qint64 all = 0;    ///< … of so many
    qint64 found = 0;  ///< users, of which the first two hundred are listed
    QByteArrayList oldModules; ///< of which old code is there, used or not
    QList<CodeUser> users;
    QList<SupervisorFlags> supervisors;
};
[[nodiscard]] Result<CodeUse> askCode(const ReleaseScript &script, const QByteArrayList &modules,
                                      const JobContext &context);

} // namespace handover::node
