// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/tarball.h"

#include "elfbytes.h"
#include "tarbytes.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using package::LibraryNeed;
using package::LibraryNeeds;
using package::SymbolVersion;
using tarbytes::Item;

/// What the ELF files of a tarball need together.
class TestNeeds : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    LibraryNeeds needsOf(const QList<Item> &items, const package::Limits &limits = {})
    {
        QFile file(m_dir.filePath(u"x.tar.gz"_s));
        const QByteArray bytes = tarbytes::gzip(tarbytes::tar(tarbytes::release() + items));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size())
            qFatal("no disk");
        file.close();
        const auto manifest = package::inspect(file.fileName(), {}, limits);
        if (!manifest)
            qFatal("%s", qPrintable(manifest.error().message));
        return manifest->needs;
    }
    static QString words(const LibraryNeeds &needs)
    {
        QStringList lines;
        for (const LibraryNeed &need : needs.libraries)
            lines += need.words() + (need.provided.isEmpty() ? QString() : u" from "_s + need.provided);
        return lines.join(u"; "_s);
    }

    const Item m_emulator{.name = "erts-15.2.7/bin/beam.smp",
                          .contents = elfbytes::library({.needed = {"libc.so.6", "libz.so.1"},
                                                         .interpreter = "/lib64/ld-linux-x86-64.so.2",
                                                         .versions = {{"libc.so.6", {"GLIBC_2.9", "GLIBC_2.34"}}}}),
                          .mode = 0755};

private slots:
    void highestOfAll()
    {
        const LibraryNeeds needs = needsOf(
            {m_emulator,
             {.name = "lib/tiny-1.1.0/priv/odd.name",
              .contents = elfbytes::library(
                  {.needed = {"libc.so.6", "libcrypto.so.3"},
                   .versions = {{"libc.so.6", {"GLIBC_2.38", "GLIBC_2.4", "GLIBC_ABI_DT_RELR"}},
                                {"libcrypto.so.3", {"OPENSSL_3.0.0", "OPENSSL_3.4.0"}}}})}});
        QCOMPARE(words(needs), u"libc.so.6 with GLIBC_2.38, GLIBC_ABI_DT_RELR; libcrypto.so.3 with OPENSSL_3.4.0; libz.so.1"_s);
        QCOMPARE(needs.libraries[0].by, (QStringList{u"erts-15.2.7/bin/beam.smp"_s, u"lib/tiny-1.1.0/priv/odd.name"_s}));
        QCOMPARE(needs.libraries[0].highest["GLIBC"].by, QStringList{u"lib/tiny-1.1.0/priv/odd.name"_s});
        QCOMPARE(needs.system->words(), u"x86_64"_s);
        QCOMPARE(needs.interpreter, QByteArray("/lib64/ld-linux-x86-64.so.2"));
        QCOMPARE(needs.files, 2);
    }

    void whatTheReleaseHas()
    {
        const QByteArray nif = elfbytes::library({.needed = {"libfoo.so.1", "libbar.so"}, .runpath = "$ORIGIN/../lib:/opt/x"});
        const QList<Item> items{m_emulator,
                                {.name = "lib/tiny-1.1.0/priv/nif.so", .contents = nif},
                                {.name = "lib/tiny-1.1.0/lib/libfoo.so.1.0", .contents = elfbytes::library({.soname = "libfoo.so.1"})},
                                {.name = "lib/tiny-1.1.0/lib/libfoo.so.1", .type = '2', .link = "libfoo.so.1.0"},
                                {.name = "erts-15.2.7/lib/libz.so.1", .contents = elfbytes::library({.soname = "libz.so.1"})}};
        LibraryNeeds needs = needsOf(items);
        QCOMPARE(words(needs), u"libbar.so; libc.so.6 with GLIBC_2.34; libfoo.so.1 from lib/tiny-1.1.0/lib/libfoo.so.1; "
                               "libz.so.1 from erts-15.2.7/lib/libz.so.1"_s);
        QCOMPARE(needs.libraries[0].folders, QByteArrayList{"/opt/x"});

        // Another one that needs it, and does not look there.
        needs = needsOf(items + QList<Item>{{.name = "lib/tiny-1.1.0/priv/port", .contents = elfbytes::library({.needed = {"libfoo.so.1"}})}});
        QCOMPARE(needs.libraries[2].library, QByteArray("libfoo.so.1"));
        QCOMPARE(needs.libraries[2].provided, QString());
    }

    void whatCountsNot()
    {
        const LibraryNeeds needs =
            needsOf({m_emulator,
                     {.name = "lib/tiny-1.1.0/priv/arm.so", .contents = elfbytes::library({.machine = 183, .needed = {"libarm.so"}})},
                     {.name = "lib/tiny-1.1.0/priv/cut.so", .contents = m_emulator.contents.first(200)},
                     {.name = "lib/tiny-1.1.0/priv/text", .contents = "ELF"},
                     {.name = "lib/tiny-1.1.0/priv/empty", .contents = ""}});
        QCOMPARE(words(needs), u"libc.so.6 with GLIBC_2.34; libz.so.1"_s);
        QCOMPARE(needs.foreign, QStringList{u"lib/tiny-1.1.0/priv/arm.so"_s});
        QCOMPARE(needs.unreadable, QStringList{u"lib/tiny-1.1.0/priv/cut.so"_s});

        const LibraryNeeds none = needsOf({});
        QVERIFY(!none.system && none.libraries.isEmpty() && none.unreadable.isEmpty());
        QCOMPARE(needsOf({m_emulator}, {.elfBytes = 100}).unreadable, QStringList{u"erts-15.2.7/bin/beam.smp"_s});
    }

    void symbolVersions_data()
    {
        QTest::addColumn<QByteArray>("older");
        QTest::addColumn<QByteArray>("newer");
        QTest::addColumn<QByteArray>("set");
        QTest::newRow("glibc") << QByteArray("GLIBC_2.9") << QByteArray("GLIBC_2.34") << QByteArray("GLIBC");
        QTest::newRow("three parts") << QByteArray("GLIBC_2.3") << QByteArray("GLIBC_2.3.4") << QByteArray("GLIBC");
        QTest::newRow("old openssl") << QByteArray("OPENSSL_1_1_0") << QByteArray("OPENSSL_1_1_1") << QByteArray("OPENSSL");
        QTest::newRow("openssl") << QByteArray("OPENSSL_3.0.0") << QByteArray("OPENSSL_3.4.0") << QByteArray("OPENSSL");
        QTest::newRow("ncurses") << QByteArray("NCURSES6_TINFO_5.0.19991023") << QByteArray("NCURSES6_TINFO_5.9.20150530")
                                 << QByteArray("NCURSES6_TINFO");
    }
    void symbolVersions()
    {
        QFETCH(const QByteArray, older);
        QFETCH(const QByteArray, newer);
        QFETCH(const QByteArray, set);
        QCOMPARE(SymbolVersion::parse(older).set, set);
        QVERIFY(SymbolVersion::isNewer(newer, older));
        QVERIFY(!SymbolVersion::isNewer(older, newer));
    }
};

QTEST_GUILESS_MAIN(TestNeeds)
#include "tst_needs.moc"
