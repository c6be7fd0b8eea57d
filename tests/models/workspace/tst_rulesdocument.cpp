// SPDX-License-Identifier: GPL-3.0-or-later
// Unsaved text: kept when another application is shown, when another program writes the file, and
// when this one is killed.
#include "models/workspace/rulesdocument.h"

#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using workspace::RulesDocument;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

void put(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

RulesDocument::Source sourceOf(const QString &app, const QString &file)
{
    RulesDocument::Source source;
    source.app = app;
    source.file = file;
    source.text = contents(file);
    source.vsn = u"2"_s;
    return source;
}

} // namespace

class TestRulesDocument : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void goingToAnotherApplicationKeepsText();
    void savesAndDiscardsAll();
    void changeOfTheFileIsNoticed_data();
    void changeOfTheFileIsNoticed();
    void ownSavingIsNoNews();
    void deletedFileIsNoticed();
    void changeWhileAnotherIsShown();
    void killedProcessLosesNothing();
    void savedTextLeavesNoDraft();
    void runningHandoverKeepsItsDrafts();
    void brokenDraftsAreIgnored_data();
    void brokenDraftsAreIgnored();

private:
    [[nodiscard]] QStringList drafts() const;
    void killAfterTyping(const QByteArray &text);

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_one;
    QString m_two;
};

void TestRulesDocument::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    qputenv("HANDOVER_STATE_DIR", m_directory->filePath(u"state"_s).toUtf8());
    m_one = m_directory->filePath(u"one.appup"_s);
    m_two = m_directory->filePath(u"two.appup"_s);
    put(m_one, "{\"2\",[],[]}.\n");
    put(m_two, "{\"3\",[],[]}.\n");
}

QStringList TestRulesDocument::drafts() const
{
    return QDir(m_directory->filePath(u"state/drafts"_s)).entryList({u"*.draft"_s});
}

void TestRulesDocument::goingToAnotherApplicationKeepsText()
{
    RulesDocument rules;
    rules.open(sourceOf(u"one"_s, m_one));
    rules.setText("mine");
    rules.open(sourceOf(u"two"_s, m_two));
    QCOMPARE(rules.text(), contents(m_two));
    QVERIFY(!rules.isModified());
    QCOMPARE(rules.unsavedApps(), QStringList{u"one"_s});
    rules.open(sourceOf(u"one"_s, m_one));
    QCOMPARE(rules.text(), QByteArray("mine"));
    QVERIFY(rules.isModified() && !rules.outside() && !rules.leftDraft());
    QVERIFY(rules.save().has_value());
    QCOMPARE(contents(m_one), QByteArray("mine"));
    QVERIFY(rules.unsavedApps().isEmpty());
}

void TestRulesDocument::savesAndDiscardsAll()
{
    RulesDocument rules;
    const auto edit = [&] {
        rules.open(sourceOf(u"one"_s, m_one));
        rules.setText("mine 1");
        rules.open(sourceOf(u"two"_s, m_two));
        rules.setText("mine 2");
    };
    edit();
    QCOMPARE(rules.unsavedApps(), (QStringList{u"one"_s, u"two"_s}));
    rules.discardAll();
    QVERIFY(rules.unsavedApps().isEmpty() && !rules.isModified());
    QCOMPARE(contents(m_one), QByteArray("{\"2\",[],[]}.\n"));
    edit();
    put(m_one, "theirs"); // not to be overwritten
    const auto refused = rules.saveAll();
    QCOMPARE(refused.error().code, u"rules.changed-outside"_s);
    QCOMPARE(contents(m_one), QByteArray("theirs"));
    QCOMPARE(rules.unsavedApps(), (QStringList{u"one"_s, u"two"_s}));
    put(m_one, "{\"2\",[],[]}.\n");
    QVERIFY(rules.saveAll().has_value());
    QCOMPARE(contents(m_one), QByteArray("mine 1"));
    QCOMPARE(contents(m_two), QByteArray("mine 2"));
    QVERIFY(rules.unsavedApps().isEmpty());
}

void TestRulesDocument::changeOfTheFileIsNoticed_data()
{
    QTest::addColumn<bool>("renamed"); // written beside it and put in its place, as many programs do
    QTest::newRow("in place") << false;
    QTest::newRow("replaced") << true;
}

