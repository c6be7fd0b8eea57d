// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/address.h"
#include "models/server/quoting.h"

#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover::server;

class AddressTest : public QObject
{
    Q_OBJECT

private slots:
    void remotePath_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("good");
        QTest::newRow("plain") << "/srv/tally"_ba << true;
        QTest::newRow("space, quote, newline") << "/srv/a b'\"\n$(x)"_ba << true;
        QTest::newRow("not UTF-8") << "/srv/\xff\xfe"_ba << true;
        QTest::newRow("dots in names") << "/srv/..a/b..../.c"_ba << true;
        QTest::newRow("empty") << ""_ba << false;
        QTest::newRow("root") << "/"_ba << false;
        QTest::newRow("relative") << "srv"_ba << false;
        QTest::newRow("dot") << "/srv/./a"_ba << false;
        QTest::newRow("dot dot") << "/srv/../etc"_ba << false;
        QTest::newRow("dot dot at the end") << "/srv/.."_ba << false;
        QTest::newRow("doubled") << "/srv//a"_ba << false;
        QTest::newRow("trailing") << "/srv/"_ba << false;
        QTest::newRow("NUL") << QByteArray("/srv/a\0b", 8) << false;
        QTest::newRow("long name") << QByteArray("/" + QByteArray(256, 'a')) << false;
        QTest::newRow("long path") << QByteArray("/abc").repeated(2000) << false;
    }
    void remotePath()
    {
        QFETCH(QByteArray, path);
        QFETCH(bool, good);
        const auto parsed = RemotePath::parse(path);
        QCOMPARE(parsed.has_value(), good);
        if (good)
            QCOMPARE(parsed->bytes(), path);
        else
            QCOMPARE(parsed.error().code, u"server.bad-path"_s);
    }

    void child()
    {
        const RemotePath base = *RemotePath::parse("/srv/tally");
        QCOMPARE(base.child("releases/1.0.0")->bytes(), "/srv/tally/releases/1.0.0"_ba);
        QCOMPARE(base.fileName(), "tally"_ba);
        for (const QByteArray bad : {"", "/x", "a/", "../x", "a//b", "."})
            QVERIFY2(!base.child(bad), bad.constData());
    }

    void address_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("all") << u"ssh://me@example.org:2222/srv/tally"_s << u"me"_s << u"example.org"_s
                             << 2222 << "/srv/tally"_ba;
        QTest::newRow("short") << u"ssh://prod/srv"_s << u""_s << u"prod"_s << 0 << "/srv"_ba;
        QTest::newRow("percent") << u"ssh://a%2Bb@h/srv/a%20b%0A%C3%A9%FF"_s << u"a+b"_s << u"h"_s << 0
                                 << "/srv/a b\n\xc3\xa9\xff"_ba;
        QTest::newRow("trailing slash") << u"ssh://h/srv/"_s << u""_s << u"h"_s << 0 << "/srv"_ba;
        QTest::newRow("IPv6") << u"ssh://[::1]:22/srv"_s << u""_s << u"::1"_s << 22 << "/srv"_ba;
        QTest::newRow("IPv6 without port")
            << u"ssh://me@[fe80::1%eth0]/srv"_s << u"me"_s << u"fe80::1%eth0"_s << 0 << "/srv"_ba;
        QTest::newRow("domain user") << u"ssh://corp%5Cme@h/srv"_s << u"corp\\me"_s << u"h"_s << 0
                                     << "/srv"_ba;
        QTest::newRow("user with at") << u"ssh://me@corp@h/srv"_s << u"me@corp"_s << u"h"_s << 0 << "/srv"_ba;
    }
    void address()
    {
        QFETCH(QString, text);
        const auto parsed = Address::parse(text);
        QVERIFY2(parsed, qPrintable(parsed ? QString() : parsed.error().words()));
        QTEST(parsed->user, "user");
        QTEST(parsed->host, "host");
        QTEST(parsed->port, "port");
        QTEST(parsed->directory.bytes(), "path");
        const auto again = Address::parse(parsed->text());
        QVERIFY2(again, qPrintable(parsed->text()));
        QCOMPARE(again->text(), parsed->text());
        QCOMPARE(again->user, parsed->user);
        QCOMPARE(again->directory.bytes(), parsed->directory.bytes());
    }

    void badAddress_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"",
                                 "http://h/srv",
                                 "ssh://h",
                                 "ssh://h/",
                                 "ssh:///srv",
                                 "ssh://h:0/srv",
                                 "ssh://h:65536/srv",
                                 "ssh://h:/srv",
                                 "ssh://h:+1/srv",
                                 "ssh://h:22x/srv",
                                 "ssh://-oProxyCommand=x/srv",
                                 "ssh://-l@h/srv",
                                 "ssh://h;id/srv",
                                 "ssh://$(id)/srv",
                                 "ssh://a%24(id)@h/srv",
                                 "ssh://a%27@h/srv",
                                 "ssh://a%0Ab@h/srv",
                                 "ssh://@h/srv",
                                 "ssh://me:secret@h/srv",
                                 "ssh://h/srv/../etc",
                                 "ssh://h//srv",
                                 "ssh://h/a%00b",
                                 "ssh://h/a%2",
                                 "ssh://h/a%zz",
                                 "ssh://[::1/srv",
                                 "ssh://[h]/srv",
                                 "ssh://[::1]x/srv",
                                 "ssh://::1/srv",
                                 "ssh://h/a?b",
                                 "ssh://h/a#b",
                                 "ssh://h /a",
                                 "ssh://[fe80::1%$(id)]/srv"})
            QTest::newRow(*text ? text : "empty") << QString::fromLatin1(text);
    }
    void badAddress()
    {
        QFETCH(QString, text);
        const auto parsed = Address::parse(text);
        QVERIFY(!parsed);
        QVERIFY(!parsed.error().hint.isEmpty());
        QVERIFY2(!parsed.error().words().contains("secret"_L1), "a password must not be repeated");
    }

    void quoting_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("plain") << "abc"_ba
                               << "'abc'"_ba;
        QTest::newRow("empty") << ""_ba
                               << "''"_ba;
        QTest::newRow("quote") << "a'b"_ba
                               << "'a'\\''b'"_ba;
        QTest::newRow("all that a shell knows") << "$(x)`y`\"\\\n;&|<>*?~#!"_ba
                                                << "'$(x)`y`\"\\\n;&|<>*?~#!'"_ba;
    }
    void quoting()
    {
        QFETCH(QByteArray, bytes);
        QTEST(*shellQuote(bytes), "word");
    }

    void quotingRefuses()
    {
        QCOMPARE(shellQuote(QByteArrayView("a\0b", 3)).error().code, u"server.unquotable"_s);
        QVERIFY(!shellCommand("relative", {"true"}));
        QVERIFY(!shellCommand("/", {}));
        QVERIFY(!shellCommand("/", {""}));
        QVERIFY(!shellCommand("/", {"-x"})); // exec's own option
        QVERIFY(!shellCommand("/", {"true", QByteArray("\0", 1)}));
        QCOMPARE(*shellCommand("/srv/a b", {"bin/x", "it's"}), "cd '/srv/a b' && exec 'bin/x' 'it'\\''s'"_ba);
    }

    void quotingThroughAShell()
    {
        quint64 state = 42;
        for (int round = 0; round < 300; ++round) {
            QByteArray bytes;
            for (int i = 0, size = round % 40; i < size; ++i) {
                state = state * 6364136223846793005ULL + 1442695040888963407ULL;
                const auto pick = static_cast<unsigned char>(state >> 40);
                bytes += pick % 3 == 0 ? "'\"\\$`\n(!*"[pick % 9] : static_cast<char>(pick == 0 ? 1 : pick);
            }
            QProcess shell;
            shell.start(u"/bin/sh"_s, {});
            QVERIFY(shell.waitForStarted());
            shell.write("printf %s " + *shellQuote(bytes));
            shell.closeWriteChannel();
            QVERIFY(shell.waitForFinished());
            QCOMPARE(shell.readAllStandardOutput(), bytes);
            QCOMPARE(shell.readAllStandardError(), QByteArray());
        }
    }
};

QTEST_GUILESS_MAIN(AddressTest)
#include "tst_address.moc"
