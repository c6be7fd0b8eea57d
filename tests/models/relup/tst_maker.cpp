// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/maker.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;

class TestMaker : public QObject
{
    Q_OBJECT

private slots:
    void refusals();
    void input();
};

namespace {

build::BuiltRelease release(const QString &name, const QString &version)
{
    build::BuiltRelease release;
    release.name = name;
    release.version = version;
    release.directory = u"/nowhere/"_s + version;
    return release;
}

} // namespace

void TestMaker::refusals()
{
    const build::BuiltRelease one = release(u"a"_s, u"1"_s);
    QCOMPARE(relup::makeRelup({one}, one, {}).error().code, u"relup.same-version"_s);
    QCOMPARE(relup::makeRelup({one}, release(u"b"_s, u"2"_s), {}).error().code, u"relup.other-release"_s);
    const auto missing = relup::makeRelup({one}, release(u"a"_s, u"2"_s), {});
    QCOMPARE(missing.error().code, u"relup.not-found"_s);
    QCOMPARE(missing.error().kind, ErrorKind::Answer);
    QVERIFY(missing.error().message.contains(u"/nowhere/2/releases/2/a.rel"));
}

void TestMaker::input()
{
    const relup::RelupInput input =
        relup::inputFor({release(u"a"_s, u"1"_s), release(u"a"_s, u"2"_s)}, release(u"a"_s, u"3"_s));
    QCOMPARE(input.top, u"/nowhere/3/releases/3/a"_s);
    QCOMPARE(input.upFrom.size(), 2);
    QCOMPARE(input.downTo.at(1).name, u"/nowhere/2/releases/2/a"_s);
    QCOMPARE(input.path, QStringList({u"/nowhere/3/lib/*/ebin"_s, u"/nowhere/1/lib/*/ebin"_s, u"/nowhere/2/lib/*/ebin"_s}));
}

QTEST_GUILESS_MAIN(TestMaker)
#include "tst_maker.moc"
