// SPDX-License-Identifier: GPL-3.0-or-later
// Small files, several at a time to one distant server.
#include "queuefixture.h"

#include "tests/support/delayrelay.h"

#include <QSignalSpy>
#include <QTcpSocket>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace handover;
using namespace handover::server;
using namespace handover::transfer;

namespace {

constexpr int AtOnce = 4;
constexpr int Files = 40;

} // namespace

class SmallFilesTest : public QObject, protected QueueFixture
{
    Q_OBJECT

    std::unique_ptr<test::DelayRelay> m_way;     ///< to the relay that can be cut
    std::unique_ptr<test::DelayRelay> m_slowWay; ///< by which half of the files take over a second
    int m_most = 0; ///< running at a time, so far

    static QByteArray contentsOf(int number) { return noise(2000 + number, static_cast<quint32>(number)); }
    static QString nameOf(int number) { return u"file%1"_s.arg(number, 2, 10, QLatin1Char('0')); }
    void writeFolder(Way way) const
    {
        QVERIFY(QDir().mkpath(sourceOf(way, u"folder"_s)));
        for (int i = 0; i < Files; ++i)
            TestServer::write(sourceOf(way, u"folder/"_s + nameOf(i)), contentsOf(i));
    }
    [[nodiscard]] bool hasArrived(Way way) const
    {
        QStringList names;
        for (int i = 0; i < Files; ++i) {
            names += nameOf(i);
            if (TestServer::contents(targetOf(way, u"folder/"_s + nameOf(i))) != contentsOf(i))
                return false;
        }
        return namesIn(targetOf(way, u"folder"_s)) == names; // and nothing is left over
    }
    [[nodiscard]] int count(State state) const
    {
        int count = 0;
        for (int row = 0; row < m_queue->rowCount(); ++row)
            count += stateOf(m_queue->index(row)) == state ? 1 : 0;
        return count;
    }
    [[nodiscard]] int running() const { return count(State::Running); }
    [[nodiscard]] bool allCome(State state = State::Done) const
    {
        return QTest::qWaitFor([&] { return m_queue->rowCount() > 0 && count(state) == m_queue->rowCount(); }, Patience);
    }
    [[nodiscard]] bool allWork() const ///< each in a session that is there
    {
        return QTest::qWaitFor([this] { return running() == AtOnce && count(State::Done) > Files / 2; }, Patience);
    }
    static std::shared_ptr<ServerLink> distant(Address address, ConnectOptions options, int port)
    {
        address.port = port;
        const auto session = Session::connect(address, options, {});
        if (codeOf(session) == u"server.host-key-unknown"_s) // the server is known by another port
            options.acceptedHostKey = session.error().detail.toLatin1();
        return std::make_shared<ServerLink>(address, options, AtOnce);
    }

private slots:
    void initTestCase()
    {
        start();
        m_way = test::DelayRelay::start(m_relay->port(), 10ms);
        m_slowWay = test::DelayRelay::start(m_relay->port(), 60ms);
        QVERIFY(m_way && m_slowWay);
    }
    void init()
    {
        begin();
        m_links[u"a"_s] = distant(address(), m_options, m_way->port());
        m_most = 0;
        connect(m_queue.get(), &QAbstractItemModel::dataChanged, this, [this] { m_most = qMax(m_most, running()); });
    }
    void cleanup() { close(); }

    void folder_data() { ways(); }
    void folder()
    {
        QFETCH(const Way, way);
        writeFolder(way);
        const int before = m_relay->accepted();
        const quint64 id = add(way, u"folder"_s);
        QVERIFY(comesTo(id, State::Done));
        QVERIFY(allCome());
        QVERIFY(hasArrived(way));
        QCOMPARE(m_most, AtOnce);
        QCOMPARE(m_relay->accepted() - before, AtOnce);
    }

