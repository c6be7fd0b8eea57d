// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/handlerreason.h"
#include "models/node/loglines.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::node;

class HandlerReasonTest : public QObject
{
    Q_OBJECT

private slots:
    // As relx's script and calls of the functions bring them.
    void texts_data()
    {
        QTest::addColumn<QString>("raw");
        QTest::addColumn<QString>("cause");
        QTest::addColumn<QString>("remedy");
        const auto failed = [](const QString &reason) { return QString(u"ERROR: release_handler:install_release failed: "_s + reason); };
        QTest::newRow("code_change") << failed(u"{code_change_failed,<10307.287.0>,ctr_srv,\n                    211512345,\n                    {'EXIT',boom}}"_s)
                                     << u"code_change of ctr_srv failed on the way up: boom."_s << u"every field"_s;
        QTest::newRow("code_change down") << failed(u"{code_change_failed,<1.2.3>,m,{down,1},{'EXIT',{function_clause,[{m,code_change,[a,b,c],[{file,\"m.erl\"},{line,17}]}]}}}"_s)
                                          << u"failed in m:code_change/3, line 17 on the way down: function_clause."_s << u"code_change of m"_s;
        QTest::newRow("code_change, call") << u"bin/tiny gave an answer.\n{installed,{error,{code_change_failed,<0.279.0>,tiny_srv,\"1.1.0\",\n  {'EXIT',boom}}}}\n"_s
                                           << u"code_change of tiny_srv failed on the way up: boom."_s << u"state"_s;
        QTest::newRow("slow code_change") << failed(u"{'EXIT',{timeout,{sys,change_code,[<1.2.3>,m,1,[]]}}}"_s) << u"code_change of m took longer"_s << u"slow work"_s;
        QTest::newRow("gone in code_change") << failed(u"{'EXIT',{{noproc,x},{sys,change_code,[<1.2.3>,m,1,[]]}}}"_s)
                                             << u"A process ended while code_change of m ran in it"_s << u"log"_s;
        QTest::newRow("hanging process") << failed(u"{'EXIT',{timeout,{sys,get_status,[<10307.287.0>]}}}"_s)
                                         << u"tree <10307.287.0> doesn't answer (sys:get_status)"_s << u"observer"_s;
        QTest::newRow("soft_purge, script") << u"ERROR: unable to install '1.1.0' - old processes still running code from module m_1"_s
                                            << u"old code of m_1,"_s << u"brutal_purge for m_1"_s;
        QTest::newRow("soft_purge, call") << u"release_handler:install_release(\"1.1.0\")\n{error,{old_processes,m}}"_s << u"old code of m,"_s << u"brutal_purge"_s;
        QTest::newRow("no relup") << failed(u"{no_matching_relup,\n                                     \"1.2.0\",\"1.1.0\"}"_s) << u"from 1.1.0 to 1.2.0"_s << u"with a relup"_s;
        QTest::newRow("no relup file") << u"ERROR: release_handler:check_install_release failed: {enoent,\n  \"/srv/releases/1.0.0/relup\"}"_s
                                       << u"No relup on the server"_s << u"with a relup"_s;
        QTest::newRow("bad relup") << failed(u"{bad_relup_file,\"/srv/releases/1.1.0/relup\"}"_s) << u"/srv/releases/1.1.0/relup is damaged"_s << u"deliver it again"_s;
        QTest::newRow("no module") << failed(u"{no_such_file,\"/srv/lib/a-1/ebin/a_b.beam\"}"_s) << u"The relup loads a_b, but"_s << u"one build"_s;
        QTest::newRow("no boot file") << failed(u"{no_such_file,\"/srv/releases/1.1.0/start.boot\"}"_s) << u"no start.boot"_s << u"unpack it again"_s;
        QTest::newRow("other library") << failed(u"{bad_lib_vsn,ctr,\"1.0.0\"}"_s) << u"another version of ctr than the release has, which is 1.0.0"_s << u"together"_s;
        QTest::newRow("illegal") << failed(u"{illegal_instruction_after_point_of_no_return,\n   {load_object_code,{a,\"1\",[b]}}}"_s) << u"{load_object_code,{a,\"1\",[b]}}."_s << u"appups"_s;
        QTest::newRow("heart") << failed(u"{'heart:set_cmd() error',{error,{bad_cmd,x}}}"_s) << u"heart"_s << u"-heart"_s;
        QTest::newRow("supervisor") << failed(u"{suspended_supervisor,[{release_handler_1,maybe_supervisor_which_children,3,[{file,\"release_handler_1.erl\"},{line,5}]}]}"_s)
                                    << u"suspended"_s << u"supervisor"_s;
        QTest::newRow("dynamic") << failed(u"{'EXIT',{get_modules_failed,[{release_handler_1,maybe_get_dynamic_mods,2,[]}]}}"_s) << u"dynamic"_s << u"gen_event"_s;
        QTest::newRow("undef") << failed(u"{'EXIT',{undef,[{my_mod,prepare,[1,2],[]},{release_handler_1,eval,2,[{line,9}]}]}}"_s)
                               << u"my_mod:prepare/2, which does not exist"_s << u"apply"_s;
        QTest::newRow("call fails") << failed(u"{'EXIT',{{badmatch,{error,#Ref<0.1.2.3>}},[{my_mod,f,0,[{line,3}]}]}}"_s) << u"failed in my_mod:f/0, line 3: {badmatch,"_s << u"apply"_s;
        QTest::newRow("unlisted") << failed(u"{'EXIT',{{case_clause,false},[{release_handler_1,eval,2,[]}]}}"_s) << u"does not list"_s << u"RELEASES"_s;
        QTest::newRow("node lost") << failed(u"{sync_error,{nodedown,'b@host'}}"_s) << u"b@host went down"_s << u"together"_s;
        QTest::newRow("sasl") << u"release_handler:unpack_release(\"x\")\n{'EXIT',{noproc,{gen_server,call,[release_handler,which_releases,infinity]}}}"_s
                              << u"sasl doesn't run"_s << u"Put sasl"_s;
        QTest::newRow("cut short") << u"Unpack failed: {{case_clause,{error,eof}},\n               [{release_handler,extract_tar,2,\n                    [{file,\"release_handler.erl\"},{line,2}]}]}\nInstalled versions:\n* 1.0.0\tpermanent"_s
                                   << u"cut short or damaged"_s << u"replaced"_s;
        QTest::newRow("damaged") << u"Release 1.1.0 not found, attempting to unpack releases/x.tar.gz\nUnpack failed: {enoent,\"/srv/releases/1.1.0/ctr.rel\"}\nInstalled versions:\n* 1.0.0\tpermanent"_s
                                 << u"damaged, or holds another"_s << u"Build"_s;
        QTest::newRow("full") << u"Unpack failed: {cannot_extract_file,\"lib/a-1/ebin/a.beam\",enospc}\nInstalled versions:"_s
                              << u"lib/a-1/ebin/a.beam could not be taken out of the tarball: there is no room"_s << u"Make room on the server"_s;
        QTest::newRow("rights") << u"{error,eacces}"_s << u"the node's user may not do that"_s << u"rights"_s;
        QTest::newRow("a file's rights") << u"{error,{eacces,\"/srv/releases/RELEASES\"}}"_s << u"/srv/releases/RELEASES: the node's user"_s << u"rights"_s;
        QTest::newRow("existing") << u"{error,{existing_release,\"1.1.0\"}}"_s << u"has a release 1.1.0 already"_s << u"another version"_s;
        QTest::newRow("unknown release") << u"{error,{no_such_release,\"9\"}}"_s << u"no release 9"_s << u"Unpack"_s;
        QTest::newRow("status") << u"{error,{bad_status,old}}"_s << u"lists it as old"_s << u"Install"_s;
        QTest::newRow("permanent") << u"{error,{permanent,\"1.1.0\"}}"_s << u"1.1.0 is permanent"_s << u"another one"_s;
        QTest::newRow("link") << u"escript: exception error: no case clause matching {error,eexist}"_s << u"link"_s << u"again"_s;
        QTest::newRow("answer") << u"escript: exception error: no case clause matching {badrpc,nodedown}"_s << u"went down"_s << u"log"_s;
        QTest::newRow("pings") << u"Node ctr@localhost not responding to pings."_s << u"could not reach the node"_s << u"cookie"_s;
        QTest::newRow("unheard of") << failed(u"{something,new}"_s) << QString() << QString();
        QTest::newRow("no term") << failed(u"{{{"_s) << QString() << QString();
        QTest::newRow("nothing") << QString() << QString() << QString();
        QTest::newRow("deep") << failed(QString(5000, u'{')) << QString() << QString();
        QTest::newRow("much") << QString(u"failed: {1,2\n"_s.repeated(5000)) << QString() << QString();
        QTest::newRow("hostile") << failed(u"{bad_lib_vsn,'a\x1b[31m',\"1\x1b\"}"_s) << u"The relup loads another version of"_s << u"together"_s;
    }
    void texts()
    {
        QFETCH(const QString, raw);
        QFETCH(const QString, cause);
        QFETCH(const QString, remedy);
        const HandlerReason reason = handlerReason(raw);
        QCOMPARE(reason.cause.isEmpty(), cause.isEmpty());
        QVERIFY2(reason.cause.contains(cause), qPrintable(reason.cause));
        QVERIFY2(reason.remedy.contains(remedy), qPrintable(reason.remedy));
        QVERIFY2(isPlain(QString(reason.cause + reason.remedy)), qPrintable(reason.cause));
    }

