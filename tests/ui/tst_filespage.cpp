// SPDX-License-Identifier: GPL-3.0-or-later
// Files here and on a real sshd by the page's own widgets: listed, filtered, renamed, deleted, carried; with a
// watch on how long the window's thread is ever blocked.
#include "tests/ui/filesfixture.h"
#include "ui/files/filedetails.h"
#include "ui/files/pathbar.h"
#include "ui/files/queuepanel.h"
#include "ui/widgets/searchfield.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QPushButton>
#include <QScrollBar>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace handover;
using server::TestServer;
using transfer::State;
using test::LongestBlockMs;
using Queue = transfer::TransferQueue;

class TestFilesPage final : public QObject, test::FilesFixture
{
    Q_OBJECT

private slots:
    void initTestCase() { start(); }
    void init() { begin(); }
    void cleanup() { end(); }
    void cleanupTestCase() { endProgram(); }
    void listsBothSides();
    void goesWhereTheKeysLead();
    void pathsAreTyped();
    void filtersAndHides();
    void renamesInPlace();
    void makesDirectories();
    void deletesWhatWasCounted();
    void warnsOfWhatReleasesUse();
    void setsPermissions();
    void carriesBothWays();
    void takesFilesFromTheDesktop();
    void pastesWhatWasCopied();
    void pastesFilesOfAFileManager();
    void pastesNothingElse();
    void menuLeadsToAllOfIt();
    void downloadsToWhereOneSays();
    void asksAboutWhatIsThere();
    void listsTenThousand();
    void neverBlocked();
};

void TestFilesPage::listsBothSides()
{
    QCOMPARE(shown(here()), (QStringList{u"_build"_s, u"apps"_s, u"README.md"_s, u"rebar.config"_s, u"tally-1.1.0.tar.gz"_s}));
    QCOMPARE(shown(there()), (QStringList{u"bin"_s, u"current → releases/1.0.0"_s, u"erts-15.2"_s, u"lib"_s, u"log"_s,
                                          u"releases"_s, u"erl_crash.dump"_s, u"tally.config"_s}));
    QVERIFY(isClean(here()) && isClean(there()));
    shoot(u"both"_s);
}

void TestFilesPage::goesWhereTheKeysLead()
{
    using Command = ui::FileView::Command;
    there()->view()->select("lib");
    press(there(), Command::Open);
    QVERIFY(has(there(), u"tally-1.0.0"_s));
    press(there(), Command::Up);
    QVERIFY(has(there(), u"erts-15.2"_s));
    QCOMPARE(there()->selectedPaths(), QList<transfer::Path>{m_test.remote("lib")}); // where one came from
    there()->view()->select("current"); // a link to a directory is one to go into
    press(there(), Command::Open);
    QVERIFY(until([this] { return there()->model()->directory() == m_test.remote("current"); }));

    QVERIFY(shows(there(), m_test.local(u"."_s)));
    TestServer::write(m_test.local(u"new"_s), "x");
    press(there(), Command::Refresh); // not the window's F5
    QVERIFY(has(there(), u"new"_s));
}

void TestFilesPage::pathsAreTyped()
{
    ui::PathBar *bar = there()->pathBar();
    bar->edit();
    QCOMPARE(bar->line()->text(), m_test.files().text());
    bar->line()->setText(m_test.remote("lib").text() + u'/');
    QTest::keyClick(bar->line(), Qt::Key_Return);
    QVERIFY(has(there(), u"tally-1.0.0"_s));
    bar->edit();
    bar->line()->setText(u"relative/../path"_s);
    QTest::keyClick(bar->line(), Qt::Key_Return);
    QVERIFY2(there()->message()->text().contains(u"relative/../path"), qPrintable(there()->message()->text()));
    bar->line()->setText(m_test.remote("none").text());
    QTest::keyClick(bar->line(), Qt::Key_Return);
    QVERIFY(until([this] { return there()->message()->text().contains(u"not on the server"); }));
    QCOMPARE(there()->model()->directory(), m_test.remote("lib")); // still there
}

