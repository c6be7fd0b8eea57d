// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/termfiles.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace handover;
using relup::TermFiles;

namespace {

/// Root may read everything, so a test of what may not be read runs as somebody else.
class Nobody
{
public:
    Nobody()
        : m_root(::geteuid() == 0 && ::seteuid(65534) == 0)
    {
    }
    ~Nobody()
    {
        if (m_root && ::seteuid(0) != 0)
            qFatal("not root again");
    }
    Q_DISABLE_COPY_MOVE(Nobody)

private:
    bool m_root;
};

// From then on the time of change tells.
void settle() { QTest::qWait(150); }

} // namespace

class TestTermFiles : public QObject
{
    Q_OBJECT

private:
    QString file(const QString &name) const { return m_directory->filePath(name); }
    void write(const QString &name, const QByteArray &text) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(file(name)).path()));
        QFile target(file(name));
        QVERIFY2(target.open(QIODevice::WriteOnly), qPrintable(name));
        target.write(text);
    }
    static QByteArray shown(const TermFiles::Contents &contents)
    {
        return contents ? contents->print() : "error " + contents.error().term.print();
    }

    std::unique_ptr<QTemporaryDir> m_directory;

private slots:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        QVERIFY(QFile::setPermissions(m_directory->path(), QFile::Permissions(0x7755)));
    }

    void kept();
    void rewrittenAtOnce();
    void replacedWithSameTimes();
    void goneAndBack();
    void otherLinkTarget();
    void madeOf();
    void texts();
    void textWithoutFile();
    void passes();
    void moved();
    void problems_data();
    void problems();
    void notOrdinary();
    void tooLarge();
    void unreadable();
    void holding();
    void holdingUnlistable();
};

void TestTermFiles::kept()
{
    write(u"a.app"_s, "{a}. b.\n");
    TermFiles files(m_directory->path());
    settle();
    const auto first = files.read(u"a.app"_s);
    QCOMPARE(shown(first), "{a}");
    QCOMPARE(&files.read(u"a.app"_s)->data(), &first->data());
    write(u"a.app"_s, "{b}.\n");
    QCOMPARE(shown(files.read(u"a.app"_s)), "{b}");
    QCOMPARE(shown(first), "{a}");
    write(u"a.app"_s, "{b");
    QVERIFY(!files.read(u"a.app"_s));
    write(u"a.app"_s, "{c}.");
    QCOMPARE(shown(files.read(u"a.app"_s)), "{c}");
}

// The clock of a file system stands still for some milliseconds, so the times may be the same.
void TestTermFiles::rewrittenAtOnce()
{
    TermFiles files(m_directory->path());
    QElapsedTimer timer;
    timer.start();
    write(u"b.app"_s, "b.");
    const auto young = files.read(u"b.app"_s);
    const auto again = files.read(u"b.app"_s);
    if (timer.elapsed() < 90)
        QVERIFY(&young->data() != &again->data());
    for (int i = 100; i < 400; ++i) {
        const QByteArray number = QByteArray::number(i);
        write(u"a.app"_s, number + '.');
        QCOMPARE(shown(files.read(u"a.app"_s)), number);
    }
}

void TestTermFiles::replacedWithSameTimes()
{
    write(u"a.app"_s, "old.");
    TermFiles files(m_directory->path());
    settle();
    QCOMPARE(shown(files.read(u"a.app"_s)), "old");
    struct stat before = {};
    QCOMPARE(::stat(QFile::encodeName(file(u"a.app"_s)).constData(), &before), 0);
    const auto withOldTimes = [&](const QString &name) {
        const timespec times[] = {before.st_atim, before.st_mtim};
        return ::utimensat(AT_FDCWD, QFile::encodeName(file(name)).constData(), times, 0) == 0;
    };
    write(u"a.app"_s, "new.");
    QVERIFY(withOldTimes(u"a.app"_s));
    QCOMPARE(shown(files.read(u"a.app"_s)), "new");
    settle();
    QCOMPARE(shown(files.read(u"a.app"_s)), "new");
    write(u"b.app"_s, "two.");
    QVERIFY(withOldTimes(u"b.app"_s));
    settle();
    QCOMPARE(::rename(QFile::encodeName(file(u"b.app"_s)).constData(),
                      QFile::encodeName(file(u"a.app"_s)).constData()),
             0);
    QCOMPARE(shown(files.read(u"a.app"_s)), "two");
}

