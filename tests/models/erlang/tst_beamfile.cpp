// SPDX-License-Identifier: GPL-3.0-or-later
// BEAM files made by hand: those no compiler here writes, and those none ever would.
#include "models/erlang/beamfile.h"
#include "tests/models/erlang/beambytes.h"
#include "tests/support/erl.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using beambytes::u32;
using erlang::BeamFile;

namespace {

const beambytes::Chunk Atoms{"AtU8", beambytes::oldAtomTable({"m", "f", "g"})};

QByteArray table(const QList<std::array<quint32, 3>> &entries)
{
    QByteArray bytes = u32(entries.size());
    for (const auto &entry : entries)
        bytes += u32(entry[0]) + u32(entry[1]) + u32(entry[2]);
    return bytes;
}

QByteArray fileWith(const beambytes::Chunk &chunk) { return beambytes::file({Atoms, chunk}); }

QByteArray md5Of(const QByteArray &bytes) { return QCryptographicHash::hash(bytes, QCryptographicHash::Md5); }

// Behaviours are read from the bytes; what the terms say is the truth.
std::optional<QList<QByteArray>> behavioursByTerms(const BeamFile &file)
{
    const auto attributes = file.attributes();
    if (!attributes)
        return std::nullopt;
    QList<QByteArray> names;
    for (const erlang::Term &attribute : *attributes) {
        const bool wanted = attribute.at(0).isAtom("behaviour") || attribute.at(0).isAtom("behavior");
        for (const erlang::Term &value : wanted ? attribute.at(1).items() : QList<erlang::Term>()) {
            if (const auto name = value.atomName())
                names.append(*name);
        }
    }
    return names;
}

std::optional<QList<QByteArray>> behavioursOf(const BeamFile &file)
{
    const auto names = file.behaviours();
    return names ? std::optional(*names) : std::nullopt;
}

// Whatever is in a file, each question has an answer or an error of ours.
void askEverything(const BeamFile &file)
{
    const auto isOurs = [](const auto &result) {
        return result || (result.error().code.startsWith("erlang."_L1) && !result.error().message.isEmpty());
    };
    QVERIFY(isOurs(file.exports()) && isOurs(file.imports()) && isOurs(file.attributes()) &&
            isOurs(file.compileInfo()));
    QVERIFY(isOurs(file.behaviours()) && isOurs(file.attribute("vsn")) && isOurs(file.abstractCode()));
    QCOMPARE(behavioursOf(file), behavioursByTerms(file));
    QCOMPARE(file.md5().size(), 16);
}

} // namespace

class TestBeamFile : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void refused_data();
    void refused();
    void accepted_data();
    void accepted();
    void chunks();
    void tables_data();
    void tables();
    void termChunks_data();
    void termChunks();
    void behaviours_data();
    void behaviours();
    void contentsAreReadWhenAskedFor();
    void digest();
    void atomsOfOtp28();
    void longAtoms_data();
    void longAtoms();
    void cutAnywhere();
    void anyByteWrong();

private:
    QByteArray m_real; ///< a small module of the installation
};

void TestBeamFile::initTestCase()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here that has compiled modules.");
    QFile file(QString::fromUtf8(test::Erl::run("io:put_chars(code:which(sets))", {})));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_real = file.readAll();
    QVERIFY(BeamFile::parse(m_real));
}

