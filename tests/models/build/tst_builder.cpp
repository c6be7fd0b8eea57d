// SPDX-License-Identifier: GPL-3.0-or-later
// Builds with the real rebar3: what the user has stays as it is, what goes wrong is said.
#include "models/build/builder.h"
#include "tests/support/scratchrepository.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace handover;

namespace {

const QByteArray appSource = "{application, tiny, [{description, \"\"}, {vsn, git}, {registered, []},\n"
                             " {applications, [kernel, stdlib]}, {env, []}]}.\n";
const QByteArray config = "{relx, [{release, {tiny, git}, [tiny, sasl]}, {dev_mode, false}, {include_erts, false},\n"
                          " {src_tests, false}]}.\n";

QByteArray hashOf(const QString &directory)
{
    QStringList paths;
    QDirIterator files(directory, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext())
        paths += files.next();
    paths.sort();
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString &path : std::as_const(paths)) {
        QFile file(path);
        hash.addData(path.toUtf8());
        if (file.open(QIODevice::ReadOnly))
            hash.addData(&file);
    }
    return hash.result().toHex();
}

} // namespace

class TestBuilder : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void userTreeStaysUntouched();
    void appupsOfDependencies();
    void nastyTagsAndPaths();
    void severalTagsOnOneCommit();
    void doesNotCompile();
    void noRelease();
    void noRebar3();
    void noErl();
    void cancelLeavesNothing();

private:
    [[nodiscard]] build::BuildRequest request(const QByteArray &tag) const;
    std::unique_ptr<QTemporaryDir> m_cache;
    std::unique_ptr<test::ScratchRepository> m_repository;
};

void TestBuilder::init()
{
    m_cache = std::make_unique<QTemporaryDir>();
    m_repository = std::make_unique<test::ScratchRepository>();
    m_repository->write(u"rebar.config"_s, config);
    m_repository->write(u"src/tiny.app.src"_s, appSource);
    m_repository->write(u"src/tiny.erl"_s, "-module(tiny).\n-export([f/0]).\nf() -> 1.\n");
    m_repository->write(u"src/tiny.appup.src"_s, "{\"{{vsn}}\", [{<<\".*\">>, []}], [{<<\".*\">>, []}]}.\n");
    m_repository->write(u".gitignore"_s, "/_build\n/ebin\n");
    m_repository->commit(u"first"_s);
    m_repository->tag(u"1.0.0"_s);
}

build::BuildRequest TestBuilder::request(const QByteArray &tag) const
{
    const auto repository = repo::Repository::open(m_repository->path());
    const auto versions = versions::loadVersions(*repository, {});
    for (const versions::Version &version : *versions) {
        if (version.tag.name == tag)
            return {m_repository->path(), version, m_cache->path(), {}};
    }
    qFatal("no such tag");
}

void TestBuilder::userTreeStaysUntouched()
{
    m_repository->write(u"stashed.txt"_s, "to be stashed");
    m_repository->git({u"add"_s, u"."_s});
    m_repository->git({u"stash"_s});
    m_repository->write(u"src/tiny.erl"_s, "changed and does not compile");
    m_repository->write(u"staged.txt"_s, "staged");
    m_repository->git({u"add"_s, u"staged.txt"_s});
    m_repository->write(u"untracked.txt"_s, "untracked");
    const QByteArray before = hashOf(m_repository->path());

    const auto release = build::buildRelease(request("1.0.0"), {});
    QVERIFY2(release.has_value(), release ? "" : qPrintable(release.error().words() + release.error().detail));
    QCOMPARE(release->version, u"1.0.0"_s);
    QCOMPARE(release->apps.value(u"tiny"_s), u"1.0.0"_s);
    QCOMPARE(hashOf(m_repository->path()), before);

    QFile appup(release->directory + u"/lib/tiny-1.0.0/ebin/tiny.appup"_s);
    QVERIFY(appup.open(QIODevice::ReadOnly));
    QVERIFY(appup.readAll().startsWith("{\"1.0.0\""));
}

// A dependency seldom brings an appup; the project keeps one for it.
void TestBuilder::appupsOfDependencies()
{
    test::ScratchRepository dependency(u"dep"_s);
    dependency.write(u"src/dep.app.src"_s, QByteArray(appSource).replace("tiny", "dep").replace("git", "\"1.2.3\""));
    dependency.write(u"src/dep.erl"_s, "-module(dep).\n-export([f/0]).\nf() -> 1.\n");
    const QByteArray commit = dependency.commit();
    const QByteArray source = "{git, \"file://" + dependency.path().toUtf8() + "\", {ref, \"" + commit + "\"}}";
    m_repository->write(u"rebar.config"_s, "{deps, [{dep, " + source + "}]}.\n" + config);
    m_repository->write(u"rebar.lock"_s, "{\"1.2.0\", [{<<\"dep\">>, " + source + ", 0}]}.\n[].\n");
    m_repository->write(u"src/tiny.app.src"_s, QByteArray(appSource).replace("stdlib", "stdlib, dep"));
    m_repository->write(u"src/dep.appup.src"_s, "{\"{{vsn}}\", [{<<\".*\">>, []}], [{<<\".*\">>, []}]}.\n");
    m_repository->commit(u"with a dependency"_s);
    m_repository->tag(u"2.0.0"_s);
    const auto release = build::buildRelease(request("2.0.0"), {});
    QVERIFY2(release.has_value(), release ? "" : qPrintable(release.error().words() + release.error().detail));
    QCOMPARE(release->apps.value(u"dep"_s), u"1.2.3"_s);
    QFile appup(release->directory + u"/lib/dep-1.2.3/ebin/dep.appup"_s);
    QVERIFY(appup.open(QIODevice::ReadOnly));
    QVERIFY(appup.readAll().startsWith("{\"1.2.3\""));
}

