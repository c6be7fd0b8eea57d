// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/mirror.h"

#include <algorithm>

namespace handover::appup {

namespace {

using erlang::Term;

Term renamed(const Term &instruction, const QByteArray &name)
{
    QList<Term> items = instruction.items();
    items[0] = Term::atom(name);
    return Term::tuple(items);
}

std::optional<Term> reverseOf(const Term &instruction)
{
    if (instruction.isAtom("restart_new_emulator") || instruction.isAtom("restart_emulator"))
        return instruction;
    if (instruction.kind() != Term::Kind::Tuple || instruction.size() < 2)
        return std::nullopt;
    const QByteArray name = instruction.at(0).atomName().value_or(QByteArray());
    // A deleted module has nothing that it could depend on.
    if (name == "add_module")
        return Term::tuple({Term::atom("delete_module"), instruction.at(1)});
    if (name == "delete_module")
        return Term::tuple({Term::atom("add_module"), instruction.at(1)});
    if (name == "add_application")
        return Term::tuple({Term::atom("remove_application"), instruction.at(1)});
    if (name == "remove_application")
        return renamed(instruction, "add_application");
    if (name == "update" || name == "load_module" || name == "restart_application")
        return instruction;
    return std::nullopt;
}

} // namespace

std::optional<Term> mirrored(const QList<Term> &instructions)
{
    QList<Term> reverse;
    for (const Term &instruction : instructions) {
        const auto back = reverseOf(instruction);
        if (!back)
            return std::nullopt;
        reverse.prepend(*back);
    }
    return Term::list(reverse);
}

std::optional<Term> wayBack(const Rule &rule)
{
    const auto instructions = mirrored(rule.instructions);
    if (!instructions || rule.key == Rule::Key::Ignored || rule.badEncoding)
        return std::nullopt;
    const Term key = rule.key == Rule::Key::Literal ? Term::string(rule.text) : Term::binary(rule.text.toUtf8());
    return Term::tuple({key, *instructions});
}

} // namespace handover::appup
