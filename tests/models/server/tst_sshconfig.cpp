// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/sshconfig.h"
#include "tests/support/testserver.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;

class SshConfigTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_directory;

    [[nodiscard]] QString path(const QString &name) const { return m_directory.filePath(name); }
    void write(const QString &name, QByteArray text) const
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        TestServer::write(path(name), text.replace("@@", QFile::encodeName(m_directory.path())));
    }
    [[nodiscard]] static QMap<QByteArray, QByteArrayList> asSsh(const QString &file, const QString &host)
    {
        QProcess ssh;
        ssh.start(u"ssh"_s, {u"-G"_s, u"-F"_s, file, u"--"_s, host});
        ssh.waitForFinished();
        QMap<QByteArray, QByteArrayList> values;
        for (const QByteArray &line : ssh.readAllStandardOutput().split('\n'))
            values[line.first(std::max<qsizetype>(line.indexOf(' '), 0))] += line.sliced(line.indexOf(' ') + 1);
        if (ssh.exitCode() != 0)
            qWarning("%s", ssh.readAllStandardError().constData());
        return values;
    }
    // What OpenSSH itself makes of the same file.
    void compare(const QString &file, const SshHost &host) const
    {
        const auto values = asSsh(file, host.name);
        QVERIFY2(values.contains("hostname"), qPrintable(host.name));
        QCOMPARE(host.hostName.toLower(), QString::fromUtf8(values["hostname"].first()).toLower());
        QCOMPARE(host.port == 0 ? "22"_ba : QByteArray::number(host.port), values["port"].first());
        if (!host.user.isEmpty())
            QCOMPARE(host.user.toUtf8(), values["user"].first());
        QCOMPARE(host.proxyJump.toUtf8(), values.value("proxyjump").value(0));
        if (host.identityFiles.isEmpty()) {
            QVERIFY(values["identityfile"].first().startsWith("~/.ssh/id_") || values["identityfile"].first() == "none");
        } else {
            QStringList expected;
            for (const QByteArray &identity : values["identityfile"]) {
                QString name = QString::fromUtf8(identity);
                if (name.startsWith(u"~/"))
                    name = QDir::homePath() + name.sliced(1);
                expected += name.replace(u"%d"_s, QDir::homePath());
            }
            expected.removeAll(u"none"_s);
            QCOMPARE(host.identityFiles, expected);
        }
    }

