// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/instruction.h"
#include "models/erlang/parser.h"
#include "tests/support/erl.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;

// Instruction lists against systools_rc:translate_scripts/4: we must complain exactly where it does,
// as far as it is about an instruction itself and not about what releases contain.
static const QByteArrayList &lists()
{
    static const QByteArrayList table{
        // clang-format off
        "[]", "[restart_new_emulator]", "[restart_emulator]", "[restart]", "[reboot]", "[mnesia_backup]",
        "[foo]", "[1]", "[\"abc\"]", "[{load_module,m}]", "[{load_module,m,[]}]",
        "[{load_module,m,[n]},{load_module,n}]", "[{load_module,m,soft_purge,soft_purge,[]}]",
        "[{load_module,m,soft,soft,[]}]", "[{load_module,\"m\"}]", "[{load_module,m,n}]",
        "[{load_module,m,[\"n\"]}]", "[{load_module}]", "[{load_module,m,soft_purge,soft_purge}]",
        "[{load_module,m,brutal_purge,brutal_purge,n}]", "[{update,m}]", "[{update,m,supervisor}]",
        "[{update,m,soft}]", "[{update,m,{advanced,[]}}]", "[{update,m,[]}]", "[{update,m,{advanced}}]",
        "[{update,m,{foo,1}}]", "[{update,m,static}]", "[{update,m,hard}]", "[{update,m,soft,[]}]",
        "[{update,m,{advanced,x},[n]},{update,n}]", "[{update,m,supervisor,[]}]",
        "[{update,m,soft,brutal_purge,brutal_purge,[]}]", "[{update,m,soft,soft_purge,brutal_purge}]",
        "[{update,m,default,soft,brutal_purge,brutal_purge,[]}]",
        "[{update,m,static,soft,brutal_purge,brutal_purge,[]}]",
        "[{update,m,1000,soft,brutal_purge,brutal_purge,[]}]",
        "[{update,m,0,soft,brutal_purge,brutal_purge,[]}]",
        "[{update,m,infinity,soft,brutal_purge,brutal_purge,[]}]",
        "[{update,m,static,default,{advanced,[]},brutal_purge,brutal_purge,[]}]",
        "[{update,m,other,default,{advanced,[]},brutal_purge,brutal_purge,[]}]",
        "[{update,m,dynamic,default,soft,brutal_purge,purge,[]}]", "[{update,1}]", "[{add_module,m}]",
        "[{add_module,m,[n]},{add_module,n}]", "[{add_module,m,brutal_purge,brutal_purge,[]}]",
        "[{delete_module,m}]", "[{delete_module,m,[]}]", "[{remove_module,m}]", "[{delete_module,\"m\"}]",
        "[{add_application,a}]", "[{add_application,a,permanent}]", "[{add_application,a,load}]",
        "[{add_application,a,forever}]", "[{add_application,\"a\"}]", "[{remove_application,a}]",
        "[{remove_application,a,b}]", "[{restart_application,a}]", "[{restart_application,\"a\"}]",
        "[{load_object_code,{a,\"1\",[m]}}]", "[{load_object_code,{a,1,[m]}}]",
        "[{load_object_code,{\"a\",\"1\",[m]}}]", "[{load_object_code,{a,\"1\",m}}]",
        "[{load_object_code,a}]",
        "[{load_object_code,{a,\"1\",[m]}},point_of_no_return,{load,{m,brutal_purge,brutal_purge}}]",
        "[{load,m}]", "[{load,{m,brutal_purge,x}}]", "[{remove,{m,soft_purge,soft_purge}}]",
        "[{remove,{1,soft_purge,soft_purge}}]", "[{purge,[m]}]", "[{purge,m}]", "[{purge,[1]}]",
        "[{suspend,[m]},{resume,[m]}]", "[{suspend,[{m,infinity}]},{resume,[m]}]",
        "[{suspend,[{m,x}]},{resume,[m]}]", "[{suspend,m}]", "[{resume,[1]}]", "[{code_change,[{m,x}]}]",
        "[{code_change,[m]}]", "[{code_change,up,[{m,x}]}]", "[{code_change,sideways,[{m,x}]}]",
        "[{code_change,m}]", "[{stop,[m]},{start,[m]}]", "[{stop,m}]", "[{start,[\"m\"]}]",
        "[{sync_nodes,x,[n@h]}]", "[{sync_nodes,x,{m,f,[]}}]", "[{sync_nodes,x,[1]}]",
        "[{sync_nodes,x,{m,f,1}}]", "[{sync_nodes,x}]", "[{apply,{m,f,[]}}]", "[{apply,{m,f,a}}]",
        "[{apply,{m,\"f\",[]}}]", "[{apply,m,f,[]}]", "[point_of_no_return]",
        "[point_of_no_return,point_of_no_return]", "[{apply,{m,f,[]}},point_of_no_return,{apply,{m,f,[]}}]",
        "[{load_module,m},point_of_no_return]", "[{foo,1},point_of_no_return]",
        "[[{load_module,m,brutal_purge,brutal_purge,[]}]]", "[[{load_module,m}]]", "[[{update,m}]]",
        "[[restart_new_emulator],{apply,{m,f,[]}}]", "[{}]", "[{\"load_module\",m}]", "[{load_modul,m}]",
        "[[[restart_emulator]]]",
        // clang-format on
    };
    return table;
}