void TestRulesDocument::changeOfTheFileIsNoticed()
{
    QFETCH(const bool, renamed);
    RulesDocument rules;
    rules.open(sourceOf(u"one"_s, m_one));
    rules.setText("mine");
    for (const QByteArray &theirs : {QByteArray("theirs"), QByteArray("theirs again")}) {
        const QString beside = m_one + u".new"_s;
        put(renamed ? beside : m_one, theirs);
        if (renamed) {
            QVERIFY(QFile::remove(m_one));
            QVERIFY(QFile::rename(beside, m_one));
        }
        QVERIFY(QTest::qWaitFor([&] { return rules.outside() && rules.outside()->text == theirs; }));
        QCOMPARE(rules.text(), QByteArray("mine"));
    }
    QVERIFY(!rules.save().has_value());
    rules.keepMine();
    QVERIFY(rules.isModified() && !rules.outside());
    QVERIFY(rules.save().has_value());
    QCOMPARE(contents(m_one), QByteArray("mine"));
    put(m_one, "theirs at last");
    QVERIFY(QTest::qWaitFor([&] { return rules.outside().has_value(); }));
    rules.reload();
    QCOMPARE(rules.text(), QByteArray("theirs at last"));
    QVERIFY(!rules.isModified() && !rules.outside());
}

void TestRulesDocument::ownSavingIsNoNews()
{
    RulesDocument rules;
    rules.open(sourceOf(u"one"_s, m_one));
    QSignalSpy noticed(&rules, &RulesDocument::noticed);
    rules.setText("mine");
    QVERIFY(rules.save().has_value());
    QTest::qWait(400);
    QVERIFY(noticed.isEmpty() && !rules.outside());
    put(m_one, "x"); // it still looks
    QVERIFY(QTest::qWaitFor([&] { return rules.outside().has_value(); }));
    put(m_one, "mine"); // and sees when it is all right again
    QVERIFY(QTest::qWaitFor([&] { return !rules.outside().has_value(); }));
}

void TestRulesDocument::deletedFileIsNoticed()
{
    RulesDocument rules;
    rules.open(sourceOf(u"one"_s, m_one));
    QVERIFY(QFile::remove(m_one));
    QVERIFY(QTest::qWaitFor([&] { return rules.outside() && rules.outside()->deleted; }));
    rules.keepMine();
    QVERIFY(rules.isModified());
    QVERIFY(rules.save().has_value());
    QCOMPARE(contents(m_one), QByteArray("{\"2\",[],[]}.\n"));
}

void TestRulesDocument::changeWhileAnotherIsShown()
{
    RulesDocument rules;
    rules.open(sourceOf(u"one"_s, m_one));
    rules.setText("mine");
    rules.open(sourceOf(u"two"_s, m_two));
    put(m_one, "theirs");
    rules.open(sourceOf(u"one"_s, m_one));
    QCOMPARE(rules.text(), QByteArray("mine"));
    QVERIFY(rules.outside() && rules.outside()->text == "theirs");
    QVERIFY(!rules.save().has_value());
}

