// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/release.h"
#include "tests/models/relup/releasesets.h"
#include "tests/support/erl.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace handover;
using erlang::Term;
using relup::TermFiles;

namespace {

#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
constexpr bool IsOptimized = true;
#else
constexpr bool IsOptimized = false;
#endif

const QList<test::ReleaseCase> &cases()
{
    static const QList<test::ReleaseCase> table =
        test::relCases() + test::appCases() + test::setCases() + test::pathCases() + test::randomCases(400);
    return table;
}

void write(const QString &name, const QByteArray &text)
{
    QVERIFY(QDir().mkpath(QFileInfo(name).path()));
    QFile file(name);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(name));
    file.write(text);
}

void writeOtp(const QString &directory)
{
    write(directory + u"/lib/kernel-1/ebin/kernel.app"_s, test::app("kernel", "1", "{applications,[]}"));
    write(directory + u"/lib/stdlib-1/ebin/stdlib.app"_s,
          test::app("stdlib", "1", "{applications,[kernel]}"));
    write(directory + u"/lib/sasl-1/ebin/sasl.app"_s, test::app("sasl", "1"));
}

// What erl_parse says in words may differ; its line may not.
Term withoutMessages(const Term &term)
{
    if (term.isTuple(3) && term.at(1).isAtom("erl_parse"))
        return Term::tuple({term.at(0), term.at(1), Term()});
    if (term.isTagged("parse_error", 2))
        return Term::tuple({term.at(0), Term::tuple({term.at(1).at(0), term.at(1).at(1), Term()})});
    QList<Term> items;
    for (const Term &item : term.items())
        items.append(withoutMessages(item));
    if (term.kind() == Term::Kind::Tuple)
        return Term::tuple(items);
    return term.kind() == Term::Kind::List && term.isList() ? Term::list(items) : term;
}

Term asTerm(const relup::Release &release)
{
    QList<Term> applications;
    for (const relup::Application &application : release.applications) {
        QList<Term> modules;
        for (const QByteArray &module : application.modules)
            modules.append(Term::atom(module));
        applications.append(Term::tuple({Term::atom(application.name), Term::string(application.vsn),
                                         Term::atom(application.type), Term::list(modules),
                                         Term::string(application.directory)}));
    }
    QList<Term> order;
    for (const qsizetype index : release.bootOrder)
        order.append(Term::tuple({applications[index].at(0), applications[index].at(1)}));
    return Term::tuple({Term::atom("ok"), Term::string(release.name), Term::string(release.vsn),
                        Term::string(release.erts), Term::list(applications), Term::list(order)});
}

Term asTerm(const relup::Answer<relup::Release> &answer)
{
    return answer ? asTerm(*answer) : answer.error().term;
}

// What it costs to ask the system for the state of these directories and ten files, in nanoseconds.
qint64 timeOfLooking(const QString &top, const QStringList &directories)
{
    QByteArrayList paths;
    for (const QString &directory : directories)
        paths.append(QFile::encodeName(top + u'/' + directory));
    paths += paths.first(10);
    qint64 best = std::numeric_limits<qint64>::max();
    for (int i = 0; i < 500; ++i) {
        QElapsedTimer timer;
        timer.start();
        for (const QByteArray &path : std::as_const(paths)) {
            struct stat status = {};
            if (::stat(path.constData(), &status) != 0)
                return 0;
        }
        best = qMin(best, timer.nsecsElapsed());
    }
    return best;
}

} // namespace

class TestRelease : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void asOtp_data();
    void asOtp();
    void wordsForAll();
    void keptUntilChanged();
    void warm();

private:
    QString directoryOf(qsizetype index) const { return m_directory.filePath(QString::number(index)); }

    QTemporaryDir m_directory;
    QByteArrayList m_expected;
};

