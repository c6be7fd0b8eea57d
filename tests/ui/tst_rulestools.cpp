// SPDX-License-Identifier: GPL-3.0-or-later
// What stands beside the rules' text: the builder of rules and versions to try, on the sample's repository.
#include "models/appup/instructionchoice.h"
#include "models/appup/matchtablemodel.h"
#include "models/workspace/sample.h"
#include "models/workspace/workspace.h"
#include "tests/support/erl.h"
#include "tests/ui/windowtest.h"
#include "ui/appup/codenotice.h"
#include "ui/appup/matrixview.h"
#include "ui/appup/rulebuilder.h"
#include "ui/appup/rulespage.h"
#include "ui/editor/codeeditor.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/theme.h"
#include "ui/widgets/inlinemessage.h"

#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;

class TestRulesTools : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void testVersionsAreRemembered();
    void ruleBuilderWritesRules();
    void matrixLeadsToTheRule();
    void codeIsEvaluatedWhenAsked();

private:
    void shoot(const QString &name) { test::shootBoth(*m_window, name); }
    [[nodiscard]] QModelIndex cell(const QString &version, int column) const { return test::matchCell(*m_window, version, column); }
    void open();
    void choose(const QString &app);
    [[nodiscard]] bool analysed() const; ///< waits

    QTemporaryDir m_directory;
    QString m_project;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<ui::MainWindow> m_window;
};

void TestRulesTools::initTestCase()
{
    qputenv("HANDOVER_CACHE_DIR", m_directory.filePath(u"cache"_s).toUtf8());
    qputenv("HANDOVER_CONFIG_DIR", m_directory.filePath(u"config"_s).toUtf8());
    qputenv("HANDOVER_STATE_DIR", m_directory.filePath(u"state"_s).toUtf8());
    ui::Theme::instance().install(*qApp);
}

void TestRulesTools::init()
{
    m_project = m_directory.filePath(QString::fromLatin1(QTest::currentTestFunction()));
    const auto made = workspace::makeSampleProject(m_project, {});
    QVERIFY2(made, made ? "" : qPrintable(made.error().words()));
    open();
}

