// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/parser.h"
#include "models/node/configdifference.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::node;

class ConfigDifferenceTest : public QObject
{
    Q_OBJECT

private slots:
    void differences_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QStringList>("lines");
        QTest::newRow("same") << QByteArray("[{a,[{x,1}]}].") << QByteArray("[{a,[{x, 1}]}]. % comment\n") << QStringList();
        QTest::newRow("order") << QByteArray("[{a,[{x,1},{y,2}]},{b,[]}].") << QByteArray("[{b,[]},{a,[{y,2},{x,1}]}].") << QStringList();
        QTest::newRow("all three") << QByteArray("[{a,[{x,1},{y,2}]}].") << QByteArray("[{a,[{x,\"o\"}]},{b,[{z,[]}]}].")
                                   << QStringList{u"a: x was 1, becomes \"o\""_s, u"a: y goes, it was 2"_s, u"b: z is new, []"_s};
        QTest::newRow("a section twice") << QByteArray("[{a,[{x,1}]},{a,[{x,2}]}].") << QByteArray("[{a,[{x,2}]}].") << QStringList();
        QTest::newRow("secret") << QByteArray("[{a,[{api_token,\"abc\"}]}].") << QByteArray("[{a,[{api_token,\"def\"}]}].")
                                << QStringList{u"a: api_token was (not shown), becomes (not shown)"_s};
        QTest::newRow("secrets within") << QByteArray("[].")
                                        << QByteArray("[{a,[{db,[{host,\"h\"},{password,\"abc\"},{url,\"pg://me:abc@h/d\"},#{secret => <<\"abc\">>}]}]}].")
                                        << QStringList{u"a: db is new, [{host,\"h\"},{password,hidden},{url,\"pg://hidden@h/d\"},hidden]"_s};
    }
    void differences()
    {
        QFETCH(const QByteArray, before);
        QFETCH(const QByteArray, after);
        QFETCH(const QStringList, lines);
        const auto old = parseConfig(before, u"old"_s);
        const auto now = parseConfig(after, u"new"_s);
        QVERIFY(old && now);
        QCOMPARE(differencesOf(old->values, now->values), lines);
    }

    void longValuesAreCut()
    {
        const QString shown = shownValue(u"x"_s, erlang::Term::string(QString(500, u'a')));
        QVERIFY(shown.size() < 100 && shown.endsWith(u'…'));
    }

    void unreadable_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", "[]", "[] []", "[]. [].", "{a}.", "[a].", "[{a,b}].", "[{a,[b]}].", "[{a,[{\"x\",1}]}].", "[{a,[{x,1}}].", "\xff."})
            QTest::newRow(text) << QByteArray(text);
    }
    void unreadable()
    {
        QFETCH(const QByteArray, text);
        const auto read = parseConfig(text, u"sys.config"_s);
        QVERIFY(!read);
        QCOMPARE(read.error().code, u"node.config"_s);
        QVERIFY(read.error().message.contains(u"sys.config"_s));
    }

    void arguments()
    {
        const auto old = parseArguments("# comment -x\n-sname a@b # more\n-setcookie abc\n+P 1000\n-kernel 'a b' \"c\" -1\n", u"vm.args"_s);
        const auto now = parseArguments("-sname c@b\n-setcookie def\n-kernel 'a b' c -1\n+K true\n", u"vm.args"_s);
        QVERIFY(old && now);
        QCOMPARE(differencesOf(*old, *old), QStringList());
        QCOMPARE(differencesOf(*old, *now), (QStringList{u"vm.args: +K is new, true"_s, u"vm.args: +P goes, it was 1000"_s,
                                                         u"vm.args: -setcookie was (not shown), becomes (not shown)"_s,
                                                         u"vm.args: -sname was a@b, becomes c@b"_s}));
        QVERIFY(!parseArguments("-x \"a", u"vm.args"_s));
        QVERIFY(!parseArguments("-x 'a", u"vm.args"_s));
    }
};

QTEST_GUILESS_MAIN(ConfigDifferenceTest)
#include "tst_configdifference.moc"
