// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/elf.h"

#include "elfbytes.h"

#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>

using namespace Qt::StringLiterals;
using namespace handover;
using package::ElfFile;

/// Every program and library of this machine, read by us and by binutils' readelf.
class TestElf : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    // What readelf says of a file, as we would write it down.
    struct Told
    {
        QByteArrayList lines;
        bool isLinked = false;
    };
    static Told told(const ElfFile &elf)
    {
        Told told;
        told.isLinked = elf.isLinked;
        told.lines += "bits " + QByteArray::number(elf.system.bits) + (elf.system.bigEndian ? " big" : " little");
        if (!elf.interpreter.isEmpty())
            told.lines += "interpreter " + elf.interpreter;
        for (const QByteArray &name : elf.needed)
            told.lines += "needed " + name;
        if (!elf.soname.isEmpty())
            told.lines += "soname " + elf.soname;
        if (!elf.rpath.isEmpty())
            told.lines += "rpath " + elf.rpath;
        if (!elf.runpath.isEmpty())
            told.lines += "runpath " + elf.runpath;
        for (const ElfFile::Version &version : elf.versions)
            told.lines += "version " + version.library + ' ' + version.name + (version.weak ? " weak" : "");
        std::ranges::sort(told.lines);
        return told;
    }

    static QMap<QString, Told> readelf(const QStringList &files, const QStringList &options = {})
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::SeparateChannels);
        process.start(u"readelf"_s, QStringList{u"-hdlVW"_s} + options + files);
        if (!process.waitForFinished(120'000))
            return {};
        QMap<QString, Told> all;
        QString file = files.value(0);
        QByteArray library;
        bool inNeeds = false;
        static const QRegularExpression bracket(u"\\[(?:Requesting program interpreter: )?(.*)\\]"_s);
        static const QRegularExpression versionFile(u"Version: \\d+ +File: (.*?) +Cnt: "_s);
        static const QRegularExpression versionName(u"Name: (.*?) +Flags: (.*?) +Version: "_s);
        for (const QByteArray &bytes : process.readAllStandardOutput().split('\n')) {
            const QString line = QString::fromUtf8(bytes);
            const auto value = [&] { return bracket.match(line).captured(1).toUtf8(); };
            if (line.startsWith(u"File: "_s)) {
                file = line.sliced(6);
            } else if (line.startsWith(u"  Class:"_s)) {
                all[file].lines += line.endsWith(u"ELF64"_s) ? "bits 64" : "bits 32";
            } else if (line.startsWith(u"  Data:"_s)) {
                all[file].lines.last() += line.contains(u"big endian"_s) ? " big" : " little";
            } else if (line.startsWith(u"  Type:"_s)) {
                all[file].isLinked = line.contains(u" DYN "_s) || line.contains(u" EXEC "_s);
            } else if (line.contains(u"[Requesting program interpreter:"_s)) {
                all[file].lines += "interpreter " + value();
            } else if (line.contains(u"(NEEDED)"_s)) {
                all[file].lines += "needed " + value();
            } else if (line.contains(u"(SONAME)"_s)) {
                all[file].lines += "soname " + value();
            } else if (line.contains(u"(RPATH)"_s)) {
                all[file].lines += "rpath " + value();
            } else if (line.contains(u"(RUNPATH)"_s)) {
                all[file].lines += "runpath " + value();
            } else if (line.startsWith(u"Version "_s)) {
                inNeeds = line.startsWith(u"Version needs"_s);
            } else if (const auto found = versionFile.match(line); inNeeds && found.hasMatch()) {
                library = found.captured(1).toUtf8();
            } else if (const auto name = versionName.match(line); inNeeds && name.hasMatch()) {
                all[file].lines += "version " + library + ' ' + name.captured(1).toUtf8() +
                                   (name.captured(2).contains(u"WEAK"_s) ? " weak" : "");
            }
        }
        for (Told &told : all)
            std::ranges::sort(told.lines);
        return all;
    }

private slots:
    void asReadelf_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<int>("atLeast");
        QTest::newRow("programs") << u"/usr/bin"_s << 100;
        QTest::newRow("Erlang") << u"/usr/lib/erlang"_s << 20;
        QTest::newRow("small ones of 32 and 64 bits") << QStringLiteral(HANDOVER_TEST_DATA "/fuzz/elf") << 8;
        QTest::newRow("libraries") << u"/usr/lib/%1-linux-gnu"_s.arg(QSysInfo::currentCpuArchitecture()) << 50;
    }
    void asReadelf()
    {
        QFETCH(const QString, folder);
        QFETCH(const int, atLeast);
        QStringList files;
        QMap<QString, Told> ours;
        QDirIterator all(folder, QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            const QString path = all.next();
            QFile file(path);
            if (path.endsWith(u".bad"_s) || !file.open(QIODevice::ReadOnly) || !package::isElf(file.peek(4)))
                continue;
            const auto read = package::readElf(file.readAll());
            QVERIFY2(read, qPrintable(path + (read ? QString() : u": "_s + read.error().message)));
            files += path;
            ours.insert(path, told(*read));
        }
        QVERIFY2(files.size() >= atLeast, qPrintable(QString::number(files.size())));
        const auto theirs = readelf(files);
        for (const QString &path : std::as_const(files)) {
            QCOMPARE(ours[path].isLinked, theirs[path].isLinked);
            if (!ours[path].isLinked)
                continue;
            const QByteArray both = path.toUtf8() + "\nours:\n" + ours[path].lines.join('\n') + "\nreadelf:\n" +
                                    theirs[path].lines.join('\n');
            QVERIFY2(ours[path].lines == theirs[path].lines, both.constData());
        }
        qInfo("%lld files as readelf reads them", static_cast<long long>(files.size()));
    }

    void otherMachines_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("bigEndian");
        QTest::addColumn<int>("machine");
        QTest::addColumn<QString>("words");
        QTest::newRow("x86_64") << 64 << false << 62 << u"x86_64"_s;
        QTest::newRow("aarch64") << 64 << false << 183 << u"aarch64"_s;
        QTest::newRow("i386") << 32 << false << 3 << u"i686"_s;
        QTest::newRow("s390x") << 64 << true << 22 << u"s390x"_s;
        QTest::newRow("mips") << 32 << true << 8 << u"mips"_s;
        QTest::newRow("unknown") << 32 << true << 999 << u"machine number 999, 32 bits"_s;
    }
    void otherMachines()
    {
        QFETCH(const int, bits);
        QFETCH(const bool, bigEndian);
        QFETCH(const int, machine);
        QFETCH(const QString, words);
        const QString path = m_dir.filePath(u"library.so"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(elfbytes::library({.bits = bits,
                                      .bigEndian = bigEndian,
                                      .machine = machine,
                                      .needed = {"libc.so.6", "libfoo.so"},
                                      .soname = "libown.so.1",
                                      .runpath = "$ORIGIN/../lib:/opt/foo",
                                      .interpreter = "/lib/ld.so.1",
                                      .versions = {{"libc.so.6", {"GLIBC_2.17", "GLIBC_2.34"}}, {"libfoo.so", {"FOO_1"}}}}));
        file.close();
        auto read = package::readElf(contents(path));
        QVERIFY(read);
        QCOMPARE(read->system.words(), words);
        QCOMPARE(read->searchFolders(), (QByteArrayList{"$ORIGIN/../lib", "/opt/foo"}));
        QCOMPARE(read->versions, (QList<ElfFile::Version>{{"libc.so.6", "GLIBC_2.17"}, {"libc.so.6", "GLIBC_2.34"},
                                                          {"libfoo.so", "FOO_1"}}));
        // It has no sections, without which readelf says all but the versions.
        read->versions.clear();
        QCOMPARE(told(*read).lines, readelf({path}, {u"-D"_s}).value(path).lines);
    }

    void damaged_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray good = elfbytes::library({.needed = {"libc.so.6"}, .versions = {{"libc.so.6", {"GLIBC_2.34"}}}});
        QVERIFY(package::readElf(good));
        QByteArray manyHeaders = good;
        manyHeaders[56] = manyHeaders[57] = '\xff';
        QByteArray width = good;
        width[4] = 3;
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("only the magic") << good.first(4);
        QTest::newRow("header cut") << good.first(60);
        QTest::newRow("segments cut") << good.first(100);
        QTest::newRow("strings cut") << good.first(300);
        QTest::newRow("65535 segments") << manyHeaders;
        QTest::newRow("neither 32 nor 64 bits") << width;
    }
    void damaged()
    {
        QFETCH(const QByteArray, bytes);
        const auto read = package::readElf(bytes);
        QVERIFY(!read);
        QCOMPARE(read.error().code, u"package.elf"_s);
        QVERIFY(!read.error().message.isEmpty());
    }

    void anyBytesEnd()
    {
        const QByteArray seeds[] = {contents(QStandardPaths::findExecutable(u"readelf"_s)).first(20'000),
                                    elfbytes::library({.needed = {"libc.so.6"}, .versions = {{"libc.so.6", {"GLIBC_2.34"}}}}),
                                    elfbytes::library({.bits = 32, .bigEndian = true, .needed = {"a"}, .versions = {{"a", {"A_1"}}}})};
        std::mt19937 dice(1);
        int good = 0;
        for (int round = 0; round < 30'000; ++round) {
            QByteArray bytes = seeds[round % 3];
            for (quint32 hits = dice() % 4 + 1; hits > 0; --hits)
                bytes[static_cast<qsizetype>(dice() % qMin<quint32>(static_cast<quint32>(bytes.size()), 700))] = static_cast<char>(dice());
            good += package::readElf(bytes).has_value() ? 1 : 0;
        }
        QVERIFY2(good > 1000 && good < 29'000, qPrintable(QString::number(good)));
    }
};

QTEST_GUILESS_MAIN(TestElf)
#include "tst_elf.moc"
