// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that can be used is named for those who can't see it, and can be reached by those who
// have no mouse: on every page, in popups, cards and lists.
#include "app/demo/demostage.h"
#include "ui/appup/rulespage.h"
#include "ui/changes/changespage.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/completionlist.h"
#include "ui/editor/helpcard.h"
#include "ui/relup/reluppage.h"
#include "ui/relup/reluppane.h"
#include "ui/relup/relupview.h"
#include "ui/server/serverspanel.h"
#include "ui/shell/headerbar.h"
#include "ui/shell/mainwindow.h"
#include "ui/widgets/versionpicker.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QLineEdit>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using Page = ui::MainWindow::Page;

namespace {

// What somebody does something with. Rows and cells are named by what they hold.
bool isControl(QAccessible::Role role)
{
    switch (role) {
    case QAccessible::PushButton:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::ComboBox:
    case QAccessible::EditableText:
    case QAccessible::Link:
    case QAccessible::List:
    case QAccessible::Tree:
    case QAccessible::Table:
    case QAccessible::PageTab:
    case QAccessible::PageTabList:
    case QAccessible::MenuItem:
    case QAccessible::ButtonMenu:
    case QAccessible::ButtonDropDown:
    case QAccessible::Slider:
    case QAccessible::SpinBox:
    case QAccessible::ProgressBar:
        return true;
    default:
        return false;
    }
}

QString described(QAccessibleInterface *control)
{
    QStringList way;
    for (QAccessibleInterface *at = control; at; at = at->parent()) {
        const QObject *object = at->object();
        way.prepend(u"%1 “%2”"_s.arg(object ? QString::fromLatin1(object->metaObject()->className()) : u"?"_s,
                                     at->text(QAccessible::Name)));
    }
    return way.join(u" > "_s);
}

void walk(QAccessibleInterface *from, const std::function<void(QAccessibleInterface *)> &visit)
{
    if (!from || !from->isValid() || from->state().invisible)
        return;
    visit(from);
    // What a view holds is its model's; a few rows stand for all.
    const int most = from->tableInterface() ? 40 : from->childCount();
    for (int i = 0; i < qMin(most, from->childCount()); ++i)
        walk(from->child(i), visit);
}

QStringList nameless(QWidget *top)
{
    QStringList found;
    walk(QAccessible::queryAccessibleInterface(top), [&](QAccessibleInterface *control) {
        auto *widget = qobject_cast<QWidget *>(control->object());
        const bool focusable = widget && widget->focusPolicy() != Qt::NoFocus && !widget->isWindow() &&
                               control->role() != QAccessible::ScrollBar;
        if ((isControl(control->role()) || focusable) && control->text(QAccessible::Name).trimmed().isEmpty())
            found.append(described(control));
    });
    return found;
}

} // namespace

class TestAccessibility : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void pagesAreNamed_data();
    void pagesAreNamed();
    void popupsAreNamed();
    void editorsAidsAreNamed();
    void relupRowsSayTheirPhase();
    void everythingIsReachedByKeyboard_data();
    void everythingIsReachedByKeyboard();
    void everyActionHasAKey();

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<app::DemoStage> m_stage;
    std::unique_ptr<ui::MainWindow> m_window;
};

