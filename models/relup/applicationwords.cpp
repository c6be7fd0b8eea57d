// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/makereasons.h"

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

using erlang::Term;

QString atoms(const Term &list)
{
    constexpr qsizetype most = 5;
    QStringList words;
    const QList<Term> items = list.items();
    for (const Term &item : items.first(qMin(items.size(), most)))
        words.append(inWords(item));
    const QString shown = words.join(u", "_s);
    return items.size() > most ? u"%1 and %2 more"_s.arg(shown, QString::number(items.size() - most)) : shown;
}

QString formOf(const Term &key)
{
    for (const char *list :
         {"modules", "registered", "applications", "optional_applications", "included_applications"}) {
        if (key.isAtom(list))
            return u"a list of atoms, e.g. [a, b]"_s;
    }
    if (key.isAtom("env") || key.isAtom("start_phases"))
        return u"a list of pairs, e.g. [{key, value}]"_s;
    if (key.isAtom("maxT") || key.isAtom("maxP"))
        return u"infinity or a number above 0"_s;
    return u"a string, e.g. \"1.0.0\""_s;
}

/// {What, AppTerm}: a value of the .app.
std::optional<ReasonWords> valueWords(const QString &name, const Term &what)
{
    const Term key = what.at(1);
    const QString file = name + u".app"_s;
    if (what.isTagged("bad_param", 2)) {
        return ReasonWords{u"The value of %1 in %2 doesn't have the right form."_s.arg(inWords(key), file),
                           u"Write %1."_s.arg(formOf(key))};
    }
    if (what.isTagged("missing_param", 2)) {
        return ReasonWords{u"%1 has no {%2, Value}, or not in the right form."_s.arg(file, inWords(key)),
                           u"Add it; vsn, description, modules, registered and applications are needed."_s};
    }
    if (what.isTagged("dupl_entry", 3)) {
        return ReasonWords{
            u"The list %1 in %2 names something twice: %3."_s.arg(inWords(key), file, atoms(what.at(2))),
            u"Take the second one out; OTP refuses it since version 26."_s};
    }
    if (what.isTagged("EXIT", 2)) {
        return ReasonWords{
            u"OTP crashes on %1: its vsn, id or description is no string, or its list is no proper "
            "list."_s.arg(file),
            u"Write vsn, id and description between quotation marks."_s};
    }
    return std::nullopt;
}

std::optional<ReasonWords> readingWords(const QString &name, const Term &what)
{
    const Term value = what.at(1);
    if (what.isTagged("not_found", 2)) {
        return ReasonWords{
            u"The application %1 is in the release, but %2 is nowhere to be found."_s.arg(name,
                                                                                          textOf(value)),
            u"Check that the release was built with it, and that its ebin directory is on the path."_s};
    }
    if (what.isTagged("no_valid_version", 2)) {
        const Term found = value.at(1);
        const QString wanted = textOf(value.at(0).at(1));
        return ReasonWords{
            u"The release has %1 %2, but %3 is of version %4."_s.arg(name, wanted, textOf(found.at(1)),
                                                                     textOf(found.at(2))),
            u"Build %1 in version %2, or correct its version in the release file."_s.arg(name, wanted)};
    }
    if (what.isTagged("parse_error", 2))
        return syntaxErrorWords(textOf(value.at(0)), value.at(1), value.at(2));
    if (what.isTagged("badly_formatted_application", 2)) {
        return ReasonWords{u"%1.app doesn't have the form of an application."_s.arg(name),
                           u"Write {application, %1, [{vsn, \"1.0.0\"}, …]}."_s.arg(name)};
    }
    if (what.isTagged("override_include", 2)) {
        return ReasonWords{
            u"The release file has %1 include what %1.app doesn't: %2."_s.arg(name, atoms(value)),
            u"Add it to included_applications of %1.app, or take it out of the release file."_s.arg(name)};
    }
    return valueWords(name, what.at(0));
}

} // namespace

std::optional<ReasonWords> applicationProblemWords(const Term &problem)
{
    const QString name = inWords(problem.at(1).at(0));
    const Term value = problem.at(1).at(1);
    if (problem.isTagged("error_reading", 2))
        return readingWords(name, value);
    if (problem.isTagged("bad_application_name", 2)) {
        return ReasonWords{u"%1.app is about another application: %2."_s.arg(name, inWords(value.at(0))),
                           u"Write the name of the file into it: {application, %1, …}."_s.arg(name)};
    }
    return std::nullopt;
}

ReasonWords syntaxErrorWords(const QString &file, const Term &line, const Term &message)
{
    const QString place = u"%1, line %2: "_s.arg(file, inWords(line));
    const QString token = textOf(message.at(1));
    if (message.stringValue() == u"bad term") {
        return {place + u"something stands there that is no constant."_s,
                u"Quote names that begin with a capital letter, and take calls and calculations out."_s};
    }
    if (message.size() == 2 && token.isEmpty()) {
        return {place + u"the file ends before its term does."_s,
                u"Close what is open, and put a full stop at the end."_s};
    }
    return {place + u"syntax error before %1."_s.arg(message.size() == 2 ? token : inWords(message)),
            u"Look there for a missing or needless comma, bracket or quotation mark."_s};
}

} // namespace handover::relup
