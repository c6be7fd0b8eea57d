// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/footprint.h"

#include "tests/support/tinyrelease.h"

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using namespace handover::node;

class FootprintTest : public QObject
{
    Q_OBJECT

    TinyRelease m_release;

    [[nodiscard]] static QMap<QString, ReleaseFootprint> footprints(TinyServer &server)
    {
        const auto installation = readInstallation(server.session(), {});
        const auto read = installation ? readFootprints(server.session(), *installation, {})
                                       : Result<QList<ReleaseFootprint>>(std::unexpected(installation.error()));
        QMap<QString, ReleaseFootprint> byVersion;
        if (!read)
            qWarning("%s", wordsOf(read).constData());
        else
            for (const ReleaseFootprint &footprint : *read)
                byVersion.insert(footprint.version, footprint);
        return byVersion;
    }

private slots:
    void initTestCase() { QVERIFY(m_release.build()); }

    void ownAndShared()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        auto seen = footprints(server);
        QCOMPARE(seen.size(), 1);
        const qint64 whole = seen.value(u"1.0.0"_s).ownBytes;
        QVERIFY(whole > 1'000'000); // with stdlib and kernel
        QCOMPARE(seen.value(u"1.0.0"_s).sharedBytes, 0);
        QVERIFY(!seen.value(u"1.0.0"_s).reachable); // it runs

        for (const QString &version : {u"1.1.0"_s, u"1.3.0"_s, u"1.4.0"_s}) {
            QVERIFY(server.upload(m_release, version));
            VERIFY_RESULT(unpackRelease(server.session(), u"tiny"_s, version, {}));
        }
        TestServer::write(server.test().local(u"lib/tiny-1.1.0/ebin/large.bin"_s), noise(1024 * 1024));
        seen = footprints(server);
        QCOMPARE(seen.size(), 4);
        const ReleaseFootprint up = seen.value(u"1.1.0"_s);
        QVERIFY(up.ownBytes > 1024 * 1024 && up.ownBytes < 1024 * 1024 + 500'000);
        QVERIFY(up.sharedBytes > 1'000'000 && up.sharedBytes < whole);
        QCOMPARE(up.sharedWith.size(), 3);
        QVERIFY(up.sharedWith.contains(u"1.0.0"_s));
        QVERIFY(qAbs(up.unpacked.secsTo(QDateTime::currentDateTime())) < 300);
        QVERIFY(up.reachable && up.andBack && !up.restartsEmulator);
        QVERIFY2(up.removalWords().startsWith(u"Removing it frees 1."_s) && up.removalWords().contains(u"1.0.0"_s),
                 qPrintable(up.removalWords()));
        QVERIFY(!seen.value(u"1.3.0"_s).reachable && !seen.value(u"1.3.0"_s).andBack);
        QVERIFY(seen.value(u"1.4.0"_s).reachable && seen.value(u"1.4.0"_s).restartsEmulator);

        QVERIFY(server.stopNode());
        QVERIFY(QDir(server.test().local(u"releases/1.3.0"_s)).removeRecursively());
        seen = footprints(server);
        QVERIFY(seen.value(u"1.1.0"_s).reachable); // from the permanent one
        QVERIFY(!seen.value(u"1.3.0"_s).unpacked.isValid());
    }
};

QTEST_GUILESS_MAIN(FootprintTest)
#include "tst_footprint.moc"
