// SPDX-License-Identifier: GPL-3.0-or-later
// Tags to and from real bare repositories, by the real git.
#include "models/repo/push.h"

#include "tests/support/scratchrepository.h"

#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace handover;
using test::ScratchRepository;

class TestPush final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void pushesThatTagAlone();
    void deletesThere();
    void refused_data();
    void refused();
    void unreachable();
    void noRepository();
    void cancels();
    void words_data();
    void words();

private:
    static QString addRemote(ScratchRepository &scratch)
    {
        const QString bare = scratch.beside(u"remote.git"_s);
        scratch.git({u"init"_s, u"--quiet"_s, u"--bare"_s, bare});
        scratch.git({u"remote"_s, u"add"_s, u"origin"_s, bare});
        return bare;
    }

    QTemporaryDir m_home;
};

void TestPush::initTestCase()
{
    qputenv("HOME", m_home.path().toUtf8());
    qputenv("LANG", "de_DE.UTF-8");
    qputenv("GIT_DIR", "/nowhere");
}

void TestPush::pushesThatTagAlone()
{
    ScratchRepository scratch;
    scratch.commit();
    scratch.tag(u"0.9"_s, u"Old"_s);
    scratch.commit();
    scratch.tag(u"v1$(x);y"_s, u"New"_s);
    const QString bare = addRemote(scratch);
    scratch.git({u"config"_s, u"push.followTags"_s, u"true"_s});
    QStringList log;
    const JobContext context({}, {{}, [&log](const QString &line) { log += line; }});
    const auto pushed = repo::pushTag(scratch.path(), u"origin"_s, "v1$(x);y", context);
    QVERIFY2(pushed, pushed ? "" : qPrintable(pushed.error().words() + pushed.error().detail));
    QCOMPARE(scratch.gitIn(bare, {u"for-each-ref"_s}), scratch.git({u"for-each-ref"_s, u"refs/tags/v1*"_s}));
    QVERIFY(log.join(u'\n').contains(u"[new tag]"));
    QVERIFY(repo::pushTag(scratch.path(), u"origin"_s, "v1$(x);y", {})); // it has it already
}

void TestPush::deletesThere()
{
    ScratchRepository scratch;
    scratch.commit();
    scratch.tag(u"1.0"_s, u"One"_s);
    const QString bare = addRemote(scratch);
    QVERIFY(repo::pushTag(scratch.path(), u"origin"_s, "1.0", {}));
    QVERIFY(repo::deleteRemoteTag(scratch.path(), u"origin"_s, "1.0", {}));
    QCOMPARE(scratch.gitIn(bare, {u"tag"_s}), QByteArray());
    QCOMPARE(scratch.git({u"tag"_s}), "1.0"_ba);
    QVERIFY(repo::deleteRemoteTag(scratch.path(), u"origin"_s, "1.0", {})); // it is gone: that was wanted
}

void TestPush::refused_data()
{
    QTest::addColumn<bool>("byHook");
    QTest::addColumn<QString>("words");
    QTest::newRow("another tag of that name") << false << u"origin has another tag 1.0 already."_s;
    QTest::newRow("a hook") << true << u"origin refused the tag 1.0: [remote rejected] (pre-receive hook declined)"_s;
}

void TestPush::refused()
{
    QFETCH(const bool, byHook);
    ScratchRepository scratch;
    scratch.commit();
    scratch.tag(u"1.0"_s, u"One"_s);
    const QString bare = addRemote(scratch);
    if (byHook) {
        scratch.write(u"../remote.git/hooks/pre-receive"_s, "#!/bin/sh\necho No tags on Fridays\nexit 1\n", true);
    } else {
        QVERIFY(repo::pushTag(scratch.path(), u"origin"_s, "1.0", {}));
        scratch.git({u"tag"_s, u"-d"_s, u"1.0"_s});
        scratch.commit();
        scratch.tag(u"1.0"_s, u"Another"_s);
    }
    const QByteArray before = scratch.gitIn(bare, {u"for-each-ref"_s});
    const auto pushed = repo::pushTag(scratch.path(), u"origin"_s, "1.0", {});
    QVERIFY(!pushed);
    QCOMPARE(pushed.error().code, u"repo.push-rejected"_s);
    QTEST(pushed.error().message, "words");
    QCOMPARE(scratch.gitIn(bare, {u"for-each-ref"_s}), before);
    QCOMPARE(pushed.error().detail.contains(u"No tags on Fridays"), byHook);
}

