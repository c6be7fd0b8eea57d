// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/targetchecks.h"

#include "tests/support/tinyrelease.h"

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using namespace handover::node;
using Outcome = Check::Outcome;

/// A real node on a real server, put in order and in disorder; its own tarballs, and ones that are spoilt on purpose.
class TargetChecksTest : public QObject
{
    Q_OBJECT

    TinyRelease m_release;
    QTemporaryDir m_scratch;
    std::optional<TinyServer> m_quiet; ///< its node is down

    static QString words(const Check &check)
    {
        return u"%1 %2: %3 | %4 | %5"_s.arg(check.id, outcomeName(check.outcome), check.words, check.remedy, check.details.join(u"; "_s));
    }
    QList<Check> m_checks;
    [[nodiscard]] Check check(const QString &id) const
    {
        const auto found = std::ranges::find(m_checks, id, &Check::id);
        return found == m_checks.cend() ? Check{} : *found;
    }
    bool look(TinyServer &server, const QString &tarball)
    {
        m_checks.clear();
        const auto manifest = package::inspect(tarball, {});
        const auto installation = readInstallation(server.session(), {});
        if (!manifest || !installation) {
            qWarning("%s%s", wordsOf(manifest).constData(), wordsOf(installation).constData());
            return false;
        }
        QElapsedTimer timer;
        timer.start();
        const auto checks = checkTarget(server.session(), *installation, *manifest, {});
        if (!checks) {
            qWarning("%s", wordsOf(checks).constData());
            return false;
        }
        qInfo("%lld ms", static_cast<long long>(timer.elapsed()));
        m_checks = *checks;
        for (const Check &check : m_checks)
            qInfo("%s", qPrintable(words(check)));
        return true;
    }

    // The tarball of 1.1.0, unpacked, changed by a shell command there, packed again.
    QString spoilt(const QString &command, const QString &version = u"1.1.0"_s)
    {
        static int number = 0;
        const QString folder = m_scratch.filePath(u"tarball%1"_s.arg(++number));
        const QString file = folder + u".tar.gz"_s;
        QDir().mkpath(folder);
        const bool made = TinyRelease::run(folder, u"tar"_s, {u"xzf"_s, m_release.tarball(version)}) &&
                          TinyRelease::run(folder, u"sh"_s, {u"-ec"_s, command}) &&
                          TinyRelease::run(folder, u"sh"_s, {u"-ec"_s, u"tar cf - * | gzip -1 > '%1'"_s.arg(file)});
        return made ? file : QString();
    }

#define COMPARE_OUTCOME(id, expected)                                                                                  \
    QVERIFY2(check(id).outcome == (expected), qPrintable(words(check(id))))

private slots:
    void initTestCase()
    {
        QVERIFY(m_release.build());
        m_quiet.emplace();
        QVERIFY(m_quiet->start(m_release, false));
    }

    void allIsWell()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        QVERIFY(look(server, m_release.tarball(u"1.1.0"_s)));
        QStringList ids;
        for (const Check &check : std::as_const(m_checks)) {
            ids += check.id;
            QVERIFY2(check.outcome == Outcome::Passed, qPrintable(words(check)));
            QVERIFY(!check.title.isEmpty() && check.words.endsWith(u'.') && check.remedy.isEmpty());
        }
        QCOMPARE(ids, (QStringList{u"space"_s, u"tarball"_s, u"handler"_s, u"system"_s, u"erts"_s, u"libraries"_s,
                                   u"relup"_s, u"applications"_s, u"files"_s, u"config"_s}));
        QVERIFY(check(u"libraries"_s).details.join(u' ').contains(u"libc.so.6 with GLIBC_2."_s));
        QVERIFY(check(u"relup"_s).words.contains(u"from 1.0.0"_s));

