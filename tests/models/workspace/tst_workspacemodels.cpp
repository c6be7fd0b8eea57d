// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/entrymodel.h"
#include "models/package/needmodel.h"
#include "models/deploy/deployment.h"
#include "models/workspace/packaging.h"
#include "models/workspace/rulesdocument.h"
#include "models/deploy/stepmodel.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using node::Step;
using deploy::Goal;
using deploy::StepModel;

class TestWorkspaceModels : public QObject
{
    Q_OBJECT

private slots:
    void stepsToAGoal();
    void stepModel();
    void entryModel();
    void needModel();
    void rulesFollowTheText();
    void rulesOfATagAreReadOnly();
    void savingNeverOverwritesOthers();
    void packageChecks_data();
    void packageChecks();
};

void TestWorkspaceModels::stepsToAGoal()
{
    using Kind = Step::Kind;
    QCOMPARE(deploy::stepsFor({Goal::Upload}), QList<Kind>{Kind::Upload});
    QCOMPARE(deploy::stepsFor({Goal::Install}), (QList<Kind>{Kind::Upload, Kind::Unpack, Kind::Check, Kind::Install}));
    QCOMPARE(deploy::stepsFor({Goal::Permanent}, true), (QList<Kind>{Kind::Check, Kind::Install, Kind::MakePermanent}));
}

void TestWorkspaceModels::stepModel()
{
    StepModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.plan(deploy::stepsFor({Goal::Permanent}));
    QCOMPARE(model.rowCount(), 5);
    const auto state = [&](int row) { return model.index(row).data(StepModel::StateRole).value<StepModel::State>(); };
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.begin(Step::Kind::Upload);
    QCOMPARE(state(0), StepModel::State::Running);
    Step step;
    step.kind = Step::Kind::Upload;
    step.ok = true;
    step.milliseconds = 12;
    step.detail = u"sent"_s;
    model.end(step);
    QCOMPARE(state(0), StepModel::State::Done);
    QCOMPARE(model.index(0).data(StepModel::MillisecondsRole).toLongLong(), 12);
    QCOMPARE(model.index(0).data(StepModel::DetailRole).toString(), u"sent"_s);
    step.kind = Step::Kind::Unpack;
    step.ok = false;
    model.end(step);
    QCOMPARE(state(1), StepModel::State::Failed);
    QCOMPARE(state(2), StepModel::State::Waiting);
    QCOMPARE(changed.size(), 3);
    model.plan({});
    QCOMPARE(model.rowCount(), 0);
}

void TestWorkspaceModels::entryModel()
{
    using package::Entry;
    using package::EntryModel;
    EntryModel model({{u"bin/x"_s, package::EntryType::File, 2500, 0755, {}},
                      {u"lib/l"_s, package::EntryType::Symlink, 0, 0777, u"x"_s}});
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.index(0, EntryModel::ModeColumn).data().toString(), u"0755"_s);
    QCOMPARE(model.index(0, EntryModel::SizeColumn).data(EntryModel::SortRole).toLongLong(), 2500);
    QCOMPARE(model.index(1, EntryModel::PathColumn).data().toString(), u"lib/l → x"_s);
}

void TestWorkspaceModels::needModel()
{
    using package::NeedModel;
    NeedModel model({{"libc.so.6", {{"GLIBC", {"GLIBC_2.38", {u"bin/x"_s}}}}, {u"bin/x"_s, u"bin/y"_s}, {}, {}},
                     {"libz.so.1", {}, {u"bin/x"_s}, {}, u"erts-15/lib/libz.so.1"_s}});
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.index(0, NeedModel::VersionColumn).data().toString(), u"GLIBC_2.38"_s);
    QCOMPARE(model.index(0, NeedModel::SourceColumn).data().toString(), u"the server"_s);
    QCOMPARE(model.index(1, NeedModel::SourceColumn).data().toString(), u"the release"_s);
    QCOMPARE(model.index(0, 0).data(Qt::ToolTipRole).toString(),
             u"<p style='white-space:pre'>Needed by\nbin/x\nbin/y\n\nGLIBC_2.38 needed by\nbin/x</p>"_s);
}