void TestRelease::initTestCase()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here to compare with.");
    QByteArray paths;
    for (qsizetype i = 0; i < cases().size(); ++i) {
        const test::ReleaseCase &current = cases()[i];
        writeOtp(directoryOf(i));
        if (!current.rel.isEmpty())
            write(directoryOf(i) + u"/r.rel"_s, current.rel);
        for (const auto &[name, text] : current.files)
            write(directoryOf(i) + u'/' + QString::fromUtf8(name), text);
        paths += current.path.join(u'\t').toUtf8() + '\n';
    }
    write(m_directory.filePath(u"paths"_s), paths);
    // Stack traces are left out of reasons, as are the fields of records that a relup doesn't need. What
    // never ends is known by its work, not by the clock: no case needs a hundredth of these reductions.
    const QByteArray answer = test::Erl::run(R"(
        [Top] = init:get_plain_arguments(),
        {ok, All} = file:read_file(filename:join(Top, "paths")),
        Lines = lists:droplast(binary:split(All, <<"\n">>, [global])),
        Cut = fun Cut({'EXIT', {Why, [{M, _, _, _} | _]}}) when is_atom(M) -> {'EXIT', {Why, []}};
                  Cut(T) when is_tuple(T) -> list_to_tuple(Cut(tuple_to_list(T)));
                  Cut([H | T]) -> [Cut(H) | Cut(T)];
                  Cut(T) -> T end,
        Load = fun(Path) ->
            case systools_make:get_release("r", systools_lib:get_path(Path)) of
                {ok, Rel, Sorted, _} ->
                    Apps = [begin {_, A} = lists:keyfind({N, V}, 1, Sorted),
                                  {N, V, T, element(7, A), element(17, A)} end || {N, V, T} <- element(5, Rel)],
                    {ok, element(2, Rel), element(3, Rel), element(4, Rel), Apps, [Id || {Id, _} <- Sorted]};
                {error, systools_make, Reason} -> Cut(Reason)
            end end,
        lists:foldl(fun(Line, I) ->
            ok = file:set_cwd(filename:join(Top, integer_to_list(I))),
            Path = [unicode:characters_to_list(P) || P <- binary:split(Line, <<"\t">>, [global, trim_all])],
            Self = self(),
            {Pid, Ref} = spawn_monitor(fun() -> Self ! {answer, self(), Load(Path)} end),
            Answer = (fun Wait() ->
                receive {answer, Pid, A} -> A; {'DOWN', Ref, _, _, Down} -> {down, Down}
                after 50 ->
                    case process_info(Pid, reductions) of
                        {reductions, R} when R > 50000000 -> exit(Pid, kill), never;
                        _ -> Wait()
                    end
                end end)(),
            erlang:demonitor(Ref, [flush]),
            io:format("~s~n", [base64:encode(unicode:characters_to_binary(io_lib:format("~tw", [Answer])))]),
            I + 1 end, 0, Lines))",
                                             {m_directory.path()});
    m_expected = answer.trimmed().split('\n');
    QVERIFY2(m_expected.size() == cases().size(), answer.constData());
}

void TestRelease::asOtp_data()
{
    QTest::addColumn<qsizetype>("index");
    for (qsizetype i = 0; i < cases().size(); ++i)
        QTest::newRow(cases()[i].name.constData()) << i;
}

void TestRelease::asOtp()
{
    QFETCH(qsizetype, index);
    TermFiles files(directoryOf(index));
    const auto answer = loadRelease(u"r"_s, files.expand(cases()[index].path), files);
    const auto expected = erlang::parseBareTerm(QByteArray::fromBase64(m_expected[index]));
    QVERIFY(expected.has_value());
    if (expected->isAtom("never")) { // OTP goes round in circles of included applications
        QVERIFY(!answer && answer.error().term.isTagged("circular_dependencies", 2));
        return;
    }
    QCOMPARE(withoutMessages(asTerm(answer)).print(), withoutMessages(*expected).print());
    if (!answer) {
        QCOMPARE(answer.error().module, relup::Reason::Module::Make);
        QVERIFY(!answer.error().raised);
    }
    // What was kept gives the same answer as what was read.
    QCOMPARE(asTerm(loadRelease(u"r"_s, files.expand(cases()[index].path), files)), asTerm(answer));
}

// Each kind of reason has words that a release engineer can do something with.
void TestRelease::wordsForAll()
{
    QStringList seen;
    for (qsizetype i = 0; i < cases().size(); ++i) {
        TermFiles files(directoryOf(i));
        const auto answer = loadRelease(u"r"_s, files.expand(cases()[i].path), files);
        if (answer)
            continue;
        const Error error = answer.error().toError();
        QVERIFY2(!error.message.contains(u"OTP can't make the relup"), error.detail.toUtf8().constData());
        QVERIFY2(error.message.endsWith(u'.'), qPrintable(error.message));
        QVERIFY(!error.hint.isEmpty());
        QVERIFY2(!error.message.contains(u"%1") && !error.hint.contains(u"%1"), qPrintable(error.words()));
        const QString code = error.code + u" " + error.message.left(30);
        if (!seen.contains(code))
            seen.append(code);
    }
    for (const QString &code :
         {u"not-found"_s, u"parse"_s, u"read"_s, u"badly-formatted-release"_s, u"illegal-name"_s,
          u"illegal-form"_s, u"illegal-applications"_s, u"missing-mandatory-app"_s, u"mandatory-app"_s,
          u"error-reading"_s, u"bad-application-name"_s, u"undefined-applications"_s, u"duplicate-register"_s,
          u"duplicate-include"_s, u"duplicate-modules"_s, u"circular-dependencies"_s, u"apps"_s, u"EXIT"_s})
        QVERIFY2(!seen.filter(QString(u"relup."_s + code + u' ')).isEmpty(), qPrintable(code));
}