void TestRulesTools::open()
{
    m_window.reset();
    m_workspace = std::make_unique<workspace::Workspace>();
    m_window = std::make_unique<ui::MainWindow>(m_workspace.get());
    m_window->show();
    Job *job = m_workspace->open(m_project);
    QVERIFY(QTest::qWaitFor([job] { return job->isFinished(); }, 30'000));
    m_workspace->choosePair(u"1.0.0"_s, u"2.0.0"_s);
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

bool TestRulesTools::analysed() const
{
    return QTest::qWaitFor([this] { return m_workspace->rules()->isAnalysed(); }, 10'000);
}

void TestRulesTools::choose(const QString &app)
{
    m_workspace->chooseApp(app);
    QVERIFY(analysed());
}

void TestRulesTools::cleanup()
{
    m_workspace->rules()->discardAll();
    m_window.reset();
    m_workspace.reset();
}

void TestRulesTools::testVersionsAreRemembered()
{
    using Model = appup::MatchTableModel;
    choose(u"tally_tcp"_s);
    for (const QString &version : {u"1.0.77"_s, u"7"_s}) {
        QTest::keyClicks(m_window->rulesPage()->testField(), version);
        QTest::keyClick(m_window->rulesPage()->testField(), Qt::Key_Return);
    }
    QCOMPARE(cell(u"1.0.77"_s, Model::UpColumn).data(Model::RuleNumberRole).toInt(), 2);
    choose(u"tally"_s);
    QVERIFY(!cell(u"7"_s, Model::UpColumn).isValid());
    open(); // as the next day
    choose(u"tally_tcp"_s);
    QVERIFY(cell(u"1.0.77"_s, Model::UpColumn).isValid());
    QVERIFY(cell(u"7"_s, Model::UpColumn).data(Model::TestRole).toBool());
    QTableView *table = m_window->rulesPage()->table();
    table->setCurrentIndex(cell(u"7"_s, Model::VersionColumn));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Delete);
    QVERIFY(!cell(u"7"_s, Model::UpColumn).isValid());
    QVERIFY(cell(u"1.0.77"_s, Model::UpColumn).isValid());
    QTest::keyClick(table, Qt::Key_Delete); // versions of tags stay
    QVERIFY(cell(u"1.0.1"_s, Model::UpColumn).isValid());
}

// A rule is made without knowing the syntax: its versions, its modules, both ways, one undo step.
void TestRulesTools::ruleBuilderWritesRules()
{
    using Model = appup::MatchTableModel;
    choose(u"tally"_s);
    ui::CodeEditor *editor = m_window->rulesPage()->editor();
    ui::RuleBuilder *builder = m_window->rulesPage()->builder();
    const QByteArray text = editor->text();
    QVERIFY(analysed());
    m_window->actions()->action(u"rules.new"_s)->trigger();
    QVERIFY(builder->isVisible());
    const auto shows = [&](const QString &key) {
        return QTest::qWaitFor([&] { return builder->keyText() == key && builder->insertButton()->isEnabled(); }, 5'000);
    };
    // a series, its newest first
    QVERIFY2(shows(uR"(<<"1\\.1(\\.[0-9]+)*">>)"_s), qPrintable(builder->keyText()));
    const auto answer = [&] { return builder->moduleTable()->model()->index(0, 1).data().toString(); };
    QVERIFY(QTest::qWaitFor([&] { return answer() == u"nothing runs in it: just load"; }, 10'000));
    shoot(u"builder"_s);
    // what is selected in the table
    builder->kindBox()->setCurrentIndex(builder->kindBox()->findText(u"those selected in the table"_s));
    QTableView *table = m_window->rulesPage()->table();
    table->setCurrentIndex(cell(u"1.0.1"_s, Model::VersionColumn));
    QVERIFY2(shows(u"\"1.0.1\""_s), qPrintable(builder->keyText()));
    // a range; everything that runs may be restarted
    builder->kindBox()->setCurrentIndex(builder->kindBox()->findText(u"the versions from"_s));
    builder->fromBox()->setCurrentText(u"1.0.0"_s);
    builder->toBox()->setCurrentText(u"1.0.1"_s);
    QAbstractItemModel *modules = builder->moduleTable()->model();
    QVERIFY(modules->setData(modules->index(0, 1), int(appup::ModuleAnswer::RestartApplication), Qt::EditRole));
    QVERIFY2(shows(uR"(<<"^1(\\.0(\\.0(\\.[0-9]+)*|\\.1(\\.0+)*)?)?$">>)"_s), qPrintable(builder->keyText()));
    shoot(u"builder-range"_s);
    const int before = cell(u"1.0.1"_s, Model::UpColumn).data(Model::RuleNumberRole).toInt();
    QTest::mouseClick(builder->insertButton(), Qt::LeftButton);
    QCOMPARE(editor->text().count("{restart_application,tally}"), 2);
    QVERIFY(QTest::qWaitFor([&] { return m_workspace->rules()->text() == editor->text(); }) && analysed());
    QVERIFY(m_workspace->rules()->appup());
    QCOMPARE(m_workspace->rules()->appup()->up.size(), m_workspace->rules()->appup()->down.size());
    QVERIFY(before > 0);
    shoot(u"built"_s);
    editor->undo();
    QCOMPARE(editor->text(), text);
    m_window->rulesPage()->showBuilder(false);
    QVERIFY(!builder->isVisible());
}

void TestRulesTools::matrixLeadsToTheRule()
{
    using Model = appup::RulesMatrixModel;
    m_window->actions()->action(u"rules.matrix"_s)->trigger();
    QTableView *matrix = m_window->rulesPage()->matrix()->table();
    QVERIFY(matrix->isVisible());
    const auto words = [&](int row, int column) { return matrix->model()->index(row, column).data(Qt::AccessibleTextRole).toString(); };
    QVERIFY(QTest::qWaitFor([&] { return matrix->model()->rowCount() == 4 && !words(1, 2).isEmpty(); }, 10'000));
    QCOMPARE(matrix->model()->columnCount(), 3);
    QCOMPARE(words(0, 0), u"tally 2.0.0 in both: there is nothing to do."_s);
    QCOMPARE(words(2, 2), u"tally_tcp 1.0.1 to 2.0.0: rule 2, code change; back: rule 2, code change."_s);
    shoot(u"matrix"_s);
    // An edit is followed, although it isn't saved.
    choose(u"tally_tcp"_s);
    QVERIFY(matrix->isVisible());
    ui::CodeEditor *editor = m_window->rulesPage()->editor();
    const appup::Rule third = m_workspace->rules()->appup()->up[2];
    QVERIFY(editor->applyEdits({{third.instructionsRange, "[{restart_application, tally_tcp}]"}}));
    QVERIFY(QTest::qWaitFor([&] { return words(1, 2).contains(u"rule 3, application restart"_s); }, 10'000));
    QVERIFY(editor->applyEdits({{third.keyRange, "<<\"7\">>"}}));
    QVERIFY(QTest::qWaitFor([&] { return words(1, 2).contains(u"no rule takes it"_s); }, 10'000));
    shoot(u"matrix-blocked"_s);
    editor->undo();
    editor->undo();
    QVERIFY(analysed());
    // A click leads to the application, the version and the rule.
    choose(u"tally"_s);
    matrix->setCurrentIndex(matrix->model()->index(2, 2));
    QTest::keyClick(matrix, Qt::Key_Return);
    QVERIFY(!matrix->isVisible() && analysed());
    QCOMPARE(m_workspace->rules()->source().app, u"tally_tcp"_s);
    QCOMPARE(m_window->rulesPage()->table()->currentIndex().row(), cell(u"1.0.1"_s, 0).row());
    QCOMPARE(editor->highlight(), m_workspace->rules()->appup()->up[1].keyRange);
    QCOMPARE(matrix->model()->index(2, 2).data(Model::VsnRole).toString(), u"1.0.1"_s);
    m_window->rulesPage()->showMatrix(true);
    QTest::keyClick(matrix, Qt::Key_Escape);
    QVERIFY(!matrix->isVisible());
}

// An .appup.src that is code: nothing is known, or run, before somebody asks for it.
void TestRulesTools::codeIsEvaluatedWhenAsked()
{
    using Model = appup::MatchTableModel;
    using Code = workspace::RulesDocument::Code;
    choose(u"tally_tcp"_s);
    workspace::RulesDocument *rules = m_workspace->rules();
    QVERIFY(rules->source().file.endsWith(u".appup.src"));
    ui::CodeEditor *editor = m_window->rulesPage()->editor();
    const QString trace = m_directory.filePath(u"ran"_s);
    editor->replaceText("file:write_file(\"" + trace.toUtf8() + "\", []),\nUp = [{update, tally_tcp_client}],\n"
                        "{\"{{vsn}}\",\n [{\"1.0.\" ++ [N], Up} || N <- \"01\"],\n [{<<\".*\">>, [{restart_application, tally_tcp}]}]}.\n");
    QVERIFY(QTest::qWaitFor([&] { return rules->code() == Code::Unknown; }, 5'000));
    ui::InlineMessage *message = m_window->rulesPage()->codeNotice()->message();
    QVERIFY(message->isVisible());
    QCOMPARE(rules->issues().size(), 1);
    QCOMPARE(rules->issues().first().code, u"appup.code"_s);
    QCOMPARE(rules->errorCount(), 0);
    QCOMPARE(cell(u"1.0.1"_s, Model::UpColumn).data().toString(), QString());
    shoot(u"code"_s);
    QVERIFY(!QFile::exists(trace));
    if (!test::Erl::isThere())
        QSKIP("There is no Erlang here.");
    QAction *evaluate = m_window->actions()->action(u"rules.evaluate"_s);
    QVERIFY(QTest::qWaitFor([&] { return evaluate->isEnabled(); }));
    evaluate->trigger();
    QVERIFY2(QTest::qWaitFor([&] { return rules->code() == Code::Evaluated; }, 15'000), qPrintable(message->text() + message->details()));
    QVERIFY(QFile::exists(trace));
    QCOMPARE(cell(u"1.0.1"_s, Model::UpColumn).data().toString(), u"2 · code change"_s);
    QCOMPARE(cell(u"1.1.0"_s, Model::UpColumn).data().toString(), u"none"_s);
    QCOMPARE(cell(u"1.1.0"_s, Model::DownColumn).data().toString(), u"1 · application restart"_s);
    QVERIFY(message->text().contains(u"evaluated from"_s));
    QVERIFY(message->details().contains(u"{\"1.0.1\",[{update,tally_tcp_client}]}"_s));
    QVERIFY(rules->errorCount() > 0); // 1.1.0 isn't taken
    shoot(u"code-evaluated"_s);
    // An edit makes it unknown again; what it was before is known still.
    QVERIFY(editor->applyEdits({{{0, 0}, "%% x\n"}}));
    QVERIFY(QTest::qWaitFor([&] { return rules->code() == Code::Unknown; }, 5'000));
    editor->undo();
    QVERIFY(QTest::qWaitFor([&] { return rules->code() == Code::Evaluated; }, 5'000));
    // What fails is said.
    editor->replaceText("exit(no_rules_today).\n");
    m_window->actions()->action(u"rules.evaluate"_s)->trigger();
    QVERIFY(QTest::qWaitFor([&] { return message->details().contains(u"no_rules_today"_s); }, 15'000));
    QCOMPARE(rules->code(), Code::Unknown);
    shoot(u"code-failed"_s);
}

QTEST_MAIN(TestRulesTools)
#include "tst_rulestools.moc"