class InstructionsErl : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void asErl_data();
    void asErl();
    void words();

private:
    QByteArrayList m_expected;
};

void InstructionsErl::initTestCase()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here to compare with.");
    QTemporaryDir directory;
    QFile file(directory.filePath(u"lists"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(lists().join(".\n") + ".\n");
    file.close();
    const QByteArray answer = test::Erl::run(R"(
        [File] = init:get_plain_arguments(),
        {ok, Lists} = file:consult(File),
        About = [bad_instruction, bad_module, bad_change, bad_mod_type, bad_timeout, bad_purge_method, bad_list, bad_application,
                 bad_start_type, bad_lib, bad_lib_vsn, bad_func, bad_args_list, bad_node, bad_code_change, bad_mode,
                 not_yet_implemented, too_many_point_of_no_return, bad_op_before_point_of_no_return],
        [case catch systools_rc:translate_scripts(up, [L], [], []) of
             {error, _, Reason} when is_tuple(Reason) ->
                 io:format("~s~n", [case lists:member(element(1, Reason), About) of true -> bad; false -> good end]);
             {error, _, too_many_point_of_no_return} -> io:format("bad~n");
             {'EXIT', _} -> io:format("exit~n");
             _ -> io:format("good~n")
         end || L <- Lists])",
                                             {file.fileName()});
    m_expected = answer.trimmed().split('\n');
    QVERIFY2(m_expected.size() == lists().size(), answer.constData());
}

void InstructionsErl::asErl_data()
{
    QTest::addColumn<QByteArray>("expected");
    for (qsizetype i = 0; i < lists().size(); ++i)
        QTest::newRow(lists()[i].constData()) << m_expected.value(i);
}

void InstructionsErl::asErl()
{
    QFETCH(QByteArray, expected);
    const auto list = erlang::parseBareTerm(QTest::currentDataTag());
    QVERIFY(list);
    const auto problems = appup::checkInstructions(list->items());
    using Kind = appup::InstructionProblem::Kind;
    const bool onlyAtRunTime = problems.size() == 1 && problems[0].kind == Kind::OnlyTranslated;
    QCOMPARE(problems.isEmpty() || onlyAtRunTime, expected == "good");
    for (const auto &problem : problems)
        QVERIFY(!problem.message.isEmpty() && !problem.range.isEmpty());
}

void InstructionsErl::words()
{
    const auto message = [](const char *list) {
        return appup::checkInstructions(erlang::parseBareTerm(list)->items()).value(0).message;
    };
    QVERIFY(message("[{remove_module,m}]").contains(u"Did you mean delete_module?"_s));
    QVERIFY(message("[{load_modul,m}]").contains(u"Did you mean load_module?"_s));
    QVERIFY(message("[{update,m,hard}]").contains(u"{update,M,Change}"_s));
    QVERIFY(message("[{load_module,m,soft,soft,[]}]")
                .contains(u"Argument 2 of load_module must be soft_purge or brutal_purge"_s));
    QVERIFY(message("[[{load_module,m}]]").contains(u"all arguments"_s));
}

QTEST_GUILESS_MAIN(InstructionsErl)
#include "tst_instructions_erl.moc"
