// SPDX-License-Identifier: GPL-3.0-or-later
// What a pause, a cancel, a cut, the end of the program or a kill leaves, and how it goes on.
#include "queuefixture.h"

#include <QCborArray>
#include <QCborMap>
#include <QProcess>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using namespace handover::transfer;

class TransferBreaksTest : public QObject, protected QueueFixture
{
    Q_OBJECT

private slots:
    void initTestCase() { start(); }
    void init() { begin(); }
    void cleanup() { close(); }

    void pauseAndResume_data() { ways(); }
    void pauseAndResume()
    {
        QFETCH(const Way, way);
        TestServer::write(sourceOf(way, u"file"_s), m_large);
        TestServer::write(targetOf(way, u"file"_s), "old");
        const quint64 id = add(way, u"file"_s, Answer::Overwrite);
        QVERIFY(runsUpTo(id, Large / 3));
        m_queue->pause(id);
        QVERIFY(comesTo(id, State::Paused));
        QCOMPARE(TestServer::contents(targetOf(way, u"file"_s)), "old"_ba);
        const qint64 before = m_relay->carried();
        m_queue->resume(id);
        QVERIFY(comesTo(id, State::Done));
        QVERIFY(m_relay->carried() - before < Large * 2 / 3 + 1'000'000);
        QVERIFY(TestServer::contents(targetOf(way, u"file"_s)) == m_large);
        QCOMPARE(namesIn(targetOf(way, {})), QStringList{u"file"_s});
    }

    void cancel_data()
    {
        QTest::addColumn<Way>("way");
        QTest::addColumn<QString>("when");
        for (const Way way : {Way::Up, Way::Down}) {
            const char *const name = way == Way::Up ? "up" : "down";
            QTest::addRow("%s: running", name) << way << u"running"_s;
            QTest::addRow("%s: paused", name) << way << u"paused"_s;
            QTest::addRow("%s: unreachable", name) << way << u"unreachable"_s;
        }
    }
    void cancel()
    {
        QFETCH(const Way, way);
        QFETCH(const QString, when);
        TestServer::write(sourceOf(way, u"file"_s), m_large);
        TestServer::write(targetOf(way, u"file"_s), "old");
        const quint64 id = add(way, u"file"_s, Answer::Overwrite);
        QVERIFY(runsUpTo(id, Large / 3));
        if (when == "paused"_L1) {
            m_queue->pause(id);
            QVERIFY(comesTo(id, State::Paused));
        } else if (when == "unreachable"_L1) {
            m_relay->setOpen(false);
            m_relay->cutNow();
            QVERIFY(comesTo(id, State::Retrying));
            QVERIFY2(words(id).contains(u"Trying again in"_s), qPrintable(words(id)));
        }
        QCOMPARE(namesIn(targetOf(way, {})).size(), 2); // a part is there
        m_queue->cancel(id);
        QVERIFY(comesTo(id, State::Cancelled));
        if (when == "unreachable"_L1) {
            QTest::qWait(500); // it can't be removed now
            close();
            m_relay->setOpen(true);
            open(); // in the next program
            m_queue->connected(u"a"_s);
        }
        QVERIFY(QTest::qWaitFor([&] { return namesIn(targetOf(way, {})) == QStringList{u"file"_s}; }, Patience));
        QCOMPARE(TestServer::contents(targetOf(way, u"file"_s)), "old"_ba);
        if (when != "unreachable"_L1) {
            m_queue->retry(id);
            QVERIFY(comesTo(id, State::Done));
            QVERIFY(TestServer::contents(targetOf(way, u"file"_s)) == m_large);
        }
    }

    // By itself, and with little sent twice.
    void cut_data() { ways(); }
    void cut()
    {
        QFETCH(const Way, way);
        TestServer::write(sourceOf(way, u"file"_s), m_large);
        const qint64 before = m_relay->carried();
        m_relay->cutAfter(Large / 2);
        const quint64 id = add(way, u"file"_s);
        QVERIFY(comesTo(id, State::Retrying));
        QVERIFY2(code(id) == "server.connection-lost"_L1, qPrintable(code(id)));
        m_relay->cutAfter(Large / 4);
        QVERIFY(comesTo(id, State::Running, 4000));
        QVERIFY(comesTo(id, State::Retrying));
        QVERIFY(comesTo(id, State::Done, 8000));
        QVERIFY(TestServer::contents(targetOf(way, u"file"_s)) == m_large);
        QVERIFY2(m_relay->carried() - before < Large * 2, QByteArray::number(m_relay->carried() - before).constData());
    }

    void restart_data() { ways(); }
    void restart()
    {
        QFETCH(const Way, way);
        TestServer::write(sourceOf(way, u"file"_s), m_large);
        TestServer::write(sourceOf(way, u"next"_s), "next");
        const QList<quint64> ids = m_queue->add({transfer(way, u"file"_s), transfer(way, u"next"_s)});
        QVERIFY(runsUpTo(ids[0], Large / 2));
        close();
        const qint64 before = m_relay->carried();
        open();
        QCOMPARE(m_queue->rowCount(), 2);
        for (const quint64 id : ids) {
            QCOMPARE(state(id), State::Paused);
            QVERIFY(words(id).contains(u"end of the program"_s));
        }
        QVERIFY(value(ids[0], TransferQueue::DoneRole).toLongLong() >= Large / 3);
        m_queue->connected(u"a"_s);
        for (const quint64 id : ids)
            QVERIFY(comesTo(id, State::Done));
        QVERIFY(m_relay->carried() - before < Large * 2 / 3 + 1'000'000);
        QVERIFY(TestServer::contents(targetOf(way, u"file"_s)) == m_large);
        QCOMPARE(namesIn(targetOf(way, {})), (QStringList{u"file"_s, u"next"_s}));
    }

