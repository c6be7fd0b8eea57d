// SPDX-License-Identifier: GPL-3.0-or-later
// Appups that a project keeps for applications which aren't declared beside them.
#include "models/versions/version.h"
#include "tests/support/scratchrepository.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace handover;

class TestForeignAppups : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void packagesHaveVersions();
    void packagesWithRules();
    void ofAnotherApplicationOfTheProject();

private:
    [[nodiscard]] const versions::Version &at(const QString &tag) const;
    test::ScratchRepository m_scratch;
    QList<versions::Version> m_versions;
};

void TestForeignAppups::initTestCase()
{
    const auto lock = [this](const QByteArray &cowboy) {
        m_scratch.write(u"rebar.lock"_s, "{\"1.2.0\",[{<<\"cowboy\">>,{pkg,<<\"cowboy\">>,<<\"" + cowboy +
                                             "\">>},0},\n {<<\"jsx\">>,{git,\"https://x/y\",{ref,\"" +
                                             QByteArray(40, 'a') + "\"}},0}]}.\n");
    };
    m_scratch.write(u"apps/one/src/one.app.src"_s, "{application, one, [{vsn, \"1.0\"}]}.\n");
    m_scratch.write(u"apps/two/src/two.app.src"_s, "{application, two, [{vsn, \"1.0\"}]}.\n");
    lock("2.8.0");
    m_scratch.commit();
    m_scratch.tag(u"1.0"_s);
    lock("2.9.0");
    for (const char *name : {"cowboy.appup", "cowboy.appup.src", "jsx.appup", "nobody.appup.src", "two.appup", ".appup"})
        m_scratch.write(u"apps/one/src/"_s + QString::fromLatin1(name), "{\"{{vsn}}\", [], []}.\n");
    m_scratch.commit();
    m_scratch.tag(u"1.1"_s);
    m_scratch.write(u"apps/two/src/two.appup.src"_s, "{\"{{vsn}}\", [], []}.\n");
    m_scratch.commit();
    m_scratch.tag(u"1.2"_s);
    const auto repository = repo::Repository::open(m_scratch.path());
    QVERIFY(repository);
    const auto versions = versions::loadVersions(*repository, {});
    QVERIFY(versions);
    m_versions = *versions;
}

const versions::Version &TestForeignAppups::at(const QString &tag) const
{
    return *std::ranges::find_if(m_versions, [&](const versions::Version &version) { return version.tag.text() == tag; });
}

void TestForeignAppups::packagesHaveVersions()
{
    QCOMPARE(at(u"1.0"_s).app(u"cowboy")->vsn, u"2.8.0"_s);
    QCOMPARE(at(u"1.1"_s).app(u"cowboy")->vsn, u"2.9.0"_s);
    QVERIFY(!at(u"1.1"_s).app(u"jsx")); // a commit is no version
    QVERIFY(!at(u"1.1"_s).app(u"nobody"));
}

void TestForeignAppups::packagesWithRules()
{
    const auto names = [this](const QString &tag) {
        QStringList found;
        for (const versions::AppSource &app : at(tag).appsWithRules())
            found += app.name + u' ' + QString::fromUtf8(app.appupPath);
        return found;
    };
    QCOMPARE(names(u"1.0"_s), (QStringList{u"one "_s, u"two "_s}));
    QCOMPARE(names(u"1.1"_s),
             (QStringList{u"one "_s, u"two apps/one/src/two.appup"_s, u"cowboy apps/one/src/cowboy.appup.src"_s}));
    // What a build needs to know of those whose version it makes.
    const QList<versions::Dependency> deps = at(u"1.1"_s).deps;
    QCOMPARE(deps.size(), 2);
    QCOMPARE(deps[1].appupPath, "apps/one/src/jsx.appup");
}

void TestForeignAppups::ofAnotherApplicationOfTheProject()
{
    QCOMPARE(at(u"1.1"_s).app(u"two")->appupPath, "apps/one/src/two.appup");
    QCOMPARE(at(u"1.2"_s).app(u"two")->appupPath, "apps/two/src/two.appup.src"); // its own comes first
}

QTEST_GUILESS_MAIN(TestForeignAppups)
#include "tst_foreignappups.moc"
