// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/inflate.h"

#include <QTest>

#include <zlib.h>

using handover::erlang::inflated;
using handover::erlang::inflatedStart;
using handover::erlang::InflateError;
using handover::erlang::Packing;

static QByteArray packed(const QByteArray &plain, Packing packing)
{
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, packing == Packing::Gzip ? 15 + 16 : 15, 8, Z_DEFAULT_STRATEGY);
    QByteArray in = plain;
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, in.size())) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

class TestInflate : public QObject
{
    Q_OBJECT

private slots:
    void unpacks_data();
    void unpacks();
    void limits();
    void severalMembers();
    void cutAnywhere();
    void starts();
};

void TestInflate::unpacks_data()
{
    QTest::addColumn<QByteArray>("plain");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("little") << QByteArray("abc");
    QTest::newRow("much of the same") << QByteArray(5'000'000, 'x');
    QByteArray numbers;
    for (int i = 0; i < 20'000; ++i)
        numbers += QByteArray::number(i * 7919LL);
    QTest::newRow("less of the same") << numbers;
}

void TestInflate::unpacks()
{
    QFETCH(const QByteArray, plain);
    for (const Packing packing : {Packing::Zlib, Packing::Gzip}) {
        const QByteArray bytes = packed(plain, packing);
        QCOMPARE(inflated(bytes, packing, plain.size()).value(), plain);
        QCOMPARE(inflated(bytes, packing, 100'000'000).value(), plain);
        const Packing other = packing == Packing::Zlib ? Packing::Gzip : Packing::Zlib;
        QCOMPARE(inflated(bytes, other, 100'000'000).error(), InflateError::Damaged);
    }
}

void TestInflate::limits()
{
    const QByteArray bomb = packed(QByteArray(5'000'000, 'x'), Packing::Gzip);
    QVERIFY(bomb.size() < 10'000);
    for (const qsizetype limit : {0, 1, 10'000, 4'999'999})
        QCOMPARE(inflated(bomb, Packing::Gzip, limit).error(), InflateError::TooLarge);
    QVERIFY(inflated(bomb, Packing::Gzip, 5'000'000));
}

void TestInflate::severalMembers()
{
    const QByteArray one = packed("abc", Packing::Gzip);
    QCOMPARE(inflated(QByteArray(one + packed({}, Packing::Gzip) + one), Packing::Gzip, 6).value(), "abcabc");
    QCOMPARE(inflated(QByteArray(one + one), Packing::Gzip, 5).error(), InflateError::TooLarge);
    for (const char *behind : {"junk", "\x1f"})
        QCOMPARE(inflated(QByteArray(one + behind), Packing::Gzip, 100).error(), InflateError::Damaged);
    QCOMPARE(inflated(QByteArray(packed("abc", Packing::Zlib) + "junk"), Packing::Zlib, 100).value(), "abc");
}

void TestInflate::cutAnywhere()
{
    for (const Packing packing : {Packing::Zlib, Packing::Gzip}) {
        const QByteArray bytes = packed("abcabcabc", packing);
        for (qsizetype size = 0; size < bytes.size(); ++size)
            QCOMPARE(inflated(bytes.first(size), packing, 100).error(), InflateError::Damaged);
        for (qsizetype i = 0; i < bytes.size(); ++i) { // a wrong check sum is noticed
            QByteArray wrong = bytes;
            wrong[i] = static_cast<char>(wrong[i] ^ 0x55);
            if (const auto plain = inflated(wrong, packing, 100))
                QCOMPARE(*plain, "abcabcabc"); // the time in the header may be any
        }
    }
}

void TestInflate::starts()
{
    QByteArray plain;
    for (int i = 0; i < 20'000; ++i)
        plain += QByteArray::number(i * 7919LL);
    const QByteArray bytes = packed(plain, Packing::Zlib);
    for (const qsizetype size : {qsizetype(0), qsizetype(1), qsizetype(8'192), plain.size(), plain.size() + 1})
        QCOMPARE(inflatedStart(bytes, Packing::Zlib, size), plain.first(qMin(size, plain.size())));
    QVERIFY(plain.startsWith(inflatedStart(bytes.first(bytes.size() / 2), Packing::Zlib, plain.size())));
    QCOMPARE(inflatedStart("no zlib", Packing::Zlib, 100), QByteArray());
    QCOMPARE(inflatedStart({}, Packing::Zlib, 100), QByteArray());
}

QTEST_GUILESS_MAIN(TestInflate)
#include "tst_inflate.moc"
