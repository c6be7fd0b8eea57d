// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gallery.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/labels.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover::ui;
using handover::test::contrast;

class TestTheme : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void textIsReadable_data();
    void textIsReadable();
    void iconsExist_data();
    void iconsExist();
    void iconsFollowTheTheme();
    void themeSwitchRepaints();
};

void TestTheme::initTestCase()
{
    qunsetenv("HANDOVER_THEME");
    Theme::instance().install(*qobject_cast<QApplication *>(qApp));
}

void TestTheme::init() { Theme::instance().setMode(Theme::Mode::Light); }

void TestTheme::textIsReadable_data()
{
    QTest::addColumn<int>("text");
    QTest::addColumn<int>("ground");
    const auto row = [](const char *name, Role text, Role ground) {
        QTest::addRow("%s on %d", name, static_cast<int>(ground))
            << static_cast<int>(text) << static_cast<int>(ground);
    };
    const std::initializer_list<std::pair<const char *, Role>> texts{
        {"text", Role::Text}, {"secondary", Role::SecondaryText}, {"accent", Role::Accent}};
    for (const auto &[name, text] : texts) {
        for (const Role ground : {Role::Window, Role::Surface, Role::AccentSoft, Role::NeutralSoft,
                                  Role::GoodSoft, Role::WarningSoft, Role::BadSoft})
            row(name, text, ground);
    }
    for (const Tone tone : {Tone::Neutral, Tone::Accent, Tone::Good, Tone::Warning, Tone::Bad}) {
        for (const Role ground :
             {softRole(tone), Role::Window, Role::Surface, Role::AccentSoft, Role::NeutralSoft})
            QTest::addRow("tone %d on %d", static_cast<int>(tone), static_cast<int>(ground))
                << static_cast<int>(textRole(tone)) << static_cast<int>(ground);
    }
    for (const Role code : {Role::Code, Role::CodeComment, Role::CodeString, Role::CodeWord, Role::CodeNumber,
                            Role::CodeVariable, Role::BadText}) {
        row("code", code, Role::CodeSurface);
        row("code", code, Role::NeutralSoft);
    }
    row("button", Role::AccentText, Role::Accent);
    row("button", Role::AccentText, Role::AccentHover);
}

void TestTheme::textIsReadable()
{
    QFETCH(int, text);
    QFETCH(int, ground);
    for (const bool dark : {false, true}) {
        const double ratio = contrast(Theme::color(static_cast<Role>(text), dark),
                                      Theme::color(static_cast<Role>(ground), dark));
        QVERIFY2(ratio >= 4.5, qPrintable(u"%1 in %2"_s.arg(ratio).arg(dark ? u"dark"_s : u"light"_s)));
    }
}

void TestTheme::iconsExist_data()
{
    QTest::addColumn<QString>("id");
    for (const char *id :
         {"tag",          "tag-light",     "commit",     "check",  "warning", "error", "info",    "dot",
          "circle",       "arrow-right",   "arrow-down", "search", "build",   "rules", "relup",   "package",
          "deploy",       "upload",        "server",     "log",    "play",    "stop",  "refresh", "folder",
          "undo",         "redo",          "save",       "plus",   "close",   "key",   "lock",    "copy",
          "chevron-down", "chevron-right", "download",   "clock",  "sun",     "moon",  "help"})
        QTest::newRow(id) << QString::fromLatin1(id);
}

void TestTheme::iconsExist()
{
    QFETCH(QString, id);
    const QIcon drawn = icon(id, Role::Text);
    QVERIFY(!drawn.isNull());
    for (const qreal scale : {1.0, 1.5, 2.0}) {
        const QImage image = drawn.pixmap(QSize(16, 16), scale).toImage();
        QCOMPARE(image.size(), QSize(16, 16) * scale);
        int inked = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                inked += qAlpha(image.pixel(x, y)) > 128;
        }
        QVERIFY2(inked > 8 * scale, qPrintable(id));
    }
    QVERIFY(icon(u"no-such-icon").isNull());
    QVERIFY(!applicationIcon().isNull());
}

void TestTheme::iconsFollowTheTheme()
{
    const QIcon drawn = icon(u"stop", Role::Text);
    const auto ink = [&](QIcon::Mode mode) {
        return QColor(drawn.pixmap(QSize(16, 16), 1, mode).toImage().pixel(8, 3)).rgb();
    };
    const QRgb light = ink(QIcon::Normal);
    QVERIFY(light != ink(QIcon::Disabled));
    Theme::instance().setMode(Theme::Mode::Dark);
    QVERIFY(light != ink(QIcon::Normal));
}

void TestTheme::themeSwitchRepaints()
{
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    column->addWidget(new Chip(u"permanent"_s, Tone::Good));
    column->addWidget(new QPushButton(u"Files"_s));
    auto *label = new RoleLabel(u"text"_s, Role::SecondaryText);
    column->addWidget(label);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QSignalSpy changed(&Theme::instance(), &Theme::changed);
    const QImage light = window.grab().toImage();
    Theme::instance().setMode(Theme::Mode::Dark);
    QCOMPARE(changed.size(), 1);
    QCoreApplication::processEvents();
    const QImage dark = window.grab().toImage();
    QCOMPARE(QColor(light.pixel(1, 1)), Theme::color(Role::Window, false));
    QCOMPARE(QColor(dark.pixel(1, 1)), Theme::color(Role::Window, true));
    QCOMPARE(label->palette().color(QPalette::WindowText), Theme::color(Role::SecondaryText, true));
    qputenv("HANDOVER_THEME", "light");
    Theme::instance().setMode(Theme::Mode::Dark);
    QVERIFY(!Theme::instance().isDark());
    qunsetenv("HANDOVER_THEME");
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
