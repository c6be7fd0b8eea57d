// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/versionorder.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace handover;

class TestVersionOrder final : public QObject
{
    Q_OBJECT

private slots:
    void less_data();
    void less();
    void ordersAList();
    void isATotalOrder();
    void ranksFollowTheOrder();
    void looksLikeAVersion_data();
    void looksLikeAVersion();
};

void TestVersionOrder::less_data()
{
    QTest::addColumn<QString>("smaller");
    QTest::addColumn<QString>("greater");
    const auto row = [](const QString &smaller, const QString &greater) {
        QTest::newRow(qPrintable(smaller + u" < "_s + greater)) << smaller << greater;
    };
    row(u"1.0.0"_s, u"2.0.0"_s);
    row(u"2.0.0"_s, u"2.1.0"_s);
    row(u"2.1.0"_s, u"2.1.1"_s);
    row(u"1.9.0"_s, u"1.10.0"_s);
    row(u"1.2"_s, u"1.2.1"_s);
    row(u"1.2.0"_s, u"1.2.0.1"_s);
    row(u"1.2.3.4.5.6.7.8"_s, u"1.2.3.4.5.6.7.9"_s);
    row(u"15.2.7"_s, u"15.2.7.1"_s); // as OTP's own
    // semver.org 2.0 §11
    row(u"1.0.0-alpha"_s, u"1.0.0-alpha.1"_s);
    row(u"1.0.0-alpha.1"_s, u"1.0.0-alpha.beta"_s);
    row(u"1.0.0-alpha.beta"_s, u"1.0.0-beta"_s);
    row(u"1.0.0-beta"_s, u"1.0.0-beta.2"_s);
    row(u"1.0.0-beta.2"_s, u"1.0.0-beta.11"_s);
    row(u"1.0.0-beta.11"_s, u"1.0.0-rc.1"_s);
    row(u"1.0.0-rc.1"_s, u"1.0.0"_s);
    row(u"0.9.9"_s, u"1.0.0-rc.1"_s);
    row(u"1.0.0-rc2"_s, u"1.0.0-rc10"_s); // as people count
    row(u"1.0.0-999"_s, u"1.0.0-a"_s);
    row(u"1.0.0"_s, u"1.0.0+build.1"_s);
    row(u"1.0.0+build.4.ref1a2b3c4"_s, u"1.0.0+build.10.ref1a2b3c4"_s);
    row(u"1.0.0-rc1+build.9"_s, u"1.0.0"_s);
    row(u"1.0.0+build-1"_s, u"1.0.1"_s); // the dash belongs to the build
    // a leading v counts for nothing but to tell equals apart
    row(u"v1.9"_s, u"1.10"_s);
    row(u"1.9"_s, u"v1.10"_s);
    row(u"V1"_s, u"v2"_s);
    // by value, whatever the length
    row(u"1.99999999999999999999998"_s, u"1.99999999999999999999999"_s);
    row(u"1.18446744073709551615"_s, u"1.18446744073709551616"_s);
    row(u"1.0009"_s, u"1.10"_s);
    row(u"20240101"_s, u"20240102"_s);
    // what is no version stands below, in natural order
    row(u"release-9"_s, u"0.0.1"_s);
    row(u"zzz"_s, u"0"_s);
    row(u"release-9"_s, u"release-10"_s);
    row(u"release-9-b"_s, u"release-10-a"_s);
    row(u""_s, u"a"_s);
    row(u"a"_s, u"ab"_s);
    row(u"1..2"_s, u"1.2"_s);
}

void TestVersionOrder::less()
{
    QFETCH(const QString, smaller);
    QFETCH(const QString, greater);
    QVERIFY(compareVersions(smaller, greater) < 0);
    QVERIFY(compareVersions(greater, smaller) > 0);
    QVERIFY(compareVersions(smaller, smaller) == 0);
    QVERIFY(compareVersions(greater, greater) == 0);
}