void TestBeamFile::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray good = beambytes::file({Atoms, {"Code", "1234"}});
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("something else") << QByteArray("{application,a,[]}.\n");
    QTest::newRow("header only") << QByteArray("FOR1");
    QTest::newRow("another form") << QByteArray(good).replace("BEAM", "AIFF");
    QTest::newRow("no chunks") << beambytes::file({});
    QTest::newRow("form is larger") << QByteArray(good).replace(4, 4, u32(good.size() - 7));
    QTest::newRow("form is huge") << QByteArray(good).replace(4, 4, u32(0xFFFFFFFF));
    QTest::newRow("chunk is larger") << QByteArray(good).replace(good.size() - 8, 4, u32(5));
    QTest::newRow("chunk is huge") << QByteArray(good).replace(good.size() - 8, 4, u32(0xFFFFFFFF));
    QTest::newRow("half a chunk header") << QByteArray(good + "Attr").replace(4, 4, u32(good.size() - 4));
    QTest::newRow("no atoms") << beambytes::file({{"Code", "1234"}});
    QTest::newRow("atom table is empty") << beambytes::file({{"AtU8", ""}});
    QTest::newRow("atom table without atoms") << beambytes::file({{"AtU8", u32(0)}});
    QTest::newRow("atom table is cut") << beambytes::file({{"AtU8", u32(1) + "\5m"}});
    QTest::newRow("atom table of OTP 28 is cut") << beambytes::file({{"AtU8", u32(-1) + "\x28"}});
    QTest::newRow("length of OTP 28 is no length") << beambytes::file({{"AtU8", u32(-1) + "\x19m"}});
    QTest::newRow("length of OTP 28 is huge")
        << beambytes::file({{"AtU8", u32(-1) + "\x18\x7f\xff" + QByteArray(99, 'm')}});
    QTest::newRow("smallest number of atoms") << beambytes::file({{"AtU8", u32(0x80000000)}});
    QTest::newRow("name is no UTF-8") << beambytes::file({{"AtU8", u32(1) + "\2\xc3\x28"}});
    QTest::newRow("name is too long")
        << beambytes::file({{"AtU8", beambytes::newAtomTable({QByteArray(256, 'm')})}});
    QTest::newRow("compressed, and nothing else") << QByteArray("\x1f\x8b");
    QList<beambytes::Chunk> many(1001, {"Attr", ""});
    many.prepend(Atoms);
    QTest::newRow("too many chunks") << beambytes::file(many);
}

void TestBeamFile::refused()
{
    QFETCH(const QByteArray, bytes);
    const auto file = BeamFile::parse(bytes);
    QVERIFY(!file);
    QCOMPARE(file.error().code, u"erlang.beam"_s);
    QVERIFY(!file.error().message.isEmpty() && !file.error().hint.isEmpty());
}

void TestBeamFile::accepted_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("module");
    QTest::newRow("nothing but atoms") << beambytes::file({Atoms}) << QByteArray("m");
    QTest::newRow("something behind the form") << beambytes::file({Atoms}) + "something" << QByteArray("m");
    const QByteArray unpadded = beambytes::file({Atoms, {"Code", "1"}}).chopped(3);
    QTest::newRow("last chunk without padding")
        << QByteArray(unpadded).replace(4, 4, u32(unpadded.size() - 8)) << QByteArray("m");
    QTest::newRow("the name is empty")
        << beambytes::file({{"AtU8", u32(1) + QByteArray(1, '\0')}}) << QByteArray("");
    QTest::newRow("Latin-1") << beambytes::file({{"Atom", u32(1) + "\1\xe9"}}) << QByteArray("\xC3\xA9");
    QTest::newRow("both tables") << beambytes::file({{"Atom", u32(1) + "\1x"}, Atoms}) << QByteArray("m");
    QTest::newRow("a later atom is damaged")
        << beambytes::file({{"AtU8", u32(2) + "\1m\2\xc3\x28"}}) << QByteArray("m");
    QTest::newRow("fewer atoms than it says")
        << beambytes::file({{"AtU8", u32(1000) + "\1m"}}) << QByteArray("m");
}

void TestBeamFile::accepted()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, module);
    const auto file = BeamFile::parse(bytes);
    QVERIFY2(file.has_value(), qPrintable(file ? QString() : file.error().message));
    QCOMPARE(file->module(), module);
    askEverything(*file);
}

void TestBeamFile::chunks()
{
    const auto file =
        BeamFile::parse(beambytes::file({Atoms, {"Code", "123"}, {"Strg", ""}, {"Code", "second"}}));
    QCOMPARE(file->chunkIds(), (QList<QByteArray>{"AtU8", "Code", "Strg", "Code"}));
    QCOMPARE(file->chunk("Code"), "123");
    QCOMPARE(file->chunk("Strg"), "");
    for (const char *none : {"Attr", "", "Cod", "Codes"})
        QVERIFY(!file->chunk(none));
}

