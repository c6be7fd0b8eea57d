// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/tarball.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <random>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace handover;
using package::EntryType;

/// Tarballs written from a release directory of two versions, and read by other programs.
class TestPack : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_top;
    QString m_target;
    QString m_long = u"priv/"_s + u"folder/"_s.repeated(40) + u"l"_s.repeated(150) + u".txt"_s;
    QString m_foreign = u"priv/Grüße-Жук-中文-🎉.txt"_s;

    void put(const QString &name, const QByteArray &contents, bool executable = false)
    {
        const QString path = m_top + u'/' + name;
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(contents), contents.size());
        QVERIFY(file.setPermissions(QFile::Permissions(executable ? 0x7755 : 0x6644)));
    }
    void link(const QString &name, const QString &target)
    {
        QVERIFY(QFile::link(target, m_top + u'/' + name));
    }
    [[nodiscard]] package::PackRequest request() const { return {m_top, u"tiny"_s, u"1.1.0"_s, m_target}; }
    static QStringList paths(const package::Manifest &manifest)
    {
        QStringList list;
        for (const package::Entry &entry : manifest.entries)
            list.append(entry.path);
        return list;
    }
    static std::optional<package::Entry> entry(const package::Manifest &manifest, const QString &path)
    {
        for (const package::Entry &found : manifest.entries) {
            if (found.path == path)
                return found;
        }
        return std::nullopt;
    }
    static QByteArray run(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.start(program, arguments);
        if (!process.waitForFinished(60'000) || process.exitCode() != 0)
            qWarning() << program << process.errorString() << process.readAllStandardError();
        return process.readAllStandardOutput();
    }
    [[nodiscard]] QStringList besideTheTarget() const
    {
        return QDir(QFileInfo(m_target).path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_top = m_dir->filePath(u"rel/tiny"_s);
        QVERIFY(QDir().mkpath(m_dir->filePath(u"out"_s)));
        m_target = m_dir->filePath(u"out/tiny-1.1.0.tar.gz"_s);
        for (const QString &version : {u"1.0.0"_s, u"1.1.0"_s}) {
            const QByteArray rel =
                u"{release,{\"tiny\",\"%1\"},{erts,\"15.2\"},[{kernel,\"10.2\"},{tiny,\"%1\"}]}.\n"_s
                    .arg(version)
                    .toUtf8();
            put(u"releases/%1/tiny.rel"_s.arg(version), rel);
            put(u"releases/%1/start.boot"_s.arg(version), "boot");
            put(u"lib/tiny-%1/ebin/tiny.app"_s.arg(version), "{application,tiny,[]}.\n");
            put(u"lib/tiny-%1/ebin/tiny.appup"_s.arg(version), "{}.\n");
            put(u"bin/tiny-%1"_s.arg(version), "#!/bin/sh\n", true);
        }
        put(u"releases/1.1.0/relup"_s, "{\"1.1.0\",[{\"1.0.0\",[],[point_of_no_return]}],[]}.\n");
        put(u"releases/tiny.rel"_s, "{release,{\"tiny\",\"1.0.0\"},{erts,\"15.2\"},[]}.\n");
        put(u"releases/start_erl.data"_s, "15.2 1.1.0");
        put(u"releases/RELEASES"_s, "[].\n");
        put(u"lib/kernel-10.2/ebin/kernel.app"_s, "{application,kernel,[]}.\n");
        put(u"lib/kernel-10.2/include/file.hrl"_s, "-x.\n");
        put(u"lib/stdlib-6.2/ebin/stdlib.app"_s, "not of this release");
        put(u"lib/tiny-1.1.0/src/tiny.erl"_s, "-module(tiny).\n");
        put(u"lib/tiny-1.1.0/"_s + m_long, "long");
        put(u"lib/tiny-1.1.0/"_s + m_foreign, "foreign");
        put(u"lib/tiny-1.1.0/priv/run"_s, "#!/bin/sh\n", true);
        put(u"lib/tiny-1.1.0/priv/empty"_s, "");
        QVERIFY(QDir().mkpath(m_top + u"/lib/tiny-1.1.0/priv/log"_s));
        put(u"erts-15.2/bin/beam.smp"_s, QByteArray(300'000, 'e'), true);
        put(u"erts-15.1/bin/beam.smp"_s, "old");
        put(u"bin/tiny"_s, "#!/bin/sh\n", true);
        put(u"bin/tiny-admin"_s, "#!/bin/sh\n", true);
        put(u"tiny-1.0.0.tar.gz"_s, "older tarball");
        put(u"log/erlang.log"_s, "log");
    }

    void layoutOfRebar3()
    {
        QStringList log;
        const auto manifest =
            package::pack(request(), JobContext({}, {{}, [&log](const QString &line) { log.append(line); }}));
        QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().words() + manifest.error().detail));
        QStringList expected{u"lib/kernel-10.2/ebin/kernel.app"_s,
                             u"lib/tiny-1.1.0/ebin/tiny.app"_s,
                             u"lib/tiny-1.1.0/priv/empty"_s,
                             u"lib/tiny-1.1.0/priv/run"_s,
                             u"lib/tiny-1.1.0/priv/log"_s,
                             u"lib/tiny-1.1.0/"_s + m_long,
                             u"lib/tiny-1.1.0/"_s + m_foreign,
                             u"releases/tiny.rel"_s,
                             u"releases/1.1.0/tiny.rel"_s,
                             u"releases/1.1.0/start.boot"_s,
                             u"releases/1.1.0/relup"_s,
                             u"erts-15.2/bin/beam.smp"_s,
                             u"releases/start_erl.data"_s,
                             u"bin/tiny"_s,
                             u"bin/tiny-1.1.0"_s,
                             u"bin/tiny-admin"_s,
                             u"releases/RELEASES"_s};
        QStringList found = paths(*manifest);
        QCOMPARE(found.first(), u"lib/kernel-10.2/ebin/kernel.app"_s);
        QCOMPARE(found.last(), u"releases/RELEASES"_s);
        found.sort();
        expected.sort();
        QCOMPARE(found, expected);
        QCOMPARE(manifest->file, m_target);
        QCOMPARE(manifest->version, u"1.1.0"_s);
        QVERIFY(manifest->relup && manifest->hasErts);
        QCOMPARE(manifest->sha256, package::sha256Of(m_target, {}).value());
        QCOMPARE(entry(*manifest, u"bin/tiny"_s)->mode, 0755);
        QCOMPARE(entry(*manifest, u"releases/RELEASES"_s)->mode, 0644);
        QCOMPARE(entry(*manifest, u"lib/tiny-1.1.0/priv/log"_s)->type, EntryType::Directory);
        // The leftover of 1.0.0 is not what goes by that name.
        QVERIFY(run(u"tar"_s, {u"xzOf"_s, m_target, u"releases/tiny.rel"_s}).contains("\"1.1.0\""));
        QCOMPARE(log, QStringList{u"Not packed, because it is no part of a release: log"_s});
        QCOMPARE(besideTheTarget(), QStringList{u"tiny-1.1.0.tar.gz"_s});
    }

    void otherProgramsReadTheSame()
    {
        link(u"bin/alias"_s, u"tiny"_s);
        const auto manifest = package::pack(request(), {});
        QVERIFY(manifest);
        QStringList expected;
        QStringList verbose;
        for (const package::Entry &e : manifest->entries) {
            expected.append(e.path);
            QString mode = e.type == EntryType::Directory ? u"d"_s
                           : e.type == EntryType::Symlink ? u"l"_s
                                                          : u"-"_s;
            for (int bit = 8; bit >= 0; --bit)
                mode += (e.mode & (1 << bit)) ? u"xwr"_s.at(bit % 3) : u'-';
            verbose.append(u"%1 0/0 %2 %3%4"_s.arg(mode, QString::number(e.size), e.path,
                                                   e.type == EntryType::Directory ? u"/"_s
                                                   : e.type == EntryType::Symlink ? u" -> "_s + e.linkTarget
                                                                                  : QString()));
        }
        QString listing = QString::fromUtf8(
            run(u"tar"_s, {u"--numeric-owner"_s, u"--quoting-style=literal"_s, u"-tvzf"_s, m_target}));
        static const QRegularExpression sizeAndDate(u" +(\\d+) \\d+-\\d+-\\d+ \\d+:\\d+ "_s);
        listing.replace(sizeAndDate, u" \\1 "_s);
        QCOMPARE(listing.trimmed().split(u'\n'), verbose);

        const QByteArray names =
            run(u"erl"_s,
                {u"-noshell"_s, u"-noinput"_s, u"+pc"_s, u"unicode"_s, u"-eval"_s,
                 u"{ok,L}=erl_tar:table(\"%1\",[compressed]),[io:put_chars([N,$\\n])||N<-L],halt()."_s.arg(
                     m_target)});
        QCOMPARE(QString::fromUtf8(names).trimmed().replace(u"/\n"_s, u"\n"_s).split(u'\n'), expected);

        // release_handler:unpack_release/1 unpacks so.
        const QString out = m_dir->filePath(u"unpacked"_s);
        QVERIFY(QDir().mkpath(out));
        run(u"erl"_s, {u"-noshell"_s, u"-noinput"_s, u"-eval"_s,
                       u"ok=erl_tar:extract(\"%1\",[keep_old_files,compressed,{cwd,\"%2\"}]),halt()."_s.arg(
                           m_target, out)});
        for (const package::Entry &e : manifest->entries) {
            const QFileInfo info(out + u'/' + e.path);
            QVERIFY2(info.exists(), qPrintable(e.path));
            QCOMPARE(info.isExecutable(), e.type != EntryType::File || (e.mode & 0100) != 0);
            if (e.type == EntryType::File) {
                QFile left(out + u'/' + e.path);
                QFile right(m_top + u'/' +
                            (e.path == u"releases/tiny.rel"_s ? u"releases/1.1.0/tiny.rel"_s : e.path));
                QVERIFY(left.open(QIODevice::ReadOnly) && right.open(QIODevice::ReadOnly));
                QCOMPARE(left.readAll(), right.readAll());
            }
        }
    }

    void links_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("stored"); // link target, or "file", or "folder"
        const QString app = u"lib/tiny-1.1.0/"_s;
        QTest::newRow("to a neighbour") << u"bin/l"_s << u"tiny"_s << u"tiny"_s;
        QTest::newRow("up and down") << app + u"priv/l"_s << u"../ebin/tiny.app"_s << u"../ebin/tiny.app"_s;
        QTest::newRow("to a folder") << app + u"priv/l"_s << u"../ebin"_s << u"../ebin"_s;
        QTest::newRow("to a file not packed") << app + u"priv/l"_s << u"../src/tiny.erl"_s << u"file"_s;
        QTest::newRow("to an old script") << u"bin/l"_s << u"tiny-1.0.0"_s << u"file"_s;
        QTest::newRow("out") << app + u"priv/l"_s << u"../../../../outside.txt"_s << u"file"_s;
        QTest::newRow("out to a folder") << app + u"priv/l"_s << u"../../../../outside"_s << u"folder"_s;
        QTest::newRow("absolute, out") << u"bin/l"_s << u"ABSOLUTE/../outside.txt"_s << u"file"_s;
        QTest::newRow("absolute, inside") << u"bin/l"_s << u"ABSOLUTE/bin/tiny"_s << u"file"_s;
        QTest::newRow("a way back behind a name") << u"bin/l"_s << u"../lib/../bin/tiny"_s << u"file"_s;
    }
    void links()
    {
        QFETCH(QString, name);
        QFETCH(QString, target);
        QFETCH(QString, stored);
        put(u"../outside.txt"_s, "outside");
        put(u"../outside/inner.txt"_s, "inner");
        link(name, target.replace(u"ABSOLUTE"_s, m_top));
        const auto manifest = package::pack(request(), {});
        QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().words() + manifest.error().detail));
        if (stored == u"folder"_s) {
            QCOMPARE(entry(*manifest, name + u"/inner.txt"_s)->size, 5);
            return;
        }
        const auto found = entry(*manifest, name);
        QVERIFY(found);
        QCOMPARE(found->type, stored == u"file"_s ? EntryType::File : EntryType::Symlink);
        QCOMPARE(found->linkTarget, stored == u"file"_s ? QString() : stored);
        if (stored == u"file"_s)
            QCOMPARE(found->size, QFileInfo(m_top + u'/' + name).size());
    }

    void applicationsThatAreLinks() // {dev_mode, true}
    {
        QVERIFY(QDir(m_top).rename(u"lib/tiny-1.1.0"_s, u"../../tiny"_s));
        link(u"lib/tiny-1.1.0"_s, u"../../../tiny"_s);
        const auto manifest = package::pack(request(), {});
        QVERIFY(manifest);
        QCOMPARE(entry(*manifest, u"lib/tiny-1.1.0/ebin/tiny.app"_s)->type, EntryType::File);
        QVERIFY(!entry(*manifest, u"lib/tiny-1.1.0/src/tiny.erl"_s));
    }

    void failures_data()
    {
        QTest::addColumn<QString>("remove");
        QTest::addColumn<QString>("code");
        QTest::newRow("application") << u"lib/tiny-1.1.0"_s << u"package.incomplete"_s;
        QTest::newRow("application file") << u"lib/kernel-10.2/ebin/kernel.app"_s << u"package.incomplete"_s;
        QTest::newRow("rel file") << u"releases/1.1.0/tiny.rel"_s << u"package.incomplete"_s;
        QTest::newRow("target folder") << u"../../out"_s << u"package.write"_s;
        QTest::newRow("everything") << u"."_s << u"package.incomplete"_s;
    }
    void failures()
    {
        QFETCH(QString, remove);
        QFETCH(QString, code);
        run(u"rm"_s,
            {u"-rf"_s, m_top + u"/../tiny/"_s + remove + (remove == u"."_s ? u"/releases"_s : QString())});
        const auto manifest = package::pack(request(), {});
        QVERIFY(!manifest);
        QCOMPARE(manifest.error().code, code);
        QVERIFY(!manifest.error().hint.isEmpty());
        QVERIFY(besideTheTarget().isEmpty());
    }

    void wrongState()
    {
        link(u"bin/dangling"_s, u"nowhere"_s);
        QCOMPARE(package::pack(request(), {}).error().code, u"package.incomplete"_s);
        QVERIFY(QFile::remove(m_top + u"/bin/dangling"_s));
        link(u"bin/circle"_s, m_top + u"/bin"_s);
        QCOMPARE(package::pack(request(), {}).error().code, u"package.incomplete"_s);
        QVERIFY(QFile::remove(m_top + u"/bin/circle"_s));
        run(u"mkfifo"_s, {m_top + u"/bin/pipe"_s});
        QCOMPARE(package::pack(request(), {}).error().code, u"package.incomplete"_s);
        QVERIFY(QFile::remove(m_top + u"/bin/pipe"_s));
        put(u"releases/start_erl.data"_s, "15.2 1.0.0");
        QCOMPARE(package::pack(request(), {}).error().code, u"package.incomplete"_s);
        put(u"releases/start_erl.data"_s, "15.2 1.1.0");
        package::PackRequest other = request();
        other.version = u"../1.1.0"_s;
        QCOMPARE(package::pack(other, {}).error().code, u"package.incomplete"_s);
        put(u"releases/1.1.0/relup"_s, "{\"1.1.0\",[{");
        QCOMPARE(package::pack(request(), {}).error().code, u"package.damaged"_s);
        QVERIFY(besideTheTarget().isEmpty());
    }

    void replacesWholeOrNotAtAll()
    {
        QFile old(m_target);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("what was there before");
        old.close();
        const auto untouched = [this] {
            QFile file(m_target);
            return file.open(QIODevice::ReadOnly) && file.readAll() == "what was there before" &&
                   besideTheTarget().size() == 1;
        };
        QByteArray noise(4 << 20, Qt::Uninitialized);
        std::minstd_rand random(1);
        for (char &byte : noise)
            byte = static_cast<char>(random() >> 8);
        put(u"erts-15.2/bin/beam.smp"_s, noise, true);

        // A limit on the size of files stands for a full disk.
        struct rlimit before = {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        std::signal(SIGXFSZ, SIG_IGN);
        for (const rlim_t limit : {rlim_t{0}, rlim_t{1000}, rlim_t{1} << 20, (rlim_t{4} << 20) + 1000}) {
            struct rlimit small = {limit, before.rlim_max};
            QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
            const auto full = package::pack(request(), {});
            QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
            QVERIFY(!full);
            QCOMPARE(full.error().code, u"package.write"_s);
            if (limit < rlim_t{4} << 20) // else only the end is missing, which no library has words for
                QVERIFY2(full.error().detail.startsWith(u"Could not write"_s),
                         qPrintable(full.error().detail));
            QVERIFY(untouched());
        }

        for (int steps = 1; steps < 30; steps += 4) {
            std::stop_source stop;
            int calls = 0;
            const JobContext context(stop.get_token(), {[&](const Progress &) {
                                                            if (++calls == steps)
                                                                stop.request_stop();
                                                        },
                                                        {}});
            const auto cancelled = package::pack(request(), context);
            QVERIFY(!cancelled);
            QVERIFY(cancelled.error().isCancelled());
            QVERIFY(untouched());
        }

        QVERIFY(package::pack(request(), {}));
        QVERIFY(!untouched());
        QCOMPARE(besideTheTarget().size(), 1);

        QVERIFY(QFile::remove(m_target));
        QVERIFY(QDir().mkpath(m_target + u"/in the way"_s));
        QCOMPARE(package::pack(request(), {}).error().code, u"package.write"_s);
        QCOMPARE(besideTheTarget().size(), 1);
    }

    void progressCountsContents()
    {
        QList<Progress> seen;
        const auto manifest =
            package::pack(request(), JobContext({}, {[&seen](const Progress &p) { seen.append(p); }, {}}));
        QVERIFY(manifest);
        const auto packed = std::find_if(seen.crbegin(), seen.crend(),
                                         [](const Progress &p) { return p.what.startsWith(u"Packing"_s); });
        QVERIFY(packed != seen.crend());
        QCOMPARE(packed->done, manifest->unpackedSize);
        QCOMPARE(packed->total, manifest->unpackedSize);
    }

    void sameInputSameEntries()
    {
        const auto first = package::pack(request(), {});
        const auto second = package::pack(request(), {});
        QVERIFY(first && second);
        QCOMPARE(paths(*first), paths(*second));
    }
};

QTEST_GUILESS_MAIN(TestPack)
#include "tst_pack.moc"
