// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/appupcode.h"

#include "models/jobs/process.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupCode)
};

constexpr int TimeLimitMs = 10'000;
constexpr qint64 MostBytes = 4 * 1024 * 1024;
constexpr int NoAppup = 4;
constexpr int Failed = 5;

// As rebar3_appup_plugin 2.4 does it, whose own check of the result this is. What the code prints goes to
// standard output, so the appup goes to a file.
constexpr auto Program = R"(
[In, Out] = init:get_plain_arguments(),
Say = fun(Status, Text) -> io:put_chars(standard_error, Text), halt(Status) end,
case catch file:script(In, [{'STATE', undefined}]) of
    {ok, {_, Up, Down} = Appup} when is_list(Up), is_list(Down) ->
        ok = file:write_file(Out, unicode:characters_to_binary(io_lib:format("%% coding: utf-8\n~tp.\n", [Appup]))),
        halt(0);
    {ok, Other} -> Say(4, io_lib:format("~tP~n", [Other, 20]));
    {error, {Line, file, {Class, Reason, _}}} -> Say(5, io_lib:format("line ~w: ~w ~tP~n", [Line, Class, Reason, 40]));
    {error, {_, Module, _} = Error} when is_atom(Module) -> Say(5, [file:format_error(Error), $\n]);
    Other -> Say(5, io_lib:format("~tP~n", [Other, 40]))
end.
)";

ProcessSpec erl(const CodeToRun &code, const QString &in, const QString &out)
{
    ProcessSpec spec;
    spec.program = u"erl"_s;
    spec.arguments = {u"-noshell"_s, u"-noinput"_s, u"+S"_s, u"1"_s};
    for (const QString &directory : code.codePath)
        spec.arguments << u"-pa"_s << directory;
    spec.arguments << u"-eval"_s << QString::fromLatin1(Program) << u"-extra"_s << in << out;
    spec.workingDirectory = code.workingDirectory;
    spec.environment.insert(u"ERL_CRASH_DUMP_SECONDS"_s, u"0"_s);
    spec.timeoutMs = TimeLimitMs;
    return spec;
}

std::unexpected<Error> notRun(const Error &error)
{
    if (error.isCancelled())
        return std::unexpected(error);
    if (error.code == u"process.not-found")
        return failure(u"appup.no-erl"_s, Words::tr("There is no Erlang on this machine's PATH, so the code can't be run."),
                       Words::tr("Install Erlang/OTP (Debian and Ubuntu: erlang-base)."));
    if (error.code == u"process.timeout")
        return failure(u"appup.evaluation-timeout"_s, Words::tr("The code did not end within %1 seconds and was stopped.").arg(TimeLimitMs / 1000),
                       Words::tr("It has to give the appup without waiting for anything."), error.detail);
    return failure(u"appup.evaluation-failed"_s, Words::tr("The code could not be run."), {}, error.words());
}

std::unexpected<Error> failed(const ProcessOutcome &outcome, const CodeToRun &code)
{
    const QString said = plainText(outcome.output).trimmed();
    if (outcome.exitCode == NoAppup)
        return refusal(u"appup.not-an-appup"_s, Words::tr("What the code gives is no appup."),
                       Words::tr("Its last expression has to be {Version, [UpRules], [DownRules]}."), said);
    const QString hint = code.source.contains("STATE")
                             ? Words::tr("STATE, which rebar3 binds to its own state, is not there outside of rebar3.")
                             : Words::tr("The detail has what Erlang said.");
    if (outcome.exitCode == Failed)
        return refusal(u"appup.evaluation-failed"_s, Words::tr("The code failed."), hint, said);
    return failure(u"appup.evaluation-failed"_s, Words::tr("Erlang stopped before there was an appup."), hint, said);
}

} // namespace

Result<Evaluated> evaluate(const CodeToRun &code, const JobContext &context)
{
    const QTemporaryDir scratch;
    const QString in = scratch.filePath(u"appup.src"_s);
    const QString out = scratch.filePath(u"appup"_s);
    QFile file(in);
    const QByteArray text = render(code.source, code.vsn);
    if (!scratch.isValid() || !file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return failure(u"appup.evaluation-failed"_s, Words::tr("There is no place for temporary files."),
                       Words::tr("Check TMPDIR, and that the disk is not full."), file.errorString());
    file.close();
    const auto outcome = runProcess(erl(code, in, out), context);
    if (!outcome)
        return notRun(outcome.error());
    QFile made(out);
    if (outcome->exitCode != 0 || !made.open(QIODevice::ReadOnly))
        return failed(*outcome, code);
    const QByteArray appup = made.read(MostBytes);
    if (!Appup::parse(appup))
        return refusal(u"appup.not-an-appup"_s, Words::tr("What the code gives can't be read as an appup."),
                       Words::tr("Its last expression has to be {Version, [UpRules], [DownRules]}."), QString::fromUtf8(appup.first(qMin<qsizetype>(appup.size(), 2000))));
    return Evaluated{code.source, code.vsn, appup};
}

} // namespace handover::appup
