// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/versionlistmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace handover;
using versions::Version;
using versions::VersionListModel;

namespace {

// A version whose commit id is made of its tag.
Version version(const QString &tag, const QString &message = u"Words"_s)
{
    const QByteArray hex = QCryptographicHash::hash(tag.toUtf8(), QCryptographicHash::Sha1).toHex();
    return {{tag.toUtf8(), *repo::ObjectId::parse(hex), true,
             QDateTime(QDate(2026, 3, 17), QTime(11, 20), QTimeZone::utc()), u"Ada"_s, message},
            tag.startsWith(u'v') ? tag.sliced(1) : tag,
            {}};
}

QList<Version> versionsOf(const QString &tags)
{
    QList<Version> list;
    for (const QString &tag : tags.split(u' ', Qt::SkipEmptyParts))
        list << version(tag);
    return list;
}

QString tagsOf(const VersionListModel &model)
{
    QStringList tags;
    for (int row = 0; row < model.rowCount(); ++row)
        tags << model.index(row).data(VersionListModel::TagRole).toString();
    return tags.join(u' ');
}

} // namespace

class TestVersionListModel final : public QObject
{
    Q_OBJECT

private slots:
    void changesAreGranular_data();
    void changesAreGranular();
    void randomChanges();
    void selectionSurvives();
    void data();
    void toolTipIsNoMarkup();
    void remarks();
    void saysDependencies();
    void packagedIsSaid();
    void badgesOnlyChangeData();
    void findsRows();
};

void TestVersionListModel::changesAreGranular_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<int>("inserts");
    QTest::addColumn<int>("removals");
    QTest::addColumn<int>("moves");
    QTest::newRow("from nothing") << u""_s << u"c b a"_s << 1 << 0 << 0;
    QTest::newRow("to nothing") << u"c b a"_s << u""_s << 0 << 1 << 0;
    QTest::newRow("the same") << u"c b a"_s << u"c b a"_s << 0 << 0 << 0;
    QTest::newRow("one more on top") << u"c b a"_s << u"d c b a"_s << 1 << 0 << 0;
    QTest::newRow("two more, apart") << u"d b a"_s << u"e d c b a"_s << 2 << 0 << 0;
    QTest::newRow("one less") << u"c b a"_s << u"c a"_s << 0 << 1 << 0;
    QTest::newRow("run of less") << u"e d c b a"_s << u"e a"_s << 0 << 1 << 0;
    QTest::newRow("two less, apart") << u"e d c b a"_s << u"d c a"_s << 0 << 2 << 0;
    QTest::newRow("replaced") << u"c b a"_s << u"c x a"_s << 1 << 1 << 0;
    QTest::newRow("all other") << u"c b a"_s << u"z y"_s << 1 << 1 << 0;
    QTest::newRow("one moved") << u"d c b a"_s << u"a d c b"_s << 0 << 0 << 1;
    QTest::newRow("twins come") << u"a"_s << u"a a"_s << 1 << 0 << 0;
    QTest::newRow("twins go") << u"b a a"_s << u"a b"_s << 0 << 1 << 1;
}

void TestVersionListModel::changesAreGranular()
{
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    QFETCH(const int, inserts);
    QFETCH(const int, removals);
    QFETCH(const int, moves);
    VersionListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setVersions(versionsOf(before));
    QCOMPARE(tagsOf(model), before);
    int inserted = 0;
    int removed = 0;
    int moved = 0;
    int other = 0;
    connect(&model, &QAbstractItemModel::rowsInserted, this, [&] { ++inserted; });
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [&] { ++removed; });
    connect(&model, &QAbstractItemModel::rowsMoved, this, [&] { ++moved; });
    connect(&model, &QAbstractItemModel::modelReset, this, [&] { ++other; });
    connect(&model, &QAbstractItemModel::dataChanged, this, [&] { ++other; });
    model.setVersions(versionsOf(after));
    QCOMPARE(tagsOf(model), after);
    QCOMPARE(model.versions(), versionsOf(after));
    QCOMPARE(inserted, inserts);
    QCOMPARE(removed, removals);
    QCOMPARE(moved, moves);
    QCOMPARE(other, 0);
}

void TestVersionListModel::randomChanges()
{
    VersionListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QRandomGenerator random(20260317);
    for (int round = 0; round < 300; ++round) {
        QStringList tags;
        for (int i = random.bounded(12); i > 0; --i)
            tags << QString(QChar(u'a' + random.bounded(14)));
        model.setVersions(versionsOf(tags.join(u' ')));
        QCOMPARE(tagsOf(model), tags.join(u' '));
    }
}

