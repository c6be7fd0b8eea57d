// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/instruction.h"
#include "models/appup/instructionforms.h"
#include "models/appup/instructionhelp.h"
#include "models/erlang/parser.h"

#include <QRegularExpression>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::appup;

class TestInstructionHelp : public QObject
{
    Q_OBJECT

private slots:
    void everyInstructionHasHelp();
    void formsAreThoseThatAreChecked();
    void insertedFormsAreRight_data();
    void insertedFormsAreRight();
    void entriesAreComplete();
    void helpAtPlaces_data();
    void helpAtPlaces();
};

namespace {

// A form with every name that is to be filled in filled in.
QByteArray filled(const QByteArray &form)
{
    QByteArray text = insertable(form);
    text.replace("{App, Vsn,", "{a, \"1\",");
    static const QRegularExpression names(u"\\b(Mod|App|M|F|Node|Id)\\b"_s);
    return QString::fromLatin1(text).replace(names, u"m"_s).toLatin1();
}

} // namespace

void TestInstructionHelp::everyInstructionHasHelp()
{
    QVERIFY(instructionNames().size() >= 21);
    for (const QByteArray &name : instructionNames()) {
        const InstructionHelp *help = helpOn(name);
        QVERIFY2(help && help->level != InstructionHelp::Level::Word, name.constData());
    }
    for (const InstructionHelp &help : instructionHelp()) {
        const bool known = instructionNames().contains(help.name);
        QVERIFY2(known == (help.level != InstructionHelp::Level::Word), help.name.constData());
    }
}

void TestInstructionHelp::formsAreThoseThatAreChecked()
{
    for (const QByteArray &name : instructionNames()) {
        const QString tag = u'{' + QString::fromLatin1(name);
        const qsizetype written = qMax<qsizetype>(1, writtenForms(name).count(tag));
        QCOMPARE(helpOn(name)->forms.size(), written);
    }
}

void TestInstructionHelp::insertedFormsAreRight_data()
{
    QTest::addColumn<QByteArray>("form");
    for (const InstructionHelp &help : instructionHelp()) {
        for (const QByteArray &form : help.forms)
            QTest::newRow(form.constData()) << form;
    }
}

void TestInstructionHelp::insertedFormsAreRight()
{
    QFETCH(const QByteArray, form);
    const auto term = erlang::parseBareTerm(filled(form));
    QVERIFY2(term.has_value(), filled(form).constData());
    for (const InstructionProblem &problem : checkInstructions({*term})) {
        QVERIFY2(problem.kind != InstructionProblem::Kind::Unknown
                     && problem.kind != InstructionProblem::Kind::BadArgument,
                 qPrintable(problem.message));
    }
}

void TestInstructionHelp::entriesAreComplete()
{
    QSet<QByteArray> names;
    for (const InstructionHelp &help : instructionHelp()) {
        QVERIFY2(!names.contains(help.name), help.name.constData());
        names.insert(help.name);
        QVERIFY2(help.does.endsWith(u'.') && help.use.endsWith(u'.'), help.name.constData());
        if (help.level != InstructionHelp::Level::Word)
            QVERIFY2(help.costs.endsWith(u'.') && !help.forms.isEmpty(), help.name.constData());
        const QUrl url(help.address, QUrl::StrictMode);
        QVERIFY(url.isValid() && url.host() == u"www.erlang.org" && url.hasFragment());
    }
    for (const char *word : {"soft", "advanced", "supervisor", "soft_purge", "brutal_purge", "static", "dynamic",
                             "default", "infinity", "permanent", "transient", "temporary", "none"})
        QVERIFY2(helpOn(word), word);
}

void TestInstructionHelp::helpAtPlaces_data()
{
    QTest::addColumn<QByteArray>("text"); // the place is where | stands
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("start") << QByteArray("{|update, m}") << QByteArray("update");
    QTest::newRow("end") << QByteArray("{update|, m}") << QByteArray("update");
    QTest::newRow("inside") << QByteArray("[{up|date, m}]") << QByteArray("update");
    QTest::newRow("argument") << QByteArray("{update, m, {adv|anced, []}}") << QByteArray("advanced");
    QTest::newRow("module") << QByteArray("{update, m|y, soft}") << QByteArray();
    QTest::newRow("comment") << QByteArray("%% upd|ate\n{update, m}") << QByteArray();
    QTest::newRow("string") << QByteArray("{\"upd|ate\", []}") << QByteArray();
    QTest::newRow("quoted") << QByteArray("{'upd|ate', []}") << QByteArray();
    QTest::newRow("space") << QByteArray("{update , | m}") << QByteArray();
    QTest::newRow("broken behind") << QByteArray("{upd|ate, \"1") << QByteArray("update");
    QTest::newRow("empty") << QByteArray("|") << QByteArray();
}

void TestInstructionHelp::helpAtPlaces()
{
    QFETCH(QByteArray, text);
    QFETCH(const QByteArray, name);
    const qsizetype offset = text.indexOf('|');
    text.remove(offset, 1);
    const HelpPlace place = helpAt(text, offset);
    QCOMPARE(place.help ? place.help->name : QByteArray(), name);
    if (place.help)
        QCOMPARE(text.sliced(place.range.begin, place.range.size()), name);
}

QTEST_GUILESS_MAIN(TestInstructionHelp)
#include "tst_instructionhelp.moc"