void TestTermFiles::goneAndBack()
{
    write(u"d/a.app"_s, "a.");
    TermFiles files(m_directory->path());
    settle();
    QCOMPARE(shown(files.read(u"d/a.app"_s)), "a");
    QVERIFY(QFile::remove(file(u"d/a.app"_s)));
    QCOMPARE(shown(files.read(u"d/a.app"_s)), "error {open,\"d/a.app\",enoent}");
    write(u"d/a.app"_s, "b.");
    QCOMPARE(shown(files.read(u"d/a.app"_s)), "b");
    QVERIFY(QDir(file(u"d"_s)).removeRecursively());
    QCOMPARE(shown(files.read(u"d/a.app"_s)), "error {open,\"d/a.app\",enoent}");
    write(u"d"_s, "d.");
    QCOMPARE(shown(files.read(u"d/a.app"_s)), "error {open,\"d/a.app\",enotdir}");
    QCOMPARE(shown(files.read(u"d"_s)), "d");
    // The whole directory goes, and another one comes in its place.
    const QString path = m_directory->path();
    QVERIFY(QDir(path).removeRecursively());
    QCOMPARE(shown(files.read(u"d"_s)), "error {open,\"d\",enoent}");
    QVERIFY(QDir().mkpath(path));
    write(u"d"_s, "new.");
    QCOMPARE(shown(files.read(u"d"_s)), "new");
}

void TestTermFiles::otherLinkTarget()
{
    write(u"1/a.app"_s, "one.");
    write(u"2/a.app"_s, "two.");
    QVERIFY(QFile::link(u"1"_s, file(u"current"_s)));
    TermFiles files(m_directory->path());
    settle();
    QCOMPARE(shown(files.read(u"current/a.app"_s)), "one");
    QVERIFY(QFile::remove(file(u"current"_s)));
    QVERIFY(QFile::link(u"2"_s, file(u"current"_s)));
    QCOMPARE(shown(files.read(u"current/a.app"_s)), "two");
}

void TestTermFiles::madeOf()
{
    struct Number : TermFiles::Made
    {
        int value = 0;
    };
    write(u"a.app"_s, "a.");
    TermFiles files(m_directory->path());
    settle();
    QVERIFY(!files.madeOf(u"a.app"_s));
    auto number = std::make_shared<Number>();
    files.madeOf(u"a.app"_s) = number;
    QCOMPARE(files.madeOf(u"a.app"_s), number);
    files.setText(u"a.app"_s, "b.");
    QVERIFY(!files.madeOf(u"a.app"_s));
    files.madeOf(u"a.app"_s) = number;
    files.setText(u"a.app"_s, "b.");
    QCOMPARE(files.madeOf(u"a.app"_s), number);
    files.clearText(u"a.app"_s);
    QVERIFY(!files.madeOf(u"a.app"_s));
    files.madeOf(u"a.app"_s) = number;
    write(u"a.app"_s, "c.");
    QVERIFY(!files.madeOf(u"a.app"_s));
}

void TestTermFiles::texts()
{
    write(u"lib/a.appup"_s, "disk.");
    TermFiles files(m_directory->path());
    settle();
    const QStringList names{u"lib/a.appup"_s, u"./lib//./a.appup"_s, file(u"lib/a.appup"_s)};
    const auto all = [&] {
        QByteArrayList read;
        for (const QString &name : names)
            read.append(shown(files.read(name)));
        return read;
    };
    QCOMPARE(all(), QByteArrayList(3, "disk"));
    // Whoever sets it may call the file otherwise than who reads it.
    for (const QString &name : names) {
        files.setText(name, "set.");
        QCOMPARE(all(), QByteArrayList(3, "set"));
        files.setText(name, "set again.");
        QVERIFY(all().first().startsWith("error {parse,\"lib/a.appup\",{1,erl_parse,"));
        write(u"lib/a.appup"_s, "disk.");
        files.clearText(names.first());
        QCOMPARE(all(), QByteArrayList(3, "disk"));
    }
    files.clearText(u"lib/b.appup"_s);
    files.setText(QString(), "nothing.");
    QCOMPARE(shown(files.read(QString())), "error {open,[],enoent}");
}

void TestTermFiles::textWithoutFile()
{
    QVERIFY(QDir().mkpath(file(u"lib"_s)));
    TermFiles files(m_directory->path());
    const QStringList directories{u"."_s, u"lib"_s, u"none"_s};
    settle();
    QCOMPARE(files.holding(directories, u"a.app"_s), QStringList{});
    files.setText(u"lib/a.app"_s, "set.");
    QCOMPARE(shown(files.read(u"lib/a.app"_s)), "set");
    QCOMPARE(files.holding(directories, u"a.app"_s), QStringList{u"lib"_s});
    files.clearText(u"lib/a.app"_s);
    QCOMPARE(shown(files.read(u"lib/a.app"_s)), "error {open,\"lib/a.app\",enoent}");
    QCOMPARE(files.holding(directories, u"a.app"_s), QStringList{});
}

