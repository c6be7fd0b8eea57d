// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/check.h"
#include "models/appup/appup.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::appup;

// The files in tests/data/appup say in their first lines what is known and what must be found:
//   %% vsn: 1.3        %% reach: 1.0 1.1        %% expect: CODE LINE [fix: LINE AS IT IS THEN]
class TestCheck : public QObject
{
    Q_OBJECT

private slots:
    void files_data();
    void files();
    void words_data();
    void words();
    void filesOfOtp();
    void mutations();
};

static QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static QByteArray applied(QByteArray text, const Fix &fix)
{
    for (auto edit = fix.edits.crbegin(); edit != fix.edits.crend(); ++edit)
        text.replace(edit->range.begin, edit->range.size(), edit->replacement);
    return text;
}

static QString valueOf(const QByteArray &line, const char *name)
{
    const QByteArray prefix = QByteArray("%% ") + name + ": ";
    return line.startsWith(prefix) ? QString::fromUtf8(line.sliced(prefix.size())).trimmed() : QString();
}

void TestCheck::files_data()
{
    QTest::addColumn<QString>("path");
    int count = 0;
    QDirIterator found(QStringLiteral(HANDOVER_TEST_DATA "/appup"), {u"*.appup"_s, u"*.appup.src"_s},
                       QDir::Files);
    while (found.hasNext()) {
        found.next();
        QTest::newRow(qPrintable(found.fileName())) << found.filePath();
        ++count;
    }
    QVERIFY(count > 10);
}

void TestCheck::files()
{
    QFETCH(QString, path);
    const QByteArray text = contents(path);
    const QByteArrayList lines = text.split('\n');
    CheckContext context;
    context.file = QFileInfo(path).fileName();
    QStringList expected;
    for (const QByteArray &line : lines) {
        if (const QString vsn = valueOf(line, "vsn"); !vsn.isEmpty())
            context.appVsn = vsn;
        if (const QString reach = valueOf(line, "reach"); !reach.isEmpty())
            context.versionsToReach = reach.split(u' ');
        if (const QString expect = valueOf(line, "expect"); !expect.isEmpty())
            expected.append(expect);
    }
    QStringList actual;
    const QList<Issue> issues = check(text, context);
    const auto countOf = [](const QList<Issue> &all, const QString &code) {
        return std::ranges::count(all, code, &Issue::code);
    };
    for (const Issue &issue : issues) {
        QVERIFY(!issue.message.isEmpty());
        QCOMPARE(issue.file, context.file);
        QVERIFY(issue.range.begin >= 0 && issue.range.end <= text.size());
        QString words = issue.code + u' ' + QString::number(issue.place.line);
        if (issue.fix) {
            const QByteArray fixed = applied(text, *issue.fix);
            words += u" fix: "_s + QString::fromUtf8(fixed.split('\n').value(issue.place.line - 1).trimmed());
            QVERIFY2(countOf(check(fixed, context), issue.code) < countOf(issues, issue.code),
                     qPrintable(u"The fix doesn't help: "_s + QString::fromUtf8(fixed)));
        }
        actual.append(words);
    }
    QVERIFY2(actual == expected, qPrintable(actual.join(u'\n')));
}

void TestCheck::words_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *code, const char *text, const QString &words) {
        QTest::newRow(code) << QByteArray(text) << words;
    };
    row("appup.part-only", R"({"9",[{<<"2\\.5">>,[]},{"1.0",[]}],[{<<".*">>,[]}]}.)",
        u"only \"2.5\" of 2.5.3, which goes on with \".3\""_s);
    row("appup.version-not-taken", R"({"9",[],[{<<".*">>,[]}]}.)", u"No upgrade rule takes 1.0, 2.5.3"_s);
    row("appup.bad-regex", R"({"9",[{<<"1.(0">>,[]}],[{<<".*">>,[]}]}.)", u"badarg"_s);
    row("appup.bad-regex of OTP 28", R"({"9",[{<<"1\\.[\\d-z]">>,[]}],[{<<".*">>,[]}]}.)",
        u"OTP up to 27 takes the hyphen as a character."_s);
    row("appup.regex-dialect", R"({"9",[{<<"1\\.\\d{,3}">>,[]}],[{<<".*">>,[]}]}.)",
        u"releases read \"{,3}\" differently"_s);
    row("appup.regex-too-complex", R"({"9",[{<<"7\\.(\\d+)+$">>,[]}],[{<<".*">>,[]}]}.)", u"far too many steps"_s);
    row("appup.unreachable-rule", R"({"9",[{<<".*">>,[]},{"1.0",[]}],[{<<".*">>,[]}]}.)",
        u"Rule 1 takes every version."_s);
}

void TestCheck::words()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const QString code = QString::fromLatin1(QTest::currentDataTag()).section(u' ', 0, 0);
    const auto issues = check(text, {u"x.appup"_s, {}, {u"1.0"_s, u"2.5.3"_s}});
    QStringList all;
    bool found = false;
    for (const Issue &issue : issues) {
        all.append(QString(issue.code + u": "_s + issue.message));
        found = found || (issue.code == code && issue.message.contains(words));
    }
    QVERIFY2(found, qPrintable(all.join(u'\n')));
}

void TestCheck::filesOfOtp()
{
    QDirIterator found(u"/usr/lib/erlang/lib"_s, {u"*.appup"_s}, QDir::Files, QDirIterator::Subdirectories);
    int count = 0;
    QStringList issues;
    while (found.hasNext()) {
        const QString path = found.next();
        for (const Issue &issue : check(contents(path), {path, {}, {}})) {
            // ssh really has <<"4.3.2">> and the like.
            if (issue.severity != Severity::Warning || issue.code != u"appup.regex-looks-plain"_s ||
                !path.contains(u"/ssh-"_s))
                issues.append(QString(path + u": "_s + issue.code + u' ' + issue.message));
        }
        ++count;
    }
    QVERIFY2(issues.isEmpty(), qPrintable(issues.join(u'\n')));
    if (count == 0)
        QSKIP("There is no Erlang/OTP here.");
    QVERIFY(count > 20);
}

// Damaged texts end neither in a crash nor in ranges outside of the text.
void TestCheck::mutations()
{
    const QByteArray seed =
        R"({"{{vsn}}",[{<<"1\\.0(a+)*$">>,[{update,m,{advanced,[]}}]},{"1.*",[restart_new_emulator]}],[{'x',[]}]}.)";
    const QByteArray alphabet = "{}[]()<>|,.\"'\\*+?$^ 0a\xFF";
    QRandomGenerator random(11);
    for (int i = 0; i < 3000; ++i) {
        QByteArray text = seed;
        for (int n = random.bounded(1, 4); n > 0; --n)
            text[random.bounded(int(text.size()))] = alphabet[random.bounded(int(alphabet.size()))];
        for (const Issue &issue : check(text, {u"x.appup.src"_s, u"1.2.3"_s, {u"1.0"_s, u"1.0aaa"_s}})) {
            QVERIFY(issue.range.begin >= 0 && issue.range.begin <= issue.range.end &&
                    issue.range.end <= text.size());
            QVERIFY(!issue.message.isEmpty());
            if (issue.fix)
                QVERIFY(!issue.fix->edits.isEmpty());
        }
    }
}

QTEST_GUILESS_MAIN(TestCheck)
#include "tst_check.moc"
