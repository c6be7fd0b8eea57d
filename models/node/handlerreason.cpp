// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/handlerreason.h"

#include "models/erlang/parser.h"
#include "models/node/loglines.h"
#include "models/node/posixwords.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using handover::erlang::Term;

namespace handover::node {

namespace {

constexpr qsizetype LongestTerm = 160; // in a sentence; the whole of it stands below
constexpr int MostLines = 200; // of a reason; and of places where it may begin: a hostile node says much
constexpr int MostPlaces = 4;
constexpr std::array<QByteArrayView, 4> Around{"error", "EXIT", "checked", "installed"};
constexpr QStringView Replace = u"Deliver it again and have what is there replaced: unpacking keeps what was unpacked of it in lib and releases.";

QString shown(const Term &term)
{
    static const QRegularExpression unreadable(uR"('(<[\d.]+>|#\w+<[^<>]*>)')"_s); // see termFrom()
    const QString text = spokenText(term.print()).simplified().replace(unreadable, u"\\1"_s);
    return text.size() <= LongestTerm ? text : QString(text.first(LongestTerm) + u'…');
}

/// A file, an application, a version: strings without their quotes.
QString named(const Term &term)
{
    const auto text = term.stringValue();
    return text && !text->isEmpty() && isPlain(*text) ? *text : shown(term);
}

bool isCall(const Term &entry) // {Module, Function, ArityOrArguments, Location} of a stack
{
    return entry.isTuple(4) && entry.at(0).atomName() && entry.at(1).atomName() && entry.at(3).isMaybeImproperList();
}

/// Where it failed: the innermost call.
struct Failure
{
    Term reason;
    std::optional<Term> at;

