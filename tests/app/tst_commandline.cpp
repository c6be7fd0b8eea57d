// SPDX-License-Identifier: GPL-3.0-or-later
// The command line as a user has it: the program itself, its output, its exit status.
#include "tests/support/scratchrepository.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;

namespace {

struct Outcome
{
    int status = -1;
    QByteArray output;
    QByteArray errors;

    [[nodiscard]] QJsonDocument json() const { return QJsonDocument::fromJson(output); }
};

} // namespace

class TestCommandLine : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void wrongUse_data();
    void wrongUse();
    void helpAndVersion();
    void versionsAsJson();
    void noTagsAndUnbornHead();
    void matchAsJson();
    void checkFindsProblems();
    void checkBetweenVersions();
    void buildPackageInspect();
    void packageWithoutAppupSaysWhy();
    void badTarballs_data();
    void badTarballs();
    void unreachableServer();
    void testsAConnection();
    void demoHolds();

private:
    [[nodiscard]] Outcome run(const QStringList &arguments, const QString &directory = {}) const;
    [[nodiscard]] QString file(const QString &name, const QByteArray &contents) const;

    QTemporaryDir m_directory;
    std::unique_ptr<test::ScratchRepository> m_project;
};

void TestCommandLine::initTestCase()
{
    QVERIFY(m_directory.isValid());
    m_project = std::make_unique<test::ScratchRepository>(u"my project's $(touch pwned)"_s);
    m_project->write(u"rebar.config"_s, "{relx, [{release, {tiny, git}, [tiny, sasl]}, {dev_mode, false}, "
                                        "{include_erts, false}, {src_tests, false}, {extended_start_script, true}]}.\n");
    m_project->write(u"src/tiny.app.src"_s, "{application, tiny, [{description, \"\"}, {vsn, git}, {registered, []},\n"
                                            " {applications, [kernel, stdlib]}]}.\n");
    m_project->write(u"src/tiny.erl"_s, "-module(tiny).\n-export([f/0]).\nf() -> 1.\n");
    m_project->write(u".gitignore"_s, "/_build\n");
    m_project->commit(u"First"_s);
    m_project->tag(u"v1.0.0"_s, u"Version 1.0.0"_s);
    m_project->write(u"src/tiny.erl"_s, "-module(tiny).\n-export([f/0]).\nf() -> 2.\n");
    m_project->write(u"src/tiny.appup.src"_s, "{\"{{vsn}}\", [{<<\"1\\\\.0\\\\..*\">>, [{load_module, tiny}]}],\n"
                                              " [{<<\"1\\\\.0\\\\..*\">>, [{load_module, tiny}]}]}.\n");
    m_project->commit(u"Second"_s);
    m_project->tag(u"v1.1.0"_s);
    m_project->git({u"rm"_s, u"-q"_s, u"src/tiny.appup.src"_s});
    m_project->write(u"src/tiny.erl"_s, "-module(tiny).\n-export([f/0]).\nf() -> 3.\n");
    m_project->commit(u"Third"_s);
    m_project->tag(u"v1.2.0"_s);
}

Outcome TestCommandLine::run(const QStringList &arguments, const QString &directory) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HANDOVER_CACHE_DIR"_s, m_directory.filePath(u"cache"_s));
    environment.insert(u"HANDOVER_CONFIG_DIR"_s, m_directory.filePath(u"config"_s));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(directory.isEmpty() ? m_directory.path() : directory);
    process.start(QString::fromLocal8Bit(qgetenv("HANDOVER_PROGRAM")), arguments);
    if (!process.waitForFinished(180'000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QString TestCommandLine::file(const QString &name, const QByteArray &contents) const
{
    QFile out(m_directory.filePath(name));
    if (!out.open(QIODevice::WriteOnly) || out.write(contents) != contents.size())
        return {};
    return out.fileName();
}

void TestCommandLine::wrongUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("missing argument") << QStringList{u"build"_s};
    QTest::newRow("too many") << QStringList{u"inspect"_s, u"a"_s, u"b"_s};
    QTest::newRow("unknown option") << QStringList{u"versions"_s, u"--nonsense"_s};
    QTest::newRow("no version to match") << QStringList{u"match"_s, u"x.appup"_s};
    QTest::newRow("package without --to") << QStringList{u"package"_s};
    QTest::newRow("package with and without relup") << QStringList{u"package"_s, u"--to"_s, u"2"_s, u"--from"_s, u"1"_s, u"--first"_s};
    QTest::newRow("server without a name") << QStringList{u"releases"_s, u"nobody-knows"_s};
    QTest::newRow("relative address") << QStringList{u"releases"_s, u"ssh://host/../x"_s};
    QTest::newRow("password in the address") << QStringList{u"releases"_s, u"ssh://me:secret@host/x"_s};
    QTest::newRow("neither verb nor folder") << QStringList{u"frobnicate"_s};
    QTest::newRow("demo") << QStringList{u"demo"_s, u"--nonsense"_s};
}

void TestCommandLine::wrongUse()
{
    QFETCH(const QStringList, arguments);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.status, 2);
    QVERIFY(outcome.output.isEmpty());
    QVERIFY2(outcome.errors.startsWith("handover: "), outcome.errors.constData());
    QVERIFY2(outcome.errors.contains("→"), outcome.errors.constData()); // what to do
    QVERIFY(!outcome.errors.contains("secret"));
}

