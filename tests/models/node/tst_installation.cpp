// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tinyrelease.h"

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using namespace handover::node;

class InstallationTest : public QObject
{
    Q_OBJECT

    TinyRelease m_release;

    [[nodiscard]] static QString statuses(const Installation &installation)
    {
        QStringList words;
        for (const InstalledRelease &release : installation.releases)
            words += release.version + u' ' + statusWords(release.status);
        return words.join(u", "_s);
    }

private slots:
    void initTestCase() { QVERIFY(m_release.build()); }

    void upgradeAndBack()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        Session &session = server.session();
        auto seen = readInstallation(session, {});
        VERIFY_RESULT(seen);
        QCOMPARE(seen->name, u"tiny"_s);
        QVERIFY(seen->nodeUp);
        QCOMPARE(seen->runningVersion, u"1.0.0"_s);
        QCOMPARE(seen->bootVersion, u"1.0.0"_s);
        QCOMPARE(seen->runningApps.value(u"tiny"_s), u"1.0.0"_s);
        QVERIFY(seen->runningApps.contains(u"kernel"_s));
        QVERIFY(seen->otp.toInt() >= 25);
        QVERIFY(seen->erts.contains(u'.'));
        const NodeFacts &facts = seen->facts;
        QCOMPARE(facts.nodeName, u"tiny@localhost"_s);
        QVERIFY(facts.uptimeSeconds < 600 && facts.processes > 30 && facts.processes < facts.processLimit);
        QVERIFY(facts.memoryBytes > facts.processMemoryBytes + facts.binaryMemoryBytes + facts.etsMemoryBytes);
        QVERIFY(facts.processMemoryBytes > 0 && facts.binaryMemoryBytes > 0 && facts.etsMemoryBytes > 0);
        QVERIFY(facts.schedulers > 0 && facts.runQueue >= 0 && !facts.heart);
        QCOMPARE(statuses(*seen), u"1.0.0 permanent"_s);
        QCOMPARE(seen->release(u"1.0.0")->apps.value(u"tiny"_s), u"1.0.0"_s);
        QCOMPARE(seen->disagreements, QStringList());
        QCOMPARE(codeOf(unpackRelease(session, u"tiny"_s, u"1.1.0"_s, {})),
                 u"server.unpack-failed"_s); // no tarball
        QCOMPARE(codeOf(installRelease(session, u"tiny"_s, u"1.1.0"_s, {})), u"server.not-installed"_s);
        QCOMPARE(codeOf(checkRelease(session, u"tiny"_s, u"1.1.0"_s, {})), u"server.not-installed"_s);
        QCOMPARE(codeOf(makePermanent(session, u"tiny"_s, u"1.1.0"_s, {})), u"server.not-installed"_s);

        QVERIFY(server.upload(m_release, u"1.1.0"_s));
        auto step = unpackRelease(session, u"tiny"_s, u"1.1.0"_s, {});
        VERIFY_RESULT(step);
        QVERIFY(step->ok && step->milliseconds > 0 && step->kind == Step::Kind::Unpack);
        QCOMPARE(codeOf(unpackRelease(session, u"tiny"_s, u"1.1.0"_s, {})), u"server.already-installed"_s);
        QCOMPARE(codeOf(makePermanent(session, u"tiny"_s, u"1.1.0"_s, {})), u"server.not-installed"_s);
        QCOMPARE(statuses(*readInstallation(session, {})), u"1.1.0 unpacked, 1.0.0 permanent"_s);

        step = checkRelease(session, u"tiny"_s, u"1.1.0"_s, {});
        VERIFY_RESULT(step);
        QCOMPARE(readInstallation(session, {})->runningVersion, u"1.0.0"_s); // it changed nothing

