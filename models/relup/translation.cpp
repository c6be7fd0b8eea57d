// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/translation.h"

#include "models/erlang/termdata.h"
#include "models/relup/applicationscript.h"
#include "models/relup/dependentscript.h"
#include "models/relup/syntaxcheck.h"

#include <QSet>

#include <algorithm>

namespace handover::relup {

namespace {

using appup::Direction;
using erlang::Term;

// The modules to read of one library, from all its instructions: of a module that comes again
// in a later instruction, the later place counts.
struct Library
{
    Term name;
    Term vsn;
    QList<QList<Term>> modules;
    Sources from;
};

Term readInstruction(const Library &library)
{
    QSet<QByteArray> later;
    QList<QList<Term>> kept;
    for (auto part = library.modules.crbegin(); part != library.modules.crend(); ++part) {
        QList<Term> rest;
        for (const Term &module : *part) {
            if (!later.contains(module.atomName().value_or(QByteArray())))
                rest.append(module);
        }
        for (const Term &module : std::as_const(rest))
            later.insert(module.atomName().value_or(QByteArray()));
        kept.append(std::move(rest));
    }
    QList<Term> modules;
    for (auto part = kept.crbegin(); part != kept.crend(); ++part)
        modules += *part;
    return Term::tuple({Term::atom("load_object_code"),
                        Term::tuple({library.name, library.vsn, Term::list(std::move(modules))})});
}

// All reading of object code first, one instruction for each library.
Answer<Steps> mergeObjectCode(const Steps &before)
{
    QList<Library> libraries;
    QHash<QByteArray, qsizetype> places;
    Steps rest;
    QHash<QByteArray, Step> conflicts; // the last with another version of a library
    for (const Step &step : before) {
        if (!step.term.isTagged("load_object_code", 2)) {
            rest.append(step);
            continue;
        }
        const Term code = step.term.at(1);
        const QByteArray name = code.at(0).atomName().value_or(QByteArray());
        const auto place = places.constFind(name);
        if (place == places.cend()) {
            places.insert(name, libraries.size());
            libraries.append({code.at(0), code.at(1), {code.at(2).items()}, step.from});
        } else if (Library &library = libraries[*place]; library.vsn == code.at(1)) {
            library.modules.append(code.at(2).items());
            library.from.append(step.from.begin(), step.from.size());
        } else {
            conflicts.insert(name, {code.at(1), step.from});
        }
    }
    Steps merged;
    for (const Library &library : std::as_const(libraries)) {
        const auto conflict = conflicts.constFind(library.name.atomName().value_or(QByteArray()));
        if (conflict != conflicts.cend()) {
            return blamed({Reason::Module::Rc,
                           Term::tuple({Term::atom("conflicting_versions"), library.name, library.vsn, conflict->term}),
                           false},
                          conflict->from);
        }
        merged.append({readInstruction(library), library.from});
    }
    return merged + rest;
}

void placeRestarts(Direction direction, Steps &before, Steps &after)
{
    // Where they all come from; nothing if there was none.
    const auto takeAll = [&after](QByteArrayView name) {
        std::optional<Sources> from;
        after.removeIf([&](const Step &step) {
            if (!step.term.isAtom(name))
                return false;
            unite(from ? *from : from.emplace(), step.from);
            return true;
        });
        return from;
    };
    if (const auto from = takeAll("restart_new_emulator")) {
        if (direction == Direction::Up)
            before.prepend({Term::atom("restart_new_emulator"), *from});
        else
            after.append({Term::atom("restart_emulator"), *from});
    }
    if (const auto from = takeAll("restart_emulator"))
        after.append({Term::atom("restart_emulator"), *from});
}

} // namespace

Answer<Translation> translate(const TranslationInput &input)
{
    const auto merged = mergeScripts(input.scripts);
    if (!merged)
        return std::unexpected(merged.error());
    const auto written = writeOutApplications(merged->after, input.target, input.source);
    if (!written)
        return std::unexpected(written.error());
    auto low = translateDependent(*written, input);
    if (!low)
        return std::unexpected(low.error());
    auto before = mergeObjectCode(merged->before + low->before);
    if (!before)
        return std::unexpected(before.error());
    placeRestarts(input.direction, *before, low->after);

    Translation translation{std::move(*before), low->orderIsOpen};
    translation.script.append({Term::atom("point_of_no_return"), {}});
    translation.script += low->after;
    return translation;
}

} // namespace handover::relup
