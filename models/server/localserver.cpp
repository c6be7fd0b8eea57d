// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/localserver.h"

#include "models/jobs/process.h"
#include "models/server/processguard.h"
#include "models/server/sshdfiles.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTcpServer>

#include <thread>

#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace handover::server {

struct LocalServer::Private
{
    SshdFiles files;
    int port = 0;
    QString user;
    ProcessGuard sshd;
};

namespace {

constexpr int Attempts = 5;
constexpr qint64 StartMs = 10'000;
constexpr qint64 MaximumLog = 64 * 1024;

[[nodiscard]] QByteArray readLog(const SshdFiles &files)
{
    QFile file(files.log());
    return file.open(QIODevice::ReadOnly) ? file.read(MaximumLog) : QByteArray();
}

[[nodiscard]] std::unexpected<Error> notStarted(const QByteArray &log)
{
    return failure(u"local-server.start"_s, u"The local SSH server did not start."_s,
                   u"Look at its own words below; they are also in sshd.log in its folder."_s,
                   QString::fromUtf8(log));
}

// sshd can't take port 0 and say what it got.
[[nodiscard]] int freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost, 0) ? probe.serverPort() : 0;
}

[[nodiscard]] QString userName()
{
    const passwd *entry = ::getpwuid(::getuid());
    return entry ? QString::fromLocal8Bit(entry->pw_name) : QString();
}

// Whether this sshd takes the configuration; what it says otherwise.
[[nodiscard]] Result<QByteArray> checkConfig(const QString &sshd, const SshdFiles &files,
                                             const JobContext &context)
{
    ProcessSpec test;
    test.program = sshd;
    test.arguments = {u"-t"_s, u"-f"_s, files.config()};
    test.timeoutMs = 10'000;
    test.logLines = false;
    const Result<ProcessOutcome> outcome = runProcess(test, context);
    if (!outcome)
        return std::unexpected(outcome.error());
    return outcome->exitCode == 0 ? QByteArray() : outcome->output;
}

enum class Start { Listening, PortTaken, Failed };

[[nodiscard]] Result<Start> awaitStart(ProcessGuard &sshd, const SshdFiles &files, int port,
                                       const JobContext &context)
{
    const QByteArray listening = "Server listening on 127.0.0.1 port " + QByteArray::number(port);
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < StartMs) {
        if (context.isCancelled())
            return cancellation();
        const bool running = sshd.isRunning();
        const QByteArray log = readLog(files);
        if (log.contains("Address already in use") || log.contains("Cannot bind any address"))
            return Start::PortTaken;
        if (!running)
            return Start::Failed;
        if (log.contains(listening))
            return Start::Listening;
        std::this_thread::sleep_for(10ms);
    }
    return Start::Failed;
}

} // namespace

LocalServer::LocalServer(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}
LocalServer::LocalServer(LocalServer &&) noexcept = default;
LocalServer &LocalServer::operator=(LocalServer &&) noexcept = default;
LocalServer::~LocalServer() = default;

Result<LocalServer> LocalServer::start(const Options &options, const JobContext &context)
{
    const QString sshd = findSshd();
    if (sshd.isEmpty())
        return failure(u"local-server.no-sshd"_s,
                       u"OpenSSH's server, sshd, is not installed on this machine."_s,
                       u"Install the package openssh-server."_s);
    auto d = std::make_unique<Private>();
    d->files.directory = QDir(QDir(options.directory).absolutePath());
    d->user = userName();
    if (const Result<void> prepared = d->files.prepare(context); !prepared)
        return std::unexpected(prepared.error());

    bool penalties = true; // OpenSSH 9.8 and newer; older ones don't know the word
    for (int attempt = 0; attempt < Attempts; ++attempt) {
        d->port = freePort();
        if (const Result<void> written = d->files.write(d->port, options, penalties); !written)
            return std::unexpected(written.error());
        const Result<QByteArray> complaint = checkConfig(sshd, d->files, context);
        if (!complaint)
            return std::unexpected(complaint.error());
        if (penalties && complaint->contains("PerSourcePenalties")) {
            penalties = false;
            continue;
        }
        if (!complaint->isEmpty())
            return notStarted(*complaint);

        QFile::remove(d->files.log());
        Result<ProcessGuard> process = ProcessGuard::start(
            QFile::encodeName(sshd), {"-D", "-e", "-f", QFile::encodeName(d->files.config())},
            QFile::encodeName(d->files.log()));
        if (!process)
            return std::unexpected(process.error());
        d->sshd = std::move(*process);
        const Result<Start> started = awaitStart(d->sshd, d->files, d->port, context);
        if (!started)
            return std::unexpected(started.error());
        if (*started == Start::Listening) {
            context.log(u"The local SSH server listens on 127.0.0.1 port %1"_s.arg(d->port));
            return LocalServer(std::move(d));
        }
        d->sshd.stop();
        if (*started == Start::Failed)
            break;
    }
    return notStarted(readLog(d->files));
}

int LocalServer::port() const { return d->port; }

Address LocalServer::address(const RemotePath &directory) const
{
    return {d->user, u"127.0.0.1"_s, d->port, directory};
}

ConnectOptions LocalServer::connectOptions() const
{
    ConnectOptions options;
    options.identityFile = d->files.clientKey();
    options.knownHostsFile = d->files.knownHosts();
    options.configFile = u"none"_s;
    return options;
}

void LocalServer::stop() { d->sshd.stop(); }

} // namespace handover::server