    // What OTP prints, with line breaks, pids and functions, is read.
    void asErlangPrintsThem()
    {
        QProcess erl;
        erl.start(u"erl"_s, {u"-noshell"_s, u"-eval"_s,
            u"Long = lists:seq(1000, 1200), "
            "Why = {{badmatch, #{pid => self(), ref => make_ref(), f => fun() -> ok end, g => fun lists:map/2, text => <<\"a, <1.2.3>\">>}}, "
            "[{my_srv, code_change, [\"1.0\", Long, []], [{file, \"src/my_srv.erl\"}, {line, 42}]}, {gen_server, system_code_change, 4, []}]}, "
            "io:format(\"ERROR: release_handler:install_release failed: ~p~n\", [{code_change_failed, self(), my_srv, \"1.0\", {'EXIT', Why}}]), "
            "init:stop()."_s});
        QVERIFY(erl.waitForFinished(30'000));
        const QString raw = QString::fromUtf8(erl.readAllStandardOutput());
        QVERIFY(raw.count(u'\n') > 5);
        const HandlerReason reason = handlerReason(raw);
        QVERIFY2(reason.cause.startsWith(u"code_change of my_srv failed in my_srv:code_change/3, line 42 on the way up: {badmatch,"_s), qPrintable(raw + reason.cause));
    }

    // The names are those of the OTP that is here: a wrong one would never be met.
    void names()
    {
        QProcess erl; // atoms, and literals, which OTP 28 doesn't compress
        erl.start(u"erl"_s, {u"-noshell"_s, u"-eval"_s,
            u"[begin {ok, {_, Chunks}} = beam_lib:chunks(code:which(M), [\"AtU8\", \"LitT\"]), "
            "[io:format(\"~w~n\", [case B of <<0:32, Plain/binary>> -> Plain; "
            "<<_:32, Z/binary>> when Id =:= \"LitT\" -> zlib:uncompress(Z); _ -> B end]) || {Id, B} <- Chunks] end "
            "|| M <- [release_handler, release_handler_1]], init:stop()."_s});
        QVERIFY(erl.waitForFinished(30'000));
        QByteArray known;
        for (const QByteArray &number : erl.readAllStandardOutput().replace("<<", ",").replace(">>", ",").split(','))
            known += static_cast<char>(number.trimmed().toInt());
        for (const QByteArray &name : m_names)
            QVERIFY2(known.contains(name), name.constData());
    }

private:
    const QList<QByteArray> m_names{
        "code_change_failed", "old_processes", "no_such_file", "no_matching_relup", "bad_relup_file", "already_installed",
        "existing_release", "no_such_release", "bad_status", "permanent", "bad_lib_vsn",
        "illegal_instruction_after_point_of_no_return", "heart:set_cmd() error", "missing_base_app",
        "could_not_create_hybrid_boot", "change_appl_data", "sync_error", "bad_masters", "bad_rel_file", "bad_rel_data",
        "no_such_directory", "not_a_directory", "cannot_extract_file", "badrpc", "suspended_supervisor",
        "which_children_failed", "get_modules_failed", "static_emulator", "client_node", "no_master", "extract_tar"};
};

QTEST_GUILESS_MAIN(HandlerReasonTest)
#include "tst_handlerreason.moc"
