// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/tarball.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;

/// Tarballs that other programs write: Erlang's own erl_tar, and GNU tar in each of its formats.
class TestForeignTarballs : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    QString m_release;
    QStringList m_names;

    void put(const QString &name, const QByteArray &contents)
    {
        QVERIFY(QDir().mkpath(QFileInfo(m_release + u'/' + name).path()));
        QFile file(m_release + u'/' + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(contents), contents.size());
        m_names.append(name);
    }
    void run(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.setWorkingDirectory(m_release);
        process.start(program, arguments);
        QVERIFY2(process.waitForFinished(60'000), qPrintable(process.errorString()));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    }
    void checkContents(const QString &tarball, const QStringList &names)
    {
        const auto manifest = package::inspect(tarball, {});
        QVERIFY2(manifest, manifest ? "" : qPrintable(manifest.error().words() + manifest.error().detail));
        QStringList found;
        for (const package::Entry &entry : manifest->entries) {
            if (entry.type == package::EntryType::Directory)
                continue;
            found.append(entry.path);
            QCOMPARE(entry.size, QFileInfo(m_release + u'/' + entry.path).size());
        }
        found.sort();
        QCOMPARE(found, names);
        QCOMPARE(manifest->version, u"1.0.0"_s);
    }

private slots:
    void initTestCase()
    {
        m_release = m_dir.filePath(u"rel"_s);
        put(u"releases/1.0.0/tiny.rel"_s,
            "{release,{\"tiny\",\"1.0.0\"},{erts,\"15.2\"},[{kernel,\"10.2\"}]}.\n");
        put(u"lib/tiny-1.0.0/ebin/tiny.app"_s, "{application,tiny,[]}.\n");
        put(u"lib/tiny-1.0.0/priv/"_s + u"p"_s.repeated(120) + u".txt"_s, "long name");
        put(u"lib/tiny-1.0.0/priv/"_s + u"deep/and/wide/"_s.repeated(20) + u"file"_s, "long path");
        put(u"lib/tiny-1.0.0/priv/Grüße-Жук-中文-🎉.txt"_s, "other letters");
        put(u"lib/tiny-1.0.0/priv/"_s + u"ü"_s.repeated(90) + u".txt"_s, "both");
        put(u"bin/tiny"_s, QByteArray(100'000, 'x'));
        m_names.sort();
    }

    void erlTar()
    {
        const QString tarball = m_dir.filePath(u"erl.tar.gz"_s);
        QStringList names;
        for (const QString &name : std::as_const(m_names))
            names.append(u'"' + name + u'"');
        const QString program = m_dir.filePath(u"make.escript"_s);
        QFile file(program);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            u"#!/usr/bin/env escript\n%% coding: utf-8\nmain([File]) ->\n ok = erl_tar:create(File, [%1], [compressed]).\n"_s
                .arg(names.join(u", "_s))
                .toUtf8());
        file.close();
        run(u"escript"_s, {program, tarball});
        checkContents(tarball, m_names);
    }

    void gnuTar_data()
    {
        QTest::addColumn<QString>("format");
        for (const char *format : {"gnu", "pax", "oldgnu"})
            QTest::newRow(format) << QString::fromLatin1(format);
    }
    void gnuTar()
    {
        QFETCH(QString, format);
        const QString tarball = m_dir.filePath(u"gnu.tar.gz"_s);
        run(u"tar"_s, {u"czf"_s, tarball, u"--format"_s, format, u"."_s});
        checkContents(tarball, m_names);
    }

    void gnuTarWithLinks()
    {
        const QString tarball = m_dir.filePath(u"links.tar.gz"_s);
        run(u"ln"_s, {u"-f"_s, u"bin/tiny"_s, u"bin/tiny-1.0.0"_s});
        run(u"ln"_s, {u"-sf"_s, u"tiny"_s, u"bin/link"_s});
        run(u"tar"_s, {u"czf"_s, tarball, u"bin/tiny"_s, u"bin/tiny-1.0.0"_s, u"bin/link"_s, u"releases"_s});
        run(u"rm"_s, {u"bin/tiny-1.0.0"_s, u"bin/link"_s});
        const auto manifest = package::inspect(tarball, {});
        QVERIFY(manifest);
        QCOMPARE(manifest->entries.at(1).type, package::EntryType::Hardlink);
        QCOMPARE(manifest->entries.at(1).linkTarget, u"bin/tiny"_s);
        QCOMPARE(manifest->entries.at(2).type, package::EntryType::Symlink);
        QCOMPARE(manifest->entries.at(2).linkTarget, u"tiny"_s);
        QCOMPARE(manifest->unpackedSize,
                 100'000 + QFileInfo(m_release + u"/releases/1.0.0/tiny.rel"_s).size());
    }

    void parallelGzipMembers()
    {
        // What pigz -i and cat a.gz b.gz make: one tar in several members.
        const QString tarball = m_dir.filePath(u"members.tar.gz"_s);
        run(u"sh"_s, {u"-c"_s,
                      u"tar cf ../all.tar . && head -c 51200 ../all.tar | gzip > \"$0\" && "
                      "tail -c +51201 ../all.tar | gzip >> \"$0\""_s,
                      tarball});
        checkContents(tarball, m_names);
    }
};

QTEST_GUILESS_MAIN(TestForeignTarballs)
#include "tst_foreigntarballs.moc"
