// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/tarball.h"
#include "tests/support/scratchrepository.h"
#include "tests/support/tinyrelease.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;

/// fetch, and package --from-server: the relup comes from what a real server has installed.
class TestFetchVerb : public QObject
{
    Q_OBJECT

    struct Outcome
    {
        int status = -1;
        QByteArray output;
        QByteArray errors;
        [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(output).object(); }
    };

    QTemporaryDir m_directory;
    std::unique_ptr<test::ScratchRepository> m_project;
    TestServer m_server;

    Outcome run(const QStringList &arguments)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"HANDOVER_CACHE_DIR"_s, m_directory.filePath(u"cache"_s));
        environment.insert(u"HANDOVER_CONFIG_DIR"_s, m_directory.filePath(u"config"_s));
        process.setProcessEnvironment(environment);
        process.start(QString::fromLocal8Bit(qgetenv("HANDOVER_PROGRAM")), arguments);
        if (!process.waitForFinished(180'000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    QString address() { return m_server.address().text(); }
    QStringList login()
    {
        const ConnectOptions options = m_server.server().connectOptions();
        return {u"--identity"_s, options.identityFile, u"--known-hosts"_s, options.knownHostsFile};
    }
    QByteArray relupIn(const Outcome &packaged)
    {
        const auto manifest = package::inspect(packaged.json()[u"tarball"_s].toString(), {});
        return manifest && manifest->relup ? manifest->relup->text : QByteArray();
    }

private slots:
    void initTestCase()
    {
        m_project = std::make_unique<test::ScratchRepository>();
        m_project->write(u"rebar.config"_s, "{relx, [{release, {tiny, git}, [tiny, sasl]}, {dev_mode, false}, "
                                            "{include_erts, false}, {src_tests, false}, {extended_start_script, true}]}.\n");
        m_project->write(u"src/tiny.app.src"_s, "{application, tiny, [{description, \"\"}, {vsn, git}, {registered, []},\n"
                                                " {applications, [kernel, stdlib]}]}.\n");
        m_project->write(u"src/tiny.erl"_s, "-module(tiny).\n-export([f/0]).\nf() -> 1.\n");
        m_project->write(u".gitignore"_s, "/_build\n");
        m_project->commit(u"First"_s);
        m_project->tag(u"v1.0.0"_s);
        m_project->write(u"src/tiny.erl"_s, "-module(tiny).\n-export([f/0]).\nf() -> 2.\n");
        m_project->write(u"src/tiny.appup.src"_s, "{\"{{vsn}}\", [{\"1.0.0\", [{load_module, tiny}]}], [{\"1.0.0\", [{load_module, tiny}]}]}.\n");
        m_project->commit(u"Second"_s);
        m_project->tag(u"v1.1.0"_s);

        QVERIFY(m_server.start());
        const Outcome first = run({u"package"_s, u"--json"_s, u"-C"_s, m_project->path(), u"--to"_s, u"1.0.0"_s, u"--first"_s});
        QVERIFY2(first.status == 0, first.errors.constData());
        QVERIFY(TinyRelease::run(m_server.local(), u"tar"_s, {u"xzf"_s, first.json()[u"tarball"_s].toString()}));
    }

    void fetches()
    {
        const QString into = m_directory.filePath(u"fetched"_s);
        const Outcome fetched = run(QStringList{u"fetch"_s, u"--json"_s, u"--into"_s, into, address(), u"1.0.0"_s} + login());
        QVERIFY2(fetched.status == 0, fetched.errors.constData());
        QCOMPARE(fetched.json()[u"directory"_s].toString(), into);
        QCOMPARE(fetched.json()[u"fetched"_s], fetched.json()[u"files"_s]);
        QVERIFY(QFile::exists(into + u"/lib/tiny-1.0.0/ebin/tiny.beam"_s));
        const Outcome again = run(QStringList{u"fetch"_s, u"--json"_s, u"--into"_s, into, address(), u"1.0.0"_s} + login());
        QCOMPARE(again.json()[u"fetched"_s].toInt(-1), 0);
        QCOMPARE(run(QStringList{u"fetch"_s, address(), u"7.0.0"_s} + login()).status, 1);
        QCOMPARE(run(QStringList{u"fetch"_s, u"--into"_s, m_project->path(), address(), u"1.0.0"_s} + login()).status, 2);
        QVERIFY(QFile::exists(m_project->path(u"src/tiny.erl"_s)));
    }

    void packagesOntoIt()
    {
        const QStringList to{u"package"_s, u"--json"_s, u"-C"_s, m_project->path(), u"--to"_s, u"1.1.0"_s};
        const Outcome fetched = run(to + QStringList{u"--from-server"_s, address()} + login());
        QVERIFY2(fetched.status == 0, fetched.errors.constData());
        QCOMPARE(fetched.json()[u"relupFrom"_s].toArray(), QJsonArray{u"1.0.0"_s});
        const Outcome built = run(to + QStringList{u"--from"_s, u"1.0.0"_s});
        QVERIFY2(built.status == 0, built.errors.constData());
        QVERIFY(!relupIn(built).isEmpty());
        QCOMPARE(relupIn(fetched), relupIn(built));
        QCOMPARE(run(to + QStringList{u"--from-server"_s, address(), u"--first"_s}).status, 2);

        const QJsonArray versions = QJsonDocument::fromJson(run({u"versions"_s, u"--json"_s, u"-C"_s, m_project->path()}).output).array();
        QCOMPARE(versions[0][u"packagedFrom"_s].toArray(), (QJsonArray{u"v1.0.0"_s, u"a server"_s}));
    }
};

QTEST_GUILESS_MAIN(TestFetchVerb)
#include "tst_fetchverb.moc"