void TestBeamFile::tables_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("exports"); ///< "error" if refused
    QTest::newRow("none") << table({}) << QByteArray("");
    QTest::newRow("sorted") << table({{3, 1, 0}, {2, 10, 0}, {2, 9, 0}, {1, 4294967295, 0}})
                            << QByteArray("f/9 f/10 g/1 m/4294967295");
    QTest::newRow("atom 0") << table({{0, 1, 0}}) << QByteArray("error");
    QTest::newRow("atom too many") << table({{4, 1, 0}}) << QByteArray("error");
    QTest::newRow("atom far too many") << table({{0xFFFFFFFF, 1, 0}}) << QByteArray("error");
    QTest::newRow("cut") << table({{1, 1, 0}}).chopped(1) << QByteArray("error");
    QTest::newRow("too long") << table({{1, 1, 0}}) + "x" << QByteArray("error");
    QTest::newRow("no count") << QByteArray("\0\0\0", 3) << QByteArray("error");
    QTest::newRow("huge count") << u32(0xFFFFFFFF) + u32(0).repeated(3) << QByteArray("error");
}

void TestBeamFile::tables()
{
    QFETCH(const QByteArray, data);
    QFETCH(const QByteArray, exports);
    const auto functions = BeamFile::parse(fileWith({"ExpT", data}))->exports();
    if (exports == "error") {
        QVERIFY(!functions);
        QCOMPARE(functions.error().code, u"erlang.beam"_s);
        QVERIFY(!BeamFile::parse(fileWith({"ImpT", data}))->imports());
        return;
    }
    QByteArrayList names;
    for (const erlang::FunctionName &function : *functions)
        names.append(function.name + '/' + QByteArray::number(function.arity));
    QCOMPARE(names.join(' '), exports);
    QVERIFY(!BeamFile::parse(fileWith({"LocT", data}))->exports()); // there is no such chunk
}

void TestBeamFile::termChunks_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("attributes are no list") << QByteArray("Attr") << QByteArray("836100");
    QTest::newRow("attributes without names")
        << QByteArray("Attr") << QByteArray("836c00000001 6802 6101 6a 6a");
    QTest::newRow("attributes are no pairs")
        << QByteArray("Attr") << QByteArray("836c00000001 6803 770176 6a 6a 6a");
    QTest::newRow("attributes are damaged") << QByteArray("Attr") << QByteArray("836c00000001");
    QTest::newRow("attributes hold a process")
        << QByteArray("Attr") << QByteArray("836c00000001 6802 770176 58770161000000500000000000000000 6a");
    QTest::newRow("value is no list")
        << QByteArray("Attr") << QByteArray("836c00000001 6802 770376736e 6101 6a");
    QTest::newRow("compile info is an atom") << QByteArray("CInf") << QByteArray("83770161");
    QTest::newRow("compile info is empty") << QByteArray("CInf") << QByteArray("");
    QTest::newRow("debug information is damaged") << QByteArray("Dbgi") << QByteArray("83680377");
    QTest::newRow("forms are a number")
        << QByteArray("Dbgi")
        << QByteArray(
               "836803 770d64656275675f696e666f5f7631 771165726c5f61627374726163745f636f6465 6802 6101 6a");
    QTest::newRow("old forms are a number")
        << QByteArray("Abst") << QByteArray("836802 770f7261775f61627374726163745f7631 6101");
}

void TestBeamFile::termChunks()
{
    QFETCH(const QByteArray, id);
    QFETCH(const QByteArray, hex);
    const auto file = BeamFile::parse(fileWith({id, QByteArray::fromHex(hex)}));
    QVERIFY(file);
    QVERIFY(!file->attribute("vsn") || !file->compileInfo() || !file->abstractCode());
    askEverything(*file);
}

