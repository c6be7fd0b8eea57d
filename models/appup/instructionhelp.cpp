// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/instructionhelp.h"

#include "models/appup/helptable.h"
#include "models/erlang/scanner.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

using erlang::Token;

struct Default
{
    QByteArrayView argument;
    QByteArrayView value;
};

constexpr std::array defaults{
    Default{"Change", "{advanced, []}"}, Default{"DepMods", "[]"},        Default{"PrePurge", "brutal_purge"},
    Default{"PostPurge", "brutal_purge"}, Default{"Timeout", "default"}, Default{"ModType", "dynamic"},
    Default{"Type", "permanent"},         Default{"Extra", "[]"},         Default{"Args", "[]"},
    Default{"Mode", "up"},
};

} // namespace

InstructionHelp helpEntry(InstructionHelp::Level level, QByteArray name, QByteArrayList forms, QString does, QString use,
                          QString costs)
{
    const QString part = level == InstructionHelp::Level::Low ? u"low"_s : u"high"_s;
    return {std::move(name), level, std::move(forms), std::move(does), std::move(use), std::move(costs),
            u"https://www.erlang.org/doc/apps/sasl/appup.html#%1-level-instructions"_s.arg(part)};
}

const QList<InstructionHelp> &instructionHelp()
{
    static const QList<InstructionHelp> table = highLevelHelp() + lowLevelHelp() + wordHelp();
    return table;
}

const InstructionHelp *helpOn(QByteArrayView name)
{
    const auto found = std::ranges::find(instructionHelp(), name, &InstructionHelp::name);
    return found == instructionHelp().end() ? nullptr : &*found;
}

HelpPlace helpAt(QByteArrayView text, qsizetype offset)
{
    erlang::Scanner scanner(text, false);
    while (scanner.next()) {
        const Token &token = scanner.token();
        if (token.type == Token::Type::End || token.range.begin > offset)
            break;
        if (token.range.touches(offset) && token.type == Token::Type::Atom && !token.spelling.startsWith('\'')) {
            if (const InstructionHelp *help = helpOn(token.bytes))
                return {help, token.range};
        }
    }
    return {};
}

QByteArray insertable(QByteArrayView form)
{
    QByteArray text;
    qsizetype copied = 0;
    erlang::Scanner scanner(form, false);
    while (scanner.next() && scanner.token().type != Token::Type::End) {
        const Token &token = scanner.token();
        const auto found = std::ranges::find(defaults, token.spelling, &Default::argument);
        if (token.type != Token::Type::Variable || found == defaults.end())
            continue;
        text += form.sliced(copied, token.range.begin - copied);
        text += found->value;
        copied = token.range.end;
    }
    return text + form.sliced(copied).toByteArray();
}

} // namespace handover::appup
