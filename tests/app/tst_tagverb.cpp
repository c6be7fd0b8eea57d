// SPDX-License-Identifier: GPL-3.0-or-later
// handover tag, on a real repository.
#include "tests/support/program.h"
#include "tests/support/scratchrepository.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using test::Outcome;
using test::ScratchRepository;

class TestTagVerb final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void dryRun();
    void choices_data();
    void choices();
    void problems_data();
    void problems();
    void makes();

private:
    [[nodiscard]] Outcome run(const QStringList &arguments) const
    {
        return test::runProgram(QStringList{u"tag"_s, u"-C"_s, m_scratch.path()} + arguments);
    }

    ScratchRepository m_scratch;
    QTemporaryDir m_home;
};

void TestTagVerb::initTestCase()
{
    qputenv("HOME", m_home.path().toUtf8());
    qputenv("HANDOVER_CACHE_DIR", m_home.path().toUtf8());
    m_scratch.git({u"config"_s, u"user.name"_s, u"Tess Tagger"_s});
    m_scratch.git({u"config"_s, u"user.email"_s, u"tess@example.org"_s});
    m_scratch.write(u"apps/one/src/one.app.src"_s, "{application, one, [{vsn, \"1.0\"}]}.\n");
    m_scratch.write(u"apps/one/src/one.erl"_s, "-module(one).\n");
    m_scratch.write(u"apps/two/src/two.app.src"_s, "{application, two, [{vsn, \"1.0\"}]}.\n");
    m_scratch.commit();
    m_scratch.tag(u"1.0"_s);
    m_scratch.write(u"apps/one/src/one.erl"_s, "-module(one).\n% changed\n");
    m_scratch.commit();
}

void TestTagVerb::dryRun()
{
    const QByteArray before = m_scratch.git({u"for-each-ref"_s});
    const Outcome outcome = run({u"1.1"_s, u"--dry-run"_s});
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    QCOMPARE(outcome.output, "one  1.0 → 1.1  1 module changed\n"
                             "two  1.0        unchanged\n\n"
                             "apps/one/src/one.app.src\n"
                             "- {application, one, [{vsn, \"1.0\"}]}.\n"
                             "+ {application, one, [{vsn, \"1.1\"}]}.\n\n"
                             "Commits this one file on branch main, and nothing else.\n"
                             "Makes the annotated tag 1.1 of that commit.\n"
                             "Nothing is pushed.\n"_ba);
    QCOMPARE(m_scratch.git({u"for-each-ref"_s}), before);
    QCOMPARE(m_scratch.git({u"status"_s, u"--porcelain"_s}), QByteArray());
}

void TestTagVerb::choices_data()
{
    QTest::addColumn<QString>("apps");
    QTest::addColumn<QJsonArray>("files");
    QTest::newRow("changed") << u"changed"_s << QJsonArray{u"apps/one/src/one.app.src"_s};
    QTest::newRow("all") << u"all"_s << QJsonArray{u"apps/one/src/one.app.src"_s, u"apps/two/src/two.app.src"_s};
    QTest::newRow("one") << u"two"_s << QJsonArray{u"apps/two/src/two.app.src"_s};
    QTest::newRow("both") << u"two,one"_s << QJsonArray{u"apps/one/src/one.app.src"_s, u"apps/two/src/two.app.src"_s};
    QTest::newRow("none") << u""_s << QJsonArray{};
}

void TestTagVerb::choices()
{
    QFETCH(const QString, apps);
    const Outcome outcome = run({u"1.1"_s, u"--dry-run"_s, u"--json"_s, u"--apps"_s, apps});
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    const QJsonObject plan = QJsonDocument::fromJson(outcome.output).object();
    QTEST(plan[u"files"_s].toArray(), "files");
    QCOMPARE(plan[u"tag"_s].toString(), u"1.1"_s);
    QVERIFY(plan[u"commit"_s].isNull());
    QCOMPARE(plan[u"apps"_s].toArray().size(), 2);
}

void TestTagVerb::problems_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("no version") << QStringList{} << 2 << u"usage"_s;
    QTest::newRow("there already") << QStringList{u"1.0"_s} << 1 << u"project.version-exists"_s;
    QTest::newRow("no such application") << QStringList{u"1.1"_s, u"--apps"_s, u"nobody"_s} << 2 << u"versions.no-such-app"_s;
    QTest::newRow("no name") << QStringList{u"$(x)"_s} << 2 << u"versions.name"_s;
}

void TestTagVerb::problems()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, code);
    const Outcome outcome = run(arguments + QStringList{u"--json"_s});
    QTEST(outcome.status, "status");
    QCOMPARE(QJsonDocument::fromJson(outcome.output)[u"error"_s][u"code"_s].toString(), code);
}

void TestTagVerb::makes()
{
    m_scratch.write(u"notes"_s, "mine\n");
    const Outcome outcome = run({u"1.1"_s, u"--message"_s, u"The second"_s});
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    QVERIFY(outcome.errors.contains("One changed or new file"));
    QVERIFY(outcome.output.startsWith("1.1 is commit "));
    QCOMPARE(m_scratch.git({u"tag"_s, u"-l"_s, u"--format=%(objecttype) %(contents)"_s, u"1.1"_s}), "tag The second"_ba);
    QCOMPARE(m_scratch.git({u"diff"_s, u"--name-only"_s, u"HEAD^"_s, u"1.1"_s}), "apps/one/src/one.app.src"_ba);
    QCOMPARE(m_scratch.git({u"status"_s, u"--porcelain"_s}), "?? notes"_ba);
}

QTEST_GUILESS_MAIN(TestTagVerb)
#include "tst_tagverb.moc"
