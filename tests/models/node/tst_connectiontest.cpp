// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/connectiontest.h"
#include "tests/support/accounts.h"
#include "tests/support/tinyrelease.h"

#include <QTcpServer>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::node;
using namespace handover::server;

namespace {

Accounts accounts;
QString whyNoAccounts;

// "connection+ host-key+ login- commands? …"; ! is a warning.
QString shortly(const QList<Check> &checks)
{
    static const QHash<Check::Outcome, QString> signs{
        {Check::Outcome::Passed, u"+"_s}, {Check::Outcome::Warning, u"!"_s}, {Check::Outcome::Failed, u"-"_s}, {Check::Outcome::Impossible, u"?"_s}};
    QStringList words;
    for (const Check &check : checks)
        words += check.id + signs[check.outcome];
    return words.join(u' ');
}

const Check &find(const QList<Check> &checks, const QString &id)
{
    return *std::ranges::find(checks, id, &Check::id);
}


} // namespace

class ConnectionTestTest : public QObject
{
    Q_OBJECT

    TinyRelease m_release;

private slots:
    void initTestCase() { QVERIFY(m_release.build()); }

    void allWell()
    {
        TinyServer tiny;
        QVERIFY(tiny.start(m_release));
        const auto test = [&] { return testConnection(tiny.test().address(), tiny.test().server().connectOptions(), {}); };
        const QStringList before = QDir(tiny.test().local(u"releases"_s)).entryList(QDir::AllEntries | QDir::Hidden);
        const QList<Check> checks = test();
        QCOMPARE(shortly(checks), u"connection+ host-key+ login+ commands+ sftp+ directory+ write+ node+ sha256sum+ space+"_s);
        QVERIFY(find(checks, u"login"_s).words.contains(u"client_key"_s));
        QVERIFY(find(checks, u"directory"_s).words.contains(u"tiny 1.0.0"_s));
        QVERIFY(find(checks, u"node"_s).words.contains(u"tiny 1.0.0"_s));
        QVERIFY(find(checks, u"node"_s).words.contains(u"by bin/tiny unpack and install"_s));
        QCOMPARE(QDir(tiny.test().local(u"releases"_s)).entryList(QDir::AllEntries | QDir::Hidden), before);
        QVERIFY(tiny.stopNode());
        const QList<Check> down = test();
        QCOMPARE(find(down, u"node"_s).outcome, Check::Outcome::Warning);
        QVERIFY(find(down, u"node"_s).remedy.contains(u"bin/tiny daemon"_s));
        QVERIFY(tiny.startNode());

        // Another way to upgrade it, and none.
        QVERIFY(QFile::remove(tiny.test().local(u"bin/install_upgrade.escript"_s)));
        const Check plain = find(test(), u"node"_s);
        QVERIFY2(plain.outcome == Check::Outcome::Passed && plain.words.contains(u"through bin/tiny eval"_s), qPrintable(plain.words));
        QVERIFY(QFile::rename(tiny.test().local(u"bin/tiny"_s), tiny.test().local(u"bin/inner"_s)));
        TestServer::write(tiny.test().local(u"bin/tiny"_s), "#!/bin/sh\nexec erl -detached\n");
        const Check none = find(test(), u"node"_s);
        QVERIFY2(none.outcome == Check::Outcome::Warning && none.words.contains(u"neither eval nor rpc"_s), qPrintable(none.words));
    }

