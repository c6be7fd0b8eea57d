// SPDX-License-Identifier: GPL-3.0-or-later
// The queue with a real sshd: what is carried, in which order, what is asked, and what can't be done.
#include "queuefixture.h"

#include <QDateTime>
#include <QSignalSpy>

#include <fstream>

#include <sys/mount.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using namespace handover::transfer;

class TransferQueueTest : public QObject, protected QueueFixture
{
    Q_OBJECT

private slots:
    void initTestCase() { start(); }
    void init() { begin(); }
    void cleanup() { close(); }

    void file_data() { ways(); }
    void file()
    {
        QFETCH(const Way, way);
        const QDateTime time = QDateTime::fromSecsSinceEpoch(1'000'000'000);
        TestServer::write(sourceOf(way, u"file"_s), m_large);
        {
            QFile file(sourceOf(way, u"file"_s));
            QVERIFY(file.open(QIODevice::ReadWrite) && file.setFileTime(time, QFileDevice::FileModificationTime));
        }
        const QSignalSpy finished(m_queue.get(), &TransferQueue::finished);
        const quint64 id = add(way, u"file"_s);
        QVERIFY(m_queue->isBusy());
        bool hasRate = false;
        QVERIFY(QTest::qWaitFor(
            [&] {
                hasRate = hasRate || (value(id, TransferQueue::RateRole).toLongLong() > 0 &&
                                      value(id, TransferQueue::TimeLeftRole).toLongLong() >= 0);
                return state(id) == State::Done;
            },
            Patience));
        QVERIFY(words(id).contains(u"SHA-256"_s));
        QCOMPARE(value(id, TransferQueue::DoneRole).toLongLong(), Large);
        QCOMPARE(value(id, TransferQueue::TotalRole).toLongLong(), Large);
        QVERIFY(TestServer::contents(targetOf(way, u"file"_s)) == m_large);
        QCOMPARE(QFileInfo(targetOf(way, u"file"_s)).lastModified(), time);
        QCOMPARE(namesIn(targetOf(way, {})), QStringList{u"file"_s});
        QCOMPARE(finished.size(), 1);
        QVERIFY(!m_queue->isBusy());
        m_queue->removeFinished();
        QCOMPARE(m_queue->rowCount(), 0);
    }

    void folder_data() { ways(); }
    void folder()
    {
        QFETCH(const Way, way);
        const QString folder = sourceOf(way, u"folder"_s);
        QVERIFY(QDir().mkpath(folder + u"/deep/er"_s) && QDir().mkpath(folder + u"/empty"_s));
        TestServer::write(folder + u"/one"_s, "1");
        TestServer::write(folder + u"/.hidden"_s, "2");
        TestServer::write(folder + u"/deep/er/two"_s, noise(100'000));
        TestServer::write(m_test.path(u"secret"_s), "secret");
        QVERIFY(QFile::link(m_test.path(u"secret"_s), folder + u"/link"_s));
        QVERIFY(QFile::link(m_test.path({}), folder + u"/deep/out"_s));
        QCOMPARE(::mkfifo(QFile::encodeName(folder + u"/fifo"_s).constData(), 0600), 0);
        if (way == Way::Down) { // names that can't be any here
            const std::string place = folder.toStdString();
            std::filesystem::create_directory(place + "/deep/\xff\xfe");
            std::ofstream(place + "/\xc3") << "x";
        }
        const quint64 id = add(way, u"folder"_s);
        QVERIFY(comesTo(id, State::Done));
        QVERIFY(QTest::qWaitFor([&] { return !m_queue->isBusy(); }, Patience));
        QVERIFY(value(id, TransferQueue::IsFolderRole).toBool());
        QVERIFY2(words(id).startsWith(u"3 files found. 2 links were left out. 1 device"_s), qPrintable(words(id)));
        QCOMPARE(words(id).contains(u"2 names were refused"_s), way == Way::Down);
        QCOMPARE(m_queue->rowCount(), 4);
        const QString copy = targetOf(way, u"folder"_s);
        QCOMPARE(namesIn(copy), (QStringList{u".hidden"_s, u"deep"_s, u"empty"_s, u"one"_s}));
        QCOMPARE(namesIn(copy + u"/deep"_s), QStringList{u"er"_s});
        QVERIFY(TestServer::contents(copy + u"/deep/er/two"_s) == noise(100'000));
    }

    void linksToFolders_data() { ways(); }
    void linksToFolders()
    {
        QFETCH(const Way, way);
        QVERIFY(QDir().mkpath(m_test.path(u"elsewhere"_s)));
        QVERIFY(QFile::link(m_test.path(u"elsewhere"_s), sourceOf(way, u"link"_s)));
        const quint64 id = add(way, u"link"_s);
        QVERIFY(comesTo(id, State::Failed));
        QCOMPARE(code(id), u"transfer.folder-link"_s);
    }

    void answers_data()
    {
        QTest::addColumn<Way>("way");
        QTest::addColumn<Answer>("answer");
        QTest::addColumn<QByteArray>("old");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QStringList>("names");
        const QByteArray fresh = "new contents";
        for (const Way way : {Way::Up, Way::Down}) {
            const char *const name = way == Way::Up ? "up" : "down";
            const QStringList one{u"a.tar.gz"_s};
            QTest::addRow("%s: overwrite", name) << way << Answer::Overwrite << "old"_ba << fresh << one;
            QTest::addRow("%s: skip", name) << way << Answer::Skip << "old"_ba
                                            << "old"_ba << one;
            QTest::addRow("%s: rename", name) << way << Answer::Rename << "old"_ba
                                              << "old"_ba << (QStringList{u"a (2).tar.gz"_s} + one);
            QTest::addRow("%s: resume", name) << way << Answer::Resume << "new con"_ba << fresh << one;
            QTest::addRow("%s: resume what is no beginning", name) << way << Answer::Resume << "old"_ba << fresh << one;
            QTest::addRow("%s: resume what is longer", name)
                << way << Answer::Resume << "longer than the new"_ba << fresh << one;
        }
    }
    void answers()
    {
        QFETCH(const Way, way);
        QFETCH(const Answer, answer);
        QFETCH(const QByteArray, old);
        const QString name = u"a.tar.gz"_s;
        TestServer::write(sourceOf(way, name), "new contents");
        TestServer::write(targetOf(way, name), old);
        const QSignalSpy asked(m_queue.get(), &TransferQueue::asked);
        const quint64 id = add(way, name);
        QVERIFY(comesTo(id, State::Asking));
        QCOMPARE(asked.size(), 1);
        const auto conflict = m_queue->conflict(id);
        QVERIFY(conflict);
        QCOMPARE(conflict->source.size, 12);
        QCOMPARE(conflict->target.size, old.size());
        QVERIFY(conflict->target.modified.isValid() && !conflict->target.isFolder);
        QCOMPARE(conflict->mayResume(), old.size() < 12);
        QCOMPARE(TestServer::contents(targetOf(way, name)), old);
        m_queue->answer(id, answer, false);
        QVERIFY(comesTo(id, answer == Answer::Skip ? State::Skipped : State::Done));
        QTEST(TestServer::contents(targetOf(way, name)), "target");
        QTEST(namesIn(targetOf(way, {})), "names");
        if (answer == Answer::Rename)
            QCOMPARE(TestServer::contents(targetOf(way, u"a (2).tar.gz"_s)), "new contents"_ba);
    }

    void forAll()
    {
        QList<Transfer> batch;
        for (int i = 0; i < 6; ++i) {
            const QString name = QString::number(i);
            TestServer::write(here(name), "new");
            if (i % 2 == 0)
                TestServer::write(there(name), "old");
            batch += transfer(Way::Up, name);
        }
        TestServer::write(here(u"other"_s), "new");
        TestServer::write(there(u"other"_s), "old");
        const QList<quint64> ids = m_queue->add(batch);
        QCOMPARE(ids.size(), 6);
        const quint64 other = add(Way::Up, u"other"_s);
        QVERIFY(comesTo(ids[0], State::Asking)); // and the others are not held up
        QVERIFY(comesTo(ids[5], State::Done));
        m_queue->answer(ids[0], Answer::Overwrite, true);
        for (const quint64 id : ids)
            QVERIFY(comesTo(id, State::Done));
        QCOMPARE(TestServer::contents(there(u"4"_s)), "new"_ba);
        QVERIFY(comesTo(other, State::Asking)); // it was not added with them
    }

    void ontoFolder_data() { ways(); }
    void ontoFolder()
    {
        QFETCH(const Way, way);
        TestServer::write(sourceOf(way, u"name"_s), "new");
        QVERIFY(QDir().mkpath(targetOf(way, u"name/inside"_s)));
        const quint64 id = add(way, u"name"_s);
        QVERIFY(comesTo(id, State::Asking));
        QVERIFY(m_queue->conflict(id)->target.isFolder);
        m_queue->answer(id, Answer::Overwrite, false);
        QVERIFY(comesTo(id, State::Failed));
        QCOMPARE(code(id), u"transfer.target-is-folder"_s);
        QVERIFY(QFile::exists(targetOf(way, u"name/inside"_s)));
    }

    // Nobody types wrong passwords on and on; the other server's transfers don't mind.
    void wrongLogin()
    {
        TestServer::write(here(u"one"_s), "1");
        TestServer::write(here(u"two"_s), "2");
        TestServer::write(here(u"three"_s), "3");
        ConnectOptions wrong = m_options;
        wrong.identityFile = here(u"one"_s); // no key at all
        link(u"a"_s)->setOptions(wrong);
        const QSignalSpy stopped(m_queue.get(), &TransferQueue::stopped);
        const int before = m_relay->accepted();
        const QList<quint64> ids = m_queue->add(
            {transfer(Way::Up, u"one"_s), transfer(Way::Up, u"two"_s), transfer(Way::Up, u"three"_s, u"b"_s)});
        QVERIFY(comesTo(ids[2], State::Done));
        QVERIFY(comesTo(ids[0], State::Paused));
        QCOMPARE(state(ids[1]), State::Paused);
        QCOMPARE(stopped.size(), 1);
        QCOMPARE(stopped[0][0].toString(), u"a"_s);
        QVERIFY2(code(ids[1]).startsWith(u"server."_s), qPrintable(code(ids[1])));
        QTest::qWait(3000);
        QCOMPARE(m_relay->accepted() - before, 2);
        link(u"a"_s)->setOptions(m_options);
        m_queue->connected(u"a"_s);
        QVERIFY(comesTo(ids[0], State::Done));
        QVERIFY(comesTo(ids[1], State::Done));
    }

    void severalServers()
    {
        TestServer::write(here(u"one"_s), m_large);
        TestServer::write(here(u"two"_s), m_large);
        TestServer::write(here(u"three"_s), "3");
        const QList<quint64> ids = m_queue->add(
            {transfer(Way::Up, u"one"_s), transfer(Way::Up, u"three"_s), transfer(Way::Up, u"two"_s, u"b"_s)});
        QVERIFY(QTest::qWaitFor([&] { return state(ids[0]) == State::Running && state(ids[2]) == State::Running; },
                                Patience));
        QCOMPARE(state(ids[1]), State::Waiting);
        for (const quint64 id : ids)
            QVERIFY(comesTo(id, State::Done));
    }

    void order()
    {
        QList<Transfer> batch;
        for (const QString &name : {u"a"_s, u"b"_s, u"c"_s}) {
            TestServer::write(here(name), noise(1'000'000));
            batch += transfer(Way::Up, name);
        }
        const QList<quint64> ids = m_queue->add(batch);
        m_queue->pauseAll();
        const auto names = [&] {
            QString all;
            for (int row = 0; row < m_queue->rowCount(); ++row)
                all += m_queue->index(row).data().toString();
            return all;
        };
        m_queue->moveToTop(ids[2]);
        QCOMPARE(names(), u"cab"_s);
        m_queue->moveDown(ids[2]);
        QCOMPARE(names(), u"acb"_s);
        m_queue->moveUp(ids[1]);
        QCOMPARE(names(), u"abc"_s);
        m_queue->moveUp(ids[0]); // where it can't go
        m_queue->moveDown(ids[2]);
        QCOMPARE(names(), u"abc"_s);
        m_queue->moveToTop(ids[2]);
        QList<quint64> ended;
        connect(m_queue.get(), &TransferQueue::finished, this, [&](quint64 id) { ended += id; });
        m_queue->resumeAll();
        QVERIFY(QTest::qWaitFor([&] { return ended.size() == 3; }, Patience));
        QCOMPARE(ended, (QList{ids[2], ids[0], ids[1]}));
    }

    void failures()
    {
        TestServer::write(here(u"file"_s), "x");
        Transfer gone = transfer(Way::Down, u"gone"_s);
        Transfer nowhere = transfer(Way::Up, u"file"_s, u"none"_s);
        Transfer place{Way::Up, u"a"_s, here(u"file"_s), *RemotePath::parse("/proc/file")};
        const QList<quint64> ids = m_queue->add({gone, nowhere, place});
        for (const quint64 id : ids)
            QVERIFY(comesTo(id, State::Failed));
        QCOMPARE(code(ids[0]), u"server.file-missing"_s);
        QCOMPARE(code(ids[1]), u"transfer.no-server"_s);
        QVERIFY(!value(ids[2], TransferQueue::HintRole).toString().isEmpty());
        TestServer::write(there(u"gone"_s), "back");
        m_queue->retry(ids[0]);
        QVERIFY(comesTo(ids[0], State::Done));
        QCOMPARE(TestServer::contents(here(u"gone"_s)), "back"_ba);
    }

    void diskFull()
    {
        const QByteArray place = QFile::encodeName(there(u"small"_s));
        QVERIFY(QDir().mkpath(there(u"small"_s)));
        if (::mount("tmpfs", place.constData(), "tmpfs", 0, "size=20m") != 0)
            QSKIP("a small disk needs the right to mount");
        const auto unmount = qScopeGuard([&] { ::umount2(place.constData(), MNT_DETACH); });
        TestServer::write(there(u"small/other"_s), noise(10'000'000));
        TestServer::write(here(u"file"_s), noise(15'000'000));
        const quint64 id = m_queue->add({{Way::Up, u"a"_s, here(u"file"_s), m_test.remote("small/file")}}).value(0);
        QVERIFY(comesTo(id, State::Failed));
        QCOMPARE(code(id), u"server.disk-full"_s);
        QCOMPARE(namesIn(there(u"small"_s)), QStringList{u"other"_s});
        QVERIFY(QFile::remove(there(u"small/other"_s)));
        m_queue->retry(id);
        QVERIFY(comesTo(id, State::Done));
    }
};

QTEST_GUILESS_MAIN(TransferQueueTest)
#include "tst_transferqueue.moc"