    [[nodiscard]] QString place() const ///< "m:f/2, line 17"
    {
        if (!at)
            return {};
        const Term arity = at->at(2);
        const qint64 count = arity.integerValue().value_or(arity.size());
        QString words = u"%1:%2/%3"_s.arg(shown(at->at(0)), shown(at->at(1))).arg(count);
        for (const Term &fact : at->at(3).items()) {
            if (fact.isTagged("line", 2))
                words += u", line "_s + shown(fact.at(1));
        }
        return words;
    }
    [[nodiscard]] bool isIn(QByteArrayView module) const { return at && at->at(0).isAtom(module); }
};

/// Without what a catch, the release handler and this room's calls put around it.
Failure failureOf(Term term)
{
    std::optional<Term> at;
    for (int depth = 0; depth < 8; ++depth) {
        if (std::ranges::any_of(Around, [&](QByteArrayView tag) { return term.isTagged(tag, 2); })) {
            term = term.at(1);
        } else if (term.isTuple(2) && term.at(1).size() > 0 && isCall(term.at(1).at(0))) {
            at = term.at(1).at(0);
            term = term.at(0);
        } else {
            break;
        }
    }
    return {term, at};
}

QString moduleOf(const QString &beam) { return beam.section(u'/', -1).chopped(5); }

HandlerReason missingFile(const Term &reason)
{
    const QString file = named(reason.at(1));
    if (file.endsWith(".beam"_L1))
        return {u"The relup loads %1, but %2 is not on the server."_s.arg(moduleOf(file), file),
                u"Build the package again from one build, and deliver it under a new version."_s};
    if (file.endsWith("start.boot"_L1))
        return {u"The release on the server has no start.boot (%1)."_s.arg(file),
                u"It was not unpacked as a whole: remove it, and unpack it again."_s};
    if (file.endsWith(".tar.gz"_L1))
        return {u"Its tarball is not there: the node looks for it as %1."_s.arg(file), u"Upload it to there."_s};
    return {u"%1 is not on the server."_s.arg(file), u"Something was removed there by hand: remove the release, and unpack it again."_s};
}

/// {enoent, File} and its like.
HandlerReason badFile(const Term &reason)
{
    const PosixReason posix = posixReason(reason.at(0).atomName().value_or(QByteArray()));
    const QString file = named(reason.at(1));
    if (posix.words.isEmpty() || !reason.at(1).stringValue())
        return {};
    if (reason.at(0).isAtom("enoent") && file.endsWith(".rel"_L1))
        return {u"The tarball is damaged, or holds another release or version than its name says."_s,
                u"Build the package again, and upload it."_s};
    if (reason.at(0).isAtom("enoent") && file.endsWith("/relup"_L1)) // it looks for the way down last
        return {u"No relup on the server leads there from what runs."_s, u"Make the package with a relup from what runs there."_s};
    return {u"%1: %2."_s.arg(file, posix.words), posix.remedy};
}

HandlerReason codeChange(const Term &reason) // {code_change_failed, Pid, Module, Vsn, Why}
{
    const bool down = reason.at(3).isTagged("down", 2);
    const Failure why = failureOf(reason.at(4));
    const QString place = why.place().isEmpty() ? QString() : u" in "_s + why.place();
    const QString module = shown(reason.at(2));
    return {u"code_change of %1 failed%2 on the way %3: %4."_s.arg(module, place, down ? u"down"_s : u"up"_s, shown(why.reason)),
            u"Have code_change of %1 take the state that a running process has, with every field it may have, and give the "
            u"repaired code a version of its own."_s.arg(module)};
}

// {cannot_extract_file, Name, Reason}
HandlerReason notExtracted(const Term &reason)
{
    const PosixReason why = posixReason(reason.at(2).atomName().value_or(QByteArray()));
    return {u"%1 could not be taken out of the tarball: %2."_s.arg(named(reason.at(1)), why.words.isEmpty() ? shown(reason.at(2)) : why.words),
            (why.remedy.isEmpty() ? QString() : why.remedy + u' ') + Replace};
}

// {badrpc, Reason}, rpc(3)
HandlerReason notCalled(const Term &reason)
{
    if (reason.at(1).isAtom("nodedown"))
        return {u"The node went down meanwhile."_s, u"Look at its log for what ended it."_s};
    return {u"The node could not be called: %1."_s.arg(shown(reason.at(1))), {}};
}

// {sync_error, {nodedown, Node}}
HandlerReason notTogether(const Term &reason)
{
    return {u"The relup waits for other nodes (sync_nodes), and %1 went down."_s.arg(shown(reason.at(1).at(1))),
            u"Start it, and upgrade the nodes together."_s};
}

HandlerReason oldProcesses(const QString &module)
{
    return {u"Processes still run old code of %1, which the relup asks to spare (soft_purge)."_s.arg(module),
            u"Wait until they have ended, or end them; or write brutal_purge for %1 into the appup, which kills them."_s.arg(module)};
}

/// A sys or gen call that didn't come back: {timeout, {sys, change_code, [Pid | _]}} and its like.
HandlerReason brokenCall(const Term &reason)
{
    const Term call = reason.at(1);
    const bool gone = !reason.at(0).isAtom("timeout");
    if (call.at(0).isAtom("sys") && call.at(1).isAtom("change_code")) {
        const QString module = shown(call.at(2).at(1));
        if (gone)
            return {u"A process ended while code_change of %1 ran in it: %2."_s.arg(module, shown(reason.at(0))),
                    u"Look in the node's log for its last words."_s};
        return {u"code_change of %1 took longer than the time for it (5 s, if nothing else is set)."_s.arg(module),
                u"Have code_change convert the state only, and leave slow work to a message that the process sends itself."_s};
    }
    if (call.at(0).isAtom("sys"))
        return {u"A process of the supervision tree %1 %2 (%3)."_s.arg(shown(call.at(2).at(0)), gone ? u"ended meanwhile"_s : u"doesn't answer"_s,
                                                                             shown(call.at(0)) + u':' + shown(call.at(1))),
                u"Find out what it waits for (observer, or the remote console), and try again."_s};
    if (call.at(2).at(0).isAtom("release_handler"))
        return {gone ? u"The node has no release_handler: sasl doesn't run in it."_s : u"The node's release_handler doesn't answer."_s,
                gone ? u"Put sasl into the release, build it, and start the node with it."_s
                     : u"It may still be at an upgrade: look in the node's log, and try again later."_s};
    return {u"A call from the relup %1: %2."_s.arg(gone ? u"found nobody"_s : u"got no answer in time"_s, shown(call)), {}};
}

HandlerReason failedCode(const Failure &failure)
{
    const Term &reason = failure.reason;
    if (reason.isAtom("undef")) {
        if (failure.isIn("release_handler"))
            return {u"The node has no release_handler: sasl is not part of its release."_s,
                    u"Put sasl into the release, build it, and start the node with it."_s};
        return {u"The relup calls %1, which does not exist."_s.arg(failure.place()),
                u"Look at the apply instructions of the appups: is the function exported, and loaded by then?"_s};
    }
    if (failure.isIn("release_handler_1") && reason.isTagged("case_clause", 2) && reason.at(1).isAtom("false"))
        return {u"The relup loads code of an application that the release on the server does not list."_s,
                u"Make the relup from the releases as they are on the server: releases/RELEASES must name what runs."_s};
    if (failure.isIn("release_handler_1") && reason.isTagged("badmatch", 2) && reason.at(1).isAtom("false"))
        return {u"The relup loads a module for which it has no load_object_code."_s, u"Have the relup made again; it was changed by hand."_s};
    if (failure.isIn("release_handler") || failure.isIn("release_handler_1"))
        return {u"The release handler itself failed (%1): %2."_s.arg(failure.place(), shown(reason)), {}};
    return {u"What the relup calls failed in %1: %2."_s.arg(failure.place(), shown(reason)),
            u"Look at the apply instructions of the appups, and at the node's log."_s};
}

/// {Tag, …}, where words say more than what stands in it.
struct KnownTuple
{
    QByteArrayView tag;
    qsizetype size;
    HandlerReason (*words)(const Term &reason);
};

constexpr std::array Explained{
    KnownTuple{"code_change_failed", 5, codeChange},
    KnownTuple{"old_processes", 2, [](const Term &reason) { return oldProcesses(shown(reason.at(1))); }},
    KnownTuple{"no_such_file", 2, missingFile},
    KnownTuple{"cannot_extract_file", 3, notExtracted},
    KnownTuple{"badrpc", 2, notCalled},
    KnownTuple{"sync_error", 2, notTogether},
};

/// {Tag, …}, where %1 and so on are what stands in it.
struct Phrase
{
    QByteArrayView tag;
    qsizetype size;
    QStringView cause;
    QStringView remedy;
};

constexpr std::array Phrases{
    Phrase{"no_matching_relup", 3, u"No relup on the server leads from %2 to %1.", u"Make the package with a relup from what runs there."},
    Phrase{"bad_relup_file", 2, u"%1 is damaged, or the relup of another version.", u"Remove the release, and deliver it again."},
    Phrase{"already_installed", 2, u"%1 runs already.", {}},
    Phrase{"existing_release", 2, u"The node has a release %1 already.", u"Remove that first, or give the new one another version."},
    Phrase{"no_such_release", 2, u"The node knows no release %1.", u"Unpack it first."},
    Phrase{"bad_status", 2, u"The node lists it as %1, and only what runs can be made permanent.", u"Install it first."},
    Phrase{"permanent", 2, u"%1 is permanent: the node would start it after a reboot.", u"Make another one permanent first."},
    Phrase{"bad_lib_vsn", 3, u"The relup loads another version of %1 than the release has, which is %2.",
           u"Build relup and release together, and deliver them under a new version."},
    Phrase{"illegal_instruction_after_point_of_no_return", 2, u"The relup has an instruction where it may not stand: %1.",
           u"load_object_code has to stand before point_of_no_return: have the relup made from the appups."},
    Phrase{"heart:set_cmd() error", 2,
           u"The relup restarts the Erlang runtime, for which the node has to run under heart, and it doesn't.",
           u"Start the node with -heart, or stop it and start the new version."},
    Phrase{"missing_base_app", 3, u"Release %1 has no %2, without which the Erlang runtime can't be changed.",
           u"Put kernel, stdlib and sasl into the release."},
    Phrase{"could_not_create_hybrid_boot", 2, u"No boot file could be made for the restart with the new Erlang runtime: %1.",
           u"Stop the node, and start the new version."},
    Phrase{"change_appl_data", 2, u"The new configuration or an .app file was not taken: %1.", u"Look at sys.config of the new release."},
    Phrase{"bad_masters", 2, u"The master nodes %1 can't be reached.", u"Start them first."},
    Phrase{"bad_rel_file", 2, u"%1 is no .rel file.", u"Build the package again, and upload it."},
    Phrase{"bad_rel_data", 2, u"The .rel file in the tarball names no release.", u"Build the package again, and upload it."},
    Phrase{"no_such_directory", 2, u"The directory %1 is not on the server.", u"Deliver the release again."},
    Phrase{"not_a_directory", 2, u"%1 is no directory.", u"Deliver the release again."},
};

QString filled(QStringView words, const Term &reason)
{
    QString text;
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (words[i] == u'%' && i + 1 < words.size())
            text += named(reason.at(words[++i].digitValue()));
        else
            text += words[i];
    }
    return text;
}

struct KnownAtom
{
    QByteArrayView atom;
    QStringView cause;
    QStringView remedy;
};

constexpr std::array Atoms{
    KnownAtom{"suspended_supervisor", u"A supervisor is suspended, so its children can't be asked for.",
              u"Update supervisors by {update, Module, supervisor} alone, and don't have other processes depend on them; look in the "
              u"node's log for which it is."},
    KnownAtom{"which_children_failed", u"A supervisor doesn't say what its children are.",
              u"Look in the node's log for which it is, and find out what it waits for."},
    KnownAtom{"get_modules_failed", u"A process whose child specification says dynamic doesn't say which modules it runs.",
              u"Only a gen_event answers that: give the others' modules in their child specification. The node's log says which it is."},
    KnownAtom{"static_emulator", u"The node is set not to change its Erlang runtime (static_emulator of sasl), and the relup restarts it.",
              u"Stop the node, and start the new version."},
    KnownAtom{"client_node", u"The node is a client of master nodes, on which releases are unpacked and removed.", u"Do it on its master node."},
    KnownAtom{"no_master", u"No master node answers.", u"Start it first."},
    KnownAtom{"nodedown", u"The node went down meanwhile.", u"Look at its log for what ended it."},
};

HandlerReason words(const Failure &failure)
{
    const Term &reason = failure.reason;
    if (const auto atom = reason.atomName()) {
        const auto known = std::ranges::find(Atoms, QByteArrayView(*atom), &KnownAtom::atom);
        if (known != Atoms.end())
            return {known->cause.toString(), known->remedy.toString()};
        if (const PosixReason posix = posixReason(*atom); !posix.words.isEmpty())
            return {u"The node could not write or read a file: %1."_s.arg(posix.words), posix.remedy};
    }
    const auto isIt = [&](const auto &known) { return reason.isTagged(known.tag, known.size); };
    if (const auto known = std::ranges::find_if(Explained, isIt); known != Explained.end())
        return known->words(reason);
    if (const auto known = std::ranges::find_if(Phrases, isIt); known != Phrases.end())
        return {filled(known->cause, reason), known->remedy.toString()};
    // {case_clause, {error, …}}: of a tarball that ends too early, or that is none.
    if (failure.isIn("release_handler") && failure.at->at(1).isAtom("extract_tar"))
        return {u"The tarball is cut short or damaged: %1."_s.arg(shown(reason.at(1).at(1))), Replace.toString()};
    const Term call = reason.isTuple(2) ? reason.at(1) : Term();
    if (call.isTuple(3) && call.at(0).atomName() && call.at(1).atomName() && call.at(2).isList())
        return brokenCall(reason);
    if (HandlerReason file = reason.isTuple(2) ? badFile(reason) : HandlerReason(); !file.cause.isEmpty())
        return file;
    return failure.at ? failedCode(failure) : HandlerReason();
}

/// The text from there on as a term: as many of its lines as make one. What no file could have becomes an atom.
std::optional<Term> termFrom(QStringView text)
{
    static const QRegularExpression unreadable(uR"(("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|#(?:Ref|Port|Fun)<[^<>\n]*>|<\d+\.\d+\.\d+>)"_s);
    QString readable;
    qsizetype end = 0;
    for (auto matches = unreadable.globalMatchView(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        readable += text.sliced(end, match.capturedStart() - end);
        readable += match.hasCaptured(1) ? match.captured() : u'\'' + match.captured() + u'\'';
        end = match.capturedEnd();
    }
    readable += text.sliced(end);
    QStringList lines = readable.split(u'\n');
    lines = lines.first(qMin(lines.size(), qsizetype{MostLines}));
    for (; !lines.isEmpty(); lines.removeLast()) {
        if (auto term = erlang::parseBareTerm(lines.join(u'\n').toUtf8()))
            return *std::move(term);
    }
    return std::nullopt;
}

/// What the script says by itself.
struct KnownText
{
    QStringView text;
    QStringView cause;
    QStringView remedy;
};

constexpr std::array Texts{
    KnownText{u"not responding to pings", u"The script could not reach the node by Erlang's distribution.",
              u"Check its name and cookie in vm.args, and that epmd runs on the server."},
    KnownText{u"not running", u"The node does not run.", u"Start it."},
    KnownText{u"no case clause matching {error,eexist}", u"A link that a failed try left is in the way.", u"Try again: it is removed before."},
    KnownText{u"no case clause matching {badrpc,timeout}", u"The node did not answer in time.", u"It may still be at it: look what runs now."},
    KnownText{u"no case clause matching {badrpc,nodedown}", u"The node went down meanwhile.", u"Look at its log for what ended it."},
    KnownText{u"Protocol 'inet_tcp'", u"The script could not begin with Erlang's distribution.", u"Check that epmd runs on the server, and the server's own host name."},
    KnownText{u"Alarm clock", u"The node did not answer in time.", u"Try again when it has less to do."},
    KnownText{u"Permission denied", u"A file of the release may not be run or read by this user.", u"Have the rights of bin and of erts changed, or act as the release's user."},
    KnownText{u"GLIBC", u"The release's Erlang runtime needs newer libraries than the server has.", u"Build it on a system as old as the server's."},
};

} // namespace

HandlerReason handlerReason(const Term &error) { return words(failureOf(error)); }

HandlerReason handlerReason(const QString &raw)
{
    static const QRegularExpression softPurge(uR"(old processes still running code from module (\S+))"_s);
    if (const auto match = softPurge.match(raw); match.hasMatch())
        return oldProcesses(match.captured(1));
    static const QRegularExpression begin(uR"((?:failed: |^(?=[\{\[])))"_s, QRegularExpression::MultilineOption);
    auto begins = begin.globalMatch(raw);
    for (int i = 0; i < MostPlaces && begins.hasNext(); ++i) {
        const auto term = termFrom(QStringView(raw).sliced(begins.next().capturedEnd()));
        HandlerReason reason = term ? handlerReason(*term) : HandlerReason();
        if (!reason.cause.isEmpty())
            return reason;
    }
    const auto known = std::ranges::find_if(Texts, [&](const KnownText &text) { return raw.contains(text.text); });
    return known == Texts.end() ? HandlerReason() : HandlerReason{known->cause.toString(), known->remedy.toString()};
}

} // namespace handover::node
