// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/fileproblems.h"

#include "models/relup/disk.h"
#include "models/relup/parseverdict.h"

#include <algorithm>
#include <array>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

using erlang::Term;

struct Posix
{
    int error;
    const char *atom;
    const char *words; ///< behind "FILE can't be read: "
};

constexpr std::array PosixErrors{
    Posix{ENOENT, "enoent", "there is no such file"},
    Posix{ENOTDIR, "enotdir", "a part of its path is no directory"},
    Posix{EISDIR, "eisdir", "it is a directory"},
    Posix{EACCES, "eacces", "you may not read it"},
    Posix{EPERM, "eperm", "you may not read it"},
    Posix{ELOOP, "eloop", "its links lead in a circle"},
    Posix{ENAMETOOLONG, "enametoolong", "its name is too long"},
    Posix{EMFILE, "emfile", "too many files are open"},
    Posix{ENFILE, "enfile", "too many files are open"},
    Posix{ENOMEM, "enomem", "there is not enough memory"},
    Posix{ESTALE, "estale", "its file server has lost it"},
    Posix{EIO, "eio", "the disk has an error"},
};

const Posix &posixOf(int error)
{
    const auto *found = std::ranges::find(PosixErrors, error, &Posix::error);
    return found == PosixErrors.end() ? PosixErrors.back() : *found;
}

Term readTerm(const QString &name) { return Term::tuple({Term::atom("read"), Term::string(name)}); }

Term openTerm(const QString &name, const char *posix)
{
    return Term::tuple({Term::atom("open"), Term::string(name), Term::atom(posix)});
}

} // namespace

TermFiles::Problem syntaxProblem(const QString &name, const QByteArray &text,
                                 const erlang::SyntaxError &error)
{
    TermFiles::Problem problem{readTerm(name), error.toError(name).message};
    const ParseVerdict verdict = parseVerdict(text);
    problem.crashes = verdict.kind == ParseVerdict::Kind::Crash;
    if (verdict.kind == ParseVerdict::Kind::Parse) {
        const Term what =
            Term::tuple({Term::integer(verdict.line), Term::atom("erl_parse"), verdict.message});
        problem.term = Term::tuple({Term::atom("parse"), Term::string(name), what});
    }
    return problem;
}

TermFiles::Problem openProblem(const QString &name, int error)
{
    if (error == EFBIG) {
        return {readTerm(name), u"%1 has more than %2 MB and is not read."_s.arg(
                                    name, QString::number(Disk::MostBytes / 1024 / 1024))};
    }
    if (error == ENOTSUP)
        return {readTerm(name), u"%1 is no ordinary file and is not read."_s.arg(name)};
    const Posix &posix = posixOf(error);
    return {openTerm(name, posix.atom),
            u"%1 can't be read: %2."_s.arg(name, QString::fromLatin1(posix.words))};
}

TermFiles::Problem unusableName(const QString &name)
{
    if (name.isEmpty())
        return openProblem(name, ENOENT);
    return {openTerm(name, "badarg"), u"No file can have the name \"%1\"."_s.arg(name)};
}

} // namespace handover::relup
