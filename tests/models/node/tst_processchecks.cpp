// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/processchecks.h"

#include "models/erlang/parser.h"
#include "models/node/processquestions.h"
#include "tests/support/probemodule.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using namespace handover::node;

using Outcome = Check::Outcome;

class ProcessChecksTest : public QObject
{
    Q_OBJECT

    TinyRelease m_release;

    [[nodiscard]] static relup::Script script(const QByteArray &instructions)
    {
        const auto term = erlang::parseBareTerm(QByteArray("{\"1.0.0\", [], [" + instructions + "]}"));
        return *relup::Script::fromTerm(*term);
    }
    [[nodiscard]] static QMap<QString, Check> checksOf(TinyServer &server, const QByteArray &instructions,
                                                       const QString &to = u"1.1.0"_s)
    {
        const auto installation = readInstallation(server.session(), {});
        if (!installation)
            return {};
        const auto checks = checkProcesses(server.session(), *installation, to, script(instructions), {});
        if (!checks) {
            qWarning("%s", wordsOf(checks).constData());
            return {};
        }
        QMap<QString, Check> byId;
        for (const Check &check : *checks)
            byId.insert(check.id, check);
        return byId;
    }
    // What must be the same before and after.
    [[nodiscard]] static QByteArray stateOf(TinyServer &server)
    {
        return server.eval("{[P || {_, P, _, _} <- supervisor:which_children(probe_sup)], erlang:check_old_code(probe), "
                           "lists:sort(registered()), length(code:all_loaded())}.");
    }

private slots:
    void initTestCase() { QVERIFY(m_release.build()); }

    void loopsThatStay()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        ProbeModule probe(server);
        QVERIFY(probe.load(1) && probe.start());
        const QByteArray before = stateOf(server);
        const QByteArray brutal = "point_of_no_return, {suspend, [tiny_srv]}, {load, {tiny_srv, brutal_purge, brutal_purge}}, "
                                  "{load, {probe, brutal_purge, brutal_purge}}, {resume, [tiny_srv]}";
        auto checks = checksOf(server, brutal);
        QCOMPARE(checks.size(), 4);

        // Three permanent children die at once; their supervisor bears one restart.
        Check purge = checks.value(u"purge"_s);
        QCOMPARE(purge.outcome, Outcome::Failed);
        QVERIFY2(purge.words.contains(u"3 processes killed at make permanent"_s), qPrintable(purge.words));
        QString details = purge.details.join(u'\n');
        QVERIFY2(details.contains(u"under probe_sup: is in probe:loop/1"_s), qPrintable(details));
        QVERIFY2(details.contains(u"probe_sup (one_for_one, intensity 1 in 5 s) would have to restart 3 times"_s),
                 qPrintable(details));
        QVERIFY(!details.contains(u"tiny_srv"_s)); // a gen_server at rest is in nobody's code

        const Check suspend = checks.value(u"suspend"_s);
        QCOMPARE(suspend.outcome, Outcome::Passed);
        QVERIFY2(suspend.words.startsWith(u"1 process would be suspended for tiny_srv"_s), qPrintable(suspend.words));
        QVERIFY2(suspend.details.value(0).startsWith(u"tiny_srv: tiny_srv <0."_s) &&
                     suspend.details.value(0).contains(u"under tiny_app <0."_s), qPrintable(suspend.details.value(0)));
        QCOMPARE(checks.value(u"supervisors"_s).outcome, Outcome::Passed);
        QCOMPARE(checks.value(u"release_handler"_s).outcome, Outcome::Impossible);
        QVERIFY(checks.value(u"release_handler"_s).words.contains(u"after the unpacking"_s));

        // Suspended, too: they don't answer that, and stay where they are.
        purge = checksOf(server, "{suspend, [probe]}, " + brutal).value(u"purge"_s);
        QVERIFY2(purge.words.contains(u"3 processes killed at make permanent"_s), qPrintable(purge.words));

        // Spared, they stay; that the supervisor bears little no longer matters.
        const QByteArray soft = "point_of_no_return, {load, {probe, soft_purge, soft_purge}}";
        purge = checksOf(server, soft).value(u"purge"_s);
        QCOMPARE(purge.outcome, Outcome::Warning);
        QVERIFY2(purge.words.contains(u"3 processes may stay in code that becomes old"_s), qPrintable(purge.words));
        QCOMPARE(stateOf(server), before);