void TestBuilder::nastyTagsAndPaths()
{
    // rebar3 would hand them to a shell: refused where it needs them, hidden from it where it doesn't.
    const QString tag = u"v2.0.0-it's$(touch${IFS}pwned)ü"_s;
    m_repository->tag(tag);
    const auto refused = build::buildRelease(request(tag.toUtf8()), {});
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().code, u"build.tag-name"_s);

    const auto beside = build::buildRelease(request("1.0.0"), {}); // on the same commit
    QVERIFY2(beside.has_value(), beside ? "" : qPrintable(beside.error().words() + beside.error().detail));
    QCOMPARE(beside->version, u"1.0.0"_s);

    m_repository->write(u"rebar.config"_s, QByteArray(config).replace("{tiny, git}", "{tiny, \"2.0.0\"}"));
    m_repository->write(u"src/tiny.app.src"_s, QByteArray(appSource).replace("git", "\"2.0.0\""));
    m_repository->commit(u"literal versions"_s);
    const QString other = u"v2.0.0;touch${IFS}pwned"_s;
    m_repository->tag(other);
    const auto release = build::buildRelease(request(other.toUtf8()), {});
    QVERIFY2(release.has_value(), release ? "" : qPrintable(release.error().words() + release.error().detail));
    QCOMPARE(release->version, u"2.0.0"_s);
    QVERIFY(!QFile::exists(m_repository->path() + u"/pwned"_s));
    QVERIFY(!QFile::exists(release->checkout + u"/pwned"_s));
}

void TestBuilder::severalTagsOnOneCommit()
{
    m_repository->tag(u"v1.1.0-rc1"_s);
    m_repository->tag(u"v1.1.0"_s);
    for (const auto &[tag, version] : {std::pair("v1.1.0", u"1.1.0"_s), std::pair("v1.1.0-rc1", u"1.1.0-rc1"_s)}) {
        const auto release = build::buildRelease(request(tag), {});
        QVERIFY2(release.has_value(), release ? "" : qPrintable(release.error().words() + release.error().detail));
        QCOMPARE(release->version, version);
        QCOMPARE(release->apps.value(u"tiny"_s), version);
    }
}

void TestBuilder::doesNotCompile()
{
    m_repository->write(u"src/tiny.erl"_s, "-module(tiny).\nf( -> ok.\n");
    m_repository->commit(u"broken"_s);
    m_repository->tag(u"1.1.0"_s);
    const auto release = build::buildRelease(request("1.1.0"), {});
    QVERIFY(!release.has_value());
    QCOMPARE(release.error().code, u"build.compile"_s);
    QVERIFY2(release.error().message.contains(u"tiny.erl:2"_s), qPrintable(release.error().message));
    QVERIFY(!QFile::exists(request("1.1.0").directory() + u"/source"_s));
    QVERIFY(!build::cachedRelease(request("1.1.0")));
}

void TestBuilder::noRelease()
{
    m_repository->write(u"rebar.config"_s, "{erl_opts, [debug_info]}.\n");
    m_repository->commit(u"no release"_s);
    m_repository->tag(u"1.2.0"_s);
    const auto release = build::buildRelease(request("1.2.0"), {});
    QVERIFY(!release.has_value());
    QVERIFY2(release.error().code == u"build.no-release" || release.error().code == u"build.rebar3",
             qPrintable(release.error().code));
    QVERIFY(!release.error().hint.isEmpty());
}

void TestBuilder::noRebar3()
{
    const QByteArray path = qgetenv("PATH");
    const build::BuildRequest wanted = request("1.0.0");
    qputenv("PATH", m_cache->path().toUtf8());
    const auto release = build::buildRelease(wanted, {});
    qputenv("PATH", path);
    QVERIFY(!release.has_value());
    QCOMPARE(release.error().code, u"build.no-rebar3"_s);
}

void TestBuilder::noErl()
{
    const QByteArray path = qgetenv("PATH");
    const build::BuildRequest wanted = request("1.0.0");
    QFile fake(m_cache->filePath(u"rebar3"_s));
    QVERIFY(fake.open(QIODevice::WriteOnly));
    fake.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    fake.close();
    qputenv("PATH", m_cache->path().toUtf8());
    const auto release = build::buildRelease(wanted, {});
    qputenv("PATH", path);
    QVERIFY(!release.has_value());
    QCOMPARE(release.error().code, u"build.no-erl"_s);
}

void TestBuilder::cancelLeavesNothing()
{
    const build::BuildRequest wanted = request("1.0.0");
    std::stop_source stop;
    std::atomic_bool started = false;
    const JobContext context(stop.get_token(), {{}, [&](const QString &line) {
                                                    if (line.startsWith(u"$ rebar3"))
                                                        started = true;
                                                }});
    std::thread later([&] {
        while (!started)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
        stop.request_stop();
    });
    const auto release = build::buildRelease(wanted, context);
    started = true;
    later.join();
    QVERIFY(!release.has_value());
    QVERIFY(release.error().isCancelled());
    QVERIFY(!QFile::exists(wanted.directory() + u"/source"_s));
    // The next one starts from nothing and works.
    QVERIFY(build::buildRelease(wanted, {}).has_value());
}

QTEST_GUILESS_MAIN(TestBuilder)
#include "tst_builder.moc"