// [{vsn,[N]},{behaviour,[…]},…] in the external term format, and what differs from it somewhat.
void TestBeamFile::behaviours_data()
{
    QTest::addColumn<QByteArray>("attributes"); // in hex
    QTest::addColumn<QByteArrayList>("names");
    const QByteArray vsn = "6802 7703 76736e 6c00000001 6e0200 0201 6a ";
    const QByteArray behaviour = "6802 7709 6265686176696f7572 ";
    const QByteArray behavior = "6802 7708 6265686176696f72 ";
    const QByteArray a = "6c00000001 770161 6a ";
    QTest::newRow("none") << QByteArray("83 6a") << QByteArrayList();
    QTest::newRow("only a version") << "83 6c00000001 " + vsn + "6a" << QByteArrayList();
    QTest::newRow("one") << "83 6c00000002 " + vsn + behaviour + a + "6a" << QByteArrayList{"a"};
    QTest::newRow("two, spelled in both ways")
        << "83 6c00000003 " + behavior + a + vsn + behaviour + "6c00000001 770162 6a 6a" << QByteArrayList{"a", "b"};
    QTest::newRow("two in one") << "83 6c00000001 " + behaviour + "6c00000002 770162 770161 6a 6a" << QByteArrayList{"b", "a"};
    QTest::newRow("a list with a list for its end")
        << "83 6c00000001 " + behaviour + "6c00000001 770162 " + a + "6a" << QByteArrayList{"b", "a"};
    QTest::newRow("beside what is no atom") << "83 6c00000001 " + behaviour + "6c00000003 6101 770161 6a 6a 6a" << QByteArrayList{"a"};
    QTest::newRow("a text") << "83 6c00000001 " + behaviour + "6b0002 6162 6a" << QByteArrayList();
    QTest::newRow("of letters that aren't ASCII")
        << "83 6c00000001 " + behaviour + "6c00000001 7702c3a9 6a 6a" << QByteArrayList{"\xc3\xa9"};
    QTest::newRow("beside a tuple") << "83 6c00000002 6802 770178 6c00000001 6801 6101 6a " + behaviour + a + "6a" << QByteArrayList{"a"};
}

void TestBeamFile::behaviours()
{
    QFETCH(const QByteArray, attributes);
    QFETCH(const QByteArrayList, names);
    const QByteArray bytes = QByteArray::fromHex(attributes);
    const auto file = BeamFile::parse(fileWith({"Attr", bytes}));
    QCOMPARE(file->behaviours().value(), names);
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        askEverything(*BeamFile::parse(fileWith({"Attr", bytes.first(i)})));
        for (const int bits : {1, 2, 4, 8, 16, 32, 64, 128, 255}) {
            QByteArray wrong = bytes;
            wrong[i] = static_cast<char>(wrong[i] ^ bits);
            askEverything(*BeamFile::parse(fileWith({"Attr", wrong})));
        }
    }
}

void TestBeamFile::contentsAreReadWhenAskedFor()
{
    const auto file = BeamFile::parse(
        beambytes::file({Atoms, {"ExpT", "?"}, {"ImpT", "?"}, {"Attr", "?"}, {"CInf", "?"}, {"Dbgi", "?"}}));
    QVERIFY(file);
    QVERIFY(!file->exports() && !file->imports() && !file->attributes() && !file->behaviours());
    QVERIFY(!file->compileInfo() && !file->abstractCode());
    const auto bare = BeamFile::parse(beambytes::file({Atoms}));
    QCOMPARE(bare->attributes().value(), QList<erlang::Term>());
    QCOMPARE(bare->compileInfo().value(), QList<erlang::Term>());
    QVERIFY(!bare->abstractCode().value());
}

// Over the data of some chunks in an order of its own, with one field of each fun left out.
void TestBeamFile::digest()
{
    const QByteArray function = "function, 20 bytes..";
    const auto module = [&](const QByteArray &unique, const QByteArray &rest) {
        return *BeamFile::parse(beambytes::file({{"LitT", "lit"},
                                                 {"Line", "lines"},
                                                 {"FunT", u32(2) + function + unique + function + unique + rest},
                                                 {"Code", "code"},
                                                 Atoms,
                                                 {"Attr", "attributes"}}));
    };
    const auto md5 = [&](const QByteArray &unique, const QByteArray &rest) { return module(unique, rest).md5(); };
    QVERIFY(module("1234", "").hasCodeOf(module("abcd", "")));
    QVERIFY(!module("1234", "").hasCodeOf(module("1234", "less than a function")));
    const QByteArray zeroed = u32(2) + function + u32(0) + function + u32(0);
    const QByteArray expected = md5Of(Atoms.data + "code" + zeroed + "lit");
    QCOMPARE(md5("1234", ""), expected);
    QCOMPARE(md5("abcd", ""), expected);
    QCOMPARE(md5("abcd", "less than a function"),
             md5Of(Atoms.data + "code" + zeroed + "less than a function" + "lit"));
    QCOMPARE(BeamFile::parse(fileWith({"FunT", "abc"}))->md5(), md5Of(Atoms.data + "abc"));
}

