// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/handler.h"

#include "tests/support/tinyrelease.h"

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using namespace handover::node;

/// Real nodes whose start scripts can't unpack and install: their release handler is called.
class PlainHandlerTest : public QObject
{
    Q_OBJECT

    TinyRelease m_release;

    // A script of one's own, with only these words, around relx's.
    static void ownScript(TinyServer &server, const QByteArray &words, const QByteArray &settings = {})
    {
        const QString script = server.test().local(u"bin/tiny"_s);
        QVERIFY(QFile::exists(server.test().local(u"bin/inner"_s)) ||
                QFile::rename(script, server.test().local(u"bin/inner"_s)));
        const QString escript = server.test().local(u"bin/install_upgrade.escript"_s);
        QVERIFY(!QFile::exists(escript) || QFile::remove(escript));
        TestServer::write(script, "#!/bin/sh\n" + settings + "\ncase \"$1\" in\n    " + words +
                                      ")\n        exec \"$(dirname \"$0\")/inner\" \"$@\" ;;\n"
                                      "    *)\n        touch unknown; exit 1 ;;\nesac\n");
        QVERIFY(QFile::setPermissions(script, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }
    static void makePlain(TinyServer &server, const QString &kind)
    {
        if (kind == "own eval"_L1)
            ownScript(server, "eval");
        else if (kind == "own rpc"_L1)
            ownScript(server, "rpc");
        else
            QVERIFY(QFile::remove(server.test().local(u"bin/install_upgrade.escript"_s)));
    }
    [[nodiscard]] static QString statuses(TinyServer &server)
    {
        const auto installation = readInstallation(server.session(), {});
        if (!installation)
            return installation.error().words();
        QStringList words;
        for (const InstalledRelease &release : installation->releases)
            words += release.version + u' ' + statusWords(release.status);
        return words.join(u", "_s);
    }

private slots:
    void initTestCase() { QVERIFY(m_release.build()); }

    void upgradeAndBack_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("no escript") << u"through bin/tiny eval: bin/install_upgrade.escript is missing"_s;
        QTest::newRow("own rpc") << u"calls of release_handler, through bin/tiny rpc."_s;
    }
    void upgradeAndBack()
    {
        QFETCH(QString, words);
        const QString kind = QString::fromUtf8(QTest::currentDataTag());
        TinyServer server;
        QVERIFY(server.start(m_release));
        Session &session = server.session();
        makePlain(server, kind);
        auto seen = readInstallation(session, {});
        VERIFY_RESULT(seen);
        QVERIFY(seen->nodeUp && seen->way == HandlerWay::Calls);
        QVERIFY2(seen->wayWords.contains(words), qPrintable(seen->wayWords));
        QCOMPARE(seen->disagreements, QStringList());

        auto step = unpackRelease(session, u"tiny"_s, u"1.1.0"_s, {});
        QCOMPARE(codeOf(step), u"server.unpack-failed"_s);
        QVERIFY2(step.error().hint.contains(u"releases/tiny-1.1.0.tar.gz"_s), wordsOf(step).constData());

        QVERIFY(server.upload(m_release, u"1.1.0"_s));
        step = unpackRelease(session, u"tiny"_s, u"1.1.0"_s, {});
        VERIFY_RESULT(step);
        QVERIFY2(step->raw.contains(u"unpack_release(\"1.1.0/tiny\")\n{ok,\"1.1.0\"}"_s), qPrintable(step->raw));
        QVERIFY(QFile::exists(server.test().local(u"releases/tiny-1.1.0.tar.gz"_s)));
        QVERIFY(!QFileInfo(server.test().local(u"releases/1.1.0/tiny.tar.gz"_s)).isSymLink());
        QCOMPARE(statuses(server), u"1.1.0 unpacked, 1.0.0 permanent"_s);
        QCOMPARE(codeOf(unpackRelease(session, u"tiny"_s, u"1.1.0"_s, {})), u"server.already-installed"_s);
        QFile::remove(server.test().local(u"bin/install_upgrade.escript"_s)); // it was in the tarball

        VERIFY_RESULT(checkRelease(session, u"tiny"_s, u"1.1.0"_s, {}));
        step = installRelease(session, u"tiny"_s, u"1.1.0"_s, {});
        VERIFY_RESULT(step);
        QVERIFY2(step->raw.contains(u"install_release(\"1.1.0\", [{update_paths,true}])\n{ok,"_s), qPrintable(step->raw));
        seen = readInstallation(session, {});
        VERIFY_RESULT(seen);
        QCOMPARE(seen->runningVersion, u"1.1.0"_s);
        QCOMPARE(seen->runningApps.value(u"tiny"_s), u"1.1.0"_s);
        VERIFY_RESULT(makePermanent(session, u"tiny"_s, u"1.1.0"_s, {}));
        QCOMPARE(codeOf(makePermanent(session, u"tiny"_s, u"1.1.0"_s, {})), u"server.already-installed"_s);
        QCOMPARE(statuses(server), u"1.1.0 permanent, 1.0.0 old"_s);
        QCOMPARE(readInstallation(session, {})->bootVersion, u"1.1.0"_s);

        VERIFY_RESULT(installRelease(session, u"tiny"_s, u"1.0.0"_s, {}));
        VERIFY_RESULT(makePermanent(session, u"tiny"_s, u"1.0.0"_s, {}));
        VERIFY_RESULT(removeRelease(session, u"tiny"_s, u"1.1.0"_s, {}));
        QCOMPARE(statuses(server), u"1.0.0 permanent"_s);
        QVERIFY(!QFile::exists(server.test().local(u"releases/tiny-1.1.0.tar.gz"_s)));
        seen = readInstallation(session, {});
        VERIFY_RESULT(seen);
        QCOMPARE(seen->disagreements, QStringList());
        QVERIFY(!QFile::exists(server.test().local(u"unknown"_s))); // no word was tried
    }

    void failures()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        Session &session = server.session();
        makePlain(server, u"own eval"_s);
        const QString place = server.test().local(u"releases/tiny-1.1.0.tar.gz"_s);
        const QByteArray whole = TestServer::contents(m_release.tarball(u"1.1.0"_s));
        for (const QByteArray &damaged : {"garbage"_ba, TestServer::contents(m_release.tarball(u"1.3.0"_s))}) {
            TestServer::write(place, damaged);
            const auto step = unpackRelease(session, u"tiny"_s, u"1.1.0"_s, {});
            QCOMPARE(codeOf(step), u"server.unpack-failed"_s);
            QVERIFY2(step.error().message.contains(u"damaged"_s), wordsOf(step).constData());
            QVERIFY(!QFileInfo(server.test().local(u"releases/1.1.0/tiny.tar.gz"_s)).isSymLink());
        }
        // Words and a link of the other way's failed try.
        QVERIFY(QFile::link(place, server.test().local(u"releases/1.1.0/tiny.tar.gz"_s)));
        TestServer::write(place, whole);
        VERIFY_RESULT(unpackRelease(session, u"tiny"_s, u"1.1.0"_s, {}));
        for (const QString &version : {u"1.2.0"_s, u"1.3.0"_s}) {
            QVERIFY(server.upload(m_release, version));
            VERIFY_RESULT(unpackRelease(session, u"tiny"_s, version, {}));
        }
        QCOMPARE(codeOf(installRelease(session, u"tiny"_s, u"7.7.7"_s, {})), u"server.not-installed"_s);
        QCOMPARE(codeOf(checkRelease(session, u"tiny"_s, u"1.3.0"_s, {})), u"server.no-relup"_s);
        QCOMPARE(codeOf(installRelease(session, u"tiny"_s, u"1.3.0"_s, {})), u"server.no-relup"_s);
        QCOMPARE(codeOf(makePermanent(session, u"tiny"_s, u"1.1.0"_s, {})), u"server.not-installed"_s);

        // A relup that names a library that is not there: refused before anything is changed.
        const QString relup = server.test().local(u"releases/1.1.0/relup"_s);
        const QByteArray good = TestServer::contents(relup);
        TestServer::write(relup, "{\"1.1.0\",[{\"1.0.0\",[],[{load_object_code,{tiny,\"1.1.0\",[gone]}},point_of_no_return]}],[]}.\n");
        const auto refused = installRelease(session, u"tiny"_s, u"1.1.0"_s, {});
        QCOMPARE(codeOf(refused), u"server.install-failed"_s);
        QVERIFY2(refused.error().message.contains(u"Nothing was changed: 1.0.0 still runs"_s), wordsOf(refused).constData());
        QVERIFY2(refused.error().detail.contains(u"gone.beam"_s), wordsOf(refused).constData());
        TestServer::write(relup, good);

        VERIFY_RESULT(installRelease(session, u"tiny"_s, u"1.1.0"_s, {}));
        const auto crashed = installRelease(session, u"tiny"_s, u"1.2.0"_s, {});
        QCOMPARE(codeOf(crashed), u"server.install-failed"_s);
        QVERIFY2(crashed.error().message.contains(u"restarted its applications and runs 1.0.0"_s), wordsOf(crashed).constData());
        QVERIFY2(crashed.error().message.contains(u"code_change"_s) && crashed.error().detail.contains(u"boom"_s),
                 wordsOf(crashed).constData());
    }

