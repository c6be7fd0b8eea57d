// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/fetchbase.h"

#include "models/relup/maker.h"
#include "tests/support/tinyrelease.h"

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using namespace handover::node;

/// A release fetched from a real server, in place of the one that was built.
class FetchBaseTest : public QObject
{
    Q_OBJECT

    TinyRelease m_release;
    TinyServer m_server;
    QTemporaryDir m_scratch;

    Result<FetchedBase> fetch(const QString &folder, const QStringList &known = {}, const QString &version = u"1.0.0"_s)
    {
        return fetchBase(m_server.session(), version, m_scratch.filePath(folder), known, {});
    }
    QString unpacked(const QString &version)
    {
        const QString folder = m_scratch.filePath(u"built"_s + version);
        QDir().mkpath(folder);
        return TinyRelease::run(folder, u"tar"_s, {u"xzf"_s, m_release.tarball(version)}) ? folder : QString();
    }

private slots:
    void initTestCase()
    {
        QVERIFY(m_release.build());
        QVERIFY(m_server.start(m_release, false));
    }

    void givesTheSameRelup()
    {
        const auto built = build::readRelease(unpacked(u"1.0.0"_s));
        auto newer = build::readRelease(unpacked(u"1.1.0"_s));
        VERIFY_RESULT(built);
        VERIFY_RESULT(newer);
        // The appup is in no tarball; relx has it beside.
        TestServer::write(newer->directory + u"/lib/tiny-1.1.0/ebin/tiny.appup"_s,
                          "{\"1.1.0\",[{\"1.0.0\",[{update,tiny_srv,{advanced,[]}}]}],[{\"1.0.0\",[{update,tiny_srv,{advanced,[]}}]}]}.\n");
        const auto base = fetch(u"base"_s);
        VERIFY_RESULT(base);
        QCOMPARE(base->release.name, u"tiny"_s);
        QCOMPARE(base->release.version, u"1.0.0"_s);
        QCOMPARE(base->release.erts, built->erts);
        QCOMPARE(base->release.apps, built->apps);
        QVERIFY(base->missing.isEmpty() && base->files > 100 && base->fetched == base->files);
        qInfo("%lld files, %lld bytes", static_cast<long long>(base->files), static_cast<long long>(base->bytes));
        const auto expected = relup::makeRelup({*built}, *newer, {});
        const auto relup = relup::makeRelup({base->release}, *newer, {});
        VERIFY_RESULT(expected);
        VERIFY_RESULT(relup);
        QVERIFY(expected->relup.text.contains("code_change"));
        QCOMPARE(relup->relup.text, expected->relup.text);
        QVERIFY(!QFile::exists(base->release.directory + u"/releases/1.0.0/sys.config"_s));
    }

    void goesOnWhereItWasCut()
    {
        VERIFY_RESULT(fetch(u"cut"_s));
        const QString lib = m_scratch.filePath(u"cut/lib/tiny-1.0.0/ebin/"_s);
        QVERIFY(QFile::remove(lib + u"tiny_srv.beam"_s));
        TestServer::write(lib + u"tiny.app"_s, "half");
        TestServer::write(lib + u"old.beam"_s, "not of the server");
        const auto again = fetch(u"cut"_s);
        VERIFY_RESULT(again);
        QCOMPARE(again->fetched, 2);
        QCOMPARE(QDir(lib).entryList(QDir::Files), (QStringList{u"tiny.app"_s, u"tiny_app.beam"_s, u"tiny_srv.beam"_s}));
        QVERIFY(TestServer::contents(lib + u"tiny.app"_s).contains("1.0.0"));
    }

    void takesWhatIsHere()
    {
        const auto base = fetch(u"known"_s, {unpacked(u"1.1.0"_s)});
        VERIFY_RESULT(base);
        QCOMPARE(base->fetched, 3); // only tiny itself is another one
        const QStringList kernel = QDir(m_scratch.filePath(u"known/lib"_s)).entryList({u"kernel-*"_s});
        QCOMPARE(kernel.size(), 1);
        QVERIFY(QFile::exists(m_scratch.filePath(u"known/lib/%1/ebin/kernel.app"_s.arg(kernel.first()))));
    }

    void refusals()
    {
        QCOMPARE(codeOf(fetch(u"x"_s, {}, u"9.9.9"_s)), u"node.no-such-release"_s);
        QCOMPARE(codeOf(fetch(u"x"_s, {}, u"../1.0.0"_s)), u"server.bad-name"_s);
        QVERIFY(!QFileInfo::exists(m_scratch.filePath(u"x"_s)));
        const QString own = unpacked(u"1.1.0"_s);
        QCOMPARE(codeOf(fetchBase(m_server.session(), u"1.0.0"_s, own, {}, {})), u"node.not-ours"_s);
        QVERIFY(QFile::exists(own + u"/lib/tiny-1.1.0/ebin/tiny.app"_s));

        // A release whose applications lead out of it.
        const auto writeRel = [&](const QByteArray &app) {
            QDir().mkpath(m_server.test().local(u"releases/6.6.6"_s));
            TestServer::write(m_server.test().local(u"releases/6.6.6/tiny.rel"_s),
                              "{release,{\"tiny\",\"6.6.6\"},{erts,\"1\"},[" + app + "]}.\n");
        };
        writeRel("{'../../etc',\"1\"}");
        QCOMPARE(codeOf(fetch(u"x"_s, {}, u"6.6.6"_s)), u"node.no-such-release"_s);
        writeRel("{tiny,\"1.0.0/../../..\"}");
        QCOMPARE(codeOf(fetch(u"x"_s, {}, u"6.6.6"_s)), u"node.no-such-release"_s);
        writeRel("{evil,\"1\"}");
        QDir().mkpath(m_server.test().local(u"lib/evil-1/ebin"_s));
        TestServer::write(m_server.test().local(u"lib/evil-1/ebin/a\nb.beam"_s), "x");
        QCOMPARE(codeOf(fetch(u"x"_s, {}, u"6.6.6"_s)), u"node.bad-name"_s);
        writeRel("{away,\"1\"},{tiny,\"1.0.0\"}");
        const auto without = fetch(u"x"_s, {}, u"6.6.6"_s);
        VERIFY_RESULT(without);
        QCOMPARE(without->missing, QStringList{u"away-1"_s});
    }

    void eachServerHasItsPlace()
    {
        const auto a = Address::parse(u"ssh://a/x"_s);
        const auto b = Address::parse(u"ssh://b/x"_s);
        QVERIFY(fetchedDirectory(u"/c"_s, *a, u"1"_s).startsWith(u"/c/servers/"_s));
        QVERIFY(fetchedDirectory(u"/c"_s, *a, u"1"_s) != fetchedDirectory(u"/c"_s, *b, u"1"_s));
    }
};

QTEST_GUILESS_MAIN(FetchBaseTest)
#include "tst_fetchbase.moc"
