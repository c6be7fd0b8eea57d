// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/textdiff.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using repo::DiffLine;

class TestTextDiff : public QObject
{
    Q_OBJECT

private slots:
    void lines_data();
    void lines();
};

void TestTextDiff::lines_data()
{
    QTest::addColumn<QByteArray>("older");
    QTest::addColumn<QByteArray>("newer");
    QTest::addColumn<QByteArray>("shown"); // sign, text and line numbers of each line
    QTest::newRow("equal") << "a\nb\n"_ba << "a\nb\n"_ba << QByteArray();
    QTest::newRow("both empty") << QByteArray() << QByteArray() << QByteArray();
    QTest::newRow("new") << QByteArray() << "a\nb\n"_ba << "+a 0 1\n+b 0 2\n"_ba;
    QTest::newRow("gone") << "a\n"_ba << QByteArray() << "-a 1 0\n"_ba;
    QTest::newRow("one line") << "a\nb\nc\n"_ba << "a\nB\nc\n"_ba << " a 1 1\n-b 2 0\n+B 0 2\n c 3 3\n"_ba;
    QTest::newRow("no line end") << "a"_ba << "b"_ba << "-a 1 0\n+b 0 1\n"_ba;
    QTest::newRow("other line ends") << "a\r\n"_ba << "a\n"_ba << "-a 1 0\n+a 0 1\n"_ba;
    QTest::newRow("bytes that are no text") << QByteArray("a\0b\n", 4) << QByteArray("a\0c\n", 4)
                                            << QByteArray("-a\0b 1 0\n+a\0c 0 1\n", 18);
    QTest::newRow("far apart") << "1\n2\n3\n4\n5\n6\n"_ba << "1\n2\n3\n4\n5\nsix\n"_ba << "~ 0 0\n 5 5 5\n-6 6 0\n+six 0 6\n"_ba;
}

void TestTextDiff::lines()
{
    QFETCH(const QByteArray, older);
    QFETCH(const QByteArray, newer);
    const auto lines = repo::textDiff(older, newer, 1);
    QVERIFY(lines);
    QByteArray shown;
    for (const DiffLine &line : *lines) {
        static const QHash<DiffLine::Kind, char> signs{
            {DiffLine::Kind::Context, ' '}, {DiffLine::Kind::Added, '+'}, {DiffLine::Kind::Removed, '-'}, {DiffLine::Kind::Gap, '~'}};
        shown += signs[line.kind] + line.text + ' ' + QByteArray::number(line.olderLine) + ' ' +
                 QByteArray::number(line.newerLine) + '\n';
    }
    QTEST(shown, "shown");
}

QTEST_GUILESS_MAIN(TestTextDiff)
#include "tst_textdiff.moc"