void TestVersionListModel::selectionSurvives()
{
    VersionListModel model;
    model.setVersions(versionsOf(u"d c b a"_s));
    const QPersistentModelIndex c = model.index(1);
    const QPersistentModelIndex b = model.index(2);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QList<Version> next = versionsOf(u"e c x a"_s);
    next[1].tag.message = u"Other words"_s; // the tag was moved, say
    model.setVersions(next);
    QCOMPARE(c.data(VersionListModel::TagRole).toString(), u"c"_s);
    QCOMPARE(c.data(VersionListModel::MessageRole).toString(), u"Other words"_s);
    QVERIFY(!b.isValid());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().toModelIndex(), QModelIndex(c));
}

void TestVersionListModel::data()
{
    VersionListModel model;
    model.setVersions({version(u"v1.1.0"_s, u"The step\n\nand more"_s), version(u"1.0.0"_s, {})});
    model.setBuilt({model.versions().first().tag.commit.hex()});
    model.setBadges({{u"1.1.0"_s, {u"edge-1 permanent"_s}}});
    model.setPair(u"1.0.0"_s, u"v1.1.0"_s);
    const QModelIndex first = model.index(0);
    QCOMPARE(first.data().toString(), u"1.1.0"_s);
    QCOMPARE(first.data(VersionListModel::VersionRole).toString(), u"1.1.0"_s);
    QCOMPARE(first.data(VersionListModel::TagRole).toString(), u"v1.1.0"_s);
    QCOMPARE(first.data(VersionListModel::AuthorRole).toString(), u"Ada"_s);
    QCOMPARE(first.data(VersionListModel::MessageRole).toString(), u"The step"_s);
    QCOMPARE(first.data(VersionListModel::AnnotatedRole).toBool(), true);
    QCOMPARE(first.data(VersionListModel::DateRole).toDateTime().date(), QDate(2026, 3, 17));
    QCOMPARE(first.data(VersionListModel::CommitRole).toString().size(), 40);
    QCOMPARE(first.data(VersionListModel::BuiltRole).toBool(), true);
    QCOMPARE(first.data(VersionListModel::BadgesRole).toStringList(), QStringList{u"edge-1 permanent"_s});
    QCOMPARE(first.data(VersionListModel::FromRole).toBool(), false);
    QCOMPARE(first.data(VersionListModel::ToRole).toBool(), true);
    const QString spoken = first.data(Qt::AccessibleTextRole).toString();
    for (const QString &word : {u"1.1.0"_s, u"v1.1.0"_s, u"2026"_s, u"built"_s, u"edge-1 permanent"_s,
                                u"upgrade to here"_s, u"The step"_s})
        QVERIFY2(spoken.contains(word), qPrintable(spoken));

    const QModelIndex second = model.index(1);
    QCOMPARE(second.data(VersionListModel::BuiltRole).toBool(), false);
    QCOMPARE(second.data(VersionListModel::FromRole).toBool(), true);
    QVERIFY(second.data(Qt::AccessibleTextRole).toString().startsWith(u"1.0.0, "_s));
    QVERIFY(!second.data(Qt::AccessibleTextRole).toString().contains(u"tag"_s));
    QVERIFY(second.data(Qt::ToolTipRole).toString().contains(second.data(VersionListModel::CommitRole).toString().first(7)));
}

void TestVersionListModel::toolTipIsNoMarkup()
{
    VersionListModel model;
    model.setVersions({version(u"v1"_s, u"One\n\n<img src='file:///etc/passwd'> & more"_s)});
    const QString tip = model.index(0).data(Qt::ToolTipRole).toString();
    QVERIFY(tip.contains(u"One\n\n&lt;img src='file:///etc/passwd'&gt; &amp; more"_s));
    QVERIFY(!tip.contains(u"<img"_s));
}