        step = installRelease(session, u"tiny"_s, u"1.1.0"_s, {});
        VERIFY_RESULT(step);
        QCOMPARE(server.eval("gen_server:call(tiny_srv, x)."), "{\"1.1.0\", {changed, fresh}}"_ba);
        seen = readInstallation(session, {});
        VERIFY_RESULT(seen);
        QCOMPARE(seen->runningVersion, u"1.1.0"_s);
        QCOMPARE(seen->runningApps.value(u"tiny"_s), u"1.1.0"_s);
        QCOMPARE(seen->bootVersion, u"1.0.0"_s); // not permanent
        QCOMPARE(statuses(*seen), u"1.1.0 current, 1.0.0 permanent"_s);
        QCOMPARE(seen->disagreements, QStringList());
        QCOMPARE(codeOf(installRelease(session, u"tiny"_s, u"1.1.0"_s, {})), u"server.already-installed"_s);

        step = makePermanent(session, u"tiny"_s, u"1.1.0"_s, {});
        VERIFY_RESULT(step);
        QCOMPARE(codeOf(makePermanent(session, u"tiny"_s, u"1.1.0"_s, {})), u"server.already-installed"_s);
        seen = readInstallation(session, {});
        QCOMPARE(seen->bootVersion, u"1.1.0"_s);
        QCOMPARE(statuses(*seen), u"1.1.0 permanent, 1.0.0 old"_s);
        QCOMPARE(seen->disagreements, QStringList());
        QCOMPARE(QDir(server.test().local(u"bin"_s)).entryList({u"*handover*"_s}, QDir::Files | QDir::Hidden),
                 QStringList());
        QVERIFY(QFile::permissions(server.test().local(u"bin/tiny"_s)) & QFile::ExeOwner);

        // Back, and permanent again.
        VERIFY_RESULT(checkRelease(session, u"tiny"_s, u"1.0.0"_s, {}));
        VERIFY_RESULT(installRelease(session, u"tiny"_s, u"1.0.0"_s, {}));
        QCOMPARE(server.eval("gen_server:call(tiny_srv, x)."), "{\"1.0.0\", went_down}"_ba);
        VERIFY_RESULT(installRelease(session, u"tiny"_s, u"1.1.0"_s, {})); // to the permanent one
        QCOMPARE(readInstallation(session, {})->runningVersion, u"1.1.0"_s);

