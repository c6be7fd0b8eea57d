// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/verifymodules.h"

#include "tests/support/probemodule.h"

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using namespace handover::node;

using Kind = ModuleDifference::Kind;

class VerifyModulesTest : public QObject
{
    Q_OBJECT

    TinyRelease m_release;

    [[nodiscard]] static Result<ModuleVerification> verified(TinyServer &server, const QString &built)
    {
        const auto modules = BuiltModules::read(built, {});
        if (!modules)
            return std::unexpected(modules.error());
        const auto installation = readInstallation(server.session(), {});
        if (!installation)
            return std::unexpected(installation.error());
        return verifyModules(server.session(), *installation, *modules, {});
    }
    [[nodiscard]] static QString kinds(const Result<ModuleVerification> &verification)
    {
        if (!verification)
            return QString::fromUtf8(wordsOf(verification));
        QStringList words;
        for (const ModuleDifference &difference : verification->differences)
            words += QString::fromUtf8(difference.module) + u' ' + kindName(difference.kind);
        return words.join(u", "_s);
    }
    [[nodiscard]] static QString beam(TinyServer &server, const QString &module)
    {
        return server.test().local(u"lib/tiny-1.0.0/ebin/%1.beam"_s.arg(module));
    }
    // As an operator would bring a hotfix: compiled elsewhere, loaded into the node by hand.
    [[nodiscard]] static bool loadByHand(TinyServer &server, const QString &module, const QByteArray &source)
    {
        TestServer::write(server.test().local(module + u".erl"_s), source);
        return TinyRelease::run(server.test().local(), u"erlc"_s, {module + u".erl"_s}) &&
               server.eval("code:purge(" + module.toLatin1() + "), code:load_abs(" +
                           erlangString(server.test().local(module)) + ").").contains("{module");
    }

private slots:
    void initTestCase() { QVERIFY(m_release.build()); }

    void whatWasBuilt()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        const QString tarball = m_release.tarball(u"1.0.0"_s);
        auto seen = verified(server, tarball);
        QCOMPARE(kinds(seen), QString());
        QVERIFY(seen->holds() && seen->asked);
        QVERIFY(seen->built > 200 && seen->same == seen->built && seen->loaded > 100);
        QCOMPARE(seen->version, u"1.0.0"_s);
        qInfo("%lld modules, %lld loaded, in %lld ms", seen->built, seen->loaded, seen->milliseconds);

        // Not unpacked there.
        QCOMPARE(codeOf(verified(server, m_release.tarball(u"1.1.0"_s))), u"server.not-installed"_s);
        // A copy of the server is a release directory; without the debug information the code is the same.
        QVERIFY(TinyRelease::run(server.test().local(), u"erl"_s, {u"-noshell"_s, u"-eval"_s,
            u"beam_lib:strip_files([\"lib/tiny-1.0.0/ebin/tiny_srv.beam\"]), halt()"_s}));
        seen = verified(server, tarball);
        QCOMPARE(kinds(seen), QString());
        QCOMPARE(seen->sameCode, 1);
        seen = verified(server, server.test().local());
        QCOMPARE(kinds(seen), QString());
        QCOMPARE(seen->same, seen->built);