void TestRulesDocument::killAfterTyping(const QByteArray &text)
{
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HANDOVER_TEST_EDITS"_s, m_one);
    environment.insert(u"HANDOVER_TEST_TEXT"_s, QString::fromUtf8(text));
    child.setProcessEnvironment(environment);
    child.start(QCoreApplication::applicationFilePath(), QStringList());
    QVERIFY(child.waitForStarted());
    const QStringList before = drafts();
    QVERIFY(QTest::qWaitFor([&] { return drafts().size() > before.size(); }, 20'000));
    // While it runs, nobody is offered what it edits.
    RulesDocument meanwhile;
    meanwhile.open(sourceOf(u"one"_s, m_one));
    QVERIFY(!meanwhile.leftDraft() || meanwhile.leftDraft()->text != text);
    child.kill();
    QVERIFY(child.waitForFinished());
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);
}

void TestRulesDocument::killedProcessLosesNothing()
{
    killAfterTyping("first");
    QVERIFY(!QTest::currentTestFailed());
    {
        RulesDocument rules;
        rules.open(sourceOf(u"one"_s, m_one));
        QVERIFY(rules.leftDraft());
        QCOMPARE(rules.leftDraft()->text, QByteArray("first"));
        QVERIFY(qAbs(rules.leftDraft()->time.secsTo(QDateTime::currentDateTime())) < 60);
        QCOMPARE(rules.text(), QByteArray("{\"2\",[],[]}.\n")); // only offered
        rules.setText("something else"); // an offer that nobody answered stays
        rules.open(sourceOf(u"two"_s, m_two));
        QVERIFY(!rules.leftDraft());
        rules.discardAll();
        rules.open(sourceOf(u"one"_s, m_one));
        QVERIFY(rules.leftDraft());
        rules.takeDraft();
        QCOMPARE(rules.text(), QByteArray("first"));
        QVERIFY(rules.isModified() && !rules.leftDraft());
        QVERIFY(rules.save().has_value());
    }
    QVERIFY(drafts().isEmpty());
    killAfterTyping("second");
    QVERIFY(!QTest::currentTestFailed());
    {
        RulesDocument rules;
        rules.open(sourceOf(u"one"_s, m_one));
        QVERIFY(rules.leftDraft() && rules.leftDraft()->text == "second");
        rules.discardDraft();
        QVERIFY(!rules.leftDraft());
        QCOMPARE(rules.text(), QByteArray("first"));
    }
    QVERIFY(drafts().isEmpty());
}

void TestRulesDocument::savedTextLeavesNoDraft()
{
    RulesDocument rules;
    rules.open(sourceOf(u"one"_s, m_one));
    rules.setText("mine");
    QVERIFY(QTest::qWaitFor([&] { return drafts().size() == 1; }));
    rules.setText(rules.source().text); // undone
    QVERIFY(QTest::qWaitFor([&] { return drafts().isEmpty(); }));
    rules.setText("mine");
    QVERIFY(QTest::qWaitFor([&] { return drafts().size() == 1; }));
    QVERIFY(rules.save().has_value());
    QVERIFY(QTest::qWaitFor([&] { return drafts().isEmpty(); }));
    QCOMPARE(QFileInfo(m_directory->filePath(u"state/drafts"_s)).isDir(), true);
}

void TestRulesDocument::runningHandoverKeepsItsDrafts()
{
    RulesDocument one;
    one.open(sourceOf(u"one"_s, m_one));
    one.setText("mine");
    QVERIFY(QTest::qWaitFor([&] { return drafts().size() == 1; }));
    RulesDocument two;
    two.open(sourceOf(u"one"_s, m_one));
    QVERIFY(!two.leftDraft());
    two.setText("mine, too");
    QVERIFY(QTest::qWaitFor([&] { return drafts().size() == 2; }));
    QVERIFY(two.save().has_value());
    QVERIFY(QTest::qWaitFor([&] { return drafts().size() == 1; }));
}

void TestRulesDocument::brokenDraftsAreIgnored_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("{\"2\",[],[]}.");
    QTest::newRow("truncated") << QByteArray::fromHex("a3646669");
    QTest::newRow("huge length") << QByteArray::fromHex("bbffffffffffffffff");
    QTest::newRow("array") << QByteArray::fromHex("83010203");
    QTest::newRow("deep") << QByteArray(100'000, '\x81');
}

void TestRulesDocument::brokenDraftsAreIgnored()
{
    QFETCH(const QByteArray, bytes);
    killAfterTyping("mine");
    QVERIFY(!QTest::currentTestFailed());
    put(m_directory->filePath(u"state/drafts/"_s + drafts().first()), bytes);
    RulesDocument rules;
    rules.open(sourceOf(u"one"_s, m_one));
    QVERIFY(!rules.leftDraft());
}

// With HANDOVER_TEST_EDITS this is somebody who types and is never asked to stop.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (const QString file = qEnvironmentVariable("HANDOVER_TEST_EDITS"); !file.isEmpty()) {
        RulesDocument rules;
        rules.open(sourceOf(u"one"_s, file));
        rules.setText(qgetenv("HANDOVER_TEST_TEXT"));
        return QCoreApplication::exec();
    }
    TestRulesDocument test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_rulesdocument.moc"