void TestCommandLine::helpAndVersion()
{
    QCOMPARE(run({u"--version"_s}).output, "handover " HANDOVER_VERSION "\n");
    const Outcome help = run({u"--help"_s});
    QCOMPARE(help.status, 0);
    for (const char *verb : {"versions", "match", "check", "build", "package", "inspect", "releases", "deploy", "demo"})
        QVERIFY2(help.output.contains(verb), verb);
    QCOMPARE(run({u"package"_s, u"--help"_s}).status, 0);
}

void TestCommandLine::versionsAsJson()
{
    const Outcome outcome = run({u"versions"_s, u"--json"_s, u"-C"_s, m_project->path()});
    QCOMPARE(outcome.status, 0);
    const QJsonArray versions = outcome.json().array();
    QCOMPARE(versions.size(), 3);
    const QJsonObject oldest = versions[2].toObject();
    QCOMPARE(oldest[u"tag"_s].toString(), u"v1.0.0"_s);
    QCOMPARE(oldest[u"version"_s].toString(), u"1.0.0"_s);
    QCOMPARE(oldest[u"annotated"_s].toBool(), true);
    QCOMPARE(oldest[u"apps"_s].toObject()[u"tiny"_s].toString(), u"1.0.0"_s);
    QCOMPARE(oldest[u"commit"_s].toString().size(), 40);
    QCOMPARE(versions[0].toObject()[u"annotated"_s].toBool(), false);
    // From a folder inside, for people
    const Outcome inside = run({u"versions"_s}, m_project->path(u"src"_s));
    QCOMPARE(inside.status, 0);
    QVERIFY(inside.output.startsWith("v1.2.0 "));
}

void TestCommandLine::noTagsAndUnbornHead()
{
    const test::ScratchRepository empty;
    const Outcome unborn = run({u"versions"_s, u"--json"_s, u"-C"_s, empty.path()});
    QCOMPARE(unborn.status, 0);
    QCOMPARE(unborn.json().array().size(), 0);
    const Outcome words = run({u"versions"_s, u"-C"_s, empty.path()});
    QVERIFY(words.output.contains("no tags"));
    const Outcome build = run({u"build"_s, u"1.0.0"_s, u"-C"_s, empty.path()});
    QCOMPARE(build.status, 2);
    const Outcome nothing = run({u"versions"_s, u"-C"_s, m_directory.path()});
    QCOMPARE(nothing.status, 3);
    QVERIFY(nothing.errors.contains("is not in a git repository"));
}

void TestCommandLine::matchAsJson()
{
    const QString appup = file(u"a.appup"_s, "{\"3\", [{<<\"2\\\\.5\">>, []}, {\"2.5.3\", []}], [{<<\"1|1\\\\.2\">>, []}]}.\n");
    const Outcome outcome = run({u"match"_s, u"--json"_s, appup, u"2.5.3"_s, u"2.5"_s, u"1.2"_s, u"1"_s});
    QCOMPARE(outcome.status, 0);
    const QJsonArray rows = outcome.json().array();
    QCOMPARE(rows[0].toObject(), (QJsonObject{{u"version"_s, u"2.5.3"_s}, {u"up"_s, 2}, {u"down"_s, QJsonValue::Null}}));
    QCOMPARE(rows[1].toObject()[u"up"_s].toInt(), 1);
    QVERIFY(rows[2].toObject()[u"down"_s].isNull()); // the first alternative matches only a part
    QCOMPARE(rows[3].toObject()[u"down"_s].toInt(), 1);
}

