// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/instructionforms.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

using erlang::Term;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupInstruction)
};

const QList<InstructionForm> &forms()
{
    using enum Argument;
    static const QList<InstructionForm> table{
        {"update", {Module, Change, Purge, Purge, Modules}},
        {"update", {Module, Timeout, Change, Purge, Purge, Modules}},
        {"update", {Module, ModuleType, Timeout, Change, Purge, Purge, Modules}},
        {"load_module", {Module, Purge, Purge, Modules}},
        {"add_module", {Module}},
        {"add_module", {Module, Modules}},
        {"delete_module", {Module}},
        {"delete_module", {Module, Modules}},
        {"add_application", {Application, StartType}},
        {"remove_application", {Application}},
        {"restart_application", {Application}},
        {"load_object_code", {ObjectCode}},
        {"load", {ModuleWithPurges}},
        {"remove", {ModuleWithPurges}},
        {"purge", {Modules}},
        {"suspend", {SuspendModules}},
        {"resume", {Modules}},
        {"code_change", {Changes}},
        {"code_change", {Mode, Changes}},
        {"stop", {Modules}},
        {"start", {Modules}},
        {"sync_nodes", {Any, CallOrNodes}},
        {"apply", {Call}},
    };
    return table;
}

struct Written
{
    const char *name;
    QString forms;
};

const QList<Written> &written()
{
    static const QList<Written> table{
        {"update", u"{update,M}, {update,M,supervisor}, {update,M,Change}, {update,M,DepMods}, "
                   u"{update,M,Change,DepMods}, "
                   "{update,M,Change,PrePurge,PostPurge,DepMods}, "
                   "{update,M,Timeout,Change,PrePurge,PostPurge,DepMods}, "
                   "{update,M,ModType,Timeout,Change,PrePurge,PostPurge,DepMods}"_s},
        {"load_module",
         u"{load_module,M}, {load_module,M,DepMods}, {load_module,M,PrePurge,PostPurge,DepMods}"_s},
        {"add_module", u"{add_module,M}, {add_module,M,DepMods}"_s},
        {"delete_module", u"{delete_module,M}, {delete_module,M,DepMods}"_s},
        {"add_application", u"{add_application,A}, {add_application,A,Type}"_s},
        {"remove_application", u"{remove_application,A}"_s},
        {"restart_application", u"{restart_application,A}"_s},
        {"load_object_code", u"{load_object_code,{App,Vsn,[M]}}"_s},
        {"load", u"{load,{M,PrePurge,PostPurge}}"_s},
        {"remove", u"{remove,{M,PrePurge,PostPurge}}"_s},
        {"purge", u"{purge,[M]}"_s},
        {"suspend", u"{suspend,[M]}, {suspend,[{M,Timeout}]}"_s},
        {"resume", u"{resume,[M]}"_s},
        {"code_change", u"{code_change,[{M,Extra}]}, {code_change,Mode,[{M,Extra}]}"_s},
        {"stop", u"{stop,[M]}"_s},
        {"start", u"{start,[M]}"_s},
        {"sync_nodes", u"{sync_nodes,Id,[Node]}, {sync_nodes,Id,{M,F,Args}}"_s},
        {"apply", u"{apply,{M,F,Args}}"_s},
        {"restart_new_emulator", u"restart_new_emulator"_s},
        {"restart_emulator", u"restart_emulator"_s},
        {"point_of_no_return", u"point_of_no_return"_s},
    };
    return table;
}

bool isAtom(const Term &term) { return term.kind() == Term::Kind::Atom; }

bool isOneOf(const Term &term, std::initializer_list<const char *> names)
{
    return std::ranges::any_of(names, [&](const char *name) { return term.isAtom(name); });
}

bool isTimeout(const Term &term)
{
    const bool positive = term.kind() == Term::Kind::Integer && term.integerValue().value_or(1) > 0;
    return isOneOf(term, {"default", "infinity"}) || positive;
}

bool isCall(const Term &term)
{
    return term.isTuple(3) && isAtom(term.at(0)) && isAtom(term.at(1)) && term.at(2).isList();
}

template<typename Predicate>
bool isListOf(const Term &term, Predicate predicate)
{
    return term.isList() && std::ranges::all_of(term.items(), predicate);
}

qsizetype editDistance(QByteArrayView a, QByteArrayView b)
{
    QList<qsizetype> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        qsizetype diagonal = std::exchange(row[0], i + 1);
        for (qsizetype j = 0; j < b.size(); ++j) {
            const qsizetype changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
        }
    }
    return row.constLast();
}

} // namespace

