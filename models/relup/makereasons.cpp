// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/makereasons.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

using erlang::Term;

constexpr qsizetype MostShown = 5;

QString joinedWords(const QStringList &words)
{
    const qsizetype more = words.size() - MostShown;
    if (more <= 0)
        return words.join(u", "_s);
    return u"%1 and %2 more"_s.arg(words.first(MostShown).join(u", "_s), QString::number(more));
}

QString names(const Term &list)
{
    QStringList words;
    for (const Term &item : list.items())
        words.append(inWords(item));
    return joinedWords(words);
}

/// [{Name, Vsn}]
QString versions(const Term &list)
{
    QStringList words;
    for (const Term &item : list.items())
        words.append(inWords(item.at(0)) + u' ' + textOf(item.at(1)));
    return joinedWords(words);
}

QString andMore(qsizetype more, const QString &what)
{
    return more > 0 ? u" More %1: %2."_s.arg(what, QString::number(more)) : QString();
}

std::optional<ReasonWords> fileWords(const Term &reason)
{
    const QString file = textOf(reason.at(1));
    if (reason.isTagged("not_found", 2)) {
        return ReasonWords{
            u"The release file %1 is not there."_s.arg(file),
            u"Check the name, and that the release was built; it is looked for in the project's "
            "directory and in those of the path."_s};
    }
    if (reason.isTagged("parse", 3))
        return syntaxErrorWords(file, reason.at(2).at(0), reason.at(2).at(2));
    if (reason.isTagged("read", 2)) {
        return ReasonWords{
            u"%1 is empty, or not text that Erlang can read."_s.arg(file),
            u"Write {release, {Name, Vsn}, {erts, Vsn}, [{Application, Vsn}]} with a full stop at "
            "its end, in UTF-8."_s};
    }
    return std::nullopt;
}

std::optional<ReasonWords> formWords(const Term &reason)
{
    const Term value = reason.at(1);
    const auto string = [](const QString &what, const Term &found) {
        return ReasonWords{u"The %1 in the release file is no string: %2."_s.arg(what, inWords(found)),
                           u"Write it between quotation marks, e.g. \"1.0.0\"."_s};
    };
    if (reason.isAtom("badly_formatted_release")) {
        return ReasonWords{u"The release file doesn't have the form of a release."_s,
                           u"Write {release, {Name, Vsn}, {erts, Vsn}, [{Application, Vsn}]}."_s};
    }
    if (reason.isTagged("illegal_name", 2))
        return string(u"name"_s, value);
    if (reason.isTagged("illegal_form", 2))
        return value.isTagged("erts", 2) ? string(u"version of erts"_s, value.at(1))
                                         : string(u"version"_s, value);
    if (reason.isTagged("illegal_applications", 2)) {
        return ReasonWords{
            u"The release file has an entry that is no application: %1."_s.arg(inWords(value.at(0))) +
                andMore(value.size() - 1, u"such entries"_s),
            u"Write {Name, Vsn}, {Name, Vsn, Type} or {Name, Vsn, Type, [Included]}; types are "
            "permanent, transient, temporary, load and none."_s};
    }
    if (reason.isTagged("missing_mandatory_app", 2)) {
        return ReasonWords{u"The release has no %1, which every release needs."_s.arg(inWords(value)),
                           u"Add {%1, Vsn} to the applications of the release file."_s.arg(inWords(value))};
    }
    if (reason.isTagged("mandatory_app", 3)) {
        return ReasonWords{u"The release has %1 with the type %2, but it must be permanent."_s.arg(
                               inWords(value), inWords(reason.at(2))),
                           u"Take the type of %1 out of the release file."_s.arg(inWords(value))};
    }
    return std::nullopt;
}

/// [{{Name, App, …}, {Name, App, …}}]: the first pair in the order of names, which comes last.
struct Pair
{
    QString name;
    QString one;
    QString other;
};

