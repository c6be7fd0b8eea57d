// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/quoting.h"
#include "models/server/sessionprivate.h"

#include <QDeadlineTimer>

#include <libssh/libssh.h>
#include <libssh/server.h> // ssh_send_keepalive() is a client's, too

#include <poll.h>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr qsizetype MaximumOutput = 16 * 1024 * 1024;
constexpr qsizetype MaximumComplaint = 64 * 1024; // of a program that is followed
constexpr uint32_t PieceSize = 64 * 1024;

enum class Moved { Nothing, Something, Failed };

[[nodiscard]] Moved receive(ssh_channel channel, bool isError, QByteArray &into)
{
    char piece[PieceSize];
    const int got = ssh_channel_read_nonblocking(channel, piece, PieceSize, isError ? 1 : 0);
    if (got > 0)
        into.append(piece, got);
    return got > 0 ? Moved::Something : got == SSH_ERROR ? Moved::Failed : Moved::Nothing;
}

// Never more than the window takes: a blocking write could wait for a program that itself waits
// for somebody to read its output.
[[nodiscard]] Moved send(ssh_channel channel, QByteArrayView &rest, bool &endSent)
{
    if (endSent)
        return Moved::Nothing;
    const auto room = static_cast<qsizetype>(std::min(ssh_channel_window_size(channel), PieceSize));
    const qsizetype size = std::min(room, rest.size());
    if (size > 0) {
        const int sent = ssh_channel_write(channel, rest.data(), static_cast<uint32_t>(size));
        if (sent == SSH_ERROR)
            return Moved::Failed;
        rest = rest.sliced(sent);
    }
    if (rest.isEmpty()) {
        endSent = true;
        return ssh_channel_send_eof(channel) == SSH_OK ? Moved::Something : Moved::Failed;
    }
    return size > 0 ? Moved::Something : Moved::Nothing;
}

void passOn(ExecOutcome &outcome, const Session::OutputSink &sink)
{
    if (!outcome.output.isEmpty())
        sink(outcome.output);
    outcome.output.clear();
    if (outcome.errorOutput.size() > MaximumComplaint)
        outcome.errorOutput = outcome.errorOutput.last(MaximumComplaint / 2);
}

[[nodiscard]] QByteArray signalName(char *name)
{
    const QByteArray result(name);
    ssh_string_free_char(name);
    return result;
}

} // namespace

void ChannelDeleter::operator()(ssh_channel_struct *channel) const noexcept
{
    if (ssh_channel_is_open(channel)) // closing one that was refused closes the other side's first, that of SFTP
        ssh_channel_close(channel);
    ssh_channel_free(channel);
}

Result<Channel> Session::Private::startProgram(const QByteArray &line, Call &call, const JobContext &context)
{
    Channel owner(ssh_channel_new(ssh.get()));
    ssh_channel channel = owner.get();
    // A server may allow no channel besides that of SFTP (MaxSessions in sshd_config), or no programs.
    const bool opened = channel && ssh_channel_open_session(channel) == SSH_OK;
    if (opened && ssh_channel_request_exec(channel, line.constData()) == SSH_OK)
        return owner;
    if (context.isCancelled() || !isConnected() || ssh_get_error_code(ssh.get()) != SSH_REQUEST_DENIED)
        return call.lost();
    return failure(u"server.no-exec"_s, u"%1 does not let this user run programs."_s.arg(address.host),
                   u"Handover asks the node through the release's own script; this user needs a shell."_s, lastWords());
}

Result<ExecOutcome> Session::exec(const RemotePath &directory, const QList<QByteArray> &command,
                                  const JobContext &context, const QByteArray &input, int limitSeconds)
{
    const Result<QByteArray> line = d->commandLine(directory.bytes(), command, context);
    if (!line)
        return std::unexpected(line.error());
    return d->run(*line, QString::fromUtf8(command.first()), context, input, limitSeconds,
                  Private::OnCancel::Cut);
}