void TestPush::unreachable()
{
    ScratchRepository scratch;
    scratch.commit();
    scratch.tag(u"1.0"_s);
    scratch.git({u"remote"_s, u"add"_s, u"origin"_s, u"git://127.0.0.1:1/x.git"_s});
    QCOMPARE(repo::pushTag(scratch.path(), u"origin"_s, "1.0", {}).error().code, u"repo.push-unreachable"_s);
}

void TestPush::noRepository()
{
    ScratchRepository scratch;
    scratch.commit();
    scratch.tag(u"1.0"_s);
    scratch.git({u"remote"_s, u"add"_s, u"origin"_s, scratch.beside(u"nothing.git"_s)});
    QCOMPARE(repo::pushTag(scratch.path(), u"origin"_s, "1.0", {}).error().code, u"repo.push-no-repository"_s);
    QCOMPARE(repo::pushTag(scratch.path(), u"nobody"_s, "1.0", {}).error().code, u"repo.push-no-repository"_s);
}

void TestPush::cancels()
{
    ScratchRepository scratch;
    scratch.commit();
    scratch.tag(u"1.0"_s);
    addRemote(scratch);
    scratch.write(u"../remote.git/hooks/pre-receive"_s, "#!/bin/sh\nsleep 60\n", true);
    std::stop_source stop;
    const std::jthread canceller([&stop] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300)); // the hook runs by then
        stop.request_stop();
    });
    const JobContext context(stop.get_token(), {});
    const auto pushed = repo::pushTag(scratch.path(), u"origin"_s, "1.0", context);
    QVERIFY(!pushed && pushed.error().isCancelled());
}

// What can't be had here, in git's and ssh's own words.
void TestPush::words_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QString>("code");
    QTest::newRow("ssh, no key") << "git@example.org: Permission denied (publickey).\nfatal: Could not read from remote repository.\n"_ba
                                 << u"repo.push-denied"_s;
    QTest::newRow("https, nobody to ask")
        << "fatal: could not read Username for 'https://example.org': terminal prompts disabled\n"_ba << u"repo.push-denied"_s;
    QTest::newRow("https, wrong") << "remote: Invalid username or password.\nfatal: Authentication failed for 'https://x/y.git/'\n"_ba
                                  << u"repo.push-denied"_s;
    QTest::newRow("host key") << "Host key verification failed.\nfatal: Could not read from remote repository.\n"_ba
                              << u"repo.push-denied"_s;
    QTest::newRow("no such host, https")
        << "fatal: unable to access 'https://nowhere.invalid/': Could not resolve host: nowhere.invalid\n"_ba
        << u"repo.push-unreachable"_s;
    QTest::newRow("no such host, ssh") << "ssh: Could not resolve hostname nowhere: Name or service not known\n"_ba
                                       << u"repo.push-unreachable"_s;
    QTest::newRow("not found, https") << "remote: Repository not found.\nfatal: repository 'https://x/y.git/' not found\n"_ba
                                      << u"repo.push-no-repository"_s;
    QTest::newRow("else") << "fatal: the remote end hung up unexpectedly\n"_ba << u"repo.push"_s;
    QTest::newRow("nothing") << QByteArray() << u"repo.push"_s;
}

void TestPush::words()
{
    QFETCH(const QByteArray, output);
    const Error error = repo::pushError(output, u"origin"_s, "1.0");
    QTEST(error.code, "code");
    QVERIFY(!error.hint.isEmpty());
}

QTEST_GUILESS_MAIN(TestPush)
#include "tst_push.moc"
