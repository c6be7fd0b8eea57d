// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/repository.h"

#include "tests/support/scratchrepository.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using repo::ObjectId;
using repo::Repository;
using test::ScratchRepository;

namespace {

ObjectId id(const QByteArray &hex) { return *ObjectId::parse(hex); }

} // namespace

// Paths, configuration and trees that mean no good.
class TestHostileCheckout final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void oddPaths_data();
    void oddPaths();
    void takesNothingOver();
    void refusesUnsafeTrees_data();
    void refusesUnsafeTrees();

private:
    QTemporaryDir m_home;
};

void TestHostileCheckout::initTestCase()
{
    qputenv("HOME", m_home.path().toUtf8());
    qunsetenv("XDG_CONFIG_HOME");
}

void TestHostileCheckout::oddPaths_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("target");
    const QStringList odd = {u"plain"_s,
                             u"with space "_s,
                             u"it's \"quoted\" \\ back"_s,
                             u"$(touch x);`id` && #"_s,
                             u"new\nline"_s,
                             u"carriage\rreturn"_s,
                             u"größe ☃"_s,
                             u"-option"_s,
                             u"a:b%20*?[x]"_s};
    for (const QString &name : odd) {
        const QString shown = QString(name).replace(u'\n', "\\n"_L1).replace(u'\r', "\\r"_L1);
        QTest::newRow(qPrintable(u"from "_s + shown)) << name << u"out"_s;
        QTest::newRow(qPrintable(u"to "_s + shown)) << u"project"_s << u"to "_s + name;
    }
    QTest::newRow("both") << u"new\nline"_s << u"to new\n\"line\" ☃"_s;
}

void TestHostileCheckout::oddPaths()
{
    QFETCH(const QString, source);
    QFETCH(const QString, target);
    ScratchRepository scratch(source);
    scratch.write(u"f"_s, "x\n");
    const QByteArray first = scratch.commit();
    scratch.tag(u"v1"_s, u"One"_s);
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    const QString out = scratch.beside(target);
    const auto done = repository->checkoutApart(id(first), out, {});
    QVERIFY2(done, done ? "" : qPrintable(done.error().words() + done.error().detail));
    QCOMPARE(scratch.gitIn(out, {u"describe"_s, u"--tags"_s, u"--exact-match"_s}), "v1");
    QCOMPARE(scratch.gitIn(out, {u"status"_s, u"--porcelain"_s}), "");
    QCOMPARE(scratch.gitIn(out, {u"fsck"_s}), "");
    QCOMPARE(
        QDir(scratch.beside({})).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), 2);
}

void TestHostileCheckout::takesNothingOver()
{
    ScratchRepository scratch;
    scratch.write(u".gitattributes"_s, "* filter=evil\n");
    scratch.write(u"f"_s, "x\n");
    const QByteArray first = scratch.commit();
    const QByteArray trap = "#!/bin/sh\ntouch '" + scratch.beside(u"trap"_s).toUtf8() + "'\ncat\n";
    for (const QString &hook : {u"post-checkout"_s, u"reference-transaction"_s, u"post-index-change"_s})
        scratch.write(u".git/hooks/"_s + hook, trap, true);
    scratch.write(u".git/trap"_s, trap, true);
    const QString program = scratch.path(u".git/trap"_s);
    for (const QString &key :
         {u"core.fsmonitor"_s, u"filter.evil.smudge"_s, u"filter.evil.clean"_s, u"core.sshCommand"_s})
        scratch.git({u"config"_s, key, program});

    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    QVERIFY(repository->checkoutApart(id(first), scratch.beside(u"out"_s), {}));
    QVERIFY(!QFile::exists(scratch.beside(u"trap"_s)));
    QCOMPARE(scratch.gitIn(scratch.beside(u"out"_s), {u"status"_s, u"--porcelain"_s}), "");
    QVERIFY(!QFile::exists(scratch.beside(u"trap"_s)));

    QFile config(scratch.beside(u"out/.git/config"_s));
    QVERIFY(config.open(QIODevice::ReadOnly));
    QVERIFY(!config.readAll().contains("trap"));
    QVERIFY(!QFile::exists(scratch.beside(u"out/.git/hooks"_s)));
}

void TestHostileCheckout::refusesUnsafeTrees_data()
{
    QTest::addColumn<QByteArray>("entries"); // mode, name; B and T stand for a blob and a tree
    QTest::newRow(".git") << QByteArray("40000 .git\0T", 12);
    QTest::newRow(".GIT") << QByteArray("40000 .GIT\0T", 12);
    QTest::newRow("..") << QByteArray("40000 ..\0T", 10);
    QTest::newRow(".") << QByteArray("40000 .\0T", 9);
    QTest::newRow(".git file") << QByteArray("100644 .git\0B", 13);
    QTest::newRow("link and folder") << QByteArray("120000 a\0L40000 a\0T", 19);
    QTest::newRow("twice") << QByteArray("100644 a\0B100644 a\0B", 20);
    QTest::newRow("slash") << QByteArray("100644 ../a\0B", 13);
}

void TestHostileCheckout::refusesUnsafeTrees()
{
    QFETCH(QByteArray, entries);
    ScratchRepository scratch;
    const auto hash = [&](const QString &type, const QByteArray &contents) {
        return scratch.git({u"hash-object"_s, u"--literally"_s, u"-t"_s, type, u"-w"_s, u"--stdin"_s},
                           contents);
    };
    const QByteArray blob = QByteArray::fromHex(hash(u"blob"_s, "x"));
    const QByteArray link = QByteArray::fromHex(hash(u"blob"_s, scratch.beside({}).toUtf8()));
    const QByteArray tree = QByteArray::fromHex(hash(u"tree"_s, QByteArray("100644 escaped\0", 15) + blob));
    entries.replace(QByteArray("\0B", 2), QByteArray(1, '\0').append(blob));
    entries.replace(QByteArray("\0T", 2), QByteArray(1, '\0').append(tree));
    entries.replace(QByteArray("\0L", 2), QByteArray(1, '\0').append(link));
    const QByteArray top = hash(u"tree"_s, entries);
    const QByteArray commit =
        hash(u"commit"_s, "tree " + top + "\nauthor A <a@b> 0 +0000\ncommitter A <a@b> 0 +0000\n\nx\n");

    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    const auto done = repository->checkoutApart(id(commit), scratch.beside(u"out"_s), {});
    QVERIFY(!done);
    QVERIFY2(done.error().code == "repo.unsafe-tree"_L1 || done.error().code == "repo.object-missing"_L1,
             qPrintable(done.error().code));
    QCOMPARE(QDir(scratch.beside({})).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{u"project"_s});
}

QTEST_GUILESS_MAIN(TestHostileCheckout)
#include "tst_hostilecheckout.moc"