        // A second version loaded by hand makes theirs old code.
        QVERIFY(probe.load(2));
        const QByteArray old = stateOf(server);
        purge = checksOf(server, brutal).value(u"purge"_s);
        QCOMPARE(purge.outcome, Outcome::Failed);
        QVERIFY2(purge.words.contains(u"3 processes killed at install"_s), qPrintable(purge.words));
        purge = checksOf(server, soft).value(u"purge"_s);
        QCOMPARE(purge.outcome, Outcome::Failed);
        QVERIFY2(purge.words.contains(u"the node will refuse"_s), qPrintable(purge.words));
        QCOMPARE(stateOf(server), old);
    }

    void supervisorsThatHang()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        ProbeModule probe(server);
        QVERIFY(probe.load(1) && probe.start());
        const QByteArray way = "point_of_no_return, {suspend, [tiny_srv, probe]}, {load, {tiny_srv, soft_purge, soft_purge}}";
        QVERIFY(server.eval("sys:suspend(probe_sup).").contains("ok"));
        Check check = checksOf(server, way).value(u"supervisors"_s);
        QCOMPARE(check.outcome, Outcome::Failed);
        QVERIFY2(check.details.value(0).startsWith(u"probe <0."_s) && check.details.value(0).contains(u"is suspended"_s),
                 qPrintable(check.details.value(0)));
        QVERIFY(server.eval("sys:resume(probe_sup).").contains("ok"));
        QCOMPARE(checksOf(server, way).value(u"supervisors"_s).outcome, Outcome::Passed);

        QVERIFY(probe.hang());
        const auto checks = checksOf(server, way);
        check = checks.value(u"supervisors"_s);
        QCOMPARE(check.outcome, Outcome::Failed);
        QVERIFY2(check.details.value(0).contains(u"does not answer within 2 s"_s), qPrintable(check.details.value(0)));
        QCOMPARE(checks.value(u"suspend"_s).outcome, Outcome::Impossible);
        // A way that suspends nobody never asks it.
        QCOMPARE(checksOf(server, "point_of_no_return, {load, {tiny_srv, soft_purge, soft_purge}}")
                     .value(u"supervisors"_s).outcome, Outcome::Warning);
    }

    void theNodesOwnWord()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        const QByteArray way = "point_of_no_return, {load, {tiny_srv, brutal_purge, brutal_purge}}";
        QVERIFY(server.upload(m_release, u"1.1.0"_s) && server.upload(m_release, u"1.3.0"_s));
        VERIFY_RESULT(unpackRelease(server.session(), u"tiny"_s, u"1.1.0"_s, {}));
        VERIFY_RESULT(unpackRelease(server.session(), u"tiny"_s, u"1.3.0"_s, {}));
        const auto checks = checksOf(server, way);
        QCOMPARE(checks.value(u"release_handler"_s).outcome, Outcome::Passed);
        QCOMPARE(checks.value(u"purge"_s).outcome, Outcome::Passed);
        QCOMPARE(checksOf(server, way, u"1.3.0"_s).value(u"release_handler"_s).outcome, Outcome::Failed);
        const Check restart = checksOf(server, "restart_new_emulator, " + way).value(u"purge"_s);
        QVERIFY2(restart.outcome == Outcome::Warning && restart.words.contains(u"restarts the Erlang runtime"_s),
                 qPrintable(restart.words));
        QCOMPARE(checksOf(server, "{apply, {tiny_srv, boom, []}}, " + way).value(u"release_handler"_s).outcome,
                 Outcome::Impossible);

        QVERIFY(server.stopNode());
        const auto installation = readInstallation(server.session(), {});
        QCOMPARE(codeOf(checkProcesses(server.session(), *installation, u"1.1.0"_s, script(way), {})),
                 u"server.node-down"_s);
    }

    // Names of modules come out of a file; none makes an atom there, ends a word or runs.
    void oddNames()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        QByteArrayList names{"it's", "$(touch pwned)", "\"), halt(\"", "back\\slash", "é"_ba, QByteArray(300, 'x')};
        for (int i = 0; i < 3000; ++i)
            names += "module_of_no_node_" + QByteArray::number(i);
        names += "tiny_srv";
        const ReleaseScript node(server.session(), u"tiny"_s);
        const QByteArray atoms = server.eval("erlang:system_info(atom_count).");
        const auto tree = askTree(node, names, {});
        VERIFY_RESULT(tree);
        QCOMPARE(tree->users.size(), 1);
        QCOMPARE(tree->users.first().count, 1);
        VERIFY_RESULT(askCode(node, names, {}));
        QVERIFY2(server.eval("erlang:system_info(atom_count).").toLongLong() - atoms.toLongLong() < 500, atoms.constData());
        QVERIFY(!QFile::exists(server.test().local(u"pwned"_s)));
    }

    void manyProcesses()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        QVERIFY(server.eval("[spawn(fun() -> timer:sleep(infinity) end) || _ <- lists:seq(1, 100000)], done.").contains("done"));
        // Somebody who works on the node meanwhile measures the longest wait for it.
        const QByteArray pulse = "register(pulse, spawn(fun() -> (fun Beat(Worst, Last) -> receive {worst, P} -> P ! Worst after 5 -> "
                            "Now = erlang:monotonic_time(millisecond), Beat(max(Worst, Now - Last), Now) end end)"
                            "(0, erlang:monotonic_time(millisecond)) end)).";
        QVERIFY(server.eval(pulse).contains("true"));
        const ReleaseScript node(server.session(), u"tiny"_s);
        const auto use = askCode(node, {"tiny_srv", "lists", "timer"}, {});
        VERIFY_RESULT(use);
        QVERIFY(use->all > 100'000);
        const QByteArray worst = server.eval("pulse ! {worst, self()}, receive W -> W end.");
        qInfo("%lld of %lld processes in %lld ms, %lld found; the longest wait of another one: %s ms", use->looked, use->all,
              use->milliseconds, use->found, worst.constData());
        QVERIFY(use->looked > 0 && use->milliseconds < 24'000);

        // Nobody is in the code of these, and of one there is old code, about which every process is asked.
        ProbeModule probe(server);
        QVERIFY(probe.load(1));
        QVERIFY(server.eval("code:purge(probe), code:load_abs(" + erlangString(server.test().local(u"probe"_s)) +
                            ").").contains("{module, probe}"));
        QVERIFY(server.eval(pulse).contains("true"));
        const auto old = askCode(node, {"tiny_srv", "probe"}, {});
        VERIFY_RESULT(old);
        QCOMPARE(old->oldModules, QByteArrayList{"probe"});
        QCOMPARE(old->found, 0);
        qInfo("old code: %lld of %lld processes in %lld ms; the longest wait of another one: %s ms", old->looked, old->all,
              old->milliseconds, server.eval("pulse ! {worst, self()}, receive W -> W end.").constData());
    }
};

QTEST_GUILESS_MAIN(ProcessChecksTest)
#include "tst_processchecks.moc"
