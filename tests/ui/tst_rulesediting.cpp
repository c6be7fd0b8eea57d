// SPDX-License-Identifier: GPL-3.0-or-later
// Editing the rules of several applications in the window, with other programs at work on the files.
#include "models/workspace/draftstore.h"
#include "models/workspace/sample.h"
#include "models/workspace/workspace.h"
#include "ui/appup/rulesnotices.h"
#include "ui/appup/rulespage.h"
#include "ui/editor/completionlist.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/diffview.h"
#include "ui/editor/helpcard.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/searchfield.h"

#include <Qsci/qsciscintilla.h>

#include <QDir>
#include <QFile>
#include <QListView>
#include <QMessageBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace handover;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

void put(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

} // namespace

class TestRulesEditing : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void applicationsStayOpen();
    void undoSurvivesSaving();
    void reloadingVersionsKeepsEverything();
    void windowKeysReachTheEditor();
    void modulesOfTheVersionAreOffered();
    void changeOutsideIsReadAgain();
    void changeOutsideIsAChoice_data();
    void changeOutsideIsAChoice();
    void comparisonShowsBoth();
    void textOfACrashIsRestored();
    void textOfACrashIsDiscarded();
    void closingAsksAboutAll_data();
    void closingAsksAboutAll();

private:
    void choose(const QString &app); ///< by a click on its card
    void click(const QString &text); ///< an action of the notice
    void type(const QString &text)
    {
        QTest::keyClicks(editor()->scintilla(), text);
        QCoreApplication::processEvents();
    }
    void shoot(const QString &name);
    [[nodiscard]] ui::CodeEditor *editor() const { return m_window->rulesPage()->editor(); }
    [[nodiscard]] ui::RulesNotices *notices() const { return m_window->rulesPage()->notices(); }
    [[nodiscard]] workspace::RulesDocument *rules() const { return m_workspace->rules(); }
    [[nodiscard]] QString file() const { return rules()->source().file; }

    QTemporaryDir m_directory;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<ui::MainWindow> m_window;
};

void TestRulesEditing::initTestCase()
{
    qputenv("HANDOVER_CACHE_DIR", m_directory.filePath(u"cache"_s).toUtf8());
    qputenv("HANDOVER_CONFIG_DIR", m_directory.filePath(u"config"_s).toUtf8());
    ui::Theme::instance().install(*qApp);
}