// The release that was made last is only given again as long as nothing it came from has changed.
void TestRelease::keptUntilChanged()
{
    QTemporaryDir directory;
    writeOtp(directory.path());
    write(directory.filePath(u"r.rel"_s), test::rel("{a,\"1\"}"));
    write(directory.filePath(u"lib/a-1/ebin/a.app"_s), test::app("a", "1", "{modules,[old]}"));
    TermFiles files(directory.path());
    const QStringList path{u"lib/*/ebin"_s};
    const auto modules = [&] {
        const auto release = loadRelease(u"r"_s, files.expand(path), files);
        return release ? release->find("a")->modules : QList<QByteArray>{release.error().term.print()};
    };
    QCOMPARE(modules(), QList<QByteArray>{"old"});
    QTest::qWait(150);
    QCOMPARE(modules(), QList<QByteArray>{"old"});
    write(directory.filePath(u"lib/a-1/ebin/a.app"_s), test::app("a", "1", "{modules,[new]}"));
    QCOMPARE(modules(), QList<QByteArray>{"new"});
    files.setText(directory.filePath(u"lib/a-1/ebin/a.app"_s), test::app("a", "1", "{modules,[set]}"));
    QCOMPARE(modules(), QList<QByteArray>{"set"});
    files.setText(u"lib/a-1/ebin/a.app"_s, test::app("a", "1", "{modules,[x,x]}"));
    QVERIFY(modules().first().contains("dupl_entry"));
    files.clearText(u"lib/a-1/ebin/a.app"_s);
    QCOMPARE(modules(), QList<QByteArray>{"new"});
    QTest::qWait(150);
    QCOMPARE(modules(), QList<QByteArray>{"new"});
    write(directory.filePath(u"lib/0/ebin/a.app"_s), "x.");
    QVERIFY(modules().first().contains("badly_formatted_application") || modules().first() == "new");
    QVERIFY(QDir(directory.filePath(u"lib/a-1"_s)).removeRecursively());
    QVERIFY(modules().first().contains("badly_formatted_application"));
    QVERIFY(QDir(directory.filePath(u"lib/0"_s)).removeRecursively());
    QVERIFY(modules().first().contains("not_found"));
    write(directory.filePath(u"r.rel"_s), test::rel());
    QVERIFY(loadRelease(u"r"_s, files.expand(path), files).has_value());
}

void TestRelease::warm()
{
    QTemporaryDir directory;
    writeOtp(directory.path());
    QByteArrayList entries;
    for (char letter = 'a'; letter <= 'g'; ++letter) {
        const QByteArray name = QByteArray("application_") + letter;
        QByteArrayList modules;
        for (int i = 0; i < 80; ++i)
            modules.append(name + "_module_" + QByteArray::number(i));
        const auto file = test::inLib(name, "1", "{modules,[" + modules.join(',') + "]}");
        write(directory.filePath(QString::fromUtf8(file.first)), file.second);
        entries.append('{' + name + ",\"1\"}");
    }
    for (int i = 0; i < 30; ++i) {
        const auto file = test::inLib("other_" + QByteArray::number(i), "1");
        write(directory.filePath(QString::fromUtf8(file.first)), file.second);
    }
    write(directory.filePath(u"r.rel"_s), test::rel(entries.join(',')));
    QTest::qWait(150);

    TermFiles files(directory.path());
    const QStringList directories = files.expand({u"lib/*/ebin"_s});
    QCOMPARE(directories.size(), 40);
    QElapsedTimer timer;
    timer.start();
    const auto first = loadRelease(u"r"_s, directories, files);
    const qint64 cold = timer.nsecsElapsed();
    QVERIFY(first && first->applications.size() == 10);
    qint64 best = cold;
    qint64 bestExpanded = cold;
    for (int i = 0; i < 500; ++i) {
        timer.start();
        const auto again = loadRelease(u"r"_s, directories, files);
        best = qMin(best, timer.nsecsElapsed());
        QCOMPARE(again->bootOrder, first->bootOrder);
        timer.start();
        const TermFiles::Pass pass(files);
        const auto both = loadRelease(u"r"_s, files.expand({u"lib/*/ebin"_s}), files);
        bestExpanded = qMin(bestExpanded, timer.nsecsElapsed());
        QCOMPARE(both->bootOrder, first->bootOrder);
    }
    qInfo("cold %lld us, warm %lld us, warm with expansion %lld us", cold / 1000, best / 1000,
          bestExpanded / 1000);
    // Nearly all of it is looking whether the files are the same, which depends on the machine.
    const qint64 looking = timeOfLooking(directory.path(), directories);
    if (IsOptimized)
        QVERIFY2(best < qMax(qint64(100'000), 3 * looking), qPrintable(QString::number(best)));
}

QTEST_GUILESS_MAIN(TestRelease)
#include "tst_release.moc"
