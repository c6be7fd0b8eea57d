// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/externalterm.h"
#include "tests/support/erl.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace handover;
using erlang::readExternalTerm;

static QByteArray u32(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

static QByteArray hex(const char *digits) { return QByteArray::fromHex(digits); }

static QByteArray oldFloat(const QByteArray &text)
{
    return "\x83"
           "c" +
           text.leftJustified(31, '\0');
}

static QByteArray compressed(const QByteArray &plain)
{
    return "\x83P" + qCompress(plain);
} // has the size in front

// Each goes through binary_to_term/1 of the real Erlang, which must refuse it or read the same.
static const QList<QByteArray> &table()
{
    static const QList<QByteArray> rows{
        // clang-format off
        "", hex("83"), hex("6101"), hex("838361 01"), hex("8300"), hex("83ff"), hex("836101 00"),
        // integers
        hex("836100"), hex("8361ff"), hex("8361"), hex("8362ffffffff"), hex("836280000000"),
        hex("83627fffffff"), hex("8362000000"), hex("836e0000"), hex("836e0001"), hex("836e010100"),
        hex("836e010205"), hex("836e0180ff"), hex("836f000000010005"), hex("836e0800ffffffffffffff7f"),
        hex("836e08000000000000000080"), hex("836e08010000000000000080"), hex("836e08010100000000000080"),
        hex("836e0900ffffffffffffffffff"), hex("836e0901000000000000000000"),
        hex("836e09010000000000000000ff"), hex("836e0a00ffffffffffffffff0000"), hex("836e05"),
        hex("836f00000010"), hex("836effff"), hex("836fffffffff00"), hex("836e0700000000000000" "01"),
        // floats
        hex("83463ff8000000000000"), hex("83468000000000000000"), hex("83467ff0000000000000"),
        hex("8346fff8000000000001"), hex("83460000000000000001"), hex("83467fefffffffffffff"), hex("834640"),
        oldFloat("1.50000000000000000000e+00"), oldFloat("-2.50000000000000000000e-10"), oldFloat("1.5"),
        oldFloat("1"), oldFloat(" 1.5x"), oldFloat("1.5e400"), oldFloat("nan"), oldFloat("inf"), oldFloat(""),
        oldFloat("-0.00000000000000000000e+00"), hex("8363312e35"),
        // atoms
        hex("837700"), hex("8377016f"), hex("8377 03 006162"), hex("837701ff"), hex("837702c3a9"),
        hex("8377 03 efbfbf"), hex("8376 0003 eda080"), hex("8376 0002 eda0"), hex("83760003efbfbf"),
        hex("8376 0004 f09f9fa6"), hex("8376ffff61"), hex("8373 01 e9"), hex("8364 0001 ff"), hex("83640000"),
        "\x83" "d" + hex("00ff") + QByteArray(255, 'a'), "\x83" "d" + hex("0100") + QByteArray(256, 'a'),
        "\x83" "d" + hex("00ff") + QByteArray(255, '\xe9'),
        "\x83" "v" + hex("03fc") + hex("f09f9fa6").repeated(255),
        "\x83" "v" + hex("0400") + hex("f09f9fa6").repeated(256), hex("8368 02 6401 00"),
        hex("8368 03 640001 61 770161 730161"), hex("8377"), hex("8377 03 6161"),
        // binaries
        hex("836d00000000"), hex("836d00000003 01ff00"), hex("836dffffffff 00"), hex("836d00000002 00"),
        hex("834d00000000 00"), hex("834d00000000 03"), hex("834d00000001 00 01"), hex("834d00000001 03 ff"),
        hex("834d00000002 01 ffff"), hex("834d00000001 08 ff"), hex("834d00000001 09 ff"),
        hex("834dffffffff 03 ff"),
        // lists
        hex("836a"), hex("836b0000"), hex("836b0003 616263"), hex("836b0002 00ff"), hex("836bffff 61"),
        hex("836c00000000 6101"), hex("836c00000000 6a"), hex("836c00000000 680161 01"),
        hex("836c00000001 6101 6a"), hex("836c00000001 6101 6102"), hex("836c00000001 6101 6b0002 0708"),
        hex("836c00000001 6101 6b0000"), hex("836c00000001 6101 6c00000001 6102 6c00000001 6103 6a"),
        hex("836c00000001 6101 6c00000000 6102"), hex("836c00000002 6101 6a"), hex("836cffffffff 6101"),
        hex("836c00000001 6101"), hex("836c00000001 6101 6802 6101 6102"), hex("836c00000001 6b0001 61 6a"),
        hex("836c"),
        // tuples
        hex("836800"), hex("836801 6a"), hex("836802 6101"), hex("836900000000"), hex("836900000001 6101"),
        hex("8369ffffffff 6101"), hex("83690100"), "\x83i" + u32(300) + hex("6a").repeated(300),
        // maps
        hex("837400000000"), hex("837400000001 6101 6102"), hex("837400000002 6102 6161 6101 6162"),
        hex("837400000002 6101 6102 6101 6103"), hex("837400000002 6101 6102 463ff0000000000000 6103"),
        hex("837400000002 6b000161 6102 6c000000016161 6a 6103"), hex("8374ffffffff 6101"),
        hex("837400000001 6101"),
        // functions
        hex("8371 77016d 770166 61ff"), hex("8371 77016d 770166 6100"), hex("8371 77016d 6101 6100"),
        hex("8371 77016d"), hex("8371 64 0001 6d 64 0001 66 6103"),
        // compressed
        compressed(hex("6101")), compressed(hex("6101")) + "trailer", compressed(hex("6101")).chopped(1),
        compressed(hex("6101")).replace(5, 1, "\3"), compressed(hex("6101")).replace(5, 1, "\1"), hex("8350"),
        hex("835000000002"), compressed(hex("8350") + qCompress(hex("6101"))), compressed(""),
        compressed(hex("6d00010000") + QByteArray(65536, 'x')),
        hex("8350ffffffff") + qCompress("a").sliced(4),
        // clang-format on
    };
    return rows;
}

class ExternalTerm : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void asErl_data();
    void asErl();
    void randomTerms();
    void noData_data();
    void noData();
    void limits_data();
    void limits();
    void bombs_data();
    void bombs();
    void hugeIntegers();
    void stringsAreCheapToCompare();
    void cutAnywhere();
    void anyByteWrong();

private:
    QTemporaryDir m_directory;
    QList<QByteArray> m_expected; ///< for each row of the table "error", or ~ktw in base64
};

