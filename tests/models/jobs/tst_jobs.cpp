// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/jobqueue.h"
#include "models/jobs/keptlog.h"
#include "models/jobs/parallel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace Qt::StringLiterals;
using namespace handover;

class TestJobs : public QObject
{
    Q_OBJECT

private slots:
    void doneGetsTheResult();
    void failureKeepsItsError();
    void cancelIsAnOutcome();
    void cancelBeforeTheStart();
    void resultIsDroppedWithoutGuard();
    void logArrivesWholeAndInOrder();
    void logModelStaysWithinItsBounds();
    void logIsKept();
    void rateAndTimeLeft();
    void destructionWaits();
};

void TestJobs::doneGetsTheResult()
{
    JobQueue queue;
    Result<int> got = cancellation();
    Job *job = queue.start<int>(u"count"_s, [](const JobContext &context) -> Result<int> {
        context.progress(u"counting"_s, 1, 2);
        return 42;
    }, this, [&](Result<int> result) { got = std::move(result); });
    QSignalSpy finished(job, &Job::finished);
    QVERIFY(finished.wait());
    QVERIFY(got.has_value());
    QCOMPARE(*got, 42);
    QCOMPARE(job->state(), Job::State::Done);
    QCOMPARE(job->progress().what, u"counting"_s);
    QVERIFY(!queue.isBusy());
}

void TestJobs::failureKeepsItsError()
{
    JobQueue queue;
    Job *job = queue.start<int>(u"fail"_s, [](const JobContext &) -> Result<int> {
        return failure(u"test.no"_s, u"It went wrong."_s, u"Try again."_s, u"raw"_s);
    }, nullptr, nullptr);
    QSignalSpy finished(job, &Job::finished);
    QVERIFY(finished.wait());
    QCOMPARE(job->state(), Job::State::Failed);
    QCOMPARE(job->error().code, u"test.no"_s);
    QCOMPARE(job->error().words(), u"It went wrong. Try again."_s);
}

void TestJobs::cancelIsAnOutcome()
{
    JobQueue queue;
    Job *job = queue.start<int>(u"wait"_s, [](const JobContext &context) -> Result<int> {
        while (!context.isCancelled())
            QThread::msleep(5);
        return cancellation();
    }, nullptr, nullptr);
    QSignalSpy finished(job, &Job::finished);
    QTRY_COMPARE(job->state(), Job::State::Running);
    job->cancel();
    QVERIFY(job->isCancelRequested());
    QVERIFY(finished.wait());
    QCOMPARE(job->state(), Job::State::Cancelled);
    QVERIFY(job->error().code.isEmpty());
}

void TestJobs::cancelBeforeTheStart()
{
    JobQueue queue;
    bool ran = false;
    Job *job = queue.start<int>(u"never"_s, [&](const JobContext &context) -> Result<int> {
        ran = !context.isCancelled();
        return 1;
    }, nullptr, nullptr);
    job->cancel();
    QSignalSpy finished(job, &Job::finished);
    QVERIFY(job->isFinished() || finished.wait());
    QVERIFY(!ran || job->state() == Job::State::Done);
}

void TestJobs::resultIsDroppedWithoutGuard()
{
    JobQueue queue;
    bool called = false;
    auto guard = std::make_unique<QObject>();
    Job *job = queue.start<int>(u"late"_s, [](const JobContext &) -> Result<int> { return 1; }, guard.get(),
                                [&](const Result<int> &) { called = true; });
    guard.reset();
    QSignalSpy finished(job, &Job::finished);
    QVERIFY(finished.wait());
    QVERIFY(!called);
}

void TestJobs::logArrivesWholeAndInOrder()
{
    JobQueue queue;
    Job *job = queue.start<int>(u"log"_s, [](const JobContext &context) -> Result<int> {
        for (int i = 0; i < 5000; ++i)
            context.log(QString::number(i));
        return 1;
    }, nullptr, nullptr);
    const QAbstractItemModelTester tester(job->log(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy finished(job, &Job::finished);
    QVERIFY(finished.wait());
    QCOMPARE(job->log()->rowCount(), 5000);
    for (int i = 0; i < 5000; ++i)
        QCOMPARE(job->log()->index(i).data().toString(), QString::number(i));
}

void TestJobs::logModelStaysWithinItsBounds()
{
    LogModel log;
    const QAbstractItemModelTester tester(&log, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QStringList lines;
    for (int i = 0; i < LogModel::MaximumLines - 10; ++i)
        lines += u"x"_s;
    log.append(lines);
    lines.clear();
    for (int i = 0; i < 30; ++i)
        lines += QString::number(i);
    log.append(lines);
    QCOMPARE(log.rowCount(), LogModel::MaximumLines);
    QCOMPARE(log.index(log.rowCount() - 1).data().toString(), u"29"_s);
    log.clear();
    QCOMPARE(log.rowCount(), 0);
    QVERIFY(log.text().isEmpty());
}

void TestJobs::logIsKept()
{
    std::stop_source stop;
    std::atomic<int> said = 0;
    std::atomic<int> progressed = 0;
    const JobContext context(stop.get_token(), {[&](const Progress &) { ++progressed; }, [&](const QString &) { ++said; }});
    QStringList lines;
    const JobContext keeping = keepingLog(context, lines);
    inParallel(1000, [&](qsizetype i) { keeping.log(QString::number(i)); });
    keeping.progress(u"on"_s);
    QCOMPARE(lines.size(), 1000);
    QCOMPARE(said, 1000);
    QCOMPARE(progressed, 1);
    stop.request_stop();
    QVERIFY(keeping.isCancelled());
}

void TestJobs::rateAndTimeLeft()
{
    JobQueue queue;
    Job *job = queue.start<int>(u"send"_s, [](const JobContext &context) -> Result<int> {
        context.progress({u"sending"_s, 500, 1000, true});
        while (!context.isCancelled())
            QThread::msleep(5);
        return cancellation();
    }, nullptr, nullptr);
    QTRY_VERIFY(job->rate() > 0);
    QVERIFY(job->timeLeft() > 0);
    job->cancel();
    QTRY_VERIFY(job->isFinished());
}

void TestJobs::destructionWaits()
{
    std::atomic_bool ended = false;
    {
        JobQueue queue;
        queue.start<int>(u"slow"_s, [&](const JobContext &context) -> Result<int> {
            while (!context.isCancelled())
                QThread::msleep(5);
            ended = true;
            return cancellation();
        }, nullptr, nullptr);
        QThread::msleep(20);
    }
    QVERIFY(ended);
}

QTEST_GUILESS_MAIN(TestJobs)
#include "tst_jobs.moc"