void TestFilesPage::filtersAndHides()
{
    there()->filter()->setText(u"TALLY"_s);
    QCOMPARE(shown(there()), QStringList{u"tally.config"_s});
    there()->filter()->clear();
    QVERIFY(!shown(there()).contains(u".erlang.cookie"_s));
    press(there(), ui::FileView::Command::Hidden);
    QVERIFY(shown(there()).contains(u".erlang.cookie"_s));
    press(there(), ui::FileView::Command::Hidden);
    QVERIFY(!shown(there()).contains(u".erlang.cookie"_s));
    there()->view()->sortByColumn(transfer::DirectoryModel::SizeColumn, Qt::DescendingOrder);
    QCOMPARE(shown(there()).sliced(6), (QStringList{u"erl_crash.dump"_s, u"tally.config"_s}));
    there()->view()->sortByColumn(transfer::DirectoryModel::NameColumn, Qt::AscendingOrder);
}

void TestFilesPage::renamesInPlace()
{
    for (ui::FilePane *pane : {there(), here()}) {
        const bool remote = pane == there();
        pane->view()->select(remote ? "erl_crash.dump" : "README.md");
        press(pane, ui::FileView::Command::Rename);
        auto *line = pane->view()->findChild<QLineEdit *>();
        QVERIFY(line);
        line->setText(u"renamed.txt"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(has(pane, u"renamed.txt"_s));
        QVERIFY(QFile::exists(remote ? m_test.local(u"renamed.txt"_s) : hereFile(u"renamed.txt"_s)));
        pane->view()->select("renamed.txt");
        pane->model()->rename(pane->view()->currentSourceRow(), remote ? u"tally.config"_s : u"rebar.config"_s);
        QVERIFY(until([pane] { return pane->message()->text().contains(u"already"); }));
    }
    QVERIFY(TestServer::contents(m_test.local(u"tally.config"_s)).startsWith("[{tally"));
}

void TestFilesPage::makesDirectories()
{
    press(there(), ui::FileView::Command::MakeDirectory);
    auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(line && line->accessibleName().contains(u"new directory"));
    QTest::keyClicks(line, u"backup"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QVERIFY(has(there(), u"backup"_s));
    QVERIFY(QFileInfo(m_test.local(u"backup"_s)).isDir());
    QVERIFY(until([this] { return there()->selectedPaths() == QList{m_test.remote("backup")}; }));
}

void TestFilesPage::deletesWhatWasCounted()
{
    QVERIFY(QFile::link(u"../tally.config"_s, m_test.local(u"log/link"_s)));
    there()->view()->select("log");
    press(there(), ui::FileView::Command::Delete);
    QVERIFY(until([this] { return !isClean(there()); }));
    const QString question = there()->message()->text();
    QVERIFY2(question.contains(m_test.remote("log").text()) && question.contains(u"edge-1") && question.contains(u"1 link"),
             qPrintable(question));
    shoot(u"delete"_s);
    QVERIFY(QFile::exists(m_test.local(u"log"_s))); // it only asks
    QVERIFY(clickLink(there()->message(), u"Keep"_s));
    QVERIFY(isClean(there()) && QFile::exists(m_test.local(u"log"_s)));
    press(there(), ui::FileView::Command::Delete);
    QVERIFY(clickLink(there()->message(), u"Delete"_s));
    QVERIFY(lacks(there(), u"log"_s));
    QVERIFY(!QFile::exists(m_test.local(u"log"_s)) && QFile::exists(m_test.local(u"tally.config"_s)));

    here()->view()->select("README.md");
    press(here(), ui::FileView::Command::Delete);
    QVERIFY(clickLink(here()->message(), u"Move to Trash"_s));
    QVERIFY(lacks(here(), u"README.md"_s) || !isClean(here()));
}

void TestFilesPage::warnsOfWhatReleasesUse()
{
    QVERIFY(shows(there(), m_test.local(u"lib"_s)));
    deploy::ServerState *server = m_workspace->server(u"edge-1"_s);
    server->refresh();
    QVERIFY(until([&] { return !server->isBusy(); }));
    QVERIFY2(server->installation(), qPrintable(server->error() ? server->error()->words() : QString()));
    const auto used = [this](const QByteArray &name) {
        const int row = there()->model()->rowOf(name);
        return there()->model()->index(row, 0).data(transfer::DirectoryModel::UsedRole).toString();
    };
    QCOMPARE(used("tally-1.0.0"), u"permanent 1.0.0"_s);
    QCOMPARE(used("tally-1.1.0"), QString());
    there()->view()->select("tally-1.0.0");
    press(there(), ui::FileView::Command::Delete);
    QVERIFY(until([this] { return there()->message()->text().contains(u"in use on edge-1: permanent 1.0.0"); }));
    shoot(u"used"_s);
    QVERIFY(clickLink(there()->message(), u"Delete All the Same…"_s));
    QVERIFY(there()->message()->text().contains(u"for good"));
    QVERIFY(clickLink(there()->message(), u"Keep"_s));
    QVERIFY(QFile::exists(m_test.local(u"lib/tally-1.0.0/ebin"_s)));

    there()->view()->select("tally-0.9.0");
    press(there(), ui::FileView::Command::Delete);
    QVERIFY(clickLink(there()->message(), u"Delete"_s));
    QVERIFY(lacks(there(), u"tally-0.9.0"_s));
}

void TestFilesPage::setsPermissions()
{
    QCOMPARE(::chmod(m_test.remote("tally.config").bytes().constData(), 0644), 0);
    press(there(), ui::FileView::Command::Refresh);
    there()->view()->select("tally.config");
    press(there(), ui::FileView::Command::Details);
    ui::FileDetails *details = there()->details();
    QVERIFY(details->isVisible());
    QVERIFY(until([&] { return details->octal()->text() == u"644"; }));
    QVERIFY(!details->applyButton()->isEnabled());
    QTest::mouseClick(details->box(2, 0), Qt::LeftButton, {}, QPoint(8, details->box(2, 0)->height() / 2)); // others: read
    QCOMPARE(details->octal()->text(), u"640"_s);
    shoot(u"permissions"_s);
    QTest::mouseClick(details->applyButton(), Qt::LeftButton);
    const auto mode = [this] {
        struct stat info{};
        ::stat(m_test.remote("tally.config").bytes().constData(), &info);
        return info.st_mode & 07777U;
    };
    QVERIFY(until([&] { return mode() == 0640; }));
    QVERIFY(until([&] { return !details->applyButton()->isEnabled(); })); // listed anew
    details->octal()->clear();
    QTest::keyClicks(details->octal(), u"600"_s);
    QVERIFY(!details->box(1, 0)->isChecked());
    QTest::keyClick(details->octal(), Qt::Key_Return);
    QVERIFY(until([&] { return mode() == 0600; }));
    there()->view()->select("current");
    QVERIFY(!details->octal()->isEnabled()); // a link has none of its own
    press(there(), ui::FileView::Command::Details);
    QVERIFY(details->isHidden());
}

void TestFilesPage::carriesBothWays()
{
    here()->view()->select("tally-1.1.0.tar.gz");
    QTest::mouseClick(here()->copyButton(), Qt::LeftButton);
    QCOMPARE(m_page->queue()->rowCount(), 1);
    QVERIFY(carried());
    QVERIFY2(has(there(), u"tally-1.1.0.tar.gz"_s), qPrintable(m_page->queue()->index(0).data(Queue::WordsRole).toString()));
    QVERIFY(TestServer::contents(m_test.local(u"tally-1.1.0.tar.gz"_s)) == server::noise(3'000'000));
    QCOMPARE(m_page->queue()->index(0).data(Queue::StateRole).toInt(), int(State::Done));

    there()->view()->select("tally.config");
    const std::unique_ptr<QMimeData> dragged(
        there()->order()->mimeData({there()->view()->currentIndex().siblingAtColumn(0)}));
    drop(here(), *dragged);
    QVERIFY(carried());
    QVERIFY(has(here(), u"tally.config"_s));
    QCOMPARE(TestServer::contents(hereFile(u"tally.config"_s)), TestServer::contents(m_test.local(u"tally.config"_s)));
}

void TestFilesPage::takesFilesFromTheDesktop()
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(hereFile(u"rebar.config"_s)), QUrl::fromLocalFile(hereFile(u"apps"_s))});
    TestServer::write(hereFile(u"apps/tally/a b'c.erl"_s), "-module(a).\n");
    drop(there(), data);
    QVERIFY(carried());
    QVERIFY(has(there(), u"rebar.config"_s) && has(there(), u"apps"_s));
    QCOMPARE(TestServer::contents(m_test.local(u"apps/tally/a b'c.erl"_s)), "-module(a).\n"_ba);

    QMimeData web;
    web.setUrls({QUrl(u"https://example.org/x"_s)});
    QDragEnterEvent enter({5, 5}, Qt::CopyAction, &web, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(there()->view()->viewport(), &enter);
    QVERIFY(!enter.isAccepted());
}

