// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/usedfiles.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using node::ReleaseStatus;

class UsedFilesTest : public QObject
{
    Q_OBJECT

    [[nodiscard]] static node::Installation installation()
    {
        node::Installation result;
        result.name = u"tiny"_s;
        result.nodeUp = true;
        result.runningVersion = u"1.1.0"_s;
        result.runningApps = {{u"tiny"_s, u"1.1.0"_s}, {u"kernel"_s, u"10"_s}};
        result.erts = u"15.2"_s;
        result.bootVersion = u"1.0.0"_s;
        result.releases = {{u"1.2.0"_s, ReleaseStatus::Unpacked, {{u"tiny"_s, u"1.2.0"_s}}},
                           {u"1.1.0"_s, ReleaseStatus::Current, {{u"tiny"_s, u"1.1.0"_s}, {u"sasl"_s, u"4"_s}}},
                           {u"1.0.0"_s, ReleaseStatus::Permanent, {{u"tiny"_s, u"1.0.0"_s}, {u"kernel"_s, u"10"_s}}},
                           {u"0.9.0"_s, ReleaseStatus::Old, {{u"tiny"_s, u"0.9.0"_s}}}};
        return result;
    }

private slots:
    void uses_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("user");
        QTest::newRow("running application") << "/srv/lib/tiny-1.1.0"_ba << u"running 1.1.0"_s;
        QTest::newRow("installed, not started") << "/srv/lib/sasl-4"_ba << u"running 1.1.0"_s;
        QTest::newRow("in both") << "/srv/lib/kernel-10"_ba << u"running 1.1.0"_s;
        QTest::newRow("permanent application") << "/srv/lib/tiny-1.0.0"_ba << u"permanent 1.0.0"_s;
        QTest::newRow("permanent release") << "/srv/releases/1.0.0"_ba << u"permanent 1.0.0"_s;
        QTest::newRow("running release") << "/srv/releases/1.1.0"_ba << u"running 1.1.0"_s;
        QTest::newRow("runtime system") << "/srv/erts-15.2"_ba << u"running 1.1.0"_s;
        QTest::newRow("shared") << "/srv/releases/RELEASES"_ba << u"every release"_s;
        QTest::newRow("unpacked") << "/srv/lib/tiny-1.2.0"_ba << QString();
        QTest::newRow("old") << "/srv/lib/tiny-0.9.0"_ba << QString();
        QTest::newRow("the directory itself") << "/srv"_ba << QString();
    }
    void uses()
    {
        QFETCH(QByteArray, path);
        QTEST(deploy::usedFiles(*server::RemotePath::parse("/srv"), installation()).value(path), "user");
    }

    void nodeDown()
    {
        node::Installation down = installation();
        down.nodeUp = false;
        down.runningVersion.clear();
        down.runningApps.clear();
        down.erts.clear();
        const auto uses = deploy::usedFiles(*server::RemotePath::parse("/srv"), down);
        QCOMPARE(uses.value("/srv/lib/kernel-10"), u"permanent 1.0.0"_s);
        QVERIFY(!uses.contains("/srv/lib/tiny-1.1.0") && !uses.contains("/srv/erts-"));
    }

    void hostileVersions()
    {
        node::Installation hostile;
        hostile.releases = {{u"../../etc"_s, ReleaseStatus::Permanent, {{u".."_s, u"/x"_s}}}};
        for (const QByteArray &path : deploy::usedFiles(*server::RemotePath::parse("/srv"), hostile).keys())
            QVERIFY(path.startsWith("/srv/") && !path.contains("/../"));
    }
};

QTEST_GUILESS_MAIN(UsedFilesTest)
#include "tst_usedfiles.moc"