    // Another process carries it and is killed; this one finds what it left.
    void killed_data() { ways(); }
    void killed()
    {
        QFETCH(const Way, way);
        close();
        TestServer::write(sourceOf(way, u"file"_s), noise(200'000'000, 5));
        TestServer::write(targetOf(way, u"file"_s), "old");
        QProcess carrier;
        carrier.setProcessChannelMode(QProcess::ForwardedChannels);
        carrier.start(QCoreApplication::applicationFilePath(),
                      {u"--carry"_s, way == Way::Up ? u"up"_s : u"down"_s, address().text(), m_options.identityFile,
                       m_options.knownHostsFile, m_state, here(u"file"_s), there(u"file"_s)});
        const auto arrived = [&] {
            qint64 bytes = 0;
            const QFileInfoList parts =
                QDir(targetOf(way, {})).entryInfoList({u"*.part"_s}, QDir::Files | QDir::Hidden);
            for (const QFileInfo &part : parts)
                bytes += part.size();
            return bytes;
        };
        const bool half = QTest::qWaitFor([&] { return arrived() > 80'000'000; }, Patience);
        carrier.kill();
        QVERIFY(carrier.waitForFinished());
        QVERIFY(half);
        QCOMPARE(TestServer::contents(targetOf(way, u"file"_s)), "old"_ba);
        open();
        QCOMPARE(m_queue->rowCount(), 1);
        const quint64 id = m_queue->index(0).data(TransferQueue::IdRole).toULongLong();
        QCOMPARE(state(id), State::Paused);
        m_queue->connected(u"a"_s);
        QVERIFY(comesTo(id, State::Done));
        QVERIFY(TestServer::contents(targetOf(way, u"file"_s)) == noise(200'000'000, 5));
        QCOMPARE(namesIn(targetOf(way, {})), QStringList{u"file"_s});
    }

    // What the file says is not believed further than it makes sense.
    void hostileFile_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << ""_ba;
        QTest::newRow("noise") << noise(1000);
        QTest::newRow("deep") << QByteArray(100'000, '\x81'); // arrays in arrays
        const QCborMap entry{{u"id"_s, -1},
                             {u"way"_s, 7},
                             {u"local"_s, u"../x"_s},
                             {u"remote"_s, "/../x"_ba},
                             {u"part"_s, "../../x"_ba}};
        const QCborMap map{{u"format"_s, 1},
                           {u"entries"_s, QCborArray{entry, 1, u"x"_s}},
                           {u"leftovers"_s, QCborArray{QCborArray{u"a"_s, m_test.remote("precious").bytes()}, 5}}};
        QTest::newRow("senseless") << map.toCborValue().toCbor();
    }
    void hostileFile()
    {
        QFETCH(const QByteArray, bytes);
        close();
        TestServer::write(m_state + u"/x.queue"_s, bytes);
        TestServer::write(there(u"precious"_s), "precious");
        open();
        QCOMPARE(m_queue->rowCount(), 0);
        m_queue->connected(u"a"_s);
        TestServer::write(here(u"file"_s), "x");
        QVERIFY(comesTo(add(Way::Up, u"file"_s), State::Done));
        QCOMPARE(TestServer::contents(there(u"precious"_s)), "precious"_ba);
    }

    // Another program's queue is its own as long as it runs.
    void twoPrograms()
    {
        TestServer::write(here(u"file"_s), "x");
        const quint64 id = add(Way::Up, u"file"_s);
        QVERIFY(comesTo(id, State::Done));
        TransferQueue other([this](const QString &server) { return link(server); }, m_state);
        QCOMPARE(other.rowCount(), 0);
    }
};

namespace {

// "--carry up|down ADDRESS KEY KNOWN-HOSTS STATE HERE THERE": a program that is made to be killed.
int carryOn(const QStringList &arguments)
{
    const auto address = Address::parse(arguments.value(3));
    const auto remote = RemotePath::parse(QFile::encodeName(arguments.value(8)));
    if (!address || !remote)
        return 1;
    ConnectOptions options;
    options.identityFile = arguments.value(4);
    options.knownHostsFile = arguments.value(5);
    options.configFile = u"none"_s;
    const auto link = std::make_shared<ServerLink>(*address, options);
    TransferQueue queue([link](const QString &) { return link; }, arguments.value(6));
    QObject::connect(&queue, &TransferQueue::busyChanged, &queue, [&] {
        if (!queue.isBusy())
            QCoreApplication::quit();
    });
    queue.add({{arguments.value(2) == "up"_L1 ? Way::Up : Way::Down, u"a"_s, arguments.value(7), *remote,
                Answer::Overwrite}});
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == "--carry"_L1)
        return carryOn(app.arguments());
    TransferBreaksTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_transferbreaks.moc"