    // What is large, or of unknown size, has the line for itself, and is not overtaken. The first small one tells that
    // the server is distant.
    void largeOnesAreAlone()
    {
        TestServer::write(here(u"large"_s), noise(3'000'000));
        QList<Transfer> all;
        for (const QString &name : {u"one"_s, u"two"_s, u"three"_s, u"large"_s, u"four"_s, u"five"_s, u"unknown"_s}) {
            if (name != u"large"_s)
                TestServer::write(here(name), "small");
            all += transfer(Way::Up, name);
            all.last().size = name == u"unknown"_s ? -1 : QFileInfo(here(name)).size();
        }
        QList<quint64> begun;
        QList<int> beside;
        connect(m_queue.get(), &QAbstractItemModel::dataChanged, this, [&](const QModelIndex &index) {
            const quint64 id = index.data(TransferQueue::IdRole).toULongLong();
            if (stateOf(index) != State::Running || begun.contains(id))
                return;
            begun += id;
            beside += running();
        });
        const QList<quint64> ids = m_queue->add(all);
        QVERIFY(allCome());
        QCOMPARE(begun, ids);
        QCOMPARE(beside, (QList{1, 1, 2, 1, 1, 2, 1}));
    }

    // The server lets nobody in twice; what it takes is enough.
    void oneConnectionOnly()
    {
        TestServer strict;
        QVERIFY(strict.start("PasswordAuthentication no\nMaxStartups 1:100:1\n"));
        const auto way = test::DelayRelay::start(strict.server().port(), 10ms);
        QVERIFY(way);
        m_links[u"a"_s] = distant(strict.address(), strict.server().connectOptions(), way->port());
        // Half a log-in takes the one place that the server has for those who are not in yet.
        QVERIFY(m_links[u"a"_s]->use<int>({}, [](Session &) { return Result<int>(0); }));
        QTcpSocket half;
        half.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(strict.server().port()));
        QVERIFY(half.waitForConnected(5000) && half.waitForReadyRead(5000));
        QVERIFY(QDir().mkpath(here(u"folder"_s)));
        for (int i = 0; i < Files; ++i)
            TestServer::write(here(u"folder/"_s + nameOf(i)), contentsOf(i));
        m_queue->add({{Way::Up, u"a"_s, here(u"folder"_s), strict.remote("folder")}});
        QVERIFY(allCome());
        for (int i = 0; i < Files; ++i)
            QCOMPARE(TestServer::contents(strict.local(u"folder/"_s + nameOf(i))), contentsOf(i));
    }

    // Once for all that ran: not a pause that grows with each of them.
    void cut_data() { ways(); }
    void cut()
    {
        QFETCH(const Way, way);
        writeFolder(way);
        m_links[u"a"_s] = distant(address(), m_options, m_slowWay->port());
        const quint64 id = add(way, u"folder"_s);
        QVERIFY(comesTo(id, State::Done));
        QVERIFY(allWork());
        m_relay->cutNow();
        QVERIFY(QTest::qWaitFor([this] { return count(State::Retrying) > 0; }, Patience));
        QElapsedTimer clock;
        clock.start();
        QVERIFY(QTest::qWaitFor([this] { return count(State::Running) > 0; }, Patience));
        QVERIFY2(clock.elapsed() < 4000, QByteArray::number(clock.elapsed()).constData()); // the second pause is 5 s
        QVERIFY(allCome());
        QVERIFY(hasArrived(way));
    }

    // Wrong answers are not tried by each of them.
    void asksOnce()
    {
        writeFolder(Way::Up);
        m_links[u"a"_s] = distant(address(), m_options, m_slowWay->port());
        const ConnectOptions right = m_links[u"a"_s]->options();
        ConnectOptions wrong = right;
        wrong.identityFile = here(u"folder"_s); // no key at all
        const QSignalSpy stopped(m_queue.get(), &TransferQueue::stopped);
        add(Way::Up, u"folder"_s);
        QVERIFY(allWork());
        m_links[u"a"_s]->setOptions(wrong);
        const int before = m_relay->accepted();
        m_relay->cutNow();
        QVERIFY(QTest::qWaitFor([&] { return stopped.size() > 0 && count(State::Done) + count(State::Paused) == m_queue->rowCount(); },
                                Patience));
        QCOMPARE(stopped.size(), 1);
        QCOMPARE(m_relay->accepted() - before, 1);
        m_links[u"a"_s]->setOptions(right);
        m_queue->connected(u"a"_s);
        QVERIFY(allCome());
        QVERIFY(hasArrived(Way::Up));
    }

    // Wherever it is cut: the target is the old file or the new one, and in the end that, and nothing else.
    void cutAnywhere_data()
    {
        QTest::addColumn<Way>("way");
        QTest::addColumn<Answer>("answer");
        QTest::newRow("up") << Way::Up << Answer::Ask;
        QTest::newRow("up, over another") << Way::Up << Answer::Overwrite;
        QTest::newRow("down") << Way::Down << Answer::Ask;
        QTest::newRow("down, over another") << Way::Down << Answer::Overwrite;
    }
    void cutAnywhere()
    {
        QFETCH(const Way, way);
        QFETCH(const Answer, answer);
        constexpr int Cuts = 30;
        m_links[u"a"_s] = std::make_shared<ServerLink>(address(), m_options);
        const QByteArray contents = contentsOf(0);
        const auto carried = [&](const QString &name) {
            const qint64 before = m_relay->carried();
            TestServer::write(sourceOf(way, name), contents);
            return comesTo(add(way, name), State::Done) ? m_relay->carried() - before : 0;
        };
        QVERIFY(carried(u"first"_s) > 0); // and connected
        const qint64 bytes = carried(u"second"_s);
        int cuts = 0;
        for (int i = 0; i < Cuts; ++i) {
            const QString name = nameOf(i);
            TestServer::write(sourceOf(way, name), contents);
            if (answer == Answer::Overwrite)
                TestServer::write(targetOf(way, name), "old");
            m_relay->cutAfter(bytes * i / Cuts);
            const quint64 id = add(way, name, answer);
            QVERIFY(QTest::qWaitFor([&] { return state(id) == State::Done || state(id) == State::Retrying; }, Patience));
            const QByteArray meanwhile = TestServer::contents(targetOf(way, name));
            QVERIFY(meanwhile == contents || meanwhile == (answer == Answer::Overwrite ? "old"_ba : QByteArray()));
            cuts += state(id) == State::Retrying ? 1 : 0;
            m_queue->retry(id);
            QVERIFY(comesTo(id, State::Done));
            QCOMPARE(TestServer::contents(targetOf(way, name)), contents);
            QCOMPARE(namesIn(targetOf(way, {})).size(), i + 3);
        }
        QVERIFY2(cuts > Cuts / 2, QByteArray::number(cuts).constData());
    }

    void pauseAndCancel()
    {
        writeFolder(Way::Up);
        const quint64 id = add(Way::Up, u"folder"_s);
        QVERIFY(QTest::qWaitFor([this] { return m_queue->rowCount() == Files + 1 && running() > 1; }, Patience));
        m_queue->pauseAll();
        QVERIFY(QTest::qWaitFor([this] { return running() == 0; }, Patience));
        m_queue->resumeAll();
        QVERIFY(QTest::qWaitFor([this] { return running() > 1; }, Patience));
        for (int row = m_queue->rowCount() - 1; row > 0; --row)
            m_queue->cancel(m_queue->index(row).data(TransferQueue::IdRole).toULongLong());
        QVERIFY(QTest::qWaitFor([this] { return !m_queue->isBusy(); }, Patience));
        QCOMPARE(state(id), State::Done);
        const auto isClean = [this] {
            return std::ranges::none_of(namesIn(there(u"folder"_s)), [](const QString &name) { return !name.startsWith(u"file"_s); });
        };
        QVERIFY(QTest::qWaitFor(isClean, Patience));
    }
};

QTEST_GUILESS_MAIN(SmallFilesTest)
#include "tst_smallfiles.moc"
