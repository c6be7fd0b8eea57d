// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/tarball.h"

#include "tarbytes.h"

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <clocale>
#include <random>

using namespace Qt::StringLiterals;
using namespace handover;
using tarbytes::gzip;
using tarbytes::Item;
using tarbytes::release;
using tarbytes::tar;

/// Tarballs that are made byte by byte and wrong in every way that was thought of.
class TestInspect : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;

    QString write(const QByteArray &bytes)
    {
        const QString path = m_dir.filePath(u"x.tar.gz"_s);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("no disk");
        return path;
    }
    Result<package::Manifest> inspectBytes(const QByteArray &bytes, const package::Limits &limits = {})
    {
        return package::inspect(write(bytes), {}, limits);
    }
    static QByteArray withRelease(const Item &extra) { return gzip(tar(release() + QList<Item>{extra})); }
    static QByteArray replaced(QByteArray bytes, qsizetype at)
    {
        bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
        return bytes;
    }

private slots:
    void readsARelease()
    {
        const QByteArray relup = "%% coding: utf-8\n{\"1.1.0\",[{\"1.0.0\",[],[point_of_no_return]}],"
                                 "[{\"1.0.0\",[],[point_of_no_return]}]}.\n";
        QList<Item> items = release();
        items += {{.name = "./releases/1.1.0/relup", .contents = relup},
                  {.name = "erts-15.2.7/bin/beam.smp", .contents = "elf", .mode = 0755},
                  {.name = "lib/tiny-1.1.0/priv/", .type = '5', .mode = 0755},
                  {.name = "lib/tiny-1.1.0/priv/so", .type = '2', .link = "../ebin/tiny.beam"},
                  {.name = "lib/tiny-1.1.0/priv/hard", .type = '1', .link = "lib/tiny-1.1.0/ebin/tiny.app"}};
        const QByteArray bytes = gzip(tar(items));
        const auto manifest = inspectBytes(bytes);
        QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().words()));
        QCOMPARE(manifest->name, u"tiny"_s);
        QCOMPARE(manifest->version, u"1.1.0"_s);
        QCOMPARE(manifest->erts, u"15.2.7"_s);
        QCOMPARE(manifest->apps, (QMap<QString, QString>{{u"kernel"_s, u"10.2"_s}, {u"tiny"_s, u"1.1.0"_s}}));
        QVERIFY(manifest->hasErts);
        QVERIFY(manifest->relup);
        QCOMPARE(manifest->relup->up.size(), 1);
        QCOMPARE(manifest->relup->text, relup);
        QCOMPARE(manifest->size, bytes.size());
        QCOMPARE(manifest->sha256, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
        QCOMPARE(package::sha256Of(manifest->file, {}).value(), manifest->sha256);
        QCOMPARE(manifest->entries.size(), items.size());
        qint64 sum = 0;
        for (const Item &item : items)
            sum += item.contents.size();
        QCOMPARE(manifest->unpackedSize, sum);
        QCOMPARE(manifest->entries.at(6).path, u"releases/1.1.0/relup"_s);
        QCOMPARE(manifest->entries.at(7).mode, 0755);
        QCOMPARE(manifest->entries.at(8).path, u"lib/tiny-1.1.0/priv"_s);
        QCOMPARE(manifest->entries.at(8).type, package::EntryType::Directory);
        QCOMPARE(manifest->entries.at(9).type, package::EntryType::Symlink);
        QCOMPARE(manifest->entries.at(9).linkTarget, u"../ebin/tiny.beam"_s);
        QCOMPARE(manifest->entries.at(10).type, package::EntryType::Hardlink);
        QCOMPARE(manifest->entries.at(10).linkTarget, u"lib/tiny-1.1.0/ebin/tiny.app"_s);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("code");
        const QByteArray good = tar(release());
        const auto row = [](const char *name, const QByteArray &bytes, const char *code) {
            QTest::newRow(name) << bytes << QString::fromLatin1(code);
        };
        row("empty file", {}, "package.truncated");
        row("one byte", "\x1f", "package.truncated");
        row("plain text", "this is not a tarball, whatever its name says\n", "package.not-a-tarball");
        row("tar without gzip", good, "package.not-a-tarball");
        row("xz",
            QByteArray("\xfd"
                       "7zXZ\0rest",
                       10),
            "package.not-a-tarball");
        row("gzip of text", gzip("hello, this is no tar archive\n"), "package.not-a-tarball");
        row("gzip of nothing", gzip(""), "package.not-a-tarball");
        row("gzip of random bytes",
            gzip(QCryptographicHash::hash("a", QCryptographicHash::Sha512).repeated(40)),
            "package.not-a-tarball");
        row("wrong crc", gzip(good, 1), "package.damaged");
        row("wrong length", gzip(good, 0, 1), "package.damaged");
        row("second member damaged", gzip(good.first(4096)) + gzip(good.sliced(4096), 1), "package.damaged");
        row("second member cut", gzip(good.first(4096)) + gzip(good.sliced(4096)).chopped(3),
            "package.truncated");
        row("garbage behind", gzip(good) + "garbage", "package.damaged");
        row("zeros behind", gzip(good) + QByteArray(512, '\0'), "package.damaged");
        row("tar without end mark", gzip(tar(release(), 0)), "package.truncated");
        row("tar cut in a file", gzip(good.first(2500)), "package.truncated");
        row("tar cut in a header", gzip(good.first(1024 + 200)), "package.truncated");
        row("second tar behind", gzip(good + good), "package.damaged");
        row("wrong tar check sum", gzip(replaced(good, 512 + 512 + 20)), "package.damaged");

        row("up", withRelease({.name = "../evil"}), "package.unsafe");
        row("up inside", withRelease({.name = "lib/../../evil"}), "package.unsafe");
        row("absolute", withRelease({.name = "/etc/passwd"}), "package.unsafe");
        row("no name", withRelease({.name = ""}), "package.unsafe");
        row("link up", withRelease({.name = "bin/l", .type = '2', .link = "../../etc"}), "package.unsafe");
        row("absolute link", withRelease({.name = "bin/l", .type = '2', .link = "/etc/passwd"}),
            "package.unsafe");
        row("link with .. behind a name", withRelease({.name = "bin/l", .type = '2', .link = "x/../../lib"}),
            "package.unsafe");
        row("empty link", withRelease({.name = "bin/l", .type = '2'}), "package.unsafe");
        row("through a link",
            gzip(tar(release() + QList<Item>{{.name = "lnk", .type = '2', .link = "bin"},
                                             {.name = "lnk/file", .contents = "x"}})),
            "package.unsafe");
        row("link in place of a folder", withRelease({.name = "bin", .type = '2', .link = "lib"}),
            "package.unsafe");
        row("hard link out", withRelease({.name = "bin/h", .type = '1', .link = "/etc/shadow"}),
            "package.unsafe");
        row("hard link up", withRelease({.name = "bin/h", .type = '1', .link = "../x"}), "package.unsafe");
        row("hard link to nothing", withRelease({.name = "bin/h", .type = '1', .link = "bin/none"}),
            "package.unsafe");
        row("character device", withRelease({.name = "bin/null", .type = '3'}), "package.unsafe");
        row("block device", withRelease({.name = "bin/sda", .type = '4'}), "package.unsafe");
        row("pipe", withRelease({.name = "bin/pipe", .type = '6'}), "package.unsafe");
        row("chain of links out",
            gzip(tar(release() + QList<Item>{{.name = "lib/a", .type = '2', .link = ".."},
                                             {.name = "lib/b", .type = '2', .link = "a/../.."}})),
            "package.unsafe");
        row("link to itself, then a file through it",
            gzip(tar(release() + QList<Item>{{.name = "loop", .type = '2', .link = "loop"},
                                             {.name = "loop/x", .contents = "x"}})),
            "package.unsafe");
        row("hard link to a link",
            gzip(tar(release() + QList<Item>{{.name = "bin/l", .type = '2', .link = "tiny"},
                                             {.name = "bin/h", .type = '1', .link = "bin/l"}})),
            "package.unsafe");
        row("hard link to a device",
            gzip(tar(release() + QList<Item>{{.name = "bin/d", .type = '3'},
                                             {.name = "bin/h", .type = '1', .link = "bin/d"}})),
            "package.unsafe");
        row("hard link to itself", withRelease({.name = "bin/h", .type = '1', .link = "bin/h"}), "package.unsafe");
        row("set-user-id", withRelease({.name = "bin/root", .contents = "#!/bin/sh\n", .mode = 04755}), "package.unsafe");
        row("set-group-id", withRelease({.name = "bin/group", .contents = "#!/bin/sh\n", .mode = 02755}),
            "package.unsafe");
        row("escapes in a name", withRelease({.name = "bin/\x1b[2J"}), "package.unsafe");
        row("name turned around", withRelease({.name = "bin/\xe2\x80\xae" "gpj.exe"}), "package.unsafe");
        row("escapes in a link", withRelease({.name = "bin/l", .type = '2', .link = "\x1b[2J"}), "package.unsafe");
        row("pax path up",
            gzip(tar(release() + QList<Item>{{.name = "PaxHeaders/x", .contents = "16 path=../evil\n", .type = 'x'},
                                             {.name = "bin/harmless"}})),
            "package.unsafe");
        row("pax link out",
            gzip(tar(release() + QList<Item>{{.name = "PaxHeaders/x", .contents = "19 linkpath=/etc/x\n", .type = 'x'},
                                             {.name = "bin/l", .type = '2', .link = "tiny"}})),
            "package.unsafe");
        row("pax size",
            gzip(tar(release() + QList<Item>{{.name = "PaxHeaders/x", .contents = "28 size=9223372036854775807\n", .type = 'x'},
                                             {.name = "bin/big"}})),
            "package.damaged");
        row("sparse, of 1 TiB",
            gzip(tar(release() + QList<Item>{{.name = "PaxHeaders/x",
                                              .contents = "22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n"
                                                          "30 GNU.sparse.name=bin/sparse\n"
                                                          "37 GNU.sparse.realsize=1099511627776\n",
                                              .type = 'x'},
                                             {.name = "bin/GNUSparseFile/sparse",
                                              .contents = QByteArray("1\n1099511627776\n0\n").leftJustified(512, '\0')}})),
            "package.too-large");
        row("file twice", withRelease({.name = "./bin//tiny", .contents = "other"}), "package.unsafe");
        row("file in a file", withRelease({.name = "bin/tiny/x"}), "package.unsafe");
        row("deep",
            gzip(tar(release() + QList<Item>{{.name = "././@LongLink",
                                              .contents = QByteArray("d/").repeated(90) + "f",
                                              .type = 'L'},
                                             {.name = "short"}})),
            "package.too-large");
        row("more than there is", withRelease({.name = "bin/big", .size = qint64{1} << 32}),
            "package.truncated");
        row("8 GiB", withRelease({.name = "bin/big", .size = (qint64{1} << 33) - 1}), "package.too-large");

        row("empty tar", gzip(QByteArray(10240, '\0')), "package.not-a-release");
        row("no rel file", gzip(tar({{.name = "README", .contents = "hello"}})), "package.not-a-release");
        row("two releases", gzip(tar(release("1.0.0") + release("1.1.0").mid(3, 1))),
            "package.not-a-release");
        row("two names", gzip(tar(release() + release("1.1.0", "other").mid(3, 1))), "package.not-a-release");
        row("rel in another folder",
            withRelease(
                {.name = "releases/9.9/tiny.rel", .contents = "{release,{\"tiny\",\"8\"},{erts,\"1\"},[]}."}),
            "package.not-a-release");
        const auto only = [](const QByteArray &rel) {
            return gzip(tar({{.name = "releases/1/tiny.rel", .contents = rel}}));
        };
        row("rel is no term", only("{release,"), "package.not-a-release");
        row("rel is another term", only("hello."), "package.not-a-release");
        row("rel name is a path", only("{release,{\"../x\",\"1\"},{erts,\"1\"},[]}."),
            "package.not-a-release");
        row("rel version has a line end", only("{release,{\"x\",\"1\\n\"},{erts,\"1\"},[]}."),
            "package.not-a-release");
        row("rel app without version", only("{release,{\"x\",\"1\"},{erts,\"1\"},[{a,b}]}."),
            "package.not-a-release");
        row("relup is no term", withRelease({.name = "releases/1.1.0/relup", .contents = "{\"1.1.0\",["}),
            "package.damaged");
        row("rel too large",
            withRelease({.name = "releases/1.1.0/big.rel", .contents = QByteArray(5 << 20, ' ')}),
            "package.too-large");
    }
    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, code);
        const auto manifest = inspectBytes(bytes);
        QVERIFY(!manifest);
        QCOMPARE(manifest.error().code, code);
        QVERIFY(!manifest.error().message.isEmpty() && !manifest.error().hint.isEmpty());
    }

    void accepts_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray good = tar(release());
        QTest::newRow("two members") << gzip(good.first(1000)) + gzip(good.sliced(1000));
        QTest::newRow("empty member in between")
            << gzip(good.first(1000)) + gzip("") + gzip(good.sliced(1000));
        QTest::newRow("one end block") << gzip(tar(release(), 1));
        QTest::newRow("blocks of 10 KiB") << gzip(tar(release(), 20));
        QTest::newRow("megabytes of zeros behind") << gzip(tar(release(), 9000));
        QTest::newRow("folder twice") << gzip(
            tar(QList<Item>{{.name = "bin/", .type = '5'}, {.name = "bin", .type = '5'}} + release()));
        QTest::newRow("top folder") << gzip(tar(QList<Item>{{.name = "./", .type = '5'}} + release()));
        QTest::newRow("older .rel above") << gzip(tar(release("1.0.0").mid(2, 1) + release().mid(3)));
        QTest::newRow("start_clean.rel beside")
            << withRelease({.name = "releases/1.1.0/start_clean.rel",
                            .contents = "{release,{\"start_clean\",\"9\"},{erts,\"1\"},[]}."});
        QTest::newRow("systools: only above") << gzip(tar(release().first(3)));
        QTest::newRow("last is a folder") << withRelease({.name = "log/", .type = '5'});
    }
    void accepts()
    {
        QFETCH(QByteArray, bytes);
        const auto manifest = inspectBytes(bytes);
        QVERIFY2(manifest,
                 manifest ? "" : qPrintable(manifest.error().code + u' ' + manifest.error().words()));
        QCOMPARE(manifest->name, u"tiny"_s);
        QCOMPARE(manifest->version, u"1.1.0"_s);
    }

    void everyTruncationIsSeen()
    {
        const QByteArray bytes = gzip(tar(release()));
        for (qsizetype size = 0; size < bytes.size(); ++size) {
            const auto manifest = inspectBytes(bytes.first(size));
            QVERIFY2(!manifest, qPrintable(QString::number(size)));
            QCOMPARE(manifest.error().code, u"package.truncated"_s);
        }
    }

    void flippedBitsAreSeenOrHarmless()
    {
        QList<Item> items = release();
        std::minstd_rand random(7);
        for (char &byte : items[1].contents)
            byte = static_cast<char>(random() >> 8);
        const QByteArray bytes = gzip(tar(items));
        const auto good = inspectBytes(bytes);
        QVERIFY(good);
        int harmless = 0;
        for (qsizetype at = 0; at < bytes.size(); at += at < 64 || at > bytes.size() - 64 ? 1 : 5) {
            QByteArray flipped = bytes;
            flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
            const auto manifest = inspectBytes(flipped);
            if (!manifest) {
                const QString code = manifest.error().code;
                // A damaged file may say that more is to come, or that it is no gzip at all.
                QVERIFY2(code == u"package.damaged"_s || code == u"package.truncated"_s ||
                             (at < 3 && code == u"package.not-a-tarball"_s),
                         qPrintable(u"%1 at %2"_s.arg(code).arg(at)));
                continue;
            }
            // gzip's time stamp and the bits that fill up a byte are under no check sum, and no part
            // of the contents.
            QProcess program;
            program.start(u"gzip"_s, {u"-dc"_s, manifest->file});
            QVERIFY(program.waitForFinished() && program.exitCode() == 0);
            QCOMPARE(program.readAllStandardOutput(), tar(items));
            ++harmless;
            QVERIFY(manifest->sha256 != good->sha256);
        }
        QVERIFY2(harmless < 20, qPrintable(QString::number(harmless)));
    }

    void bombs_data()
    {
        QTest::addColumn<qint64>("unpacked");
        QTest::addColumn<qint64>("ratioFrom");
        QTest::newRow("absolute") << qint64{16 << 20} << qint64{1 << 30};
        QTest::newRow("ratio") << qint64{1 << 30} << qint64{16 << 20};
    }
    void bombs()
    {
        QFETCH(qint64, unpacked);
        QFETCH(qint64, ratioFrom);
        const QByteArray bytes =
            gzip(tar(release() + QList<Item>{{.name = "bin/zeros", .contents = QByteArray(40 << 20, '\0')}}));
        QVERIFY(inspectBytes(bytes)); // within the ordinary limits
        package::Limits limits;
        limits.unpackedBytes = unpacked;
        limits.ratioFrom = ratioFrom;
        const auto manifest = inspectBytes(bytes, limits);
        QVERIFY(!manifest);
        QCOMPARE(manifest.error().code, u"package.too-large"_s);
    }

    void limitsOnEntries()
    {
        QList<Item> items = release();
        for (int i = 0; i < 300; ++i)
            items.append({.name = "lib/x/" + QByteArray::number(i)});
        package::Limits limits;
        QVERIFY(inspectBytes(gzip(tar(items)), limits));
        limits.entries = 200;
        QCOMPARE(inspectBytes(gzip(tar(items)), limits).error().code, u"package.too-large"_s);
        limits = {};
        limits.nameCharacters = 1000;
        QCOMPARE(inspectBytes(gzip(tar(items)), limits).error().code, u"package.too-large"_s);
    }

    void unreadable()
    {
        for (const QString &path : {m_dir.filePath(u"none.tar.gz"_s), m_dir.path(), u"/dev/zero"_s}) {
            const auto manifest = package::inspect(path, {});
            QVERIFY(!manifest);
            QCOMPARE(manifest.error().code, u"package.unreadable"_s);
            QCOMPARE(package::sha256Of(path, {}).error().code, u"package.unreadable"_s);
        }
    }

    void progressAndCancel()
    {
        QByteArray noise(3 << 20, Qt::Uninitialized);
        std::minstd_rand random(1);
        for (char &byte : noise)
            byte = static_cast<char>(random() >> 8);
        const QString path = write(withRelease({.name = "bin/noise", .contents = noise}));
        QList<Progress> seen;
        std::stop_source stop;
        const JobContext counting({}, {[&seen](const Progress &progress) { seen.append(progress); }, {}});
        QVERIFY(package::inspect(path, counting));
        QVERIFY(seen.size() > 5);
        for (qsizetype i = 1; i < seen.size(); ++i)
            QVERIFY(seen.at(i).done >= seen.at(i - 1).done && seen.at(i).bytes);
        QCOMPARE(seen.last().done, QFile(path).size());
        QCOMPARE(seen.last().total, QFile(path).size());

        int calls = 0;
        const JobContext stopping(stop.get_token(), {[&](const Progress &) {
                                                         if (++calls == 3)
                                                             stop.request_stop();
                                                     },
                                                     {}});
        const auto manifest = package::inspect(path, stopping);
        QVERIFY(!manifest);
        QVERIFY(manifest.error().isCancelled());
        QCOMPARE(calls, 3);
        QVERIFY(package::sha256Of(path, stopping).error().isCancelled());
    }

    void namesInAnyLocale()
    {
        const QByteArray pax = "28 path=bin/\xc3\xbc\xd0\x96\xe4\xb8\xad\xf0\x9f\x8e\x89.txt\n";
        const QByteArray bytes =
            gzip(tar(release() + QList<Item>{{.name = "PaxHeaders/x", .contents = pax, .type = 'x'},
                                             {.name = "bin/short", .contents = "1"},
                                             {.name = "bin/gr\xfc"
                                                      "n",
                                              .contents = "2"},
                                             {.name = "bin/bl\xc3\xb6"
                                                      "d",
                                              .contents = "3"}}));
        for (const char *locale : {"C.UTF-8", "C"}) { // Qt has set the first one
            setlocale(LC_ALL, locale);
            const auto manifest = inspectBytes(bytes);
            setlocale(LC_ALL, "C.UTF-8");
            QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().code + manifest.error().detail));
            QCOMPARE(manifest->entries.at(6).path, u"bin/üЖ中🎉.txt"_s);
            QCOMPARE(manifest->entries.at(7).path, u"bin/grün"_s); // Latin-1
            QCOMPARE(manifest->entries.at(8).path, u"bin/blöd"_s);
        }
    }
};

QTEST_GUILESS_MAIN(TestInspect)
#include "tst_inspect.moc"
