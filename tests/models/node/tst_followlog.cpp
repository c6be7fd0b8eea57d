// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/followlog.h"

#include "models/node/console.h"
#include "models/node/node.h"
#include "tests/support/ownjournal.h"
#include "tests/support/tinyrelease.h"

#include <QElapsedTimer>

#include <thread>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using namespace handover::node;

class FollowLogTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::OwnJournal> m_journal; // the server sees it
    TinyRelease m_release;
    std::optional<TinyServer> m_server;

    [[nodiscard]] QStringList names(const QList<LogSource> &sources) const
    {
        QStringList words;
        for (const LogSource &source : sources)
            words += source.name;
        return words;
    }
    // The lines of a log until `enough` says so; what is done after the first ones may add more.
    [[nodiscard]] QStringList follow(const LogSource &source, const std::function<void(const QStringList &)> &after,
                                     const std::function<bool(const QStringList &)> &enough)
    {
        auto session = m_server->test().connect();
        if (!session)
            return {u"no session"_s};
        QStringList seen;
        std::stop_source stop;
        const JobContext context(stop.get_token(), {});
        QElapsedTimer clock;
        clock.start();
        std::jthread late([&](const std::stop_token &over) {
            while (!over.stop_requested() && clock.elapsed() < 30'000)
                QThread::msleep(20);
            stop.request_stop();
        });
        const auto ended = followLog(*session, source, 200, [&](const QStringList &lines) {
            const bool first = seen.isEmpty();
            seen += lines;
            if (first)
                after(seen);
            if (enough(seen))
                stop.request_stop();
        }, context);
        late.request_stop();
        if (ended || !ended.error().isCancelled())
            seen += u"ended: "_s + codeOf(ended);
        return seen;
    }

private slots:
    void initTestCase()
    {
        QVERIFY(m_release.build());
        m_journal = test::OwnJournal::start();
        m_server.emplace();
        QVERIFY(m_server->start(m_release));
    }

    void whichThereAre()
    {
        auto installation = readInstallation(m_server->session(), {});
        auto sources = findLogs(m_server->session(), *installation, {});
        VERIFY_RESULT(sources);
        QCOMPARE(names(*sources), (QStringList{u"erlang.log.1"_s, u"run_erl.log"_s}));

        const QString file = m_server->test().local(u"own log.txt"_s);
        QVERIFY(m_server->eval("logger:add_handler(own, logger_std_h, #{config => #{file => " + erlangString(file) +
                               "}}), logger:error(\"greetings\").").contains("ok"));
        sources = findLogs(m_server->session(), *installation, {});
        VERIFY_RESULT(sources);
        QCOMPARE(names(*sources), (QStringList{u"own"_s, u"erlang.log.1"_s, u"run_erl.log"_s}));
        QCOMPARE(sources->first().place, file.toUtf8());
        QVERIFY(sources->first().words().contains(file));

        // What is there already, then what comes, and after the file was rotated what is written to the new one.
        const auto write = [&](const QStringList &) {
            TestServer::write(file + u".new"_s, "\x1b[1mrotated\n");
            QVERIFY(QFile::remove(file) && QFile::rename(file + u".new"_s, file));
        };
        const QStringList lines = follow(sources->first(), write, [](const QStringList &seen) {
            return seen.contains(u"\\x1B[1mrotated"_s);
        });
        QVERIFY2(lines.first().contains(u"greetings"_s), qPrintable(lines.join(u'\n')));
        QCOMPARE(lines.last(), u"\\x1B[1mrotated"_s);

        // Nobody reads it any more: what showed it on the server ends, too.
        bool runs = true;
        for (int i = 0; i < 100 && runs; ++i) {
            const auto found = m_server->session().exec(m_server->test().files(), {"pgrep", "-f", "tail.*own log"}, {});
            VERIFY_RESULT(found);
            runs = found->exitStatus != 1;
            QThread::msleep(100);
        }
        QVERIFY(!runs);
    }

    void theConsole()
    {
        const auto installation = readInstallation(m_server->session(), {});
        const auto sources = findLogs(m_server->session(), *installation, {});
        VERIFY_RESULT(sources);
        const auto console = std::ranges::find(*sources, LogSource::Kind::Console, &LogSource::kind);
        const QStringList lines = follow(*console, [this](const QStringList &) {
            (void)m_server->eval("logger:error(\"from the node\").");
        }, [](const QStringList &seen) { return seen.join(u'\n').contains(u"from the node"_s); });
        QVERIFY2(lines.join(u'\n').contains(u"from the node"_s), qPrintable(lines.join(u'\n')));
        QVERIFY(!lines.last().startsWith(u"ended"_s));
    }

    // Whoever follows must not wait for somebody who writes a lot, and not keep it all.
    void aFlood()
    {
        const QString file = m_server->test().local(u"flood"_s);
        TestServer::write(file, QByteArray("0123456789\n").repeated(1'000'000));
        qint64 count = 0;
        auto session = m_server->test().connect();
        VERIFY_RESULT(session);
        std::stop_source stop;
        QElapsedTimer clock;
        clock.start();
        const auto outcome = session->stream(m_server->test().files(), {"cat", "flood"}, JobContext(stop.get_token(), {}),
                                             [&](QByteArrayView bytes) { count += bytes.size(); });
        VERIFY_RESULT(outcome);
        QVERIFY(outcome->output.isEmpty() && outcome->exitStatus == 0 && session->isAlive());
        QCOMPARE(count, 11'000'000);
        qInfo("11 MB in %lld ms", clock.elapsed());
        const auto missing = session->stream(m_server->test().files(), {"cat", "nothing"}, {}, [](QByteArrayView) {});
        QVERIFY(missing && missing->exitStatus == 1 && missing->errorOutput.contains("nothing"));
    }

    // By OpenSSH's own client, to the same server, through the same shell.
    void theConsolesCommand()
    {
        const ConnectOptions options = m_server->test().server().connectOptions();
        const auto ping = scriptBySsh(m_server->test().address(), options, u"tiny"_s, "ping", Terminal::None);
        VERIFY_RESULT(ping);
        const auto run = [](const QString &program, const QStringList &arguments) {
            QProcess process;
            process.start(program, arguments);
            process.waitForFinished(30'000);
            return QByteArray(process.readAllStandardOutput().trimmed() + process.readAllStandardError());
        };
        QCOMPARE(run(ping->first(), ping->sliced(1)), "pong"_ba);
        const auto text = shellText(*ping);
        VERIFY_RESULT(text);
        QCOMPARE(run(u"sh"_s, {u"-c"_s, *text}), "pong"_ba);

        Address odd = m_server->test().address();
        odd.directory = *RemotePath::parse("/srv/it's $HOME");
        odd.user = u"me"_s;
        odd.port = 2222;
        const auto console = scriptBySsh(odd, {}, u"tiny"_s, "remote_console", Terminal::Wanted);
        VERIFY_RESULT(console);
        QCOMPARE(*console, (QStringList{u"ssh"_s, u"-t"_s, u"-p"_s, u"2222"_s, u"-l"_s, u"me"_s, u"--"_s, odd.host,
                                        u"cd '/srv/it'\\''s $HOME' && exec 'bin/tiny' 'remote_console'"_s}));
        ConnectOptions asOwner;
        asOwner.runAs = u"owner"_s;
        const auto other = scriptBySsh(odd, asOwner, u"tiny"_s, "remote_console", Terminal::Wanted);
        VERIFY_RESULT(other);
        QVERIFY2(other->last().contains(u"'sudo' '-n' '-H' '-u' 'owner'"_s) &&
                     other->last().endsWith(u"'/srv/it'\\''s $HOME' 'bin/tiny' 'remote_console'"_s), qPrintable(other->last()));
        QCOMPARE(codeOf(scriptBySsh(odd, {}, u"a b"_s, "remote_console", Terminal::Wanted)), u"server.bad-name"_s);
    }

    void terminals_data()
    {
        QTest::addColumn<QStringList>("programs");
        QTest::addColumn<QByteArray>("terminal");
        QTest::addColumn<QStringList>("before");
        QTest::newRow("the system's") << QStringList{u"xterm"_s, u"x-terminal-emulator"_s} << ""_ba
                                      << QStringList{u"x-terminal-emulator"_s, u"-e"_s};
        QTest::newRow("GNOME's") << QStringList{u"gnome-terminal"_s} << ""_ba << QStringList{u"gnome-terminal"_s, u"--"_s};
        QTest::newRow("the user's") << QStringList{u"foot"_s, u"konsole"_s} << "foot"_ba << QStringList{u"foot"_s};
        QTest::newRow("an unknown one") << QStringList{u"mine"_s, u"xterm"_s} << "mine"_ba << QStringList{u"mine"_s, u"-e"_s};
        QTest::newRow("one that is gone") << QStringList{u"xterm"_s} << "mine"_ba << QStringList{u"xterm"_s, u"-e"_s};
        QTest::newRow("none") << QStringList() << ""_ba << QStringList();
    }
    void terminals()
    {
        QFETCH(QStringList, programs);
        QFETCH(QByteArray, terminal);
        QFETCH(QStringList, before);
        QTemporaryDir bin;
        for (const QString &program : programs) {
            TestServer::write(bin.filePath(program), "#!/bin/sh\n");
            QVERIFY(QFile::setPermissions(bin.filePath(program), QFile::ReadOwner | QFile::ExeOwner));
        }
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", bin.path().toLocal8Bit());
        qputenv("TERMINAL", terminal);
        const auto command = inTerminal({u"ssh"_s, u"host"_s});
        qputenv("PATH", path);
        if (before.isEmpty()) {
            QCOMPARE(codeOf(command), u"console.no-terminal"_s);
            return;
        }
        VERIFY_RESULT(command);
        before.first() = bin.filePath(before.first());
        QCOMPARE(*command, before + QStringList({u"ssh"_s, u"host"_s}));
    }

    // Of the service that the node belongs to: what is there, and what comes.
    void theJournal()
    {
        if (!m_journal)
            QSKIP("a journal of its own needs systemd's daemon and the right to mount");
        const auto before = findLogs(m_server->session(), *readInstallation(m_server->session(), {}), {});
        VERIFY_RESULT(before);
        QVERIFY(std::ranges::none_of(*before, [](const LogSource &source) { return source.kind == LogSource::Kind::Journal; }));
        const qint64 node = m_server->eval("list_to_integer(os:getpid()).").toLongLong();
        QVERIFY(node > 1 && m_journal->takeIn(node));
        QVERIFY(m_journal->write(u"the first: äö \x1b[1m"_s));
        const auto sources = findLogs(m_server->session(), *readInstallation(m_server->session(), {}), {});
        VERIFY_RESULT(sources);
        const auto journal = std::ranges::find(*sources, LogSource::Kind::Journal, &LogSource::kind);
        QVERIFY(journal != sources->end());
        QCOMPARE(journal->name, m_journal->unit());
        const auto has = [](const QStringList &lines, const QString &text) {
            return std::ranges::any_of(lines, [&](const QString &line) { return line.contains(text) && !line.contains(u'\x1b'); });
        };
        const QStringList lines = follow(*journal, [&](const QStringList &) { QVERIFY(m_journal->write(u"the second"_s)); },
                                         [&](const QStringList &seen) { return has(seen, u"the second"_s); });
        QVERIFY2(has(lines, u": the first: äö"_s), qPrintable(lines.join(u'\n')));
        QVERIFY2(has(lines, u"the second"_s), qPrintable(lines.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(FollowLogTest)
#include "tst_followlog.moc"
