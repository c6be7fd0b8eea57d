// SPDX-License-Identifier: GPL-3.0-or-later
// The main job by the window's own widgets, on real parts, with a watch on how long the window's
// thread is ever blocked.
#include "app/demo/demostage.h"
#include "models/appup/matcher.h"
#include "models/appup/matchtablemodel.h"
#include "models/changes/differencesmodel.h"
#include "models/versions/versionlistmodel.h"
#include "tests/ui/watchdog.h"
#include "tests/ui/windowtest.h"
#include "ui/appup/rulebuilder.h"
#include "ui/appup/modulechooser.h"
#include "ui/appup/rulespage.h"
#include "ui/changes/changespage.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/diffview.h"
#include "ui/relup/reluppage.h"
#include "ui/relup/reluppane.h"
#include "ui/relup/relupstrip.h"
#include "ui/relup/relupview.h"
#include "ui/server/servercard.h"
#include "ui/server/serverspanel.h"
#include "ui/shell/headerbar.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/theme.h"
#include "ui/versions/versionspanel.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/stepper.h"

#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace handover;
using test::LongestBlockMs;
using Page = ui::MainWindow::Page;

class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void showsVersionsAndPair();
    void filterFindsAndClears();
    void rulesFollowTheKeystroke();
    void caretAndTableAreLinked();
    void syntaxErrorShowsItsPlace();
    void savingAndUnsavedText();
    void changesBySources();
    void buildRelupPackageByTheButton();
    void changesByBuilds();
    void unmentionedModulesAreFixed();
    void relupFollowsTheRules();
    void instructionAndRelupAreLinked();
    void relupErrorsHaveAPlace();
    void upgradeNeedsAReview();
    void rollBackAsksFirst();
    void serversFoldWhenNarrow();
    void badProjectsAreSaid();
    void neverBlocked();

private:
    [[nodiscard]] QPushButton *next() const { return m_window->header()->nextButton(); }
    bool clickNextAndWait();
    [[nodiscard]] bool analysed() const; ///< waits until everything follows the text
    void shoot(const QString &name) { test::shootBoth(*m_window, name); }
    [[nodiscard]] QModelIndex changeRow(const QString &name) const;
    [[nodiscard]] QModelIndex cell(const QString &version, int column) const { return test::matchCell(*m_window, version, column); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<app::DemoStage> m_stage;
    std::unique_ptr<ui::MainWindow> m_window;
    workspace::Workspace *m_workspace = nullptr;
    std::unique_ptr<test::Watchdog> m_watchdog;
};

