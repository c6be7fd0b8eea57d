// SPDX-License-Identifier: GPL-3.0-or-later
// The release handler by calls of its functions, release_handler(3), as relx's escript makes them from outside.
#include "models/node/handler.h"
#include "models/node/loglines.h"

using namespace Qt::StringLiterals;
using handover::erlang::Term;

namespace handover::node::calls {

namespace {

using Outcome = HandlerAnswer::Outcome;

// Sets Dir to where the node's release_handler keeps releases (release_handler:init/1). Where the node works does not
// matter, unlike what relx's escript thinks, which moves it: folders in releases/RELEASES are relative to the root.
[[nodiscard]] QByteArray findDir()
{
    return "Dir = filename:absname(case application:get_env(sasl, releases_dir) of {ok, Set} -> Set; _ -> "
           "case os:getenv(" + erlangString(u"RELDIR"_s) + ") of false -> filename:join(code:root_dir(), releases); "
           "Env -> Env end end), ";
}

// As the escript: release_handler wants the .rel file of the same name in the tarball, releases/VERSION/NAME.rel
// where relx packed it, releases/VERSION/NAME-VERSION.rel where systools did so under that name. The tarball stays
// where it lies, a link to it is unpacked, which release_handler deletes, or this after a failure.
[[nodiscard]] QByteArray unpackCall(const QString &name, const QString &version)
{
    const QString full = name + u'-' + version;
    return findDir() +
           "Tarball = filename:join(Dir, " + erlangString(full + u".tar.gz"_s) + "), "
           "case filelib:is_regular(Tarball) of false -> {Dir, [], {error, release_package_not_found}}; true -> "
           "Names = case catch erl_tar:table(Tarball, [compressed]) of {ok, Table} -> Table; _ -> [] end, "
           "Base = case lists:member(" + erlangString(u"releases/%1/%2.rel"_s.arg(version, full)) + ", Names) of "
           "true -> " + erlangString(full) + "; false -> " + erlangString(name) + " end, "
           "Package = filename:join(" + erlangString(version) + ", Base), "
           "Link = filename:join(Dir, Package ++ " + erlangString(u".tar.gz"_s) + "), "
           "ok = filelib:ensure_dir(Link), "
           "case file:make_symlink(Tarball, Link) of ok -> "
           "Unpacked = (catch release_handler:unpack_release(Package)), "
           "case file:read_link(Link) of {ok, _} -> file:delete(Link); _ -> ok end, "
           "{Dir, Package, Unpacked}; "
           "Unlinked -> {Dir, Package, Unlinked} end end";
}

[[nodiscard]] QByteArray installCall(const QString &version)
{
    const QByteArray vsn = erlangString(version);
    return "case catch release_handler:check_install_release(" + vsn + ") of "
           "{ok, _, _} -> {installed, catch release_handler:install_release(" + vsn + ", [{update_paths, true}])}; "
           "Refusal -> {checked, Refusal} end";
}

[[nodiscard]] Result<std::optional<Term>> call(const ReleaseScript &script, const QByteArray &expressions, int seconds,
                                               HandlerAnswer &answer, const JobContext &context)
{
    Result<std::optional<Term>> said = script.ask(expressions, context, seconds);
    if (!said && isUnknown(said.error())) {
        answer = {Outcome::Unknown, said.error().words() + u'\n' + said.error().detail, {}};
        return std::optional<Term>();
    }
    if (said && !*said)
        answer.outcome = Outcome::NodeDown;
    return said;
}

[[nodiscard]] QString heard(const QString &function, const QString &arguments, const Term &said)
{
    return u"release_handler:%1(%2)\n%3"_s.arg(function, arguments, spokenText(said.print()));
}

[[nodiscard]] QString quoted(const QString &text) { return QString::fromUtf8(Term::string(text).print()); }

} // namespace

Result<HandlerAnswer> unpack(const ReleaseScript &script, const QString &version, const JobContext &context)
{
    HandlerAnswer answer;
    const auto said = call(script, unpackCall(script.name(), version), UnpackSeconds, answer, context);
    if (!said)
        return std::unexpected(said.error());
    if (!*said)
        return answer;
    const Term &term = **said;
    const Term result = term.isTuple(3) ? term.at(2) : term;
    answer.raw = heard(u"unpack_release"_s, quoted(term.at(1).stringValue().value_or(QString())), result);
    if (result.isTagged("ok", 2))
        answer.outcome = Outcome::Done;
    const QString dir = term.at(0).stringValue().value_or(QString());
    const QString tarball = script.name() + u'-' + version + u".tar.gz"_s;
    if (isPlain(dir) && result.isTagged("error", 2) && result.at(1).isAtom("release_package_not_found"))
        answer.trouble = u"Its tarball is not there: the node looks for it as %1/%2."_s.arg(dir, tarball);
    return answer;
}

Result<HandlerAnswer> install(const ReleaseScript &script, const QString &version, const JobContext &context)
{
    HandlerAnswer answer;
    const auto said = call(script, installCall(version), InstallSeconds, answer, context);
    if (!said)
        return std::unexpected(said.error());
    if (!*said)
        return answer;
    const Term &term = **said;
    const Term result = term.isTuple(2) ? term.at(1) : term;
    if (term.isTagged("checked", 2)) {
        answer.outcome = Outcome::Refused;
        answer.raw = heard(u"check_install_release"_s, quoted(version), result);
        return answer;
    }
    answer.raw = heard(u"install_release"_s, quoted(version) + u", [{update_paths,true}]"_s, result);
    if (result.isTagged("ok", 3))
        answer.outcome = Outcome::Done;
    else if (result.isTagged("continue_after_restart", 3))
        answer.outcome = Outcome::Restarts;
    else if (result.isTagged("error", 2) && result.at(1).isTagged("old_processes", 2))
        answer.outcome = Outcome::Refused;
    return answer;
}

} // namespace handover::node::calls