void TestFilesPage::pastesWhatWasCopied()
{
    using Command = ui::FileView::Command;
    there()->view()->select("tally.config");
    there()->view()->selectionModel()->select(there()->view()->indexOf("bin"), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    press(there(), Command::Remember);
    QCOMPARE(QGuiApplication::clipboard()->text(), m_test.local(u"bin"_s) + u'\n' + m_test.local(u"tally.config"_s));
    QVERIFY(shows(here(), hereFile(u"apps"_s)));
    press(here(), Command::Paste);
    QCOMPARE(m_page->queue()->rowCount(), 2);
    QVERIFY(carried());
    QVERIFY(has(here(), u"tally.config"_s));
    QCOMPARE(TestServer::contents(hereFile(u"apps/tally.config"_s)), TestServer::contents(m_test.local(u"tally.config"_s)));
    QVERIFY(QFile::exists(hereFile(u"apps/bin/tally"_s)));
    QVERIFY(QFile::exists(m_test.local(u"tally.config"_s))); // nothing is taken away

    here()->view()->select("tally.config");
    press(here(), Command::Remember);
    QVERIFY(shows(there(), m_test.local(u"log"_s)));
    press(there(), Command::Paste);
    QVERIFY(carried());
    QVERIFY(has(there(), u"tally.config"_s));
    QCOMPARE(TestServer::contents(m_test.local(u"log/tally.config"_s)), TestServer::contents(m_test.local(u"tally.config"_s)));
}

void TestFilesPage::pastesFilesOfAFileManager()
{
    auto *data = new QMimeData;
    data->setData(u"text/uri-list"_s, QUrl::fromLocalFile(hereFile(u"rebar.config"_s)).toEncoded() + "\r\nhttps://example.org/x\r\n");
    QGuiApplication::clipboard()->setMimeData(data);
    press(there(), ui::FileView::Command::Paste);
    QVERIFY(carried());
    QVERIFY(has(there(), u"rebar.config"_s));
    QCOMPARE(TestServer::contents(m_test.local(u"rebar.config"_s)), TestServer::contents(hereFile(u"rebar.config"_s)));
}

void TestFilesPage::pastesNothingElse()
{
    using Command = ui::FileView::Command;
    const int rows = m_page->queue()->rowCount();
    QGuiApplication::clipboard()->setText(u"words"_s);
    for (ui::FilePane *pane : {here(), there()}) {
        press(pane, Command::Paste);
        QVERIFY2(pane->message()->text().contains(u"can be pasted here"), qPrintable(pane->message()->text()));
    }
    here()->view()->select("README.md");
    press(here(), Command::Remember);
    here()->message()->dismiss();
    press(here(), Command::Paste); // here already
    QVERIFY(!here()->message()->isHidden());
    shoot(u"paste"_s);

    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << u"ssh://someone@elsewhere/opt/tally"_s << QByteArrayList{"/etc/passwd"};
    auto *foreign = new QMimeData;
    foreign->setData(transfer::DirectoryModel::serverMimeType(), bytes);
    QGuiApplication::clipboard()->setMimeData(foreign);
    press(here(), Command::Paste);
    QVERIFY2(here()->message()->text().contains(u"elsewhere"), qPrintable(here()->message()->text()));
    QCOMPARE(m_page->queue()->rowCount(), rows);
    here()->message()->dismiss();
    there()->message()->dismiss();
}

void TestFilesPage::menuLeadsToAllOfIt()
{
    QGuiApplication::clipboard()->setText(u"words"_s);
    for (ui::FilePane *pane : {here(), there()}) {
        const bool remote = pane == there();
        pane->view()->select(remote ? "tally.config" : "README.md");
        QStringList able;
        QTimer::singleShot(50, pane, [&able] {
            QWidget *menu = QApplication::activePopupWidget();
            QVERIFY(menu);
            for (const QAction *action : menu->actions()) {
                if (action->isEnabled() && !action->isSeparator())
                    able += action->text();
            }
            menu->close();
        });
        emit pane->view()->customContextMenuRequested({20, 20});
        QVERIFY(able.contains(u"Copy"_s) && able.contains(remote ? u"Download"_s : u"Upload"_s));
        QCOMPARE(able.contains(u"Download To…"_s), remote);
        QVERIFY(!able.contains(u"Paste"_s)); // words can't be
    }
}

void TestFilesPage::downloadsToWhereOneSays()
{
    QVERIFY(QDir().mkpath(hereFile(u"chosen folder"_s)));
    there()->view()->select("tally.config");
    press(there(), ui::FileView::Command::CopyTo);
    auto *dialog = m_page->findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->directory().absolutePath(), QDir(hereFile({})).absolutePath());
    auto *line = dialog->findChild<QLineEdit *>();
    QVERIFY(line);
    forgive(); // the dialog is Qt's own here, and reads the disk
    line->setText(hereFile(u"chosen folder"_s));
    QMetaObject::invokeMethod(dialog, "accept");
    QVERIFY(until([this] { return m_page->queue()->rowCount() == 1; }));
    QVERIFY(carried());
    QCOMPARE(TestServer::contents(hereFile(u"chosen folder/tally.config"_s)), TestServer::contents(m_test.local(u"tally.config"_s)));

    press(here(), ui::FileView::Command::CopyTo); // nothing to say where to
    QVERIFY(until([this] { return m_page->findChild<QFileDialog *>() == nullptr; }));
}

