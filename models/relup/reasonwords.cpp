// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/reasonwords.h"

#include "models/relup/generator.h"

#include <array>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

using erlang::Term;

constexpr qsizetype LongestShown = 120;

QString posixWords(const Term &posix)
{
    if (posix.isAtom("enoent"))
        return u"it isn't there"_s;
    if (posix.isAtom("eacces"))
        return u"it may not be read"_s;
    return inWords(posix);
}

QString writeWords(const Term &posix)
{
    static const QHash<QByteArray, QString> words{
        {"enoent", u"there is no such directory"_s},   {"enotdir", u"the place is no directory"_s},
        {"eisdir", u"a directory has its name"_s},     {"eacces", u"the directory may not be written to"_s},
        {"enospc", u"the disk is full or broken"_s},
    };
    return words.value(posix.atomName().value_or(QByteArray()), inWords(posix));
}

ReasonWords fileProblemWords(const QString &file, const Term &problem)
{
    if (problem.isTagged("ok", 2)) {
        return {u"%1 holds no appup: its first term is not {Version, UpRules, DownRules}."_s.arg(file),
                u"Write it as {\"VERSION\", [{\"FROM\", []}], [{\"TO\", []}]}."_s};
    }
    // Without a directory it is the file to write.
    if (problem.isTuple(2) && problem.at(0).isAtom("open")) {
        return {u"The file relup could not be written: %1."_s.arg(writeWords(problem.at(1))),
                u"Choose a directory that exists, may be written to, and has room."_s};
    }
    const Term inner = problem.at(1);
    if (inner.isTagged("open", 3)) {
        return {u"%1 can't be read: %2."_s.arg(file, posixWords(inner.at(2))),
                u"The application's version changed, so it needs an appup; `handover rules` proposes one."_s};
    }
    if (inner.isTagged("parse", 3)) {
        return {u"%1 is no Erlang term: there is a mistake at line %2."_s.arg(file, inWords(inner.at(2).at(0))),
                u"Correct it; the Rules page and `handover check` show the place."_s};
    }
    return {u"%1 is empty, or not text that Erlang can read."_s.arg(file),
            u"Write {\"VERSION\", [{\"FROM\", []}], [{\"TO\", []}]} with a full stop at its end."_s};
}

struct Sentence
{
    const char *tag;
    const char *message; ///< %1 stands for the value
    const char *hint;
};

constexpr std::array ScriptSentences{
    Sentence{"bad_op_before_point_of_no_return",
             "Before point_of_no_return only load_object_code and apply may stand, but %1 does.",
             "Move it behind point_of_no_return."},
    Sentence{"no_object_code", "The instruction load of %1 has no load_object_code for that module.",
             "Add {load_object_code, {App, Vsn, [%1]}}, or use load_module, which does both."},
    Sentence{"suspended_not_resumed", "These modules are suspended but never resumed: %1.",
             "Add a resume for each, or use update, which does both."},
    Sentence{"resumed_not_suspended", "These modules are resumed but were not suspended: %1.",
             "Add a suspend for each, or take the resume away."},
    Sentence{"start_not_stop", "These modules are started but were not stopped: %1.",
             "Add a stop for each before the start."},
    Sentence{"stop_not_start", "These modules are stopped but never started again: %1.",
             "Add a start for each, or their processes stay away."},
    Sentence{"no_such_application", "The application %1 is not in the release where the instruction needs it.",
             "Correct the name; an application can only be added from the target and removed from the source."},
    Sentence{"removed_application_present", "remove_application is asked for %1, but the target release still has it.",
             "Take the instruction away, or the application out of the release."},
    Sentence{"no_such_module", "No application of the target release has the module %1 in its .app file.",
             "Correct the name, or add the module to the modules of its .app file."},
    Sentence{"bad_instruction", "%1 is not an instruction that OTP knows.",
             "Check its name and its number of arguments; `handover check` says which forms there are."},
    Sentence{"bad_module", "%1 stands where a module name, an atom, is wanted.", "Write the module as an atom."},
    Sentence{"bad_code_change", "%1 in a code_change is not of the form {Module, Extra}.",
             "Write {Module, Extra}, e.g. {Module, []}."},
    Sentence{"bad_change", "%1 is not a kind of change.", "Write soft or {advanced, Extra}."},
    Sentence{"bad_mod_type", "%1 is not a type of module.", "Write static or dynamic."},
    Sentence{"bad_purge_method", "%1 is not a way to purge.", "Write soft_purge or brutal_purge."},
    Sentence{"bad_list", "%1 stands where a list is wanted.", "Write a list, e.g. [%1]."},
    Sentence{"bad_args_list", "The arguments of a call must be a list, but they are %1.",
             "Write the arguments as a list."},
    Sentence{"bad_node", "%1 is not a node name.", "Write nodes as atoms, e.g. name@host."},
    Sentence{"bad_application", "%1 stands where an application, an atom, is wanted.",
             "Write the application as an atom."},
    Sentence{"bad_start_type", "%1 is not a start type.",
             "Write permanent, transient, temporary, load or none."},
    Sentence{"bad_func", "%1 stands where a function name, an atom, is wanted.", "Write the function as an atom."},
    Sentence{"bad_lib", "%1 stands where an application, an atom, is wanted.", "Write the application as an atom."},
    Sentence{"bad_lib_vsn", "%1 stands where a version, a string, is wanted.", "Write the version as a string."},
    Sentence{"bad_timeout", "%1 is not a time limit.",
             "Write default, infinity or a number of milliseconds above 0."},
    Sentence{"bad_mode", "%1 is not a direction.", "Write up or down."},
    Sentence{"undef_module", "A module depends on %1, which has no instruction of its own.",
             "Take it out of the dependencies, or add an instruction for it."},
    Sentence{"muldef_module", "There is more than one instruction for the module %1.",
             "Keep one; those of all applications, and of added and restarted ones, are counted together."},
    Sentence{"not_yet_implemented", "OTP doesn't implement %1.", "Use apply to make the backup."},
    Sentence{"function_clause", "A list in an instruction is not a proper list, and OTP crashes on it.",
             "Take the '|' out of the lists of the rules; `handover check` shows the place."},
};

} // namespace

