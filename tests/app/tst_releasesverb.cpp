// SPDX-License-Identifier: GPL-3.0-or-later
// `handover releases` as a user runs it, against a real server and node.
#include "tests/support/program.h"
#include "tests/support/tinyrelease.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using test::Outcome;

class ReleasesVerbTest : public QObject
{
    Q_OBJECT

    TinyRelease m_release;
    std::optional<TinyServer> m_server;

    [[nodiscard]] QStringList arguments(const QStringList &more)
    {
        TestServer &test = m_server->test();
        const ConnectOptions options = test.server().connectOptions();
        return QStringList{u"releases"_s, test.address().text(), u"--identity"_s, options.identityFile,
                           u"--known-hosts"_s, options.knownHostsFile} + more;
    }
    [[nodiscard]] Outcome run(const QStringList &more) { return test::runProgram(arguments(more)); }
    [[nodiscard]] static QJsonObject json(const Outcome &outcome)
    {
        return QJsonDocument::fromJson(outcome.output).object();
    }

private slots:
    void initTestCase()
    {
        QVERIFY(m_release.build());
        m_server.emplace();
        QVERIFY(m_server->start(m_release) && m_server->upload(m_release, u"1.1.0"_s));
        VERIFY_RESULT(node::unpackRelease(m_server->session(), u"tiny"_s, u"1.1.0"_s, {}));
    }

    void lists()
    {
        const Outcome words = run({});
        QVERIFY2(words.status == 0, words.errors.constData());
        for (const char *word : {"tiny: the node is up and runs 1.0.0", "tiny@localhost, up for", "no heart", "1.1.0",
                                 "of its own", "shared", "relup to it and back"})
            QVERIFY2(words.output.contains(word), words.output.constData());
        const QJsonObject seen = json(run({u"--json"_s}));
        QCOMPARE(seen.value(u"facts"_s).toObject().value(u"name"_s).toString(), u"tiny@localhost"_s);
        const QJsonObject release = seen.value(u"releases"_s).toArray().first().toObject();
        QCOMPARE(release.value(u"version"_s).toString(), u"1.1.0"_s);
        QVERIFY(release.value(u"ownBytes"_s).toInteger() > 0 && release.value(u"relupTo"_s).toBool());
    }

    void logs()
    {
        Outcome outcome = run({u"--logs"_s});
        QVERIFY2(outcome.status == 0 && outcome.output.startsWith("erlang.log.1: "), outcome.output.constData());
        QCOMPARE(run({u"--log"_s, u"nothing"_s}).status, 2);
        outcome = run({u"--console"_s});
        QVERIFY2(outcome.status == 0 && outcome.output.startsWith("ssh -t ") && outcome.output.contains("remote_console"),
                 outcome.output.constData());

        // Followed until it is interrupted, as by Ctrl+C.
        QProcess process;
        process.start(QString::fromLocal8Bit(qgetenv("HANDOVER_PROGRAM")), arguments({u"--log"_s, u"run_erl.log"_s}));
        QByteArray output;
        while (!output.contains("run_erl") && process.waitForReadyRead(30'000))
            output += process.readAllStandardOutput();
        QVERIFY2(output.contains("run_erl"), output.constData());
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
        QVERIFY(process.waitForFinished(10'000));
        QCOMPARE(process.exitCode(), 130);
    }

    void verifies()
    {
        const QStringList verify{u"--verify"_s, m_release.tarball(u"1.0.0"_s)};
        Outcome outcome = run(verify);
        QVERIFY2(outcome.status == 0 && outcome.output.contains("It is 1.0.0."), outcome.output.constData());
        QFile beam(m_server->test().local(u"lib/tiny-1.0.0/ebin/tiny_app.beam"_s));
        QVERIFY(beam.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && beam.resize(100));
        outcome = run(verify);
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.output.contains("! lib/tiny-1.0.0/ebin/tiny_app.beam on the server is no whole"),
                 outcome.output.constData());
        outcome = run(verify + QStringList{u"--json"_s});
        QCOMPARE(outcome.status, 1);
        QCOMPARE(json(outcome).value(u"differences"_s).toArray().first().toObject().value(u"kind"_s).toString(), u"broken"_s);
        QCOMPARE(run({u"--verify"_s, u"/nowhere"_s}).status, 3);
    }
};

QTEST_GUILESS_MAIN(ReleasesVerbTest)
#include "tst_releasesverb.moc"
