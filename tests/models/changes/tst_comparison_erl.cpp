// SPDX-License-Identifier: GPL-3.0-or-later
// Two versions of real repositories, and of applications that the real compiler built.
#include "models/changes/buildcomparison.h"
#include "models/changes/differencesmodel.h"
#include "models/changes/sourcecomparison.h"
#include "tests/models/rules/builtapps.h"
#include "tests/support/scratchrepository.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::changes;
using test::BuiltApps;
using test::ScratchRepository;

class TestComparison : public QObject
{
    Q_OBJECT

private slots:
    void sources();
    void sourcesOfOneApplicationAtTheTop();
    void cancelled();
    void builds();
    void model();
};

namespace {

// "app 1 → 2 changed: changed m [gen_server] +f/0 −g/1 {state: +b}; file priv/x"
QString shown(const AppDifference &app)
{
    QStringList parts;
    for (const ModuleDifference &module : app.modules) {
        QString part = changeName(module.change) + u' ' + QString::fromUtf8(module.name);
        if (!module.facts().behaviours.isEmpty())
            part += u" ["_s + QString::fromUtf8(module.facts().behaviours.join(',')) + u']';
        if (module.change == Change::Changed) {
            for (const QByteArray &name : module.addedExports())
                part += u" +"_s + QString::fromUtf8(name);
            for (const QByteArray &name : module.removedExports())
                part += u" −"_s + QString::fromUtf8(name);
            for (const QString &record : module.recordChanges())
                part += u" {"_s + record + u'}';
        }
        parts += part;
    }
    for (const QString &file : app.files)
        parts += u"file "_s + file;
    const QString head = u"%1 %2 → %3 %4"_s.arg(QString::fromUtf8(app.name), app.from, app.to, changeName(app.change));
    return parts.isEmpty() ? head : head + u": "_s + parts.join(u"; "_s);
}

QStringList shown(const Differences &differences)
{
    QStringList lines;
    for (const AppDifference &app : differences.apps)
        lines += shown(app);
    for (const FileDifference &file : differences.files)
        lines += u"%1 %2"_s.arg(file.path, changeName(file.change));
    return lines;
}

Result<Differences> compare(const ScratchRepository &scratch, const JobContext &context = {})
{
    const auto repository = repo::Repository::open(scratch.path());
    if (!repository)
        return std::unexpected(repository.error());
    const auto versions = versions::loadVersions(*repository, {});
    if (!versions)
        return std::unexpected(versions.error());
    return compareSources(*repository, versions->constLast(), versions->constFirst(), context);
}

QByteArray appSrc(const QByteArray &name, const QByteArray &vsn)
{
    return "{application, " + name + ", [{vsn, \"" + vsn + "\"}, {applications, [kernel, stdlib]}]}.\n";
}

} // namespace