        // A reboot starts what is permanent.
        QVERIFY(server.stopNode());
        seen = readInstallation(session, {});
        VERIFY_RESULT(seen);
        QVERIFY(!seen->nodeUp);
        QVERIFY(seen->runningVersion.isEmpty() && seen->runningApps.isEmpty() && seen->otp.isEmpty());
        QCOMPARE(seen->bootVersion, u"1.1.0"_s);
        QCOMPARE(statuses(*seen), u"1.1.0 permanent, 1.0.0 old"_s);
        QCOMPARE(seen->disagreements, QStringList());
        for (const auto stepFunction : {unpackRelease, checkRelease, installRelease, makePermanent})
            QCOMPARE(codeOf(stepFunction(session, u"tiny"_s, u"1.0.0"_s, {})), u"server.node-down"_s);
        QVERIFY(server.startNode());
        QCOMPARE(readInstallation(session, {})->runningApps.value(u"tiny"_s), u"1.1.0"_s);
    }

    void codeChangeFails()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        for (const QString &version : {u"1.1.0"_s, u"1.2.0"_s}) {
            QVERIFY(server.upload(m_release, version));
            VERIFY_RESULT(unpackRelease(server.session(), u"tiny"_s, version, {}));
        }
        VERIFY_RESULT(installRelease(server.session(), u"tiny"_s, u"1.1.0"_s, {}));
        VERIFY_RESULT(checkRelease(server.session(), u"tiny"_s, u"1.2.0"_s, {})); // can't know
        const auto step = installRelease(server.session(), u"tiny"_s, u"1.2.0"_s, {});
        QCOMPARE(codeOf(step), u"server.install-failed"_s);
        QVERIFY2(step.error().message.contains(u"code_change"_s), qPrintable(step.error().message));
        // 1.1.0 was not permanent, so the restart fell back to 1.0.0, and it is said so.
        QVERIFY2(step.error().message.contains(u"restarted its applications and runs 1.0.0"_s),
                 qPrintable(step.error().message));
        QVERIFY2(step.error().detail.contains(u"boom"_s), qPrintable(step.error().detail));
        QCOMPARE(readInstallation(server.session(), {})->runningApps.value(u"tiny"_s), u"1.0.0"_s);
    }

    void noWay_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("word");
        QTest::newRow("no relup") << u"1.3.0"_s << u"server.no-relup"_s << u"no relup"_s;
        QTest::newRow("relup from another") << u"1.2.0"_s << u"server.no-relup"_s << u"from 1.1.0"_s;
        QTest::newRow("restarts the emulator") << u"1.4.0"_s << u"server.check-failed"_s << u"heart"_s;
    }
    void noWay()
    {
        QFETCH(QString, version);
        QFETCH(QString, word);
        TinyServer server;
        QVERIFY(server.start(m_release));
        QVERIFY(server.upload(m_release, version));
        VERIFY_RESULT(unpackRelease(server.session(), u"tiny"_s, version, {}));
        const auto checked = checkRelease(server.session(), u"tiny"_s, version, {});
        QTEST(codeOf(checked), "code");
        QVERIFY2(checked.error().message.contains(word), qPrintable(checked.error().message));
        if (codeOf(checked) == "server.no-relup"_L1)
            QCOMPARE(codeOf(installRelease(server.session(), u"tiny"_s, version, {})), u"server.no-relup"_s);
        QCOMPARE(readInstallation(server.session(), {})->runningVersion, u"1.0.0"_s);
    }

    void damagedTarballs()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        Session &session = server.session();
        const QString place = server.test().local(u"releases/tiny-1.1.0.tar.gz"_s);
        const QByteArray whole = TestServer::contents(m_release.tarball(u"1.1.0"_s));
        for (const QByteArray &damaged :
             {"garbage"_ba, whole.first(1000), TestServer::contents(m_release.tarball(u"1.3.0"_s))}) {
            TestServer::write(place, damaged);
            const auto step = unpackRelease(session, u"tiny"_s, u"1.1.0"_s, {});
            QCOMPARE(codeOf(step), u"server.unpack-failed"_s);
            QVERIFY2(step.error().message.contains(u"damaged"_s), wordsOf(step).constData());
            QVERIFY(!QFileInfo(server.test().local(u"releases/1.1.0/tiny.tar.gz"_s)).isSymLink());
        }
        TestServer::write(place, whole.chopped(whole.size() / 2));
        QCOMPARE(codeOf(unpackRelease(session, u"tiny"_s, u"1.1.0"_s, {})), u"server.unpack-failed"_s);

        // A link that somebody else's failed try left, and a file that unpacking will not replace.
        QDir(server.test().local(u"releases/1.1.0"_s)).removeRecursively();
        QDir(server.test().local(u"lib/tiny-1.1.0"_s)).removeRecursively();
        QVERIFY(QDir().mkpath(server.test().local(u"releases/1.1.0"_s)));
        QVERIFY(QDir().mkpath(server.test().local(u"lib/tiny-1.1.0/ebin"_s)));
        QVERIFY(QFile::link(place, server.test().local(u"releases/1.1.0/tiny.tar.gz"_s)));
        TestServer::write(server.test().local(u"lib/tiny-1.1.0/ebin/tiny_srv.beam"_s), "garbage");
        TestServer::write(place, whole);
        auto step = unpackRelease(session, u"tiny"_s, u"1.1.0"_s, {});
        QCOMPARE(codeOf(step), u"server.unpack-failed"_s);
        QVERIFY2(step.error().detail.contains(u"tiny_srv.beam"_s), wordsOf(step).constData());

        // The remedy it names works.
        QVERIFY(server.command({"bin/tiny", "uninstall", "1.1.0"}));
        step = unpackRelease(session, u"tiny"_s, u"1.1.0"_s, {});
        VERIFY_RESULT(step);
        VERIFY_RESULT(installRelease(session, u"tiny"_s, u"1.1.0"_s, {}));
    }

    void scriptsDisagree()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        Session &session = server.session();
        QVERIFY(server.upload(m_release, u"1.1.0"_s));
        VERIFY_RESULT(unpackRelease(session, u"tiny"_s, u"1.1.0"_s, {}));
        VERIFY_RESULT(installRelease(session, u"tiny"_s, u"1.1.0"_s, {}));
        QCOMPARE(server.eval("release_handler:make_permanent(\"1.1.0\")."), "ok"_ba); // without the script
        auto seen = readInstallation(session, {});
        VERIFY_RESULT(seen);
        QCOMPARE(seen->bootVersion, u"1.0.0"_s);
        QCOMPARE(seen->disagreements.size(), 1);
        QVERIFY2(seen->disagreements.first().contains(u"1.1.0 is permanent, but bin/tiny starts 1.0.0"_s),
                 qPrintable(seen->disagreements.first()));
        VERIFY_RESULT(makePermanent(session, u"tiny"_s, u"1.1.0"_s, {})); // the repair it names
        seen = readInstallation(session, {});
        QCOMPARE(seen->bootVersion, u"1.1.0"_s);
        QCOMPARE(seen->disagreements, QStringList());

        // Somebody starts the old version's script: the release handler still says 1.1.0.
        QVERIFY(server.stopNode());
        QVERIFY(server.command({"cp", "bin/tiny-1.0.0", "bin/tiny"}));
        QVERIFY(server.startNode());
        QVERIFY(server.command({"cp", "bin/tiny-1.1.0", "bin/tiny"}));
        seen = readInstallation(session, {});
        QCOMPARE(seen->disagreements.size(), 1);
        QVERIFY2(seen->disagreements.first().contains(u"tiny 1.0.0 instead of 1.1.0"_s),
                 qPrintable(seen->disagreements.first()));
        QVERIFY2(seen->disagreements.first().contains(u"What runs is 1.0.0"_s),
                 qPrintable(seen->disagreements.first()));
    }

    void tarballUnpackedOver()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        QVERIFY(TinyRelease::run(server.test().local(), u"tar"_s, {u"xzf"_s, m_release.tarball(u"1.1.0"_s)}));
        const auto seen = readInstallation(server.session(), {});
        VERIFY_RESULT(seen);
        QCOMPARE(seen->runningVersion, u"1.0.0"_s);
        const QString all = seen->disagreements.join(u'\n');
        QVERIFY2(all.contains(u"RELEASES and the node disagree"_s), qPrintable(all));
        QVERIFY2(all.contains(u"1.0.0 is permanent, but bin/tiny starts 1.1.0"_s), qPrintable(all));
        QVERIFY2(all.contains(u"start_erl.data names 1.1.0"_s), qPrintable(all));
    }

    void withoutNode()
    {
        TinyServer server;
        QVERIFY(server.start(m_release, false));
        auto seen = readInstallation(server.session(), {});
        VERIFY_RESULT(seen);
        QVERIFY(!seen->nodeUp);
        QCOMPARE(statuses(*seen), u"1.0.0 permanent"_s);
        QCOMPARE(seen->disagreements, QStringList());

        QVERIFY(QFile::remove(server.test().local(u"releases/RELEASES"_s)));
        seen = readInstallation(server.session(), {});
        VERIFY_RESULT(seen);
        QCOMPARE(seen->name, u"tiny"_s); // from the .rel file
        QCOMPARE(seen->disagreements.size(), 1);
        TestServer::write(server.test().local(u"releases/RELEASES"_s), "[{release, garbage");
        seen = readInstallation(server.session(), {});
        VERIFY_RESULT(seen);
        QVERIFY(seen->disagreements.value(0).contains(u"can't be understood"_s));

        TestServer::write(server.test().local(u"bin/tiny"_s), "#!/bin/sh\nREL_VSN=\"1.0.0\"\n");
        seen = readInstallation(server.session(), {});
        VERIFY_RESULT(seen);
        QVERIFY(seen->disagreements.value(0).contains(u"extended_start_script"_s));
    }

    void programsOfANewerSystem()
    {
        TinyServer server;
        QVERIFY(server.start(m_release, false));
        const QString program =
            server.test().local(u"erts-%1/bin/run_erl"_s.arg(readInstallation(server.session(), {})->erts));
        QVERIFY(QFile::remove(program));
        TestServer::write(program, "#!/bin/sh\necho \"$0: /lib/libc.so.6: version \\`GLIBC_2.38' not found "
                                   "(required by $0)\" >&2\nexit 1\n");
        QFile::setPermissions(program, QFile::ReadOwner | QFile::ExeOwner);
        const auto seen = readInstallation(server.session(), {});
        VERIFY_RESULT(seen);
        QCOMPARE(seen->disagreements.size(), 1);
        QVERIFY2(seen->disagreements.first().contains(u"GLIBC_2.38"_s),
                 qPrintable(seen->disagreements.first()));
    }

    void noRelease()
    {
        TestServer test;
        QVERIFY(test.start());
        auto session = test.connect();
        VERIFY_RESULT(session);
        QCOMPARE(codeOf(readInstallation(*session, {})), u"server.no-release"_s);
        QVERIFY(QDir().mkpath(test.local(u"releases"_s)));
        QCOMPARE(codeOf(readInstallation(*session, {})), u"server.no-release"_s);
        TestServer::write(test.local(u"releases/RELEASES"_s),
                          "[{release,\"$(touch pwned)\",\"1\",\"1\",[],permanent}].");
        QVERIFY(!readInstallation(*session, {}));
        TestServer::write(test.local(u"releases/RELEASES"_s),
                          "[{release,\"gone\",\"1\",\"1\",[],permanent}].");
        QCOMPARE(codeOf(readInstallation(*session, {})), u"server.no-release"_s);
        QVERIFY(!QFile::exists(test.local(u"pwned"_s)));
    }

    void badNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("version");
        QTest::newRow("traversal") << u"tiny"_s << u"../../x"_s;
        QTest::newRow("option") << u"tiny"_s << u"--no-permanent"_s;
        QTest::newRow("shell") << u"tiny"_s << u"1;touch pwned"_s;
        QTest::newRow("Erlang") << u"tiny"_s << u"1\"), halt(\""_s;
        QTest::newRow("newline") << u"tiny"_s << u"1\n"_s;
        QTest::newRow("empty") << u""_s << u"1"_s;
        QTest::newRow("name") << u"a/b"_s << u"1"_s;
        QTest::newRow("dots") << u".."_s << u"1"_s;
    }
    void badNames()
    {
        QFETCH(QString, name);
        QFETCH(QString, version);
        QCOMPARE(codeOf(tarballPlace(*RemotePath::parse("/srv"), name, version)), u"server.bad-name"_s);
        TestServer test;
        QVERIFY(test.start());
        auto session = test.connect();
        VERIFY_RESULT(session);
        for (const auto stepFunction : {unpackRelease, checkRelease, installRelease, makePermanent})
            QCOMPARE(codeOf(stepFunction(*session, name, version, {})), u"server.bad-name"_s);
    }

    void durations_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("words");
        QTest::newRow("none") << 0LL << u"0 s"_s;
        QTest::newRow("seconds") << 59LL << u"59 s"_s;
        QTest::newRow("minutes") << 61LL << u"1 min 1 s"_s;
        QTest::newRow("whole hours") << 7205LL << u"2 h"_s;
        QTest::newRow("days") << 3 * 86'400LL + 4 * 3'600 + 59 << u"3 d 4 h"_s;
    }
    void durations()
    {
        QFETCH(qint64, seconds);
        QTEST(durationWords(seconds), "words");
    }

    void places()
    {
        QCOMPARE(tarballPlace(*RemotePath::parse("/srv/t"), u"tiny"_s, u"1.0.0+build.4.ref1a2b"_s)->bytes(),
                 "/srv/t/releases/tiny-1.0.0+build.4.ref1a2b.tar.gz"_ba);
        QCOMPARE(stepName(Step::Kind::MakePermanent), u"make permanent"_s);
    }
};

QTEST_GUILESS_MAIN(InstallationTest)
#include "tst_installation.moc"
