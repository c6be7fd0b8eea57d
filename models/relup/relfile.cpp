// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/relfile.h"

#include "models/erlang/termdata.h"
#include "models/relup/filevalues.h"

#include <algorithm>
#include <array>

namespace handover::relup {

namespace {

using erlang::Term;

template<typename T>
using Read = std::expected<T, Term>;

std::unexpected<Term> tagged(const char *tag, const Term &value)
{
    return std::unexpected(Term::tuple({Term::atom(tag), value}));
}

std::unexpected<Term> crash() { return std::unexpected(exitTerm(Term::atom("badarg"))); }

Read<QString> readString(const Term &value, const char *tag, const Term &shown)
{
    switch (checkString(value)) {
    case StringCheck::String:
        return value.stringValue().value_or(QString());
    case StringCheck::NoString:
        return tagged(tag, shown);
    case StringCheck::Crash:
        break;
    }
    return crash();
}

bool isStartType(const Term &value)
{
    static constexpr std::array types{"permanent", "transient", "temporary", "none", "load"};
    return std::ranges::any_of(types, [&](const char *type) { return value.isAtom(type); });
}

struct Line
{
    RelFile::Entry entry;
    std::optional<QList<QByteArray>> includes;
};

/// {A, V}, {A, V, Type}, {A, V, Includes} or {A, V, Type, Includes}; nothing if it is none of them.
Read<std::optional<Line>> readLine(const Term &term)
{
    const bool sized = term.isTuple(2) || term.isTuple(3) || term.isTuple(4);
    if (!sized || term.at(0).kind() != Term::Kind::Atom)
        return std::nullopt;
    const bool listed = term.isTuple(4) || (term.isTuple(3) && term.at(2).isMaybeImproperList());
    const bool typed = term.isTuple(4) || (term.isTuple(3) && !listed);
    const Term includes = listed ? term.at(term.size() - 1) : Term();
    const Term type = typed ? term.at(2) : Term::atom("permanent");
    // A version OTP crashes on only counts in a tuple that has the right form.
    if (type.kind() != Term::Kind::Atom || !includes.isMaybeImproperList())
        return std::nullopt;
    const auto check = checkString(term.at(1));
    if (check == StringCheck::Crash)
        return crash();
    auto names = atomNames(includes);
    if (check == StringCheck::NoString || !isStartType(type) || !names)
        return std::nullopt;
    Line line{{term.at(0).atomName().value_or(QByteArray()), term.at(1).stringValue().value_or(QString()),
               type.atomName().value_or(QByteArray())},
              {}};
    if (listed)
        line.includes = *std::move(names);
    return line;
}

Read<void> readLines(const Term &list, RelFile &file)
{
    QList<Term> terms = list.items();
    const bool improper = list.kind() == Term::Kind::List && list.data().improper;
    const Term tail = improper ? terms.takeLast() : Term();
    QList<Term> illegal;
    for (const Term &term : std::as_const(terms)) {
        auto line = readLine(term);
        if (!line)
            return std::unexpected(line.error());
        if (!*line) {
            illegal.append(term);
            continue;
        }
        RelFile::Entry &entry = (*line)->entry;
        if ((*line)->includes && !file.includes.contains(entry.name))
            file.includes.insert(entry.name, *std::move((*line)->includes));
        file.applications.append(std::move(entry));
    }
    if (improper)
        return std::unexpected(exitTerm(Term::tuple({Term::atom("bad_generator"), tail})));
    if (!illegal.isEmpty())
        return tagged("illegal_applications", Term::list(illegal));
    return {};
}

Read<void> checkMandatory(const RelFile &file)
{
    for (const char *name : {"kernel", "stdlib"}) {
        const auto found = std::ranges::find(file.applications, QByteArray(name), &RelFile::Entry::name);
        if (found == file.applications.end())
            return tagged("missing_mandatory_app", Term::atom(name));
        if (found->type != "permanent") {
            return std::unexpected(
                Term::tuple({Term::atom("mandatory_app"), Term::atom(name), Term::atom(found->type)}));
        }
    }
    return {};
}

} // namespace

std::expected<RelFile, Term> readRelFile(const Term &term)
{
    const Term identity = term.at(1);
    const Term runtime = term.at(2);
    if (!term.isTagged("release", 4) || !identity.isTuple(2) || !runtime.isTagged("erts", 2) ||
        !term.at(3).isMaybeImproperList())
        return std::unexpected(Term::atom("badly_formatted_release"));
    auto name = readString(identity.at(0), "illegal_name", identity.at(0));
    if (!name)
        return std::unexpected(name.error());
    auto vsn = readString(identity.at(1), "illegal_form", identity.at(1));
    if (!vsn)
        return std::unexpected(vsn.error());
    auto erts = readString(runtime.at(1), "illegal_form", runtime);
    if (!erts)
        return std::unexpected(erts.error());
    RelFile file{*std::move(name), *std::move(vsn), *std::move(erts), {}, {}};
    if (const auto lines = readLines(term.at(3), file); !lines)
        return std::unexpected(lines.error());
    if (const auto mandatory = checkMandatory(file); !mandatory)
        return std::unexpected(mandatory.error());
    return file;
}

} // namespace handover::relup