void TestComparison::sources()
{
    ScratchRepository scratch;
    const QByteArray server = "-module(srv).\n-behaviour(gen_server).\n";
    scratch.write(u"apps/one/src/one.app.src"_s, appSrc("one", "1.0.0"));
    scratch.write(u"apps/one/src/srv.erl"_s, server + "-export([f/0, g/1]).\n-record(state, {a}).\n");
    scratch.write(u"apps/one/src/deep/old.erl"_s, "-module(old).\n");
    scratch.write(u"apps/one/src/same.erl"_s, "-module(same).\n");
    scratch.write(u"apps/one/src/one.appup.src"_s, "{\"{{vsn}}\",[],[]}.\n");
    scratch.write(u"apps/one/priv/data"_s, "1");
    scratch.write(u"apps/two/src/two.app.src"_s, appSrc("two", "1.0.0"));
    scratch.write(u"apps/two/src/two.erl"_s, "-module(two).\n");
    scratch.write(u"apps/gone/src/gone.app.src"_s, appSrc("gone", "0.1"));
    scratch.write(u"config/sys.config"_s, "[].\n");
    scratch.write(u"rebar.lock"_s, "[{<<\"dep\">>,{pkg,<<\"dep\">>,<<\"1.0\">>},0}].\n");
    scratch.write(u"README"_s, "one");
    scratch.commit();
    scratch.tag(u"1.0.0"_s);
    scratch.write(u"apps/one/src/one.app.src"_s, appSrc("one", "2.0.0"));
    scratch.write(u"apps/one/src/srv.erl"_s, server + "-export([f/0, h/2]).\n-record(state, {a, b}).\n");
    scratch.write(u"apps/one/src/fresh.erl"_s, "-module(fresh).\n-behaviour(supervisor).\n");
    scratch.write(u"apps/one/src/one.appup.src"_s, "{\"{{vsn}}\",[{\"1.0.0\",[]}],[]}.\n");
    scratch.write(u"apps/one/priv/data"_s, "2");
    scratch.write(u"apps/two/src/two.erl"_s, "-module(two).\n-export([f/0]).\n");
    scratch.write(u"config/sys.config"_s, "[{one,[]}].\n");
    scratch.write(u"config/vm.args"_s, "-name x\n");
    scratch.write(u"rebar.lock"_s, "{\"1.2.0\",[{<<\"dep\">>,{pkg,<<\"dep\">>,<<\"1.1\">>},0}]}.\n");
    scratch.write(u"README"_s, "two");
    scratch.git({u"rm"_s, u"-q"_s, u"-r"_s, u"apps/gone"_s, u"apps/one/src/deep"_s});
    scratch.commit();
    scratch.tag(u"2.0.0"_s);

    const auto found = compare(scratch);
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(found->basis, Differences::Basis::Sources);
    QCOMPARE(shown(*found),
             QStringList({u"dep 1.0 → 1.1 changed"_s, u"gone 0.1 →  removed"_s,
                          u"one 1.0.0 → 2.0.0 changed: removed old; added fresh [supervisor]; "
                          "changed srv [gen_server] +h/2 −g/1 {state: +b}; file priv/data"_s,
                          u"two 1.0.0 → 1.0.0 changed: changed two +f/0"_s, u"config/sys.config changed"_s,
                          u"config/vm.args added"_s}));
    QVERIFY(found->app("two")->isForgotten());
    QVERIFY(!found->app("one")->isForgotten());
    QCOMPARE(found->app("one")->module("srv")->olderPath, "apps/one/src/srv.erl");
    QCOMPARE(found->app("one")->olderModules, QSet<QByteArray>({"srv", "old", "same"}));
}

void TestComparison::sourcesOfOneApplicationAtTheTop()
{
    ScratchRepository scratch;
    scratch.write(u"src/app.app.src"_s, appSrc("app", "1"));
    scratch.write(u"src/m.erl"_s, "-module(m).\n");
    scratch.commit();
    scratch.tag(u"1"_s);
    scratch.write(u"src/m.erl"_s, "-module(m).\n% changed\n");
    scratch.commit();
    scratch.tag(u"2"_s);
    const auto found = compare(scratch);
    QVERIFY(found);
    QCOMPARE(shown(*found), QStringList{u"app 1 → 1 changed: changed m"_s});
}

void TestComparison::cancelled()
{
    ScratchRepository scratch;
    scratch.write(u"src/app.app.src"_s, appSrc("app", "1"));
    scratch.commit();
    scratch.tag(u"1"_s);
    scratch.commit();
    scratch.tag(u"2"_s);
    std::stop_source stop;
    stop.request_stop();
    const auto found = compare(scratch, JobContext(stop.get_token(), {}));
    QVERIFY(!found && found.error().isCancelled());
}

