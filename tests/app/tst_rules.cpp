// SPDX-License-Identifier: GPL-3.0-or-later
// handover rules, on release directories and on tarballs.
#include "tests/models/rules/builtapps.h"
#include "tests/support/program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using test::Outcome;
using test::BuiltApps;

class TestRules : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void asJson();
    void forPeople();
    void oneApplication();
    void tarballs();
    void writes();
    void buildsOfTagsStayAsTheyAre();
    void problems_data();
    void problems();

private:
    [[nodiscard]] Outcome run(const QStringList &arguments) const
    {
        return test::runProgram(QStringList{u"rules"_s} + arguments);
    }
    void release(const QString &directory, const QByteArray &version, const QByteArray &apps)
    {
        BuiltApps::write(m_built.path(directory + u"/releases/start_erl.data"_s), "15.0 " + version);
        BuiltApps::write(m_built.path(directory + u"/releases/%1/tiny.rel"_s.arg(QString::fromLatin1(version))),
                         "{release, {\"tiny\", \"" + version + "\"}, {erts, \"15.0\"}, [{kernel, \"9\"}, " + apps + "]}.\n");
    }
    [[nodiscard]] QString appup() const { return m_built.directory(u"new"_s, "tiny", "1.1") + u"/ebin/tiny.appup"_s; }
    static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not there");
    }

    BuiltApps m_built;
    QString m_old;
    QString m_new;
};

void TestRules::initTestCase()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here to compile with.");
    const auto server = [](const QByteArray &fields) {
        return "-behaviour(gen_server).\n-export([init/1, handle_call/3, handle_cast/2]).\n-record(state, {" + fields +
               "}).\ninit(_) -> {ok, #state{}}.\nhandle_call(_, _, S) -> {reply, S, S}.\nhandle_cast(_, S) -> {noreply, S}.\n";
    };
    m_built.add(u"old"_s, "tiny", "1.0", {{"tiny", "-export([f/0]).\nf() -> 1.\n"}});
    m_built.add(u"new"_s, "tiny", "1.1", {{"tiny", "-export([f/0]).\nf() -> 2.\n"}, {"tiny_new", "-export([f/0]).\nf() -> 2.\n"}});
    m_built.add(u"old"_s, "other", "1", {{"other", server("a")}});
    m_built.add(u"new"_s, "other", "2", {{"other", server("a, b")}});
    QCOMPARE(m_built.build(), QByteArray());
    release(u"old"_s, "1.0.0", "{tiny, \"1.0\"}, {other, \"1\"}");
    release(u"new"_s, "1.1.0", "{tiny, \"1.1\"}, {other, \"2\"}");
    m_old = m_built.path(u"old"_s);
    m_new = m_built.path(u"new"_s);
}

void TestRules::asJson()
{
    const Outcome outcome = run({m_old, m_new, u"--json"_s});
    QCOMPARE(outcome.status, 1); // the state of other is not converted
    const QJsonObject apps = QJsonDocument::fromJson(outcome.output).object();
    QCOMPARE(apps.keys(), QStringList({u"other"_s, u"tiny"_s}));
    QCOMPARE(apps[u"tiny"_s][u"appup"_s].toString(),
             u"{\"1.1\",\n [{\"1.0\",\n   [{add_module, tiny_new},\n    {load_module, tiny}]}],\n"
             " [{\"1.0\",\n   [{load_module, tiny},\n    {delete_module, tiny_new}]}]}.\n"_s);
    QVERIFY(apps[u"tiny"_s][u"notes"_s].toArray().isEmpty());
    const QJsonObject note = apps[u"other"_s][u"notes"_s][0].toObject();
    QCOMPARE(note[u"severity"_s].toString(), u"error"_s);
    QCOMPARE(note[u"code"_s].toString(), u"rules.state-unconverted"_s);
    QVERIFY(note[u"message"_s].toString().contains(u"code_change(_OldVsn, {state, A}, _Extra) ->"_s));
    QCOMPARE(run({m_old, m_old, u"--json"_s}).output.trimmed(), QByteArray("{\n}"));
}

void TestRules::forPeople()
{
    const Outcome outcome = run({m_old, m_new});
    QCOMPARE(outcome.status, 1);
    QVERIFY(outcome.output.contains("tiny 1.0 → 1.1"));
    QVERIFY(outcome.output.contains("{add_module, tiny_new}"));
    QVERIFY(outcome.output.contains("tiny_new is new"));
    QVERIFY(outcome.output.contains("other.erl: error: "));
    QVERIFY(run({m_old, m_old}).output.contains("Nothing differs"));
}

