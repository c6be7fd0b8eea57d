// SPDX-License-Identifier: GPL-3.0-or-later
// `handover deploy` as a user runs it, to one server and to several, against real servers and nodes; and what undoes it.
#include "models/settings/upgradepolicy.h"
#include "models/settings/usersettings.h"
#include "tests/support/tinyrelease.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;

class TestDeployVerb : public QObject
{
    Q_OBJECT

    struct Outcome
    {
        int status = -1;
        QByteArray output;
        QByteArray errors;
    };

    TinyRelease m_release;
    QTemporaryDir m_directory;
    std::vector<std::unique_ptr<TinyServer>> m_servers;

    // edge-1, edge-2, … in the settings.
    [[nodiscard]] bool start(int count)
    {
        QList<settings::ServerEntry> entries;
        QByteArray known;
        for (int i = 1; i <= count; ++i) {
            m_servers.push_back(std::make_unique<TinyServer>());
            TinyServer &server = *m_servers.back();
            if (!server.start(m_release))
                return false;
            const ConnectOptions options = server.test().server().connectOptions();
            entries += {u"edge-%1"_s.arg(i), server.test().address().text(), options.identityFile};
            known += TestServer::contents(options.knownHostsFile);
        }
        TestServer::write(m_directory.filePath(u"known_hosts"_s), known);
        return settings::UserSettings::saveServers(entries).has_value();
    }
    [[nodiscard]] QStringList running() const
    {
        QStringList versions;
        for (const auto &server : m_servers) {
            const auto seen = node::readInstallation(server->session(), {});
            versions += seen ? seen->runningVersion : u"?"_s;
        }
        return versions;
    }
    [[nodiscard]] bool isUntouched(std::size_t server) const
    {
        return !QFile::exists(m_servers.at(server)->test().local(u"releases/tiny-1.1.0.tar.gz"_s));
    }