void TestComparison::builds()
{
    if (!test::Erl::isThere())
        QSKIP("There is no erl here to compile with.");
    BuiltApps built;
    const QByteArray server = "-behaviour(gen_server).\n-export([init/1,handle_call/3,handle_cast/2]).\n"
                              "init(_) -> {ok, new()}.\nhandle_call(_,_,S) -> {reply,ok,S}.\nhandle_cast(_,S) -> {noreply,S}.\n";
    const auto supervisor = [](const QByteArray &period) {
        return "-behaviour(supervisor).\n-export([init/1]).\ninit(_) -> {ok, {{one_for_one, 1, " + period + "}, []}}.\n";
    };
    // The path of the source is in the code of this one.
    const QByteArray logger = "-include_lib(\"kernel/include/logger.hrl\").\n-export([f/0]).\n"
                              "f() -> ?LOG_INFO(\"x\"), {?FILE, #{a => [?FILE, {b}]}}.\n";
    built.add(u"old"_s, "app", "1",
              {{"srv", server + "-record(state, {a}).\nnew() -> #state{}.\n"},
               {"lines", "-export([f/0]).\nf() -> 1.\n"},
               {"logs", logger},
               {"sup", supervisor("1")},
               {"gone", "-export([f/0]).\nf() -> 1.\n"}});
    built.add(u"new"_s, "app", "2",
              {{"srv", server + "-record(state, {a, b}).\nnew() -> #state{}.\n"},
               {"logs", logger},
               {"lines", "\n\n% moved\n-export([f/0]).\nf() -> 1.\n"},
               {"sup", supervisor("2")},
               {"nif", "-export([f/0]).\n-on_load(f/0).\nf() -> erlang:load_nif(\"x\", 0).\n"}});
    built.add(u"old"_s, "quiet", "1", {{"q", "-export([f/0]).\nf() -> 1.\n"}});
    built.add(u"new"_s, "quiet", "1", {{"q", "-export([f/0]).\nf() -> 2.\n"}});
    QCOMPARE(built.build(), QByteArray());
    BuiltApps::write(built.path(u"old/releases/1/vm.args"_s), "-name a\n");
    BuiltApps::write(built.path(u"new/releases/2/vm.args"_s), "-name b\n");

    const auto contents = [&](const QString &release, const QString &erts, const QByteArray &vsn) {
        BuiltContents found;
        found.release.erts = erts;
        for (const auto &[app, version] : {std::pair("app"_ba, vsn), std::pair("quiet"_ba, "1"_ba)}) {
            found.release.versions.insert(app, QString::fromUtf8(version));
            if (auto read = rules::readApplication(built.directory(release, app, version)))
                found.release.applications.insert(app, *read);
        }
        found.release.versions.insert("kernel", u"9"_s);
        found.configuration = built.path(release + u"/releases/"_s + QString::fromUtf8(vsn));
        return found;
    };
    const auto found = compareBuilds(contents(u"old"_s, u"15.0"_s, "1"), contents(u"new"_s, u"15.1"_s, "2"), {});
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QCOMPARE(found->basis, Differences::Basis::Builds);
    QCOMPARE(shown(*found),
             QStringList({u"app 1 → 2 changed: removed gone; added nif; changed srv [gen_server] {state: +b}; "
                          "changed sup [supervisor]"_s,
                          u"kernel 9 → 9 same"_s, u"quiet 1 → 1 changed: changed q"_s, u"vm.args changed"_s}));
    QVERIFY(found->app("app")->module("nif")->isNative());
    QVERIFY(found->app("app")->module("sup")->initChanged);
    QVERIFY(!found->app("kernel")->looked);
    QVERIFY(found->app("quiet")->isForgotten());
    QCOMPARE(found->ertsTo, u"15.1"_s);
}

void TestComparison::model()
{
    DifferencesModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Differences differences;
    AppDifference same;
    same.name = "same";
    same.from = same.to = u"1"_s;
    AppDifference app;
    app.name = "app";
    app.from = u"1"_s;
    app.to = u"1"_s;
    app.change = Change::Changed;
    ModuleDifference module;
    module.name = "m";
    module.older = module.newer = ModuleFacts{{"gen_server"}, {{"f", 0}}, {{"state", {"a"}}}, false};
    module.newer->exports.append({"g", 0});
    module.newer->records["state"] = {"b"};
    app.modules = {module};
    app.files = {u"priv/x"_s};
    differences.apps = {same, app};
    differences.files = {{u"sys.config"_s, Change::Changed, "a", "b"}};
    model.setDifferences(differences);

    QCOMPARE(model.rowCount(), 3);
    const QModelIndex first = model.index(0, 0);
    QCOMPARE(first.data().toString(), u"app"_s); // what is the same comes last
    QVERIFY(first.data(DifferencesModel::ProblemRole).toString().contains(u"vsn is still 1"));
    QCOMPARE(model.rowCount(first), 2);
    const QModelIndex m = model.index(0, 0, first);
    QCOMPARE(m.siblingAtColumn(2).data().toString(), u"gen_server · exports +1 · state: +b, −a"_s);
    QCOMPARE(model.moduleAt(m)->name, "m");
    QCOMPARE(model.moduleAt(first), nullptr);
    QCOMPARE(model.fileAt(model.index(2, 0))->path, u"sys.config"_s);
    QCOMPARE(m.data(DifferencesModel::ProblemRole).toString(), QString());
    model.setUnmentioned(u"app"_s, {u"m"_s});
    QVERIFY(!m.data(DifferencesModel::ProblemRole).toString().isEmpty());
    QVERIFY(m.data(Qt::AccessibleTextRole).toString().contains(u"no rule"));
    model.setDifferences({});
    QCOMPARE(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestComparison)
#include "tst_comparison_erl.moc"
