// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/objectid.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using handover::repo::ObjectId;

class TestObjectId final : public QObject
{
    Q_OBJECT

private slots:
    void parses_data();
    void parses();
    void showsItself();
};

void TestObjectId::parses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("hex"); // empty: refused

    const QByteArray good("0123456789abcdef0123456789abcdef01234567");
    QTest::newRow("40 digits") << good << good;
    QTest::newRow("upper case") << good.toUpper() << good;
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("short") << good.chopped(1) << QByteArray();
    QTest::newRow("long") << good + '0' << QByteArray();
    QTest::newRow("SHA-256") << good + good.first(24) << QByteArray();
    QTest::newRow("no digit") << good.chopped(1) + 'g' << QByteArray();
    QTest::newRow("blank") << good.chopped(1) + ' ' << QByteArray();
    QTest::newRow("NUL") << good.chopped(1) + '\0' << QByteArray();
    QTest::newRow("option") << QByteArray("--output=x").leftJustified(40, 'a') << QByteArray();
}

void TestObjectId::parses()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, hex);
    const auto id = ObjectId::parse(text);
    QCOMPARE(id.has_value(), !hex.isEmpty());
    if (id)
        QCOMPARE(id->hex(), hex);
    else
        QCOMPARE(id.error().code, u"repo.bad-object-id"_s);
}

void TestObjectId::showsItself()
{
    const auto one = ObjectId::parse("0123456789abcdef0123456789abcdef01234567");
    const auto same = ObjectId::parse("0123456789ABCDEF0123456789ABCDEF01234567");
    QVERIFY(one && same);
    QCOMPARE(one->text(), u"0123456789abcdef0123456789abcdef01234567"_s);
    QCOMPARE(one->shortText(), u"0123456"_s);
    QCOMPARE(QSet<ObjectId>({*one, *same}).size(), 1);
}

QTEST_GUILESS_MAIN(TestObjectId)
#include "tst_objectid.moc"