void ExternalTerm::initTestCase()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here to compare with.");
    QFile input(m_directory.filePath(u"rows"_s));
    QVERIFY(input.open(QIODevice::WriteOnly));
    for (const QByteArray &row : table())
        input.write(row.toBase64() + "-\n");
    input.close();
    const QByteArray answer = test::Erl::run(R"(
        [File] = init:get_plain_arguments(),
        {ok, All} = file:read_file(File),
        [try binary_to_term(base64:decode(binary:replace(Line, <<"-">>, <<>>))) of
             Term ->
                 Text = unicode:characters_to_binary(io_lib:format("~ktw", [Term])),
                 io:format("~s~n", [base64:encode(Text)])
         catch
             _:_ -> io:format("error~n")
         end || Line <- binary:split(All, <<"\n">>, [global, trim_all])])",
                                             {input.fileName()});
    m_expected = answer.trimmed().split('\n');
    QVERIFY2(m_expected.size() == table().size(), answer.constData());
}

void ExternalTerm::asErl_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    for (qsizetype i = 0; i < table().size(); ++i)
        QTest::newRow(
            qPrintable(QString::number(i) + u' ' + QString::fromLatin1(table()[i].left(30).toHex())))
            << table()[i] << m_expected.value(i);
}

void ExternalTerm::asErl()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, expected);
    const auto term = readExternalTerm(bytes);
    if (!term) {
        QCOMPARE(term.error().code, u"erlang.external-term"_s);
        QVERIFY2(expected == "error", qPrintable(term.error().message));
        return;
    }
    QVERIFY2(expected != "error", "Erlang refuses these bytes.");
    QCOMPARE(term->write(), QByteArray::fromBase64(expected));
}

