// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/settings/secrets.h"
#include "models/settings/usersettings.h"
#include "tests/support/keychain.h"

#include <QDirIterator>
#include <QEventLoop>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::settings;

namespace {

// A keychain that has just been started may not be on the bus yet.
template<typename T>
Result<T> answer(const std::function<void(QObject *, std::function<void(Result<T>)>)> &ask)
{
    Result<T> result = failure(u"test.silent"_s, u"The keychain did not answer."_s);
    QEventLoop loop;
    ask(&loop, [&](Result<T> answered) {
        result = std::move(answered);
        loop.quit();
    });
    QTimer::singleShot(20'000, &loop, &QEventLoop::quit);
    loop.exec();
    return result;
}

Result<std::optional<QString>> read(const QString &server, SecretKind kind)
{
    return answer<std::optional<QString>>([&](QObject *context, auto done) { readSecret(server, kind, context, done); });
}

Result<> write(const QString &server, SecretKind kind, const QString &secret)
{
    return answer<void>([&](QObject *context, auto done) { writeSecret(server, kind, secret, context, done); });
}

Result<> remove(const QString &server, SecretKind kind)
{
    return answer<void>([&](QObject *context, auto done) { removeSecret(server, kind, context, done); });
}

} // namespace

class SecretsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

private slots:
    void initTestCase()
    {
        for (const char *variable : {"HANDOVER_CONFIG_DIR", "HANDOVER_STATE_DIR", "HANDOVER_CACHE_DIR"})
            qputenv(variable, m_directory.filePath(QString::fromLatin1(variable)).toLocal8Bit());
    }

    void keepsWhatItWasGiven_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("secret");
        QTest::newRow("plain") << u"edge-1"_s << u"s3cret-Word"_s;
        QTest::newRow("signs") << u"Büro / 2: \"x\""_s << u"pä$$'\"\\wörd \t%s"_s;
        QTest::newRow("long") << u"edge-2"_s << QString(2000, u'x');
    }
    void keepsWhatItWasGiven()
    {
        if (qEnvironmentVariableIsEmpty("HANDOVER_TEST_KEYCHAIN"))
            QSKIP("no dbus-run-session here");
        QFETCH(const QString, server);
        QFETCH(const QString, secret);
        using enum SecretKind;
        auto before = read(server, Password);
        for (int i = 0; i < 50 && !before; ++i) { // a daemon that is only starting
            QTest::qWait(100);
            before = read(server, Password);
        }
        QVERIFY2(before, qPrintable(before ? QString() : before.error().detail));
        QVERIFY(!before->has_value());

        QVERIFY(write(server, Password, secret));
        QCOMPARE(read(server, Password).value(), secret);
        QVERIFY(!read(server, Passphrase)->has_value());
        QVERIFY(write(server, Passphrase, u"another"_s));
        QVERIFY(write(server, Password, secret + u"2"_s)); // replaces
        QCOMPARE(read(server, Password).value(), secret + u"2"_s);
        QVERIFY(remove(server, Password));
        QVERIFY(!read(server, Password)->has_value());
        QCOMPARE(read(server, Passphrase).value(), u"another"_s);
        QVERIFY(remove(server, Passphrase));
        QVERIFY(remove(server, Passphrase));
    }

    void isInNoFileOfOurs()
    {
        if (qEnvironmentVariableIsEmpty("HANDOVER_TEST_KEYCHAIN"))
            QSKIP("no dbus-run-session here");
        const QByteArray secret = "n0b0dy-reads-this";
        QVERIFY(UserSettings::saveServers({{u"edge-1"_s, u"ssh://edge-1/opt/x"_s, {}, {}, {}, {}, true}}));
        QVERIFY(write(u"edge-1"_s, SecretKind::Password, QString::fromLatin1(secret)));
        int files = 0;
        QStringList folders{m_directory.path(), QStandardPaths::writableLocation(QStandardPaths::HomeLocation)};
        for (const QString &folder : folders) {
            QDirIterator found(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
            while (found.hasNext()) {
                QFile file(found.next());
                if (!file.open(QIODevice::ReadOnly))
                    continue; // a socket
                ++files;
                QVERIFY2(!file.readAll().contains(secret), qPrintable(file.fileName()));
            }
        }
        QVERIFY(files >= 2); // the settings and the keychain's own
        QVERIFY(UserSettings::servers().first().keepsSecrets);
    }

    void saysThatThereIsNone()
    {
        if (!qEnvironmentVariableIsEmpty("HANDOVER_TEST_KEYCHAIN"))
            QSKIP("there is one");
        const auto result = read(u"edge-1"_s, SecretKind::Password);
        QVERIFY(!result);
        QCOMPARE(result.error().code, u"keychain.unavailable"_s);
        QVERIFY(result.error().hint.contains(u"asked for each time"_s));
        QVERIFY(!write(u"edge-1"_s, SecretKind::Password, u"x"_s));
    }

    void serversAreKept()
    {
        const QList<ServerEntry> servers{
            {u"a"_s, u"ssh://a/opt/x"_s},
            {u"b"_s, u"ssh://u@b:22/opt/x"_s, u"/k/id"_s, u"tally"_s, u"Europe / 1"_s, u"production"_s, true}};
        QVERIFY(UserSettings::saveServers(servers));
        QCOMPARE(UserSettings::servers(), servers);
    }

    void readsOldFiles()
    {
        QFile file(m_directory.filePath(u"HANDOVER_CONFIG_DIR/handover.ini"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[servers]\n1\\name=edge-1\n1\\address=ssh://edge-1/opt/x\n1\\identityFile=/k\n"
                   "2\\name=broken\n3\\name=edge-3\n3\\address=ssh://edge-3/opt/x\nsize=3\n");
        file.close();
        const QList<ServerEntry> expected{{u"edge-1"_s, u"ssh://edge-1/opt/x"_s, u"/k"_s}, {u"edge-3"_s, u"ssh://edge-3/opt/x"_s}};
        QCOMPARE(UserSettings::servers(), expected);
    }

    void production_data()
    {
        QTest::addColumn<QString>("environment");
        QTest::addColumn<bool>("is");
        for (const auto &[word, is] : {std::pair("production", true), {" Prod ", true}, {"LIVE", true}, {"staging", false},
                                       {"pre-production", false}, {"", false}})
            QTest::newRow(word) << QString::fromLatin1(word) << is;
    }
    void production()
    {
        QFETCH(const QString, environment);
        QTEST(isProduction(environment), "is");
    }
};

// Twice: where there is no keychain, and with a real one.
int main(int argc, char **argv)
{
    int status = 0;
    const bool ran = test::ranWithKeychain(argv, status);
    if (ran) {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qputenv("XDG_RUNTIME_DIR", "/nonexistent");
        qunsetenv("DISPLAY");
    }
    QCoreApplication application(argc, argv);
    SecretsTest test;
    return QTest::qExec(&test, argc, argv) + status;
}
#include "tst_secrets.moc"
