// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/sample.h"

#include "models/repo/history.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QThread>

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

constexpr qint64 StartLimitMs = 30'000;

// A port that was free a moment ago; whoever takes it meanwhile makes the start fail in words.
quint16 freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : quint16(0);
}

// The node and the release's script both read it; on a command line others could.
bool writeCookie(const QString &home)
{
    QByteArray cookie;
    for (int i = 0; i < 20; ++i)
        cookie += static_cast<char>('A' + QRandomGenerator::system()->bounded(26));
    QFile file(home + u"/.erlang.cookie"_s);
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner) && file.write(cookie) == cookie.size();
}

Result<server::ExecOutcome> run(server::Session &session, const QList<QByteArray> &command, const JobContext &context)
{
    return session.exec(session.address().directory, command, context);
}

std::unexpected<Error> startFailure(const server::ExecOutcome &outcome)
{
    return failure(u"sample.start"_s, u"The sample's node did not start."_s,
                   u"Look at log/erlang.log.1 in its release directory."_s,
                   QString::fromUtf8(outcome.output + outcome.errorOutput));
}

Result<void> install(server::Session &session, const package::Manifest &tarball, const JobContext &context)
{
    context.progress(u"Installing %1 %2 on the local server"_s.arg(tarball.name, tarball.version));
    const auto place = session.address().directory.child("first.tar.gz");
    if (!place)
        return std::unexpected(place.error());
    if (const auto sent = session.upload(tarball.file, *place, context); !sent)
        return std::unexpected(sent.error());
    const auto unpacked = run(session, {"tar", "-xzf", "first.tar.gz"}, context);
    if (!unpacked)
        return std::unexpected(unpacked.error());
    if (unpacked->exitStatus != 0)
        return startFailure(*unpacked);
    return session.removeFile(*place, context);
}

Result<void> startNode(server::Session &session, const QByteArray &script, const JobContext &context)
{
    context.progress(u"Starting the node"_s);
    // daemon waits for ever for a node that can't boot.
    const auto daemon = run(session, {"timeout", "30", script, "daemon"}, context);
    if (!daemon)
        return std::unexpected(daemon.error());
    if (daemon->exitStatus != 0)
        return startFailure(*daemon);
    QElapsedTimer clock;
    clock.start();
    while (true) {
        const auto ping = run(session, {script, "ping"}, context);
        if (!ping)
            return std::unexpected(ping.error());
        if (ping->exitStatus == 0)
            return {};
        if (clock.elapsed() > StartLimitMs)
            return startFailure(*ping);
        if (context.isCancelled())
            return cancellation();
        QThread::msleep(100);
    }
}

} // namespace

Result<void> makeSampleProject(const QString &directory, const JobContext &context)
{
    QFile file(u":/demo/history.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return failure(u"sample.missing"_s, u"The sample project is not part of this program."_s,
                       u"Build Handover again."_s);
    QList<repo::HistoryEntry> entries;
    for (const QJsonValue &value : QJsonDocument::fromJson(file.readAll()).array()) {
        const QJsonObject object = value.toObject();
        entries += repo::HistoryEntry{u":/demo/"_s + object[u"tree"_s].toString(),
                                      object[u"message"_s].toString(),
                                      object[u"tag"_s].toString().toUtf8(),
                                      object[u"annotated"_s].toBool(),
                                      object[u"tagMessage"_s].toString(),
                                      QDateTime::fromString(object[u"date"_s].toString(), Qt::ISODate)};
    }
    return repo::makeHistory(directory, u"tally sample"_s, u"tally@example.invalid"_s, entries, context);
}

struct SampleServer::Private
{
    server::LocalServer sshd;
    server::RemotePath release;
    QByteArray script; ///< bin/NAME
    QByteArray epmd;   ///< erts-VSN/bin/epmd
    quint16 port = 0;
    bool running = true;
};

Result<SampleServer> SampleServer::start(const QString &directory, const package::Manifest &tarball,
                                         const JobContext &context)
{
    const QString home = directory + u"/home"_s;
    const QString releaseDirectory = directory + u"/release"_s;
    if (!QDir().mkpath(home) || !QDir().mkpath(releaseDirectory) || !QDir().mkpath(directory + u"/pipes"_s)
        || !writeCookie(home))
        return failure(u"sample.start"_s, u"The folder %1 can't be prepared."_s.arg(directory),
                       u"Check that it is empty, that you may write there and that the disk is not full."_s);
    const quint16 port = freePort();

    // Another node of the same name may run on this machine: epmd, pipes and cookie are our own.
    server::LocalServer::Options options;
    options.directory = directory + u"/sshd"_s;
    options.environment = {{u"HOME"_s, home},
                           {u"TALLY_PORT"_s, QString::number(port)},
                           {u"ERL_EPMD_PORT"_s, QString::number(freePort())},
                           {u"ERL_EPMD_ADDRESS"_s, u"127.0.0.1"_s},
                           {u"ERL_AFLAGS"_s, u"-kernel inet_dist_use_interface {127,0,0,1}"_s},
                           {u"PIPE_DIR"_s, directory + u"/pipes/"_s}};
    auto sshd = server::LocalServer::start(options, context);
    if (!sshd)
        return std::unexpected(sshd.error());
    const auto release = server::RemotePath::parse(releaseDirectory.toUtf8());
    if (!release)
        return std::unexpected(release.error());

    auto d = std::make_unique<Private>(Private{std::move(*sshd), *release, "bin/" + tarball.name.toUtf8(),
                                               "erts-" + tarball.erts.toUtf8() + "/bin/epmd", port});
    SampleServer sample(std::move(d)); // from here on stops what was started
    auto session = server::Session::connect(sample.address(), sample.connectOptions(), context);
    if (!session)
        return std::unexpected(session.error());
    if (auto done = install(*session, tarball, context); !done)
        return std::unexpected(done.error());
    if (auto done = startNode(*session, sample.d->script, context); !done)
        return std::unexpected(done.error());
    return sample;
}

SampleServer::SampleServer(std::unique_ptr<Private> p) : d(std::move(p)) {}
SampleServer::SampleServer(SampleServer &&) noexcept = default;

SampleServer &SampleServer::operator=(SampleServer &&other) noexcept
{
    stop();
    d = std::move(other.d);
    return *this;
}

SampleServer::~SampleServer() { stop(); }

server::Address SampleServer::address() const { return d->sshd.address(d->release); }

server::ConnectOptions SampleServer::connectOptions() const { return d->sshd.connectOptions(); }

quint16 SampleServer::tallyPort() const { return d->port; }

void SampleServer::stop()
{
    if (!d || !d->running)
        return;
    d->running = false;
    const JobContext quiet;
    if (auto session = server::Session::connect(address(), connectOptions(), quiet)) {
        // Best effort, in this order: epmd refuses to go while a node is registered.
        (void)run(*session, {"timeout", "20", d->script, "stop"}, quiet);
        (void)run(*session, {d->epmd, "-kill"}, quiet);
    }
    d->sshd.stop();
}

} // namespace handover::workspace
