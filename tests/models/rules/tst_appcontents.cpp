// SPDX-License-Identifier: GPL-3.0-or-later
// Applications as they lie on a disk, whoever put them there.
#include "models/rules/appcontents.h"
#include "models/rules/modulechange.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace handover;

class TestAppContents : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void reads();
    void followsLinks();
    void appFiles_data();
    void appFiles();
    void chosenAmongSeveral();
    void limits();
    void comparesBytes();
    void badModules();
    void vanishedFile();

private:
    void write(const QString &name, const QByteArray &contents = {})
    {
        const QString path = m_directory->filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(contents);
    }
    [[nodiscard]] Result<rules::AppContents> read(const rules::ContentsLimits &limits = {}) const
    {
        return rules::readApplication(m_directory->filePath(u"a-1"_s), limits);
    }
    void goodApp() { write(u"a-1/ebin/a.app"_s, "{application, a, [{vsn, \"1\"}, {modules, [a, 'b c']}]}.\n"); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void TestAppContents::init() { m_directory = std::make_unique<QTemporaryDir>(); }

void TestAppContents::reads()
{
    goodApp();
    write(u"a-1/ebin/a.beam"_s, "12");
    write(u"a-1/ebin/b c.beam"_s);
    write(u"a-1/ebin/a.appup"_s);
    write(u"a-1/priv/lib/x.so"_s, "123");
    write(u"a-1/priv/.hidden"_s);
    QVERIFY(QFile(m_directory->filePath(u"a-1/priv/lib/x.so"_s)).setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    const auto contents = read();
    QVERIFY(contents);
    QCOMPARE(contents->name, QByteArray("a"));
    QCOMPARE(contents->vsn, u"1"_s);
    QCOMPARE(contents->listedModules, QList<QByteArray>({"a", "b c"}));
    QCOMPARE(contents->modules.keys(), QList<QByteArray>({"a", "b c"}));
    QCOMPARE(*rules::readModule(contents->modules["a"]), QByteArray("12"));
    QCOMPARE(contents->privateFiles.keys(), QStringList({u".hidden"_s, u"lib/x.so"_s}));
    QVERIFY(contents->privateFiles[u"lib/x.so"_s].executable && !contents->privateFiles[u".hidden"_s].executable);
    QVERIFY(QFile::exists(contents->appupPath()));
}

// relx in dev_mode links; a link may lead in a circle, nowhere, or to what is no file.
void TestAppContents::followsLinks()
{
    write(u"real/ebin/a.app"_s, "{application, a, [{vsn, \"1\"}, {modules, []}]}.\n");
    write(u"shared/data"_s);
    QVERIFY(QFile::link(m_directory->filePath(u"real"_s), m_directory->filePath(u"a-1"_s)));
    QVERIFY(QFile::link(m_directory->filePath(u"shared"_s), m_directory->filePath(u"real/priv"_s)));
    QVERIFY(QFile::link(u"."_s, m_directory->filePath(u"shared/circle"_s)));
    QVERIFY(QFile::link(u"nowhere"_s, m_directory->filePath(u"shared/broken"_s)));
    QVERIFY(QFile::link(u"/dev/zero"_s, m_directory->filePath(u"shared/zero"_s)));
    QVERIFY(QFile::link(u"/dev/zero"_s, m_directory->filePath(u"real/ebin/zero.beam"_s)));
    QCOMPARE(mkfifo(qPrintable(m_directory->filePath(u"real/ebin/pipe.beam"_s)), 0600), 0);
    const auto contents = read();
    QVERIFY(contents);
    QCOMPARE(contents->privateFiles.keys(), QStringList({u"data"_s}));
    QVERIFY(contents->modules.isEmpty());
}

void TestAppContents::appFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("empty") << QByteArray() << u"erlang.syntax"_s;
    QTest::newRow("no term") << QByteArray("{application, a, [}.") << u"erlang.syntax"_s;
    QTest::newRow("another term") << QByteArray("{release, a, []}.") << u"rules.no-application"_s;
    QTest::newRow("no vsn") << QByteArray("{application, a, [{modules, []}]}.") << u"rules.no-application"_s;
    QTest::newRow("vsn is no string") << QByteArray("{application, a, [{vsn, git}]}.") << u"rules.no-application"_s;
    QTest::newRow("name is no atom") << QByteArray("{application, \"a\", [{vsn, \"1\"}]}.") << u"rules.no-application"_s;
    QTest::newRow("properties are no list") << QByteArray("{application, a, b}.") << u"rules.no-application"_s;
    QTest::newRow("odd modules") << QByteArray("{application, a, [{vsn, \"1\"}, {modules, [1, \"x\", a | b]}]}.") << QString();
    QTest::newRow("modules are no list") << QByteArray("{application, a, [x, {vsn, \"1\"}, {modules, all}]}.") << QString();
}

void TestAppContents::appFiles()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, code);
    write(u"a-1/ebin/a.app"_s, text);
    const auto contents = read();
    QCOMPARE(contents ? QString() : contents.error().code, code);
}

