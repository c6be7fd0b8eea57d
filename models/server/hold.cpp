// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/sessionprivate.h"

#include <QDeadlineTimer>

#include <libssh/libssh.h>

#include <chrono>

#include <poll.h>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr uint32_t MostOutput = 4096;
constexpr auto GoodbyeTime = std::chrono::seconds(2);

// Whether something arrived.
[[nodiscard]] bool hear(ssh_channel channel, bool isError, QByteArray &into)
{
    char piece[MostOutput];
    const int got = ssh_channel_read_nonblocking(channel, piece, MostOutput, isError ? 1 : 0);
    if (got > 0 && into.size() < MostOutput)
        into.append(piece, got);
    return got > 0;
}

} // namespace

struct Hold::Private
{
    explicit Private(Channel held)
        : channel(std::move(held))
    {
    }
    // What the program held is free again only when it has ended: that is waited for, a little.
    ~Private()
    {
        if (!ssh_channel_is_open(channel.get()) || ssh_channel_send_eof(channel.get()) != SSH_OK)
            return;
        QByteArray rest;
        const QDeadlineTimer enough(GoodbyeTime);
        while (!ssh_channel_is_eof(channel.get()) && !ssh_channel_is_closed(channel.get()) && !enough.hasExpired()) {
            if (ssh_channel_poll_timeout(channel.get(), 50, 0) == SSH_ERROR)
                return;
            (void)hear(channel.get(), false, rest);
        }
    }
    Q_DISABLE_COPY_MOVE(Private)

    Channel channel;
};

Hold::Hold(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}
Hold::Hold(Hold &&) noexcept = default;
Hold &Hold::operator=(Hold &&) noexcept = default;
Hold::~Hold() = default;

Result<Held> Session::hold(const RemotePath &directory, const QList<QByteArray> &command, const QByteArray &line,
                           const JobContext &context)
{
    const Result<QByteArray> shellLine = d->commandLine(directory.bytes(), command, context);
    if (!shellLine)
        return std::unexpected(shellLine.error());
    if (const Result<void> able = d->ready(context); !able)
        return std::unexpected(able.error());
    Call call(*d, context);
    Result<Channel> owner = d->startProgram(*shellLine, call, context);
    if (!owner)
        return std::unexpected(owner.error());
    ssh_channel channel = owner->get();
    const QByteArray input = line + '\n';
    // A program that has ended already takes nothing; what it said is in the channel still.
    if (ssh_channel_write(channel, input.constData(), static_cast<uint32_t>(input.size())) == SSH_ERROR
        && (!d->isConnected() || !(ssh_channel_is_eof(channel) || ssh_channel_is_closed(channel))))
        return call.lost();
    call.restart();
    Held held;
    while (!held.outcome.output.contains('\n')) {
        const bool moved = hear(channel, false, held.outcome.output) | hear(channel, true, held.outcome.errorOutput);
        if (context.isCancelled() || !d->isConnected() || call.elapsed() >= d->options.timeoutSeconds * 1000)
            return call.lost();
        if (moved)
            continue;
        if (ssh_channel_is_eof(channel) || ssh_channel_is_closed(channel)) {
            uint32_t status = 255;
            ssh_channel_get_exit_state(channel, &status, nullptr, nullptr);
            held.outcome.exitStatus = static_cast<int>(status);
            return held;
        }
        pollfd waiting{d->socket.get(), POLLIN, 0};
        ::poll(&waiting, 1, 100);
    }
    held.hold.emplace(std::make_unique<Hold::Private>(*std::move(owner)));
    return held;
}

} // namespace handover::server
