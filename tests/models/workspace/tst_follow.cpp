// SPDX-License-Identifier: GPL-3.0-or-later
// An open project while somebody works on its repository with git.
#include "models/workspace/workspace.h"

#include "tests/support/scratchrepository.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace handover;
using test::ScratchRepository;
using workspace::Workspace;

namespace {

// A tag or a commit is seen at once, an edited file when it is looked for.
constexpr int SoonMs = 20'000;

QByteArray appSrc(const QByteArray &vsn) { return "{application, demo, [{vsn, \"" + vsn + "\"}]}.\n"; }

QByteArray appupText(const QByteArray &vsn) { return "{\"" + vsn + "\", [{<<\".*\">>, []}], [{<<\".*\">>, []}]}.\n"; }

} // namespace

class TestFollow final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void tagsComeAndGo();
    void manyTagsAtOnce();
    void packedReferences();
    void tagsInFolders();
    void aTagOfThePairMoves();
    void aTagOfThePairGoes();
    void headAndWorkTree();
    void unsavedRulesStay();
    void rulesEditedElsewhere();
    void appsOfOlderVersionsComeLater();
    void goesToHead();
    void goesToTheWorkTree();
    void reloadKeepsThePair();

private:
    void open();
    [[nodiscard]] bool soon(const std::function<bool()> &condition) const { return QTest::qWaitFor(condition, SoonMs); }
    [[nodiscard]] bool hasTag(const QString &tag) const { return m_workspace->versions()->rowOfTag(tag) >= 0; }
    [[nodiscard]] QString pair() const
    {
        const auto &from = m_workspace->from();
        const auto &to = m_workspace->to();
        return (from ? from->tag.text() : u"-"_s) + u' ' + (to ? to->tag.text() : u"-"_s);
    }

    QTemporaryDir m_home;
    std::unique_ptr<ScratchRepository> m_scratch;
    std::unique_ptr<Workspace> m_workspace;
};

void TestFollow::initTestCase()
{
    qputenv("HOME", m_home.path().toUtf8());
    qputenv("HANDOVER_CACHE_DIR", m_home.filePath(u"cache"_s).toUtf8());
    qunsetenv("XDG_CONFIG_HOME");
}

void TestFollow::init()
{
    m_scratch = std::make_unique<ScratchRepository>();
    for (const QByteArray vsn : {"1.0.0", "1.1.0", "2.0.0"}) {
        m_scratch->write(u"src/demo.app.src"_s, appSrc(vsn));
        m_scratch->write(u"src/demo.appup"_s, appupText(vsn));
        m_scratch->commit();
        m_scratch->tag(u"v"_s + QString::fromLatin1(vsn), u"Version"_s);
    }
}

void TestFollow::cleanup()
{
    m_workspace.reset();
    m_scratch.reset();
}