void TestAppContents::chosenAmongSeveral()
{
    QCOMPARE(read().error().code, u"rules.no-application"_s);
    goodApp();
    write(u"a-1/ebin/b.app"_s, "{application, b, [{vsn, \"2\"}]}.\n");
    QCOMPARE(read()->name, QByteArray("a"));
    QVERIFY(QFile::remove(m_directory->filePath(u"a-1/ebin/a.app"_s)));
    write(u"a-1/ebin/c.app"_s, "{application, c, [{vsn, \"2\"}]}.\n");
    QCOMPARE(read().error().code, u"rules.no-application"_s);
}

void TestAppContents::limits()
{
    goodApp();
    write(u"a-1/priv/x/y/z"_s);
    write(u"a-1/priv/x/y/w"_s);
    QVERIFY(read({4, 2, 100}));
    QCOMPARE(read({4, 1, 100}).error().code, u"rules.too-large"_s);
    QCOMPARE(read({1, 2, 100}).error().code, u"rules.too-large"_s);
    QCOMPARE(read({4, 2, 10}).error().code, u"rules.too-large"_s);
    write(u"a-1/ebin/1"_s);
    write(u"a-1/ebin/2"_s);
    QCOMPARE(read({2, 2, 100}).error().code, u"rules.too-large"_s);
}

void TestAppContents::comparesBytes()
{
    const QByteArray large(600'000, 'x');
    QByteArray other = large;
    other[599'999] = 'y';
    write(u"1"_s, large);
    write(u"2"_s, large);
    write(u"3"_s, other);
    write(u"4"_s, large + 'x');
    const auto file = [&](const QString &name) {
        const QString path = m_directory->filePath(name);
        return rules::PrivateFile{path, QFileInfo(path).size(), false};
    };
    QVERIFY(*rules::sameBytes(file(u"1"_s), file(u"2"_s)));
    QVERIFY(!*rules::sameBytes(file(u"1"_s), file(u"3"_s)));
    QVERIFY(!*rules::sameBytes(file(u"1"_s), file(u"4"_s)));
    QCOMPARE(rules::sameBytes(file(u"1"_s), {u"/nowhere"_s, 600'000, false}).error().code, u"rules.unreadable"_s);
}

// What is no module is said, and is in no change.
void TestAppContents::badModules()
{
    goodApp();
    write(u"a-1/ebin/same.beam"_s, "not a module");
    write(u"a-1/ebin/garbage.beam"_s, "not a module");
    const auto older = read();
    m_directory->setAutoRemove(false);
    const QString first = m_directory->path();
    init();
    goodApp();
    write(u"a-1/ebin/same.beam"_s, "not a module");
    write(u"a-1/ebin/garbage.beam"_s, QByteArray("FOR1\xff\xff\xff\xff" "BEAMAtU8\xff\xff\xff\xff", 20));
    write(u"a-1/ebin/new.beam"_s);
    const auto newer = read();
    const auto changes = rules::compareModules(*older, *newer);
    QVERIFY(changes && changes->modules.isEmpty());
    QCOMPARE(changes->notes.size(), 3); // garbage twice, new
    for (const Issue &note : changes->notes)
        QVERIFY(note.code == u"rules.bad-module"_s && note.severity == Severity::Error && !note.file.isEmpty());
    QVERIFY(QDir(first).removeRecursively());
}

void TestAppContents::vanishedFile()
{
    goodApp();
    write(u"a-1/ebin/a.beam"_s);
    const auto contents = read();
    QVERIFY(QFile::remove(m_directory->filePath(u"a-1/ebin/a.beam"_s)));
    const auto changes = rules::compareModules({}, *contents);
    QVERIFY(!changes);
    QCOMPARE(changes.error().code, u"rules.unreadable"_s);
    QVERIFY(changes.error().message.contains(u"a.beam"_s));
}

QTEST_GUILESS_MAIN(TestAppContents)
#include "tst_appcontents.moc"