Result<> Session::keepAlive(const JobContext &context)
{
    if (const Result<> able = d->ready(context); !able)
        return able;
    Call call(*d, context);
    // libssh doesn't say whether an answer came: a client may refuse the question, which is one, too.
    if (ssh_send_keepalive(d->ssh.get()) != SSH_OK || !d->isThere() || call.elapsed() >= d->options.timeoutSeconds * 900)
        return call.lost();
    return {};
}

Result<ExecOutcome> Session::stream(const RemotePath &directory, const QList<QByteArray> &command,
                                    const JobContext &context, const OutputSink &output)
{
    const Result<QByteArray> line = d->commandLine(directory.bytes(), command, context);
    if (!line)
        return std::unexpected(line.error());
    return d->run(*line, QString::fromUtf8(command.first()), context, {}, 0, Private::OnCancel::Cut, output);
}

Result<ExecOutcome> Session::Private::run(const QByteArray &line, const QString &program,
                                          const JobContext &context, QByteArrayView input, int limitSeconds,
                                          OnCancel onCancel, const OutputSink &sink)
{
    if (const Result<void> able = ready(context); !able)
        return std::unexpected(able.error());
    Call call(*this, context, onCancel);
    const Result<Channel> channel = startProgram(line, call, context);
    if (!channel)
        return std::unexpected(channel.error());
    return hearOut(channel->get(), program, call, context, {input, false, limitSeconds, sink});
}

Result<ExecOutcome> Session::Private::hearOut(ssh_channel channel, const QString &program, Call &call,
                                              const JobContext &context, const Hearing &hearing)
{
    ExecOutcome outcome;
    QByteArrayView rest = hearing.input;
    bool endSent = hearing.endSent;
    const int limitSeconds = hearing.limitSeconds;
    QElapsedTimer silence;
    silence.start();
    const QDeadlineTimer limit = limitSeconds > 0 ? QDeadlineTimer(std::chrono::seconds(limitSeconds))
                                                  : QDeadlineTimer(QDeadlineTimer::Forever);
    while (true) {
        const Moved in = send(channel, rest, endSent);
        const Moved out = receive(channel, false, outcome.output);
        const Moved err = receive(channel, true, outcome.errorOutput);
        if (context.isCancelled() || !isConnected())
            return call.lost();
        if (hearing.sink)
            passOn(outcome, hearing.sink);
        if (outcome.output.size() + outcome.errorOutput.size() > MaximumOutput)
            return failure(u"server.output-too-large"_s, u"%1 wrote more than 16 MiB."_s.arg(program),
                           u"This is not what that program should do; look at it on the server."_s);
        if (in == Moved::Something || out == Moved::Something || err == Moved::Something) {
            silence.start();
            continue;
        }
        if (ssh_channel_is_eof(channel) || ssh_channel_is_closed(channel))
            break;
        if (out == Moved::Failed || err == Moved::Failed)
            return call.lost();
        if (limit.hasExpired())
            return failure(u"server.timeout"_s,
                           u"%1 did not finish within %2 s."_s.arg(program).arg(limitSeconds),
                           u"It may still run on the server; look at it there."_s,
                           QString::fromUtf8(outcome.errorOutput));
        if (silence.elapsed() > options.timeoutSeconds * 1000) {
            call.restart();
            if (ssh_send_keepalive(ssh.get()) != SSH_OK || !isConnected() ||
                call.elapsed() >= options.timeoutSeconds * 900)
                return call.lost();
            silence.start();
        }
        pollfd waiting{socket.get(), POLLIN, 0};
        ::poll(&waiting, 1, 100);
    }

    call.restart();
    uint32_t status = 255;
    char *signal = nullptr;
    int dumped = 0;
    if (ssh_channel_get_exit_state(channel, &status, &signal, &dumped) != SSH_OK) {
        if (context.isCancelled() || !isConnected())
            return call.lost();
        status = 255;
    }
    outcome.signal = signalName(signal);
    outcome.exitStatus = outcome.signal.isEmpty() ? static_cast<int>(status) : 255;
    return outcome;
}

} // namespace handover::server
