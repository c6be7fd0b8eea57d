// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/instructionwords.h"

#include <QStringList>

#include <array>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

constexpr qsizetype MostTerms = 5;
constexpr qsizetype LongestTerm = 160;

QString print(const erlang::Term &term)
{
    const QString text = QString::fromUtf8(term.print());
    return text.size() > LongestTerm ? text.left(LongestTerm) + u'…' : text;
}

/// "a, b and 3 more": a list of modules may have hundreds.
QString names(const QList<erlang::Term> &terms)
{
    if (terms.isEmpty())
        return u"nothing"_s;
    QStringList shown;
    for (const erlang::Term &term : terms.first(std::min(terms.size(), MostTerms)))
        shown.append(print(term));
    const qsizetype more = terms.size() - shown.size();
    return more == 0 ? shown.join(u", "_s) : u"%1 and %2 more"_s.arg(shown.join(u", "_s)).arg(more);
}

/// [Module | {Module, Timeout}]
QString suspended(const erlang::Term &list)
{
    QList<erlang::Term> modules;
    QStringList waits;
    for (const erlang::Term &item : list.items()) {
        modules.append(item.isTuple(2) ? item.at(0) : item);
        if (!item.isTuple(2) || waits.size() == MostTerms)
            continue;
        const auto milliseconds = item.at(1).integerValue();
        waits.append(milliseconds                    ? u"%1 %2 ms"_s.arg(print(item.at(0))).arg(*milliseconds)
                     : item.at(1).isAtom("infinity") ? u"%1 as long as it takes"_s.arg(print(item.at(0)))
                                                     : u"%1 %2"_s.arg(print(item.at(0)), print(item.at(1))));
    }
    const QString words = u"suspend "_s + names(modules);
    return waits.isEmpty() ? words : words + u" (waiting for "_s + waits.join(u", "_s) + u')';
}

/// {apply, {application, F, [A | _]}}, as add_, remove_ and restart_application become.
std::optional<QString> applicationWords(const erlang::Term &call)
{
    static constexpr std::array<const char *, 4> functions{"start", "stop", "load", "unload"};
    if (!call.at(0).isAtom("application") || call.at(2).items().isEmpty())
        return std::nullopt;
    for (const char *function : functions) {
        if (call.at(1).isAtom(function))
            return u"%1 the application %2"_s.arg(QString::fromLatin1(function), print(call.at(2).at(0)));
    }
    return std::nullopt;
}

QString callWords(const erlang::Term &call)
{
    QStringList arguments;
    for (const erlang::Term &argument : call.at(2).items())
        arguments.append(print(argument));
    QString list = call.at(2).isList() ? arguments.join(u", "_s) : print(call.at(2));
    if (list.size() > LongestTerm)
        list = list.left(LongestTerm) + u'…';
    return u"%1:%2(%3)"_s.arg(print(call.at(0)), print(call.at(1)), list);
}

QString emulatorWords(const erlang::Term &term)
{
    return term.isAtom("restart_new_emulator") ? u"restart the emulator in the new runtime system"_s
                                               : u"restart the emulator in the new release"_s;
}

struct Described
{
    Phase phase;
    QString words;
};

std::optional<Described> describeCode(const erlang::Term &term)
{
    const erlang::Term first = term.at(1);
    if (term.isTagged("load_object_code", 2) && first.isTuple(3))
        return Described{Phase::Prepare,
                         u"read the code of %1 %2: %3"_s.arg(
                             print(first.at(0)), first.at(1).stringValue().value_or(print(first.at(1))),
                             names(first.at(2).items()))};
    if (term.isTagged("load", 2) && first.isTuple(3))
        return Described{Phase::Change, u"load "_s + print(first.at(0))};
    if (term.isTagged("remove", 2) && first.isTuple(3))
        return Described{Phase::Change, u"remove "_s + print(first.at(0))};
    if (term.isTagged("purge", 2))
        return Described{Phase::Change, u"purge "_s + names(first.items())};
    const bool directed = term.isTagged("code_change", 3);
    if (directed || term.isTagged("code_change", 2)) {
        QList<erlang::Term> modules;
        for (const erlang::Term &item : term.at(directed ? 2 : 1).items())
            modules.append(item.isTuple(2) ? item.at(0) : item);
        return Described{Phase::Change, (directed && first.isAtom("down") ? u"convert the state of %1 back"_s
                                                                          : u"convert the state of %1"_s)
                                            .arg(names(modules))};
    }
    return std::nullopt;
}

std::optional<Described> describeProcesses(const erlang::Term &term, bool beforePointOfNoReturn)
{
    const Phase otherwise = beforePointOfNoReturn ? Phase::Prepare : Phase::Change;
    const erlang::Term first = term.at(1);
    if (term.isTagged("suspend", 2))
        return Described{Phase::Suspend, suspended(first)};
    if (term.isTagged("resume", 2))
        return Described{Phase::Resume, u"resume "_s + names(first.items())};
    if (term.isTagged("stop", 2))
        return Described{Phase::Restart, u"stop the processes of "_s + names(first.items())};
    if (term.isTagged("start", 2))
        return Described{Phase::Restart, u"start the processes of "_s + names(first.items())};
    if (term.isTagged("sync_nodes", 3)) {
        const erlang::Term nodes = term.at(2);
        return Described{otherwise,
                         u"wait for the nodes %1 (%2)"_s.arg(
                             nodes.isTuple(3) ? callWords(nodes) : names(nodes.items()), print(first))};
    }
    if (term.isTagged("apply", 2) && first.isTuple(3)) {
        if (auto words = applicationWords(first))
            return Described{beforePointOfNoReturn ? Phase::Prepare : Phase::Restart, *std::move(words)};
        return Described{otherwise, u"call "_s + callWords(first)};
    }
    return std::nullopt;
}

} // namespace

bool restartsEmulator(const erlang::Term &term)
{
    return term.isAtom("restart_new_emulator") || term.isAtom("restart_emulator") || term.isAtom("restart") ||
           term.isAtom("reboot");
}

Instruction describe(const erlang::Term &term, bool beforePointOfNoReturn)
{
    if (restartsEmulator(term))
        return {term, Phase::Restart, emulatorWords(term)};
    auto described = describeCode(term);
    if (!described)
        described = describeProcesses(term, beforePointOfNoReturn);
    if (described)
        return {term, described->phase, std::move(described->words)};
    return {term, beforePointOfNoReturn ? Phase::Prepare : Phase::Change, print(term)};
}

} // namespace handover::relup
