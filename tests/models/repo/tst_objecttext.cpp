// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/objecttext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover::repo;

class TestObjectText final : public QObject
{
    Q_OBJECT

private slots:
    void commits();
    void tags();
    void oddObjects_data();
    void oddObjects();
    void signatures_data();
    void signatures();
};

void TestObjectText::commits()
{
    const QByteArray bytes = "tree 1\nparent 2\nparent 3\nauthor Ada <a@b> 1 +0000\ncommitter Carl <c@d> 2 +0100\n"
                             "encoding ISO-8859-1\ngpgsig -----BEGIN\n author Eve <e@f> 9 +0000\n \n -----END\n"
                             "author Second <s@t> 3 +0000\n\nFirst line\n\nauthor in the text\n";
    const ObjectText text = readObjectText(bytes);
    QCOMPARE(text.author, "Ada <a@b> 1 +0000");
    QCOMPARE(text.committer, "Carl <c@d> 2 +0100");
    QCOMPARE(text.encoding, "ISO-8859-1");
    QCOMPARE(text.message, "\nFirst line\n\nauthor in the text\n");
    QVERIFY(text.tagger.isEmpty() && text.object.isEmpty());
}

void TestObjectText::tags()
{
    const QByteArray bytes = "object 12ab\ntype commit\ntag v1\ntagger Tess <t@u> 1700000000 -0130\n\nWords.\n";
    const ObjectText text = readObjectText(bytes);
    QCOMPARE(text.object, "12ab");
    QCOMPARE(text.type, "commit");
    QCOMPARE(text.tagger, "Tess <t@u> 1700000000 -0130");
    QCOMPARE(text.message, "\nWords.\n");
}

void TestObjectText::oddObjects_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one byte") << QByteArray("a");
    QTest::newRow("no line end") << QByteArray("object");
    QTest::newRow("no value") << QByteArray("object \n");
    QTest::newRow("only a line end") << QByteArray("\n");
    QTest::newRow("zeros") << QByteArray(100, '\0');
    QTest::newRow("blanks") << QByteArray("  \n \n\t\n");
}

void TestObjectText::oddObjects()
{
    QFETCH(const QByteArray, bytes);
    const ObjectText text = readObjectText(bytes);
    QVERIFY(text.object.isEmpty() && text.author.isEmpty());
    QVERIFY(text.message.size() <= bytes.size());
}

void TestObjectText::signatures_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<qint64>("seconds"); // -1: no time
    QTest::addColumn<int>("minutes");
    const auto row = [](const QByteArray &text, const QByteArray &name, qint64 seconds, int minutes) {
        QTest::newRow(text.constData()) << text << name << seconds << minutes;
    };
    row("Ada Author <a@b> 1700000000 +0130", "Ada Author", 1'700'000'000, 90);
    row("Ada <a@b> 1700000000 -0130", "Ada", 1'700'000'000, -90);
    row("Ada <a@b> 1700000000", "Ada", 1'700'000'000, 0);
    row("Ada <a@b> 1700000000 +9999", "Ada", 1'700'000'000, 14 * 60);
    row("<a@b> 5 +0000", "", 5, 0);
    row("Ada <a>b> 5 +0000", "Ada", 5, 0);
    row("Ada", "Ada", -1, 0);
    row("", "", -1, 0);
    row("Ada <a@b> soon +0000", "Ada", -1, 0);
    row("Ada <a@b> 99999999999999999999 +0000", "Ada", -1, 0);
    row("Ada <a@b> 9223372036854775807 +0000", "Ada", -1, 0);
    row("Ada <a@b> 5 x", "Ada", 5, 0);
}

void TestObjectText::signatures()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, name);
    QFETCH(const qint64, seconds);
    QFETCH(const int, minutes);
    const Signature signature = readSignature(text);
    QCOMPARE(signature.name, name);
    QCOMPARE(signature.when.isValid(), seconds >= 0);
    if (seconds >= 0) {
        QCOMPARE(signature.when.toSecsSinceEpoch(), seconds);
        QCOMPARE(signature.when.offsetFromUtc(), minutes * 60);
    }
}

QTEST_GUILESS_MAIN(TestObjectText)
#include "tst_objecttext.moc"