// With everything there is to see: both versions built, a server, a relup, a problem.
void TestAccessibility::initTestCase()
{
    m_directory = std::make_unique<QTemporaryDir>();
    for (const char *name : {"HANDOVER_CACHE_DIR", "HANDOVER_CONFIG_DIR", "HANDOVER_STATE_DIR"})
        qputenv(name, m_directory->filePath(QString::fromLatin1(name).toLower()).toUtf8());
    ui::Theme::instance().install(*qApp);
    m_stage = std::make_unique<app::DemoStage>(m_directory->path(), std::stop_token());
    workspace::Workspace *workspace = m_stage->workspace();
    m_window = std::make_unique<ui::MainWindow>(workspace);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QSignalSpy ready(m_stage.get(), &app::DemoStage::ready);
    QSignalSpy failed(m_stage.get(), &app::DemoStage::failed);
    m_stage->prepare();
    QVERIFY(QTest::qWaitFor([&] { return ready.size() + failed.size() > 0; }, 120'000));
    QVERIFY(failed.isEmpty());
    QVERIFY(workspace->build());
    QVERIFY(QTest::qWaitFor([&] { return !workspace->jobs()->isBusy(); }, 120'000));
    QVERIFY(workspace->package());
    QVERIFY(QTest::qWaitFor([&] { return !workspace->jobs()->isBusy() && workspace->packaged(); }, 120'000));
    QVERIFY(QTest::qWaitFor([&] { return workspace->relup()->outcome().has_value(); }, 20'000));
    ui::CodeEditor *editor = m_window->rulesPage()->editor();
    const qsizetype first = editor->text().indexOf("{update");
    QVERIFY(first > 0 && editor->applyEdits({{{first, first}, "{load_modul, tally_app}, "}}));
    QVERIFY(QTest::qWaitFor([&] { return workspace->rules()->isAnalysed() && workspace->rules()->errorCount() > 0; }));
}

void TestAccessibility::cleanupTestCase()
{
    m_stage->workspace()->rules()->discardAll();
    m_window.reset();
    m_stage.reset();
}

void TestAccessibility::pagesAreNamed_data()
{
    QTest::addColumn<Page>("page");
    QTest::newRow("changes") << Page::Changes;
    QTest::newRow("rules") << Page::Rules;
    QTest::newRow("relup") << Page::Relup;
    QTest::newRow("package") << Page::Package;
    QTest::newRow("deploy") << Page::Deploy;
    QTest::newRow("files") << Page::Files;
    QTest::newRow("log") << Page::Log;
}

void TestAccessibility::pagesAreNamed()
{
    QFETCH(const Page, page);
    m_window->showPage(page);
    QTest::qWait(50);
    int controls = 0;
    walk(QAccessible::queryAccessibleInterface(m_window.get()),
         [&](QAccessibleInterface *each) { controls += isControl(each->role()) ? 1 : 0; });
    QVERIFY(controls > 20); // the walk does get there
    const QStringList found = nameless(m_window.get());
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestAccessibility::popupsAreNamed()
{
    for (QAction *menu : m_window->menuBar()->actions()) {
        const QStringList found = nameless(menu->menu());
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }
    for (ui::VersionPicker *picker : {m_window->header()->fromPicker(), m_window->header()->toPicker()}) {
        picker->openList();
        QVERIFY(QTest::qWaitFor([] { return QApplication::activePopupWidget() != nullptr; }));
        const QStringList found = nameless(QApplication::activePopupWidget());
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : QApplication::activePopupWidget(),
                        Qt::Key_Escape);
        QVERIFY(QTest::qWaitFor([] { return QApplication::activePopupWidget() == nullptr; }));
    }
    m_window->serversPanel()->showForm();
    QTest::qWait(20);
    const QStringList found = nameless(m_window->serversPanel());
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestAccessibility::editorsAidsAreNamed()
{
    m_window->showPage(Page::Rules);
    ui::CodeEditor *editor = m_window->rulesPage()->editor();
    editor->setFocus();
    const qsizetype at = editor->text().indexOf("{update");
    QVERIFY(at > 0);
    const auto check = [](QWidget *widget) {
        QVERIFY(QTest::qWaitFor([&] { return widget->isVisible(); }));
        const QStringList found = nameless(widget);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
        QVERIFY(!QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name).isEmpty());
    };
    editor->setCaret(at + 3);
    m_window->rulesPage()->complete();
    check(editor->assistant()->list());
    editor->assistant()->close();
    editor->setCaret(at + 3);
    m_window->rulesPage()->explain();
    check(editor->assistant()->card());
    editor->assistant()->close();
    editor->showReplace();
    QTest::qWait(20);
    const QStringList found = nameless(editor);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestAccessibility::relupRowsSayTheirPhase()
{
    m_window->showPage(Page::Relup);
    QTest::qWait(50);
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(m_window->relupPage()->upPane()->view());
    QVERIFY(list->text(QAccessible::Name).contains(u"1.0.0"_s));
    QVERIFY(list->childCount() > 3);
    QVERIFY(list->child(0)->text(QAccessible::Name).startsWith(u"Prepare: read the code"_s));
}

void TestAccessibility::everythingIsReachedByKeyboard_data() { pagesAreNamed_data(); }

// From the first control on, Tab comes to everything that takes keys; what takes Tab itself lets go by
// Ctrl+Tab.
void TestAccessibility::everythingIsReachedByKeyboard()
{
    QFETCH(const Page, page);
    m_window->showPage(page);
    QTest::qWait(50);
    QSet<QWidget *> wanted;
    for (QWidget *widget : m_window->findChildren<QWidget *>()) {
        // Esc clears a field, which is what the sign at its end does.
        const bool inField = qobject_cast<QLineEdit *>(widget->parentWidget()) != nullptr;
        const bool button = !inField && qobject_cast<QAbstractButton *>(widget);
        const bool takesTab = (widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy();
        if (!widget->isVisible() || !widget->isEnabled())
            continue;
        QVERIFY2(!button || takesTab || widget->focusProxy(), widget->metaObject()->className());
        if (takesTab)
            wanted.insert(widget);
    }
    QVERIFY(wanted.size() > 5);
    QSet<QWidget *> reached;
    QWidget *first = m_window->nextInFocusChain();
    for (QWidget *at = first; at; at = at->nextInFocusChain()) {
        if (wanted.contains(at))
            reached.insert(at);
        if (at->nextInFocusChain() == first)
            break;
    }
    QSet<QWidget *> missed = wanted - reached;
    for (QWidget *widget : std::as_const(missed))
        qWarning() << widget << widget->accessibleName();
    QVERIFY(missed.isEmpty());
    // Really, by the key.
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->header()->fromPicker()->setFocus(Qt::TabFocusReason);
    QVERIFY(QTest::qWaitFor([] { return QApplication::focusWidget() != nullptr; }));
    QSet<QWidget *> focused;
    const char *last = "none";
    for (int i = 0; i < 3 * wanted.size(); ++i) {
        QWidget *now = QApplication::focusWidget();
        QVERIFY2(now, last);
        last = now->metaObject()->className();
        focused.insert(now);
        QTest::keyClick(now, Qt::Key_Tab, now->inherits("QsciScintilla") ? Qt::ControlModifier : Qt::NoModifier);
        QVERIFY2(QApplication::focusWidget() != now, now->metaObject()->className()); // caught
    }
    missed = wanted - focused;
    for (QWidget *widget : std::as_const(missed))
        qWarning() << widget << widget->accessibleName();
    QVERIFY(missed.isEmpty());
}

void TestAccessibility::everyActionHasAKey()
{
    for (const QAction *action : m_window->actions()->actions()) {
        if (!action->isSeparator())
            QVERIFY2(!action->shortcut().isEmpty(), qPrintable(action->text()));
    }
}

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