void TestCommandLine::checkFindsProblems()
{
    const QString bad = file(u"bad.appup"_s, "{\"2\",\n [{\"1\", [{load_module, a}]],\n []}.\n");
    const Outcome outcome = run({u"check"_s, u"--json"_s, bad});
    QCOMPARE(outcome.status, 1);
    const QJsonObject issue = outcome.json().array()[0].toObject();
    QCOMPARE(issue[u"code"_s].toString(), u"appup.syntax"_s);
    QCOMPARE(issue[u"line"_s].toInt(), 2);
    QVERIFY(!issue[u"message"_s].toString().isEmpty());
    const QString good = file(u"good.appup"_s, "{\"2\", [{\"1\", [{load_module, a}]}], [{\"1\", [{load_module, a}]}]}.\n");
    QCOMPARE(run({u"check"_s, good}).status, 0);
    QCOMPARE(run({u"check"_s, u"missing.appup"_s}).status, 3);
}

void TestCommandLine::checkBetweenVersions()
{
    QCOMPARE(run({u"check"_s, u"-C"_s, m_project->path(), u"v1.0.0"_s, u"v1.1.0"_s}).status, 0);
    const Outcome missing = run({u"check"_s, u"--json"_s, u"-C"_s, m_project->path(), u"v1.1.0"_s, u"v1.2.0"_s});
    QCOMPARE(missing.status, 1);
    QCOMPARE(missing.json().array()[0].toObject()[u"code"_s].toString(), u"appup.missing"_s);
}

void TestCommandLine::buildPackageInspect()
{
    const Outcome built = run({u"build"_s, u"--json"_s, u"-C"_s, m_project->path(), u"v1.1.0"_s});
    QVERIFY2(built.status == 0, built.errors.constData());
    QCOMPARE(built.json()[u"version"_s].toString(), u"1.1.0"_s);
    QCOMPARE(built.json()[u"cached"_s].toBool(), false);
    QCOMPARE(run({u"build"_s, u"--json"_s, u"-C"_s, m_project->path(), u"v1.1.0"_s}).json()[u"cached"_s].toBool(), true);

    // The version before is built on the way.
    const Outcome packaged = run({u"package"_s, u"--json"_s, u"-C"_s, m_project->path(), u"--to"_s, u"1.1.0"_s});
    QVERIFY2(packaged.status == 0, packaged.errors.constData());
    QCOMPARE(packaged.json()[u"relupFrom"_s].toArray(), QJsonArray{u"1.0.0"_s});
    const QString tarball = packaged.json()[u"tarball"_s].toString();
    QVERIFY(tarball.endsWith(u"/tiny-1.1.0.tar.gz"));

    const Outcome inspected = run({u"inspect"_s, u"--json"_s, tarball});
    QCOMPARE(inspected.status, 0);
    QCOMPARE(inspected.json()[u"sha256"_s].toString(), packaged.json()[u"sha256"_s].toString());
    QCOMPARE(inspected.json()[u"relup"_s][u"down"_s].toArray(), QJsonArray{u"1.0.0"_s});
    QCOMPARE(inspected.json()[u"apps"_s][u"tiny"_s].toString(), u"1.1.0"_s);
    const QJsonValue needs = inspected.json()[u"needs"_s]; // without ERTS and NIFs nothing
    QVERIFY(needs[u"machine"_s].isNull() && needs[u"libraries"_s].isArray() && needs[u"libraries"_s].toArray().isEmpty());
    QVERIFY(!QFile::exists(m_project->path(u"pwned"_s)) && !QFile::exists(m_directory.filePath(u"pwned"_s)));
    QCOMPARE(m_project->git({u"status"_s, u"--porcelain"_s}), QByteArray());
}

void TestCommandLine::packageWithoutAppupSaysWhy()
{
    const Outcome outcome = run({u"package"_s, u"-C"_s, m_project->path(), u"--to"_s, u"v1.2.0"_s});
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.errors.contains("handover: src/tiny.appup.src: tiny goes from 1.1.0 to 1.2.0 but has no appup"), outcome.errors.constData());
    QVERIFY(outcome.errors.contains("src/tiny.appup.src"));
}

