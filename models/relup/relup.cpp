// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/relup.h"

#include "models/relup/instructionwords.h"

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

std::unexpected<Error> notARelup(const QString &what, const QString &detail = {})
{
    return failure(u"relup.unreadable"_s, u"This is not a relup: %1"_s.arg(what), u"Make the relup again."_s,
                   detail);
}

QString clipped(const erlang::Term &term) { return QString::fromUtf8(term.print().left(200)); }

Result<QList<Script>> parseScripts(const erlang::Term &list)
{
    if (!list.isList())
        return notARelup(u"it must hold a list of ways up and a list of ways down."_s, clipped(list));
    QList<Script> scripts;
    for (const erlang::Term &entry : list.items()) {
        auto script = Script::fromTerm(entry);
        if (!script)
            return std::unexpected(script.error());
        scripts.append(*std::move(script));
    }
    return scripts;
}

} // namespace

Result<Script> Script::fromTerm(const erlang::Term &entry)
{
    if (!entry.isTuple(3) || !entry.at(2).isList())
        return notARelup(u"an entry has not the form {Version, Description, Instructions}."_s,
                         clipped(entry));
    Script script;
    script.version = entry.at(0).stringValue().value_or(QString());
    if (script.version.isEmpty())
        return notARelup(u"an entry names no release version."_s, clipped(entry));

    bool pointSeen = false;
    QList<erlang::Term> terms;
    for (const erlang::Term &term : entry.at(2).items()) {
        if (!term.isAtom("point_of_no_return")) {
            terms.append(term);
            continue;
        }
        if (pointSeen)
            return notARelup(u"the way of %1 has more than one point of no return."_s.arg(script.version));
        pointSeen = true;
        script.pointOfNoReturn = terms.size();
    }
    script.instructions.reserve(terms.size());
    for (qsizetype i = 0; i < terms.size(); ++i) {
        script.instructions.append(describe(terms[i], i < script.pointOfNoReturn));
        script.restartsEmulator = script.restartsEmulator || relup::restartsEmulator(terms[i]);
    }
    return script;
}

QString phaseWords(Phase phase)
{
    switch (phase) {
    case Phase::Prepare:
        return u"Prepare"_s;
    case Phase::Suspend:
        return u"Suspend"_s;
    case Phase::Change:
        return u"Change code"_s;
    case Phase::Resume:
        return u"Resume"_s;
    case Phase::Restart:
        return u"Restart"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

Result<Relup> Relup::parse(QByteArrayView text)
{
    const auto terms = erlang::parseTerms(text);
    if (!terms) {
        const erlang::SyntaxError &error = terms.error();
        return notARelup(
            u"line %1, column %2: %3"_s.arg(error.place.line).arg(error.place.column).arg(error.message));
    }
    // release_handler reads it with file:consult/1 and takes nothing but exactly one term.
    if (terms->size() != 1)
        return notARelup(terms->isEmpty() ? u"it is empty."_s : u"it holds more than one term."_s);
    const erlang::Term &term = terms->first();
    if (!term.isTuple(3))
        return notARelup(u"it has not the form {Version, Up, Down}."_s, clipped(term));

    Relup relup;
    relup.version = term.at(0).stringValue().value_or(QString());
    if (relup.version.isEmpty())
        return notARelup(u"it names no release version."_s, clipped(term.at(0)));
    auto up = parseScripts(term.at(1));
    if (!up)
        return std::unexpected(up.error());
    auto down = parseScripts(term.at(2));
    if (!down)
        return std::unexpected(down.error());
    relup.up = *std::move(up);
    relup.down = *std::move(down);
    relup.text = text.toByteArray();
    return relup;
}

} // namespace handover::relup
