// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/latestwins.h"

#include <QTest>

#include <atomic>

using namespace handover;

class TestLatestWins : public QObject
{
    Q_OBJECT

private slots:
    void onlyTheNewestCounts();
    void cancelDeliversNothing();
    void goneWhileRunning();

private:
    static bool waitFor(const std::function<bool()> &condition)
    {
        return QTest::qWaitFor(condition, 5000);
    }
};

void TestLatestWins::onlyTheNewestCounts()
{
    LatestWins previews;
    std::atomic_int started = 0;
    QList<int> seen;
    for (int number = 0; number < 100; ++number) {
        previews.start<int>(
            [number, &started](const JobContext &context) {
                ++started;
                while (number < 99 && !context.isCancelled())
                    QThread::msleep(1);
                return number;
            },
            [&seen](int result) { seen.append(result); });
    }
    QVERIFY(waitFor([&] { return !seen.isEmpty(); }));
    QTest::qWait(50);
    QCOMPARE(seen, QList<int>{99});
    QVERIFY2(started <= 2, "what waited and was replaced must not run");

    // Results may ask for more.
    previews.start<int>([](const JobContext &) { return 1; },
                        [&](int) {
                            previews.start<int>([](const JobContext &) { return 2; },
                                                [&seen](int result) { seen.append(result); });
                        });
    QVERIFY(waitFor([&] { return seen.size() == 2; }));
    QCOMPARE(seen.last(), 2);
    QVERIFY(waitFor([&] { return !previews.isBusy(); }));
}

void TestLatestWins::cancelDeliversNothing()
{
    LatestWins previews;
    bool delivered = false;
    previews.start<int>(
        [](const JobContext &context) {
            while (!context.isCancelled())
                QThread::msleep(1);
            return 1;
        },
        [&](int) { delivered = true; });
    previews.start<int>([](const JobContext &) { return 2; }, [&](int) { delivered = true; });
    previews.cancel();
    QVERIFY(waitFor([&] { return !previews.isBusy(); }));
    QTest::qWait(20);
    QVERIFY(!delivered);
}

void TestLatestWins::goneWhileRunning()
{
    bool delivered = false;
    std::atomic_bool ended = false;
    {
        LatestWins previews;
        previews.start<int>(
            [&ended](const JobContext &context) {
                while (!context.isCancelled())
                    QThread::msleep(1);
                ended = true;
                return 1;
            },
            [&](int) { delivered = true; });
        QTest::qWait(20);
    }
    QVERIFY(ended);
    QTest::qWait(20);
    QVERIFY(!delivered);
}

QTEST_GUILESS_MAIN(TestLatestWins)
#include "tst_latestwins.moc"