void TestVersionOrder::ordersAList()
{
    const QStringList sorted = {u"nightly"_s, u"0.9"_s,  u"v1.0.0-rc1"_s, u"v1.0.0"_s, u"1.0.1"_s,
                                u"v1.2"_s,    u"1.10"_s, u"2.0.0-beta"_s, u"2.0.0"_s,  u"2.0.0+build.1"_s};
    QStringList list = sorted;
    std::reverse(list.begin(), list.end());
    std::sort(list.begin(), list.end(),
              [](const QString &a, const QString &b) { return compareVersions(a, b) < 0; });
    QCOMPARE(list, sorted);
}

void TestVersionOrder::isATotalOrder()
{
    // Strings of the few characters that matter, so that near misses are frequent.
    QRandomGenerator random(42);
    const QString alphabet = u"0012.9-+vVarc.ä"_s;
    QStringList strings;
    for (int i = 0; i < 140; ++i) {
        QString text;
        for (int n = random.bounded(9); n > 0; --n)
            text += alphabet[random.bounded(static_cast<int>(alphabet.size()))];
        strings << text;
    }
    for (const QString &a : std::as_const(strings)) {
        for (const QString &b : std::as_const(strings)) {
            const auto ab = compareVersions(a, b);
            QVERIFY2((ab == 0) == (a == b), qPrintable(a + u" | "_s + b));
            QVERIFY2((ab < 0) == (compareVersions(b, a) > 0), qPrintable(a + u" | "_s + b));
            if (ab >= 0)
                continue;
            for (const QString &c : std::as_const(strings)) {
                if (compareVersions(b, c) < 0)
                    QVERIFY2(compareVersions(a, c) < 0, qPrintable(a + u" | "_s + b + u" | "_s + c));
            }
        }
    }
}

void TestVersionOrder::ranksFollowTheOrder()
{
    QVERIFY(versionRank(u"1.2.3") > versionRank(u"1.2.2"));
    QVERIFY(versionRank(u"0") > versionRank(u"zulu"));
    QVERIFY(versionRank(u"release") > versionRank(u"nightly"));
    // With numbers at the edge of what a rank has room for, and beyond any integer.
    const QStringList numbers{u"0"_s,       u"007"_s,     u"1"_s,       u"9"_s,        u"10"_s,
                              u"1048574"_s, u"1048575"_s, u"1048576"_s, u"99999999"_s, u"123456789012345678901234567890"_s};
    const QStringList tails{u""_s, u"-rc.1"_s, u"+b"_s, u".5"_s, u"x"_s, u" "_s, u"ä"_s};
    QRandomGenerator random(7);
    QStringList strings{u""_s, u"v"_s, u"r13b"_s, u"r9c"_s, u"r"_s, u"😀"_s};
    for (int i = 0; i < 300; ++i) {
        QStringList parts;
        for (int n = random.bounded(1, 6); n > 0; --n)
            parts << numbers[random.bounded(static_cast<int>(numbers.size()))];
        strings << (random.bounded(2) ? u"v"_s : u""_s) + parts.join(u'.')
                       + tails[random.bounded(static_cast<int>(tails.size()))];
    }
    for (const QString &a : std::as_const(strings)) {
        for (const QString &b : std::as_const(strings)) {
            if (compareVersions(a, b) < 0)
                QVERIFY2(versionRank(a) <= versionRank(b), qPrintable(a + u" < "_s + b));
        }
    }
}

void TestVersionOrder::looksLikeAVersion_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("version");
    for (const QString &yes : {u"1"_s, u"1.0"_s, u"v1.0.0"_s, u"V2"_s, u"1.2.3.4.5"_s, u"1.0.0-rc.1"_s,
                               u"1.0.0+build.4.refab"_s, u"007"_s})
        QTest::newRow(qPrintable(yes)) << yes << true;
    for (const QString &no : {u""_s, u"v"_s, u"."_s, u"1."_s, u".1"_s, u"1..2"_s, u"x1"_s, u"vv1"_s, u"1.x"_s,
                              u"1 "_s, u"-1"_s, u"+1"_s, u"١"_s})
        QTest::newRow(qPrintable(u"not "_s + no)) << no << false;
}

void TestVersionOrder::looksLikeAVersion()
{
    QFETCH(const QString, text);
    QFETCH(const bool, version);
    QCOMPARE(looksLikeVersion(text), version);
}

QTEST_GUILESS_MAIN(TestVersionOrder)
#include "tst_versionorder.moc"