QString inWords(const Term &term)
{
    const QString text = QString::fromUtf8(term.print());
    return text.size() > LongestShown ? text.left(LongestShown) + u'…' : text;
}

QString textOf(const Term &term) { return term.stringValue().value_or(inWords(term)); }

std::optional<ReasonWords> relupReasonWords(const Term &reason)
{
    const Term value = reason.at(1);
    if (reason.isTagged("file_problem", 2))
        return fileProblemWords(textOf(value.at(0)), value.at(1));
    if (reason.isTagged("no_relup", 4)) {
        const Term application = reason.at(2);
        return ReasonWords{u"No rule in %1 takes version %2 (of %3, going to or from %4)."_s.arg(
                               textOf(value), textOf(reason.at(3)), inWords(application.at(1)),
                               textOf(application.at(2))),
                           u"Add a rule for it to both lists of that appup; the Rules page shows which versions "
                           "each rule takes."_s};
    }
    if (reason.isTagged("missing_sasl", 2)) {
        return ReasonWords{u"The release %1 %2 has no sasl, which does the upgrading."_s.arg(
                               textOf(value.at(1)), textOf(value.at(2))),
                           u"Add sasl to the applications of the release."_s};
    }
    if (reason.isTagged("warnings_treated_as_errors", 2)) {
        QStringList warnings;
        for (const Term &warning : value.items())
            warnings.append(RelupWarning{warning}.words());
        return ReasonWords{u"There are warnings, and they count as errors: %1"_s.arg(warnings.join(u' ')),
                           u"Correct what they say, or don't ask for warnings as errors."_s};
    }
    return std::nullopt;
}

std::optional<ReasonWords> scriptReasonWords(const Term &reason)
{
    if (reason.isAtom("too_many_point_of_no_return"))
        return ReasonWords{u"A rule has more than one point_of_no_return."_s, u"Keep one."_s};
    if (reason.isTagged("conflicting_versions", 4)) {
        return ReasonWords{u"Code of %1 is read in two versions, %2 and %3."_s.arg(
                               inWords(reason.at(1)), textOf(reason.at(2)), textOf(reason.at(3))),
                           u"Use the version of the target release in each load_object_code."_s};
    }
    for (const Sentence &sentence : ScriptSentences) {
        if (!reason.isTagged(sentence.tag, 2))
            continue;
        const QString value = inWords(reason.at(1));
        const auto with = [&](const char *text) {
            return QString::fromLatin1(text).replace(u"%1"_s, value);
        };
        return ReasonWords{with(sentence.message), with(sentence.hint)};
    }
    return std::nullopt;
}

ReasonWords raisedWords(const Term &reason)
{
    if (reason.isTagged("badarg", 2)) {
        return {u"OTP crashes on a rule of an appup: a pattern is no valid regular expression, or a list in the "
                "rule is not a proper list."_s,
                u"`handover check` on the appups of the changed applications shows the place."_s};
    }
    if (reason.at(0).isTagged("case_clause", 2)) {
        return {u"OTP crashes on an appup: it begins with bytes that are no UTF-8."_s,
                u"Save the appups as UTF-8 without a byte order mark."_s};
    }
    return {u"OTP crashes on an appup: its rules, or the instructions of one, are not a list."_s,
            u"Write {\"VERSION\", [{\"FROM\", [Instruction]}], [{\"TO\", [Instruction]}]}."_s};
}

QString RelupWarning::words() const
{
    const Term value = term.at(1);
    if (term.isTagged("bad_vsn", 2))
        return u"An appup says it is for version %1, but the application's version is %2."_s.arg(
            textOf(value.at(0)), textOf(value.at(1)));
    if (term.isTagged("erts_vsn_changed", 2)) {
        return u"The runtime system changes from %1 to %2, so the upgrade restarts the emulator."_s.arg(
            textOf(value.at(1).at(1)), textOf(value.at(0).at(1)));
    }
    if (term.isAtom("pre_R15_emulator_upgrade"))
        return u"The older release is from before OTP R15: new code must be compiled with the old emulator."_s;
    return inWords(term);
}

} // namespace handover::relup
