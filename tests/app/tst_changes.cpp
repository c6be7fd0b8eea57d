// SPDX-License-Identifier: GPL-3.0-or-later
// handover changes, on a real repository.
#include "tests/support/program.h"
#include "tests/support/scratchrepository.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using test::Outcome;
using test::ScratchRepository;

class TestChanges : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void forPeople();
    void asJson();
    void toWhatIsNoTag();
    void problems_data();
    void problems();

private:
    [[nodiscard]] Outcome run(const QStringList &arguments) const
    {
        return test::runProgram(QStringList{u"changes"_s, u"-C"_s, m_scratch.path()} + arguments);
    }

    ScratchRepository m_scratch;
    QTemporaryDir m_cache;
};

void TestChanges::initTestCase()
{
    qputenv("HANDOVER_CACHE_DIR", m_cache.path().toUtf8());
    const auto version = [this](const QString &tag, const QByteArray &vsn, const QByteArray &exported) {
        m_scratch.write(u"apps/one/src/one.app.src"_s, "{application, one, [{vsn, \"" + vsn + "\"}]}.\n");
        m_scratch.write(u"apps/one/src/srv.erl"_s, "-module(srv).\n-behaviour(gen_server).\n-export([" + exported + "]).\n");
        m_scratch.write(u"apps/two/src/two.app.src"_s, "{application, two, [{vsn, \"1.0\"}]}.\n");
        m_scratch.write(u"apps/two/src/two.erl"_s, "-module(two).\n% " + vsn + "\n");
        m_scratch.commit();
        m_scratch.tag(tag);
    };
    version(u"1.0.0"_s, "1.0", "f/0");
    version(u"1.1.0"_s, "1.1", "f/0, g/1");
}

void TestChanges::forPeople()
{
    const Outcome outcome = run({u"1.0.0"_s, u"1.1.0"_s});
    QCOMPARE(outcome.status, 0);
    QVERIFY(outcome.errors.contains("By the sources in git"));
    QCOMPARE(outcome.output, "one 1.0 → 1.1\n  changed srv (gen_server; exports g/1)\n"
                             "two 1.0, changed without a new vsn\n  changed two\n"_ba);
}

void TestChanges::asJson()
{
    const Outcome outcome = run({u"1.0.0"_s, u"1.1.0"_s, u"--json"_s});
    QCOMPARE(outcome.status, 0);
    const QJsonObject document = QJsonDocument::fromJson(outcome.output).object();
    QCOMPARE(document[u"basis"_s].toString(), u"sources"_s);
    const QJsonObject one = document[u"apps"_s][0].toObject();
    QCOMPARE(one[u"name"_s].toString(), u"one"_s);
    QCOMPARE(one[u"change"_s].toString(), u"changed"_s);
    QCOMPARE(one[u"vsnBumped"_s].toBool(), true);
    const QJsonObject module = one[u"modules"_s][0].toObject();
    QCOMPARE(module[u"behaviour"_s].toString(), u"gen_server"_s);
    QCOMPARE(module[u"exportsAdded"_s].toArray(), QJsonArray{u"g/1"_s});
    QCOMPARE(document[u"apps"_s][1][u"vsnBumped"_s].toBool(true), false);
}

void TestChanges::toWhatIsNoTag()
{
    m_scratch.write(u"apps/two/src/three.erl"_s, "-module(three).\n");
    m_scratch.commit();
    const Outcome head = run({u"1.1.0"_s, u"HEAD"_s});
    QCOMPARE(head.status, 0);
    QVERIFY(head.errors.contains("only tags are built"));
    QCOMPARE(head.output, "two 1.0, changed without a new vsn\n  added three\nthe same: one 1.1\n"_ba);
    m_scratch.write(u"apps/one/src/srv.erl"_s, "-module(srv).\n");
    m_scratch.write(u"apps/one/src/new.erl"_s, "-module(new).\n");
    const QByteArray before = m_scratch.git({u"status"_s, u"--porcelain"_s});
    const Outcome tree = run({u"1.1.0"_s, u"."_s});
    QVERIFY(tree.errors.contains("in the work tree"));
    QVERIFY2(tree.output.contains("  added new\n  changed srv (no longer exports f/0, g/1)\n"), tree.output.constData());
    QCOMPARE(m_scratch.git({u"status"_s, u"--porcelain"_s}), before);
}

void TestChanges::problems_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("one version") << QStringList{u"1.0.0"_s} << 2 << u"usage"_s;
    QTest::newRow("no such version") << QStringList{u"1.0.0"_s, u"9"_s} << 2 << u"project.no-such-version"_s;
    QTest::newRow("the same") << QStringList{u"1.0.0"_s, u"1.0.0"_s} << 2 << u"project.same-version"_s;
}

// With --json an error is a document, too.
void TestChanges::problems()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, code);
    const Outcome outcome = run(arguments + QStringList{u"--json"_s});
    QTEST(outcome.status, "status");
    QVERIFY(outcome.errors.contains("handover: "));
    QCOMPARE(QJsonDocument::fromJson(outcome.output)[u"error"_s][u"code"_s].toString(), code);
}

QTEST_GUILESS_MAIN(TestChanges)
#include "tst_changes.moc"
