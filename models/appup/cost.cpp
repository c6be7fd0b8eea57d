// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/cost.h"

#include <QCoreApplication>

#include <algorithm>

namespace handover::appup {

QString costWords(Cost cost)
{
    switch (cost) {
    case Cost::CodeOnly:
        return QCoreApplication::translate("AppupCost", "code");
    case Cost::CodeChange:
        return QCoreApplication::translate("AppupCost", "code change");
    case Cost::ApplicationRestart:
        return QCoreApplication::translate("AppupCost", "application restart");
    case Cost::VmRestart:
        return QCoreApplication::translate("AppupCost", "VM restart");
    }
    return {};
}

Cost costOf(const erlang::Term &instruction)
{
    if (instruction.isList())
        return costOf(instruction.items());
    const bool tuple = instruction.kind() == erlang::Term::Kind::Tuple;
    const auto name = (tuple ? instruction.at(0) : instruction).atomName().value_or(QByteArray());
    const auto is = [&](auto... names) { return ((name == names) || ...); };
    if (is("restart_new_emulator", "restart_emulator", "restart", "reboot") && !tuple)
        return Cost::VmRestart;
    if (is("restart_application", "remove_application", "stop", "start") && tuple)
        return Cost::ApplicationRestart;
    if (is("update", "suspend", "resume", "code_change") && tuple)
        return Cost::CodeChange;
    return Cost::CodeOnly;
}

Cost costOf(const QList<erlang::Term> &instructions)
{
    Cost dearest = Cost::CodeOnly;
    for (const auto &instruction : instructions)
        dearest = std::max(dearest, costOf(instruction));
    return dearest;
}

} // namespace handover::appup
