// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/followlog.h"
#include "models/node/loglines.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover::node;

class LogLinesTest : public QObject
{
    Q_OBJECT

private slots:
    void lines_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("lines");
        QTest::newRow("two") << "one\ntwo\n"_ba << QStringList{u"one"_s, u"two"_s};
        QTest::newRow("empty line") << "\n\n"_ba << QStringList{QString(), QString()};
        QTest::newRow("of a terminal") << "one\r\n"_ba << QStringList{u"one"_s};
        QTest::newRow("unfinished") << "one\ntw"_ba << QStringList{u"one"_s, u"tw"_s};
        QTest::newRow("UTF-8") << "\xc3\xa9 \xf0\x9f\x98\x80\n"_ba << QStringList{u"é 😀"_s};
        QTest::newRow("no UTF-8") << "a\xe9z\n"_ba << QStringList{u"a\uFFFDz"_s};
        QTest::newRow("colours") << "\x1b[31mred\x07\n"_ba << QStringList{u"\\x1B[31mred\\x07"_s};
        QTest::newRow("one that deletes") << "good\rbad\b\n"_ba << QStringList{u"good\\x0Dbad\\x08"_s};
        QTest::newRow("NUL and tab") << QByteArray("a\0b\tc\n", 6) << QStringList{u"a\\x00b\tc"_s};
        QTest::newRow("turned around") << "\xe2\x80\xae" "exe.txt\n"_ba << QStringList{u"\\u202Eexe.txt"_s};
        QTest::newRow("C1") << "\xc2\x9b" "31m\n"_ba << QStringList{u"\\x9B31m"_s};
        QTest::newRow("long") << QByteArray(QByteArray(4010, 'x') + "\nnext\n")
                              << QStringList{QString(4000, u'x') + u" … (10 bytes more)", u"next"_s};
    }
    void lines()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QStringList, lines);
        LogLines whole;
        const QStringList ended = whole.feed(bytes);
        QCOMPARE(ended + whole.finish(), lines);
        LogLines byByte;
        QStringList seen;
        for (const char c : bytes)
            seen += byByte.feed(QByteArrayView(&c, 1));
        QCOMPARE(seen + byByte.finish(), lines);
    }

    void memoryStaysSmall()
    {
        LogLines log;
        const QByteArray piece(1024 * 1024, 'x');
        for (int i = 0; i < 50; ++i)
            QVERIFY(log.feed(piece).isEmpty());
        const QStringList lines = log.finish();
        QCOMPARE(lines.size(), 1);
        QVERIFY(lines.first().size() < 4100 && lines.first().endsWith(u"(%1 bytes more)"_s.arg(50 * 1024 * 1024 - 4000)));
    }

    void spoken_data()
    {
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << ""_ba << QString();
        QTest::newRow("lines") << "\n a\nb\r\n\n"_ba << u"a\nb"_s;
        QTest::newRow("escapes") << QByteArray("\x1b[2J\nb") << u"\\x1B[2J\nb"_s;
        QTest::newRow("much") << QByteArray(1024 * 1024, '\n') + "end" << u"end"_s;
    }
    void spoken()
    {
        QFETCH(QByteArray, output);
        QTEST(spokenText(output), "text");
    }

    void plain_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isPlain");
        QTest::newRow("version") << u"1.4.0+build.4-rc1"_s << true;
        QTest::newRow("letters") << u"größer 中 📦"_s << true;
        QTest::newRow("line end") << u"1\n2"_s << false;
        QTest::newRow("tab") << u"1\t2"_s << false;
        QTest::newRow("escape") << u"1\u001b[2J"_s << false;
        QTest::newRow("turned around") << u"1\u202e2"_s << false;
    }
    void plain()
    {
        QFETCH(QString, text);
        QTEST(isPlain(text), "isPlain");
    }

    void units_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("unit");
        QTest::newRow("service") << "0::/system.slice/tally.service\n"_ba << "tally.service"_ba;
        QTest::newRow("instance") << "0::/system.slice/system-tally.slice/tally@1.service\n"_ba << "tally@1.service"_ba;
        QTest::newRow("old hierarchy") << "12:pids:/system.slice/x.service\n1:name=systemd:/system.slice/tally.service\n"_ba
                                       << "tally.service"_ba;
        QTest::newRow("session") << "0::/user.slice/user-1000.slice/session-3.scope\n"_ba << ""_ba;
        QTest::newRow("user's") << "0::/user.slice/user-1000.slice/user@1000.service/app.slice/tally.service\n"_ba << ""_ba;
        QTest::newRow("by ssh") << "0::/system.slice/ssh.service\n"_ba << ""_ba;
        QTest::newRow("none") << "0::/\n"_ba << ""_ba;
        QTest::newRow("an option") << "0::/system.slice/--output.service\n"_ba << ""_ba;
        QTest::newRow("a sentence") << "0::/system.slice/a b.service\n"_ba << ""_ba;
    }
    void units()
    {
        QFETCH(QByteArray, text);
        QTEST(unitOfCgroup(text), "unit");
    }
};

QTEST_GUILESS_MAIN(LogLinesTest)
#include "tst_loglines.moc"