// Terms of all kinds, as every variant of term_to_binary/2 writes them.
void ExternalTerm::randomTerms()
{
    const QString file = m_directory.filePath(u"random"_s);
    const QByteArray answer = test::Erl::run(R"(
        [File] = init:get_plain_arguments(),
        rand:seed(exsss, {1, 2, 3}),
        Pick = fun(List) -> lists:nth(rand:uniform(length(List)), List) end,
        Many = fun(Most, Make) -> [Make() || _ <- lists:seq(1, rand:uniform(Most + 1) - 1)] end,
        Char = fun() ->
            Pick([0, 127, 16#3FF, 16#1F600]) + rand:uniform(128) - 1
        end,
        Sign = fun(N) -> Pick([N, -N]) end,
        Leaf = fun() -> case rand:uniform(14) of
                1 -> list_to_atom(Many(Pick([3, 20, 255]), Char));
                2 -> Pick([ok, error, undefined, 'End', '']);
                3 -> Sign(rand:uniform(300));
                4 -> Sign(rand:uniform(1 bsl Pick([31, 32, 58, 59, 60, 61, 62, 63, 64, 65, 100, 500, 3000])));
                5 -> Sign((1 bsl Pick([31, 32, 63, 64, 255 * 8, 256 * 8])) - Pick([0, 1]));
                6 -> Sign(math:pow(10, rand:uniform(600) - 300) * rand:uniform());
                7 -> Pick([0.0, -0.0, 1.0, 0.1, 1.0e22]);
                8 -> Many(9, fun() -> rand:uniform(256) - 1 end);
                9 -> Many(9, Char);
                10 -> rand:bytes(rand:uniform(9) - 1);
                11 -> <<(rand:uniform(1 bsl 40)):(rand:uniform(40))>>;
                12 -> erlang:make_fun(Pick([lists, 'A b']), Pick([map, 'B c']), rand:uniform(9));
                13 -> list_to_binary(Many(60, fun() -> rand:uniform(26) + 96 end));
                14 -> Pick([[], {}, #{}, "", <<>>])
            end end,
        Term = fun Term(Depth) when Depth =:= 0 -> Leaf();
                   Term(Depth) ->
            Next = fun() -> Term(rand:uniform(Depth) - 1) end,
            case rand:uniform(7) of
                1 -> Leaf();
                2 -> Many(6, Next);
                3 -> Many(3, Next) ++ Pick([Leaf(), [Leaf()]]);
                4 -> list_to_tuple(Many(6, Next));
                5 -> list_to_tuple(lists:duplicate(Pick([255, 256, 300]), Leaf()));
                6 -> maps:from_list(Many(6, fun() -> {Next(), Next()} end));
                7 -> maps:from_list([{I * Pick([1, 1.0]), Leaf()} || I <- lists:seq(1, rand:uniform(40))])
            end end,
        Big = [lists:duplicate(65535, $a), lists:duplicate(65536, $a), lists:duplicate(70000, ok),
               binary:copy(<<"ab">>, 100000), lists:foldl(fun(_, T) -> {T} end, [], lists:seq(1, 1990)),
               lists:seq(1, 300), lists:seq(200, 300)],
        Options = [[], [compressed], [{compressed, 9}], [deterministic], [compressed, {minor_version, 0}] |
                   [[{minor_version, V}] || V <- [0, 1, 2]]],
        Line = fun(T, Option) ->
            Text = unicode:characters_to_binary(io_lib:format("~ktw", [T])),
            [base64:encode(term_to_binary(T, Option)), " ", base64:encode(Text), "\n"]
        end,
        ok = file:write_file(File, [Line(T, O) || T <- Big, O <- Options] ++
            [Line(Term(4), Pick(Options)) || _ <- lists:seq(1, 3000)]),
        io:format("done"))",
                                             {file});
    QVERIFY2(answer == "done", answer.constData());
    QFile lines(file);
    QVERIFY(lines.open(QIODevice::ReadOnly));
    int count = 0;
    while (!lines.atEnd()) {
        const auto columns = lines.readLine().trimmed().split(' ');
        const QByteArray bytes = QByteArray::fromBase64(columns.value(0));
        const auto term = readExternalTerm(bytes);
        QVERIFY2(term.has_value(), qPrintable(term ? QString() : term.error().message));
        if (const QByteArray written = QByteArray::fromBase64(columns.value(1)); term->write() != written)
            QCOMPARE(term->write(), written);
        if (const auto again = readExternalTerm(bytes); !again || !(*again == *term))
            QFAIL(columns.value(1).constData());
        ++count;
    }
    QCOMPARE(count, 3056);
}

// What the emulator takes (or dies of) and is no data, or more than we read.
void ExternalTerm::noData_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("pid") << hex("8358770d6e6f6e6f6465406e6f686f73740000005000000000 00000000");
    QTest::newRow("old pid") << hex("8367770d6e6f6e6f6465406e6f686f73740000005000000000 00");
    QTest::newRow("port") << hex("8378770d6e6f6e6f6465406e6f686f73740000000000000003 00000000");
    QTest::newRow("reference") << hex("835a0001770d6e6f6e6f6465406e6f686f737400000000 00000001");
    QTest::newRow("closure") << hex("8370000000100000");
    QTest::newRow("atom cache") << hex("835200");
    QTest::newRow("arity of a function is large") << hex("8371 77016d 770166 6200000100");
    QTest::newRow("arity of a function is negative") << hex("8371 77016d 770166 62ffffffff");
    QTest::newRow("arity of a function is an atom") << hex("8371 77016d 770166 770161");
}

void ExternalTerm::noData()
{
    QFETCH(const QByteArray, bytes);
    const auto term = readExternalTerm(bytes);
    QVERIFY(!term);
    QCOMPARE(term.error().code, u"erlang.external-term"_s);
    QVERIFY(!term.error().message.isEmpty() && !term.error().hint.isEmpty());
}

void ExternalTerm::limits_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("depth");
    QTest::addColumn<int>("terms");
    QTest::addColumn<bool>("isRead");
    const auto nested = [](const char *level, int depth) -> QByteArray {
        return "\x83" + hex(level).repeated(depth) + "j";
    };
    QTest::newRow("tuples as deep as allowed") << nested("6801", 100) << 100 << 1000 << true;
    QTest::newRow("tuples deeper") << nested("6801", 101) << 100 << 1000 << false;
    QTest::newRow("lists as deep") << nested("6c00000001", 100) + QByteArray(100, 'j') << 100 << 1000 << true;
    QTest::newRow("lists deeper") << nested("6c00000001", 101) + QByteArray(101, 'j') << 100 << 1000 << false;
    QTest::newRow("tails are not nested") << nested("6c000000016a", 300) << 2 << 1000 << true;
    QTest::newRow("empty lists in tails") << nested("6c00000000", 300) << 2 << 1000 << true;
    QTest::newRow("tuples in tails") << nested("6c000000016a6801", 101) << 100 << 1000 << false;
    QTest::newRow("maps") << nested("74000000016a", 101) << 100 << 1000 << false;
    QTest::newRow("functions") << nested("71", 101) << 100 << 1000 << false;
    QTest::newRow("as many terms") << "\x83h"
                                      "\x63" +
                                          QByteArray(99, 'j')
                                   << 10 << 100 << true;
    QTest::newRow("more terms") << "\x83h"
                                   "\x64" +
                                       QByteArray(100, 'j')
                                << 10 << 100 << false;
    QTest::newRow("more terms, compressed") << compressed("h"
                                                          "\x64" +
                                                          QByteArray(100, 'j'))
                                            << 10 << 100 << false;
    QTest::newRow("default depth") << nested("6801", 2000) << 2000 << 10000 << true;
    QTest::newRow("a claim at each level") << nested("6900000100", 300) << 1000 << 10000 << false;
}

void ExternalTerm::limits()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, depth);
    QFETCH(const int, terms);
    QFETCH(const bool, isRead);
    const auto term = readExternalTerm(bytes, {.depth = depth, .terms = terms});
    QVERIFY2(term.has_value() == isRead, qPrintable(term ? QString() : term.error().message));
}