// The real module with its atom table as the compiler of OTP 28 writes it.
void TestBeamFile::atomsOfOtp28()
{
    const auto before = BeamFile::parse(m_real);
    const auto names = beambytes::atomNames(*before->chunk("AtU8"));
    QVERIFY(names.size() > 50 &&
            std::ranges::any_of(names, [](const QByteArray &name) { return name.size() > 15; }));
    const auto after =
        BeamFile::parse(beambytes::withChunk(m_real, "AtU8", {"AtU8", beambytes::newAtomTable(names)}));
    QVERIFY(after);
    QCOMPARE(after->module(), before->module());
    QCOMPARE(after->exports().value(), before->exports().value());
    QCOMPARE(after->imports().value(), before->imports().value());
    QVERIFY(after->exports()->contains({"from_list", 1}));
    QVERIFY(after->md5() != before->md5());
    QVERIFY(!after->hasCodeOf(*before));
}

void TestBeamFile::longAtoms_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const int size : {0, 1, 14, 15, 16, 17, 127, 128, 254, 255})
        QTest::newRow(qPrintable(u"%1 bytes"_s.arg(size))) << QByteArray(size, 'x');
    QTest::newRow("256 bytes") << QByteArray("\xC3\xA9").repeated(128);
    QTest::newRow("510 bytes") << QByteArray("\xC3\xA9").repeated(255);
    QTest::newRow("511 bytes") << "x" + QByteArray("\xC3\xA9").repeated(3) +
                                      QByteArray("\xF0\x9F\x9F\xA6").repeated(126);
    QTest::newRow("1020 bytes") << QByteArray("\xF0\x9F\x9F\xA6").repeated(255);
}

void TestBeamFile::longAtoms()
{
    QFETCH(const QByteArray, name);
    const auto file =
        BeamFile::parse(beambytes::file({{"AtU8", beambytes::newAtomTable({name, "before", name, "after"})},
                                         {"ExpT", table({{2, 0, 0}, {3, 1, 0}, {4, 2, 0}})}}));
    QVERIFY(file);
    QCOMPARE(file->module(), name);
    QList<erlang::FunctionName> expected{{"after", 2}, {"before", 0}, {name, 1}};
    std::ranges::sort(expected);
    QCOMPARE(file->exports().value(), expected);
}

void TestBeamFile::cutAnywhere()
{
    for (qsizetype size = 0; size < m_real.size(); ++size)
        QVERIFY2(!BeamFile::parse(m_real.first(size)), qPrintable(QString::number(size)));
    // Cut off without a trace: the form says that it is as long as it is.
    int parsed = 0;
    for (qsizetype size = 12; size < m_real.size(); size += 7) {
        const auto file = BeamFile::parse(m_real.first(size).replace(4, 4, u32(size - 8)));
        if (!file)
            continue;
        ++parsed;
        askEverything(*file);
    }
    QVERIFY(parsed > 0);
}

void TestBeamFile::anyByteWrong()
{
    QRandomGenerator random(11);
    int parsed = 0;
    for (int round = 0; round < 2000; ++round) {
        QByteArray bytes = m_real;
        for (int i = random.bounded(8); i >= 0; --i)
            bytes[random.bounded(bytes.size())] = static_cast<char>(random.bounded(256));
        const auto file = BeamFile::parse(bytes);
        if (!file)
            continue;
        ++parsed;
        askEverything(*file);
    }
    QVERIFY(parsed > 1000);
}

QTEST_GUILESS_MAIN(TestBeamFile)
#include "tst_beamfile.moc"