void TestFilesPage::asksAboutWhatIsThere()
{
    TestServer::write(m_test.local(u"rebar.config"_s), "theirs");
    here()->view()->select("rebar.config");
    press(here(), ui::FileView::Command::Copy);
    const auto state = [this] {
        return static_cast<State>(m_page->queue()->index(m_page->queue()->rowCount() - 1).data(Queue::StateRole).toInt());
    };
    QVERIFY(until([&] { return state() == State::Asking; }));
    const QModelIndex row = m_page->queue()->index(m_page->queue()->rowCount() - 1);
    QVERIFY(until([&] { return m_page->queuePanel()->view()->indexWidget(row) != nullptr; }));
    shoot(u"asks"_s);
    QPushButton *overwrite = nullptr;
    for (QPushButton *button : m_page->queuePanel()->view()->indexWidget(row)->findChildren<QPushButton *>()) {
        if (button->text() == u"Overwrite")
            overwrite = button;
    }
    QVERIFY(overwrite);
    QTest::mouseClick(overwrite, Qt::LeftButton);
    QVERIFY(carried());
    QCOMPARE(state(), State::Done);
    QCOMPARE(TestServer::contents(m_test.local(u"rebar.config"_s)), "{deps, []}.\n"_ba);
    QVERIFY(!m_page->queuePanel()->view()->indexWidget(row));
    shoot(u"queue"_s);
}