void TestMainWindow::initTestCase()
{
    m_directory = std::make_unique<QTemporaryDir>();
    qputenv("HANDOVER_CACHE_DIR", m_directory->filePath(u"cache"_s).toUtf8());
    qputenv("HANDOVER_CONFIG_DIR", m_directory->filePath(u"config"_s).toUtf8());
    qputenv("HANDOVER_STATE_DIR", m_directory->filePath(u"state"_s).toUtf8());
    ui::Theme::instance().install(*qApp);
    m_stage = std::make_unique<app::DemoStage>(m_directory->path(), std::stop_token());
    m_workspace = m_stage->workspace();
    m_window = std::make_unique<ui::MainWindow>(m_workspace);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    shoot(u"empty"_s);
    m_watchdog = std::make_unique<test::Watchdog>(m_window.get());
    QSignalSpy ready(m_stage.get(), &app::DemoStage::ready);
    QSignalSpy failed(m_stage.get(), &app::DemoStage::failed);
    m_stage->prepare();
    QVERIFY(QTest::qWaitFor([&] { return ready.size() + failed.size() > 0; }, 120'000));
    if (!failed.isEmpty())
        QFAIL(qPrintable(failed.first().first().value<Error>().words()));
}

void TestMainWindow::cleanupTestCase()
{
    m_watchdog.reset();
    m_window.reset();
    m_stage.reset();
}

bool TestMainWindow::clickNextAndWait()
{
    if (!next()->isEnabled())
        return false;
    QTest::mouseClick(next(), Qt::LeftButton);
    return QTest::qWaitFor([this] { return !m_workspace->jobs()->isBusy(); }, 120'000);
}

bool TestMainWindow::analysed() const
{
    return QTest::qWaitFor([this] { return m_workspace->rules()->isAnalysed() && !m_workspace->relup()->isMaking(); });
}

void TestMainWindow::showsVersionsAndPair()
{
    const QAbstractItemModel *versions = m_window->versionsPanel()->list()->model();
    QCOMPARE(versions->rowCount(), 4);
    QCOMPARE(versions->index(0, 0).data().toString(), u"2.0.0"_s);
    QCOMPARE(m_workspace->from()->tag.text(), u"1.0.0"_s);
    QCOMPARE(m_workspace->to()->tag.text(), u"2.0.0"_s);
    QCOMPARE(next()->text(), u"Build 2.0.0"_s);
    QVERIFY(m_window->windowTitle().startsWith(u"tally"));
    const QModelIndex first = versions->index(3, 0);
    QCOMPARE(first.data(versions::VersionListModel::BadgesRole).toStringList(), QStringList{u"local permanent"_s});
}

void TestMainWindow::filterFindsAndClears()
{
    ui::SearchField *field = m_window->versionsPanel()->searchField();
    QTest::keyClicks(field, u"step"_s);
    QCOMPARE(m_window->versionsPanel()->list()->model()->rowCount(), 1);
    QTest::keyClick(field, Qt::Key_Escape);
    QCOMPARE(m_window->versionsPanel()->list()->model()->rowCount(), 4);
}

void TestMainWindow::rulesFollowTheKeystroke()
{
    m_workspace->chooseApp(u"tally_tcp"_s);
    m_window->showPage(Page::Rules);
    QVERIFY(analysed());
    using Model = appup::MatchTableModel;
    QCOMPARE(cell(u"1.1.0"_s, Model::UpColumn).data(Model::RuleNumberRole).toInt(), 3);
    // "1\.[0-9]+\.[0-9]+" loses its middle: 1.1.0 is taken by nothing any more.
    ui::CodeEditor *editor = m_window->rulesPage()->editor();
    const QByteArray text = editor->text();
    const qsizetype at = text.indexOf("<<\"1\\\\.[0-9]+\\\\.[0-9]+\">>");
    QVERIFY(at > 0);
    const QByteArray key = "<<\"1\\\\.[0-9]+";
    QVERIFY(editor->applyEdits({{{at + key.size(), at + key.size() + qsizetype(qstrlen("\\\\.[0-9]+"))}, {}}}));
    QVERIFY(analysed());
    QCOMPARE(cell(u"1.1.0"_s, Model::UpColumn).data(Model::RuleNumberRole).toInt(), 0);
    QVERIFY(m_workspace->rules()->isModified());
    QVERIFY(m_workspace->rules()->errorCount() > 0);
    QVERIFY(m_window->isWindowModified());
    shoot(u"problem"_s);
    editor->undo();
    QVERIFY(analysed());
    QCOMPARE(cell(u"1.1.0"_s, Model::UpColumn).data(Model::RuleNumberRole).toInt(), 3);
    QVERIFY(!m_workspace->rules()->isModified());
    // A version of one's own
    QTest::keyClicks(m_window->rulesPage()->testField(), u"1.0.77"_s);
    QTest::keyClick(m_window->rulesPage()->testField(), Qt::Key_Return);
    QCOMPARE(cell(u"1.0.77"_s, Model::UpColumn).data(Model::RuleNumberRole).toInt(), 2);
    // is there again, until it is removed
    m_workspace->chooseApp(u"tally"_s);
    QVERIFY(!cell(u"1.0.77"_s, Model::UpColumn).isValid());
    m_workspace->chooseApp(u"tally_tcp"_s);
    QVERIFY(cell(u"1.0.77"_s, Model::UpColumn).isValid());
    shoot(u"matches"_s);
    QTableView *table = m_window->rulesPage()->table();
    table->setCurrentIndex(cell(u"1.0.77"_s, Model::VersionColumn));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Delete);
    QVERIFY(!cell(u"1.0.77"_s, Model::UpColumn).isValid());
    // What runs is marked.
    QCOMPARE(cell(u"1.0.0"_s, Model::VersionColumn).data(Model::RunningRole).toStringList(), QStringList{u"local"_s});
}

void TestMainWindow::caretAndTableAreLinked()
{
    ui::CodeEditor *editor = m_window->rulesPage()->editor();
    QVERIFY(analysed());
    const appup::Appup appup = *m_workspace->rules()->appup();
    editor->setCaret(appup.up[1].instructionsRange.begin + 1);
    QTRY_COMPARE(editor->highlight(), appup.up[1].keyRange);
    shoot(u"caret"_s);
    emit m_window->rulesPage()->table()->clicked(cell(u"1.1.0"_s, appup::MatchTableModel::DownColumn));
    QTRY_COMPARE(editor->highlight(), appup.down[2].keyRange);
}

void TestMainWindow::syntaxErrorShowsItsPlace()
{
    ui::CodeEditor *editor = m_window->rulesPage()->editor();
    const qsizetype end = editor->text().lastIndexOf("]}.");
    QVERIFY(editor->applyEdits({{{end, end + 1}, {}}}));
    QVERIFY(analysed());
    const QList<Issue> issues = editor->issues();
    QCOMPARE(issues.size(), 1);
    QCOMPARE(issues.first().code, u"appup.syntax"_s);
    QVERIFY(issues.first().place.line > 30);
    QCOMPARE(m_window->header()->stepper()->steps()[1].state, ui::Stepper::State::Attention);
    editor->revealOffset(issues.first().range.begin);
    shoot(u"syntax"_s);
    editor->undo();
    QVERIFY(analysed());
    QVERIFY(editor->issues().isEmpty());
}

void TestMainWindow::savingAndUnsavedText()
{
    ui::CodeEditor *editor = m_window->rulesPage()->editor();
    const QString file = m_workspace->rules()->source().file;
    QVERIFY(QFile::exists(file));
    QVERIFY(editor->applyEdits({{{0, 0}, "%% edited\n"}}));
    m_window->rulesPage()->save();
    QVERIFY(!m_workspace->rules()->isModified());
    QVERIFY(m_workspace->rules()->differsFromTag());
    QFile saved(file);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QVERIFY(saved.readAll().startsWith("%% edited\n"));
    saved.close();
    // Somebody else writes the file: it is not overwritten.
    QVERIFY(editor->applyEdits({{{0, 0}, "%% mine\n"}}));
    QVERIFY(saved.open(QIODevice::WriteOnly));
    saved.write("%% theirs\n");
    saved.close();
    QVERIFY(!m_window->rulesPage()->save());
    QVERIFY(m_workspace->rules()->isModified());
    QVERIFY(saved.open(QIODevice::WriteOnly));
    saved.write(m_workspace->rules()->source().text);
    saved.close();
    editor->undo();
    editor->undo();
    QVERIFY(m_window->rulesPage()->save());
    QVERIFY(!m_workspace->rules()->differsFromTag());
}

// The row of a name, anywhere in the tree of changes.
QModelIndex TestMainWindow::changeRow(const QString &name) const
{
    const QAbstractItemModel *model = m_window->changesPage()->tree()->model();
    const QModelIndexList found = model->match(model->index(0, 0), changes::DifferencesModel::NameRole, name, 1,
                                               Qt::MatchExactly | Qt::MatchRecursive);
    return found.value(0);
}

void TestMainWindow::changesBySources()
{
    using Model = changes::DifferencesModel;
    m_window->showPage(Page::Changes);
    QVERIFY(QTest::qWaitFor([&] { return changeRow(u"tally_counter"_s).isValid(); }, 10'000));
    const QModelIndex counter = changeRow(u"tally_counter"_s);
    QCOMPARE(counter.parent().data(Model::NameRole).toString(), u"tally"_s);
    QVERIFY(counter.siblingAtColumn(Model::WhatColumn).data().toString().startsWith(u"gen_server"_s));
    QCOMPARE(m_workspace->changes()->basis(), changes::Differences::Basis::Sources);
    // Selecting it compares the sources.
    m_window->changesPage()->tree()->setCurrentIndex(counter);
    QVERIFY(QTest::qWaitFor([&] { return m_window->changesPage()->diff()->toPlainText().contains(u"+ -export(["_s); }, 10'000));
    QVERIFY(m_window->changesPage()->details()->text().contains(u"code_change/3"_s));
    shoot(u"changes-sources"_s);
    // Entering its application leads to the rules.
    m_window->changesPage()->tree()->setCurrentIndex(counter.parent());
    QTest::keyClick(m_window->changesPage()->tree(), Qt::Key_Return);
    QCOMPARE(m_window->currentPage(), Page::Rules);
    QCOMPARE(m_workspace->rules()->source().app, u"tally"_s);
}

void TestMainWindow::changesByBuilds()
{
    m_window->showPage(Page::Changes);
    const auto byBuilds = [&] { return m_workspace->changes()->basis() == changes::Differences::Basis::Builds; };
    QVERIFY(QTest::qWaitFor(byBuilds, 10'000));
    QVERIFY(changeRow(u"sys.config"_s).isValid());
    m_window->changesPage()->tree()->setCurrentIndex(changeRow(u"sys.config"_s));
    QVERIFY(!m_window->changesPage()->diff()->toPlainText().isEmpty());
    m_window->changesPage()->tree()->setCurrentIndex(changeRow(u"tally_tcp_client"_s));
    QVERIFY(QTest::qWaitFor([&] { return m_window->changesPage()->diff()->toPlainText().contains(u'+'); }, 10'000));
    shoot(u"changes"_s);
}

// A changed module that the rules forget is red on both pages, and one click mends it.
void TestMainWindow::unmentionedModulesAreFixed()
{
    m_workspace->chooseApp(u"tally"_s);
    m_window->showPage(Page::Rules);
    QVERIFY(analysed());
    ui::CodeEditor *editor = m_window->rulesPage()->editor();
    const QByteArray text = editor->text();
    // the last instruction of the rule for 1.0.0, on the way up
    const QByteArray gone = ",\n             {load_module, tally_app}";
    const qsizetype at = text.indexOf("]}],\n [{\"1.1.0\"") - gone.size();
    QVERIFY(at > 0 && text.sliced(at).startsWith(gone));
    QVERIFY(editor->applyEdits({{{at, at + gone.size()}, {}}}));
    const auto issue = [&]() -> std::optional<Issue> {
        if (!analysed())
            return std::nullopt;
        for (const Issue &each : m_workspace->rules()->issues()) {
            if (each.code == u"changes.unmentioned"_s)
                return each;
        }
        return std::nullopt;
    };
    QVERIFY(issue() && issue()->fix);
    QVERIFY(changeRow(u"tally_app"_s).data(changes::DifferencesModel::ProblemRole).toString().contains(u"no rule"_s));
    shoot(u"unmentioned"_s);
    QVERIFY(editor->applyEdits(issue()->fix->edits));
    QVERIFY(!issue());
    editor->undo();
    QVERIFY(issue());
    // Where it is seen that the module changed, the same is a click.
    m_window->showPage(Page::Changes);
    m_window->changesPage()->tree()->setCurrentIndex(changeRow(u"tally_app"_s));
    QVERIFY(m_window->changesPage()->problem()->text().contains(u"No rule mentions tally_app"_s));
    shoot(u"changes-problem"_s);
    const auto buttons = m_window->changesPage()->problem()->findChildren<ui::LinkButton *>();
    const auto add = std::ranges::find(buttons, u"Add It to the Rules"_s, &ui::LinkButton::text);
    QVERIFY(add != buttons.end());
    (*add)->click();
    QCOMPARE(m_window->currentPage(), Page::Rules);
    QVERIFY(!issue());
    QVERIFY(m_window->changesPage()->problem()->isHidden());
    editor->undo();
    QVERIFY(issue());
    // The builds say the same, and nothing else is touched.
    const QByteArray gap = editor->text();
    m_window->actions()->action(u"rules.write"_s)->trigger();
    QVERIFY(QTest::qWaitFor([&] { return editor->text() != gap; }, 20'000));
    QVERIFY(!issue());
    QByteArray mended = editor->text();
    QCOMPARE(mended.replace(",\n             {load_module,tally_app}]}],\n [{\"1.1.0\"", "]}],\n [{\"1.1.0\""), QByteArray(text).remove(at, gone.size()));
    QVERIFY(!m_window->rulesPage()->message()->text().contains(u"Extra"_s)); // the rule that is there hands one over
    shoot(u"written"_s);
    QVERIFY(changeRow(u"tally_app"_s).data(changes::DifferencesModel::ProblemRole).toString().isEmpty());
    editor->undo();
    m_window->actions()->action(u"rules.choose"_s)->trigger(); // not for a module that is left out
    m_window->rulesPage()->moduleChooser()->list()->findItems(u"tally_app"_s, Qt::MatchExactly).first()->setCheckState(Qt::Unchecked);
    QTest::mouseClick(m_window->rulesPage()->moduleChooser()->button(), Qt::LeftButton);
    QVERIFY(QTest::qWaitFor([&] { return m_window->rulesPage()->message()->text().startsWith(u"There is nothing to add"); }, 20'000));
    editor->undo();
    QCOMPARE(editor->text(), text);
}

void TestMainWindow::buildRelupPackageByTheButton()
{
    using State = ui::Stepper::State;
    const auto state = [this](int step) { return m_window->header()->stepper()->steps()[step].state; };
    QCOMPARE(state(0), State::Todo);
    QVERIFY(clickNextAndWait());
    QCOMPARE(state(0), State::Done);
    // The relup is there by itself as soon as both are built.
    QVERIFY(QTest::qWaitFor([&] { return state(2) == State::Done; }, 10'000));
    QCOMPARE(next()->text(), u"Package 2.0.0"_s);
    const QModelIndex newest = m_window->versionsPanel()->list()->model()->index(0, 0);
    QVERIFY(newest.data(versions::VersionListModel::BuiltRole).toBool());
    QVERIFY(!newest.data(versions::VersionListModel::PackagedRole).toBool());
    QVERIFY(clickNextAndWait());
    QVERIFY(newest.data(versions::VersionListModel::PackagedRole).toBool());
    QCOMPARE(state(3), State::Done);
    QVERIFY(m_workspace->packaged()->isSound());
    m_window->showPage(Page::Package);
    shoot(u"package"_s);
}

void TestMainWindow::relupFollowsTheRules()
{
    const workspace::LiveRelup *live = m_workspace->relup();
    ui::RelupPage *page = m_window->relupPage();
    m_window->showPage(Page::Relup);
    const auto verdictStarts = [&](const QString &words) {
        return QTest::qWaitFor([&] { return page->verdict()->text().startsWith(words); }, 30'000);
    };
    QVERIFY(QTest::qWaitFor([&] { return live->verification().has_value(); }, 30'000));
    QVERIFY2(*live->verification() && (*live->verification())->agreement != relup::Agreement::Different,
             qPrintable(page->verdict()->text()));
    const QByteArray before = page->rawView()->text();
    shoot(u"relup"_s);

    // A rule is edited: the relup is another one, and OTP makes the same of it.
    ui::CodeEditor *editor = m_window->rulesPage()->editor();
    const appup::Rule *taken = nullptr;
    for (const appup::Rule &rule : m_workspace->rules()->appup()->up) {
        if (appup::KeyMatcher(rule).test(live->pair()->from.apps.value(m_workspace->rules()->source().app)) ==
            appup::Verdict::Taken)
            taken = &rule;
        if (taken)
            break;
    }
    QVERIFY(taken);
    const qsizetype inside = taken->instructionsRange.begin + 1;
    const QByteArray added = taken->instructions.isEmpty() ? "{apply,{live,edit,[]}}" : "{apply,{live,edit,[]}},";
    QVERIFY(editor->applyEdits({{{inside, inside}, added}}));
    QVERIFY(QTest::qWaitFor([&] { return page->rawView()->text().contains("{live,edit,[]}"); }, 10'000));
    QVERIFY(live->isEdited());
    QVERIFY(verdictStarts(u"comparing"_s));
    QVERIFY(QTest::qWaitFor([&] { return live->verification().has_value(); }, 30'000));
    QVERIFY(*live->verification() && (*live->verification())->agreement != relup::Agreement::Different);
    shoot(u"relup-edited"_s);

    // What can't be translated is said in words, and what was there stays.
    QVERIFY(editor->applyEdits({{{inside, inside}, "{load_module,nowhere},"}}));
    QVERIFY(verdictStarts(u"as before"_s));
    QCOMPARE(live->error()->code, u"relup.no-such-module"_s);
    QVERIFY(page->rawView()->text().contains("{live,edit,[]}"));
    shoot(u"relup-refused"_s);
    editor->undo();
    editor->undo();
    QVERIFY(QTest::qWaitFor([&] { return page->rawView()->text() == before; }, 10'000));
    QVERIFY(!live->isEdited() && !live->error());
}

// From an instruction in the text to what becomes of it, and back.
void TestMainWindow::instructionAndRelupAreLinked()
{
    using appup::Direction;
    const workspace::InstructionWay *way = m_workspace->way();
    ui::CodeEditor *editor = m_window->rulesPage()->editor();
    m_workspace->chooseApp(u"tally"_s);
    m_window->showPage(Page::Rules);
    QVERIFY(analysed());
    QVERIFY(m_window->relupStrip()->isVisible());
    const auto related = [&](Direction direction) {
        QStringList words;
        const QAbstractItemModel *script = way->script(direction);
        for (const int row : way->script(direction)->relatedRows())
            words += script->index(row, 0).data().toString();
        return words;
    };
    // The way up: the client of the counter is converted.
    const auto place = [&](Direction direction) { // in the rule that takes 1.0.0, which is the third
        return m_workspace->rules()->placeOf({"tally", direction, 3, 0}).value_or(TextRange()).begin;
    };
    const qsizetype up = place(Direction::Up);
    QVERIFY(up > 0);
    editor->revealOffset(0);
    QVERIFY(QTest::qWaitFor([&] { return related(Direction::Up).isEmpty(); }));
    editor->revealOffset(up + 3);
    QVERIFY(QTest::qWaitFor([&] { return !related(Direction::Up).isEmpty(); }));
    const QStringList counter = related(Direction::Up);
    QVERIFY2(counter.join(u'|').contains(u"suspend") && counter.contains(u"load tally_counter"_s), qPrintable(counter.join(u'|')));
    QVERIFY(related(Direction::Down).isEmpty());
    QVERIFY(m_window->relupStrip()->upPane()->isVisible());
    shoot(u"rules-relup"_s);
    // The way down has a script of its own.
    const qsizetype down = place(Direction::Down);
    QVERIFY(down > up);
    editor->revealOffset(down + 3);
    QVERIFY(QTest::qWaitFor([&] { return !related(Direction::Down).isEmpty(); }));
    QVERIFY(related(Direction::Up).isEmpty());
    QVERIFY(m_window->relupStrip()->downPane()->isVisible());

    // Back: an instruction of the relup tells its rule, of another application too.
    m_window->showPage(Page::Relup);
    ui::RelupPage *page = m_window->relupPage();
    ui::RelupView *view = page->upPane()->view();
    const QModelIndexList found = view->model()->match(view->model()->index(0, 0), Qt::DisplayRole,
                                                       u"load tally_tcp_client"_s, 1, Qt::MatchExactly);
    QCOMPARE(found.size(), 1);
    view->setFocus();
    view->setCurrentIndex(found.first());
    QVERIFY2(page->origin()->text().contains(u"tally_tcp, upgrade rule 1"_s), qPrintable(page->origin()->text()));
    QVERIFY(QTest::qWaitFor([&] { return !page->rawView()->highlight().isEmpty(); }));
    shoot(u"relup-origin"_s);
    QTest::keyClick(view, Qt::Key_Return);
    QVERIFY(QTest::qWaitFor([&] { return m_window->currentPage() == Page::Rules; }));
    QCOMPARE(m_workspace->rules()->source().app, u"tally_tcp"_s);
    const TextRange range = editor->selection();
    QVERIFY(editor->text().sliced(range.begin, range.size()).startsWith("{update, tally_tcp_client"));
}

// What is wrong for the relup only is a problem at the place it comes from.
void TestMainWindow::relupErrorsHaveAPlace()
{
    ui::CodeEditor *editor = m_window->rulesPage()->editor();
    m_workspace->chooseApp(u"tally_tcp"_s);
    m_window->showPage(Page::Rules);
    QVERIFY(analysed());
    const QByteArray first = "{update, tally_tcp_client, ";
    const qsizetype at = editor->text().indexOf(first);
    QVERIFY(at > 0);
    QVERIFY(editor->applyEdits({{{at, at}, "{add_application, tally_nowhere}, "}}));
    QVERIFY(analysed());
    const auto problem = std::ranges::find(editor->issues(), u"relup.no-such-application"_s, &Issue::code);
    QVERIFY(problem != editor->issues().end());
    QCOMPARE(problem->range.begin, at);
    QVERIFY(m_workspace->rules()->errorCount() > 0);
    shoot(u"relup-problem"_s);
    editor->undo();
    QVERIFY(analysed());
    QCOMPARE(m_workspace->rules()->errorCount(), 0);
}

void TestMainWindow::upgradeNeedsAReview()
{
    m_window->showPage(Page::Rules);
    QCOMPARE(next()->text(), u"Upgrade local to 2.0.0…"_s);
    QTest::mouseClick(next(), Qt::LeftButton); // only leads to the page that says what it will do
    QCOMPARE(m_window->currentPage(), Page::Deploy);
    QVERIFY(!next()->isEnabled()); // before it was looked at
    deploy::ServerState *const server = m_workspace->servers().first();
    QVERIFY(QTest::qWaitFor([server] { return !server->isBusy(); }, 60'000));
    QVERIFY(server->preflight() && server->preflight()->allows());
    shoot(u"deploy-plan"_s);
    QCOMPARE(next()->text(), u"Upgrade local to 2.0.0"_s);
    QVERIFY(clickNextAndWait());
    const auto &report = m_workspace->servers().first()->lastReport();
    QVERIFY(report.has_value());
    QVERIFY2(!report->error, report->error ? qPrintable(report->error->words()) : "");
    QCOMPARE(report->versionAfter, u"2.0.0"_s);
    QCOMPARE(m_window->header()->stepper()->steps()[4].state, ui::Stepper::State::Done);
    QVERIFY(!next()->isEnabled());
}

void TestMainWindow::rollBackAsksFirst()
{
    ui::ServerCard *card = m_window->serversPanel()->cards().first();
    QVERIFY(card->rollBackButton()->isEnabled());
    QTest::mouseClick(card->rollBackButton(), Qt::LeftButton);
    QVERIFY(QTest::qWaitFor([this] { return !m_workspace->servers().first()->isBusy(); }, 60'000)); // it was looked at
    QVERIFY2(card->message()->details().contains(u"✓ Relup: A relup leads from 2.0.0 to 1.0.0."_s), qPrintable(card->message()->details()));
    shoot(u"rollback"_s);
    ui::LinkButton *yes = nullptr;
    for (ui::LinkButton *button : card->message()->findChildren<ui::LinkButton *>()) {
        if (button->text() == u"Roll Back")
            yes = button;
    }
    QVERIFY(yes);
    QTest::mouseClick(yes, Qt::LeftButton);
    QVERIFY(QTest::qWaitFor([this] { return !m_workspace->jobs()->isBusy(); }, 60'000));
    QCOMPARE(m_workspace->servers().first()->installation()->runningVersion, u"1.0.0"_s);
    QCOMPARE(m_workspace->servers().first()->installation()->bootVersion, u"1.0.0"_s);
}

void TestMainWindow::serversFoldWhenNarrow()
{
    m_window->resize(1000, 700);
    QTest::qWait(50);
    m_window->showPage(Page::Servers);
    QCOMPARE(m_window->currentPage(), Page::Servers);
    QVERIFY(m_window->serversPanel()->isVisible());
    shoot(u"narrow"_s);
    m_window->resize(1440, 900);
    QTest::qWait(50);
    QVERIFY(m_window->serversPanel()->isVisible());
    QVERIFY(m_window->currentPage() != Page::Servers);
}

void TestMainWindow::badProjectsAreSaid()
{
    const QString nowhere = m_directory->filePath(u"no repository $(touch pwned)"_s);
    QDir().mkpath(nowhere);
    Job *job = m_workspace->open(nowhere);
    QVERIFY(QTest::qWaitFor([job] { return job->isFinished(); }));
    QCOMPARE(m_workspace->projectError()->code, u"repo.not-a-repository"_s);
    QVERIFY(m_window->message()->isVisible());
    shoot(u"noproject"_s);
    QVERIFY(m_workspace->project().has_value()); // the one before stays open
    job = m_workspace->open(m_stage->projectDirectory());
    QVERIFY(QTest::qWaitFor([job] { return job->isFinished(); }));
    QVERIFY(!m_workspace->projectError());
    QVERIFY(!m_window->message()->isVisible());
    QCOMPARE(m_workspace->from()->tag.text(), u"1.0.0"_s); // the pair survives a reload
}

void TestMainWindow::neverBlocked()
{
    qInfo("longest wait of the window's thread: %lld ms", m_watchdog->longest());
    QVERIFY2(m_watchdog->longest() <= LongestBlockMs, qPrintable(u"%1 ms"_s.arg(m_watchdog->longest())));
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
