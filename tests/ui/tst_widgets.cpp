// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/jobqueue.h"
#include "tests/ui/gallery.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/logview.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/progressstrip.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/versionpicker.h"

#include <QAccessible>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QMenuBar>
#include <QPainter>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QRadioButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <latch>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::ui;
using handover::test::shoot;

namespace {

/// Every widget that can be clicked or typed into has a name of its own.
QStringList nameless(QWidget &window)
{
    QStringList bad;
    const auto widgets = window.findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (!widget->isVisibleTo(&window) || widget->focusPolicy() == Qt::NoFocus || widget->focusProxy())
            continue;
        const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
        if (!face || face->text(QAccessible::Name).isEmpty())
            bad.append(QString::fromLatin1(widget->metaObject()->className()));
    }
    return bad;
}

class Window : public QWidget
{
public:
    Window()
        : column(new QVBoxLayout(this))
    {
        setFont(Theme::instance().baseFont());
    }
    QVBoxLayout *column;
};

} // namespace

class TestWidgets : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void stepperByKeyboardAndMouse();
    void messageShowsErrorsAndActions();
    void progressFollowsAJob();
    void logFollowsItsEnd();
    void pickerFiltersAndChooses();
    void chipsGiveWay();
    void elidedLabelHasAToolTip();
    void gallery_data();
    void gallery();
};

void TestWidgets::initTestCase()
{
    qunsetenv("HANDOVER_THEME");
    Theme::instance().install(*qobject_cast<QApplication *>(qApp));
}

void TestWidgets::init() { Theme::instance().setMode(Theme::Mode::Light); }

void TestWidgets::stepperByKeyboardAndMouse()
{
    Stepper stepper;
    stepper.setSteps(test::exampleSteps());
    stepper.setCurrent(u"rules"_s);
    stepper.resize(stepper.sizeHint());
    stepper.show();
    QVERIFY(QTest::qWaitForWindowExposed(&stepper));
    QSignalSpy activated(&stepper, &Stepper::stepActivated);
    QTest::keyClick(&stepper, Qt::Key_Right);
    QTest::keyClick(&stepper, Qt::Key_Space);
    QTest::mouseClick(&stepper, Qt::LeftButton, {}, QPoint(10, stepper.height() / 2));
    QTest::keyClick(&stepper, Qt::Key_End);
    QTest::keyClick(&stepper, Qt::Key_Return);
    QCOMPARE(activated.size(), 3);
    QCOMPARE(activated.at(0).first().toString(), u"relup"_s);
    QCOMPARE(activated.at(1).first().toString(), u"build"_s);
    QCOMPARE(activated.at(2).first().toString(), u"deploy"_s);
    QVERIFY(stepper.accessibleDescription().contains(u"Rules: 1 problem,"_s));
    stepper.setState(u"rules"_s, Stepper::State::Done);
    QVERIFY(stepper.accessibleDescription().contains(u"Rules: done"_s));
}

void TestWidgets::messageShowsErrorsAndActions()
{
    Window window;
    auto *message = new InlineMessage;
    window.column->addWidget(message);
    window.show();
    QVERIFY(!message->isVisible());
    message->showError(
        {ErrorKind::Outside, u"repo.gone"_s, u"The folder is gone."_s, u"Choose another."_s, u"raw\ntext"_s});
    QVERIFY(message->isVisible());
    QCOMPARE(message->tone(), Tone::Bad);
    QCOMPARE(message->text(), u"The folder is gone. Choose another."_s);
    int runs = 0;
    message->addAction(u"Choose Folder…"_s, this, [&runs] { ++runs; });
    const auto named = [&](const QString &text) -> LinkButton * {
        for (LinkButton *button : message->findChildren<LinkButton *>()) {
            if (button->text() == text)
                return button;
        }
        return nullptr;
    };
    QVERIFY(named(u"Choose Folder…"_s));
    named(u"Choose Folder…"_s)->click();
    QCOMPARE(runs, 1);
    auto *raw = message->findChild<QPlainTextEdit *>();
    QVERIFY(!raw->isVisible());
    QVERIFY(named(u"Details"_s));
    named(u"Details"_s)->click();
    QVERIFY(raw->isVisible());
    named(u"Copy"_s)->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"raw\ntext"_s));
    message->showMessage(Tone::Good, u"All is well."_s);
    QVERIFY(!named(u"Choose Folder…"_s));
    QSignalSpy closed(message, &InlineMessage::closed);
    message->findChild<IconButton *>()->click();
    QCOMPARE(closed.size(), 1);
    QVERIFY(!message->isVisible());
    message->showError(Error::cancelled());
    QVERIFY(!message->isVisible());
}

