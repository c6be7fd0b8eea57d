// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/localserver.h"
#include "models/server/session.h"
#include "models/transfer/transferqueue.h"
#include "tests/bench/bench.h"
#include "tests/support/delayrelay.h"

#include <QEventLoop>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace handover::bench {

namespace {

using server::LocalServer;
using server::RemotePath;
using server::Session;

enum class Way { Up, Down };

constexpr qsizetype FileSize = 200'000'000;

/// sshd on this machine, perhaps with a long line to it, and a file that can't be compressed. In memory, where the
/// system has room there: it is the line that is measured, not the disk.
struct Bench
{
    QTemporaryDir directory{QFile::exists(u"/dev/shm"_s) ? u"/dev/shm/handover_bench-XXXXXX"_s
                                                         : QDir::temp().filePath(u"handover_bench-XXXXXX"_s)};
    std::optional<LocalServer> sshd;
    std::unique_ptr<test::DelayRelay> relay;
    server::ConnectOptions options;
    int port = 0;
    Way way = Way::Up;

    [[nodiscard]] QString source() const { return directory.filePath(u"source"_s); }
    [[nodiscard]] QString target() const { return directory.filePath(u"target"_s); }

    [[nodiscard]] std::optional<QString> writeSource() const
    {
        QFile file(source());
        QList<quint32> piece(1'000'000);
        if (!file.open(QIODevice::WriteOnly))
            return file.errorString();
        QRandomGenerator random(4711);
        for (qsizetype done = 0; done < FileSize; done += piece.size() * qsizetype(sizeof(quint32))) {
            random.fillRange(piece.data(), piece.size());
            if (file.write(reinterpret_cast<const char *>(piece.constData()), piece.size() * qint64(sizeof(quint32))) < 0)
                return file.errorString();
        }
        return std::nullopt;
    }

    // The line has another port than sshd, and known_hosts names the port.
    [[nodiscard]] std::optional<QString> lengthen(std::chrono::milliseconds roundTrip)
    {
        port = sshd->port();
        options = sshd->connectOptions();
        if (roundTrip.count() == 0)
            return std::nullopt;
        relay = test::DelayRelay::start(port, roundTrip);
        QFile known(options.knownHostsFile);
        QFile ours(directory.filePath(u"known_hosts"_s));
        if (!relay || !known.open(QIODevice::ReadOnly) || !ours.open(QIODevice::WriteOnly))
            return u"There is no long line to be had."_s;
        const QByteArray before = "]:" + QByteArray::number(port) + ' ';
        const QByteArray after = "]:" + QByteArray::number(relay->port()) + ' ';
        ours.write(known.readAll().replace(before, after));
        port = relay->port();
        options.knownHostsFile = ours.fileName();
        return std::nullopt;
    }

    [[nodiscard]] std::optional<QString> begin(Way which, std::chrono::milliseconds roundTrip)
    {
        way = which;
        auto started = LocalServer::start({directory.filePath(u"sshd"_s), {}, {}}, {});
        if (!started)
            return started.error().words();
        sshd.emplace(*std::move(started));
        return lengthen(roundTrip);
    }

    [[nodiscard]] server::Address address() const
    {
        auto address = sshd->address(*RemotePath::parse(QFile::encodeName(directory.path())));
        address.port = port;
        return address;
    }

    // From nothing to the checked file.
    [[nodiscard]] Timed ours() const
    {
        const auto begin = std::chrono::steady_clock::now();
        auto session = Session::connect(address(), options, {});
        if (!session)
            return std::unexpected(session.error().words());
        const auto from = RemotePath::parse(QFile::encodeName(source()));
        const auto to = RemotePath::parse(QFile::encodeName(target()));
        if (way == Way::Up) {
            if (const auto sent = session->upload(source(), *to, {}); !sent)
                return std::unexpected(sent.error().words());
        } else if (const auto fetched = session->download(*from, target(), {}); !fetched || !fetched->checked) {
            return std::unexpected(fetched ? u"It was not checked."_s : fetched.error().words());
        }
        return std::chrono::steady_clock::now() - begin;
    }

