// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/modulerole.h"

#include <QSet>

#include <algorithm>

namespace handover::rules {

namespace {

using erlang::BeamFile;
using Kind = ModuleRole::Kind;

/// What a behaviour stands on.
struct Foundation
{
    Kind kind = Kind::Plain;
    QByteArray behaviour;
    bool known = true;
};

constexpr int DeepestBehaviour = 8;

// OTP's behaviours, and Elixir's that are the same thing. The rest of OTP's are callbacks only.
std::optional<Foundation> ofOtp(const QByteArray &behaviour)
{
    static const QHash<QByteArray, Foundation> table{
        {"supervisor", {Kind::Supervisor, "supervisor"}},
        {"Elixir.Supervisor", {Kind::Supervisor, "supervisor"}},
        {"Elixir.DynamicSupervisor", {Kind::Supervisor, "supervisor"}},
        {"gen_server", {Kind::Process, "gen_server"}},
        {"Elixir.GenServer", {Kind::Process, "gen_server"}},
        {"gen_statem", {Kind::Process, "gen_statem"}},
        {"gen_fsm", {Kind::Process, "gen_fsm"}},
        {"gen_event", {Kind::Process, "gen_event"}},
        {"Elixir.GenEvent", {Kind::Process, "gen_event"}},
        {"supervisor_bridge", {Kind::Process, "supervisor_bridge"}},
        {"ssh_server_channel", {Kind::Process, "gen_server"}},
        {"ssh_client_channel", {Kind::Process, "gen_server"}},
        {"ssh_daemon_channel", {Kind::Process, "gen_server"}},
        {"ssh_channel", {Kind::Process, "gen_server"}},
        {"application", {}},
        {"Elixir.Application", {}},
        {"logger_handler", {}},
        {"gen_tcp_dist", {}},
        {"sys", {}},
    };
    const auto found = table.constFind(behaviour);
    return found == table.cend() ? std::nullopt : std::optional(*found);
}

// gen_server:start_link, gen_server:enter_loop, …: whoever calls it makes processes of that kind.
std::optional<Foundation> ofImports(const QList<erlang::ImportedFunction> &imports)
{
    for (const erlang::ImportedFunction &imported : imports) {
        const QByteArray &name = imported.function.name;
        if (name != "start" && name != "start_link" && name != "start_monitor" && name != "enter_loop")
            continue;
        const auto found = ofOtp(imported.module);
        if (found && found->kind != Kind::Plain)
            return found;
    }
    return std::nullopt;
}

bool exports(const QList<erlang::FunctionName> &functions, const char *name, quint32 least, quint32 most)
{
    return std::ranges::any_of(functions, [&](const erlang::FunctionName &function) {
        return function.name == name && function.arity >= least && function.arity <= most;
    });
}

/// Looks below behaviours that modules of the release define.
class BehaviourReader
{
public:
    explicit BehaviourReader(const ModuleLookup &lookup)
        : m_lookup(lookup)
    {
    }

    [[nodiscard]] Foundation foundation(const QByteArray &behaviour, int depth = 0)
    {
        if (const auto known = ofOtp(behaviour))
            return *known;
        if (depth >= DeepestBehaviour || m_seen.contains(behaviour))
            return {};
        m_seen.insert(behaviour);
        const auto module = m_lookup ? m_lookup(behaviour) : std::nullopt;
        return module ? ofModule(*module, depth) : Foundation{Kind::Plain, {}, false};
    }

private:
    [[nodiscard]] Foundation ofModule(const BeamFile &module, int depth)
    {
        const auto behaviours = module.behaviours().value_or(QList<QByteArray>());
        for (const QByteArray &behaviour : behaviours) {
            const Foundation below = foundation(behaviour, depth + 1);
            if (below.kind != Kind::Plain)
                return below;
        }
        if (exports(module.exports().value_or(QList<erlang::FunctionName>()), "system_continue", 3, 3))
            return {Kind::Process, "sys"};
        return ofImports(module.imports().value_or(QList<erlang::ImportedFunction>())).value_or(Foundation());
    }

    const ModuleLookup &m_lookup;
    QSet<QByteArray> m_seen;
};

void take(ModuleRole &role, const QByteArray &behaviour, const Foundation &foundation)
{
    if (!foundation.known)
        role.unknown.append(behaviour);
    if (foundation.kind == Kind::Plain)
        return;
    const bool first = role.kind == Kind::Plain;
    role.severalKinds = role.severalKinds || (!first && role.foundation != foundation.behaviour);
    if (!first && foundation.kind != Kind::Supervisor) // of a supervisor and something else, the supervisor decides
        return;
    role.kind = foundation.kind;
    role.behaviour = behaviour;
    role.foundation = foundation.behaviour;
    role.direct = behaviour == foundation.behaviour;
}

} // namespace

bool spawnsProcesses(const BeamFile &module)
{
    const auto imports = module.imports().value_or(QList<erlang::ImportedFunction>());
    return std::ranges::any_of(imports, [](const erlang::ImportedFunction &imported) {
        const QByteArray &name = imported.function.name;
        const bool spawn = name.startsWith("spawn");
        const bool start = name == "start" || name == "start_link" || name == "start_monitor";
        return (imported.module == "erlang" && spawn) || (imported.module == "proc_lib" && (spawn || start)) ||
               (imported.module == "Elixir.Task" && start);
    });
}

Result<ModuleRole> roleOf(const BeamFile &module, const ModuleLookup &lookup)
{
    const auto behaviours = module.behaviours();
    if (!behaviours)
        return std::unexpected(behaviours.error());
    const auto functions = module.exports();
    if (!functions)
        return std::unexpected(functions.error());
    ModuleRole role;
    for (const QByteArray &behaviour : *behaviours)
        take(role, behaviour, BehaviourReader(lookup).foundation(behaviour));
    const bool systemCodeChange = exports(*functions, "system_code_change", 4, 4);
    const bool codeChange = exports(*functions, "code_change", 2, 4);
    if (role.kind == Kind::Plain && (systemCodeChange || exports(*functions, "system_continue", 3, 3))) {
        role.kind = Kind::Process;
        role.foundation = "sys";
    } else if (role.kind == Kind::Plain && codeChange) {
        role.kind = Kind::Process;
    }
    const auto arity = static_cast<quint32>(role.codeChangeArity());
    if (role.foundation == "sys")
        role.codeChange = systemCodeChange;
    else
        role.codeChange = role.direct ? exports(*functions, "code_change", arity, arity) : codeChange;
    return role;
}

} // namespace handover::rules