void TestFollow::open()
{
    m_workspace = std::make_unique<Workspace>();
    Job *job = m_workspace->open(m_scratch->path());
    QVERIFY(QTest::qWaitFor([job] { return job->isFinished(); }, 60'000));
    QVERIFY(m_workspace->project());
    QCOMPARE(pair(), u"v1.1.0 v2.0.0"_s);
}

void TestFollow::tagsComeAndGo()
{
    open();
    m_workspace->choosePair(u"v1.0.0"_s, u"v1.1.0"_s);
    QSignalSpy pairChanged(m_workspace.get(), &Workspace::pairChanged);
    QSignalSpy reset(m_workspace->versions(), &QAbstractItemModel::modelReset);
    m_scratch->tag(u"v2.1.0"_s);
    QVERIFY(soon([this] { return hasTag(u"v2.1.0"_s); }));
    QCOMPARE(m_workspace->versions()->rowOfTag(u"v2.1.0"), 0);
    QVERIFY(m_workspace->project()->find(u"v2.1.0"_s));
    m_scratch->git({u"tag"_s, u"-d"_s, u"v2.1.0"_s});
    QVERIFY(soon([this] { return !hasTag(u"v2.1.0"_s); }));
    m_scratch->git({u"tag"_s, u"-f"_s, u"-a"_s, u"-m"_s, u"Again"_s, u"v2.0.0"_s, u"v1.0.0"_s});
    QVERIFY(soon([this] { return m_workspace->project()->find(u"v2.0.0"_s)->tag.message == u"Again"_s; }));
    QCOMPARE(m_workspace->project()->find(u"v2.0.0"_s)->app(u"demo")->vsn, u"1.0.0"_s);
    QCOMPARE(pair(), u"v1.0.0 v1.1.0"_s);
    QCOMPARE(pairChanged.size(), 0);
    QCOMPARE(reset.size(), 0);
}

void TestFollow::manyTagsAtOnce()
{
    open();
    QSignalSpy changed(m_workspace.get(), &Workspace::projectChanged);
    const QByteArray commit = m_scratch->git({u"rev-parse"_s, u"HEAD"_s});
    QByteArray commands;
    for (int i = 0; i < 300; ++i)
        commands += "create refs/tags/v3.0." + QByteArray::number(i) + ' ' + commit + '\n';
    m_scratch->git({u"update-ref"_s, u"--stdin"_s}, commands);
    QVERIFY(soon([this] { return m_workspace->versions()->rowCount() == 303; }));
    QVERIFY2(changed.size() <= 5, "Each tag on its own would be too often");
    QCOMPARE(pair(), u"v1.1.0 v2.0.0"_s);
}

void TestFollow::packedReferences()
{
    open();
    m_scratch->git({u"pack-refs"_s, u"--all"_s});
    m_scratch->git({u"tag"_s, u"-d"_s, u"v1.0.0"_s}); // which rewrites the packed ones
    QVERIFY(soon([this] { return !hasTag(u"v1.0.0"_s); }));
    QCOMPARE(m_workspace->versions()->rowCount(), 2);
}

void TestFollow::tagsInFolders()
{
    open();
    m_scratch->tag(u"release/eu/2.1.0"_s);
    QVERIFY(soon([this] { return hasTag(u"release/eu/2.1.0"_s); }));
    m_scratch->tag(u"release/eu/2.2.0"_s); // in a folder that was not there before
    QVERIFY(soon([this] { return hasTag(u"release/eu/2.2.0"_s); }));
}

void TestFollow::aTagOfThePairMoves()
{
    open();
    m_scratch->write(u"src/demo.app.src"_s, appSrc("2.0.1"));
    m_scratch->commit();
    m_scratch->git({u"tag"_s, u"-f"_s, u"v2.0.0"_s});
    QVERIFY(soon([this] { return m_workspace->to() && m_workspace->to()->app(u"demo")->vsn == u"2.0.1"_s; }));
    QCOMPARE(pair(), u"v1.1.0 v2.0.0"_s);
}

void TestFollow::aTagOfThePairGoes()
{
    open();
    m_scratch->git({u"tag"_s, u"-d"_s, u"v2.0.0"_s});
    QVERIFY(soon([this] { return !hasTag(u"v2.0.0"_s); }));
    QCOMPARE(pair(), u"v1.0.0 v1.1.0"_s);
    m_scratch->git({u"tag"_s, u"-d"_s, u"v1.0.0"_s, u"v1.1.0"_s});
    QVERIFY(soon([this] { return m_workspace->versions()->rowCount() == 0; }));
    QCOMPARE(pair(), u"- -"_s);
    m_scratch->tag(u"v4"_s);
    QVERIFY(soon([this] { return pair() == u"- v4"_s; }));
}

void TestFollow::headAndWorkTree()
{
    open();
    QCOMPARE(m_workspace->project()->place.head.branch, u"main"_s);
    QCOMPARE(m_workspace->project()->place.workTree.changed, 0);
    m_scratch->git({u"checkout"_s, u"--quiet"_s, u"-b"_s, u"topic"_s});
    QVERIFY(soon([this] { return m_workspace->project()->place.head.branch == u"topic"_s; }));
    m_scratch->write(u"src/demo.app.src"_s, appSrc("2.0.0") + "% edited in place\n");
    QVERIFY(soon([this] { return m_workspace->project()->place.workTree.changed == 1; }));
    const QByteArray commit = m_scratch->commit();
    QVERIFY(soon([&] {
        const workspace::WorkPlace &place = m_workspace->project()->place;
        return place.workTree.changed == 0 && place.head.commit && place.head.commit->hex() == commit;
    }));
}

void TestFollow::unsavedRulesStay()
{
    open();
    QVERIFY(m_workspace->rules()->isEditable());
    const QByteArray unsaved = m_workspace->rules()->text() + "% not saved\n";
    m_workspace->rules()->setText(unsaved);
    m_scratch->tag(u"v2.1.0"_s);
    QVERIFY(soon([this] { return hasTag(u"v2.1.0"_s); }));
    QCOMPARE(m_workspace->rules()->text(), unsaved);
    QVERIFY(m_workspace->rules()->isModified());
    m_scratch->git({u"tag"_s, u"-d"_s, u"v2.0.0"_s});
    QVERIFY(soon([this] { return pair().endsWith(u"v2.1.0"_s); })); // of the same file
    QCOMPARE(m_workspace->rules()->text(), unsaved);
    QVERIFY(m_workspace->rules()->isModified());
    QVERIFY(m_workspace->rules()->save());
    QVERIFY(!m_workspace->rules()->isModified());
}

void TestFollow::rulesEditedElsewhere()
{
    open();
    m_scratch->write(u"src/demo.appup"_s, appupText("2.0.0") + "% by another editor\n");
    QVERIFY(soon([this] { return m_workspace->rules()->text().endsWith("editor\n"); }));
    m_scratch->write(u"src/demo.appup"_s, appupText("2.0.0") + "% once more\n"); // changed before and now
    QVERIFY(soon([this] { return m_workspace->rules()->text().endsWith("more\n"); }));
    QFile::remove(m_scratch->path(u"src/demo.appup"_s));
    QVERIFY(soon([this] { return !m_workspace->rules()->isEditable(); }));
    QCOMPARE(m_workspace->rules()->text(), appupText("2.0.0")); // the tag's
}

void TestFollow::appsOfOlderVersionsComeLater()
{
    QByteArray import;
    for (int i = 0; i < 600; ++i) {
        const QByteArray source = appSrc("0.0." + QByteArray::number(i));
        const QByteArray mark = QByteArray::number(i + 1);
        import += "commit refs/heads/old\nmark :" + mark + "\ncommitter C <c@d> 1600000000 +0000\ndata 1\nx\n";
        import += "M 644 inline src/demo.app.src\ndata " + QByteArray::number(source.size()) + '\n' + source + '\n';
        import += "reset refs/tags/v0.0." + QByteArray::number(i) + "\nfrom :" + mark + "\n\n";
    }
    m_scratch->git({u"fast-import"_s, u"--quiet"_s}, import);
    m_scratch->git({u"pack-refs"_s, u"--all"_s});
    open();
    m_workspace->choosePair(u"v0.0.0"_s, u"v0.0.7"_s); // which may not have been read yet
    QCOMPARE(m_workspace->to()->app(u"demo")->vsn, u"0.0.7"_s);
    QCOMPARE(m_workspace->from()->app(u"demo")->vsn, u"0.0.0"_s);
    QVERIFY(soon([this] { return !m_workspace->isReadingApps(); }));
    for (const versions::Version &version : m_workspace->project()->versions)
        QCOMPARE(u"v"_s + version.app(u"demo")->vsn, version.tag.text());
    QCOMPARE(m_workspace->versions()->versions(), m_workspace->project()->versions);
    QCOMPARE(m_workspace->rules()->source().otherVersions.size(), 602);
    QCOMPARE(m_workspace->rules()->source().versionsToReach.size(), 7);
    // What is known at a tag stays known when the list is read again.
    m_scratch->tag(u"v2.1.0"_s);
    QVERIFY(soon([this] { return hasTag(u"v2.1.0"_s); }));
    QVERIFY(!m_workspace->isReadingApps());
    QCOMPARE(m_workspace->project()->appVersions(u"demo"_s).size(), 603);
}

void TestFollow::goesToHead()
{
    open();
    m_workspace->chooseTo(versions::Version::Place::Head);
    QVERIFY(soon([this] { return pair() == u"v2.0.0 HEAD"_s; }));
    QCOMPARE(m_workspace->next().text, u"New Version…"_s);
    QVERIFY(!m_workspace->doNext() && !m_workspace->build() && !m_workspace->package());
    QVERIFY(!m_workspace->built(*m_workspace->to()));
    QCOMPARE(m_workspace->to()->app(u"demo")->vsn, u"2.0.0"_s);
    m_scratch->write(u"src/demo.erl"_s, "-module(demo).\n");
    m_scratch->write(u"src/demo.app.src"_s, "{application, demo, [{vsn, git}]}.\n");
    const QByteArray commit = m_scratch->commit();
    QVERIFY(soon([&] { return m_workspace->to()->tag.commit.hex() == commit; }));
    QCOMPARE(m_workspace->to()->app(u"demo")->vsn, QString()); // before it has a tag, only a build can tell
    QVERIFY(soon([this] {
        const changes::AppDifference *app = m_workspace->changes()->app(u"demo"_s);
        return app && app->module("demo");
    }));
    m_workspace->choosePair(u"v1.0.0"_s, m_workspace->to()->tag.text());
    QCOMPARE(pair(), u"v1.0.0 HEAD"_s);
    m_scratch->git({u"tag"_s, u"-d"_s, u"v1.0.0"_s});
    QVERIFY(soon([this] { return pair() == u"- HEAD"_s; }));
    m_workspace->choosePair(u"v1.1.0"_s, u"v2.0.0"_s);
    QCOMPARE(pair(), u"v1.1.0 v2.0.0"_s);
    QVERIFY(m_workspace->canBuild());
}

void TestFollow::goesToTheWorkTree()
{
    open();
    m_scratch->write(u"src/demo.erl"_s, "-module(demo).\n");
    m_workspace->chooseTo(versions::Version::Place::WorkTree);
    QVERIFY(soon([this] { return pair() == u"v2.0.0 working copy"_s; }));
    const auto module = [this](const QByteArray &name) {
        const changes::AppDifference *app = m_workspace->changes()->app(u"demo"_s);
        return app && app->module(name);
    };
    QVERIFY(soon([&] { return module("demo"); }));
    QCOMPARE(m_workspace->rules()->source().modules, QByteArrayList{"demo"});
    m_scratch->write(u"src/other.erl"_s, "-module(other).\n");
    QVERIFY(soon([&] { return module("other"); }));
    m_scratch->write(u"src/other.erl"_s, "-module(other).\n-export([f/0]).\n"); // the same number of files
    QVERIFY(soon([&] {
        const changes::AppDifference *app = m_workspace->changes()->app(u"demo"_s);
        const changes::ModuleDifference *other = app ? app->module("other") : nullptr;
        return other && other->newer->exports.size() == 1;
    }));
    QVERIFY(!m_workspace->canBuild());
}

void TestFollow::reloadKeepsThePair()
{
    open();
    m_workspace->choosePair(u"v1.0.0"_s, u"v1.1.0"_s);
    const QByteArray unsaved = m_workspace->rules()->text() + "% not saved\n";
    m_workspace->rules()->setText(unsaved);
    Job *job = m_workspace->reload();
    QVERIFY(QTest::qWaitFor([job] { return job->isFinished(); }, 60'000));
    QCOMPARE(pair(), u"v1.0.0 v1.1.0"_s);
    QCOMPARE(m_workspace->rules()->text(), unsaved);
}

QTEST_GUILESS_MAIN(TestFollow)
#include "tst_follow.moc"
