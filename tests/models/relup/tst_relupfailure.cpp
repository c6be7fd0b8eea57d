// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/maker.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;

class TestRelupFailure : public QObject
{
    Q_OBJECT

private slots:
    void words_data();
    void words();
    void differentReleases();
};

void TestRelupFailure::words_data()
{
    QTest::addColumn<QString>("output");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("inMessage");
    QTest::newRow("no entry") << u"===> Error generating relup:\n    No release upgrade script entry for ctr-1.2.0 to ctr-1.0.0 in file "
                                 "/x/lib/ctr-1.2.0/ebin/ctr.appup\n"_s
                              << u"relup.no-entry"_s << u"ctr.appup takes version 1.0.0"_s;
    QTest::newRow("wrapped") << u"===> Error generating relup:\n    No release upgrade script entry for ctr-1.2.0 to\n  ctr-1.0.0 in file\n"
                                " /x/lib/ctr-1.2.0/ebin/ctr.appup\n"_s
                             << u"relup.no-entry"_s << u"1.0.0"_s;
    QTest::newRow("no appup") << u"===> Error generating relup: \n Could not open file /x/lib/relapp-1.0.12/ebin/relapp.appup\n"_s
                              << u"relup.missing-appup"_s << u"relapp"_s;
    QTest::newRow("other") << u"===> Release relapp-1.0.11 not found\n"_s << u"relup.rebar3"_s << u"Release relapp-1.0.11 not found"_s;
}

void TestRelupFailure::words()
{
    QFETCH(const QString, output);
    QFETCH(const QString, inMessage);
    const Error error = relup::explainRelupFailure(output);
    QTEST(error.code, "code");
    QVERIFY2(error.message.contains(inMessage), qPrintable(error.message));
    QVERIFY(!error.hint.isEmpty());
    QCOMPARE(error.detail, output);
    QCOMPARE(error.kind, ErrorKind::Answer);
}

void TestRelupFailure::differentReleases()
{
    build::BuiltRelease a;
    a.name = u"a"_s;
    a.version = u"1"_s;
    build::BuiltRelease b = a;
    QCOMPARE(relup::makeRelup(a, b, {}).error().code, u"relup.same-version"_s);
    b.name = u"b"_s;
    QCOMPARE(relup::makeRelup(a, b, {}).error().code, u"relup.other-release"_s);
}

QTEST_GUILESS_MAIN(TestRelupFailure)
#include "tst_relupfailure.moc"