void TestRulesEditing::init()
{
    const QString name = QString::fromLatin1(QTest::currentTestFunction());
    qputenv("HANDOVER_STATE_DIR", m_directory.filePath(name + u"-state"_s).toUtf8());
    const QString path = m_directory.filePath(name);
    QDir(path).removeRecursively();
    const auto made = workspace::makeSampleProject(path, {});
    QVERIFY2(made, made ? "" : qPrintable(made.error().words()));
    m_workspace = std::make_unique<workspace::Workspace>();
    m_window = std::make_unique<ui::MainWindow>(m_workspace.get());
    m_window->show();
    m_window->activateWindow();
    Job *job = m_workspace->open(path);
    QVERIFY(QTest::qWaitFor([job] { return job->isFinished(); }, 30'000));
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    choose(u"tally_tcp"_s);
    editor()->setFocus();
}

void TestRulesEditing::cleanup()
{
    m_workspace->rules()->discardAll();
    m_window.reset();
    m_workspace.reset();
}

void TestRulesEditing::choose(const QString &app)
{
    // The cards are made anew whenever something changes, and get their places later.
    QVERIFY(QTest::qWaitFor([&] {
        for (ui::Card *card : m_window->rulesPage()->findChildren<ui::Card *>()) {
            if (card->isVisible() && card->width() > 60 && card->accessibleName().startsWith(u"Rules of %1,"_s.arg(app))) {
                QTest::mouseClick(card, Qt::LeftButton);
                break;
            }
        }
        return rules()->source().app == app;
    }));
}

void TestRulesEditing::click(const QString &text)
{
    for (ui::LinkButton *button : notices()->findChildren<ui::LinkButton *>()) {
        if (button->isVisible() && button->text() == text) {
            QTest::mouseClick(button, Qt::LeftButton);
            return;
        }
    }
    QFAIL(qPrintable(u"no action "_s + text));
}

void TestRulesEditing::shoot(const QString &name)
{
    const QString directory = qEnvironmentVariable("HANDOVER_SHOTS");
    if (directory.isEmpty())
        return;
    for (const bool dark : {true, false}) {
        ui::Theme::instance().setMode(dark ? ui::Theme::Mode::Dark : ui::Theme::Mode::Light);
        QTest::qWait(100);
        m_window->grab().save(directory + u'/' + name + (dark ? u"-dark.png"_s : u"-light.png"_s));
    }
}

void TestRulesEditing::applicationsStayOpen()
{
    const QByteArray before = editor()->text();
    editor()->setCaret(2);
    type(u"%x"_s);
    const QByteArray mine = editor()->text();
    QVERIFY(mine != before && rules()->isModified());
    choose(u"tally"_s);
    QVERIFY(!rules()->isModified() && !editor()->canUndo());
    QVERIFY(m_window->isWindowModified());
    shoot(u"two-apps"_s);
    editor()->setCaret(0);
    type(u"%y"_s);
    choose(u"tally_tcp"_s);
    QCOMPARE(editor()->text(), mine);
    QCOMPARE(rules()->text(), mine);
    QCOMPARE(editor()->caret(), 4);
    editor()->undo();
    QCOMPARE(editor()->text(), before);
    QVERIFY(!rules()->isModified());
    choose(u"tally"_s);
    QVERIFY(editor()->text().startsWith("%y"));
    QVERIFY(contents(file()) != editor()->text());
}

void TestRulesEditing::undoSurvivesSaving()
{
    const QByteArray before = contents(file());
    editor()->setCaret(0);
    type(u"%"_s);
    QTest::keyClick(editor()->scintilla(), Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(contents(file()), "%" + before);
    QVERIFY(!rules()->isModified() && editor()->canUndo());
    QTest::keyClick(editor()->scintilla(), Qt::Key_Z, Qt::ControlModifier);
    QCoreApplication::processEvents();
    QCOMPARE(editor()->text(), before);
    QVERIFY(rules()->isModified());
    QTest::keyClick(editor()->scintilla(), Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(contents(file()), before);
}

void TestRulesEditing::reloadingVersionsKeepsEverything()
{
    editor()->setCaret(0);
    type(u"%1"_s);
    const QByteArray mine = editor()->text();
    Job *job = m_workspace->reload();
    QVERIFY(QTest::qWaitFor([job] { return job->isFinished(); }, 30'000));
    QCOMPARE(editor()->text(), mine);
    QCOMPARE(editor()->caret(), 2);
    QVERIFY(editor()->canUndo() && rules()->isModified());
}

void TestRulesEditing::windowKeysReachTheEditor()
{
    // The window's actions have these keys, too; the focus decides nothing.
    auto *field = editor()->findChild<ui::SearchField *>();
    QTest::keyClick(editor()->scintilla(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(field->isVisible() && field->hasFocus());
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!field->isVisible() && editor()->scintilla()->hasFocus());
    editor()->setCaret(editor()->text().indexOf("{update") + 2);
    QTest::keyClick(editor()->scintilla(), Qt::Key_F1);
    QVERIFY(editor()->assistant()->card()->isVisible());
    QTest::keyClick(editor()->assistant()->card()->link(), Qt::Key_Escape);
    m_window->actions()->action(u"rules.replace")->trigger();
    QVERIFY(field->isVisible());
}

void TestRulesEditing::modulesOfTheVersionAreOffered()
{
    QVERIFY(rules()->source().modules.size() >= 2);
    for (const QByteArray &module : rules()->source().modules)
        QVERIFY2(QFile::exists(m_workspace->project()->path + u"/apps/tally_tcp/src/"_s + QString::fromUtf8(module) + u".erl"_s),
                 module.constData());
    editor()->replaceText("{\"1.0.0\", [{\"0.9\", [{load_module, ");
    editor()->setCaret(editor()->text().size());
    QTest::keyClick(editor()->scintilla(), Qt::Key_Space, Qt::ControlModifier);
    ui::CompletionList *list = editor()->assistant()->list();
    QVERIFY(list->isVisible());
    QCOMPARE(list->list()->model()->rowCount(), int(rules()->source().modules.size()));
    shoot(u"modules"_s);
}

void TestRulesEditing::changeOutsideIsReadAgain()
{
    const QByteArray before = editor()->text();
    put(file(), "%% theirs\n" + before);
    QVERIFY(QTest::qWaitFor([&] { return notices()->message()->isVisible(); }));
    QCOMPARE(editor()->text(), "%% theirs\n" + before);
    QVERIFY(!rules()->isModified());
    editor()->undo(); // nothing is lost
    QCOMPARE(editor()->text(), before);
    QVERIFY(rules()->isModified());
}

void TestRulesEditing::changeOutsideIsAChoice_data()
{
    QTest::addColumn<bool>("reload");
    QTest::newRow("reload") << true;
    QTest::newRow("keep mine") << false;
}

void TestRulesEditing::changeOutsideIsAChoice()
{
    QFETCH(const bool, reload);
    editor()->setCaret(0);
    type(u"%m"_s);
    const QByteArray mine = editor()->text();
    put(file(), "%% theirs\n");
    QVERIFY(QTest::qWaitFor([&] { return notices()->message()->isVisible(); }));
    QCOMPARE(notices()->message()->tone(), ui::Tone::Warning);
    QCOMPARE(editor()->text(), mine);
    click(reload ? u"Reload"_s : u"Keep Mine"_s);
    QVERIFY(!notices()->message()->isVisible());
    QCOMPARE(editor()->text(), reload ? QByteArray("%% theirs\n") : mine);
    QCOMPARE(rules()->isModified(), !reload);
    if (reload) {
        editor()->undo();
        QCOMPARE(editor()->text(), mine);
    }
    QVERIFY(m_window->rulesPage()->save());
    QCOMPARE(contents(file()), mine);
}

void TestRulesEditing::comparisonShowsBoth()
{
    editor()->setCaret(0);
    type(u"%mine"_s);
    QTest::keyClick(editor()->scintilla(), Qt::Key_Return);
    put(file(), "%theirs\n" + rules()->source().text);
    QVERIFY(QTest::qWaitFor([&] { return notices()->message()->isVisible(); }));
    click(u"Compare"_s);
    QVERIFY(notices()->comparison()->isVisible());
    const QString shown = notices()->comparison()->toPlainText();
    QVERIFY2(shown.contains(u"− %mine"_s) && shown.contains(u"+ %theirs"_s), qPrintable(shown));
    shoot(u"outside"_s);
    click(u"Compare"_s);
    QVERIFY(!notices()->comparison()->isVisible());
}

void TestRulesEditing::textOfACrashIsRestored()
{
    const QByteArray before = editor()->text();
    const QString path = file();
    {
        workspace::DraftStore ended;
        ended.keep(path, "%% half done\n" + before);
    }
    choose(u"tally"_s);
    QVERIFY(!notices()->message()->isVisible());
    choose(u"tally_tcp"_s);
    QVERIFY(notices()->message()->isVisible());
    QCOMPARE(editor()->text(), before);
    shoot(u"crash"_s);
    click(u"Restore"_s);
    QVERIFY(!notices()->message()->isVisible());
    QCOMPARE(editor()->text(), "%% half done\n" + before);
    QVERIFY(rules()->isModified());
    editor()->undo();
    QCOMPARE(editor()->text(), before);
}

void TestRulesEditing::textOfACrashIsDiscarded()
{
    const QByteArray before = editor()->text();
    {
        workspace::DraftStore ended;
        ended.keep(file(), "%% half done\n");
    }
    choose(u"tally"_s);
    choose(u"tally_tcp"_s);
    click(u"Discard"_s);
    QVERIFY(!notices()->message()->isVisible());
    choose(u"tally"_s);
    choose(u"tally_tcp"_s);
    QVERIFY(!notices()->message()->isVisible());
    QCOMPARE(editor()->text(), before);
}

void TestRulesEditing::closingAsksAboutAll_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<bool>("saves");
    QTest::newRow("save") << u"Save Rules"_s << true << true;
    QTest::newRow("discard") << u"Discard Changes"_s << true << false;
    QTest::newRow("keep editing") << u"Keep Editing"_s << false << false;
}

void TestRulesEditing::closingAsksAboutAll()
{
    QFETCH(const QString, answer);
    QFETCH(const bool, closes);
    QFETCH(const bool, saves);
    QStringList files;
    for (const QString &app : {u"tally_tcp"_s, u"tally"_s}) {
        choose(app);
        editor()->setCaret(0);
        type(u"%z"_s);
        files += file();
    }
    QString words;
    QTimer::singleShot(0, this, [&] {
        auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        if (!box)
            return;
        words = box->text();
        for (QAbstractButton *button : box->buttons()) {
            if (button->text() == answer)
                button->click();
        }
    });
    QCOMPARE(m_window->close(), closes);
    QVERIFY2(words.contains(u"tally_tcp"_s) && words.contains(u"of tally"_s), qPrintable(words));
    for (const QString &path : std::as_const(files))
        QCOMPARE(contents(path).startsWith("%z"), saves);
    QCOMPARE(rules()->unsavedApps().isEmpty(), closes);
}

QTEST_MAIN(TestRulesEditing)
#include "tst_rulesediting.moc"