    void notReached()
    {
        TestServer test;
        QVERIFY(test.start());
        const auto checks = [&](const ConnectOptions &options) { return testConnection(test.address(), options, {}); };
        const QString rest = u" commands? sftp? directory? write? node? sha256sum? space?"_s;
        ConnectOptions options = test.server().connectOptions();
        options.knownHostsFile = test.path(u"fresh"_s);
        QCOMPARE(shortly(checks(options)), u"connection+ host-key- login?"_s + rest);
        options = test.server().connectOptions();
        options.identityFile.clear();
        QCOMPARE(shortly(checks(options)), u"connection+ host-key+ login-"_s + rest);
        test.server().stop();
        const QList<Check> gone = checks(test.server().connectOptions());
        QCOMPARE(shortly(gone), u"connection- host-key? login?"_s + rest);
        for (const Check &check : gone)
            QVERIFY2(!check.words.isEmpty() && !check.remedy.isEmpty() && !check.title.isEmpty(), qPrintable(check.id));
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(shortly(testConnection(test.address(), test.server().connectOptions(), {stop.get_token(), {}})),
                 u"connection? host-key? login?"_s + rest);
    }

    void limitedServers_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QByteArray>("files");
        QTest::addColumn<QString>("expected");
        const QString in = u"connection+ host-key+ login+ "_s;
        QTest::newRow("only SFTP") << "ForceCommand internal-sftp\n"_ba << ""_ba
                                   << in + u"commands- sftp+ directory! write+ node? sha256sum! space?"_s;
        QTest::newRow("no SFTP") << "# Subsystem\n"_ba << ""_ba
                                 << in + u"commands+ sftp- directory? write? node? sha256sum? space+"_s;
        QTest::newRow("empty folder") << ""_ba << ""_ba << in + u"commands+ sftp+ directory! write+ node? sha256sum+ space+"_s;
        QTest::newRow("no folder") << ""_ba << "gone"_ba << in + u"commands+ sftp+ directory- write- node? sha256sum? space?"_s;
    }
    void limitedServers()
    {
        QFETCH(QByteArray, config);
        QFETCH(QByteArray, files);
        TestServer test;
        QVERIFY(test.start(config));
        Address address = test.address();
        if (!files.isEmpty())
            address.directory = test.remote(files);
        const QList<Check> checks = testConnection(address, test.server().connectOptions(), {});
        QTEST(shortly(checks), "expected");
        QCOMPARE(test.names(), QStringList());
    }

    void noShell()
    {
        if (!whyNoAccounts.isEmpty())
            QSKIP(qPrintable(whyNoAccounts));
        TestServer test;
        QVERIFY(test.start(Accounts::config()));
        Address address = test.server().address(accounts.ownFolder(u"shut"_s, Accounts::Login + 3));
        address.user = u"shut"_s;
        const QList<Check> checks = testConnection(address, Accounts::options(test), {});
        QCOMPARE(shortly(checks),
                 u"connection+ host-key+ login+ commands- sftp+ directory! write+ node? sha256sum! space?"_s);
        QVERIFY(find(checks, u"commands"_s).details.join(u' ').contains(u"not available"_s));
    }

    void otherUser_data()
    {
        QTest::addColumn<QString>("login");
        QTest::addColumn<QString>("runAs");
        QTest::addColumn<QString>("expected");
        const QString in = u"connection+ host-key+ login+ commands+ "_s;
        QTest::newRow("with sudo") << u"login"_s << u"owner"_s
                                   << in + u"sudo+ sftp+ directory! write+ node? sha256sum+ space+"_s;
        QTest::newRow("without") << u"login"_s << QString() << in + u"sftp+ directory- write- node? sha256sum? space+"_s;
        QTest::newRow("sudo asks") << u"locked"_s << u"owner"_s << in + u"sudo- sftp+ directory- write? node? sha256sum? space+"_s;
    }
    void otherUser()
    {
        if (!whyNoAccounts.isEmpty())
            QSKIP(qPrintable(whyNoAccounts));
        QFETCH(QString, login);
        QFETCH(QString, runAs);
        TestServer test;
        QVERIFY(test.start(Accounts::config()));
        Address address = test.server().address(accounts.ownFolder(u"release"_s, Accounts::Owner));
        address.user = login;
        const QList<Check> checks = testConnection(address, Accounts::options(test, runAs), {});
        QTEST(shortly(checks), "expected");
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    whyNoAccounts = accounts.make();
    ConnectionTestTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_connectiontest.moc"
