// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/lockedversions.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover::versions;

class TestLockedVersions final : public QObject
{
    Q_OBJECT

private slots:
    void locks_data();
    void locks();
};

void TestLockedVersions::locks_data()
{
    QTest::addColumn<QByteArray>("lock");
    QTest::addColumn<QString>("versions");
    QTest::newRow("none") << QByteArray() << QString();
    QTest::newRow("no term") << "{\"1.2.0\",\n"_ba << QString();
    QTest::newRow("packages")
        << "{\"1.2.0\",\n[{<<\"ranch\">>,{pkg,<<\"ranch\">>,<<\"1.8.0\">>},1},\n {<<\"cowboy\">>,{pkg,<<\"cowboy\">>,<<\"2.9.0\">>},0}]}.\n[\n{pkg_hash,[]}].\n"_ba
        << u"cowboy 2.9.0, ranch 1.8.0"_s;
    QTest::newRow("packages with hashes")
        << "{\"1.1.0\",[{<<\"a\">>,{pkg,<<\"b\">>,<<\"1.0\">>,<<\"F00\">>},0}]}.\n"_ba << u"a 1.0"_s;
    QTest::newRow("commits, the old form")
        << "[{<<\"a\">>,{git,\"https://x/a\",{ref,\"0123456789abcdef0123456789abcdef01234567\"}},0}].\n"_ba << u"a 0123456"_s;
    QTest::newRow("a commit in a folder")
        << "[{<<\"a\">>,{git_subdir,\"https://x/a\",{ref,\"0123456789abcdef0123456789abcdef01234567\"},\"sub\"},0}].\n"_ba
        << u"a 0123456"_s;
    QTest::newRow("a tag stays whole") << "[{<<\"a\">>,{git,\"https://x/a\",{tag,\"v1.10.0-rc.2\"}},0}].\n"_ba << u"a v1.10.0-rc.2"_s;
    QTest::newRow("another shape") << "[a, {b, c}, {<<\"d\">>, e, 0}, {<<\"f\">>, {pkg}, 0}].\n"_ba << QString();
    QTest::newRow("improper") << "[{<<\"a\">>,{pkg,<<\"a\">>,<<\"1\">>},0}|tail].\n"_ba << u"a 1"_s;
}

void TestLockedVersions::locks()
{
    QFETCH(const QByteArray, lock);
    QStringList found;
    for (const Dependency &dependency : lockedVersions(lock))
        found += dependency.name + u' ' + dependency.vsn;
    QTEST(found.join(u", "_s), "versions");
}

QTEST_GUILESS_MAIN(TestLockedVersions)
#include "tst_lockedversions.moc"