void TestFilesPage::listsTenThousand()
{
    for (int i = 0; i < 10'000; ++i)
        TestServer::write(m_test.local(u"log/log.%1"_s.arg(i)), {});
    forgive();
    QElapsedTimer clock;
    clock.start();
    QVERIFY(shows(there(), m_test.local(u"log"_s)));
    qInfo("10,000 entries shown after %lld ms", clock.elapsed());
    QCOMPARE(there()->order()->rowCount(), 10'000);
    QScrollBar *bar = there()->view()->verticalScrollBar();
    for (int value = 0; value < bar->maximum(); value += bar->maximum() / 50) {
        bar->setValue(value);
        QCoreApplication::processEvents();
    }
    there()->filter()->setText(u"99"_s);
    QCoreApplication::processEvents();
    QCOMPARE(there()->order()->rowCount(), 280);
    there()->filter()->clear();
    there()->view()->sortByColumn(transfer::DirectoryModel::ModifiedColumn, Qt::DescendingOrder);
    QCoreApplication::processEvents();
    there()->view()->sortByColumn(transfer::DirectoryModel::NameColumn, Qt::AscendingOrder);
    QTest::qWait(50);
    qInfo("the window's thread was blocked for at most %lld ms", m_watchdog->longest());
    QVERIFY2(m_watchdog->longest() < LongestBlockMs, QByteArray::number(m_watchdog->longest()).constData());
}

void TestFilesPage::neverBlocked()
{
    QVERIFY2(m_longest < LongestBlockMs, QByteArray::number(m_longest).constData());
}

QTEST_MAIN(TestFilesPage)
#include "tst_filespage.moc"
