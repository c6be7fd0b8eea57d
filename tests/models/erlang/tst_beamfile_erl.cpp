// SPDX-License-Identifier: GPL-3.0-or-later
// Every .beam of the installation, and modules compiled in all ways, against beam_lib's own answers.
#include "models/erlang/beamfile.h"
#include "models/erlang/printer.h"
#include "tests/support/erl.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using erlang::BeamFile;
using erlang::Term;

namespace {

// Arguments: a file with the paths, one a line, a file for the answers, and how many modules are
// passed over between two whose abstract code is printed. Columns are in base64.
constexpr auto Oracle = R"(
    [PathsFile, AnswersFile, Every] = init:get_plain_arguments(),
    {ok, All} = file:read_file(PathsFile),
    Paths = [unicode:characters_to_list(P) || P <- binary:split(All, <<"\n">>, [global, trim_all])],
    Text = fun(T) -> unicode:characters_to_binary(io_lib:format("~ktw", [T])) end,
    Terms = fun(missing_chunk) -> []; (Binary) -> binary_to_term(Binary) end,
    Answer = fun(Path, Number) ->
        {ok, {Module, [{_, Exports}, {_, Imports}, {_, Attributes}, {_, Attr}, {_, CInf}]}} =
            beam_lib:chunks(Path, [exports, indexed_imports, attributes, "Attr", "CInf"],
                            [allow_missing_chunks]),
        {ok, {Module, Md5}} = beam_lib:md5(Path),
        {ok, Module, Chunks} = beam_lib:all_chunks(Path),
        Forms = case beam_lib:chunks(Path, [abstract_code]) of
            {ok, {_, [{_, {raw_abstract_v1, Code}}]}} -> Code;
            _ -> none
        end,
        Digest = case Number rem list_to_integer(Every) of
            0 -> binary:encode_hex(erlang:md5(Text(Forms)));
            _ -> <<"-">>
        end,
        Joined = case Attributes of missing_chunk -> []; _ -> Attributes end,
        Columns = [atom_to_binary(Module), Md5, Text(Exports), Text([{M, F, A} || {_, M, F, A} <- Imports]),
                   Text(Joined), Text(Terms(Attr)), Text(Terms(CInf)),
                   lists:join(",", [Id || {Id, _} <- Chunks]), Digest, atom_to_binary(Forms =/= none)],
        [lists:join(" ", [base64:encode(iolist_to_binary(Column)) || Column <- Columns]), "\n"]
    end,
    ok = file:write_file(AnswersFile, [Answer(P, N) || {N, P} <- lists:enumerate(Paths)]),
    io:format("done"))";

QByteArray written(const erlang::FunctionName &function)
{
    return Term::tuple({Term::atom(function.name), Term::integer(function.arity)}).write();
}

QByteArray written(const erlang::ImportedFunction &function)
{
    return Term::tuple({Term::atom(function.module), Term::atom(function.function.name),
                        Term::integer(function.function.arity)})
        .write();
}

QByteArray written(const QList<Term> &terms) { return Term::list(terms).write(); }

template<typename Function>
QByteArray written(const QList<Function> &functions)
{
    QByteArrayList texts;
    for (const Function &function : functions)
        texts.append(written(function));
    return "[" + texts.join(',') + "]";
}

