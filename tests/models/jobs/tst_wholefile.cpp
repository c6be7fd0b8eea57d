// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/wholefile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace handover;

class TestWholeFile : public QObject
{
    Q_OBJECT

private slots:
    void writes();
    void shortWritesLeaveWhatWasThere();
    void nowhere();
};

namespace {

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not there");
}

/// As on a full disk: writes beyond so many bytes are short, then fail.
class SmallFiles
{
public:
    explicit SmallFiles(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~SmallFiles() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(SmallFiles)

private:
    rlimit m_before{};
};

} // namespace

void TestWholeFile::writes()
{
    QTemporaryDir directory;
    const QString path = directory.filePath(u"file"_s);
    QVERIFY(writeWhole(path, "one"));
    QCOMPARE(read(path), "one");
    QVERIFY(writeWhole(path, QByteArray()));
    QCOMPARE(read(path), QByteArray());
}

void TestWholeFile::shortWritesLeaveWhatWasThere()
{
    QTemporaryDir directory;
    const QString path = directory.filePath(u"file"_s);
    QVERIFY(writeWhole(path, "before"));
    {
        const SmallFiles small(16384);
        QVERIFY(writeWhole(path, QByteArray(16384, 'x')));
        QVERIFY(!writeWhole(path, QByteArray(16385, 'y')));
        const auto failed = writeWhole(path, QByteArray(200'000, 'z'));
        QVERIFY(!failed && !failed.error().isEmpty());
    }
    QCOMPARE(read(path), QByteArray(16384, 'x'));
    QCOMPARE(QDir(directory.path()).entryList(QDir::Files).size(), 1);
}

void TestWholeFile::nowhere()
{
    QTemporaryDir directory;
    const auto failed = writeWhole(directory.filePath(u"no/such/file"_s), "x");
    QVERIFY(!failed && !failed.error().isEmpty());
}

QTEST_GUILESS_MAIN(TestWholeFile)
#include "tst_wholefile.moc"
