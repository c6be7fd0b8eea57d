// SPDX-License-Identifier: GPL-3.0-or-later
// What the Deploy page says of a real server: what is installed, its logs, servers × versions, the history.
#include "app/demo/demostage.h"
#include "models/workspace/lanemodel.h"
#include "tests/ui/windowtest.h"
#include "ui/deploy/applicationtable.h"
#include "ui/deploy/deploypage.h"
#include "ui/deploy/historyview.h"
#include "ui/deploy/installedview.h"
#include "ui/deploy/laneview.h"
#include "ui/deploy/logsview.h"
#include "ui/deploy/upgradeview.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/logview.h"

#include <QAbstractItemModelTester>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace handover;
using Page = ui::MainWindow::Page;
using View = ui::DeployPage::View;

class TestDeployViews : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<app::DemoStage> m_stage;
    std::unique_ptr<ui::MainWindow> m_window;
    workspace::Workspace *m_workspace = nullptr;
    ui::DeployPage *m_page = nullptr;

    [[nodiscard]] bool wait(Job *job) const
    {
        return job && QTest::qWaitFor([job = QPointer(job)] { return !job || job->isFinished(); }, 120'000);
    }
    template<typename W>
    [[nodiscard]] QString textOf(const W *view) const
    {
        QStringList texts;
        for (const QLabel *label : view->template findChildren<QLabel *>())
            texts += label->text();
        for (const ui::ElidedLabel *label : view->template findChildren<ui::ElidedLabel *>())
            texts += label->text();
        return texts.join(u'\n');
    }
    [[nodiscard]] bool says(const QWidget *view, const QString &words) const
    {
        return QTest::qWaitFor([&] { return textOf(view).contains(words); }, 60'000);
    }
    void shoot(const QString &name) const { test::shootBoth(*m_window, name); }

private slots:
    void initTestCase()
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
        QSignalSpy ready(m_stage.get(), &app::DemoStage::ready);
        QSignalSpy failed(m_stage.get(), &app::DemoStage::failed);
        m_stage->prepare();
        QVERIFY(QTest::qWaitFor([&] { return ready.size() + failed.size() > 0; }, 120'000));
        QVERIFY(failed.isEmpty());
        m_window->showPage(Page::Deploy);
        m_page = m_window->findChild<ui::DeployPage *>();
        QVERIFY(m_page);
    }

    void cleanupTestCase()
    {
        m_window.reset();
        m_stage.reset();
    }

    void nothingWasDone()
    {
        m_page->showView(View::History);
        const auto *view = m_page->findChild<ui::HistoryView *>();
        QVERIFY(says(view, u"Nothing Was Done Yet"_s));
        shoot(u"history-empty"_s);
    }

    void installed()
    {
        QVERIFY(wait(m_workspace->build()));
        m_page->showView(View::Installed);
        auto *view = m_page->findChild<ui::InstalledView *>();
        QVERIFY(says(view, u"tally 1.0.0 on OTP"_s));
        QVERIFY(says(view, u"schedulers"_s));
        QVERIFY(says(view, u"runs"_s));
        QPushButton *compare = nullptr;
        for (QPushButton *button : view->findChildren<QPushButton *>()) {
            if (button->text() == u"Compare with the Build")
                compare = button;
        }
        QVERIFY(compare && compare->isEnabled());
        QTest::mouseClick(compare, Qt::LeftButton);
        QVERIFY2(says(view, u"modules are those that were built"_s), qPrintable(textOf(view)));
        const auto *table = view->findChild<ui::ApplicationTable *>();
        QVERIFY(table->model()->rowCount() > 3);
        QCOMPARE(table->model()->headerData(2, Qt::Horizontal).toString(), u"1.0.0"_s);
        const auto found = table->model()->match(table->model()->index(0, 0), Qt::DisplayRole, u"tally"_s, 1, Qt::MatchExactly);
        QVERIFY(!found.isEmpty());
        QCOMPARE(found.first().siblingAtColumn(1).data().toString(), found.first().siblingAtColumn(2).data().toString());
        shoot(u"installed"_s);
    }

    void logs()
    {
        m_page->showView(View::Logs);
        const auto *view = m_page->findChild<ui::LogsView *>();
        const auto *log = view->findChild<ui::LogView *>();
        QVERIFY(QTest::qWaitFor([log] { return log->log() && log->log()->rowCount() > 0; }, 60'000));
        QVERIFY(says(view, u"followed live"_s));
        shoot(u"logs"_s);
        m_page->showView(View::Upgrade); // and it is let go
        QVERIFY(QTest::qWaitFor([this] { return !m_workspace->jobs()->isBusy(); }, 60'000));
    }

    void packagedForWhatRuns() // of a first installation no way leads there
    {
        const QString to = QString::fromUtf8(m_workspace->to()->tag.name);
        m_workspace->choosePair({}, to);
        QVERIFY(wait(m_workspace->package()));
        deploy::ServerState *const server = m_workspace->target();
        const auto examined = [server, this] {
            return QTest::qWaitFor([server, this] {
                return !server->isBusy() && m_workspace->packaged() && server->isExamined(m_workspace->packaged()->manifest);
            }, 60'000);
        };
        m_page->showView(View::Upgrade);
        QVERIFY(examined());
        QVERIFY(!server->preflight()->allows());
        auto *view = m_page->findChild<ui::UpgradeView *>();
        QVERIFY(says(view, u"has no relup"_s));
        QPushButton *rebase = nullptr;
        for (QPushButton *button : view->findChildren<QPushButton *>()) {
            if (button->text() == u"Package 2.0.0 for the 1.0.0 That Runs")
                rebase = button;
        }
        QVERIFY(rebase && rebase->isVisibleTo(view));
        shoot(u"no-way"_s);
        QTest::mouseClick(rebase, Qt::LeftButton);
        QVERIFY(wait(m_workspace->buildJob()));
        QVERIFY2(!m_workspace->buildError(), m_workspace->buildError() ? qPrintable(m_workspace->buildError()->words()) : "");
        QVERIFY(m_workspace->packaged()->relup);
        QVERIFY(examined());
        QVERIFY(server->preflight()->allows());
        QVERIFY(!rebase->isVisibleTo(view));
    }

    void upgradeIsRemembered()
    {
        m_page->showView(View::Installed);
        if (!m_workspace->packaged())
            QVERIFY(wait(m_workspace->package()));
        deploy::ServerState *const server = m_workspace->target();
        m_page->showView(View::Upgrade);
        QVERIFY(QTest::qWaitFor([server, this] { return !server->isBusy() && server->isExamined(m_workspace->packaged()->manifest); }, 60'000));
        QVERIFY(wait(m_workspace->doNext()));
        QVERIFY2(!server->lastReport()->error, server->lastReport()->error ? qPrintable(server->lastReport()->error->words()) : "");
        m_page->showView(View::History);
        const auto *view = m_page->findChild<ui::HistoryView *>();
        QVERIFY(says(view, u"Before: 1.0.0; after: 2.0.0"_s));
        QCOMPARE(view->findChild<QListWidget *>()->count(), 1);
        shoot(u"history"_s);
    }

    void lanes()
    {
        const deploy::ServerState *first = m_workspace->target();
        deploy::ServerState *second = m_workspace->addServer(u"edge-2"_s, first->address(), first->connectOptions());
        workspace::LaneModel model(m_workspace);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.columnCount(), 2);
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(!model.index(0, 1).data(workspace::LaneModel::CellRole).value<workspace::LaneModel::Cell>().known);
        QVERIFY(wait(second->refresh()));
        const auto cell = model.index(0, 1).data(workspace::LaneModel::CellRole).value<workspace::LaneModel::Cell>();
        QVERIFY(cell.known && cell.installed && cell.runs && cell.boots);
        QCOMPARE(model.headerData(0, Qt::Vertical, Qt::DisplayRole).toString(), u"2.0.0"_s);
        QCOMPARE(model.index(1, 0).data().toString(), u"old"_s);
        m_page->showView(View::Lanes);
        QTest::qWait(50);
        shoot(u"lanes"_s);
    }

    void oldOnesAreRemovedAfterAQuestion()
    {
        m_page->showView(View::Installed);
        auto *view = m_page->findChild<ui::InstalledView *>();
        const auto link = [view](const QString &text) {
            ui::LinkButton *found = nullptr;
            for (ui::LinkButton *button : view->findChildren<ui::LinkButton *>()) {
                if (button->text() == text && button->isVisibleTo(view))
                    found = button;
            }
            return found;
        };
        QVERIFY(!textOf(view).contains(u"modules are those that were built"_s)); // that was 1.0.0
        QVERIFY(says(view, u"there and back"_s)); // sizes and ways are there
        QCOMPARE(view->findChild<ui::ApplicationTable *>()->model()->index(0, 0).data().toString(), u"tally"_s); // what differs
        shoot(u"installed-two"_s);
        QVERIFY(QTest::qWaitFor([&] { return link(u"Remove…"_s) != nullptr; }, 60'000));
        QTest::mouseClick(link(u"Remove…"_s), Qt::LeftButton);
        QVERIFY(says(view, u"Remove 1.0.0 from local?"_s));
        shoot(u"remove"_s);
        QVERIFY(QTest::qWaitFor([&] { return link(u"Remove 1.0.0"_s) != nullptr; }, 60'000));
        QTest::mouseClick(link(u"Remove 1.0.0"_s), Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([this] { return !m_workspace->jobs()->isBusy() && !m_workspace->target()->installation()->release(u"1.0.0"); }, 60'000));
    }
};

QTEST_MAIN(TestDeployViews)
#include "tst_deployviews.moc"
