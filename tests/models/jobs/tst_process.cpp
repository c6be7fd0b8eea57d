// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/process.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;
using namespace handover;

class TestProcess : public QObject
{
    Q_OBJECT

private slots:
    void argumentsArriveAsTheyAre_data();
    void argumentsArriveAsTheyAre();
    void exitCodeIsNoError();
    void missingProgram();
    void outputStreamsByLine();
    void cancelEndsTheWholeGroup();
    void timeLimit();
    void endBySignal();
    void plainText_data();
    void plainText();
};

void TestProcess::argumentsArriveAsTheyAre_data()
{
    QTest::addColumn<QString>("argument");
    QTest::newRow("space") << u"two words"_s;
    QTest::newRow("quotes") << u"it's \"so\""_s;
    QTest::newRow("command") << u"$(touch pwned) `id` ; rm -rf x"_s;
    QTest::newRow("newline") << u"a\nb"_s;
    QTest::newRow("non-ASCII") << u"gruß"_s;
    QTest::newRow("empty") << u""_s;
}

void TestProcess::argumentsArriveAsTheyAre()
{
    QFETCH(const QString, argument);
    const auto outcome = runProcess({.program = u"printf"_s, .arguments = {u"%s"_s, argument}, .workingDirectory = {}}, {});
    QVERIFY(outcome.has_value());
    QCOMPARE(QString::fromUtf8(outcome->output), argument);
}

void TestProcess::exitCodeIsNoError()
{
    const auto outcome = runProcess({.program = u"sh"_s, .arguments = {u"-c"_s, u"echo out; echo err >&2; exit 7"_s}, .workingDirectory = {}}, {});
    QVERIFY(outcome.has_value());
    QCOMPARE(outcome->exitCode, 7);
    QCOMPARE(outcome->output, "out\nerr\n");
}

void TestProcess::missingProgram()
{
    const auto outcome = runProcess({.program = u"no-such-program"_s, .arguments = {}, .workingDirectory = {}}, {});
    QVERIFY(!outcome.has_value());
    QCOMPARE(outcome.error().code, u"process.not-found"_s);
    QVERIFY(outcome.error().message.contains(u"no-such-program"_s));
}

void TestProcess::outputStreamsByLine()
{
    QStringList lines;
    const JobContext context({}, {{}, [&](const QString &line) { lines += line; }});
    const auto outcome = runProcess({.program = u"sh"_s, .arguments = {u"-c"_s, u"printf 'a\\nb\\n\\nlast'"_s}, .workingDirectory = {}}, context);
    QVERIFY(outcome.has_value());
    QCOMPARE(lines, (QStringList{u"a"_s, u"b"_s, u""_s, u"last"_s}));
}

void TestProcess::cancelEndsTheWholeGroup()
{
    const QTemporaryDir directory;
    std::stop_source stop;
    std::thread later([&] {
        while (!QFile::exists(directory.filePath(u"pid"_s)))
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        stop.request_stop();
    });
    // The grandchild ignores TERM and would live on.
    const auto outcome = runProcess({.program = u"sh"_s,
                                     .arguments = {u"-c"_s, u"sh -c 'trap \"\" TERM; echo $$ > pid; sleep 60 & wait; sleep 60' & wait"_s},
                                     .workingDirectory = directory.path()},
                                    JobContext(stop.get_token(), {}));
    later.join();
    QVERIFY(!outcome.has_value());
    QVERIFY(outcome.error().isCancelled());
    QFile file(directory.filePath(u"pid"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto pid = static_cast<pid_t>(file.readAll().trimmed().toInt());
    QVERIFY(pid > 0);
    const auto ended = [pid] { // gone, or a zombie that nobody waits for in a container
        QFile state(u"/proc/%1/stat"_s.arg(pid));
        return !state.open(QIODevice::ReadOnly) || state.readAll().contains(") Z");
    };
    QTRY_VERIFY(ended());
}

void TestProcess::timeLimit()
{
    QElapsedTimer clock;
    clock.start();
    const auto outcome = runProcess({.program = u"sleep"_s, .arguments = {u"60"_s}, .workingDirectory = {}, .timeoutMs = 200}, {});
    QVERIFY(!outcome.has_value());
    QCOMPARE(outcome.error().code, u"process.timeout"_s);
}

void TestProcess::endBySignal()
{
    const auto outcome = runProcess({.program = u"sh"_s, .arguments = {u"-c"_s, u"kill -9 $$"_s}, .workingDirectory = {}}, {});
    QVERIFY(!outcome.has_value());
    QCOMPARE(outcome.error().code, u"process.crashed"_s);
}

void TestProcess::plainText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("colours") << QByteArray("\x1b[1;31mred\x1b[0m") << u"red"_s;
    QTest::newRow("carriage return") << QByteArray("a\r\n") << u"a\n"_s;
    QTest::newRow("cut sequence") << QByteArray("a\x1b[3") << u"a"_s;
    QTest::newRow("box") << QByteArray("┌─ a.erl") << u"┌─ a.erl"_s;
}

void TestProcess::plainText()
{
    QFETCH(const QByteArray, bytes);
    QTEST(handover::plainText(bytes), "text");
}

QTEST_GUILESS_MAIN(TestProcess)
#include "tst_process.moc"