// Each name once, with all its values, as beam_lib lists them.
QByteArray joinedAttributes(const BeamFile &file)
{
    QList<QByteArray> names;
    for (const Term &attribute : file.attributes().value_or(QList<Term>())) {
        if (const auto name = *attribute.at(0).atomName(); !names.contains(name))
            names.append(name);
    }
    std::ranges::sort(names);
    QList<Term> joined;
    for (const QByteArray &name : names)
        joined.append(Term::tuple({Term::atom(name), Term::list(file.attribute(name).value())}));
    return written(joined);
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void compareFile(const BeamFile &file, const QByteArrayList &answer)
{
    QCOMPARE(file.module(), answer[0]);
    QCOMPARE(file.md5().toHex(), answer[1].toHex());
    QCOMPARE(written(file.exports().value()), answer[2]);
    QCOMPARE(written(file.imports().value()), answer[3]);
    QCOMPARE(joinedAttributes(file), answer[4]);
    QCOMPARE(written(file.attributes().value()), answer[5]);
    QCOMPARE(written(file.compileInfo().value()), answer[6]);
    QCOMPARE(file.chunkIds().join(','), answer[7]);
    if (answer[8] == "-")
        return;
    const auto code = file.abstractCode();
    QVERIFY2(code.has_value(), code ? "" : qPrintable(code.error().message));
    QCOMPARE(code->has_value(), answer[9] == "true");
    if (*code)
        QCOMPARE(QCryptographicHash::hash(written(**code), QCryptographicHash::Md5).toHex().toUpper(),
                 answer[8]);
}

} // namespace

class BeamFileErl : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void installation();
    void compiled_data();
    void compiled();
    void sameCode();
    void debugInformation();
    void longLists();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_directory.filePath(name); }
    [[nodiscard]] QList<QByteArrayList> askErl(const QStringList &paths, int every) const;

    QTemporaryDir m_directory;
};

