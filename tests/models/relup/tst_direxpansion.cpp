// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/termfiles.h"
#include "tests/support/erl.h"

#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <array>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace handover;
using relup::TermFiles;

class TestDirExpansion : public QObject
{
    Q_OBJECT

private:
    QString file(const QString &name) const { return m_directory->filePath(name); }
    void write(const QString &name, const QByteArray &text) const
    {
        QFile target(file(name));
        QVERIFY2(target.open(QIODevice::WriteOnly), qPrintable(name));
        target.write(text);
    }

    QTemporaryDir m_alone; // what stands beside the directory is looked at as well
    std::unique_ptr<QTemporaryDir> m_directory;

private slots:
    void init() { m_directory = std::make_unique<QTemporaryDir>(m_alone.filePath(u"XXXXXX"_s)); }
    void expandAsOtp();
    void expandKeepsUp();
};

void TestDirExpansion::expandAsOtp()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here to compare with.");
    for (const QString &name :
         {u"lib/a-1.0/ebin"_s, u"lib/a-1.1/ebin"_s, u"lib/b-1.0"_s, u"lib/a+b"_s, u"lib/aab"_s,
          u"lib/.hidden/ebin"_s, u"lib/é/ebin"_s, u"lib/x y/ebin"_s, u"lib/a(b"_s, u"lib/new\nline/ebin"_s,
          u"lib/-"_s, u"lib/ax"_s, u"rel/one/lib/a-1.0/ebin"_s, u"rel/two/lib/a-2.0/ebin"_s})
        QVERIFY(QDir().mkpath(file(name)));
    for (const QString &name : {u"lib/file"_s, u"lib/a-file"_s, u"rel/ebin"_s})
        write(name, "a.");
    QVERIFY(QFile::link(u"../rel"_s, file(u"lib/link"_s)));
    QVERIFY(QFile::link(u"nowhere"_s, file(u"lib/dangling"_s)));
    // A name that is no UTF-8 is passed over; Qt couldn't remove it either.
    const QByteArray odd = QFile::encodeName(m_directory->path()) + "/lib/\xFF";
    QCOMPARE(::mkdir(odd.constData(), 0700), 0);
    const auto tidy = qScopeGuard([&] { ::rmdir(odd.constData()); });

    QStringList paths;
    // clang-format off
    static constexpr std::array texts{
        "lib", "lib/", "lib//a-1.0", "./lib", "./lib/*", "lib/./*", "lib/.", "lib/../lib",
        "lib/*/../*/ebin", ".", "..", "*", "*/", "./*", "/*", "lib/*", "lib/**", "lib/a*", "lib/a-*",
        "lib/a-1.*", "lib/*1*", "lib/*-1.0", "lib/*/ebin", "lib/*/*", "*/*", "*/*/*", "rel/*/lib/*/ebin",
        "*/*/lib/*/ebin", "lib/*file", "lib/*link", "lib/link/*/lib", "lib/a+b*", "lib/a+b", "lib/a(b*",
        "lib/a(b", "lib/[a]*", "lib/[ab]-1.0", "lib/?", "lib/é*", "lib/x *", "lib/new*", "lib/*line/ebin",
        "lib/a.b*", "lib/(a|b)*", "lib/b|a-1.0*", "lib/*$", "lib/^*", "lib/.*", "lib/-*", "lib/*-", "none",
        "none/*", "*/none", "lib/file", "lib/file/*", "lib/a-1.0/ebin/", "lib/dangling", "lib/\\*",
        "lib/*\\", "lib/a{1}*", "lib/(?i)A*", "//*", "/", "lib/*/.", "lib/*/./ebin", "..//*/lib",
    };
    // clang-format on
    for (const char *text : texts)
        paths.append(QString::fromUtf8(text));
    paths += {m_directory->path(), file(u"lib/*"_s), file(u"lib/*/ebin"_s), file(u"*/*-1*"_s)};
    write(u"paths"_s, paths.join(u'\n').toUtf8());
    const QByteArray answer = test::Erl::run(R"(
        [Top] = init:get_plain_arguments(),
        ok = file:set_cwd(Top),
        ok = logger:set_primary_config(level, none),
        {ok, All} = file:read_file("paths"),
        Show = fun(Path) -> io:format("~s~n", [base64:encode(unicode:characters_to_binary(
                                          lists:join("|", systools_lib:get_path(Path))))]) end,
        Paths = [unicode:characters_to_list(P) || P <- binary:split(All, <<"\n">>, [global])],
        [Show([Path]) || Path <- Paths],
        Show(Paths))",
                                             {m_directory->path()});
    const QByteArrayList expected = answer.trimmed().split('\n');
    QVERIFY2(expected.size() == paths.size() + 1, answer.constData());
    TermFiles files(m_directory->path());
    const auto compare = [&](const QStringList &path, qsizetype index) {
        QCOMPARE(files.expand(path).join(u'|').toUtf8(), QByteArray::fromBase64(expected[index]));
    };
    for (qsizetype i = 0; i < paths.size(); ++i) {
        compare({paths[i]}, i);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(paths[i]));
    }
    compare(paths, paths.size());
    QCOMPARE(files.expand({}), QStringList{});
    QCOMPARE(files.expand({QString()}), QStringList{});
}

void TestDirExpansion::expandKeepsUp()
{
    QVERIFY(QDir().mkpath(file(u"lib/a/ebin"_s)));
    TermFiles files(m_directory->path());
    const QStringList path{u"lib/*/ebin"_s};
    QTest::qWait(150);
    QCOMPARE(files.expand(path), QStringList{u"lib/a/ebin"_s});
    QVERIFY(QDir().mkpath(file(u"lib/b"_s)));
    QCOMPARE(files.expand(path), QStringList{u"lib/a/ebin"_s});
    QTest::qWait(150);
    QCOMPARE(files.expand(path), QStringList{u"lib/a/ebin"_s});
    QVERIFY(QDir().mkdir(file(u"lib/b/ebin"_s)));
    QCOMPARE(files.expand(path).size(), 2);
    QVERIFY(QDir(file(u"lib/a"_s)).removeRecursively());
    QCOMPARE(files.expand(path), QStringList{u"lib/b/ebin"_s});
    QVERIFY(QDir(file(u"lib"_s)).removeRecursively());
    QCOMPARE(files.expand(path), QStringList{});
    QVERIFY(QDir().mkpath(file(u"lib/c/ebin"_s)));
    QCOMPARE(files.expand(path), QStringList{u"lib/c/ebin"_s});
}

QTEST_GUILESS_MAIN(TestDirExpansion)
#include "tst_direxpansion.moc"
