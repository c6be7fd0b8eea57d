// SPDX-License-Identifier: GPL-3.0-or-later
// Versions made, pushed, deleted and brought back by the window's own widgets, on real repositories.
#include "models/versions/versionlistmodel.h"
#include "models/workspace/workspace.h"
#include "tests/support/scratchrepository.h"
#include "tests/ui/windowtest.h"
#include "ui/editor/diffview.h"
#include "ui/shell/headerbar.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/theme.h"
#include "ui/versions/newversionpage.h"
#include "ui/versions/tagcard.h"
#include "ui/versions/versionspanel.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QRadioButton>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using test::ScratchRepository;
using versions::LockstepApps;

class TestTagging final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void makesAVersion();
    void showsWhatEachChoiceCosts();
    void choosesSome();
    void saysWhatIsInTheWay();
    void saysWhatWentWrong();
    void followsTheRepository();
    void leadsFromHeadToANewVersion();
    void givesUp();
    void pushes();
    void pushesToOneOfSeveral();
    void saysWhyAPushFailed();
    void deletesAndUndoes();
    void deletesThereToo();
    void namesEveryControl();

private:
    [[nodiscard]] ui::NewVersionPage *page() const { return m_window->newVersionPage(); }
    [[nodiscard]] ui::TagCard *card() const { return m_window->versionsPanel()->tagCard(); }
    [[nodiscard]] bool until(const std::function<bool()> &condition) const { return QTest::qWaitFor(condition, 20'000); }
    void openPage();
    void click(const QString &action) { m_window->actions()->action(action)->trigger(); }
    void addRemote(const QString &name);
    [[nodiscard]] ui::LinkButton *link(const QString &text) const;
    void shoot(const QString &name) { test::shootBoth(*m_window, name); }

    QTemporaryDir m_home;
    std::unique_ptr<ScratchRepository> m_scratch;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<ui::MainWindow> m_window;
};

void TestTagging::initTestCase()
{
    qputenv("HOME", m_home.path().toUtf8());
    qputenv("HANDOVER_CONFIG_DIR", m_home.filePath(u"config"_s).toUtf8());
    qputenv("HANDOVER_CACHE_DIR", m_home.filePath(u"cache"_s).toUtf8());
    qputenv("HANDOVER_STATE_DIR", m_home.filePath(u"state"_s).toUtf8());
    qunsetenv("XDG_CONFIG_HOME");
    ui::Theme::instance().install(*qApp);
}

void TestTagging::init()
{
    m_scratch = std::make_unique<ScratchRepository>(u"switchboard"_s);
    ScratchRepository &scratch = *m_scratch;
    scratch.git({u"config"_s, u"user.name"_s, u"Tess Tagger"_s});
    scratch.git({u"config"_s, u"user.email"_s, u"tess@example.org"_s});
    for (const char *name : {"billing", "routing", "switchboard", "web"}) {
        const QString app = QString::fromLatin1(name);
        scratch.write(u"apps/%1/src/%1.app.src"_s.arg(app), "{application, " + QByteArray(name) +
                      ",\n [{description, \"A part of it\"},\n  {vsn, \"1.0.0\"},\n  {applications, [kernel, stdlib]}]}.\n");
        scratch.write(u"apps/%1/src/%1.erl"_s.arg(app), "-module(" + QByteArray(name) + ").\n");
    }
    scratch.write(u"rebar.config"_s, "{relx, [{release, {switchboard, \"1.0.0\"},\n         [billing, routing, switchboard, web, sasl]}]}.\n");
    scratch.commit();
    scratch.tag(u"v1.0.0"_s, u"The first one"_s);
    scratch.write(u"apps/routing/src/routing.erl"_s, "-module(routing).\nf() -> 1.\n");
    scratch.commit();
    m_workspace = std::make_unique<workspace::Workspace>();
    m_window = std::make_unique<ui::MainWindow>(m_workspace.get());
    m_window->show();
    m_workspace->open(scratch.path());
    QVERIFY(until([this] { return m_workspace->to().has_value(); }));
}

void TestTagging::cleanup()
{
    m_window.reset();
    m_workspace.reset();
    m_scratch.reset();
}

void TestTagging::openPage()
{
    click(u"version.new"_s);
    QVERIFY(page()->isVisible());
    QVERIFY(until([this] { return page()->makeButton()->isEnabled(); }));
}

void TestTagging::addRemote(const QString &name)
{
    const QString bare = m_scratch->beside(name + u".git"_s);
    m_scratch->git({u"init"_s, u"--quiet"_s, u"--bare"_s, bare});
    m_scratch->git({u"remote"_s, u"add"_s, name, bare});
}

ui::LinkButton *TestTagging::link(const QString &text) const
{
    for (auto *button : card()->message()->findChildren<ui::LinkButton *>()) {
        if (button->text() == text && button->isVisible())
            return button;
    }
    return nullptr;
}

void TestTagging::makesAVersion()
{
    openPage();
    QCOMPARE(page()->versionField()->text(), u"1.0.1"_s);
    page()->versionField()->setText(u"1.1.0"_s);
    page()->messageField()->setText(u"Routing counts"_s);
    QVERIFY(until([this] { return page()->makeButton()->text() == u"Commit and Tag v1.1.0" && page()->makeButton()->isEnabled(); }));
    const QString diff = page()->diff()->toPlainText();
    QVERIFY2(diff.contains(u"apps/routing/src/routing.app.src") && diff.contains(u"+   {vsn, \"1.1.0\"},"), qPrintable(diff));
    QVERIFY(diff.contains(u"+ {relx, [{release, {switchboard, \"1.1.0\"},") && !diff.contains(u"billing.app.src"));
    shoot(u"newversion"_s);
    QTest::mouseClick(page()->makeButton(), Qt::LeftButton);
    QVERIFY(until([this] { return m_workspace->to() && m_workspace->to()->tag.text() == u"v1.1.0"; }));
    QVERIFY(!page()->isVisible());
    QCOMPARE(m_workspace->from()->tag.text(), u"v1.0.0"_s);
    QCOMPARE(m_workspace->to()->app(u"routing")->vsn, u"1.1.0"_s);
    QCOMPARE(m_workspace->to()->app(u"billing")->vsn, u"1.0.0"_s);
    QCOMPARE(m_workspace->to()->tag.message, u"Routing counts"_s);
    QVERIFY(card()->isVisible() && card()->message()->text().startsWith(u"v1.1.0 was made"));
    QVERIFY(link(u"Push…"_s));
    QCOMPARE(m_scratch->git({u"status"_s, u"--porcelain"_s}), QByteArray());
    shoot(u"newversion-made"_s);
}

void TestTagging::showsWhatEachChoiceCosts()
{
    openPage();
    const QAbstractItemModel *rows = page()->table()->model();
    QCOMPARE(rows->index(0, 0).data().toString(), u"routing"_s); // what changed stands first
    QCOMPARE(rows->index(0, 1).data().toString(), u"1.0.0 → 1.0.1"_s);
    QCOMPARE(rows->index(1, 1).data().toString(), u"1.0.0"_s);
    QVERIFY(page()->choice(LockstepApps::Changed)->accessibleDescription().contains(u"1 application changed since v1.0.0"));
    QTest::mouseClick(page()->choice(LockstepApps::All), Qt::LeftButton, {}, {8, 8});
    QVERIFY(until([&] { return rows->index(1, 1).data().toString() == u"1.0.0 → 1.0.1"; }));
    QVERIFY(page()->diff()->toPlainText().contains(u"apps/web/src/web.app.src"));
}

void TestTagging::choosesSome()
{
    openPage();
    QAbstractItemModel *rows = page()->table()->model();
    QVERIFY(!rows->index(0, 0).data(Qt::CheckStateRole).isValid());
    page()->choice(LockstepApps::Chosen)->setChecked(true);
    QCOMPARE(rows->index(0, 0).data(Qt::CheckStateRole).toInt(), static_cast<int>(Qt::Checked));
    page()->table()->setFocus();
    page()->table()->setCurrentIndex(rows->index(0, 0));
    QTest::keyClick(page()->table(), Qt::Key_Space);
    QVERIFY(until([this] { return page()->notice()->text().contains(u"keeping the old vsn: routing."); }));
    QVERIFY(until([this] { return page()->makeButton()->isEnabled(); }));
    shoot(u"newversion-some"_s);
    m_window->resize(m_window->minimumSize());
    shoot(u"newversion-narrow"_s);
}

void TestTagging::saysWhatIsInTheWay()
{
    openPage();
    page()->versionField()->setText(u"1.0.0"_s);
    QVERIFY(until([this] { return page()->notice()->text().contains(u"v1.0.0 is that version already."); }));
    QVERIFY(!page()->makeButton()->isEnabled());
    shoot(u"newversion-taken"_s);
    page()->versionField()->setText(u"1.2 $(x)"_s);
    QVERIFY(until([this] { return page()->notice()->text().contains(u"rebar3 can't make"); }));
    page()->versionField()->setText(u"1.2.0"_s);
    QVERIFY(until([this] { return page()->makeButton()->isEnabled(); }));
}

// The words stay although the repository changes, and go with the next key.
void TestTagging::saysWhatWentWrong()
{
    openPage();
    m_scratch->write(u".git/refs/heads/main.lock"_s, {});
    QTest::keyClick(page()->versionField(), Qt::Key_Return);
    QVERIFY(until([this] { return page()->notice()->text().contains(u"nothing was changed"); }));
    QFile::remove(m_scratch->path(u".git/refs/heads/main.lock"_s));
    m_scratch->tag(u"stable"_s);
    QVERIFY(until([this] { return m_workspace->versions()->rowCount() == 2 && page()->makeButton()->isEnabled(); }));
    QVERIFY(page()->notice()->text().contains(u"nothing was changed"));
    QTest::keyClicks(page()->messageField(), u"x"_s);
    QVERIFY(until([this] { return page()->notice()->isHidden() && page()->makeButton()->isEnabled(); }));
    QCOMPARE(m_scratch->git({u"status"_s, u"--porcelain"_s}), QByteArray());
    QCOMPARE(m_scratch->git({u"tag"_s}), "stable\nv1.0.0"_ba);
}

// A file that would be edited is edited by somebody else, then put back.
void TestTagging::followsTheRepository()
{
    openPage();
    const QByteArray before = m_scratch->git({u"show"_s, u"HEAD:apps/routing/src/routing.app.src"_s}) + '\n';
    m_scratch->write(u"apps/routing/src/routing.app.src"_s, before + "% mine\n");
    QVERIFY(until([this] { return page()->notice()->text().contains(u"apps/routing/src/routing.app.src"); }));
    QVERIFY(!page()->makeButton()->isEnabled());
    m_scratch->write(u"apps/routing/src/routing.app.src"_s, before);
    QVERIFY(until([this] { return page()->makeButton()->isEnabled(); }));
}

void TestTagging::leadsFromHeadToANewVersion()
{
    QListView *places = m_window->versionsPanel()->places();
    m_scratch->write(u"apps/web/src/web.erl"_s, "-module(web).\n-export([start/0]).\n");
    QVERIFY(until([&] { return places->model()->rowCount() == 2; }));
    QTest::mouseClick(places->viewport(), Qt::LeftButton, {}, places->visualRect(places->model()->index(0, 0)).center());
    QVERIFY(until([this] { return m_workspace->to()->place == versions::Version::Place::WorkTree; }));
    QCOMPARE(m_workspace->from()->tag.text(), u"v1.0.0"_s);
    QVERIFY(places->model()->index(0, 0).data(versions::VersionListModel::ToRole).toBool());
    m_window->showPage(ui::MainWindow::Page::Changes);
    QVERIFY(until([this] { return m_workspace->changes()->app(u"web"_s) && m_workspace->changes()->app(u"web"_s)->module("web"); }));
    shoot(u"workingcopy"_s);
    places->setFocus();
    places->setCurrentIndex(places->model()->index(1, 0));
    QTest::keyClick(places, Qt::Key_Return);
    QVERIFY(until([this] { return m_workspace->to()->place == versions::Version::Place::Head; }));
    QVERIFY(!m_window->actions()->action(u"build.build")->isEnabled());
    QPushButton *next = m_window->header()->nextButton();
    QCOMPARE(next->text(), u"New Version…"_s);
    QTest::mouseClick(next, Qt::LeftButton);
    QVERIFY(page()->isVisible());
    QVERIFY(until([this] { return page()->notice()->text().startsWith(u"One changed or new file"); }));
}

void TestTagging::givesUp()
{
    openPage();
    QTest::keyClick(page()->versionField(), Qt::Key_Escape);
    QVERIFY(!page()->isVisible());
    openPage();
    m_window->showPage(ui::MainWindow::Page::Changes);
    QVERIFY(!page()->isVisible());
    QCOMPARE(m_scratch->git({u"tag"_s}), "v1.0.0"_ba);
}

void TestTagging::pushes()
{
    addRemote(u"origin"_s);
    click(u"version.push"_s);
    QVERIFY(card()->isVisible());
    QVERIFY(card()->words()->text().contains(u"origin") && card()->words()->text().contains(u"No branch is pushed"));
    QVERIFY(!card()->remoteBox()->isVisible());
    QCOMPARE(card()->doButton()->text(), u"Push to origin"_s);
    shoot(u"push"_s);
    QTest::mouseClick(card()->doButton(), Qt::LeftButton);
    QVERIFY(until([this] { return card()->message()->text() == u"v1.0.0 is at origin now."; }));
    QCOMPARE(m_scratch->gitIn(m_scratch->beside(u"origin.git"_s), {u"for-each-ref"_s, u"--format=%(refname)"_s}), "refs/tags/v1.0.0"_ba);
    QVERIFY(!card()->doButton()->isVisible());
}

void TestTagging::pushesToOneOfSeveral()
{
    addRemote(u"backup"_s);
    addRemote(u"origin"_s);
    click(u"version.push"_s);
    QVERIFY(card()->remoteBox()->isVisible());
    QCOMPARE(card()->remoteBox()->currentText(), u"origin"_s);
    card()->remoteBox()->setCurrentText(u"backup"_s);
    QVERIFY(card()->words()->text().contains(u"backup"));
    QTest::mouseClick(card()->doButton(), Qt::LeftButton);
    QVERIFY(until([this] { return card()->message()->text() == u"v1.0.0 is at backup now."; }));
    QCOMPARE(m_scratch->gitIn(m_scratch->beside(u"origin.git"_s), {u"tag"_s}), QByteArray());
}

void TestTagging::saysWhyAPushFailed()
{
    click(u"version.push"_s);
    QVERIFY(card()->message()->text().startsWith(u"There is no remote"));
    m_scratch->git({u"remote"_s, u"add"_s, u"origin"_s, u"/nowhere/at.git"_s});
    click(u"version.push"_s);
    QTest::mouseClick(card()->doButton(), Qt::LeftButton);
    QVERIFY(until([this] { return card()->message()->text().startsWith(u"There is no repository at the address of origin."); }));
    QVERIFY(card()->message()->details().contains(u"/nowhere/at.git"));
    QVERIFY(link(u"Show Log"_s));
    link(u"Show Log"_s)->click();
    QCOMPARE(m_window->currentPage(), ui::MainWindow::Page::Log);
}

void TestTagging::deletesAndUndoes()
{
    const QByteArray before = m_scratch->git({u"for-each-ref"_s});
    click(u"version.delete"_s);
    QVERIFY(card()->words()->text().startsWith(u"Deletes the tag v1.0.0 in this repository only."));
    QTest::mouseClick(card()->cancelButton(), Qt::LeftButton);
    QVERIFY(!card()->isVisible());
    click(u"version.delete"_s);
    shoot(u"delete"_s);
    QTest::mouseClick(card()->doButton(), Qt::LeftButton);
    QVERIFY(until([this] { return m_workspace->versions()->rowCount() == 0 && link(u"Undo"_s); }));
    shoot(u"deleted"_s);
    link(u"Undo"_s)->click();
    QVERIFY(until([this] { return m_workspace->versions()->rowCount() == 1; }));
    QCOMPARE(m_scratch->git({u"for-each-ref"_s}), before);
    QVERIFY(card()->message()->text().startsWith(u"v1.0.0 is here again."));
}

void TestTagging::deletesThereToo()
{
    addRemote(u"origin"_s);
    m_scratch->git({u"push"_s, u"--quiet"_s, u"origin"_s, u"v1.0.0"_s});
    click(u"version.delete"_s);
    QCOMPARE(card()->remoteChecks().size(), 1);
    QVERIFY(!card()->remoteChecks().first()->isChecked());
    card()->remoteChecks().first()->setChecked(true);
    QVERIFY(card()->words()->text().startsWith(u"Deletes the tag v1.0.0 at origin and here."));
    QCOMPARE(card()->doButton()->text(), u"Delete Here and There"_s);
    QTest::mouseClick(card()->doButton(), Qt::LeftButton);
    QVERIFY(until([this] { return card()->message()->text() == u"v1.0.0 was deleted at origin and here."; }));
    QCOMPARE(m_scratch->git({u"tag"_s}), QByteArray());
    QCOMPARE(m_scratch->gitIn(m_scratch->beside(u"origin.git"_s), {u"tag"_s}), QByteArray());
}

void TestTagging::namesEveryControl()
{
    addRemote(u"origin"_s);
    openPage();
    click(u"version.delete"_s);
    for (const QWidget *part : {static_cast<QWidget *>(page()), static_cast<QWidget *>(card())}) {
        for (const QWidget *control : part->findChildren<QWidget *>()) {
            if (!control->isVisible() || !(control->focusPolicy() & Qt::TabFocus))
                continue;
            const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(control));
            QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(), control->metaObject()->className());
        }
    }
}

QTEST_MAIN(TestTagging)
#include "tst_tagging.moc"
