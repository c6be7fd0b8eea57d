// SPDX-License-Identifier: GPL-3.0-or-later
// The list of versions with a hundred thousand of them: what is typed and scrolled must be there with
// the next frame.
#include "models/versions/versionlistmodel.h"
#include "models/workspace/workspace.h"
#include "tests/support/scratchrepository.h"
#include "ui/theme/theme.h"
#include "ui/versions/versionspanel.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/searchfield.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QListView>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTest>
#include <QTimeZone>

#include <ctime>
#include <functional>

using namespace Qt::StringLiterals;
using namespace handover;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(NDEBUG)
constexpr double FrameMs = 400;
#else
constexpr double FrameMs = 16;
#endif

constexpr int Many = 100'000;

QList<versions::Version> manyVersions()
{
    QList<versions::Version> versions;
    versions.reserve(Many);
    const QByteArray hex = QCryptographicHash::hash("commit", QCryptographicHash::Sha1).toHex();
    const repo::ObjectId commit = *repo::ObjectId::parse(hex);
    for (int i = Many; i > 0; --i) {
        const QString number = u"%1.%2.%3"_s.arg(i / 2500).arg(i / 50 % 50).arg(i % 50);
        versions.append({{"v" + number.toUtf8(), commit, i % 2 == 0,
                          QDateTime::fromSecsSinceEpoch(1'400'000'000 + i * 3600, QTimeZone::utc()), u"Tess Tagger"_s,
                          u"Mend the counter of lines %1\n\nIt lost a call when two came at once."_s.arg(i)},
                         number, {}});
    }
    return versions;
}

// Milliseconds of this thread's own: other processes don't count.
double threadTime()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double least(int rounds, const std::function<void(int)> &work)
{
    double best = 1e9;
    for (int round = 0; round < rounds; ++round) {
        const double begin = threadTime();
        work(round);
        best = qMin(best, threadTime() - begin);
    }
    return best;
}

} // namespace

class TestVersionsPanel final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void showsAll();
    void scrolls();
    void filters_data();
    void filters();
    void badges();
    void orderIsRemembered();
    void placesFollowTheRepository();

private:
    [[nodiscard]] QListView *list() const { return m_panel->list(); }
    // As the event loop does it after a key: the list is laid out and painted.
    void paintNow() const
    {
        QCoreApplication::processEvents();
        list()->viewport()->repaint();
    }

    QTemporaryDir m_home;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<ui::VersionsPanel> m_panel;
};

void TestVersionsPanel::initTestCase()
{
    qputenv("HOME", m_home.path().toUtf8());
    qputenv("HANDOVER_CONFIG_DIR", m_home.filePath(u"config"_s).toUtf8());
    qputenv("HANDOVER_CACHE_DIR", m_home.filePath(u"cache"_s).toUtf8());
    qunsetenv("XDG_CONFIG_HOME");
    ui::Theme::instance().install(*qApp);
    m_workspace = std::make_unique<workspace::Workspace>();
    m_panel = std::make_unique<ui::VersionsPanel>(m_workspace.get());
    m_panel->resize(320, 900);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TestVersionsPanel::showsAll()
{
    const QList<versions::Version> versions = manyVersions();
    const versions::SearchText text(versions);
    QElapsedTimer clock;
    clock.start();
    m_workspace->versions()->setVersions(versions, text);
    emit m_workspace->projectChanged();
    paintNow();
    qInfo("%d versions shown in %lld ms", Many, clock.elapsed());
    QCOMPARE(list()->model()->rowCount(), Many);
    QVERIFY(list()->verticalScrollBar()->maximum() > Many * 20);
}

void TestVersionsPanel::scrolls()
{
    QScrollBar *bar = list()->verticalScrollBar();
    const double page = least(20, [&](int round) {
        bar->setValue(bar->maximum() / 20 * round);
        list()->viewport()->repaint();
    });
    const double step = least(20, [&](int) {
        bar->setValue(bar->value() + 40);
        list()->viewport()->repaint();
    });
    qInfo("A jump takes %.2f ms, a turn of the wheel %.2f ms", page, step);
    QVERIFY2(page < FrameMs && step < FrameMs, "slower than a frame");
}

void TestVersionsPanel::filters_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("rows");
    QTest::newRow("all, scattered over each") << u"v"_s << Many;
    QTest::newRow("every tenth") << u".7"_s << -1;
    QTest::newRow("few") << u"v17.3.2"_s << -1;
    QTest::newRow("one") << u"lines 77777"_s << 1;
    QTest::newRow("none") << u"zebra"_s << 0;
}

