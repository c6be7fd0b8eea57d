// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/removal.h"
#include "tests/support/hostileserver.h"

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;

/// Every question to a server that lies, floods, or says nothing.
class HostileServerTest : public QObject
{
    Q_OBJECT

    HostileServer m_server;

    [[nodiscard]] RemotePath path(QByteArrayView name) { return m_server.test().remote(name); }
    [[nodiscard]] QString here(const QString &name) { return m_server.test().path(u"here/"_s + name); }
    [[nodiscard]] QStringList namesHere()
    {
        return QDir(here({})).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }

private slots:
    void initTestCase()
    {
        QVERIFY(m_server.start());
        QVERIFY(QDir().mkpath(here({})));
    }

    void sane()
    {
        auto session = m_server.connect("none", HostileServer::Patient);
        VERIFY_RESULT(session);
        QCOMPARE(*session->list(path("d"), {}), QByteArrayList{"f"});
        const auto entries = session->entries(path("d"), {});
        VERIFY_RESULT(entries);
        QCOMPARE(entries->value(0).size, 10);
        QVERIFY2(isHarmless(entries->value(0).owner), qPrintable(entries->value(0).owner));
        QCOMPARE(*session->readFile(path("f"), {}), QByteArray(10, 'x'));
        VERIFY_RESULT(session->download(path("f"), here(u"fetched"_s), {}));
        QVERIFY(QFile::remove(here(u"fetched"_s)));
    }

    void asks_data() { HostileServer::modes(); }
    void asks()
    {
        QFETCH(QByteArray, mode);
        std::optional<Session> open;
        const auto on = [&](auto question) {
            if (!open || !open->isAlive()) {
                auto fresh = m_server.connect(mode);
                if (!fresh)
                    return decltype(question(*open))(std::unexpected(fresh.error()));
                open.emplace(*std::move(fresh));
            }
            return question(*open);
        };
        VERIFY_ENDED(on([&](Session &session) { return session.list(path("d"), {}); }));
        VERIFY_ENDED(on([&](Session &session) { return session.entries(path("d"), {}); }));
        VERIFY_ENDED(on([&](Session &session) { return session.attributes(path("f"), {}); }));
        VERIFY_ENDED(on([&](Session &session) { return session.attributes(path("l"), {}); }));
        VERIFY_ENDED(on([&](Session &session) { return session.exists(path("f"), {}); }));
        VERIFY_ENDED(on([&](Session &session) { return session.readFile(path("f"), {}, 1'000'000); }));
        VERIFY_ENDED(on([&](Session &session) { return session.freeSpace(path("d"), {}); }));
        VERIFY_ENDED(on([&](Session &session) { return session.canonical(path("l"), {}); }));
        VERIFY_ENDED(on([&](Session &session) { return session.rename(path("f"), path("f2"), {}); }));
        VERIFY_ENDED(on([&](Session &session) { return session.removeDirectory(path("d"), {}); }));
        VERIFY_ENDED(on([&](Session &session) { return session.createFile(path("f2"), QByteArray(100'000, 'x'), 0600, {}); }));
        VERIFY_ENDED(on([&](Session &session) { return planRemoval(session, {path("d")}, {}); }));
    }

    void carries_data() { HostileServer::modes(); }
    void carries()
    {
        QFETCH(QByteArray, mode);
        const QString file = here(u"file"_s);
        TestServer::write(file, "before");
        auto session = m_server.connect(mode);
        VERIFY_RESULT(session);
        VERIFY_ENDED(session->download(path("f"), file, {}));
        if (TestServer::contents(file) != "before")
            QVERIFY2(TestServer::contents(file) == QByteArray(10, 'x'), TestServer::contents(file).left(100).constData());
        QCOMPARE(namesHere(), QStringList{u"file"_s});

        session = m_server.connect(mode);
        VERIFY_RESULT(session);
        VERIFY_ENDED(session->upload(file, path("f"), {}));
    }

    void dropByDrop()
    {
        auto session = m_server.connect("drop by drop");
        VERIFY_RESULT(session);
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(codeOf(session->list(path("d"), {})), u"server.hostile-answer"_s);
        QVERIFY(clock.elapsed() < 40'000 && !session->isAlive());
    }

    void versions()
    {
        for (const char *mode : {"version 0", "version 99"}) {
            auto session = m_server.connect(mode, HostileServer::Patient);
            VERIFY_RESULT(session);
            QCOMPARE(codeOf(session->attributes(path("l"), {})), u"server.no-sftp"_s);
        }
    }

    void names_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<QString>("code");
        QTest::newRow("name up") << "name up"_ba << u"server.hostile-name"_s;
        QTest::newRow("absolute") << "name absolute"_ba << u"server.hostile-name"_s;
        QTest::newRow("up in the middle") << "name up alone"_ba << u"server.hostile-name"_s;
        QTest::newRow("empty") << "name empty"_ba << u"server.hostile-name"_s;
        QTest::newRow("NUL") << "name of NUL"_ba << u"server.hostile-name"_s;
        QTest::newRow("long") << "name long"_ba << u"server.hostile-name"_s;
        QTest::newRow("endless") << "endless listing"_ba << u"server.file-too-large"_s;
        QTest::newRow("endless dots") << "endless dots"_ba << u"server.file-too-large"_s;
    }
    void names()
    {
        QFETCH(QByteArray, mode);
        auto session = m_server.connect(mode, HostileServer::Patient);
        VERIFY_RESULT(session);
        QTEST(codeOf(session->list(path("d"), {})), "code");
        QTEST(codeOf(session->entries(path("d"), {})), "code");
    }
};

QTEST_GUILESS_MAIN(HostileServerTest)
#include "tst_hostileserver.moc"
