// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/build/rebar3.h"

#include "models/jobs/process.h"

#include <QFile>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QStorageInfo>

#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace handover::build {

namespace {

QProcessEnvironment rebar3Environment(const QMap<QString, QString> &extra)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    // What would make the build depend on the shell that Handover was started from, or lead git
    // to another repository than the checkout.
    for (const auto &name : {u"REBAR_BASE_DIR"_s, u"REBAR_PROFILE"_s, u"DEBUG"_s, u"QUIET"_s, u"DIAGNOSTIC"_s,
                             u"GIT_DIR"_s, u"GIT_WORK_TREE"_s, u"GIT_INDEX_FILE"_s, u"ERL_FLAGS"_s, u"ERL_AFLAGS"_s})
        environment.remove(name);
    environment.insert(u"TERM"_s, u"dumb"_s);
    if (environment.value(u"HOME"_s).isEmpty()) { // Erlang doesn't start without one
        if (const passwd *user = ::getpwuid(::getuid()))
            environment.insert(u"HOME"_s, QFile::decodeName(user->pw_dir));
    }
    for (auto it = extra.begin(); it != extra.end(); ++it)
        environment.insert(it.key(), it.value());
    return environment;
}

TextPlace placeFrom(const QRegularExpressionMatch &match)
{
    return {match.captured(u"line").toInt(), qMax(1, match.captured(u"column").toInt())};
}

} // namespace

Result<QByteArray> runRebar3(const QString &directory, const QStringList &arguments,
                             const QMap<QString, QString> &environment, const JobContext &context)
{
    ProcessSpec spec;
    spec.program = u"rebar3"_s;
    spec.arguments = arguments;
    spec.workingDirectory = directory;
    spec.environment = rebar3Environment(environment);
    const QStringList path = spec.environment.value(u"PATH"_s).split(u':', Qt::SkipEmptyParts);
    // rebar3 is an escript: without erl it dies with words about "escript" that help nobody.
    if (path.isEmpty() || QStandardPaths::findExecutable(u"rebar3"_s, path).isEmpty())
        return failure(u"build.no-rebar3"_s, u"rebar3 was not found on PATH."_s,
                       u"Install rebar3 (on Debian and Ubuntu: apt install rebar3), or add its folder to PATH."_s);
    if (QStandardPaths::findExecutable(u"erl"_s, path).isEmpty())
        return failure(u"build.no-erl"_s, u"Erlang's erl was not found on PATH."_s,
                       u"Install Erlang/OTP (on Debian and Ubuntu: apt install erlang), or add its folder to PATH."_s);

    context.log(u"$ rebar3 %1"_s.arg(arguments.join(u' ')));
    const auto outcome = runProcess(spec, context);
    if (!outcome)
        return std::unexpected(outcome.error());
    if (outcome->exitCode != 0) {
        const QString output = plainText(outcome->output);
        if (QStorageInfo(directory).bytesAvailable() < 1024 * 1024)
            return failure(u"build.disk"_s, u"The disk of %1 is full."_s.arg(directory),
                           u"Make room there, or keep builds elsewhere (HANDOVER_CACHE_DIR)."_s, output);
        return failure(u"build.rebar3"_s, u"rebar3 %1 failed: %2"_s.arg(arguments.first(), lastWords(output)),
                       u"The log has its whole output."_s, output);
    }
    return outcome->output;
}

QList<Issue> parseOutput(const QString &plainOutput)
{
    // Rich:     ┌─ apps/a/src/a.erl:        Minimal: apps/a/src/a.erl:6:4: syntax error before: x
    //        12 │  foo( -> ok.
    //           │       ╰── syntax error before: '->'
    static const QRegularExpression richFile(u"^\\s*┌─ (?<file>.+?):?\\s*$"_s);
    static const QRegularExpression richLine(u"^\\s*(?<line>\\d+)\\s*│(?<text>.*)$"_s);
    static const QRegularExpression richWords(u"^\\s*│(?<gap>\\s*)╰──\\s*(?<words>.*)$"_s);
    static const QRegularExpression minimal(u"^(?<file>[^\\s:][^:]*\\.[a-z]+):(?<line>\\d+):(?:(?<column>\\d+):)? (?<words>.+)$"_s);

    QList<Issue> issues;
    QString file;
    TextPlace place;
    const auto add = [&](const QString &where, TextPlace at, QString words) {
        Issue issue;
        issue.code = u"build.compiler"_s;
        issue.severity = Severity::Error;
        for (const auto &prefix : {u"Warning: "_s, u"warning: "_s}) {
            if (words.startsWith(prefix)) {
                issue.severity = Severity::Warning;
                words = words.mid(prefix.size());
            }
        }
        issue.message = words.trimmed();
        issue.file = where;
        issue.place = at;
        issues += issue;
    };
    for (const QString &line : plainOutput.split(u'\n')) {
        if (const auto match = richFile.match(line); match.hasMatch()) {
            file = match.captured(u"file");
            place = {};
        } else if (const auto source = richLine.match(line); source.hasMatch()) {
            place = {source.captured(u"line").toInt(), 1};
        } else if (const auto words = richWords.match(line); words.hasMatch() && !file.isEmpty()) {
            add(file, {place.line, qMax(1, static_cast<int>(words.captured(u"gap").size()))}, words.captured(u"words"));
        } else if (const auto found = minimal.match(line); found.hasMatch()) {
            add(found.captured(u"file"), placeFrom(found), found.captured(u"words"));
        }
    }
    return issues;
}

QString lastWords(const QString &plainOutput)
{
    const QList<Issue> issues = parseOutput(plainOutput);
    for (const Issue &issue : issues) {
        if (issue.severity == Severity::Error)
            return u"%1:%2: %3"_s.arg(issue.file).arg(issue.place.line).arg(issue.message);
    }
    QStringList paragraph;
    for (const QString &line : plainOutput.split(u'\n')) {
        const QString text = line.trimmed();
        if (text.isEmpty() || text.startsWith(u"*WARNING*"))
            continue;
        if (text.startsWith(u"===> ")) {
            const QString words = text.mid(5);
            // These come before and after what matters.
            if (words.startsWith(u"Verifying dep") || words.startsWith(u"Analyzing app")
                || words.startsWith(u"Run with DEBUG") || words.startsWith(u"When submitting"))
                continue;
            paragraph = {words};
        } else if (!paragraph.isEmpty()) {
            paragraph += text;
        }
    }
    return paragraph.isEmpty() ? u"it said nothing."_s : paragraph.mid(0, 4).join(u' ');
}

} // namespace handover::build