    [[nodiscard]] Timed theirs() const
    {
        return sftp((way == Way::Up ? u"put %1 %2\n"_s : u"get %1 %2\n"_s).arg(source(), target()));
    }
    [[nodiscard]] Timed sftp(const QString &batch) const
    {
        QProcess sftp;
        const auto begin = std::chrono::steady_clock::now();
        sftp.start(u"sftp"_s, {u"-q"_s, u"-b"_s, u"-"_s, u"-F"_s, u"none"_s, u"-P"_s, QString::number(port), u"-i"_s,
                               options.identityFile, u"-o"_s, u"IdentitiesOnly=yes"_s, u"-o"_s,
                               u"UserKnownHostsFile="_s + options.knownHostsFile, u"127.0.0.1"_s});
        sftp.write(batch.toUtf8());
        sftp.closeWriteChannel();
        if (!sftp.waitForFinished(600'000) || sftp.exitStatus() != QProcess::NormalExit || sftp.exitCode() != 0)
            return std::unexpected(QString(u"sftp: "_s + QString::fromUtf8(sftp.readAllStandardError())));
        return std::chrono::steady_clock::now() - begin;
    }

    [[nodiscard]] bool arrived() const
    {
        QFile from(source());
        QFile to(target());
        const bool same = from.open(QIODevice::ReadOnly) && to.open(QIODevice::ReadOnly) && from.readAll() == to.readAll();
        return same && QFile::remove(target());
    }
};

std::expected<Runner, QString> setUp(Way way, std::chrono::milliseconds roundTrip)
{
    const auto bench = std::make_shared<Bench>();
    if (const auto problem = bench->begin(way, roundTrip))
        return std::unexpected(*problem);
    if (const auto problem = bench->writeSource())
        return std::unexpected(*problem);
    for (const auto side : {&Bench::ours, &Bench::theirs}) {
        if (const Timed round = (*bench.*side)(); !round)
            return round.error().isEmpty() ? std::unexpected(u"sftp failed."_s) : std::unexpected(round.error());
        if (!bench->arrived())
            return std::unexpected(u"Another file arrived."_s);
    }
    Runner runner;
    runner.ours = [bench] { return bench->ours(); };
    runner.peer = [bench] { return bench->theirs(); };
    runner.note = [] { return u"connecting included; only ours compares check sums"_s; };
    return runner;
}

constexpr int Files = 100;
constexpr qsizetype SmallSize = 4096;

/// The same with a folder of small files, as the window carries it: it is the ways that count, not the bytes.
struct SmallBench : Bench
{
    [[nodiscard]] std::optional<QString> writeFiles() const
    {
        for (int i = 0; i < Files; ++i) {
            QFile file(source() + u"/%1"_s.arg(i));
            if (!QDir().mkpath(source()) || !file.open(QIODevice::WriteOnly) || file.write(QByteArray(SmallSize, static_cast<char>(i))) != SmallSize)
                return file.errorString();
        }
        return std::nullopt;
    }
    [[nodiscard]] Timed ours() const
    {
        const auto begin = std::chrono::steady_clock::now();
        const auto link = std::make_shared<server::ServerLink>(address(), options, transfer::TransferQueue::SessionsEach);
        const QTemporaryDir state;
        transfer::TransferQueue queue([&](const QString &) { return link; }, state.path());
        QEventLoop loop;
        QObject::connect(&queue, &transfer::TransferQueue::busyChanged, &loop, [&] {
            if (!queue.isBusy())
                loop.quit();
        });
        queue.add({{transfer::Way::Up, u"server"_s, source(), *RemotePath::parse(QFile::encodeName(target()))}});
        loop.exec();
        for (int row = 0; row < queue.rowCount(); ++row) {
            const QModelIndex index = queue.index(row);
            if (transfer::stateOf(index) != transfer::State::Done)
                return std::unexpected(index.data(transfer::TransferQueue::WordsRole).toString());
        }
        return std::chrono::steady_clock::now() - begin;
    }
    [[nodiscard]] Timed theirs() const { return sftp(u"put -r %1/. %2\n"_s.arg(source(), target())); }
    [[nodiscard]] bool makeWay() const
    {
        return QDir(target()).removeRecursively() && QDir().mkpath(target());
    }
    [[nodiscard]] bool arrived() const
    {
        for (int i = 0; i < Files; ++i) {
            QFile file(target() + u"/%1"_s.arg(i));
            if (!file.open(QIODevice::ReadOnly) || file.readAll() != QByteArray(SmallSize, static_cast<char>(i)))
                return false;
        }
        return true;
    }
};

std::expected<Runner, QString> setUpSmall(std::chrono::milliseconds roundTrip)
{
    const auto bench = std::make_shared<SmallBench>();
    if (const auto problem = bench->begin(Way::Up, roundTrip))
        return std::unexpected(*problem);
    if (const auto problem = bench->writeFiles())
        return std::unexpected(*problem);
    const auto timed = [bench](Timed (SmallBench::*side)() const) -> Timed {
        if (!bench->makeWay())
            return std::unexpected(u"The folder can't be emptied."_s);
        return (*bench.*side)();
    };
    for (const auto side : {&SmallBench::ours, &SmallBench::theirs}) {
        if (const Timed round = timed(side); !round)
            return std::unexpected(round.error());
        if (!bench->arrived())
            return std::unexpected(u"Other files arrived."_s);
    }
    Runner runner;
    runner.ours = [timed] { return timed(&SmallBench::ours); };
    runner.peer = [timed] { return timed(&SmallBench::theirs); };
    runner.note = [] { return u"connecting included; only ours checks them, writes to the disk and renames"_s; };
    return runner;
}

Benchmark smallBenchmark(int roundTrip)
{
    return {u"sftp-small-%1"_s.arg(roundTrip), u"100 files of 4 KB to a server %1 ms away, against OpenSSH's sftp"_s.arg(roundTrip),
            std::nullopt, [=] { return setUpSmall(std::chrono::milliseconds(roundTrip)); }};
}

Benchmark benchmark(Way way, int roundTrip)
{
    const QString words = way == Way::Up ? u"200 MB to a server %1 ms away, against OpenSSH's sftp"_s
                                         : u"200 MB from a server %1 ms away, against OpenSSH's sftp"_s;
    Benchmark made{(way == Way::Up ? u"sftp-up-%1"_s : u"sftp-down-%1"_s).arg(roundTrip), words.arg(roundTrip), std::nullopt,
                   [=] { return setUp(way, std::chrono::milliseconds(roundTrip)); }};
    made.leastRatio = roundTrip == 0 ? 1.5 : 1.7;
    return made;
}

} // namespace

QList<Benchmark> sftpBenchmarks()
{
    QList<Benchmark> all;
    for (const Way way : {Way::Up, Way::Down}) {
        for (const int roundTrip : {0, 20, 100})
            all.append(benchmark(way, roundTrip));
    }
    for (const int roundTrip : {0, 20})
        all.append(smallBenchmark(roundTrip));
    return all;
}

} // namespace handover::bench