void ExternalTerm::bombs_data()
{
    QTest::addColumn<QByteArray>("plain");
    QTest::addColumn<qint64>("limit");
    QTest::addColumn<bool>("isRead");
    const QByteArray binary = "m" + u32(10'000'000) + QByteArray(10'000'000, '\0');
    QTest::newRow("as much as allowed") << binary << qint64(binary.size()) << true;
    QTest::newRow("one more") << binary << qint64(binary.size() - 1) << false;
    QTest::newRow("far more") << binary << qint64(1000) << false;
    QTest::newRow("many empty lists")
        << "l" + u32(6'000'000) + QByteArray(6'000'001, 'j') << qint64(100'000'000) << false;
}

void ExternalTerm::bombs()
{
    QFETCH(const QByteArray, plain);
    QFETCH(const qint64, limit);
    QFETCH(const bool, isRead);
    QCOMPARE(readExternalTerm(compressed(plain), {.bytes = limit}).has_value(), isRead);
    // A bomb that claims to be small gives no more than it claims.
    QVERIFY(!readExternalTerm(compressed(plain).replace(2, 4, u32(1000)), {.bytes = limit}));
}

void ExternalTerm::hugeIntegers()
{
    const auto integer = [](qsizetype bytes) -> QByteArray {
        return "o" + u32(bytes) + QByteArray(1, '\0') + QByteArray(bytes, '\xff');
    };
    const auto large = readExternalTerm(QByteArray("\x83" + integer(4000)));
    QVERIFY(large);
    QCOMPARE(large->write().size(), 9633); // 2^32000 - 1
    QVERIFY(!readExternalTerm(QByteArray("\x83" + integer(1'000'000))));
    QByteArray many = "\x83i" + u32(10'000);
    for (int i = 0; i < 10'000; ++i)
        many += integer(10'000);
    QVERIFY(!readExternalTerm(many)); // would take minutes
}

// Keys of a map are sorted: that takes no time for each character of strings that differ early.
void ExternalTerm::stringsAreCheapToCompare()
{
    const quint32 count = 20'000;
    QByteArray map = "\x83t" + u32(count + 1) + "k\xff\xff" + QByteArray(65535, '\xff') + "j";
    for (quint32 i = 0; i < count; ++i)
        map += "l" + u32(1) + "b" + u32(i) + "jj";
    const auto term = readExternalTerm(map);
    QVERIFY(term);
    QCOMPARE(term->size(), 2 * (count + 1));
    QCOMPARE(term->at(512).size(), 65535); // [255] stands before [255,255|…]
}

void ExternalTerm::cutAnywhere()
{
    const QByteArray whole =
        hex("836807 770161 463ff8000000000000 6e0900ffffffffffffffffff 6c00000001 6101 6b00026162 "
            "7400000001 6a 6d00000002 0102 834d00000002 01 ffff")
            .replace(hex("834d"), hex("4d")) +
        hex("71 77016d 770166 6102");
    QVERIFY(readExternalTerm(whole));
    const QByteArray packed = compressed(whole.sliced(1));
    QVERIFY(readExternalTerm(packed));
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY2(!readExternalTerm(whole.first(size)), qPrintable(QString::number(size)));
    for (qsizetype size = 0; size < packed.size(); ++size)
        QVERIFY2(!readExternalTerm(packed.first(size)), qPrintable(QString::number(size)));
}

// Whatever comes out prints, and equals itself; nothing crashes.
void ExternalTerm::anyByteWrong()
{
    QRandomGenerator random(7);
    int read = 0;
    for (const QByteArray &row : table()) {
        for (int round = 0; round < 200 && !row.isEmpty(); ++round) {
            QByteArray bytes = row;
            for (int i = random.bounded(3); i >= 0; --i)
                bytes[random.bounded(bytes.size())] = static_cast<char>(random.bounded(256));
            const auto term = readExternalTerm(bytes);
            if (!term)
                continue;
            ++read;
            QVERIFY(!term->write().isEmpty() && !term->print().isEmpty());
            QVERIFY(*readExternalTerm(bytes) == *term);
        }
    }
    QVERIFY(read > 1000);
}

QTEST_GUILESS_MAIN(ExternalTerm)
#include "tst_externalterm.moc"
