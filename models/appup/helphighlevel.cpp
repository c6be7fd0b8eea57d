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
    return helpEntry(InstructionHelp::Level::High, std::move(name), std::move(forms), std::move(does), std::move(use),
                     std::move(costs));
}

} // namespace

QList<InstructionHelp> highLevelHelp()
{
    return {
        entry("update",
              {"{update, Mod}", "{update, Mod, supervisor}", "{update, Mod, Change}", "{update, Mod, DepMods}",
               "{update, Mod, Change, DepMods}", "{update, Mod, Change, PrePurge, PostPurge, DepMods}",
               "{update, Mod, Timeout, Change, PrePurge, PostPurge, DepMods}",
               "{update, Mod, ModType, Timeout, Change, PrePurge, PostPurge, DepMods}"},
              Words::tr("Suspends every supervised process that lists Mod in its child specification, loads the new "
                        "code, with {advanced, Extra} has each convert its state in code_change, and resumes them."),
              Words::tr("For the module of a gen_server, gen_statem, gen_event or another behaviour with state of its "
                        "own, and for supervisors. Modules that it calls and that must change at the same moment go "
                        "into DepMods."),
              Words::tr("The processes answer nothing while they are suspended. A code_change that fails after the "
                        "point of no return restarts the node with the old release.")),
        entry("load_module",
              {"{load_module, Mod}", "{load_module, Mod, DepMods}", "{load_module, Mod, PrePurge, PostPurge, DepMods}"},
              Words::tr("Replaces the code of one module. Processes go on; each takes the new code with its next call "
                        "that names the module."),
              Words::tr("For modules without a process and without state: helpers, parsers, callbacks that keep "
                        "nothing. Name in DepMods the modules whose new functions it calls, so that they are loaded "
                        "first."),
              Words::tr("Nothing stops. A process that still runs the code before last is killed when the module is "
                        "loaded.")),
        entry("add_module", {"{add_module, Mod}", "{add_module, Mod, DepMods}"},
              Words::tr("Loads a module that the older version does not have."),
              Words::tr("For each new module. Going down, its counterpart is delete_module."),
              Words::tr("Nothing stops.")),
        entry("delete_module", {"{delete_module, Mod}", "{delete_module, Mod, DepMods}"},
              Words::tr("Takes the module's code out of the node, at once."),
              Words::tr("For each module that the newer version no longer has. Make sure first that no process runs "
                        "it: terminate its children before."),
              Words::tr("Processes that still run the module's code are killed.")),
        entry("add_application", {"{add_application, App}", "{add_application, App, Type}"},
              Words::tr("Loads the modules of a new application and, by its Type, loads and starts it."),
              Words::tr("In the appup of an application that from now on needs another one. Where the release itself "
                        "gains an application, systools adds this by itself."),
              Words::tr("What runs is not touched; the start takes as long as the application takes.")),
        entry("remove_application", {"{remove_application, App}"},
              Words::tr("Stops the application, takes its modules out of the node and unloads it."),
              Words::tr("In the appup of an application that no longer needs the other one. Where the release itself "
                        "loses an application, systools adds this by itself."),
              Words::tr("All processes of the application end, and with them its connections and its state.")),
        entry("restart_application", {"{restart_application, App}"},
              Words::tr("Stops the application, replaces all of its modules and starts it again; the node and every "
                        "other application go on."),
              Words::tr("When its state can't be converted, or when the supervision tree changes so much that steps "
                        "of its own would be a risk."),
              Words::tr("All processes of the application end: its connections break and what it keeps in memory is "
                        "gone.")),
        entry("restart_new_emulator", {"restart_new_emulator"},
              Words::tr("Shuts the node down and starts it on the new ERTS, Kernel, STDLIB and SASL; the rest of the "
                        "upgrade is done while it boots."),
              Words::tr("When ERTS, Kernel, STDLIB or SASL change. systools then puts it first in the relup, whatever "
                        "the other appups say."),
              Words::tr("The whole node restarts: every connection breaks, every state in memory is gone. Until the "
                        "release is made permanent, another restart goes back to the old one.")),
        entry("restart_emulator", {"restart_emulator"},
              Words::tr("Restarts the whole node once everything else in the relup was done."),
              Words::tr("When an upgrade without a restart isn't worth its risk. It always becomes the last "
                        "instruction of the relup."),
              Words::tr("The whole node restarts: every connection breaks, every state in memory is gone.")),
    };
}

} // namespace handover::appup