private slots:
    void words_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("empty") << u"   "_s << QStringList();
        QTest::newRow("comment") << u"  # Host x"_s << QStringList();
        QTest::newRow("plain") << u"Host a b"_s << QStringList{u"host"_s, u"a"_s, u"b"_s};
        QTest::newRow("equals") << u"Port=22"_s << QStringList{u"port"_s, u"22"_s};
        QTest::newRow("spaced equals") << u"\tPORT = 22 # x"_s << QStringList{u"port"_s, u"22"_s};
        QTest::newRow("quoted") << u"IdentityFile \"/a b/c\""_s << QStringList{u"identityfile"_s, u"/a b/c"_s};
        QTest::newRow("escaped") << u"IdentityFile /a\\ b\\\\"_s << QStringList{u"identityfile"_s, u"/a b\\"_s};
        QTest::newRow("single") << u"User 'a \"b'"_s << QStringList{u"user"_s, u"a \"b"_s};
        QTest::newRow("hash inside") << u"User a#b"_s << QStringList{u"user"_s, u"a#b"_s};
    }
    void words()
    {
        QFETCH(QString, line);
        QTEST(sshConfigWords(line), "words");
    }

    void patterns_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("matches");
        QTest::newRow("all") << u"*"_s << u"x"_s << true;
        QTest::newRow("nothing") << u"*"_s << u""_s << true;
        QTest::newRow("one") << u"?"_s << u""_s << false;
        QTest::newRow("end") << u"*.example"_s << u"a.example"_s << true;
        QTest::newRow("twice") << u"*a*b"_s << u"xaab"_s << true;
        QTest::newRow("not") << u"*a*b"_s << u"xaabc"_s << false;
        QTest::newRow("case") << u"Edge"_s << u"edge"_s << false;
        QTest::newRow("slow elsewhere") << u"*a"_s.repeated(500) << u"a"_s.repeated(20'000) + u'b' << false;
    }
    void patterns()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, text);
        QElapsedTimer clock;
        clock.start();
        QTEST(sshPatternMatches(pattern, text), "matches");
        QVERIFY(clock.elapsed() < 1000);
    }

    void files_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("empty") << ""_ba << QStringList();
        QTest::newRow("usual") << "Host edge-1 edge-2\n  HostName %h.example\n  Port 2222\n  User deploy\n"
                                  "  IdentityFile ~/.ssh/deploy\nHost *.example !x\n  ProxyJump gate\nHost *\n  Port 1\n"_ba
                               << QStringList{u"edge-1"_s, u"edge-2"_s};
        QTest::newRow("first counts") << "User one\nHost a\n  User two\n  Port 5\nHost a b\n  Port 6\nHost b\n  Port 7"_ba
                                      << QStringList{u"a"_s, u"b"_s};
        QTest::newRow("negated") << "Host !a *\n  Port 9\nHost a b\n  User x\n"_ba << QStringList{u"a"_s, u"b"_s};
        QTest::newRow("keys add up") << "Host a\nIdentityFile /1\nIdentityFile /2\nIdentityFile /1\nHost *\nIdentityFile /3\n"_ba
                                     << QStringList{u"a"_s};
        QTest::newRow("jumps") << "Host a\nProxyJump me@one:22,two\nHost b\nProxyJump none\nHost *\nProxyJump gate\n"_ba
                               << QStringList{u"a"_s, u"b"_s};
        QTest::newRow("includes") << "Include @@/in/*.conf\nHost c\n  Include @@/nested\n"_ba
                                  << QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s};
        QTest::newRow("upper case") << "HOST Big\nHOSTNAME Big.Example\nUSER=\"A\"\n"_ba << QStringList{u"Big"_s};
        QTest::newRow("crlf") << "Host a\r\n  Port 24\r\n  User x\r\n"_ba << QStringList{u"a"_s};
        QTest::newRow("match") << "Host a\n  User x\nMatch user nobody-here\n  Port 99\nHost b\n  Port 98\n"_ba
                               << QStringList{u"a"_s, u"b"_s};
    }
    void files()
    {
        QFETCH(QByteArray, text);
        write(u"in/1.conf"_s, "Host a\n  Port 11\n");
        write(u"in/2.conf"_s, "Host b\n  Port 12\n");
        write(u"in/.hidden.conf"_s, "Host hidden\n");
        write(u"nested"_s, "User inner\nHost d\n  Port 44\n"); // for d only where it is c as well: never
        write(u"config"_s, text);
        const auto read = readSshConfig(path(u"config"_s));
        VERIFY_RESULT(read);
        QStringList names;
        for (const SshHost &host : read->hosts) {
            names += host.name;
            compare(path(u"config"_s), host);
        }
        QTEST(names, "names");
    }

    void anyFileAsOpenSsh()
    {
        QRandomGenerator random(7);
        const auto any = [&](const QByteArrayList &list) { return list[random.bounded(int(list.size()))]; };
        for (int round = 0; round < 60; ++round) {
            QByteArray text;
            for (int i = random.bounded(25); i >= 0; --i) {
                const QByteArray pattern = any({"a", "b", "ab", "*", "a*", "?", "!a", "!b", "\"a\"", "a b", "* !ab", "*b a"});
                text += any({"Host " + pattern, "Host=" + pattern, "  HostName " + any({"x.example", "%h.example", "10.0.0.1"}),
                             "port " + QByteArray::number(random.bounded(1, 65536)), "User " + any({"u1", "\"u2\"", "u3 # x"}),
                             "IdentityFile " + any({"/k1", "~/k2", "\"/k 3\"", "%d/k4"}),
                             "ProxyJump " + any({"gate", "none", "me@gate:24,two"}), "# Host c", "", "Match user no-such-user",
                             "Compression yes"}) + '\n';
            }
            write(u"random"_s, text);
            const auto read = readSshConfig(path(u"random"_s));
            VERIFY_RESULT(read);
            for (const SshHost &host : read->hosts) {
                compare(path(u"random"_s), host);
                if (QTest::currentTestFailed())
                    QFAIL(text.constData());
            }
        }
    }

    void hostile()
    {
        write(u"loop"_s, "Host a\nInclude @@/loop\nInclude @@/loop\n");
        auto read = readSshConfig(path(u"loop"_s));
        VERIFY_RESULT(read);
        QCOMPARE(read->hosts.size(), 1);
        QVERIFY(!read->notes.isEmpty());

        QByteArray many;
        for (int i = 0; i < 3000; ++i)
            many += "Host h" + QByteArray::number(i) + "\nUser " + QByteArray(50, 'x') + "\n";
        write(u"many"_s, many);
        QElapsedTimer clock;
        clock.start();
        read = readSshConfig(path(u"many"_s));
        VERIFY_RESULT(read);
        QCOMPARE(read->hosts.size(), 1000);
        QVERIFY2(clock.elapsed() < 9000, QByteArray::number(clock.elapsed()).constData());

        write(u"wide"_s, "Host a\nInclude /*/*/*/*/*/*/*/*\n");
        VERIFY_RESULT(readSshConfig(path(u"wide"_s)));
        write(u"bytes"_s, noise(100'000));
        VERIFY_RESULT(readSshConfig(path(u"bytes"_s)));
        QCOMPARE(::mkfifo(QFile::encodeName(path(u"pipe"_s)).constData(), 0600), 0);
        QCOMPARE(codeOf(readSshConfig(path(u"pipe"_s))), u"ssh-config.unreadable"_s);
        QCOMPARE(codeOf(readSshConfig(path(u"none"_s))), u"ssh-config.unreadable"_s);
    }
};

QTEST_GUILESS_MAIN(SshConfigTest)
#include "tst_sshconfig.moc"
