// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/versionfiltermodel.h"

#include <QAbstractItemModelTester>
#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace handover;
using versions::SearchText;
using versions::Version;
using versions::VersionFilterModel;
using versions::VersionListModel;

namespace {

Version version(const QString &tag, const QString &message = u"Words"_s, const QString &author = u"Ada"_s, int day = 1)
{
    const QByteArray hex = QCryptographicHash::hash(tag.toUtf8(), QCryptographicHash::Sha1).toHex();
    return {{tag.toUtf8(), *repo::ObjectId::parse(hex), true,
             QDateTime(QDate(2026, 3, day), QTime(11, 20), QTimeZone::utc()), author, message},
            tag, {}};
}

QString tagsOf(const QAbstractItemModel &model)
{
    QStringList tags;
    for (int row = 0; row < model.rowCount(); ++row)
        tags << model.index(row, 0).data(VersionListModel::TagRole).toString();
    return tags.join(u' ');
}

} // namespace

class TestVersionFilterModel final : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void filters();
    void byDate();
    void followsAnyChange();
    void changesPassThroughWhilePlain();
    void hugeChangesAreOne();
};

void TestVersionFilterModel::finds_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QList<int>>("rows");
    QTest::newRow("nothing") << u""_s << QList<int>{0, 1, 2, 3};
    QTest::newRow("tag") << u"1.1"_s << QList<int>{1};
    QTest::newRow("several") << u"v"_s << QList<int>{0, 1, 2};
    QTest::newRow("author") << u"grace"_s << QList<int>{2};
    QTest::newRow("message") << u"COUNTER"_s << QList<int>{0, 3};
    QTest::newRow("umlauts, folded") << u"GRÖßE"_s << QList<int>{1};
    QTest::newRow("only the first line") << u"body"_s << QList<int>();
    QTest::newRow("not across two texts") << u"v2.0grace"_s << QList<int>();
    QTest::newRow("a line end") << u"v2.0\nGrace"_s << QList<int>();
    QTest::newRow("not there") << u"zebra"_s << QList<int>();
    QTest::newRow("the end") << u"last counter"_s << QList<int>{3};
}

void TestVersionFilterModel::finds()
{
    QFETCH(const QString, words);
    QFETCH(const QList<int>, rows);
    const SearchText text({version(u"v2.1"_s, u"A counter more\n\nThe body."_s), version(u"v1.1"_s, u"Die Größe zählt"_s),
                           version(u"v2.0"_s, u"Words"_s, u"Grace Hopper"_s), version(u"old"_s, u"The last counter"_s)});
    QCOMPARE(text.size(), 4);
    QCOMPARE(text.rowsWith(words), rows);
}

void TestVersionFilterModel::filters()
{
    VersionListModel versions;
    VersionFilterModel filter(&versions);
    const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    versions.setVersions({version(u"v3"_s), version(u"v2"_s, u"Other"_s), version(u"v1"_s)});
    QCOMPARE(tagsOf(filter), u"v3 v2 v1"_s);
    filter.setWanted(u"words"_s);
    QCOMPARE(tagsOf(filter), u"v3 v1"_s);
    QCOMPARE(filter.mapToSource(filter.index(1, 0)).row(), 2);
    QCOMPARE(filter.mapFromSource(versions.index(2)).row(), 1);
    QVERIFY(!filter.mapFromSource(versions.index(1)).isValid());

    QSignalSpy changed(&filter, &QAbstractItemModel::dataChanged);
    versions.setPair(u"v2"_s, u"v1"_s);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().toModelIndex().row(), 1);
    versions.setVersions({version(u"v3"_s, u"Other"_s), version(u"v2"_s), version(u"v1"_s)});
    QCOMPARE(tagsOf(filter), u"v2 v1"_s);
    filter.setWanted({});
    QCOMPARE(tagsOf(filter), u"v3 v2 v1"_s);
}

void TestVersionFilterModel::byDate()
{
    VersionListModel versions;
    VersionFilterModel filter(&versions);
    const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Version undated = version(u"v0"_s);
    undated.tag.date = {};
    versions.setVersions({version(u"v3"_s, u"Words"_s, u"Ada"_s, 5), version(u"v2"_s, u"Other"_s, u"Ada"_s, 9),
                          undated, version(u"v1"_s, u"Words"_s, u"Ada"_s, 7)});
    filter.setOrder(VersionFilterModel::Order::ByDate);
    QCOMPARE(tagsOf(filter), u"v2 v1 v3 v0"_s);
    filter.setWanted(u"words"_s);
    QCOMPARE(tagsOf(filter), u"v1 v3 v0"_s);
    filter.setOrder(VersionFilterModel::Order::ByVersion);
    QCOMPARE(tagsOf(filter), u"v3 v0 v1"_s);
}

void TestVersionFilterModel::followsAnyChange()
{
    VersionListModel versions;
    VersionFilterModel filter(&versions);
    const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QRandomGenerator random(20261121);
    for (int round = 0; round < 300; ++round) {
        QList<Version> list;
        for (int i = random.bounded(12); i > 0; --i)
            list << version(QString(QChar(u'a' + random.bounded(14))), random.bounded(2) ? u"Words"_s : u"Other"_s, u"Ada"_s,
                            random.bounded(1, 20));
        if (random.bounded(4) == 0)
            filter.setWanted(random.bounded(2) ? u"words"_s : QString());
        if (random.bounded(4) == 0)
            filter.setOrder(VersionFilterModel::Order(random.bounded(2)));
        versions.setVersions(list);
        VersionListModel freshVersions;
        VersionFilterModel fresh(&freshVersions);
        freshVersions.setVersions(list);
        fresh.setOrder(filter.order());
        fresh.setWanted(filter.wanted());
        QCOMPARE(tagsOf(filter), tagsOf(fresh));
    }
}

void TestVersionFilterModel::changesPassThroughWhilePlain()
{
    VersionListModel versions;
    VersionFilterModel filter(&versions);
    versions.setVersions({version(u"v3"_s), version(u"v1"_s)});
    const QPersistentModelIndex kept = filter.index(1, 0);
    QSignalSpy reset(&filter, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&filter, &QAbstractItemModel::rowsInserted);
    versions.setVersions({version(u"v3"_s), version(u"v2"_s), version(u"v1"_s)});
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(kept.row(), 2);
    filter.setWanted(u"v"_s);
    QCOMPARE(reset.size(), 1);
    versions.setVersions({version(u"v1"_s)});
    QCOMPARE(reset.size(), 2); // one, however many rows go
    QCOMPARE(tagsOf(filter), u"v1"_s);
}

void TestVersionFilterModel::hugeChangesAreOne()
{
    QList<Version> all;
    QList<Version> half;
    for (int i = 2000; i > 0; --i) {
        all << version(u"1."_s + QString::number(i));
        if (i % 2)
            half << all.last();
    }
    VersionListModel versions;
    const QAbstractItemModelTester tester(&versions, QAbstractItemModelTester::FailureReportingMode::QtTest);
    versions.setVersions(all);
    QSignalSpy reset(&versions, &QAbstractItemModel::modelReset);
    versions.setVersions(half);
    QCOMPARE(reset.size(), 1);
    QCOMPARE(versions.versions(), half);
    versions.setVersions(all);
    QCOMPARE(reset.size(), 2);
    QCOMPARE(versions.versions(), all);
    QCOMPARE(versions.rowsWith(u"1.77"_s).size(), 11);
}

QTEST_GUILESS_MAIN(TestVersionFilterModel)
#include "tst_versionfiltermodel.moc"