std::optional<Pair> firstPair(const Term &pairs)
{
    const Term pair = pairs.at(pairs.size() - 1);
    if (!pair.isTuple(2))
        return std::nullopt;
    return Pair{inWords(pair.at(0).at(0)), inWords(pair.at(0).at(1)), inWords(pair.at(1).at(1))};
}

struct PairSentence
{
    const char *tag;
    const char *message; ///< %1 stands for the name, %2 and %3 for the applications
    const char *more;
    const char *hint;
};

constexpr std::array PairSentences{
    PairSentence{"duplicate_register", "Both %2 and %3 register a process with the name %1.", "names",
                 "Rename one of them, or take it out of registered in the .app that doesn't register it."},
    PairSentence{
        "duplicate_include", "Both %2 and %3 include the application %1.", "applications",
        "Only one may: take it out of included_applications of the other .app, or of the release file."},
    PairSentence{
        "duplicate_modules", "Both %2 and %3 have the module %1.", "modules",
        "Rename one, or take it out of modules in the .app that doesn't need it; a node can have only "
        "one module of a name."},
};

std::optional<ReasonWords> pairWords(const Term &reason)
{
    const auto *sentence = std::ranges::find_if(
        PairSentences, [&](const PairSentence &candidate) { return reason.isTagged(candidate.tag, 2); });
    const auto pair = firstPair(reason.at(1));
    if (sentence == PairSentences.end() || !pair)
        return std::nullopt;
    return ReasonWords{QString::fromLatin1(sentence->message).arg(pair->name, pair->one, pair->other) +
                           andMore(reason.at(1).size() - 1, QString::fromLatin1(sentence->more)),
                       QString::fromLatin1(sentence->hint)};
}

std::optional<ReasonWords> dependencyWords(const Term &reason)
{
    if (reason.isTagged("undefined_applications", 2)) {
        return ReasonWords{
            u"Applications of the release need others that it doesn't have: %1."_s.arg(names(reason.at(1))),
            u"Add them to the release file, or take them out of applications in the .app files that "
            "name them."_s};
    }
    if (reason.isTagged("circular_dependencies", 2)) {
        return ReasonWords{
            u"Applications need each other in a circle: %1."_s.arg(versions(reason.at(1))),
            u"Take one of them out of applications, or of included_applications, of another."_s};
    }
    // Both at once. The circle comes first: it is the one that can be seen in the .app files.
    if (reason.isTagged("apps", 2))
        return dependencyWords(reason.at(1).at(0));
    return std::nullopt;
}

std::optional<ReasonWords> crashWords(const Term &reason)
{
    const Term error = reason.at(1).at(0);
    if (!reason.isTagged("EXIT", 2))
        return std::nullopt;
    if (error.isAtom("badarg")) {
        return ReasonWords{u"OTP crashes on the release file: a name or version in it is no string."_s,
                           u"Write the name and all versions between quotation marks, e.g. \"1.0.0\"."_s};
    }
    if (error.isTagged("case_clause", 2)) {
        return ReasonWords{
            u"OTP crashes on the release file or the .app of one of its applications: it begins with "
            "bytes that are no UTF-8."_s,
            u"Save the release file and the .app files as UTF-8 without a byte order mark."_s};
    }
    return ReasonWords{u"OTP crashes on the release file: the list of applications is no proper list."_s,
                       u"Take the '|' out of it."_s};
}

} // namespace

std::optional<ReasonWords> makeReasonWords(const Term &reason)
{
    if (reason.kind() == Term::Kind::List) {
        // OTP lists what is wrong with the applications from the last one to the first.
        auto words = applicationProblemWords(reason.at(reason.size() - 1));
        if (words)
            words->message += andMore(reason.size() - 1, u"applications with problems"_s);
        return words;
    }
    for (const auto wordsOf : {fileWords, formWords, pairWords, dependencyWords, crashWords}) {
        if (auto words = wordsOf(reason))
            return words;
    }
    return std::nullopt;
}

} // namespace handover::relup
