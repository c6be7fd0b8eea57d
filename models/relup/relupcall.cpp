// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/relupcall.h"

#include "models/relup/reasonwords.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

using erlang::Term;

std::unexpected<Error> badCall(const QString &what)
{
    return misuse(u"relup.bad-call"_s, what,
                  u"Write {Name, UpFrom, DownTo, Options}. as systools:make_relup/4 takes them."_s);
}

std::optional<QString> spokenName(const Term &term)
{
    if (const auto atom = term.atomName())
        return QString::fromUtf8(*atom);
    return term.stringValue();
}

Result<QList<Base>> basesOf(const Term &list)
{
    if (!list.isList())
        return badCall(u"UpFrom and DownTo are lists, but one is %1."_s.arg(inWords(list)));
    QList<Base> bases;
    for (const Term &item : list.items()) {
        const auto name = spokenName(item.isTuple(2) ? item.at(0) : item);
        if (!name)
            return badCall(u"%1 names no release file."_s.arg(inWords(item)));
        bases.append({*name, item.isTuple(2) ? item.at(1) : Term()});
    }
    return bases;
}

// The value of an option: the first {Name, Value}, else whether the bare name is there.
std::optional<Term> option(const QList<Term> &options, const char *name)
{
    for (const Term &given : options) {
        if (given.isTagged(name, 2))
            return given.at(1);
    }
    for (const Term &given : options) {
        if (given.isAtom(name))
            return Term::atom("true");
    }
    return std::nullopt;
}

bool isSet(const QList<Term> &options, const char *name)
{
    return option(options, name).value_or(Term()).isAtom("true");
}

} // namespace

Result<RelupCall> RelupCall::parse(const Term &call)
{
    if (!call.isTuple(4))
        return badCall(u"The file holds no call of make_relup: %1."_s.arg(inWords(call)));
    const auto top = spokenName(call.at(0));
    if (!top)
        return badCall(u"%1 names no release file."_s.arg(inWords(call.at(0))));
    const auto up = basesOf(call.at(1));
    if (!up)
        return std::unexpected(up.error());
    const auto down = basesOf(call.at(2));
    if (!down)
        return std::unexpected(down.error());
    if (!call.at(3).isList())
        return badCall(u"Options are a list, but they are %1."_s.arg(inWords(call.at(3))));

    const QList<Term> options = call.at(3).items();
    RelupCall parsed;
    parsed.input.top = *top;
    parsed.input.upFrom = *up;
    parsed.input.downTo = *down;
    parsed.input.restartEmulator = isSet(options, "restart_emulator");
    parsed.input.warningsAsErrors = isSet(options, "warnings_as_errors");
    parsed.writes = !isSet(options, "noexec");
    if (const auto path = option(options, "path")) {
        for (const Term &directory : path->items()) {
            const auto name = spokenName(directory);
            if (!name)
                return badCall(u"%1 in the path is no directory."_s.arg(inWords(directory)));
            parsed.input.path.append(*name);
        }
    }
    if (const auto directory = option(options, "outdir")) {
        if (!directory->stringValue())
            return badCall(u"The option outdir is a string, but it is %1."_s.arg(inWords(*directory)));
        parsed.outDirectory = *directory->stringValue();
    }
    return parsed;
}

QStringList pathBeside(const QStringList &relFiles, const QString &directory)
{
    QStringList path;
    for (const QString &file : relFiles) {
        const QString root = QFileInfo(QDir(directory), file).path() + u"/../.."_s;
        if (QFileInfo(root + u"/lib"_s).isDir())
            path.append(QDir::cleanPath(root) + u"/lib/*/ebin"_s);
    }
    path.removeDuplicates();
    return path;
}

} // namespace handover::relup