    // systools packs a release made as tiny-1.1.0.rel under that name.
    void packedBySystools()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        makePlain(server, u"own eval"_s);
        const QString folder = server.test().path(u"repacked"_s);
        QVERIFY(QDir().mkpath(folder));
        const QString place = server.test().local(u"releases/tiny-1.1.0.tar.gz"_s);
        QVERIFY(TinyRelease::run(folder, u"tar"_s, {u"xzf"_s, m_release.tarball(u"1.1.0"_s)}));
        QVERIFY(TinyRelease::run(folder, u"sh"_s, {u"-ec"_s, u"cd releases; cp 1.1.0/tiny.rel tiny-1.1.0.rel; rm -f tiny.rel; "
                                                   "mv 1.1.0/tiny.rel 1.1.0/tiny-1.1.0.rel; cd ..; tar czf '%1' *"_s.arg(place)}));
        const auto step = unpackRelease(server.session(), u"tiny"_s, u"1.1.0"_s, {});
        VERIFY_RESULT(step);
        QVERIFY2(step->raw.contains(u"unpack_release(\"1.1.0/tiny-1.1.0\")"_s), qPrintable(step->raw));
        VERIFY_RESULT(installRelease(server.session(), u"tiny"_s, u"1.1.0"_s, {}));
    }

    // Under heart, with the bin/start that OTP expects: the emulator goes down and another comes up.
    void restartsEmulator()
    {
        TinyServer server;
        QVERIFY(server.start(m_release, false));
        const QString args = server.test().local(u"releases/1.0.0/vm.args"_s);
        TestServer::write(args, TestServer::contents(args) + "-heart\n");
        const QString start = server.test().local(u"bin/start"_s);
        const QString root = server.test().local();
        TestServer::write(start, "#!/bin/sh\ncd '" + root.toUtf8() + "'\n"
                                 "VSN=$(cut -d ' ' -f 2 \"${1:-releases/start_erl.data}\")\n"
                                 "cp \"bin/tiny-$VSN\" bin/inner\nexec bin/inner daemon\n");
        QVERIFY(QFile::setPermissions(start, QFile::ReadOwner | QFile::ExeOwner));
        QVERIFY(server.startNode());
        ownScript(server, "eval|stop|daemon|console");
        QVERIFY(server.upload(m_release, u"1.4.0"_s));
        VERIFY_RESULT(unpackRelease(server.session(), u"tiny"_s, u"1.4.0"_s, {}));
        TestServer::write(server.test().local(u"releases/1.4.0/vm.args"_s), TestServer::contents(args));
        QVERIFY(QFile::rename(start, start + u"-away"_s));
        const auto refused = checkRelease(server.session(), u"tiny"_s, u"1.4.0"_s, {});
        QCOMPARE(codeOf(refused), u"server.check-failed"_s);
        QVERIFY2(refused.error().detail.contains(u"/bin/start"_s), wordsOf(refused).constData());
        QVERIFY(QFile::rename(start + u"-away"_s, start));
        const auto checked = checkRelease(server.session(), u"tiny"_s, u"1.4.0"_s, {});
        VERIFY_RESULT(checked);
        QVERIFY2(checked->detail.contains(u"restarts the Erlang runtime"_s), qPrintable(checked->detail));
        const auto step = installRelease(server.session(), u"tiny"_s, u"1.4.0"_s, {});
        VERIFY_RESULT(step);
        QCOMPARE(readInstallation(server.session(), {})->runningApps.value(u"tiny"_s), u"1.4.0"_s);
        QVERIFY(server.stopNode());
    }

    void answersTooLate()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        Session &session = server.session();
        // It unpacks, but nobody hears so.
        ownScript(server, "eval", "export RELX_RPC_TIMEOUT=2\n"
                                  "case \"$2\" in *erl_tar*) \"$(dirname \"$0\")/inner\" \"$@\" > said; exit 142 ;; esac");
        QVERIFY(server.upload(m_release, u"1.1.0"_s));
        const auto unpacked = unpackRelease(session, u"tiny"_s, u"1.1.0"_s, {});
        VERIFY_RESULT(unpacked);
        QVERIFY2(unpacked->raw.contains(u"did not answer in time"_s), qPrintable(unpacked->raw));
        // Its process does not let itself be suspended for a while, and the script gives up before.
        QCOMPARE(server.eval("spawn(fun() -> sys:replace_state(tiny_srv, fun(S) -> timer:sleep(4000), S end) end), ok."), "ok"_ba);
        const auto step = installRelease(session, u"tiny"_s, u"1.1.0"_s, {});
        VERIFY_RESULT(step);
        QVERIFY2(step->milliseconds > 2000 && step->raw.contains(u"did not answer in time"_s), qPrintable(step->raw));
        QCOMPARE(readInstallation(session, {})->runningVersion, u"1.1.0"_s);
        // What comes then, too: the node is asked whether it did so.
        ownScript(server, "eval", "case \"$2\" in *:make_permanent*) exit 142 ;; esac");
        QCOMPARE(codeOf(makePermanent(session, u"tiny"_s, u"1.1.0"_s, {})), u"server.timeout"_s);
        ownScript(server, "eval", "case \"$2\" in *:make_permanent*|*:remove_release*) "
                                  "\"$(dirname \"$0\")/inner\" \"$@\" > said; exit 142 ;; esac");
        VERIFY_RESULT(makePermanent(session, u"tiny"_s, u"1.1.0"_s, {}));
        QCOMPARE(statuses(server), u"1.1.0 permanent, 1.0.0 old"_s);
        QVERIFY(QFile::remove(server.test().local(u"bin/inner"_s))); // it reads files of 1.0.0
        QVERIFY(QFile::copy(server.test().local(u"bin/tiny-1.1.0"_s), server.test().local(u"bin/inner"_s)));
        VERIFY_RESULT(removeRelease(session, u"tiny"_s, u"1.0.0"_s, {}));
        QCOMPARE(statuses(server), u"1.1.0 permanent"_s);
    }

    void anotherDirectory()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        Session &session = server.session();
        makePlain(server, u"own eval"_s);
        QVERIFY(server.upload(m_release, u"1.1.0"_s));
        // Somebody changed where the node works; releases/RELEASES names folders as ./lib/tiny-1.0.0.
        QCOMPARE(server.eval("file:set_cwd(\"/tmp\")."), "ok"_ba);
        VERIFY_RESULT(unpackRelease(session, u"tiny"_s, u"1.1.0"_s, {}));
        VERIFY_RESULT(checkRelease(session, u"tiny"_s, u"1.1.0"_s, {}));
        VERIFY_RESULT(installRelease(session, u"tiny"_s, u"1.1.0"_s, {}));
        VERIFY_RESULT(makePermanent(session, u"tiny"_s, u"1.1.0"_s, {}));
        VERIFY_RESULT(checkRelease(session, u"tiny"_s, u"1.0.0"_s, {}));
        VERIFY_RESULT(installRelease(session, u"tiny"_s, u"1.0.0"_s, {}));
        VERIFY_RESULT(makePermanent(session, u"tiny"_s, u"1.0.0"_s, {}));
        VERIFY_RESULT(removeRelease(session, u"tiny"_s, u"1.1.0"_s, {}));
        QVERIFY(!QFile::exists(server.test().local(u"lib/tiny-1.1.0"_s)));
        QCOMPARE(server.eval("file:get_cwd()."), "{ok, \"/tmp\"}"_ba);
        QCOMPARE(readInstallation(session, {})->runningApps.value(u"tiny"_s), u"1.0.0"_s);
    }

    void verbsAreKept()
    {
        TinyServer server;
        QVERIFY(server.start(m_release, false));
        const auto seen = readInstallation(server.session(), {});
        VERIFY_RESULT(seen);
        QCOMPARE(seen->way, HandlerWay::Verbs);
        QVERIFY2(seen->wayWords.contains(u"unpack and install"_s) && seen->wayRemark.isEmpty(), qPrintable(seen->wayWords));

        TestServer::write(server.test().local(u"bin/install_upgrade.escript"_s), "main([\"unpack\", _]) -> ok.\n");
        const auto old = readInstallation(server.session(), {});
        VERIFY_RESULT(old);
        QCOMPARE(old->way, HandlerWay::Calls);
        QVERIFY2(old->wayWords.contains(u"or too old"_s), qPrintable(old->wayWords));
    }

    // An escript of relx's for Erlangs without erl_call; it breaks long strings.
    void throughNodetool()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        ownScript(server, "start|eval|stop", "export USE_NODETOOL=1");
        QVERIFY(server.upload(m_release, u"1.1.0"_s));
        VERIFY_RESULT(unpackRelease(server.session(), u"tiny"_s, u"1.1.0"_s, {}));
        QCOMPARE(statuses(server), u"1.1.0 unpacked, 1.0.0 permanent"_s);
    }

    void scripts_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *name, const QByteArray &text, const QString &word) { QTest::newRow(name) << text << word; };
        row("empty", "", {});
        row("OTP's plain one", "#!/bin/sh\nexec $BINDIR/erlexec ${1+\"$@\"}\n", {});
        row("branch", "case $1 in\n  eval) x ;;\nesac\n", u"eval"_s);
        row("quoted", "case $1 in\n  \"eval\") x ;;\nesac\n", u"eval"_s);
        row("one of several", "case $1 in\n  rpc|eval | call) x ;;\nesac\n", u"eval"_s);
        row("rpc alone", "case $1 in\n  rpc) x ;;\nesac\n", u"rpc"_s);
        row("comparison", "if [ \"$1\" = eval ]; then x; fi\n", u"eval"_s);
        row("bash's comparison", "if [[ \"$1\" == \"eval\" ]]; then x; fi\n", u"eval"_s);
        row("a comment", "# eval) does not exist\nx # [ $1 = eval ]\n", {});
        row("the shell's own", "eval set -- $addr\nx=$(eval echo $y)\n", {});
        row("another word", "case $1 in\n  evaluate) x ;;\nesac\n", {});
        row("relx", "install_upgrade.escript\ncase $1 in\n  eval) x ;;\nesac\n", u"eval"_s);
        row("old relx", "install_upgrade.escript\ncase $1 in\n  rpc) x ;;\nesac\n", u"rpc"_s);
        row("mix", "rpc () {\n exec --rpc-eval \"$1\"\n}\ncase $1 in\n  eval) x ;;\n  rpc) x ;;\nesac\n", {});
    }
    void scripts()
    {
        QFETCH(QByteArray, text);
        QTEST(ScriptSkills::of(text).word(), "word");
    }

    void hooks()
    {
        const auto remark = [](const QByteArray &line) { return wayRemark(HandlerWay::Calls, ScriptSkills::of(line)); };
        QVERIFY(remark("PRE_INSTALL_UPGRADE_HOOKS=\"\"\nX=\"y\"\n").isEmpty());
        QVERIFY(remark("PRE_INSTALL_UPGRADE_HOOKS=\"hooks/a\"\n").contains(u"not run"_s));
        QVERIFY(wayRemark(HandlerWay::Verbs, ScriptSkills::of("PRE_INSTALL_UPGRADE_HOOKS=\"hooks/a\"\n")).isEmpty());
    }

    void noWords()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        ownScript(server, "versions");
        const auto seen = readInstallation(server.session(), {});
        VERIFY_RESULT(seen);
        QVERIFY(!seen->nodeUp && seen->way == HandlerWay::None);
        QVERIFY2(seen->disagreements.value(0).contains(u"neither eval nor rpc"_s), qPrintable(seen->disagreements.join(u'\n')));
        for (const auto stepFunction : {unpackRelease, checkRelease, installRelease, makePermanent, removeRelease, rebootInto})
            QCOMPARE(codeOf(stepFunction(server.session(), u"tiny"_s, u"1.0.0"_s, {})), u"server.not-askable"_s);
        QVERIFY(!QFile::exists(server.test().local(u"unknown"_s)));
    }
};

QTEST_GUILESS_MAIN(PlainHandlerTest)
#include "tst_plainhandler.moc"