void TestTermFiles::passes()
{
    write(u"lib/a.app"_s, "one.");
    TermFiles files(m_directory->path());
    settle();
    {
        const TermFiles::Pass pass(files);
        QCOMPARE(shown(files.read(u"lib/a.app"_s)), "one");
        QCOMPARE(files.holding({u"lib"_s}, u"b.app"_s), QStringList{});
        write(u"lib/a.app"_s, "changed.");
        write(u"lib/b.app"_s, "b.");
        {
            const TermFiles::Pass inner(files);
            QCOMPARE(shown(files.read(u"lib/a.app"_s)), "one");
        }
        QCOMPARE(shown(files.read(u"lib/a.app"_s)), "one");
        QCOMPARE(files.holding({u"lib"_s}, u"b.app"_s), QStringList{});
        files.setText(u"lib/a.app"_s, "set.");
        QCOMPARE(shown(files.read(u"lib/a.app"_s)), "set");
        files.clearText(u"lib/a.app"_s);
        QCOMPARE(shown(files.read(u"lib/a.app"_s)), "changed");
    }
    QCOMPARE(files.holding({u"lib"_s}, u"b.app"_s), QStringList{u"lib"_s});
}

void TestTermFiles::moved()
{
    write(u"a.app"_s, "a.");
    TermFiles first(m_directory->path());
    QCOMPARE(shown(first.read(u"a.app"_s)), "a");
    TermFiles second(std::move(first));
    QCOMPARE(shown(second.read(u"a.app"_s)), "a");
    second = TermFiles(file(u"elsewhere"_s));
    QCOMPARE(shown(second.read(u"a.app"_s)), "error {open,\"a.app\",enoent}");
}

void TestTermFiles::problems_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("term");
    QTest::addColumn<QString>("inWords");
    const auto row = [](const char *name, const char *term, const char *inWords) {
        QTest::newRow(name) << QString::fromUtf8(name) << QByteArray(term) << QString::fromUtf8(inWords);
    };
    row("missing", "{open,\"missing\",enoent}", "missing can't be read: there is no such file.");
    row("lib", "{open,\"lib\",eisdir}", "it is a directory");
    row("good/x", "{open,\"good/x\",enotdir}", "is no directory");
    row("loop", "{open,\"loop\",eloop}", "circle");
    row("empty", "{read,\"empty\"}", "There is no term");
    row("open", "{read,\"open\"}", "has no end");
    row("wrong", "{parse,\"wrong\",{2,erl_parse,[\"syntax error before: \",\"b\"]}}",
        "wrong, line 2, column 3");
    row("term", "{parse,\"term\",{1,erl_parse,\"bad term\"}}", "X is a variable");
    row("latin", "{read,\"latin\"}", "not valid UTF-8");
    row("./lib/../wrong", "{parse,\"./lib/../wrong\",{2,erl_parse,[\"syntax error before: \",\"b\"]}}",
        "./lib/../wrong, ");
    QTest::newRow("no name") << QString() << QByteArray("{open,[],enoent}") << QString();
    QTest::newRow("character 0") << QString(u"good"_s + QChar::Null)
                                 << QByteArray("{open,[103,111,111,100,0],badarg}") << u"No file"_s;
    QTest::newRow("long") << QString(300, u'a')
                          << QByteArray("{open,\"" + QByteArray(300, 'a') + "\",enametoolong}")
                          << u"too long"_s;
}

void TestTermFiles::problems()
{
    QFETCH(QString, name);
    QFETCH(QString, inWords);
    QVERIFY(QDir().mkpath(file(u"lib"_s)));
    write(u"good"_s, "a.");
    write(u"empty"_s, "%% nothing");
    write(u"open"_s, "{\"a}.");
    write(u"wrong"_s, "{\na b}.");
    write(u"term"_s, "{X}.");
    write(u"latin"_s, "\xE9.");
    QVERIFY(QFile::link(u"loop"_s, file(u"loop"_s)));
    TermFiles files(m_directory->path());
    for (int i = 0; i < 2; ++i) {
        const auto contents = files.read(name);
        QVERIFY(!contents);
        QTEST(contents.error().term.print(), "term");
        QVERIFY2(contents.error().words.contains(inWords), qPrintable(contents.error().words));
        QCOMPARE(contents.error().crashes, name == u"latin");
    }
}

void TestTermFiles::notOrdinary()
{
    QCOMPARE(::mkfifo(QFile::encodeName(file(u"a.app"_s)).constData(), 0600), 0);
    TermFiles files(m_directory->path());
    for (const QString &name : {u"a.app"_s, u"/dev/zero"_s, u"/dev/null"_s}) {
        const auto contents = files.read(name);
        QVERIFY(!contents && contents.error().term.isTagged("read", 2));
        QVERIFY2(contents.error().words.contains(u"no ordinary file"), qPrintable(contents.error().words));
    }
    QVERIFY(QFile::remove(file(u"a.app"_s)));
    write(u"a.app"_s, "a.");
    QCOMPARE(shown(files.read(u"a.app"_s)), "a");
}