    void begin(QProcess &process, const QStringList &arguments) const
    {
        const bool connects = arguments.first() != u"history";
        process.start(qEnvironmentVariable("HANDOVER_PROGRAM"),
                      arguments + (connects ? QStringList{u"--known-hosts"_s, m_directory.filePath(u"known_hosts"_s)} : QStringList()));
    }
    [[nodiscard]] static Outcome end(QProcess &process, const QByteArray &read = {})
    {
        if (!process.waitForFinished(180'000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), read + process.readAllStandardOutput(), process.readAllStandardError()};
    }
    [[nodiscard]] Outcome verb(const QStringList &arguments) const
    {
        QProcess process;
        begin(process, arguments);
        return end(process);
    }
    [[nodiscard]] Outcome run(const QStringList &servers, const QStringList &options = {u"--permanent"_s}) const
    {
        return verb(QStringList{u"deploy"_s} + options + servers + QStringList{m_release.tarball(u"1.1.0"_s)});
    }
    [[nodiscard]] static QByteArray missing(const char *line, const Outcome &outcome)
    {
        const qsizetype steps = outcome.output.indexOf("edge-1: "); // after the answers, which are long
        return QByteArray(line) + " is not in\n" + outcome.output.sliced(qMax(steps, 0)) + outcome.errors;
    }
    [[nodiscard]] static QJsonArray documents(const Outcome &outcome)
    {
        return QJsonDocument::fromJson(outcome.output).object().value(u"servers"_s).toArray();
    }
    [[nodiscard]] static QStringList outcomes(const QJsonArray &documents)
    {
        QStringList words;
        for (const QJsonValue &each : documents)
            words += each[u"server"].toString() + u' ' + each[u"outcome"].toString();
        return words;
    }

private slots:
    void initTestCase()
    {
        qputenv("HANDOVER_CONFIG_DIR", m_directory.filePath(u"config"_s).toUtf8());
        qputenv("HANDOVER_STATE_DIR", m_directory.filePath(u"state"_s).toUtf8());
        QVERIFY(m_release.build());
    }
    void cleanup()
    {
        m_servers.clear();
        QVERIFY(settings::saveUpgradePolicy(u"edge-2"_s, {}).has_value());
    }

    void wrongUse_data()
    {
        QTest::addColumn<QStringList>("servers");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("words");
        const QStringList two{u"ssh://one/r"_s, u"ssh://two/r"_s};
        QTest::newRow("none at a time") << two << QStringList{u"--batch"_s, u"0"_s} << QByteArray("0 is no number of servers");
        QTest::newRow("no number") << two << QStringList{u"--batch"_s, u"all"_s} << QByteArray("all is no number of servers");
        QTest::newRow("twice") << QStringList{u"ssh://one/r"_s, u"ssh://two/r"_s, u"ssh://one/r"_s} << QStringList()
                               << QByteArray("is the same server as ssh://one/r");
        QTest::newRow("unknown") << QStringList{u"ssh://one/r"_s, u"nobody"_s} << QStringList() << QByteArray("no server named nobody");
    }

    void wrongUse()
    {
        QFETCH(const QStringList, servers);
        QFETCH(const QStringList, options);
        QFETCH(const QByteArray, words);
        const Outcome outcome = run(servers, options);
        QCOMPARE(outcome.status, 2);
        QVERIFY2(outcome.errors.contains(words), outcome.errors.constData());
        QVERIFY(outcome.output.isEmpty());
    }

    void oneServer()
    {
        QVERIFY(start(1));
        const Outcome looked = run({u"edge-1"_s}, {u"--check"_s});
        QVERIFY2(looked.status == 0 && looked.output.startsWith("✓ Release: "), looked.output.constData());
        QVERIFY(isUntouched(0));
        const Outcome installed = run({u"edge-1"_s}, {u"--install"_s, u"--json"_s});
        QVERIFY2(installed.status == 0, installed.errors.constData());
        const QJsonObject report = QJsonDocument::fromJson(installed.output).object();
        QVERIFY(report[u"installed"].toBool() && !report[u"permanent"].toBool());
        QCOMPARE(running(), QStringList{u"1.1.0"_s});

        const Outcome used = verb({u"remove"_s, u"edge-1"_s, u"1.1.0"_s});
        QVERIFY2(used.status == 1 && used.output.startsWith("✗ remove: "), used.output.constData());
        const Outcome nowhere = verb({u"switch"_s, u"edge-1"_s, u"9.9.9"_s});
        QVERIFY2(nowhere.status == 1 && nowhere.output.contains("✗ Release: 9.9.9 is not on the server."), nowhere.output.constData());
        const Outcome seen = verb({u"switch"_s, u"edge-1"_s, u"1.0.0"_s, u"--check"_s});
        QVERIFY2(seen.status == 0 && seen.output.contains("✓ Relup: A relup leads from 1.1.0 to 1.0.0."), seen.output.constData());
        QCOMPARE(running(), QStringList{u"1.1.0"_s});
        const Outcome back = verb({u"switch"_s, u"edge-1"_s, u"1.0.0"_s});
        QVERIFY2(back.status == 0 && back.output.contains("✓ install: 1.0.0 runs now"), back.output.constData());
        const Outcome removed = verb({u"remove"_s, u"edge-1"_s, u"1.1.0"_s});
        QVERIFY2(removed.status == 0 && removed.output.startsWith("✓ remove: "), removed.output.constData());

        QStringList titles;
        for (const QJsonValue &deed : QJsonDocument::fromJson(verb({u"history"_s, u"edge-1"_s, u"--json"_s}).output).array())
            titles += deed[u"title"].toString();
        QCOMPARE(titles, (QStringList{u"Remove 1.1.0"_s, u"Switch to 1.0.0"_s, u"Remove 1.1.0"_s, u"Deploy tiny 1.1.0"_s}));
    }

    void upgradesAll()
    {
        QVERIFY(start(2));
        const QStringList both{u"edge-1"_s, u"edge-2"_s};
        const Outcome looked = run(both, {u"--check"_s, u"--json"_s});
        QVERIFY2(looked.status == 0, looked.errors.constData());
        QCOMPARE(outcomes(documents(looked)), (QStringList{u"edge-1 ready"_s, u"edge-2 ready"_s}));
        QVERIFY(!documents(looked).last()[u"checks"].toArray().isEmpty());
        QVERIFY(isUntouched(0) && isUntouched(1));

        const Outcome outcome = run(both);
        QVERIFY2(outcome.status == 0, outcome.errors.constData());
        QCOMPARE(running(), (QStringList{u"1.1.0"_s, u"1.1.0"_s}));
        // The answers of all, then the steps of the first, those of the second, and what came of it.
        qsizetype place = 0;
        for (const char *line : {"edge-1\n✓ Release: ", "edge-2\n✓ Release: ", "edge-1: ✓ upload: ", "edge-1: ✓ make permanent: ",
                                 "edge-2: ✓ upload: ", "edge-2: ✓ make permanent: ", "edge-1: ✓ upgraded, runs 1.1.0\n",
                                 "edge-2: ✓ upgraded, runs 1.1.0\n"}) {
            const qsizetype found = outcome.output.indexOf(line, place);
            QVERIFY2(found >= place, missing(line, outcome).constData());
            place = found;
        }
    }

    void changesNothingWhereOneRefuses()
    {
        QVERIFY(start(2));
        QVERIFY(m_servers.back()->stopNode());
        const Outcome words = run({u"edge-1"_s, u"edge-2"_s}, {u"--permanent"_s, u"--batch"_s, u"2"_s});
        QCOMPARE(words.status, 1);
        for (const char *line : {"edge-1: · not begun. Nothing was changed here", "edge-2: ✗ failed. Node: It is down"})
            QVERIFY2(words.output.contains(line), words.output.constData());
        const Outcome outcome = run({u"edge-1"_s, u"edge-2"_s}, {u"--permanent"_s, u"--json"_s});
        QCOMPARE(outcome.status, 1);
        const QJsonArray servers = documents(outcome);
        QCOMPARE(outcomes(servers), (QStringList{u"edge-1 not begun"_s, u"edge-2 failed"_s}));
        QVERIFY(servers.first()[u"steps"].toArray().isEmpty() && !servers.first()[u"checks"].toArray().isEmpty());
        QCOMPARE(running().first(), u"1.0.0"_s);
        QVERIFY(isUntouched(0) && isUntouched(1));
    }

    void changesNothingWhereOneIsNotReached()
    {
        QVERIFY(start(1));
        const Outcome outcome = run({u"edge-1"_s, u"ssh://127.0.0.1:1/r"_s}, {u"--permanent"_s, u"--json"_s});
        QCOMPARE(outcome.status, 3);
        const QJsonArray servers = documents(outcome);
        QCOMPARE(outcomes(servers), (QStringList{u"edge-1 not begun"_s, u"ssh://127.0.0.1:1/r failed"_s}));
        QVERIFY(!servers.last()[u"error"][u"message"].toString().isEmpty());
        QVERIFY2(outcome.errors.contains("handover: ssh://127.0.0.1:1/r: "), outcome.errors.constData());
        QVERIFY(isUntouched(0));
    }

    void theFirstFailureEndsIt()
    {
        QVERIFY(start(3));
        const settings::UpgradePolicy policy{1, false, false, {{settings::HealthProbe::Kind::Command, u"printf '\\033[2J'; exit 7"_s}}};
        QVERIFY(settings::saveUpgradePolicy(u"edge-2"_s, policy).has_value());
        const Outcome outcome = run({u"edge-1"_s, u"edge-2"_s, u"edge-3"_s}, {u"--permanent"_s, u"--go-back"_s});
        QCOMPARE(outcome.status, 1);
        QCOMPARE(running(), (QStringList{u"1.1.0"_s, u"1.0.0"_s, u"1.0.0"_s}));
        QVERIFY(isUntouched(2));
        for (const char *line : {"edge-2: ✓ go back: ", "edge-1: ✓ upgraded, runs 1.1.0", "edge-2: ✗ failed, runs 1.0.0. 1.1.0 is not healthy",
                                 "edge-3: · not begun. Nothing was changed here: another server failed.", "\\u001b[2J"})
            QVERIFY2(outcome.output.contains(line), missing(line, outcome).constData());
        QVERIFY(!outcome.output.contains('\x1b') && !outcome.errors.contains('\x1b'));
        QVERIFY2(outcome.errors.contains("handover: edge-2: 1.1.0 is not healthy"), outcome.errors.constData());
    }

    void anInterruptLeavesTheRest()
    {
        QVERIFY(start(3));
        QVERIFY(settings::saveUpgradePolicy(u"edge-2"_s, {600, false, false, {}}).has_value());
        QProcess process;
        begin(process, {u"deploy"_s, u"--permanent"_s, u"edge-1"_s, u"edge-2"_s, u"edge-3"_s, m_release.tarball(u"1.1.0"_s)});
        QByteArray output;
        while (!output.contains("edge-2: ✓ install") && process.waitForReadyRead(120'000))
            output += process.readAllStandardOutput();
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
        const Outcome outcome = end(process, output);
        QCOMPARE(outcome.status, 130);
        for (const char *line : {"edge-1: ✓ upgraded", "edge-2: ✗ failed", "edge-3: · not begun"})
            QVERIFY2(outcome.output.contains(line), missing(line, outcome).constData());
        QCOMPARE(running(), (QStringList{u"1.1.0"_s, u"1.1.0"_s, u"1.0.0"_s}));
        QVERIFY(isUntouched(2));
    }
};

QTEST_GUILESS_MAIN(TestDeployVerb)
#include "tst_deployverb.moc"