        QVERIFY(server.stopNode());
        seen = verified(server, tarball);
        QVERIFY(seen && seen->holds() && !seen->asked);
    }

    void hotfixes()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        const QString tarball = m_release.tarball(u"1.0.0"_s);
        ProbeModule probe(server);
        QVERIFY(probe.load(1));
        QCOMPARE(kinds(verified(server, tarball)), u"probe extra-loaded"_s);
        QVERIFY(server.eval("code:purge(probe), code:delete(probe).").contains("true"));

        QVERIFY(loadByHand(server, u"tiny_app"_s,
                           "-module(tiny_app).\n-export([start/2, stop/1, init/1, fixed/0]).\nstart(_, _) -> ok.\nstop(_) -> "
                           "ok.\ninit(_) -> ignore.\nfixed() -> true.\n"));
        const auto seen = verified(server, tarball);
        QCOMPARE(kinds(seen), u"tiny_app hand-loaded"_s);
        const QString words = seen->differences.first().words;
        QVERIFY2(words.startsWith(u"Hand-loaded: tiny_app in the node's memory differs from the file on its disk"_s),
                 qPrintable(words));
        QVERIFY2(words.contains(server.test().local(u"tiny_app.beam"_s)), qPrintable(words));

        // The same fix put on the disk: what runs is there, but it is not what was built.
        QVERIFY(QFile::remove(beam(server, u"tiny_app"_s)));
        QVERIFY(QFile::copy(server.test().local(u"tiny_app.beam"_s), beam(server, u"tiny_app"_s)));
        QCOMPARE(kinds(verified(server, tarball)), u"tiny_app loaded-elsewhere, tiny_app disk-differs"_s);
    }

    // ?FILE puts the path of the source into the code, and so into its check sum. rebar3 gives compilers a whole path.
    void builtElsewhere()
    {
        TinyServer server;
        QVERIFY(server.start(m_release, false));
        QTemporaryDir other;
        QVERIFY(TinyRelease::run(server.test().local(), u"cp"_s, {u"-r"_s, u"lib"_s, u"releases"_s, other.path()}));
        const auto compile = [](const QString &place, const QByteArray &source) {
            TestServer::write(place + u"/tiny_srv.erl"_s, source);
            return TinyRelease::run(place, u"erl"_s, {u"-noshell"_s, u"-eval"_s,
                u"{ok, _} = compile:file(filename:absname(\"tiny_srv.erl\"), [{outdir, \"lib/tiny-1.0.0/ebin\"}]), halt()."_s});
        };
        const QByteArray source = "-module(tiny_srv).\n-export([place/0]).\nplace() -> ?FILE.\n";
        QVERIFY(compile(other.path(), source) && compile(server.test().local(), source));
        auto seen = verified(server, other.path());
        QCOMPARE(kinds(seen), QString());
        QCOMPARE(seen->elsewhere, 1);

        // Another constant in the same code might be such a path, too, but nothing says so.
        QVERIFY(compile(server.test().local(), "-module(tiny_srv).\n-export([place/0]).\nplace() -> \"elsewhere\".\n"));
        seen = verified(server, other.path());
        QCOMPARE(kinds(seen), u"tiny_srv disk-differs"_s);
        QVERIFY(seen->differences.first().words.contains(u"only its constants"_s));
        QVERIFY(compile(server.test().local(), "-module(tiny_srv).\n-export([more/0]).\nmore() -> 1.\n"));
        seen = verified(server, other.path());
        QCOMPARE(kinds(seen), u"tiny_srv disk-differs"_s);
        QVERIFY(!seen->differences.first().words.contains(u"only its constants"_s));
    }

    void filesOfTheDisk()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        const QString tarball = m_release.tarball(u"1.0.0"_s);
        const QByteArray whole = TestServer::contents(beam(server, u"tiny_srv"_s));
        QVERIFY(whole.size() > 1000);

        QVERIFY(QFile::setPermissions(beam(server, u"tiny_srv"_s), QFile::ReadOwner | QFile::WriteOwner));
        TestServer::write(beam(server, u"tiny_srv"_s), whole.chopped(500)); // half copied
        auto seen = verified(server, tarball);
        QCOMPARE(kinds(seen), u"tiny_srv broken"_s);
        QVERIFY2(seen->differences.first().words.contains(u"%1 bytes instead of %2"_s.arg(whole.size() - 500).arg(whole.size())),
                 qPrintable(seen->differences.first().words));
        TestServer::write(beam(server, u"tiny_srv"_s), {});
        QCOMPARE(kinds(verified(server, tarball)), u"tiny_srv broken"_s);

        QVERIFY(QFile::remove(beam(server, u"tiny_srv"_s)));
        TestServer::write(beam(server, u"it's \\ odd"_s), whole);
        TestServer::write(beam(server, u"leftover"_s), whole);
        QCOMPARE(kinds(verified(server, tarball)), u"it's \\\\ odd extra-file, leftover extra-file, tiny_srv missing"_s);
    }
};

QTEST_GUILESS_MAIN(VerifyModulesTest)
#include "tst_verifymodules.moc"
