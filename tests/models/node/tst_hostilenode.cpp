// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/followlog.h"
#include "models/node/processchecks.h"
#include "models/node/verifymodules.h"

#include "models/erlang/parser.h"
#include "tests/support/bounded.h"

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using namespace handover::node;

/// A release whose script, and whose node, say whatever they like.
class HostileNodeTest : public QObject
{
    Q_OBJECT

    TestServer m_test;

    static constexpr const char *Releases =
        "[{release,\"tiny\",\"1.0.0\",\"15.2\",[{kernel,\"10.2\",\"/lib/kernel-10.2\"}],permanent}].";

    void install(const QByteArray &eval, const QByteArray &releases = Releases)
    {
        QVERIFY(QDir().mkpath(m_test.local(u"releases/1.0.0"_s)) && QDir().mkpath(m_test.local(u"bin"_s)) &&
                QDir().mkpath(m_test.local(u"log"_s)));
        TestServer::write(m_test.local(u"releases/RELEASES"_s), releases);
        TestServer::write(m_test.local(u"log/erlang.log.1"_s), "x");
        const QString script = m_test.local(u"bin/tiny"_s);
        TestServer::write(script, "#!/bin/sh\n# install_upgrade.escript\nREL_VSN=\"1.0.0\"\n" + eval + '\n');
        QVERIFY(QFile::setPermissions(script, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }
    // A script that answers with this text, in base64 as the node would.
    [[nodiscard]] static QByteArray saying(const QByteArray &shell)
    {
        return "printf '\"'; ( " + shell + " ) | base64 -w0; printf '\"\\n'";
    }
    [[nodiscard]] static QByteArray answering(const QByteArray &term)
    {
        return saying("printf %s '" + term + "'");
    }
    [[nodiscard]] static Installation running()
    {
        Installation installation;
        installation.name = u"tiny"_s;
        installation.releases = {{u"1.0.0"_s, ReleaseStatus::Permanent, {}}, {u"1.1.0"_s, ReleaseStatus::Unpacked, {}}};
        installation.nodeUp = true;
        installation.runningVersion = u"1.0.0"_s;
        return installation;
    }
    [[nodiscard]] static relup::Script script()
    {
        return *relup::Script::fromTerm(
            *erlang::parseBareTerm("{\"1.0.0\", [], [{suspend,[tiny_srv]},{load,{tiny_srv,brutal_purge,brutal_purge}}]}"));
    }

private slots:
    void initTestCase() { QVERIFY(m_test.start()); }

    void answers_data()
    {
        QTest::addColumn<QByteArray>("eval");
        const auto row = [](const char *name, const QByteArray &eval) { QTest::newRow(name) << eval; };
        row("endless output", "yes");
        row("endless complaints", "yes >&2");
        row("endless line", "cat /dev/zero");
        row("100 MB of base64", saying("head -c 75000000 /dev/zero"));
        row("no base64", "printf '\"\\033[2J!!!\"'");
        row("one quote", "printf '\"'");
        row("nothing", "true");
        row("escapes", "printf '\\033[2J\\033]0;pwned\\007'; printf '\\033[2J' >&2; exit 3");
        row("killed", "kill -9 $$");
        row("deep term", saying("yes [ | head -c 5000000"));
        row("closed deep term", saying("yes [ | tr -d '\\n' | head -c 90000; yes ] | tr -d '\\n' | head -c 90000"));
        row("many terms", saying("printf '['; yes 1, | tr -d '\\n' | head -c 6000000; printf '1]'"));
        row("large number", saying("yes 7 | tr -d '\\n' | head -c 6000000"));
        row("number of a large base", saying("printf '36#'; yes z | tr -d '\\n' | head -c 6000000"));
        row("long atom", saying("yes a | tr -d '\\n' | head -c 6000000"));
        row("long string", saying("printf '\"'; yes a | tr -d '\\n' | head -c 6000000; printf '\"'"));
        row("another term", answering("hello"));
        row("too short", answering("{handover,1}"));
        row("wrong kinds", answering("{handover,1,2,3,4,5,6}"));
        row("improper list", answering("{handover,[a|b],[c|d],[1|2],[3|4],\"x\",{facts,\"n\",true,[1|2]}}"));
        row("numbers out of range", answering("{handover,[],[],\"27\",\"15\",\"1\",{facts,\"n\",true,"
                                              "[99999999999999999999999,-1,-1,-1,-1,-1,-1,-1,-1]}}"));
        row("escapes in a version", answering("{handover,[{\"tiny\",\"1.0.0\\e[2J\",[],permanent}],[],\"27\",\"15\",\"1\","
                                              "{facts,\"n\",true,[1,1,1,1,1,1,1,1,1]}}"));
        row("escapes in an application", answering("{handover,[],[{tiny,\"\\e[2J\"}],\"27\",\"15\",\"1\","
                                                   "{facts,\"n\",true,[1,1,1,1,1,1,1,1,1]}}"));
        row("timeout", answering("timeout"));
        row("logs that are none", answering("{logs,\"-1\",[{\"a\",\"../../x\"},{\"b\",\"/x\\e[2J\"},{1,2}]}"));
        row("process of nobody", answering("{logs,\"99999999999999999999\",[]}"));
        row("modules that are none", answering("{loaded,[{1,2,3}|x]}"));
        row("module sums that are none", answering("{loaded,[{m,\"!!!\",\"/x\\e[2J\"}]}"));
    }
    void answers()
    {
        QFETCH(QByteArray, eval);
        install(eval);
        auto session = m_test.connect();
        VERIFY_RESULT(session);
        BuiltModules built;
        built.name = u"tiny"_s;
        built.version = u"1.0.0"_s;
        built.apps = {{u"tiny"_s, u"1.0.0"_s}};
        built.modules = {{"tiny_srv", {u"tiny"_s, QByteArray(64, '0'), QByteArray(16, '0'), "no beam"}}};
        VERIFY_ENDED(readInstallation(*session, {}));
        if (const auto read = readInstallation(*session, {})) {
            QVERIFY(isHarmless(read->runningVersion + read->disagreements.join(u' ') + read->facts.nodeName));
            for (const auto &[app, version] : read->runningApps.asKeyValueRange())
                QVERIFY(isHarmless(version));
        }
        VERIFY_ENDED(checkProcesses(*session, running(), u"1.1.0"_s, script(), {}));
        VERIFY_ENDED(findLogs(*session, running(), {}));
        VERIFY_ENDED(verifyModules(*session, running(), built, {}));
        QVERIFY(session->isAlive());
    }

    void releasesFile_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("deep") << QByteArray(10'000'000, '[');
        QTest::newRow("number") << "[" + QByteArray(10'000'000, '7') + "].";
        QTest::newRow("too large") << QByteArray(20'000'000, ' ');
        QTest::newRow("escapes") << "[{release,\"tiny\",\"1\\e[2J\",\"15\",[],permanent}]."_ba;
        QTest::newRow("turned around") << QByteArray("[{release,\"tiny\",\"1\xe2\x80\xae\",\"15\",[],permanent}].");
        QTest::newRow("a path") << "[{release,\"../../bin/sh\",\"1\",\"15\",[],permanent}]."_ba;
        QTest::newRow("NUL") << QByteArray("[{release,\"tiny\0\",\"1\",\"15\",[],permanent}].", 46);
    }
    void releasesFile()
    {
        QFETCH(QByteArray, text);
        install("exit 1", text);
        auto session = m_test.connect();
        VERIFY_RESULT(session);
        VERIFY_ENDED(readInstallation(*session, {}));
        if (const auto read = readInstallation(*session, {})) {
            QVERIFY(isHarmless(read->disagreements.join(u' ')));
            for (const InstalledRelease &release : read->releases)
                QVERIFY(isHarmless(release.version));
        }
    }
};

QTEST_GUILESS_MAIN(HostileNodeTest)
#include "tst_hostilenode.moc"