void TestCommandLine::badTarballs_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("not a tarball\n");
    QTest::newRow("cut gzip") << QByteArray::fromHex("1f8b080000000000000303");
}

void TestCommandLine::badTarballs()
{
    QFETCH(const QByteArray, contents);
    const Outcome outcome = run({u"inspect"_s, file(u"bad.tar.gz"_s, contents)});
    QVERIFY(outcome.status == 1 || outcome.status == 3);
    QVERIFY2(outcome.errors.contains("→"), outcome.errors.constData());
    QVERIFY(outcome.output.isEmpty());
}

void TestCommandLine::unreachableServer()
{
    const Outcome outcome = run({u"releases"_s, u"ssh://nobody@127.0.0.1:1/opt/x"_s});
    QCOMPARE(outcome.status, 3);
    QVERIFY2(outcome.errors.contains("127.0.0.1"), outcome.errors.constData());
}

void TestCommandLine::testsAConnection()
{
    const Outcome outcome = run({u"releases"_s, u"ssh://nobody@127.0.0.1:1/opt/x"_s, u"--test"_s, u"--json"_s});
    QCOMPARE(outcome.status, 1);
    const QJsonArray checks = QJsonDocument::fromJson(outcome.output).object()[u"checks"_s].toArray();
    QCOMPARE(checks.size(), 10);
    QCOMPARE(checks.first()[u"id"_s].toString(), u"connection"_s);
    QCOMPARE(checks.first()[u"outcome"_s].toString(), u"failed"_s);
    QCOMPARE(checks.last()[u"outcome"_s].toString(), u"impossible"_s);
    const Outcome words = run({u"releases"_s, u"ssh://nobody@127.0.0.1:1/opt/x"_s, u"--test"_s, u"--run-as"_s, u"other"_s});
    QVERIFY2(words.output.contains("✗ Connection") && words.output.contains("? Other user"), words.output.constData());
}

void TestCommandLine::demoHolds()
{
    const QString reportFile = m_directory.filePath(u"out/report.json"_s);
    const Outcome outcome = run({u"demo"_s, u"--headless"_s, u"--report"_s, reportFile});
    QFile file(reportFile);
    QVERIFY2(file.open(QIODevice::ReadOnly), outcome.errors.constData());
    const QJsonObject report = QJsonDocument::fromJson(file.readAll()).object();
    QVERIFY2(outcome.status == 0, QJsonDocument(report[u"failures"_s].toArray()).toJson().constData());
    QVERIFY(report[u"failures"_s].toArray().isEmpty());
    QCOMPARE(report[u"versions"_s].toArray().size(), 4);
    QCOMPARE(report[u"builds"_s].toArray().last()[u"cached"_s].toBool(), true);
    QVERIFY(report[u"relup"_s][u"up"_s].toInt() > 0 && report[u"relup"_s][u"down"_s].toInt() > 0);
    QCOMPARE(report[u"upload"_s][u"sha256"_s].toString(), report[u"tarball"_s][u"sha256"_s].toString());
    QCOMPARE(report[u"upload"_s][u"bytes"_s].toInteger(), report[u"tarball"_s][u"size"_s].toInteger());
    QCOMPARE(report[u"upgrade"_s][u"before"_s].toString(), u"1.0.0"_s);
    QCOMPARE(report[u"upgrade"_s][u"after"_s].toString(), u"2.0.0"_s);
    QCOMPARE(report[u"downgrade"_s][u"after"_s].toString(), u"1.0.0"_s);
    QCOMPARE(report[u"client"_s][u"connections"_s].toInt(), 1);
    QCOMPARE(report[u"client"_s][u"drops"_s].toInt(-1), 0);
    QCOMPARE(report[u"client"_s][u"countMonotonic"_s].toBool(), true);
    QVERIFY(report[u"client"_s][u"readings"_s].toInt() > 20);
    QCOMPARE(report[u"userTreeUntouched"_s].toBool(), true);
    QVERIFY(report[u"screenshots"_s].toArray().size() >= 7);
    for (const QJsonValue &picture : report[u"screenshots"_s].toArray())
        QVERIFY(QFile(picture.toString()).size() > 10'000);
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
