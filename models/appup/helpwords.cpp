// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/helptable.h"

#include <QCoreApplication>

namespace handover::appup {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupHelp)
};

InstructionHelp entry(QByteArray name, QString does, QString use, QString costs = {})
{
    return helpEntry(InstructionHelp::Level::Word, std::move(name), {}, std::move(does), std::move(use), std::move(costs));
}

} // namespace

QList<InstructionHelp> wordHelp()
{
    return {
        entry("soft",
              Words::tr("The processes are suspended while the code is loaded, but code_change isn't called."),
              Words::tr("When the state keeps its shape."), Words::tr("The processes answer nothing meanwhile.")),
        entry("advanced",
              Words::tr("{advanced, Extra}: code_change is called in each process, with Extra as its last argument."),
              Words::tr("When the state changes its shape. Going down, code_change gets {down, Vsn}."),
              Words::tr("The processes answer nothing meanwhile; a code_change that fails restarts the node.")),
        entry("supervisor",
              Words::tr("The supervisor calls init again and takes over flags and child specifications. It starts no "
                        "new child and terminates none that is gone."),
              Words::tr("When init of a supervisor changed. New children are started with {apply, {supervisor, "
                        "restart_child, [Sup, Id]}} behind it; those that go are terminated and deleted before it."),
              Words::tr("The supervisor is suspended; its children go on.")),
        entry("soft_purge",
              Words::tr("Before loading: if a process still runs the module's old code, the upgrade is refused and "
                        "nothing has happened. Behind it: the old code stays as long as a process runs it."),
              Words::tr("When processes that hang in old code must live.")),
        entry("brutal_purge",
              Words::tr("Processes that still run the module's old code are killed: before loading at once, behind it "
                        "when the release is made permanent."),
              Words::tr("The default, and enough where processes leave old code soon."),
              Words::tr("Processes in old code die.")),
        entry("dynamic",
              Words::tr("The processes switch to new code by themselves, as callback modules do: going up the module "
                        "is loaded before code_change, going down behind it."),
              Words::tr("The default, right for every module of a behaviour.")),
        entry("static",
              Words::tr("The module is loaded before code_change, going up and going down alike."),
              Words::tr("For processes that don't switch to new code by themselves; supervisors get it by "
                        "themselves.")),
        entry("default", Words::tr("As timeout: five seconds, that of sys:suspend/1."),
              Words::tr("When the processes answer system messages soon.")),
        entry("infinity", Words::tr("As timeout: waits for the process as long as it takes."),
              Words::tr("When a process may be busy for long and must not be passed over."),
              Words::tr("An upgrade that can hang.")),
        entry("permanent", Words::tr("The new application is started; when it ends, the node ends, too."),
              Words::tr("The default, and what a release usually has.")),
        entry("transient",
              Words::tr("The new application is started; only when it ends with a fault, the node ends, too."),
              Words::tr("When the release says so for this application.")),
        entry("temporary", Words::tr("The new application is started; when it ends, that is only reported."),
              Words::tr("When the release says so for this application.")),
        entry("none", Words::tr("Only the new application's modules are loaded: it is neither loaded nor started."),
              Words::tr("For a library, or for an application that something else starts.")),
    };
}

} // namespace handover::appup