void TestRules::oneApplication()
{
    const Outcome outcome = run({m_old, m_new, u"--app"_s, u"tiny"_s, u"--json"_s});
    QCOMPARE(outcome.status, 0);
    QCOMPARE(QJsonDocument::fromJson(outcome.output).object().keys(), QStringList({u"tiny"_s}));
}

void TestRules::tarballs()
{
    for (const QString &name : {u"old"_s, u"new"_s}) {
        QProcess tar;
        tar.setWorkingDirectory(m_built.path(name));
        tar.start(u"tar"_s, {u"czf"_s, m_built.path(name + u".tar.gz"_s), u"lib"_s, u"releases"_s});
        QVERIFY(tar.waitForFinished() && tar.exitCode() == 0);
    }
    const QByteArray expected = run({m_old, m_new, u"--json"_s}).output;
    const Outcome outcome = run({m_old + u".tar.gz"_s, m_new + u".tar.gz"_s, u"--json"_s});
    QCOMPARE(outcome.output, expected);
    QCOMPARE(outcome.status, 1);
    QCOMPARE(run({m_old, m_new + u".tar.gz"_s, u"--write"_s}).status, 2);
}

void TestRules::writes()
{
    const QStringList arguments{m_old, m_new, u"--app"_s, u"tiny"_s, u"--write"_s};
    const Outcome created = run(arguments);
    QCOMPARE(created.status, 0);
    QVERIFY(created.errors.contains("was written"));
    const QByteArray written = contents(appup());
    QVERIFY(written.startsWith("{\"1.1\",\n [{\"1.0\""));
    QVERIFY(!QFile::exists(m_built.directory(u"new"_s, "other", "2") + u"/ebin/other.appup"_s));

    const Outcome again = run(arguments);
    QVERIFY(again.errors.contains("stays as it is"));
    QCOMPARE(contents(appup()), written);

    BuiltApps::write(appup(), "%% by hand\n{\"1.1\",\n [{\"0.9\", []}],\n [{\"0.9\", []}]}. % end\n");
    const Outcome extended = run(arguments);
    QVERIFY(extended.errors.contains("were added"));
    const QByteArray text = contents(appup());
    QVERIFY2(text.startsWith("%% by hand\n{\"1.1\",\n [{\"1.0\"") && text.endsWith("% end\n") && text.count("{\"0.9\", []}") == 2,
             text.constData());

    BuiltApps::write(appup(), "{\"1.1\", [");
    QCOMPARE(run(arguments).status, 1);
    QCOMPARE(contents(appup()), QByteArray("{\"1.1\", ["));
    QVERIFY(QFile::remove(appup()));
}

// The build of a tag is packaged as what the tag says.
void TestRules::buildsOfTagsStayAsTheyAre()
{
    QVERIFY(QDir().mkpath(m_built.path(u"cache"_s)));
    QVERIFY(QFile::link(m_built.path(u"."_s), m_built.path(u"cache/builds"_s)));
    qputenv("HANDOVER_CACHE_DIR", m_built.path(u"cache"_s).toUtf8());
    const Outcome outcome = run({m_old, m_new, u"--app"_s, u"tiny"_s, u"--write"_s, u"--json"_s});
    qunsetenv("HANDOVER_CACHE_DIR");
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.errors.contains("build of a tag"), outcome.errors.constData());
    QVERIFY(!QFile::exists(appup()));
}

void TestRules::problems_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::newRow("one release") << QStringList{m_old} << 2;
    QTest::newRow("no such application") << QStringList{m_old, m_new, u"--app"_s, u"nobody"_s} << 2;
    QTest::newRow("no such directory") << QStringList{m_old, u"/nowhere"_s} << 3;
    QTest::newRow("no release") << QStringList{m_old, m_built.path(u"new/lib"_s)} << 3;
    QTest::newRow("no tarball") << QStringList{m_built.path(u"jobs"_s), m_new} << 3;
}

void TestRules::problems()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const int, status);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.status, status);
    QVERIFY(outcome.output.isEmpty() && outcome.errors.contains("handover: "));
}

QTEST_GUILESS_MAIN(TestRules)
#include "tst_rules.moc"
