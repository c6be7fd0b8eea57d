// SPDX-License-Identifier: GPL-3.0-or-later
// handover versions, on a real repository.
#include "tests/support/program.h"
#include "tests/support/scratchrepository.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using test::ScratchRepository;

class TestVersionsVerb final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void asJson_data();
    void asJson();
    void forPeople();

private:
    void commit(const QByteArray &release, const QByteArray &lock, const QString &tag);

    ScratchRepository m_scratch;
    QTemporaryDir m_home;
};

void TestVersionsVerb::commit(const QByteArray &release, const QByteArray &lock, const QString &tag)
{
    m_scratch.write(u"rebar.config"_s, "{relx, [{release, {demo, " + release + "}, [one]}]}.\n");
    m_scratch.write(u"rebar.lock"_s, lock);
    m_scratch.commit(u"Commit of %1"_s.arg(tag));
    m_scratch.tag(tag);
}

void TestVersionsVerb::initTestCase()
{
    qputenv("HOME", m_home.path().toUtf8());
    qputenv("HANDOVER_CACHE_DIR", m_home.path().toUtf8());
    m_scratch.write(u"apps/one/src/one.app.src"_s, "{application, one, [{vsn, \"1.0\"}]}.\n");
    commit("\"1.0\"", "[{<<\"old\">>,{git,\"https://x/y\",{ref,\"0123456789abcdef0123456789abcdef01234567\"}},0}].\n", u"1.0"_s);
    commit("\"9.9\"", "{\"1.2.0\",[{<<\"cowboy\">>,{pkg,<<\"cowboy\">>,<<\"2.9.0\">>},0}]}.\n", u"1.1"_s);
    commit("{cmd, \"date\"}", "{\"1.2.0\",[]}.\n", u"1.2"_s);
    m_scratch.tag(u"latest"_s);
}

void TestVersionsVerb::asJson_data()
{
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QJsonValue>("release");
    QTest::addColumn<QJsonArray>("remarks");
    QTest::addColumn<QJsonObject>("deps");
    const QString unknown = u"release version known when built"_s;
    QTest::newRow("plain, a commit") << u"1.0"_s << QJsonValue(u"1.0"_s) << QJsonArray{} << QJsonObject{{u"old"_s, u"0123456"_s}};
    QTest::newRow("another release, a package") << u"1.1"_s << QJsonValue(u"9.9"_s) << QJsonArray{u"release 9.9"_s}
                                                << QJsonObject{{u"cowboy"_s, u"2.9.0"_s}};
    QTest::newRow("a command, two tags") << u"1.2"_s << QJsonValue(QJsonValue::Null)
                                         << QJsonArray{u"same commit as latest"_s, unknown} << QJsonObject{};
    QTest::newRow("no version") << u"latest"_s << QJsonValue(QJsonValue::Null)
                                << QJsonArray{u"not a version number"_s, u"same commit as 1.2"_s, unknown} << QJsonObject{};
}

void TestVersionsVerb::asJson()
{
    QFETCH(const QString, tag);
    const test::Outcome outcome = test::runProgram({u"versions"_s, u"--json"_s, u"-C"_s, m_scratch.path()});
    QCOMPARE(outcome.status, 0);
    QJsonObject found;
    for (const QJsonValue &version : QJsonDocument::fromJson(outcome.output).array()) {
        if (version[u"tag"_s].toString() == tag)
            found = version.toObject();
    }
    QTEST(QJsonValue(found[u"release"_s]), "release");
    QTEST(found[u"remarks"_s].toArray(), "remarks");
    QTEST(found[u"deps"_s].toObject(), "deps");
    QCOMPARE(found[u"packagedFrom"_s].toArray(), QJsonArray());
    QCOMPARE(found[u"built"_s].toBool(true), false);
}

void TestVersionsVerb::forPeople()
{
    const test::Outcome outcome = test::runProgram({u"versions"_s, u"-C"_s, m_scratch.path()});
    QVERIFY2(outcome.output.contains("one 1.0  release 9.9 · Commit of 1.1\n"), outcome.output.constData());
    QVERIFY(outcome.output.contains("same commit as latest, release version known when built · Commit of 1.2\n"));
    QVERIFY(outcome.output.contains("one 1.0  Commit of 1.0\n"));
}

QTEST_GUILESS_MAIN(TestVersionsVerb)
#include "tst_versionsverb.moc"
