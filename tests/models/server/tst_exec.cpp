// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/quoting.h"
#include "tests/support/testserver.h"

#include <QElapsedTimer>

#include <csignal>
#include <thread>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;

class ExecTest : public QObject
{
    Q_OBJECT

    TestServer m_test;
    std::optional<Session> m_session;

private slots:
    void initTestCase() { QVERIFY(m_test.start()); }
    void init()
    {
        if (m_session && m_session->isAlive())
            return;
        auto session = m_test.connect();
        VERIFY_RESULT(session);
        m_session.emplace(std::move(*session));
    }
    void cleanup() { QVERIFY2(!QFile::exists(m_test.local(u"pwned"_s)), "a shell ran what was data"); }

    void outcome_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<QByteArray>("errorOutput");
        QTest::addColumn<QByteArray>("signal");
        QTest::newRow("both streams") << "echo out; echo err >&2; exit 3"_ba << 3 << "out\n"_ba
                                      << "err\n"_ba
                                      << ""_ba;
        QTest::newRow("nothing") << ":"_ba << 0 << ""_ba
                                 << ""_ba
                                 << ""_ba;
        QTest::newRow("no terminal") << "test -t 0 || test -t 1 || test -t 2 || echo none"_ba << 0
                                     << "none\n"_ba
                                     << ""_ba
                                     << ""_ba;
        QTest::newRow("carriage returns stay") << "printf 'a\\r\\nb\\n'"_ba << 0 << "a\r\nb\n"_ba
                                               << ""_ba
                                               << ""_ba;
        QTest::newRow("signal") << "kill -KILL $$"_ba << 255 << ""_ba
                                << ""_ba
                                << "KILL"_ba;
        QTest::newRow("late output") << "echo a; sleep 0.4; echo b"_ba << 0 << "a\nb\n"_ba
                                     << ""_ba
                                     << ""_ba;
        QTest::newRow("output closed early") << "exec >&- 2>&-; sleep 0.3; exit 7"_ba << 7 << ""_ba
                                             << ""_ba
                                             << ""_ba;
    }
    void outcome()
    {
        QFETCH(QByteArray, script);
        const auto said = m_session->exec(m_test.files(), {"/bin/sh", "-c", script}, {});
        VERIFY_RESULT(said);
        QTEST(said->exitStatus, "status");
        QTEST(said->output, "output");
        QTEST(said->errorOutput, "errorOutput");
        QTEST(said->signal, "signal");
    }

    void directory()
    {
        QVERIFY(QDir(m_test.local()).mkpath(u"a b'$(touch pwned)\n\"é"_s));
        const RemotePath where = m_test.remote("a b'$(touch pwned)\n\"\xc3\xa9");
        QCOMPARE(m_session->exec(where, {"printenv", "PWD"}, {})->output, QByteArray(where.bytes() + '\n'));
        const auto missing = m_session->exec(m_test.remote("none"), {"touch", "pwned"}, {});
        VERIFY_RESULT(missing);
        QVERIFY(missing->exitStatus != 0);
        QVERIFY(m_session->exec(m_test.files(), {"no-such-program"}, {})->exitStatus == 127);
    }

    void nastyArguments_data()
    {
        QTest::addColumn<QByteArray>("argument");
        QTest::newRow("command substitution") << "$(touch pwned)"_ba;
        QTest::newRow("back ticks") << "`touch pwned`"_ba;
        QTest::newRow("end of quotes") << "'; touch pwned; '"_ba;
        QTest::newRow("newline") << "a\ntouch pwned\n"_ba;
        QTest::newRow("globs") << "* ~ ? [a-z] {a,b}"_ba;
        QTest::newRow("history") << "!! !$"_ba;
        QTest::newRow("backslashes") << "\\n\\\\\\"_ba;
        QTest::newRow("empty") << ""_ba;
        QTest::newRow("not UTF-8") << "\xff\xfe\x80"_ba;
        QTest::newRow("option") << "--help"_ba;
        QTest::newRow("long") << QByteArray(100'000, 'x');
    }
    void nastyArguments()
    {
        QFETCH(QByteArray, argument);
        const auto said = m_session->exec(m_test.files(), {"printf", "%s|", argument, "end"}, {});
        VERIFY_RESULT(said);
        QCOMPARE(said->output, QByteArray(argument + "|end|"));
    }

    void randomArguments()
    {
        // Every byte that a shell can pass on, in random order, several arguments at once.
        QList<QByteArray> command{"printf", "%s\\0"};
        QByteArray expected;
        for (quint32 i = 0; i < 200; ++i) {
            QByteArray argument = noise(i % 50, i + 1);
            argument.replace('\0', "'");
            command += argument;
            expected += argument + '\0';
        }
        const auto said = m_session->exec(m_test.files(), command, {});
        VERIFY_RESULT(said);
        QCOMPARE(said->output, expected);
    }

    void input()
    {
        const QByteArray bytes = noise(5'000'000);
        const auto said = m_session->exec(m_test.files(), {"cat"}, {}, bytes); // fills both windows at once
        VERIFY_RESULT(said);
        QCOMPARE(said->output.size(), bytes.size());
        QVERIFY(said->output == bytes);
        QCOMPARE(m_session->exec(m_test.files(), {"cat"}, {})->output, QByteArray());
        QCOMPARE(m_session->exec(m_test.files(), {"true"}, {}, bytes)->exitStatus, 0); // nobody reads it
    }

    void outputBound()
    {
        const auto much = m_session->exec(m_test.files(), {"sh", "-c", "head -c 16777216 /dev/zero"}, {});
        VERIFY_RESULT(much);
        QCOMPARE(much->output.size(), 16777216);
        QCOMPARE(codeOf(m_session->exec(m_test.files(), {"yes"}, {})), u"server.output-too-large"_s);
        QCOMPARE(codeOf(m_session->exec(m_test.files(), {"sh", "-c", "exec yes >&2"}, {})),
                 u"server.output-too-large"_s);
        QVERIFY(m_session->isAlive());
        QCOMPARE(m_session->exec(m_test.files(), {"echo", "still"}, {})->output, "still\n"_ba);
    }

    void timeLimit()
    {
        QElapsedTimer clock;
        clock.start();
        const auto slow = m_session->exec(m_test.files(), {"sleep", "30"}, {}, {}, 1);
        QCOMPARE(codeOf(slow), u"server.timeout"_s);
        QVERIFY(clock.elapsed() < 9000);
        QVERIFY(m_session->isAlive());
        QCOMPARE(m_session->exec(m_test.files(), {"echo", "still"}, {})->output, "still\n"_ba);
    }

    void silentProgramIsWaitedFor()
    {
        ConnectOptions options = m_test.server().connectOptions();
        options.timeoutSeconds = 1;
        auto session = Session::connect(m_test.address(), options, {});
        VERIFY_RESULT(session);
        const auto said = session->exec(m_test.files(), {"sh", "-c", "sleep 3.5; echo done"}, {});
        VERIFY_RESULT(said);
        QCOMPARE(said->output, "done\n"_ba);
    }

    void frozenServerIsNotWaitedFor()
    {
        ConnectOptions options = m_test.server().connectOptions();
        options.timeoutSeconds = 1;
        auto session = Session::connect(m_test.address(), options, {});
        VERIFY_RESULT(session);
        const pid_t pid = processOf(*session, m_test.files());
        QVERIFY(pid > 1);
        std::jthread freeze([&] {
            QTest::qSleep(300);
            ::kill(pid, SIGSTOP);
        });
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(codeOf(session->exec(m_test.files(), {"sleep", "30"}, {})), u"server.timeout"_s);
        QVERIFY2(clock.elapsed() < 6000, QByteArray::number(clock.elapsed()).constData());
        ::kill(pid, SIGKILL);
    }

    void cancel()
    {
        std::stop_source stop;
        std::jthread cancel([&] {
            QTest::qSleep(300);
            stop.request_stop();
        });
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(codeOf(m_session->exec(m_test.files(), {"sleep", "30"}, {stop.get_token(), {}})),
                 u"cancelled"_s);
        QVERIFY2(clock.elapsed() < 9000, QByteArray::number(clock.elapsed()).constData());
        QVERIFY(!m_session->isAlive());
        QCOMPARE(codeOf(m_session->exec(m_test.files(), {"true"}, {})), u"server.connection-lost"_s);
    }

    void killedWhileItRuns()
    {
        const pid_t pid = processOf(*m_session, m_test.files());
        QVERIFY(pid > 1);
        std::jthread killer([&] {
            QTest::qSleep(300);
            ::kill(pid, SIGKILL);
        });
        QCOMPARE(codeOf(m_session->exec(m_test.files(), {"sleep", "30"}, {})), u"server.connection-lost"_s);
        QVERIFY(!m_session->isAlive());
    }

    void noShell()
    {
        TestServer test;
        QVERIFY(test.start("ForceCommand internal-sftp\n"));
        auto session = test.connect();
        VERIFY_RESULT(session);
        const auto said = session->exec(test.files(), {"echo", "hello"}, {});
        VERIFY_RESULT(said); // the forced command ran and found no request on its input
        QVERIFY(!said->output.contains("hello"));
    }
};

QTEST_GUILESS_MAIN(ExecTest)
#include "tst_exec.moc"
