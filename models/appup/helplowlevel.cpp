// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/helptable.h"

#include <QCoreApplication>

namespace handover::appup {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupHelp)
};

InstructionHelp entry(QByteArray name, QByteArrayList forms, QString does, QString use, QString costs)
{
    return helpEntry(InstructionHelp::Level::Low, std::move(name), std::move(forms), std::move(does), std::move(use),
                     std::move(costs));
}

} // namespace

QList<InstructionHelp> lowLevelHelp()
{
    return {
        entry("apply", {"{apply, {M, F, Args}}"},
              Words::tr("Calls the function on the node, at this place of the upgrade. Before the point of no return "
                        "a failure ends the upgrade and nothing has changed; behind it a failure restarts the node."),
              Words::tr("For what no instruction does: starting or terminating a child after its supervisor was "
                        "updated, converting a table, telling a process."),
              Words::tr("What the function costs. Before the point of no return it also runs when the release is only "
                        "checked.")),
        entry("load_object_code", {"{load_object_code, {App, Vsn, [Mod]}}"},
              Words::tr("Reads the modules' files into memory and loads nothing yet, so that nobody waits for the "
                        "disk while processes are suspended."),
              Words::tr("Hardly ever in an appup: systools writes it at the start of the relup. It must stand before "
                        "point_of_no_return."),
              Words::tr("Nothing stops; a file that is missing ends the upgrade while that is still harmless.")),
        entry("point_of_no_return", {"point_of_no_return"},
              Words::tr("From here on there is no way back: whatever fails afterwards restarts the node with the old "
                        "release."),
              Words::tr("Hardly ever in an appup: systools puts it behind what is read and checked first. It may stand "
                        "only once."),
              Words::tr("Nothing by itself.")),
        entry("load", {"{load, {Mod, PrePurge, PostPurge}}"},
              Words::tr("Makes the module that load_object_code has read the current one."),
              Words::tr("Behind a load_object_code of the same module, where update and load_module don't give the "
                        "order that is needed."),
              Words::tr("A process that still runs the code before last is killed.")),
        entry("remove", {"{remove, {Mod, PrePurge, PostPurge}}"},
              Words::tr("Takes the module's name away: its code becomes old, and calls that name it fail."),
              Words::tr("Before purge, where delete_module doesn't give the order that is needed."),
              Words::tr("A process that still runs the code before last is killed.")),
        entry("purge", {"{purge, [Mod]}"},
              Words::tr("Throws away the old code of the modules."),
              Words::tr("Behind remove, once nobody runs the code any more."),
              Words::tr("Processes that still run the old code are killed.")),
        entry("suspend", {"{suspend, [Mod]}", "{suspend, [{Mod, Timeout}]}"},
              Words::tr("Suspends every supervised process that lists one of the modules. One that doesn't answer in "
                        "time is passed over."),
              Words::tr("Before load and code_change; update does all three in the right order."),
              Words::tr("The processes answer nothing until resume. One that was passed over may die when its code "
                        "changes.")),
        entry("resume", {"{resume, [Mod]}"},
              Words::tr("Lets the suspended processes of the modules go on."),
              Words::tr("For each suspend, behind the code change."), Words::tr("Nothing.")),
        entry("code_change", {"{code_change, [{Mod, Extra}]}", "{code_change, Mode, [{Mod, Extra}]}"},
              Words::tr("Has the suspended processes of each module convert their state: code_change is called with "
                        "Extra, going down with {down, Vsn}."),
              Words::tr("Between suspend and resume; behind load going up, before load going down."),
              Words::tr("A conversion that fails restarts the node with the old release.")),
        entry("stop", {"{stop, [Mod]}"},
              Words::tr("Terminates the children that list one of the modules, through their supervisors, which keep "
                        "the specifications."),
              Words::tr("When stopping and starting the processes is the simplest way to change their code."),
              Words::tr("The processes and their state end.")),
        entry("start", {"{start, [Mod]}"},
              Words::tr("Starts the children again that stop has terminated."),
              Words::tr("Behind stop and load."), Words::tr("The start of the processes; they begin without state.")),
        entry("sync_nodes", {"{sync_nodes, Id, [Node]}", "{sync_nodes, Id, {M, F, Args}}"},
              Words::tr("Waits until every one of the nodes has come to the instruction with the same Id."),
              Words::tr("When several nodes must change over at the same moment."),
              Words::tr("There is no timeout: it can wait for ever. A node that goes down meanwhile restarts this one "
                        "with the old release.")),
    };
}

} // namespace handover::appup
