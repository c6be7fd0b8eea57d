// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/otp.h"

#include "models/jobs/process.h"
#include "models/relup/otpcompare.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

using erlang::Term;

constexpr int TimeLimitMs = 60'000;

// Reads {Top, UpFrom, DownTo, Options} and leaves the file relup, if there is one, and the answer.
constexpr auto Program = R"(
[Call, Out] = init:get_plain_arguments(),
{ok, [{Top, Up, Down, Options}]} = file:consult(Call),
Tag = fun F(T) when is_atom(T) -> T;
          F({error, T}) -> F(T);
          F(T) when is_tuple(T), tuple_size(T) > 0 -> F(element(1, T));
          F([T | _]) -> F(T);
          F(_) -> other
      end,
Answer = try systools:make_relup(Top, Up, Down, [silent, {outdir, Out} | Options]) of
             {ok, _, _, Warnings} -> {ok, Warnings};
             {error, Module, Reason} ->
                 {error, Module, Tag(Reason), lists:flatten(Module:format_error(Reason))}
         catch _:Reason -> {raised, Tag(Reason)}
         end,
ok = file:write_file(filename:join(Out, "answer"),
                     unicode:characters_to_binary(
                         io_lib:format("~tw.~n", [{erlang:system_info(otp_release), Answer}]))),
halt(0).
)";

std::unexpected<Error> noErl()
{
    return failure(u"otp.no-erl"_s, u"There is no Erlang on this machine's PATH."_s,
                   u"Install Erlang/OTP (Debian and Ubuntu: erlang-base), or do without OTP's own check."_s);
}

ProcessSpec erl(const QString &program, const QStringList &arguments)
{
    ProcessSpec spec;
    spec.program = u"erl"_s;
    spec.arguments = QStringList{u"-noshell"_s, u"-noinput"_s, u"+S"_s, u"1"_s, u"-eval"_s, program} + arguments;
    spec.environment.insert(u"ERL_CRASH_DUMP_SECONDS"_s, u"0"_s);
    spec.timeoutMs = TimeLimitMs;
    spec.logLines = false;
    return spec;
}

Result<QByteArray> runErl(const ProcessSpec &spec, const JobContext &context)
{
    const auto outcome = runProcess(spec, context);
    if (!outcome)
        return outcome.error().code == u"process.not-found" ? Result<QByteArray>(noErl())
                                                            : std::unexpected(outcome.error());
    if (outcome->exitCode != 0)
        return failure(u"otp.failed"_s, u"Erlang stopped before it had an answer."_s,
                       u"The detail has what it said."_s, plainText(outcome->output));
    return outcome->output;
}

Term stringList(const QStringList &strings)
{
    QList<Term> terms;
    for (const QString &string : strings)
        terms.append(Term::string(string));
    return Term::list(std::move(terms));
}

Term bases(const QList<Base> &bases)
{
    QList<Term> terms;
    for (const Base &base : bases)
        terms.append(Term::tuple({Term::string(base.name), base.description}));
    return Term::list(std::move(terms));
}

QByteArray callText(const RelupInput &input, const QStringList &path)
{
    QList<Term> options{Term::tuple({Term::atom("path"), stringList(path)})};
    if (input.restartEmulator)
        options.append(Term::atom("restart_emulator"));
    if (input.warningsAsErrors)
        options.append(Term::atom("warnings_as_errors"));
    return "%% coding: utf-8\n" +
           Term::tuple({Term::string(input.top), bases(input.upFrom), bases(input.downTo),
                        Term::list(std::move(options))})
               .write() +
           ".\n";
}

bool write(const QString &name, const QByteArray &bytes)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

std::optional<QByteArray> readAll(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? std::optional(file.readAll()) : std::nullopt;
}

// Texts that aren't on the disk go, with the .app beside them, into directories that are looked
// through first.
std::optional<QStringList> placeTexts(const Verifiable &ours, const QString &scratch)
{
    QStringList path;
    for (auto text = ours.texts.begin(); text != ours.texts.end(); ++text) {
        const QFileInfo file(QDir(ours.directory), text.key());
        const QString target = u"%1/texts/%2/ebin"_s.arg(scratch).arg(path.size());
        const QString app = file.completeBaseName() + u".app"_s;
        if (!QDir().mkpath(target) || !write(target + u'/' + file.fileName(), text.value()) ||
            !QFile::copy(file.path() + u'/' + app, target + u'/' + app))
            return std::nullopt;
        path.append(target);
    }
    return path;
}

} // namespace

Result<QString> otpLibraries(const JobContext &context)
{
    const QString program = QStandardPaths::findExecutable(u"erl"_s);
    if (program.isEmpty())
        return noErl();
    const QString beside = QFileInfo(QFileInfo(program).canonicalFilePath()).path() + u"/../lib"_s;
    const auto holdsKernel = [](const QString &directory) {
        return !QDir(directory).entryList({u"kernel-*"_s}, QDir::Dirs).isEmpty();
    };
    if (holdsKernel(beside))
        return QDir::cleanPath(beside) + u"/*/ebin"_s;
    // A version manager's script stands in its place.
    const auto asked = runErl(erl(u"io:put_chars(code:lib_dir()), halt(0)."_s, {}), context);
    if (!asked)
        return std::unexpected(asked.error());
    return QString::fromUtf8(*asked).trimmed() + u"/*/ebin"_s;
}

Result<Verification> verifyWithOtp(const Verifiable &ours, const JobContext &context)
{
    const QTemporaryDir scratch;
    const auto scratchFailed = [&] {
        return failure(u"otp.failed"_s, u"Nothing can be written to %1."_s.arg(QDir::tempPath()),
                       u"Check that the disk is not full."_s, scratch.errorString());
    };
    if (!scratch.isValid())
        return scratchFailed();
    const auto texts = placeTexts(ours, scratch.path());
    const QString call = scratch.filePath(u"call"_s);
    if (!texts || !write(call, callText(ours.input, *texts + ours.input.path + ours.input.libPath)))
        return scratchFailed();

    ProcessSpec spec = erl(QString::fromLatin1(Program), {u"-extra"_s, call, scratch.path()});
    spec.workingDirectory = ours.directory;
    if (const auto run = runErl(spec, context); !run)
        return std::unexpected(run.error());
    const auto answer = readAll(scratch.filePath(u"answer"_s));
    const auto term = answer ? erlang::parseFirstTerm(*answer) : erlang::Parsed<Term>();
    if (!answer || !term || !term->isTuple(2))
        return failure(u"otp.failed"_s, u"Erlang gave no answer that can be read."_s, u"Try it again."_s,
                       QString::fromUtf8(answer.value_or(QByteArray())));
    const OtpAnswer theirs{term->at(0).stringValue().value_or(QString()), term->at(1),
                           readAll(scratch.filePath(u"relup"_s))};
    return compareWithOtp(ours, theirs);
}

} // namespace handover::relup