void TestVersionListModel::remarks()
{
    Version plain = version(u"v1.0"_s);
    Version nightly = version(u"nightly"_s);
    nightly.otherTags = {"a", "b"};
    nightly.otherTagCount = 2;
    Version built = version(u"v2.0"_s);
    built.release = QString();
    Version other = version(u"v3.0"_s);
    other.otherTags = {"a", "b", "c"};
    other.otherTagCount = 9;
    other.release = u"2026.3"_s;
    VersionListModel model;
    model.setVersions({other, built, plain, nightly});
    const auto remark = [&](int row) { return model.index(row).data(VersionListModel::RemarkRole).toString(); };
    QCOMPARE(remark(0), u"same commit as a, b, c and 6 more, release 2026.3"_s);
    QCOMPARE(remark(1), u"release version known when built"_s);
    QCOMPARE(remark(2), QString());
    QCOMPARE(remark(3), u"not a version number, same commit as a, b"_s);
    QVERIFY(model.index(3).data(Qt::ToolTipRole).toString().contains(u"not a version number"_s));
    QVERIFY(model.index(3).data(Qt::AccessibleTextRole).toString().contains(u"same commit as a, b"_s));

    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.declare(1, {{{}, u"2.0"_s}, {{}, u"1.1"_s}});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(remark(1), QString());
    QCOMPARE(remark(2), u"release 1.1"_s);
    QVERIFY(model.versions()[2].appsRead);
    model.declare(3, {{}, {}}); // more than there are
    QCOMPARE(changed.size(), 1);
}

void TestVersionListModel::saysDependencies()
{
    VersionListModel model;
    QList<Version> rows = versionsOf(u"b a"_s);
    versions::Declared declared;
    declared.deps = {{u"cowboy"_s, u"2.9.0"_s}, {u"odd"_s, {}}};
    rows[0].declare(declared);
    for (int i = 0; i < 20; ++i)
        declared.deps.append({u"many%1"_s.arg(i), u"1"_s});
    rows[1].declare(declared);
    model.setVersions(rows);
    QVERIFY(model.index(0).data(Qt::ToolTipRole).toString().contains(u"Dependencies: cowboy 2.9.0, odd (as the lock says)"));
    const QString many = model.index(1).data(Qt::ToolTipRole).toString();
    QVERIFY(many.contains(u"many9 1, and 10 more") && !many.contains(u"many10"));
}

void TestVersionListModel::packagedIsSaid()
{
    VersionListModel model;
    model.setVersions(versionsOf(u"c b a"_s));
    int changes = 0;
    connect(&model, &QAbstractItemModel::dataChanged, this, [&] { ++changes; });
    model.setPackaged({{"b", {u"a"_s, u"several"_s}}});
    QCOMPARE(changes, 1);
    const QModelIndex row = model.index(1);
    QVERIFY(row.data(VersionListModel::PackagedRole).toBool());
    QVERIFY(!model.index(0).data(VersionListModel::PackagedRole).toBool());
    QVERIFY(row.data(Qt::ToolTipRole).toString().contains(u"Packaged with a relup from a, several"));
    QVERIFY(row.data(Qt::AccessibleTextRole).toString().contains(u"packaged"));
    model.setPackaged({});
    QCOMPARE(changes, 2);
    QVERIFY(!row.data(VersionListModel::PackagedRole).toBool());
}

void TestVersionListModel::badgesOnlyChangeData()
{
    VersionListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setVersions(versionsOf(u"v3 v2 v1"_s));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const auto rows = [&] {
        QList<int> list;
        for (const auto &call : std::exchange(static_cast<QList<QVariantList> &>(changed), {}))
            list << call.first().toModelIndex().row();
        return list;
    };
    model.setBuilt({model.versions()[1].tag.commit.hex()});
    QCOMPARE(rows(), QList<int>{1});
    model.setBuilt({model.versions()[1].tag.commit.hex()});
    QCOMPARE(rows(), QList<int>());
    model.setBuilt({model.versions()[0].tag.commit.hex()});
    QCOMPARE(rows(), (QList<int>{0, 1}));
    model.setBadges({{u"1"_s, {u"edge current"_s}}});
    QCOMPARE(rows(), QList<int>{2});
    model.setBadges({});
    QCOMPARE(rows(), QList<int>{2});
    model.setPair(u"v1"_s, u"v3"_s);
    QCOMPARE(rows(), (QList<int>{0, 2}));
    model.setPair(u"v2"_s, u"v3"_s);
    QCOMPARE(rows(), (QList<int>{1, 2}));
    model.setPair({}, {});
    QCOMPARE(rows(), (QList<int>{0, 1}));
}

void TestVersionListModel::findsRows()
{
    VersionListModel model;
    model.setVersions(versionsOf(u"v2 v1 1"_s));
    QCOMPARE(model.rowOfTag(u"v1"), 1);
    QCOMPARE(model.rowOfTag(u"none"), -1);
    QCOMPARE(model.rowOfInstalled(u"1"), 1); // the first
    QCOMPARE(model.rowOfInstalled(u"v1"), -1);
}

QTEST_GUILESS_MAIN(TestVersionListModel)
#include "tst_versionlistmodel.moc"
