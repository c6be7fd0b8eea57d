// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/relup.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using relup::Phase;
using relup::Relup;

class TestRelup : public QObject
{
    Q_OBJECT

private:
    /// A relup with one way up of these instructions.
    static Result<Relup> wayUp(const QByteArray &instructions)
    {
        return Relup::parse(QByteArray("{\"2.0.0\",[{\"1.0.0\",[],[" + instructions + "]}],[]}.\n"));
    }

private slots:
    void instructions_data()
    {
        QTest::addColumn<QByteArray>("term");
        QTest::addColumn<bool>("before");
        QTest::addColumn<int>("phase");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *term, Phase phase, const char *words, bool before = false) {
            QTest::newRow(term) << QByteArray(term) << before << int(phase) << QString::fromUtf8(words);
        };
        row("{load_object_code,{tally,\"1.1.0\",[tally_counter,tally_sup]}}", Phase::Prepare,
            "read the code of tally 1.1.0: tally_counter, tally_sup", true);
        row("{load_object_code,{tally,\"1.1.0\",[a,b,c,d,e,f,g]}}", Phase::Prepare,
            "read the code of tally 1.1.0: a, b, c, d, e and 2 more", true);
        row("{load,{tally_counter,brutal_purge,brutal_purge}}", Phase::Change, "load tally_counter");
        row("{load,{'Elixir.Tally',soft_purge,soft_purge}}", Phase::Change, "load 'Elixir.Tally'");
        row("{remove,{tally_old,brutal_purge,brutal_purge}}", Phase::Change, "remove tally_old");
        row("{purge,[tally_old,tally_older]}", Phase::Change, "purge tally_old, tally_older");
        row("{purge,[]}", Phase::Change, "purge nothing");
        row("{suspend,[tally_counter]}", Phase::Suspend, "suspend tally_counter");
        row("{suspend,[{a,30000},b,{c,infinity},{d,default}]}", Phase::Suspend,
            "suspend a, b, c, d (waiting for a 30000 ms, c as long as it takes, d default)");
        row("{resume,[b,a]}", Phase::Resume, "resume b, a");
        row("{code_change,up,[{tally_counter,[]}]}", Phase::Change, "convert the state of tally_counter");
        row("{code_change,down,[{tally_counter,[]},{b,{x,1}}]}", Phase::Change,
            "convert the state of tally_counter, b back");
        row("{code_change,[{tally_counter,[]}]}", Phase::Change, "convert the state of tally_counter");
        row("{stop,[tally_sup]}", Phase::Restart, "stop the processes of tally_sup");
        row("{start,[tally_sup]}", Phase::Restart, "start the processes of tally_sup");
        row("{sync_nodes,tally,['a-1@h',b@h]}", Phase::Change, "wait for the nodes 'a-1@h', b@h (tally)");
        row("{sync_nodes,{x,1},{tally,nodes,[all]}}", Phase::Prepare,
            "wait for the nodes tally:nodes(all) ({x,1})", true);
        row("{apply,{supervisor,restart_child,[tally_sup,tally_stats]}}", Phase::Change,
            "call supervisor:restart_child(tally_sup, tally_stats)");
        row("{apply,{tally,check,[]}}", Phase::Prepare, "call tally:check()", true);
        row("{apply,{io,format,[\"a~n\",[]]}}", Phase::Change, "call io:format(\"a~n\", [])");
        row("{apply,{application,start,[tally_stats,permanent]}}", Phase::Restart,
            "start the application tally_stats");
        row("{apply,{application,stop,[tally_stats]}}", Phase::Restart, "stop the application tally_stats");
        row("{apply,{application,load,[tally_stats]}}", Phase::Restart, "load the application tally_stats");
        row("{apply,{application,unload,[tally_stats]}}", Phase::Restart,
            "unload the application tally_stats");
        row("{apply,{application,set_env,[tally,step,2]}}", Phase::Change,
            "call application:set_env(tally, step, 2)");
        row("{apply,{application,start,[mnesia]}}", Phase::Prepare, "start the application mnesia", true);
        row("restart_new_emulator", Phase::Restart, "restart the emulator in the new runtime system", true);
        row("restart_emulator", Phase::Restart, "restart the emulator in the new release");
        row("mnesia_backup", Phase::Change, "mnesia_backup");
        row("{load_module,m}", Phase::Change, "{load_module,m}");
        row("{load,m}", Phase::Change, "{load,m}");
        row("{suspend,m}", Phase::Suspend, "suspend nothing");
        row("{apply,{m,f,[a|b]}}", Phase::Change, "call m:f([a|b])");
    }
    void instructions()
    {
        QFETCH(QByteArray, term);
        QFETCH(bool, before);
        QFETCH(int, phase);
        QFETCH(QString, words);
        const auto read = wayUp(before ? QByteArray(term + ",point_of_no_return")
                                       : QByteArray("point_of_no_return," + term));
        QVERIFY2(read, read ? "" : qPrintable(read.error().words()));
        const relup::Script &script = read->up.first();
        QCOMPARE(script.instructions.size(), 1);
        QCOMPARE(script.pointOfNoReturn, before ? 1 : 0);
        QCOMPARE(script.instructions.first().words, words);
        QCOMPARE(int(script.instructions.first().phase), phase);
        QCOMPARE(script.instructions.first().term.print(), term);
        QCOMPARE(script.restartsEmulator, term.startsWith("restart_"));
    }

    void bothDirections()
    {
        const QByteArray text = R"(%% coding: utf-8
{"2.0.0",
 [{"1.1.0",[],
   [{load_object_code,{tally,"2.0.0",[tally_counter]}},
    point_of_no_return,
    {suspend,[tally_counter]},
    {load,{tally_counter,brutal_purge,brutal_purge}},
    {code_change,up,[{tally_counter,[]}]},
    {resume,[tally_counter]}]},
  {"1.0.0","from long ago",
   [restart_new_emulator,
    {load_object_code,{tally,"2.0.0",[tally_counter]}},
    point_of_no_return]}],
 [{"1.1.0",[],[point_of_no_return,restart_emulator]}]}.
)";
        const auto read = Relup::parse(text);
        QVERIFY2(read, read ? "" : qPrintable(read.error().words()));
        QCOMPARE(read->version, u"2.0.0"_s);
        QCOMPARE(read->text, text);
        QCOMPARE(read->up.size(), 2);
        QCOMPARE(read->down.size(), 1);
        const relup::Script &up = read->up.first();
        QCOMPARE(up.version, u"1.1.0"_s);
        QCOMPARE(up.pointOfNoReturn, 1);
        QVERIFY(!up.restartsEmulator);
        QList<Phase> phases;
        for (const relup::Instruction &instruction : up.instructions)
            phases.append(instruction.phase);
        QCOMPARE(phases,
                 (QList{Phase::Prepare, Phase::Suspend, Phase::Change, Phase::Change, Phase::Resume}));
        QCOMPARE(read->up.at(1).version, u"1.0.0"_s);
        QCOMPARE(read->up.at(1).pointOfNoReturn, 2);
        QVERIFY(read->up.at(1).restartsEmulator);
        QVERIFY(read->down.first().restartsEmulator);
        QCOMPARE(read->down.first().pointOfNoReturn, 0);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *text, const char *message) {
            QTest::newRow(text) << QByteArray(text) << QString::fromUtf8(message);
        };
        row("", "empty");
        row("%% coding: utf-8\n", "empty");
        row("{\"2\",[],[]}", "line 1");
        row("{\"2\",[],\n[}.", "line 2");
        row("{\"2\",[],[]}. {\"2\",[],[]}.", "more than one term");
        row("{\"2\",[]}.", "{Version, Up, Down}");
        row("hello.", "{Version, Up, Down}");
        row("{two,[],[]}.", "no release version");
        row("{\"\",[],[]}.", "no release version");
        row("{\"2\",up,[]}.", "a list of ways up");
        row("{\"2\",[],{}}.", "a list of ways up");
        row("{\"2\",[{\"1\",[]}],[]}.", "{Version, Description, Instructions}");
        row("{\"2\",[],[{\"1\",[],now}]}.", "{Version, Description, Instructions}");
        row("{\"2\",[{one,[],[]}],[]}.", "no release version");
        row("{\"2\",[{\"1\",[],[point_of_no_return,point_of_no_return]}],[]}.",
            "more than one point of no return");
        row("{\"2\",[{\"1\",[],[a|b]}],[]}.", "{Version, Description, Instructions}");
    }
    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, message);
        const auto read = Relup::parse(text);
        QVERIFY(!read);
        QCOMPARE(read.error().code, u"relup.unreadable"_s);
        QVERIFY2(read.error().message.contains(message), qPrintable(read.error().message));
        QVERIFY(!read.error().hint.isEmpty());
    }

    void hostileSizes()
    {
        const auto deep = Relup::parse(QByteArray("{\"2\",[{\"1\",[],[" + QByteArray("[").repeated(100'000)));
        QVERIFY(!deep);
        // Words stay short whatever the terms are.
        QByteArray many = "{load_object_code,{a,\"1\",[m";
        for (int i = 0; i < 20'000; ++i)
            many += ",m" + QByteArray::number(i);
        many += "]}},point_of_no_return,{apply,{m,f,[\"" + QByteArray("x").repeated(100'000) + "\"]}},{" +
                QByteArray("y").repeated(200) + "}";
        const auto read = wayUp(many);
        QVERIFY2(read, read ? "" : qPrintable(read.error().words()));
        for (const relup::Instruction &instruction : read->up.first().instructions)
            QVERIFY2(instruction.words.size() < 400, qPrintable(instruction.words));
    }

    void phasesHaveWords()
    {
        QStringList words;
        for (const Phase phase :
             {Phase::Prepare, Phase::Suspend, Phase::Change, Phase::Resume, Phase::Restart})
            words.append(relup::phaseWords(phase));
        QCOMPARE(words.removeDuplicates(), 0);
        QVERIFY(!words.contains(QString()));
    }
};

QTEST_GUILESS_MAIN(TestRelup)
#include "tst_relup.moc"
