// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/jobqueue.h"
#include "models/server/serverlink.h"
#include "tests/support/testserver.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTcpServer>

#include <csignal>
#include <latch>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace handover;
using namespace handover::server;

class ServerLinkTest : public QObject
{
    Q_OBJECT

    TestServer m_test;

    [[nodiscard]] Result<pid_t> process(ServerLink &link) const
    {
        return link.use<pid_t>({}, [this](Session &session) { return Result<pid_t>(processOf(session, m_test.files())); });
    }
    [[nodiscard]] ConnectOptions options() { return m_test.server().connectOptions(); }

private slots:
    void initTestCase() { QVERIFY(m_test.start("LogLevel DEBUG1\n")); }

    void keepsAnIdleConnection()
    {
        ServerLink link(m_test.address(), options(), 1, 50ms);
        const auto before = process(link);
        VERIFY_RESULT(before);
        const auto asked = [this] { return TestServer::contents(m_test.path(u"sshd/sshd.log"_s)).count("keepalive@openssh.com"); };
        QVERIFY(QTest::qWaitFor([&] { return asked() >= 3; }, 10'000));
        QCOMPARE(process(link).value(), *before);
    }

    void adoptsWhatConnectingGave()
    {
        ServerLink link(m_test.address(), options());
        auto session = m_test.connect();
        VERIFY_RESULT(session);
        const pid_t there = processOf(*session, m_test.files());
        link.adopt(std::move(session));
        QCOMPARE(process(link).value(), there);
        // An error is said once; then it connects by itself.
        link.adopt(cancellation());
        QVERIFY(process(link).error().isCancelled());
        const auto again = process(link);
        VERIFY_RESULT(again);
        QVERIFY(*again != there);
    }

    // A server that is cut off says nothing any more; neither does one that is stopped.
    void replacesADeadConnection_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("silent") << SIGSTOP;
        QTest::newRow("gone") << SIGKILL;
    }
    void replacesADeadConnection()
    {
        QFETCH(int, signal);
        ConnectOptions impatient = options();
        impatient.timeoutSeconds = 3;
        ServerLink link(m_test.address(), impatient, 1, 50ms);
        const auto before = process(link);
        VERIFY_RESULT(before);
        ::kill(*before, signal);
        QTest::qWait(3500); // the keeper waits for its answer for three seconds
        QElapsedTimer clock;
        clock.start();
        const auto after = process(link);
        ::kill(*before, SIGKILL);
        VERIFY_RESULT(after);
        QVERIFY(*after != *before);
        QVERIFY2(clock.elapsed() < 2900, QByteArray::number(clock.elapsed()).constData());
    }

    void endsWhileItWaits()
    {
        QElapsedTimer clock;
        pid_t server = 0;
        {
            ServerLink link(m_test.address(), options(), 1, 50ms);
            const auto found = process(link);
            VERIFY_RESULT(found);
            server = *found;
            ::kill(server, SIGSTOP);
            QTest::qWait(300);
            clock.start();
        }
        ::kill(server, SIGKILL);
        QVERIFY2(clock.elapsed() < 9000, QByteArray::number(clock.elapsed()).constData());
    }

    // Neither what ended well nor what was refused.
    void leavesNothingOpen()
    {
        const auto open = [] { return QDir(u"/proc/self/fd"_s).count(); };
        ConnectOptions wrong = options();
        wrong.identityFile = m_test.path(u"none"_s);
        (void)m_test.connect(); // what the first opens for good
        const auto before = open();
        for (int i = 0; i < 5; ++i) {
            const auto session = m_test.connect();
            VERIFY_RESULT(session);
            QVERIFY(!Session::connect(m_test.address(), wrong, {}));
        }
        QCOMPARE(open(), before);
    }

    // Each at the same time in a session of its own; those that nobody needs any more are closed.
    void severalAtATime()
    {
        constexpr int Most = 3;
        ServerLink link(m_test.address(), options(), Most, 200ms);
        std::mutex mutex;
        QList<pid_t> inUse;
        QList<pid_t> all;
        int most = 0;
        const auto work = [&](Session &session) -> Result<int> {
            const pid_t server = processOf(session, m_test.files());
            {
                const std::scoped_lock lock(mutex);
                if (inUse.contains(server))
                    return cancellation();
                inUse.append(server);
                most = qMax(most, static_cast<int>(inUse.size()));
                if (!all.contains(server))
                    all.append(server);
            }
            std::this_thread::sleep_for(1000ms);
            const std::scoped_lock lock(mutex);
            inUse.removeOne(server);
            return 0;
        };
        std::atomic<int> failed = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 2 * Most; ++i)
                threads.emplace_back([&] { failed += link.use<int>({}, work) ? 0 : 1; });
        }
        QCOMPARE(failed.load(), 0);
        QCOMPARE(most, Most);
        QCOMPARE(all.size(), Most);
        const auto living = [&] { return std::ranges::count_if(all, [](pid_t server) { return ::kill(server, 0) == 0; }); };
        QTRY_COMPARE_WITH_TIMEOUT(living(), 1, 10000);
        QCOMPARE(process(link).value(), all.constFirst());
    }

    // As many wrong log-ins as there are attempts to connect, and not one for each that waits.
    void aRefusalIsForAllThatWait()
    {
        ConnectOptions wrong = options();
        wrong.identityFile = m_test.path(u"none"_s);
        const auto refusals = [this] { return TestServer::contents(m_test.path(u"sshd/sshd.log"_s)).count("Connection from"); };
        const auto before = refusals();
        ServerLink link(m_test.address(), wrong, 3);
        std::atomic<int> failed = 0;
        {
            std::latch together(5);
            std::vector<std::jthread> threads;
            for (int i = 0; i < 5; ++i)
                threads.emplace_back([&] {
                    together.arrive_and_wait();
                    failed += link.use<int>({}, [](Session &) { return Result<int>(0); }) ? 0 : 1;
                });
        }
        QCOMPARE(failed.load(), 5);
        QTRY_VERIFY(refusals() > before);
        QCOMPARE(refusals() - before, 1);
    }

    void waitingCanBeCancelled()
    {
        ServerLink link(m_test.address(), options());
        std::atomic<bool> goOn = false;
        std::atomic<bool> busy = false;
        std::jthread other([&] {
            (void)link.use<int>({}, [&](Session &) {
                busy = true;
                while (!goOn)
                    std::this_thread::sleep_for(5ms);
                return Result<int>(1);
            });
        });
        QVERIFY(QTest::qWaitFor([&] { return busy.load(); }, 20'000));
        std::stop_source stop;
        std::jthread cancel([&] {
            QTest::qSleep(100);
            stop.request_stop();
        });
        const auto result = link.use<int>(JobContext(stop.get_token(), {}), [](Session &) { return Result<int>(2); });
        QCOMPARE(codeOf(result), u"cancelled"_s);
        goOn = true;
    }

    void hangingServersHoldUpNobody()
    {
        QTcpServer mute;
        QVERIFY(mute.listen(QHostAddress::LocalHost));
        std::vector<std::shared_ptr<ServerLink>> links;
        JobQueue jobs;
        for (int i = 0; i < 20; ++i) {
            links.push_back(std::make_shared<ServerLink>(Address{{}, u"127.0.0.1"_s, mute.serverPort(), m_test.files()}, options()));
            jobs.start<int>(u"hangs"_s, [link = links.back()](const JobContext &context) {
                return link->use<int>(context, [](Session &) { return Result<int>(0); });
            }, nullptr, {});
        }
        ServerLink good(m_test.address(), options());
        QElapsedTimer clock;
        clock.start();
        QEventLoop loop;
        Job *job = jobs.start<pid_t>(u"works"_s, [&](const JobContext &) { return process(good); }, nullptr, {});
        connect(job, &Job::finished, &loop, &QEventLoop::quit);
        loop.exec();
        QCOMPARE(job->state(), Job::State::Done);
        QVERIFY2(clock.elapsed() < 9000, QByteArray::number(clock.elapsed()).constData());
        QVERIFY(jobs.isBusy());
    }
};

QTEST_GUILESS_MAIN(ServerLinkTest)
#include "tst_serverlink.moc"
