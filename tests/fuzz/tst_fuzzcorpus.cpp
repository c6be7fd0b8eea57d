// SPDX-License-Identifier: GPL-3.0-or-later
// Every file of tests/data/fuzz/TARGET through its target; a promise that is broken aborts.
#include "tests/fuzz/targets.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;

class FuzzCorpus : public QObject
{
    Q_OBJECT

private slots:
    void corpus_data();
    void corpus();
};

void FuzzCorpus::corpus_data()
{
    QTest::addColumn<int>("target");
    QTest::addColumn<QString>("path");
    for (int i = 0; i < int(fuzz::targets.size()); ++i) {
        const QString target = QString::fromLatin1(fuzz::targets[i].name);
        const QDir folder(QStringLiteral(HANDOVER_TEST_DATA "/fuzz/") + target);
        const QFileInfoList files = folder.entryInfoList(QDir::Files);
        QVERIFY(files.size() > 5);
        for (const QFileInfo &file : files)
            QTest::newRow(qPrintable(target + u'/' + file.fileName())) << i << file.filePath();
    }
}

void FuzzCorpus::corpus()
{
    QFETCH(const int, target);
    QFETCH(const QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QElapsedTimer timer;
    timer.start();
    fuzz::targets[target].run(file.readAll());
    QVERIFY2(timer.elapsed() < 10'000, "The fuzzers give up after 10 seconds.");
}

QTEST_GUILESS_MAIN(FuzzCorpus)
#include "tst_fuzzcorpus.moc"