        // Once it is uploaded, it is known to be the same, and once it is unpacked, too.
        QVERIFY(server.upload(m_release, u"1.1.0"_s));
        QVERIFY(look(server, m_release.tarball(u"1.1.0"_s)));
        COMPARE_OUTCOME(u"tarball"_s, Outcome::Passed);
        QVERIFY(check(u"tarball"_s).words.contains(u"is the same"_s));
        VERIFY_RESULT(unpackRelease(server.session(), u"tiny"_s, u"1.1.0"_s, {}));
        QVERIFY(look(server, m_release.tarball(u"1.1.0"_s)));
        COMPARE_OUTCOME(u"tarball"_s, Outcome::Passed);
        QVERIFY(check(u"tarball"_s).words.contains(u"unpacked on the server already"_s));
        COMPARE_OUTCOME(u"files"_s, Outcome::Passed);
        QVERIFY(look(server, spoilt(u"echo >> lib/tiny-1.1.0/ebin/tiny.app"_s)));
        COMPARE_OUTCOME(u"tarball"_s, Outcome::Warning);
        COMPARE_OUTCOME(u"files"_s, Outcome::Failed);

        VERIFY_RESULT(installRelease(server.session(), u"tiny"_s, u"1.1.0"_s, {}));
        QVERIFY(look(server, m_release.tarball(u"1.1.0"_s)));
        COMPARE_OUTCOME(u"relup"_s, Outcome::Failed);
        QVERIFY(check(u"relup"_s).words.contains(u"runs 1.1.0 already"_s));
        // Back to 1.0.0 by the relup of 1.1.0, which is on the server.
        QVERIFY(look(server, m_release.tarball(u"1.0.0"_s)));
        COMPARE_OUTCOME(u"relup"_s, Outcome::Passed);
        QVERIFY(check(u"relup"_s).words.contains(u"releases/1.1.0/relup"_s));
    }

    void nodeIsDown()
    {
        QVERIFY(look(*m_quiet, m_release.tarball(u"1.1.0"_s)));
        COMPARE_OUTCOME(u"relup"_s, Outcome::Impossible);
        COMPARE_OUTCOME(u"applications"_s, Outcome::Impossible);
        COMPARE_OUTCOME(u"erts"_s, Outcome::Passed);
        COMPARE_OUTCOME(u"libraries"_s, Outcome::Passed);
        COMPARE_OUTCOME(u"config"_s, Outcome::Passed);
    }

    void waysToInstall()
    {
        QVERIFY(look(*m_quiet, m_release.tarball(u"1.1.0"_s)));
        COMPARE_OUTCOME(u"handler"_s, Outcome::Passed);
        QVERIFY(check(u"handler"_s).words.contains(u"install_upgrade.escript"_s));
        const QString script = m_quiet->test().local(u"bin/tiny"_s);
        const QByteArray text = TestServer::contents(script);
        TestServer::write(script, QByteArray(text).replace("install_upgrade.escript", "gone")
                                      .replace("PRE_INSTALL_UPGRADE_HOOKS=\"\"", "PRE_INSTALL_UPGRADE_HOOKS=\"hooks/a\""));
        QVERIFY(look(*m_quiet, m_release.tarball(u"1.1.0"_s)));
        COMPARE_OUTCOME(u"handler"_s, Outcome::Warning);
        QVERIFY(check(u"handler"_s).words.contains(u"through bin/tiny eval"_s));
        QVERIFY(check(u"handler"_s).details.join(u' ').contains(u"are not run"_s));
        TestServer::write(script, "#!/bin/sh\nexec erl\n");
        QVERIFY(look(*m_quiet, m_release.tarball(u"1.1.0"_s)));
        COMPARE_OUTCOME(u"handler"_s, Outcome::Failed);
        TestServer::write(script, text);
    }

    void wrongRelups()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        QVERIFY(look(server, m_release.tarball(u"1.2.0"_s))); // from 1.1.0 only
        COMPARE_OUTCOME(u"relup"_s, Outcome::Failed);
        QVERIFY(check(u"relup"_s).words.contains(u"comes from 1.1.0 only"_s));
        QVERIFY(look(server, m_release.tarball(u"1.3.0"_s))); // none
        COMPARE_OUTCOME(u"relup"_s, Outcome::Failed);
        QVERIFY(check(u"relup"_s).words.contains(u"has no relup"_s));
        QVERIFY(look(server, m_release.tarball(u"1.4.0"_s)));
        COMPARE_OUTCOME(u"relup"_s, Outcome::Failed);
        QVERIFY(check(u"relup"_s).details.contains(u"heart: does not run"_s));
        QVERIFY(look(server, spoilt(u"printf '{\"1.1.0\",[{\"1.0.0\",[],[point_of_no_return]}],[]}.' > releases/1.1.0/relup"_s)));
        COMPARE_OUTCOME(u"relup"_s, Outcome::Warning);
        QVERIFY(check(u"relup"_s).words.contains(u"no way back"_s));
    }

    void wrongApplications()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        const QString lib = server.test().local(u"lib/tiny-1.0.0/ebin/"_s);
        const QByteArray app = TestServer::contents(lib + u"tiny.app"_s);
        TestServer::write(lib + u"tiny.app"_s, QByteArray(app).replace("1.0.0", "0.9.0"));
        QVERIFY(look(server, m_release.tarball(u"1.1.0"_s)));
        COMPARE_OUTCOME(u"applications"_s, Outcome::Failed);
        QVERIFY(check(u"applications"_s).words.contains(u"tiny.app says version 0.9.0"_s));
        TestServer::write(lib + u"tiny.app"_s, app);

        QVERIFY(QFile::rename(lib + u"tiny_srv.beam"_s, lib + u"away"_s));
        QVERIFY(look(server, m_release.tarball(u"1.1.0"_s)));
        COMPARE_OUTCOME(u"applications"_s, Outcome::Failed);
        QVERIFY(check(u"applications"_s).words.contains(u"tiny_srv.beam is missing"_s));
        QVERIFY(QFile::rename(lib + u"away"_s, lib + u"tiny_srv.beam"_s));

        QVERIFY(look(server, spoilt(u"rm lib/tiny-1.1.0/ebin/tiny_srv.beam"_s)));
        COMPARE_OUTCOME(u"applications"_s, Outcome::Failed);
        QVERIFY(check(u"applications"_s).words.contains(u"the tarball has no lib/tiny-1.1.0/ebin/tiny_srv.beam"_s));
        QVERIFY(QDir(server.test().local(u"lib/tiny-1.0.0"_s)).removeRecursively());
        QVERIFY(look(server, m_release.tarball(u"1.1.0"_s)));
        COMPARE_OUTCOME(u"applications"_s, Outcome::Failed);
    }

    void keptFiles()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        // What a failed unpack leaves: OTP would load this.
        QDir().mkpath(server.test().local(u"lib/tiny-1.1.0/ebin"_s));
        TestServer::write(server.test().local(u"lib/tiny-1.1.0/ebin/tiny_srv.beam"_s), "rubbish");
        QVERIFY(look(server, m_release.tarball(u"1.1.0"_s)));
        COMPARE_OUTCOME(u"files"_s, Outcome::Failed);
        QCOMPARE(check(u"files"_s).details, QStringList{u"lib/tiny-1.1.0/ebin/tiny_srv.beam"_s});
        QVERIFY(QDir(server.test().local(u"lib/tiny-1.1.0"_s)).removeRecursively());

        // The same code with other debug information is the same.
        const QString beam = u"ebin/sasl.beam"_s;
        const QStringList sasl = QDir(server.test().local(u"lib"_s)).entryList({u"sasl-*"_s});
        QCOMPARE(sasl.size(), 1);
        const QString folder = u"lib/%1/"_s.arg(sasl.first());
        QVERIFY(look(server, spoilt(u"erl -noshell -eval '{ok,B}=file:read_file(\"%1\"),ok=file:write_file(\"%1\",zlib:gzip(B)),halt().'"_s.arg(folder + beam))));
        COMPARE_OUTCOME(u"files"_s, Outcome::Passed);
        // Changed under the old version.
        QVERIFY(look(server, spoilt(u"cp lib/tiny-1.1.0/ebin/tiny_srv.beam %1"_s.arg(folder + beam))));
        COMPARE_OUTCOME(u"files"_s, Outcome::Warning);
        QCOMPARE(check(u"files"_s).details, QStringList{folder + beam});

        // Configuration that somebody has put there.
        QDir().mkpath(server.test().local(u"releases/1.1.0"_s));
        TestServer::write(server.test().local(u"releases/1.1.0/vm.args"_s), "-sname other\n");
        QVERIFY(look(server, m_release.tarball(u"1.1.0"_s)));
        COMPARE_OUTCOME(u"files"_s, Outcome::Warning);
        QCOMPARE(check(u"files"_s).details, QStringList{u"releases/1.1.0/vm.args"_s});
        // The link of an unpack that failed.
        QDir().mkpath(server.test().local(u"releases/1.1.0"_s));
        QVERIFY(QFile::link(u"nowhere"_s, server.test().local(u"releases/1.1.0/tiny.tar.gz"_s)));
        TestServer::write(server.test().local(u"releases/tiny-1.1.0.tar.gz"_s), "another");
        QVERIFY(look(server, m_release.tarball(u"1.1.0"_s)));
        COMPARE_OUTCOME(u"tarball"_s, Outcome::Failed);
        QVERIFY(QFile::remove(server.test().local(u"releases/1.1.0/tiny.tar.gz"_s)));
        QVERIFY(look(server, m_release.tarball(u"1.1.0"_s)));
        COMPARE_OUTCOME(u"tarball"_s, Outcome::Warning);
    }

    void otherMachines()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        // e_machine: at byte 18, 183 is aarch64; the others of the release are then foreign.
        QVERIFY(look(server, spoilt(u"printf '\\267' | dd of=erts-$(ls -d erts-* | sed s/erts-//)/bin/beam.smp bs=1 seek=18 conv=notrunc status=none"_s)));
        COMPARE_OUTCOME(u"system"_s, Outcome::Failed);
        QVERIFY(check(u"system"_s).words.contains(u"aarch64"_s));
        // No libraries are looked for that way; without machine code none are needed.
        QVERIFY(look(server, spoilt(u"rm -rf erts-*; find lib -name '*.so' -delete; find lib -path '*/priv/*' -type f -delete"_s)));
        COMPARE_OUTCOME(u"system"_s, Outcome::Passed);
        COMPARE_OUTCOME(u"libraries"_s, Outcome::Passed);
        // The interpreter of another C library; the name is of the same length.
        QVERIFY(look(server, spoilt(u"sed -i 's|/lib64/ld-linux-x86-64.so.2|/lib64/ld-other-x86-64.so.2|' erts-*/bin/*"_s)));
        COMPARE_OUTCOME(u"libraries"_s, Outcome::Failed);
        QVERIFY(check(u"libraries"_s).words.contains(u"/lib64/ld-other-x86-64.so.2"_s));
        // A library that is nowhere, and a version that nobody has.
        QVERIFY(look(server, spoilt(u"sed -i 's|libz.so.1|libq.so.1|' erts-*/bin/beam.smp; sed -i 's|OPENSSL_3.[0-9].0|OPENSSL_9.9.9|' lib/crypto-*/priv/lib/crypto.so 2>/dev/null || true"_s)));
        COMPARE_OUTCOME(u"libraries"_s, Outcome::Failed);
        QVERIFY(check(u"libraries"_s).details.first().contains(u"libq.so.1 is missing, which beam.smp needs"_s));
        QVERIFY(look(server, spoilt(u"sed -i 's|GLIBC_2\\.3[0-9]|GLIBC_9.99|' erts-*/bin/beam.smp"_s)));
        COMPARE_OUTCOME(u"libraries"_s, Outcome::Failed);
        QVERIFY(check(u"libraries"_s).details.first().contains(u"libc.so.6 has GLIBC_2."_s));
        QVERIFY(check(u"libraries"_s).details.first().contains(u"beam.smp needs GLIBC_9.99"_s));
        QVERIFY(check(u"libraries"_s).remedy.contains(u"Debian"_s));
    }

    void littleSpace()
    {
        auto manifest = package::inspect(m_release.tarball(u"1.1.0"_s), {});
        const auto installation = readInstallation(m_quiet->session(), {});
        VERIFY_RESULT(manifest);
        VERIFY_RESULT(installation);
        manifest->entries.append({u"lib/tiny-1.1.0/priv/data"_s, package::EntryType::File, qint64{1} << 50, 0644, {}});
        const auto checks = checkTarget(m_quiet->session(), *installation, *manifest, {});
        VERIFY_RESULT(checks);
        m_checks = *checks;
        COMPARE_OUTCOME(u"space"_s, Outcome::Failed);
        QVERIFY(!check(u"space"_s).remedy.isEmpty());
    }

    // A server with next to no programs: nothing is known, nothing is claimed.
    void bareServer()
    {
        TestServer bare;
        const QString programs = bare.path(u"programs"_s);
        QVERIFY(QDir().mkpath(programs));
        QVERIFY(QFile::link(u"/usr/bin/env"_s, programs + u"/env"_s));
        QVERIFY(bare.start({}, {{u"PATH"_s, programs}}));
        auto session = bare.connect();
        VERIFY_RESULT(session);
        const auto manifest = package::inspect(m_release.tarball(u"1.1.0"_s), {});
        VERIFY_RESULT(manifest);
        QDir().mkpath(bare.local(u"releases"_s));
        Installation installation;
        installation.name = u"tiny"_s;
        const auto checks = checkTarget(*session, installation, *manifest, {});
        VERIFY_RESULT(checks);
        m_checks = *checks;
        for (const char *id : {"space", "system", "erts", "libraries", "relup", "applications", "files"}) {
            const Check found = check(QString::fromLatin1(id));
            QVERIFY2(found.outcome == Outcome::Impossible && !found.remedy.isEmpty(), qPrintable(words(found)));
        }
    }

    void otherErts()
    {
        TinyServer server;
        QVERIFY(server.start(m_release));
        const QString tarball = spoilt(u"E=$(ls -d erts-* | sed s/erts-//); mv erts-$E erts-99.0; sed -i s/\\\"$E\\\"/\\\"99.0\\\"/ releases/*.rel releases/1.1.0/*.rel"_s);
        QVERIFY(look(server, tarball));
        COMPARE_OUTCOME(u"erts"_s, Outcome::Warning);
        QVERIFY(check(u"erts"_s).words.contains(u"99.0"_s));
    }

    void configurations_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QString>("said");
        const auto sysConfig = [](const QString &text) { return u"printf '%1' > releases/1.1.0/sys.config"_s.arg(text); };
        QTest::newRow("no full stop") << sysConfig(u"[]"_s) << Outcome::Failed << u"can't be read"_s;
        QTest::newRow("no list") << sysConfig(u"{tiny, []}.\\n"_s) << Outcome::Failed << u"one list"_s;
        QTest::newRow("comma missing") << sysConfig(u"[{tiny, [{a 1}]}].\\n"_s) << Outcome::Failed << u"sys.config"_s;
        QTest::newRow("new key") << sysConfig(u"[{tiny, [{limit, 5}]}].\\n"_s) << Outcome::Passed << u"tiny: limit is new, 5"_s;
        QTest::newRow("secret") << sysConfig(u"[{tiny, [{db_password, \"s3cret\"}]}].\\n"_s) << Outcome::Passed << u"db_password is new, (not shown)"_s;
        QTest::newRow("included") << sysConfig(u"[\"more\"].\\n"_s) + u"; printf '[{tiny, [{x, 1}]}].' > releases/1.1.0/more.config"_s
                                  << Outcome::Passed << u"tiny: x is new, 1"_s;
        QTest::newRow("included, missing") << sysConfig(u"[\"more\"].\\n"_s) << Outcome::Failed << u"includes more.config"_s;
        QTest::newRow("flag") << u"echo '+P 5000' >> releases/1.1.0/vm.args"_s << Outcome::Warning << u"+P is new, 5000"_s;
        QTest::newRow("quote") << u"echo '-x \"a' >> releases/1.1.0/vm.args"_s << Outcome::Failed << u"not closed"_s;
        QTest::newRow("template") << u"mv releases/1.1.0/sys.config releases/1.1.0/sys.config.src"_s << Outcome::Impossible << u"template"_s;
        QTest::newRow("none") << u"rm releases/1.1.0/sys.config"_s << Outcome::Passed << u"no sys.config"_s;
    }
    void configurations()
    {
        QFETCH(const QString, command);
        QFETCH(const Outcome, outcome);
        QFETCH(const QString, said);
        QVERIFY(look(*m_quiet, spoilt(command)));
        COMPARE_OUTCOME(u"config"_s, outcome);
        QVERIFY2(words(check(u"config"_s)).contains(said), qPrintable(words(check(u"config"_s))));
        QVERIFY(!words(check(u"config"_s)).contains(u"s3cret"_s));
    }
};

QTEST_GUILESS_MAIN(TargetChecksTest)
#include "tst_targetchecks.moc"
