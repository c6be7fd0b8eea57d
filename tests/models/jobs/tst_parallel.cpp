// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/parallel.h"

#include <QSemaphore>
#include <QTest>
#include <QThreadPool>

#include <atomic>
#include <vector>

using namespace handover;

class TestParallel : public QObject
{
    Q_OBJECT

private slots:
    void eachOnce_data();
    void eachOnce();
    void within();
    void withoutHelpers();
};

void TestParallel::eachOnce_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {0, 1, 2, 3, 1000})
        QTest::addRow("%d", count) << count;
}

void TestParallel::eachOnce()
{
    QFETCH(const int, count);
    for (int round = 0; round < 200; ++round) {
        std::vector<std::atomic<int>> calls(static_cast<size_t>(count));
        inParallel(count, [&](qsizetype number) { ++calls[static_cast<size_t>(number)]; });
        for (const auto &call : calls)
            QCOMPARE(call.load(), 1);
    }
}

void TestParallel::within()
{
    std::atomic<int> calls = 0;
    inParallel(20, [&](qsizetype) { inParallel(20, [&](qsizetype) { ++calls; }); });
    QCOMPARE(calls.load(), 400);
}

// All threads of the pool wait for something else: the caller does the work.
void TestParallel::withoutHelpers()
{
    QSemaphore end;
    QThreadPool &pool = *QThreadPool::globalInstance();
    for (int i = 0; i < pool.maxThreadCount(); ++i)
        pool.start([&] { end.acquire(); });
    std::atomic<int> calls = 0;
    inParallel(100, [&](qsizetype) { ++calls; });
    QCOMPARE(calls.load(), 100);
    end.release(pool.maxThreadCount());
    pool.waitForDone();
}

QTEST_GUILESS_MAIN(TestParallel)
#include "tst_parallel.moc"