void TestVersionsPanel::filters()
{
    QFETCH(const QString, words);
    QFETCH(const int, rows);
    int found = 0;
    double typed = 1e9;
    double cleared = 1e9;
    for (int round = 0; round < 7; ++round) {
        typed = qMin(typed, least(1, [&](int) {
                         m_panel->searchField()->setText(words);
                         paintNow();
                     }));
        found = list()->model()->rowCount();
        cleared = qMin(cleared, least(1, [&](int) {
                           m_panel->searchField()->clear();
                           paintNow();
                       }));
    }
    qInfo("%d found in %.2f ms, cleared in %.2f ms", found, typed, cleared);
    if (rows >= 0)
        QCOMPARE(found, rows);
    else
        QVERIFY(found > 0 && found < Many);
    QVERIFY2(typed < FrameMs && cleared < FrameMs, "slower than a frame");
}

void TestVersionsPanel::badges()
{
    const int before = list()->visualRect(list()->model()->index(0, 0)).height();
    m_workspace->versions()->setPair(u"v1.0.0"_s, u"v40.0.0"_s);
    QCOMPARE(list()->visualRect(list()->model()->index(0, 0)).height(), before);
}

void TestVersionsPanel::orderIsRemembered()
{
    const auto first = [](const ui::VersionsPanel &panel) {
        return panel.list()->model()->index(0, 0).data(versions::VersionListModel::TagRole).toString();
    };
    // The date of the oldest version is the newest.
    QList<versions::Version> versions = manyVersions().first(3);
    versions.last().tag.date = QDateTime::currentDateTime();
    m_workspace->versions()->setVersions(versions);
    emit m_workspace->projectChanged();
    QCOMPARE(first(*m_panel), versions.first().tag.text());
    QCOMPARE(m_panel->orderButton()->text(), u"by version"_s);
    QVERIFY(m_panel->orderButton()->isVisible());
    m_panel->orderButton()->click();
    QCOMPARE(first(*m_panel), versions.last().tag.text());
    const ui::VersionsPanel another(m_workspace.get());
    QCOMPARE(first(another), versions.last().tag.text());
    QCOMPARE(another.orderButton()->text(), u"by date"_s);
    m_panel->orderButton()->click();
    QCOMPARE(first(*m_panel), versions.first().tag.text());
}

void TestVersionsPanel::placesFollowTheRepository()
{
    test::ScratchRepository scratch;
    scratch.write(u"f"_s, "1\n");
    scratch.commit();
    scratch.tag(u"v1"_s);
    workspace::Workspace project;
    ui::VersionsPanel panel(&project);
    const auto places = [&panel] {
        QStringList rows;
        for (int row = 0; row < panel.places()->model()->rowCount(); ++row)
            rows += panel.places()->model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
        return rows.join(u'\n').replace(QRegularExpression(u"[0-9a-f]{7}"_s), u"COMMIT"_s);
    };
    QCOMPARE(places(), QString());
    project.open(scratch.path());
    QVERIFY(QTest::qWaitFor([&] { return places() == u"HEAD · main, COMMIT, tagged v1"_s; }, 20'000));
    scratch.write(u"f"_s, "2\n");
    QVERIFY(QTest::qWaitFor([&] { return places().startsWith(u"working copy, 1 file"_s); }, 20'000));
    scratch.commit();
    QVERIFY(QTest::qWaitFor([&] { return places() == u"HEAD · main, COMMIT, without a tag"_s; }, 20'000));
    scratch.git({u"checkout"_s, u"--quiet"_s, u"--detach"_s});
    QVERIFY(QTest::qWaitFor([&] { return places() == u"HEAD, COMMIT, without a tag"_s; }, 20'000));
}

QTEST_MAIN(TestVersionsPanel)
#include "tst_versionspanel.moc"