void TestWidgets::progressFollowsAJob()
{
    JobQueue queue;
    std::latch go(1);
    Window window;
    auto *strip = new ProgressStrip;
    window.column->addWidget(strip);
    window.show();
    Job *job = queue.start<int>(
        u"Upload"_s,
        [&go](const JobContext &context) -> Result<int> {
            context.progress({u"tally-1.4.2.tar.gz"_s, 8'800'000, 14'200'000, true});
            go.wait();
            return failure(u"x.y"_s, u"The server closed the connection."_s);
        },
        this, nullptr);
    strip->setJob(job);
    auto *bar = strip->findChild<QProgressBar *>();
    auto *what = strip->findChildren<ElidedLabel *>().first();
    QVERIFY(QTest::qWaitFor([&] { return bar->value() == 619; }));
    QCOMPARE(what->text(), u"tally-1.4.2.tar.gz"_s);
    auto *button = strip->findChild<LinkButton *>();
    QCOMPARE(button->accessibleName(), u"Cancel Upload"_s);
    button->click();
    QVERIFY(job->isCancelRequested());
    QCOMPARE(what->text(), u"Cancelling…"_s);
    go.count_down();
    QVERIFY(QTest::qWaitFor([&] { return job->isFinished(); }));
    QVERIFY(QTest::qWaitFor([&] { return !bar->isVisible(); }));
    QVERIFY(what->text().contains(u"The server closed the connection."_s));
    strip->setJob(nullptr);
    QVERIFY(!strip->isVisible());
}

void TestWidgets::logFollowsItsEnd()
{
    LogModel log;
    LogView view;
    view.setLog(&log);
    view.resize(400, 200);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QStringList lines;
    for (int i = 0; i < LogModel::MaximumLines; ++i)
        lines.append(u"===> Compiling module %1"_s.arg(i));
    QElapsedTimer clock;
    clock.start();
    log.append(lines);
    QCoreApplication::processEvents();
    view.grab();
    QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(QTest::qWaitFor(
        [&] { return view.verticalScrollBar()->value() == view.verticalScrollBar()->maximum(); }));
    QTest::keyClick(&view, Qt::Key_Home);
    log.append({u"one more"_s});
    QCoreApplication::processEvents();
    QVERIFY(!view.isFollowing());
    QVERIFY(view.verticalScrollBar()->value() < view.verticalScrollBar()->maximum());
    QVERIFY(view.find(u"MODULE 4711"_s));
    QVERIFY(view.currentIndex().data().toString().endsWith(u"4711"_s));
    QVERIFY(!view.find(u"no such line"_s));
    view.copySelected();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"===> Compiling module 4711\n"_s);
    QTest::keyClick(&view, Qt::Key_End);
    QVERIFY(view.isFollowing());
}

void TestWidgets::pickerFiltersAndChooses()
{
    Window window;
    auto *picker = new VersionPicker(u"From"_s);
    picker->setModel(test::exampleVersions(&window), {Qt::DisplayRole, test::DateRole, test::BadgesRole});
    picker->setVersion(u"1.4.2"_s);
    picker->setChip(u"runs on edge-1"_s, Tone::Good);
    window.column->addWidget(picker);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QCOMPARE(picker->accessibleName(), u"From: 1.4.2"_s);
    QSignalSpy chosen(picker, &VersionPicker::chosen);
    picker->click();
    auto *field = picker->findChild<SearchField *>();
    QVERIFY(field && field->isVisible());
    shoot(*field->window(), u"picker"_s);
    QTest::keyClicks(field, u"1.4."_s);
    QTest::keyClick(field, Qt::Key_Down);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().toModelIndex().data().toString(), u"1.4.1"_s);
    QVERIFY(!field->isVisible());
}

void TestWidgets::chipsGiveWay()
{
    QImage image(300, 40, QImage::Format_ARGB32);
    QPainter painter(&image);
    const QList<QPair<QString, Tone>> chips{
        {u"from"_s, Tone::Accent}, {u"built"_s, Tone::Neutral}, {u"edge-1 permanent"_s, Tone::Good}};
    const int all = paintChips(&painter, QRect(0, 0, 300, 40), chips);
    const int few = paintChips(&painter, QRect(0, 0, 120, 40), chips);
    QVERIFY(all > few);
    QVERIFY(few <= 125);
    const QRect box = paintChip(&painter, QRect(0, 0, 40, 40), u"a very long state"_s, Tone::Bad);
    QCOMPARE(box.width(), 40);
}

void TestWidgets::elidedLabelHasAToolTip()
{
    ElidedLabel label(u"a rather long sentence that doesn't fit"_s);
    label.resize(60, 20);
    label.show();
    QVERIFY(QTest::qWaitForWindowExposed(&label));
    label.resize(60, 20);
    QVERIFY(QTest::qWaitFor([&] { return label.toolTip() == Qt::convertFromPlainText(label.text()); }));
    label.resize(label.sizeHint());
    QVERIFY(QTest::qWaitFor([&] { return label.toolTip() == QString(); }));
}

void TestWidgets::gallery_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestWidgets::gallery()
{
    QFETCH(bool, dark);
    Theme::instance().setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
    JobQueue queue;
    test::Gallery window(queue);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QVERIFY(QTest::qWaitFor([&] { return !queue.isBusy() || queue.jobs().first()->progress().total > 0; }));
    QCOMPARE(nameless(window), QStringList());
    shoot(window, u"gallery"_s);
    window.showMenu();
    shoot(*window.menu(), u"menu"_s);
    window.menu()->close();
    queue.cancelAll();
}

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"