// Compiles a module, and variants of it.
void BeamFileErl::initTestCase()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here to compare with.");
    const QByteArray answer = test::Erl::run(R"(
        [Directory] = init:get_plain_arguments(),
        ok = file:set_cwd(Directory),
        Body = "-export([init/1, 'Größe'/0, grow/1]).\n"
               "-record(state, {a = 1 :: integer(), b, c = #{x => [\"text\"]}}).\n"
               "init(X) -> {ok, #state{b = fun(Y) -> X + Y end}}.\n"
               "'Größe'() -> {\"Größe\", <<\"lit\">>, 1.5, 'дом'}.\n"
               "grow(S) -> lists:map(fun({A, B}) -> A ! B; (_) -> 123456789012345678901234567890 end, S).\n",
        Attributes = "-behaviour(gen_server). -vsn(\"1.2\"). -author(me). -behavior(supervisor).\n"
                     "-author([you, {they, 1}]).\n",
        Compile = fun(File, Head, Code, Options) ->
            ok = file:write_file("m.erl", unicode:characters_to_binary(["-module(m).\n", Head, Code])),
            {ok, m, Binary} = compile:file("m.erl", [binary, report_errors | Options]),
            ok = file:write_file(File, Binary),
            Binary
        end,
        Plain = Compile("plain", Attributes, Body, []),
        Debug = Compile("debug", Attributes, Body, [debug_info]),
        Compile("deterministic", Attributes, Body, [deterministic, debug_info]),
        Compile("compressed", Attributes, Body, [compressed, debug_info]),
        Compile("columns", Attributes, Body, [debug_info, {error_location, column}]),
        Compile("slim", Attributes, Body, [slim]),
        Compile("encrypted", Attributes, Body, [debug_info, {debug_info_key, "secret"}]),
        Compile("no_attributes", "", Body, [debug_info]),
        Compile("moved", Attributes ++ "\n\n\n\n", Body, [debug_info]),
        Compile("changed", Attributes ++ "-export([more/0]).\n", Body ++ "more() -> 1.\n", [debug_info]),
        Compile("version", "-vsn(7).\n", Body, []),
        List = lists:join($,, [integer_to_list(N) || N <- lists:seq(1, 4000)]),
        Compile("long_list.deep", "", ["-export([f/0]). f() -> [", List, "].\n"], [debug_info]),
        Compile("inlined", Attributes, Body, [inline, debug_info, no_copt]),
        Compile("empty", "", "", [debug_info]),
        Latin1Body = "-export(['Größe'/0]). 'Größe'() -> 'é':f(ok).\n",
        Latin1 = Compile("utf8", Attributes, Latin1Body, [debug_info]),
        {ok, m, Utf8Chunks} = beam_lib:all_chunks(Latin1),
        {ok, {m, [{atoms, Atoms}]}} = beam_lib:chunks(Latin1, [atoms]),
        Names = [atom_to_binary(A, latin1) || {_, A} <- Atoms],
        Table = iolist_to_binary([<<(length(Names)):32>>, [[byte_size(N), N] || N <- Names]]),
        {ok, OldAtoms} = beam_lib:build_module([case Id of "AtU8" -> {"Atom", Table}; _ -> C end
                                                || {Id, _} = C <- Utf8Chunks]),
        ok = file:write_file("latin1", OldAtoms),
        {ok, {m, Stripped}} = beam_lib:strip(Debug),
        ok = file:write_file("stripped", Stripped),
        {ok, [{m, StrippedMost}]} = beam_lib:strip_files([Debug], ["Attr"]),
        ok = file:write_file("stripped_to_attributes", StrippedMost),
        ok = file:write_file("gzipped", zlib:gzip(Plain)),
        ok = file:write_file("stripped_plain", zlib:gunzip(Stripped)),
        <<FirstPart:700/binary, SecondPart/binary>> = Debug,
        ok = file:write_file("gzipped_in_two", [zlib:gzip(FirstPart), zlib:gzip(SecondPart)]),
        {ok, m, Chunks} = beam_lib:all_chunks(Debug),
        {ok, {m, [{abstract_code, {raw_abstract_v1, Forms}}]}} = beam_lib:chunks(Debug, [abstract_code]),
        Rebuild = fun(File, Replace) ->
            {ok, New} = beam_lib:build_module(lists:flatmap(Replace, Chunks)),
            ok = file:write_file(File, New)
        end,
        DebugInfo = fun(Term, Options) ->
            fun({"Dbgi", _}) -> [{"Dbgi", term_to_binary(Term, Options)}]; (C) -> [C] end
        end,
        Rebuild("other_backend", DebugInfo({debug_info_v1, elixir_erl, {elixir_v1, #{}, []}}, [])),
        Rebuild("compressed_debug", DebugInfo({debug_info_v1, erl_abstract_code, {Forms, []}}, [compressed])),
        Rebuild("minor_0", DebugInfo({debug_info_v1, erl_abstract_code, {Forms, []}}, [{minor_version, 0}])),
        OldForms = term_to_binary({raw_abstract_v1, Forms}),
        Rebuild("old_debug", fun({"Dbgi", _}) -> [{"Abst", OldForms}]; (C) -> [C] end),
        Rebuild("empty_debug", fun({"Dbgi", _}) -> [{"Dbgi", <<>>}]; (C) -> [C] end),
        Meta = term_to_binary([{enabled_features, []}]),
        Rebuild("meta", fun({"Code", _} = C) -> [{"Meta", Meta}, C]; ({"Meta", _}) -> []; (C) -> [C] end),
        {ok, Reversed} = beam_lib:build_module(lists:reverse(Chunks)),
        ok = file:write_file("reversed", Reversed),
        [ok = file:rename(F, F ++ ".beam") || F <- filelib:wildcard("*"), filename:extension(F) =:= ""],
        io:format("done"))",
                                             {m_directory.path()});
    QVERIFY2(answer.endsWith("done"), answer.constData());
}

// The columns for each path; none, and a warning, if that failed.
QList<QByteArrayList> BeamFileErl::askErl(const QStringList &paths, int every) const
{
    QFile list(path(u"paths"_s));
    if (!list.open(QIODevice::WriteOnly))
        return {};
    list.write(paths.join(u'\n').toUtf8());
    list.close();
    const QByteArray said =
        test::Erl::run(Oracle, {list.fileName(), path(u"answers"_s), QString::number(every)});
    if (said != "done") {
        qWarning() << said;
        return {};
    }
    QList<QByteArrayList> answers;
    for (const QByteArray &line : readFile(path(u"answers"_s)).trimmed().split('\n')) {
        answers.append(QByteArrayList());
        for (const QByteArray &column : line.split(' '))
            answers.last().append(QByteArray::fromBase64(column));
    }
    return answers;
}

void BeamFileErl::installation()
{
    const QByteArray root = test::Erl::run("io:put_chars(code:root_dir())", {});
    QStringList paths;
    QDirIterator found(QString::fromUtf8(root), {u"*.beam"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (found.hasNext())
        paths.append(found.next());
    QVERIFY(paths.size() > 500);
    paths.sort();
    const auto answers = askErl(paths, 20);
    QCOMPARE(answers.size(), paths.size());
    for (qsizetype i = 0; i < paths.size() && !QTest::currentTestFailed(); ++i) {
        const auto file = BeamFile::parse(readFile(paths[i]));
        QVERIFY2(file.has_value(), qPrintable(paths[i]));
        compareFile(*file, answers[i]);
        if (QTest::currentTestFailed())
            qWarning() << paths[i];
    }
}

void BeamFileErl::compiled_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("answer");
    const QStringList names = QDir(m_directory.path()).entryList({u"*.beam"_s});
    QStringList paths;
    for (const QString &name : names)
        paths.append(path(name));
    const auto answers = askErl(paths, 1);
    QVERIFY(paths.size() > 20 && answers.size() == paths.size());
    for (qsizetype i = 0; i < paths.size(); ++i)
        QTest::newRow(qPrintable(names[i])) << readFile(paths[i]) << answers.value(i);
}

void BeamFileErl::compiled()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArrayList, answer);
    const auto file = BeamFile::parse(bytes);
    QVERIFY2(file.has_value(), qPrintable(file ? QString() : file.error().message));
    compareFile(*file, answer);
}

// What a rule for an upgrade is made from: whether the code of two builds differs.
void BeamFileErl::sameCode()
{
    const auto md5 = [this](const char *name) {
        return BeamFile::parse(readFile(path(QString::fromLatin1(name) + u".beam"_s)))->md5();
    };
    const QByteArray plain = md5("plain");
    for (const char *same : {"debug", "deterministic", "compressed", "encrypted", "no_attributes", "moved",
                             "version", "stripped", "gzipped", "stripped_plain", "reversed", "old_debug"})
        QVERIFY2(md5(same) == plain, same);
    for (const char *other : {"changed", "meta", "empty"})
        QVERIFY2(md5(other) != plain, other);
}

void BeamFileErl::debugInformation()
{
    for (const char *name :
         {"debug", "compressed", "old_debug", "compressed_debug", "minor_0", "gzipped_in_two"}) {
        const auto code =
            BeamFile::parse(readFile(path(QString::fromLatin1(name) + u".beam"_s)))->abstractCode();
        QVERIFY2(code && *code && (*code)->size() > 8 && (*code)->constFirst().isTagged("attribute", 4),
                 name);
    }
    for (const char *name :
         {"plain", "stripped", "encrypted", "other_backend", "empty_debug", "gzipped", "slim"}) {
        const auto code =
            BeamFile::parse(readFile(path(QString::fromLatin1(name) + u".beam"_s)))->abstractCode();
        QVERIFY2(code && !*code, name);
    }
    const auto file = BeamFile::parse(readFile(path(u"debug.beam"_s)));
    QCOMPARE(file->behaviours().value(), (QList<QByteArray>{"gen_server", "supervisor"}));
    QCOMPARE(written(file->attribute("author").value()), "[me,you,{they,1}]");
    QCOMPARE(file->attribute("none").value(), QList<Term>());
}

// In the abstract code each element of a list is nested in the one before.
void BeamFileErl::longLists()
{
    const auto code = BeamFile::parse(readFile(path(u"long_list.deep"_s)))->abstractCode();
    QVERIFY2(code.has_value(), code ? "" : qPrintable(code.error().message));
    const auto function =
        std::ranges::find_if(**code, [](const Term &form) { return form.isTagged("function", 5); });
    Term rest = function->at(4).at(0).at(4).at(0); // of its only clause the only expression
    int length = 0;
    for (; rest.isTagged("cons", 4); rest = rest.at(3))
        ++length;
    QCOMPARE(length, 4000);
}

QTEST_GUILESS_MAIN(BeamFileErl)
#include "tst_beamfile_erl.moc"