void TestTermFiles::tooLarge()
{
    write(u"a.app"_s, "a.\n");
    QVERIFY(QFile::resize(file(u"a.app"_s), 64 * 1024 * 1024 + 1)); // a hole takes no room
    TermFiles files(m_directory->path());
    const auto contents = files.read(u"a.app"_s);
    QVERIFY(!contents && contents.error().term.isTagged("read", 2));
    QVERIFY2(contents.error().words.contains(u"64 MB"), qPrintable(contents.error().words));
    QVERIFY(QFile::resize(file(u"a.app"_s), 3));
    QCOMPARE(shown(files.read(u"a.app"_s)), "a");
}

void TestTermFiles::unreadable()
{
    write(u"a.app"_s, "a.");
    QVERIFY(QFile::setPermissions(file(u"a.app"_s), {}));
    TermFiles files(m_directory->path());
    {
        const Nobody nobody;
        QCOMPARE(shown(files.read(u"a.app"_s)), "error {open,\"a.app\",eacces}");
    }
    QVERIFY(QFile::setPermissions(file(u"a.app"_s), QFile::ReadOwner | QFile::ReadOther));
    QCOMPARE(shown(files.read(u"a.app"_s)), "a");
}

void TestTermFiles::holding()
{
    for (const QString &name : {u"x/a.app"_s, u"x/b.app"_s, u"y/a.app"_s, u"z/deep/c.app"_s})
        write(name, "a.");
    TermFiles files(m_directory->path());
    const QStringList all{u"z"_s, u"y"_s, u"none"_s, u"x"_s, file(u"x"_s), u"./x/"_s};
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(files.holding(all, u"a.app"_s), QStringList({u"y"_s, u"x"_s, file(u"x"_s), u"./x/"_s}));
        QCOMPARE(files.holding(all, u"b.app"_s), all.last(3));
        QCOMPARE(files.holding(all, u"c.app"_s), QStringList{});
        QCOMPARE(files.holding(all, u"deep/c.app"_s), QStringList{u"z"_s});
        QCOMPARE(files.holding({u"y"_s, u"x"_s}, file(u"x/a.app"_s)), QStringList({u"y"_s, u"x"_s}));
        QCOMPARE(files.holding({u"x"_s, u"y"_s}, u"a.app"_s), QStringList({u"x"_s, u"y"_s}));
        settle();
    }
    write(u"none/a.app"_s, "a.");
    QVERIFY(QFile::remove(file(u"y/a.app"_s)));
    QVERIFY(QFile::rename(file(u"x/b.app"_s), file(u"z/b.app"_s)));
    QCOMPARE(files.holding(all, u"a.app"_s), QStringList({u"none"_s, u"x"_s, file(u"x"_s), u"./x/"_s}));
    QCOMPARE(files.holding(all, u"b.app"_s), QStringList{u"z"_s});
    // One after the other in the same moment.
    for (int i = 0; i < 200; ++i) {
        const QString name = u"n%1.app"_s.arg(i);
        write(u"z/"_s + name, "a.");
        QCOMPARE(files.holding(all, name), QStringList{u"z"_s});
        QVERIFY(QFile::remove(file(u"z/"_s + name)));
        QCOMPARE(files.holding(all, name), QStringList{});
    }
}

// A directory may be closed to those who look what is in it and open to those who know it.
void TestTermFiles::holdingUnlistable()
{
    write(u"x/a.app"_s, "a.");
    write(u"y/a.app"_s, "b.");
    QCOMPARE(::chmod(QFile::encodeName(file(u"x"_s)).constData(), 0711), 0);
    const Nobody nobody;
    QCOMPARE(::access(QFile::encodeName(file(u"y"_s)).constData(), R_OK), 0);
    TermFiles files(m_directory->path());
    QCOMPARE(files.holding({u"x"_s, u"y"_s}, u"a.app"_s), QStringList({u"x"_s, u"y"_s}));
    QCOMPARE(files.holding({u"x"_s, u"y"_s}, u"b.app"_s), QStringList{});
    QCOMPARE(shown(files.read(u"x/a.app"_s)), "a");
    QCOMPARE(files.expand({u"*"_s}).size(), 2);
    QCOMPARE(files.expand({u"x/*"_s}), QStringList{});
}

QTEST_GUILESS_MAIN(TestTermFiles)
#include "tst_termfiles.moc"