const InstructionForm *formOf(const Term &instruction)
{
    const auto found = std::ranges::find_if(forms(), [&](const InstructionForm &form) {
        return instruction.isTagged(form.name, form.arguments.size() + 1);
    });
    return found == forms().end() ? nullptr : &*found;
}

bool argumentFits(const Term &term, Argument argument)
{
    switch (argument) {
    case Argument::Any:
        return true;
    case Argument::Module:
    case Argument::Application:
        return isAtom(term);
    case Argument::Change:
        return term.isAtom("soft") || term.isTagged("advanced", 2);
    case Argument::Purge:
        return isOneOf(term, {"soft_purge", "brutal_purge"});
    case Argument::StartType:
        return isOneOf(term, {"permanent", "transient", "temporary", "load", "none"});
    case Argument::Timeout:
        return isTimeout(term);
    case Argument::ModuleType:
        return isOneOf(term, {"static", "dynamic"});
    case Argument::ObjectCode:
        return term.isTuple(3) && isAtom(term.at(0)) && term.at(1).isList() && isListOf(term.at(2), isAtom);
    case Argument::ModuleWithPurges:
        return term.isTuple(3) && isAtom(term.at(0)) && argumentFits(term.at(1), Argument::Purge) &&
               argumentFits(term.at(2), Argument::Purge);
    case Argument::Modules:
        return isListOf(term, isAtom);
    case Argument::SuspendModules:
        return isListOf(term, [](const Term &item) {
            return isAtom(item) || (item.isTuple(2) && isAtom(item.at(0)) && isTimeout(item.at(1)));
        });
    case Argument::Changes:
        return isListOf(term, [](const Term &item) { return item.isTuple(2) && isAtom(item.at(0)); });
    case Argument::Mode:
        return isOneOf(term, {"up", "down"});
    case Argument::Call:
        return isCall(term);
    case Argument::CallOrNodes:
        return isCall(term) || isListOf(term, isAtom);
    }
    return false;
}

QString argumentWords(Argument argument)
{
    switch (argument) {
    case Argument::Any:
        return Words::tr("a term");
    case Argument::Module:
        return Words::tr("a module (an atom)");
    case Argument::Application:
        return Words::tr("an application (an atom)");
    case Argument::Change:
        return Words::tr("soft or {advanced, Extra}");
    case Argument::Purge:
        return Words::tr("soft_purge or brutal_purge");
    case Argument::StartType:
        return Words::tr("permanent, transient, temporary, load or none");
    case Argument::Timeout:
        return Words::tr("default, infinity or a number of milliseconds above 0");
    case Argument::ModuleType:
        return Words::tr("static or dynamic");
    case Argument::ObjectCode:
        return Words::tr("{Application, \"Version\", [Module]}");
    case Argument::ModuleWithPurges:
        return Words::tr("{Module, PrePurge, PostPurge}, each purge soft_purge or brutal_purge");
    case Argument::Modules:
        return Words::tr("a list of modules (atoms)");
    case Argument::SuspendModules:
        return Words::tr("a list of modules or {Module, Timeout}");
    case Argument::Changes:
        return Words::tr("a list of {Module, Extra}");
    case Argument::Mode:
        return Words::tr("up or down");
    case Argument::Call:
        return Words::tr("{Module, Function, [Argument]}");
    case Argument::CallOrNodes:
        return Words::tr("a list of nodes (atoms) or {Module, Function, [Argument]}");
    }
    return {};
}

QByteArrayList instructionNames()
{
    QByteArrayList names;
    for (const Written &entry : written())
        names += entry.name;
    return names;
}

QString writtenForms(QByteArrayView name)
{
    const auto found =
        std::ranges::find_if(written(), [&](const Written &entry) { return name == entry.name; });
    return found == written().end() ? QString() : found->forms;
}

QString similarInstruction(QByteArrayView name)
{
    if (name == "remove_module")
        return u"delete_module"_s;
    if (name.size() > 40)
        return {};
    const auto distance = [&](const Written &entry) { return editDistance(name, entry.name); };
    const auto nearest = std::ranges::min_element(written(), {}, distance);
    return distance(*nearest) <= 3 && distance(*nearest) < name.size() / 2
               ? QString::fromLatin1(nearest->name)
               : QString();
}

} // namespace handover::appup
