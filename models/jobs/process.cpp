// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/process.h"

#include <QDeadlineTimer>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

#include <csignal>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace handover {

namespace {

// Feeds whole lines to the log; keeps the beginning of the next one.
class LineFeed
{
public:
    explicit LineFeed(const JobContext &context) : m_context(context) {}

    void add(const QByteArray &bytes)
    {
        m_rest += bytes;
        qsizetype from = 0;
        for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n', from)) {
            m_context.log(plainText(QByteArrayView(m_rest).sliced(from, end - from)));
            from = end + 1;
        }
        m_rest.remove(0, from);
    }

    void finish()
    {
        if (!m_rest.isEmpty())
            m_context.log(plainText(m_rest));
        m_rest.clear();
    }

private:
    const JobContext &m_context;
    QByteArray m_rest;
};

void endProcessGroup(QProcess &process)
{
    const auto group = static_cast<pid_t>(process.processId());
    if (group > 0)
        ::kill(-group, SIGTERM);
    if (!process.waitForFinished(2000)) {
        if (group > 0)
            ::kill(-group, SIGKILL);
        process.kill();
        process.waitForFinished(2000);
    } else if (group > 0) {
        ::kill(-group, SIGKILL); // what the leader left behind
    }
}

} // namespace

QString plainText(QByteArrayView terminalOutput)
{
    QByteArray plain;
    plain.reserve(terminalOutput.size());
    for (qsizetype i = 0; i < terminalOutput.size(); ++i) {
        const char c = terminalOutput[i];
        if (c == '\x1b') {
            if (i + 1 < terminalOutput.size() && terminalOutput[i + 1] == '[') {
                i += 2;
                while (i < terminalOutput.size() && (terminalOutput[i] < '@' || terminalOutput[i] > '~'))
                    ++i;
            } else {
                ++i;
            }
        } else if (c != '\r') {
            plain += c;
        }
    }
    return QString::fromUtf8(plain);
}

Result<ProcessOutcome> runProcess(const ProcessSpec &spec, const JobContext &context)
{
    if (context.isCancelled())
        return cancellation();

    QString program = spec.program;
    if (!program.contains(u'/')) {
        const QStringList path = spec.environment.value(u"PATH"_s).split(u':', Qt::SkipEmptyParts);
        program = path.isEmpty() ? QString() : QStandardPaths::findExecutable(spec.program, path);
        if (program.isEmpty())
            return failure(u"process.not-found"_s, u"The program %1 was not found on PATH."_s.arg(spec.program),
                           u"Install it, or add its folder to PATH."_s);
    }

    QProcess process;
    process.setProgram(program);
    process.setArguments(spec.arguments);
    process.setWorkingDirectory(spec.workingDirectory);
    process.setProcessEnvironment(spec.environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setChildProcessModifier([] { ::setpgid(0, 0); });
    process.start(QIODevice::ReadOnly);
    if (!process.waitForStarted(10'000))
        return failure(u"process.not-found"_s, u"%1 could not be started."_s.arg(program),
                       u"Check that it is there and may be executed."_s, process.errorString());

    ProcessOutcome outcome;
    LineFeed feed(context);
    const QDeadlineTimer deadline =
        spec.timeoutMs > 0 ? QDeadlineTimer(spec.timeoutMs) : QDeadlineTimer(QDeadlineTimer::Forever);
    const auto collect = [&] {
        const QByteArray bytes = process.readAll();
        outcome.output += bytes;
        if (spec.logLines)
            feed.add(bytes);
    };
    while (process.state() != QProcess::NotRunning) {
        process.waitForReadyRead(50);
        collect();
        if (context.isCancelled() || deadline.hasExpired()) {
            endProcessGroup(process);
            collect();
            if (context.isCancelled())
                return cancellation();
            return failure(u"process.timeout"_s, u"%1 did not finish in %2 s and was ended."_s
                               .arg(QFileInfo(program).fileName()).arg(spec.timeoutMs / 1000),
                           u"Try again, or look at its output in the log."_s, QString::fromUtf8(outcome.output));
        }
    }
    collect();
    feed.finish();
    if (process.exitStatus() == QProcess::CrashExit)
        return failure(u"process.crashed"_s, u"%1 was ended by a signal."_s.arg(QFileInfo(program).fileName()),
                       u"Look at its output in the log."_s, QString::fromUtf8(outcome.output));
    outcome.exitCode = process.exitCode();
    return outcome;
}

Result<> startDetached(const QStringList &command)
{
    if (!command.isEmpty() && QProcess::startDetached(command.first(), command.sliced(1)))
        return {};
    return failure(u"process.not-found"_s, u"%1 could not be started."_s.arg(command.value(0)),
                   u"Check that it is installed."_s);
}

} // namespace handover
