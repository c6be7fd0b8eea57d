// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/layout.h"
#include "models/erlang/parser.h"
#include "tests/support/erl.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::erlang;

class LayoutErl : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void randomTerms();
    void installedFiles();
    void writtenFile();

private:
    QTemporaryDir m_directory;
};

static QByteArray contents(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Reads "size size …\n" and as many bytes for each.
static QByteArrayList takeTexts(QByteArrayView &rest)
{
    const qsizetype end = rest.indexOf('\n');
    const auto sizes = rest.first(qMax<qsizetype>(0, end)).toByteArray().split(' ');
    rest = rest.sliced(end + 1);
    QByteArrayList texts;
    for (const QByteArray &size : sizes) {
        texts.append(rest.first(size.toLongLong()).toByteArray());
        rest = rest.sliced(size.toLongLong());
    }
    return texts;
}

// Where two texts part, with what stands before; QCOMPARE shows only how they begin.
static QByteArray difference(QByteArrayView actual, QByteArrayView expected)
{
    const auto [a, b] = std::ranges::mismatch(actual, expected);
    const auto around = [](QByteArrayView text, qsizetype at) {
        const qsizetype begin = qMax<qsizetype>(0, at - 400);
        return text.sliced(begin, qMin<qsizetype>(text.size() - begin, at - begin + 200)).toByteArray();
    };
    if (a == actual.end() && b == expected.end())
        return {};
    return "printed:\n" + around(actual, a - actual.begin()) + "\nby Erlang:\n" +
           around(expected, b - expected.begin());
}

#define COMPARE_TEXTS(actual, expected)                                                                      \
    do {                                                                                                     \
        const QByteArray found = difference(actual, expected);                                               \
        QVERIFY2(found.isEmpty(), found.constData());                                                        \
    } while (false)

void LayoutErl::initTestCase()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here to compare with.");
    QVERIFY(m_directory.isValid());
}

// Of the Erlang that is here: whoever changes the number of terms changes the terms, too.
void LayoutErl::randomTerms()
{
    constexpr int count = 6000;
    const QString file = m_directory.filePath(u"terms"_s);
    const QByteArray answer = test::Erl::run(
        R"(
        [Source, File, Count] = init:get_plain_arguments(),
        {ok, Module, Code} = compile:file(Source, [binary]),
        {module, Module} = code:load_binary(Module, Source, Code),
        Module:main(File, list_to_integer(Count)))",
        {QStringLiteral(HANDOVER_TEST_DATA "/erlang/randomterms.erl"), file, QString::number(count)});
    QVERIFY2(answer.isEmpty(), answer.constData());
    const QByteArray bytes = contents(file);
    QByteArrayView rest(bytes);
    int terms = 0;
    int broken = 0;
    while (!rest.isEmpty()) {
        const QByteArrayList texts = takeTexts(rest);
        QCOMPARE(texts.size(), 3);
        const auto term = parseBareTerm(texts[0]);
        QVERIFY2(term, texts[0].constData());
        COMPARE_TEXTS(printPretty(*term), texts[1]);
        const qsizetype colon = texts[2].indexOf(':');
        COMPARE_TEXTS(printPretty(*term, texts[2].first(colon).toInt()), texts[2].sliced(colon + 1));
        // Read from its print it has strings where it had lists, and must look the same.
        const auto again = parseBareTerm(texts[1]);
        QVERIFY2(again && *again == *term, texts[1].constData());
        COMPARE_TEXTS(printPretty(*again), texts[1]);
        ++terms;
        broken += texts[1].contains('\n') ? 1 : 0;
    }
    QCOMPARE(terms, count);
    QVERIFY(broken > count / 3);
}

// Everything that an installation of Erlang has and file:consult/1 reads.
void LayoutErl::installedFiles()
{
    const QString file = m_directory.filePath(u"installed"_s);
    const QByteArray answer = test::Erl::run(R"(
        [File] = init:get_plain_arguments(),
        Known = fun Known(Map) when is_map(Map) ->
                        Keys = maps:keys(Map),
                        length([Key || Key <- Keys, is_atom(Key)]) < 2 andalso length(Keys) =< 32
                            andalso lists:all(Known, Keys ++ maps:values(Map));
                    Known(Tuple) when is_tuple(Tuple) -> lists:all(Known, tuple_to_list(Tuple));
                    Known([Head | Tail]) -> Known(Head) andalso Known(Tail);
                    Known(_) -> true
                end,
        Names = lists:append([filelib:wildcard(filename:join(code:root_dir(), Pattern)) ||
            Pattern <- ["lib/**/*.{app,appup,rel,config,script}", "releases/**/*.{rel,config,script}",
                        "releases/RELEASES", "bin/*.script"]]),
        true = length(Names) > 60,
        Bytes = fun(Format, Values) -> unicode:characters_to_binary(io_lib:format(Format, Values)) end,
        Texts = [begin
            {ok, Terms} = file:consult(Name),
            [[Bytes("~ts", [Name]) | [case Known(Term) of
                true -> Bytes("~tp", [Term]);
                false -> ~"unknown order"
            end || Term <- Terms]]]
         end || Name <- Names, filelib:is_regular(Name)],
        ok = file:write_file(File, [[lists:join($\s, [integer_to_list(byte_size(Text)) || Text <- One]), $\n, One]
                                    || [One] <- Texts]))",
                                             {file});
    QVERIFY2(answer.isEmpty(), answer.constData());
    const QByteArray bytes = contents(file);
    QByteArrayView rest(bytes);
    int compared = 0;
    int unknownOrder = 0;
    while (!rest.isEmpty()) {
        const QByteArrayList texts = takeTexts(rest);
        const auto terms = parseTerms(contents(QString::fromUtf8(texts[0])));
        QVERIFY2(terms, texts[0].constData());
        QCOMPARE(terms->size(), texts.size() - 1);
        for (qsizetype i = 0; i < terms->size(); ++i) {
            if (texts[i + 1] == "unknown order") {
                ++unknownOrder;
                continue;
            }
            COMPARE_TEXTS(printPretty(terms->at(i)), texts[i + 1]);
            ++compared;
        }
    }
    QVERIFY(compared > 60);
    QCOMPARE(unknownOrder, 0);
}

// As systools writes a relup.
void LayoutErl::writtenFile()
{
    const QString file = m_directory.filePath(u"relup"_s);
    const QByteArray answer = test::Erl::run(R"(
        [File] = init:get_plain_arguments(),
        Up = [{apply, {m, f, [[233], '\x{416}', #{{a, N} => <<"\x{e9}"/utf8>>}]}} || N <- lists:seq(1, 30)],
        {ok, To} = file:open(File, [write, {encoding, utf8}]),
        ok = io:format(To, "%% ~s~n~tp.~n", [epp:encoding_to_string(utf8), {"1.1", [{"1.0", [], Up}], []}]),
        ok = file:close(To))",
                                             {file});
    QVERIFY2(answer.isEmpty(), answer.constData());
    const QByteArray written = contents(file);
    QVERIFY(written.count('\n') > 30);
    const auto term = parseFirstTerm(written);
    QVERIFY(term);
    COMPARE_TEXTS(printFile(*term), written);
}

QTEST_GUILESS_MAIN(LayoutErl)
#include "tst_layout_erl.moc"