void TestWorkspaceModels::rulesFollowTheText()
{
    workspace::RulesDocument rules;
    const QAbstractItemModelTester tester(rules.matches(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy opened(&rules, &workspace::RulesDocument::opened);
    workspace::RulesDocument::Source source;
    source.app = u"a"_s;
    source.file = u"/nowhere/a.appup"_s;
    source.text = "{\"2\", [{\"1\", []}], [{\"1\", []}]}.\n";
    source.tagText = source.text;
    source.vsn = u"2"_s;
    source.otherVersions = source.versionsToReach = QStringList{u"1"_s};
    const auto analysed = [&] { return QTest::qWaitFor([&] { return rules.isAnalysed(); }); };
    rules.open(source);
    QCOMPARE(opened.size(), 1);
    QVERIFY(!rules.isAnalysed()); // nothing is worked out in this thread
    QVERIFY(analysed());
    QVERIFY(rules.appup().has_value());
    QCOMPARE(rules.errorCount(), 0);
    QVERIFY(!rules.isModified());
    rules.setText("{\"2\", [{\"0\", []}], [{\"1\", []}]}.\n");
    QVERIFY(rules.isModified() && rules.differsFromTag());
    QVERIFY(analysed());
    QVERIFY(rules.errorCount() > 0); // nothing takes 1 on the way up
    rules.setText("{\"2\", [");
    QVERIFY(analysed());
    QVERIFY(!rules.appup().has_value());
    QCOMPARE(rules.issues().first().code, u"appup.syntax"_s);
    rules.close();
    QVERIFY(!rules.isOpen() && rules.issues().isEmpty());
}

void TestWorkspaceModels::rulesOfATagAreReadOnly()
{
    workspace::RulesDocument rules;
    workspace::RulesDocument::Source source;
    source.app = u"a"_s;
    source.text = "{\"2\", [], []}.\n";
    rules.open(source);
    QVERIFY(!rules.isEditable());
    rules.setText("x");
    QVERIFY(!rules.save().has_value());
}

void TestWorkspaceModels::savingNeverOverwritesOthers()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"a.appup"_s);
    const auto write = [&path](const QByteArray &text) {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    QVERIFY(write("one"));
    workspace::RulesDocument rules;
    workspace::RulesDocument::Source source;
    source.app = u"a"_s;
    source.file = path;
    source.text = "one";
    rules.open(source);
    rules.setText("two");
    QVERIFY(rules.save().has_value());
    QVERIFY(write("theirs"));
    rules.setText("three");
    const auto saved = rules.save();
    QVERIFY(!saved.has_value());
    QCOMPARE(saved.error().code, u"rules.changed-outside"_s);
    QCOMPARE(rules.text(), "three");
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "theirs");
}

void TestWorkspaceModels::packageChecks_data()
{
    QTest::addColumn<QStringList>("from");
    QTest::addColumn<QByteArray>("relup");
    QTest::addColumn<QString>("failed"); // code of the check that must fail; empty: none
    const QByteArray good = "{\"2\", [{\"1\", [], [point_of_no_return]}], [{\"1\", [], [point_of_no_return]}]}.";
    QTest::newRow("good") << QStringList{u"1"_s} << good << QString();
    QTest::newRow("first installation") << QStringList() << QByteArray() << QString();
    QTest::newRow("no relup") << QStringList{u"1"_s} << QByteArray() << u"package.relup"_s;
    QTest::newRow("another version") << QStringList{u"0"_s} << good << u"package.relup"_s;
    QTest::newRow("no way back") << QStringList{u"1"_s} << QByteArray("{\"2\", [{\"1\", [], [point_of_no_return]}], []}.") << u"package.relup"_s;
    QTest::newRow("one of two") << QStringList{u"1"_s, u"0"_s} << good << u"package.relup"_s;
    QTest::newRow("restarts") << QStringList{u"1"_s}
                              << QByteArray("{\"2\", [{\"1\", [], [point_of_no_return, restart_emulator]}], "
                                            "[{\"1\", [], [point_of_no_return]}]}.")
                              << u"package.hot"_s;
}

void TestWorkspaceModels::packageChecks()
{
    QFETCH(const QStringList, from);
    QFETCH(const QByteArray, relup);
    QFETCH(const QString, failed);
    package::Manifest manifest;
    manifest.apps.insert(u"a"_s, u"2"_s);
    manifest.entries += {u"lib/a-2/ebin/a.app"_s, package::EntryType::File, 1, 0644, {}};
    if (!relup.isEmpty()) {
        const auto parsed = relup::Relup::parse(relup);
        QVERIFY2(parsed.has_value(), parsed ? "" : qPrintable(parsed.error().words()));
        manifest.relup = *parsed;
    }
    QString found;
    for (const workspace::PackageCheck &check : workspace::checkPackage(manifest, from)) {
        if (check.outcome == workspace::PackageCheck::Outcome::Failed)
            found = check.code;
    }
    QCOMPARE(found, failed);
    manifest.entries.clear();
    const auto checks = workspace::checkPackage(manifest, from);
    QVERIFY(std::ranges::any_of(checks, [](const workspace::PackageCheck &check) {
        return check.code == u"package.applications" && check.outcome == workspace::PackageCheck::Outcome::Failed;
    }));
}

QTEST_GUILESS_MAIN(TestWorkspaceModels)
#include "tst_workspacemodels.moc"
