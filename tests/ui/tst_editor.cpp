// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gallery.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/erlangtokens.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/searchfield.h"

#include <Qsci/qsciscintilla.h>

#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::ui;
using Kind = ErlangToken::Kind;

namespace {

const QByteArray sample = R"(%% from 1.4.x in place, older ones restart the application
{"1.5.0",
 [{<<"1\\.4(\\.[0-9]+)*">>,
   [{update, tally_srv, {advanced, []},
     soft_purge, soft_purge, [tally_limit]},
    {add_module, tally_limit}]},
  {<<"1\\.3">>,
   [{restart_application, tally}]},
  {<<".*">>,
   [restart_new_emulator]}],
 [{<<"1\\.4(\\.[0-9]+)*">>,
   [{delete_module, tally_limit},
    {update, tally_srv, {advanced, []}}]}]}.
)";

TextRange find(const QByteArray &text, const QByteArray &part)
{
    const qsizetype begin = text.indexOf(part);
    return {begin, begin + part.size()};
}

Issue issueAt(const QByteArray &part, Severity severity, const QString &message)
{
    Issue issue;
    issue.severity = severity;
    issue.code = u"appup.matches-nothing"_s;
    issue.message = message;
    issue.range = find(sample, part);
    issue.place = placeOf(sample, issue.range.begin);
    return issue;
}

long indicators(const CodeEditor &editor, qsizetype offset)
{
    return editor.scintilla()->SendScintilla(QsciScintillaBase::SCI_INDICATORALLONFOR,
                                             static_cast<unsigned long>(offset));
}

int styleAt(const CodeEditor &editor, qsizetype offset)
{
    editor.scintilla()->SendScintilla(QsciScintillaBase::SCI_COLOURISE, 0UL, -1L);
    return int(editor.scintilla()->SendScintilla(QsciScintillaBase::SCI_GETSTYLEAT,
                                                 static_cast<unsigned long>(offset)));
}

QString spelled(const QList<QByteArray> &lines)
{
    QStringList words;
    ErlangLineState state;
    for (const QByteArray &line : lines) {
        for (const ErlangToken &token : erlangTokens(line, state))
            words.append(QString::number(static_cast<int>(token.kind)) + u':' +
                         QString::fromUtf8(line.sliced(token.begin, token.end - token.begin)));
    }
    words.append(u"open %1 depth %2"_s.arg(static_cast<int>(state.open)).arg(state.depth));
    return words.join(u' ');
}

} // namespace

class TestEditor : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void tokens_data();
    void tokens();
    void lineStateSurvivesPacking();
    void colours();
    void textIsBytes();
    void editsAreOneUndoStep();
    void editsThatOverlapAreRefused();
    void typingIsToldOnce();
    void issuesAreShownAndFixed();
    void notesThatSayTheSameStay();
    void nextIssueGoesAround();
    void highlightIsMarked();
    void findBarFinds();
    void readOnlyStaysAsItIs();
    void looks_data();
    void looks();

private:
    CodeEditor *m_editor = nullptr;
};

void TestEditor::initTestCase()
{
    qunsetenv("HANDOVER_THEME");
    Theme::instance().install(*qobject_cast<QApplication *>(qApp));
}

void TestEditor::init()
{
    Theme::instance().setMode(Theme::Mode::Light);
    m_editor = new CodeEditor;
    m_editor->resize(620, 420);
    m_editor->setText(sample);
    m_editor->show();
    m_editor->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_editor));
    m_editor->setFocus();
}

void TestEditor::cleanup()
{
    delete m_editor;
    m_editor = nullptr;
}

void TestEditor::tokens_data()
{
    QTest::addColumn<QList<QByteArray>>("lines");
    QTest::addColumn<QString>("expected");
    // Comment 0, String 1, Atom 2, QuotedAtom 3, Word 4, Number 5, Variable 6, Macro 7, Bracket 8, Operator
    // 9, Bad 10
    QTest::newRow("escaped backslash ends")
        << QList<QByteArray>{R"("a\\", b)"} << uR"(1:"a\\" 9:, 2:b open 0 depth 0)"_s;
    QTest::newRow("escaped quote") << QList<QByteArray>{R"("a\"b" c)"} << uR"(1:"a\"b" 2:c open 0 depth 0)"_s;
    QTest::newRow("string over lines")
        << QList<QByteArray>{"\"a", "b\" c"} << u"1:\"a 1:b\" 2:c open 0 depth 0"_s;
    QTest::newRow("quoted atom") << QList<QByteArray>{R"('a\'b' 'c)"} << uR"(3:'a\'b' 3:'c open 3 depth 0)"_s;
    QTest::newRow("percent in string")
        << QList<QByteArray>{R"("a%b" %c)"} << u"1:\"a%b\" 0:%c open 0 depth 0"_s;
    QTest::newRow("triple") << QList<QByteArray>{"\"\"\"", "a \"\"\" b", "  \"\"\"."}
                            << u"1:\"\"\" 1:a \"\"\" b 1:  \"\"\" 9:. open 0 depth 0"_s;
    QTest::newRow("not triple") << QList<QByteArray>{R"("""a" b)"} << uR"(1:"" 1:"a" 2:b open 0 depth 0)"_s;
    QTest::newRow("sigils") << QList<QByteArray>{R"(~"a" ~b"a\"" ~S"a\" x)"}
                            << uR"(1:~"a" 1:~b"a\"" 1:~S"a\" 2:x open 0 depth 0)"_s;
    QTest::newRow("characters")
        << QList<QByteArray>{R"([$a,$",$\n,$\x{41},$\^a,$\\,$%])"}
        << uR"(8:[ 5:$a 9:, 5:$" 9:, 5:$\n 9:, 5:$\x{41} 9:, 5:$\^a 9:, 5:$\\ 9:, 5:$% 8:] open 0 depth 0)"_s;
    QTest::newRow("numbers") << QList<QByteArray>{"1 1_000 16#fF 1.5e-3 2.5 1."}
                             << u"5:1 5:1_000 5:16#fF 5:1.5e-3 5:2.5 5:1 9:. open 0 depth 0"_s;
    QTest::newRow("words") << QList<QByteArray>{"{update, Updates, ?X, update_x}"}
                           << u"8:{ 4:update 9:, 6:Updates 9:, 7:?X 9:, 2:update_x 8:} open 0 depth 0"_s;
    QTest::newRow("depth") << QList<QByteArray>{"[{(", "]"} << u"8:[ 8:{ 8:( 8:] open 0 depth 2"_s;
    QTest::newRow("binary") << QList<QByteArray>{"{<<\"1\">>, <"} << u"8:{ 8:<< 1:\"1\" 8:>> 9:, 9:< open 0 depth 1"_s;
    QTest::newRow("too many closed") << QList<QByteArray>{"]]}"} << u"8:] 8:] 8:} open 0 depth 0"_s;
    QTest::newRow("bad") << QList<QByteArray>{"`@"} << u"10:` 2:@ open 0 depth 0"_s;
}

void TestEditor::tokens()
{
    QFETCH(QList<QByteArray>, lines);
    QFETCH(QString, expected);
    QCOMPARE(spelled(lines), expected);
}

void TestEditor::lineStateSurvivesPacking()
{
    const ErlangLineState state{ErlangLineState::Open::TripleString, 5, 1000};
    QCOMPARE(ErlangLineState::unpacked(state.packed()), state);
}

void TestEditor::colours()
{
    QCOMPARE(styleAt(*m_editor, 3), 1);
    QCOMPARE(styleAt(*m_editor, find(sample, "1.5.0").begin), 2);
    QCOMPARE(styleAt(*m_editor, find(sample, "update").begin), 4);
    QCOMPARE(styleAt(*m_editor, find(sample, "tally_srv").begin), 0);
    QCOMPARE(styleAt(*m_editor, sample.lastIndexOf("delete_module")), 4);
    m_editor->setText("{\"a\\\\\", update}.");
    QCOMPARE(styleAt(*m_editor, 9), 4);
}

void TestEditor::textIsBytes()
{
    const QByteArray text("%% Grüße 日本\n{\"1\",[],[]}.\n");
    QSignalSpy edited(m_editor, &CodeEditor::textEdited);
    m_editor->setText(text);
    QCOMPARE(m_editor->text(), text);
    QVERIFY(!m_editor->isModified());
    QVERIFY(!m_editor->canUndo());
    m_editor->setText(QByteArray("a\0b", 3));
    QCOMPARE(m_editor->text(), QByteArray("a\0b", 3));
    QCoreApplication::processEvents();
    QCOMPARE(edited.size(), 0);
}

void TestEditor::editsAreOneUndoStep()
{
    QSignalSpy edited(m_editor, &CodeEditor::textEdited);
    QSignalSpy canUndo(m_editor, &CodeEditor::undoAvailable);
    m_editor->setCaret(find(sample, "restart_new_emulator").begin);
    QVERIFY(m_editor->applyEdits({{find(sample, R"(1\\.3)"), R"(1\\.3(\\.[0-9]+)*)"}, {{0, 0}, "%% ü\n"}}));
    const QByteArray after = m_editor->text();
    QVERIFY(after.startsWith("%% ü\n%% from"));
    QVERIFY(after.contains(R"(<<"1\\.3(\\.[0-9]+)*">>)"));
    QCOMPARE(m_editor->caret(), find(after, "restart_new_emulator").begin);
    QCOMPARE(edited.size(), 1);
    QCOMPARE(canUndo.size(), 1);
    m_editor->undo();
    QCOMPARE(m_editor->text(), sample);
    QVERIFY(!m_editor->canUndo());
    QVERIFY(!m_editor->isModified());
    QCOMPARE(edited.size(), 2);
    m_editor->redo();
    QCOMPARE(m_editor->text(), after);
    QCoreApplication::processEvents();
    QCOMPARE(edited.size(), 3);
}

void TestEditor::editsThatOverlapAreRefused()
{
    QVERIFY(!m_editor->applyEdits({{{0, 5}, "x"}, {{4, 6}, "y"}}));
    QVERIFY(!m_editor->applyEdits({{{0, sample.size() + 1}, "x"}}));
    QCOMPARE(m_editor->text(), sample);
}

void TestEditor::typingIsToldOnce()
{
    QSignalSpy edited(m_editor, &CodeEditor::textEdited);
    QSignalSpy moved(m_editor, &CodeEditor::cursorMoved);
    m_editor->select({0, 2});
    QTest::keyClick(m_editor->scintilla(), Qt::Key_A);
    QVERIFY(QTest::qWaitFor([&] { return !moved.isEmpty() && !edited.isEmpty(); }));
    QCOMPARE(edited.size(), 1);
    QVERIFY(m_editor->text().startsWith("a from"));
    QVERIFY(m_editor->isModified());
    m_editor->setSaved();
    QVERIFY(!m_editor->isModified());
    m_editor->setCaret(10);
    QVERIFY(QTest::qWaitFor([&] { return moved.last().first().toLongLong() == 10; }));
}

void TestEditor::issuesAreShownAndFixed()
{
    Issue warning =
        issueAt(R"("1\\.3")", Severity::Warning, u"Matches no version: 1.3.0 to 1.3.9 go on after “1.3”."_s);
    warning.fix = Fix{uR"(Use 1\\.3(\\.[0-9]+)*)"_s, {}};
    const Issue hint = issueAt("add_module", Severity::Hint, u"A hint."_s);
    QSignalSpy fixed(m_editor, &CodeEditor::issueFixRequested);
    m_editor->setIssues({hint, warning});
    QCoreApplication::processEvents();
    QCOMPARE(indicators(*m_editor, warning.range.begin), 1L << 11);
    QCOMPARE(indicators(*m_editor, hint.range.begin), 1L << 10);
    QCOMPARE(indicators(*m_editor, 0), 0L);
    auto *fix = m_editor->scintilla()->findChild<LinkButton *>();
    QVERIFY(fix && fix->isVisible());
    // The note stands in the room below its line.
    const int line = warning.place.line - 1;
    const long y = m_editor->scintilla()->SendScintilla(QsciScintillaBase::SCI_POINTYFROMPOSITION, 0UL,
                                                        long(warning.range.begin));
    const long next = m_editor->scintilla()->SendScintilla(
        QsciScintillaBase::SCI_POINTYFROMPOSITION, 0UL,
        m_editor->scintilla()->SendScintilla(QsciScintillaBase::SCI_POSITIONFROMLINE,
                                             static_cast<unsigned long>(line + 1)));
    const QRect note = fix->parentWidget()->geometry();
    QVERIFY(note.top() > y && note.bottom() <= next);
    QTest::mouseClick(fix, Qt::LeftButton);
    QCOMPARE(fixed.size(), 1);
    QCOMPARE(fixed.first().first().toInt(), 1);
    m_editor->setCaret(warning.range.begin);
    QTest::keyClick(m_editor->scintilla(), Qt::Key_Return, Qt::AltModifier);
    QCOMPARE(fixed.size(), 2);
    // It follows its line while the text changes.
    m_editor->applyEdits({{{0, 0}, "\n\n"}});
    QVERIFY(QTest::qWaitFor([&] { return fix->parentWidget()->y() > note.y(); }));
    m_editor->setIssues({});
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!m_editor->scintilla()->findChild<LinkButton *>());
    QCOMPARE(indicators(*m_editor, warning.range.begin + 2), 0L);
}

// At every keystroke the issues are told anew; what is under the pointer or has the focus must not go.
void TestEditor::notesThatSayTheSameStay()
{
    Issue warning = issueAt(R"("1\\.3")", Severity::Warning, u"Matches no version."_s);
    warning.fix = Fix{u"Use another"_s, {}};
    const Issue hint = issueAt("add_module", Severity::Hint, u"A hint."_s);
    QSignalSpy fixed(m_editor, &CodeEditor::issueFixRequested);
    m_editor->setIssues({warning, hint});
    const QPointer<LinkButton> fix = m_editor->scintilla()->findChild<LinkButton *>();
    QVERIFY(fix);
    // A line before it, which is wrong itself: the issue has another place and another number.
    m_editor->applyEdits({{{0, 0}, "%%\n"}});
    warning.range = {warning.range.begin + 3, warning.range.end + 3};
    ++warning.place.line;
    Issue first;
    first.message = u"Wrong."_s;
    first.range = {0, 2};
    m_editor->setIssues({first, warning});
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(fix && fix->isVisibleTo(m_editor));
    QVERIFY(fix->accessibleName().contains(QString::number(warning.place.line)));
    fix->click();
    QCOMPARE(fixed.size(), 1);
    QCOMPARE(fixed.first().first().toInt(), 1);
    QCOMPARE(m_editor->scintilla()->findChildren<LinkButton *>().size(), 1);
    // Other words are another note.
    warning.message = u"Matches one version."_s;
    m_editor->setIssues({warning});
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!fix);
    QVERIFY(m_editor->scintilla()->findChild<LinkButton *>());
}

void TestEditor::nextIssueGoesAround()
{
    const Issue one = issueAt("add_module", Severity::Error, u"One."_s);
    const Issue two = issueAt("delete_module", Severity::Error, u"Two."_s);
    m_editor->setIssues({two, one});
    m_editor->goToNextIssue();
    QCOMPARE(m_editor->caret(), one.range.begin);
    m_editor->goToNextIssue();
    QCOMPARE(m_editor->caret(), two.range.begin);
    m_editor->goToNextIssue();
    QCOMPARE(m_editor->caret(), one.range.begin);
    m_editor->goToNextIssue(true);
    QCOMPARE(m_editor->caret(), two.range.begin);
}

void TestEditor::highlightIsMarked()
{
    const TextRange range = find(sample, R"("1\\.3")");
    m_editor->setHighlight(range);
    QCOMPARE(indicators(*m_editor, range.begin), 1L << 8);
    QCOMPARE(indicators(*m_editor, range.end), 0L);
    m_editor->applyEdits({{{0, 0}, "%%\n"}});
    QCOMPARE(m_editor->highlight(), (TextRange{range.begin + 3, range.end + 3}));
    m_editor->setHighlight({});
    QCOMPARE(indicators(*m_editor, range.begin + 3), 0L);
}

void TestEditor::findBarFinds()
{
    QTest::keyClick(m_editor->scintilla(), Qt::Key_F, Qt::ControlModifier);
    auto *field = m_editor->findChild<SearchField *>();
    QVERIFY(field->isVisible());
    QTest::keyClicks(field, u"TALLY_LIMIT"_s);
    QCOMPARE(m_editor->selection(), (TextRange{0, 0})); // capitals count
    field->clear();
    QTest::keyClicks(field, u"tally_limit"_s);
    const TextRange first = find(sample, "tally_limit");
    QCOMPARE(m_editor->selection(), first);
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(m_editor->selection().begin > first.end);
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(m_editor->selection(), first);
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(m_editor->selection().begin, sample.lastIndexOf("tally_limit"));
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!field->isVisible());
    QCOMPARE(indicators(*m_editor, first.begin), 0L);
}

void TestEditor::readOnlyStaysAsItIs()
{
    m_editor->setReadOnly(true);
    QTest::keyClicks(m_editor->scintilla(), u"x"_s);
    QVERIFY(!m_editor->applyEdits({{{0, 1}, "y"}}));
    QCOMPARE(m_editor->text(), sample);
    m_editor->setText("other");
    QCOMPARE(m_editor->text(), QByteArray("other"));
    QVERIFY(m_editor->isReadOnly());
}

void TestEditor::looks_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestEditor::looks()
{
    QFETCH(bool, dark);
    const TextRange key = find(sample, R"("1\\.4(\\.[0-9]+)*")");
    Issue warning =
        issueAt(R"("1\\.3")", Severity::Warning, u"Matches no version: 1.3.0 to 1.3.9 go on after “1.3”."_s);
    warning.fix = Fix{uR"(Use 1\\.3(\\.[0-9]+)*)"_s, {}};
    const Issue error =
        issueAt("delete_module", Severity::Error,
                u"The module tally_limit is deleted although a process of the supervisor tally_sup still "
                "runs its code; stop the child first, or the node kills it when the code is purged."_s);
    m_editor->setIssues({warning, error});
    m_editor->setCaret(key.begin);
    m_editor->setHighlight(key);
    Theme::instance().setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
    QTest::qWait(50);
    const QImage image = m_editor->grab().toImage();
    QCOMPARE(QColor(image.pixel(image.width() - 30, image.height() - 30)),
             Theme::color(Role::CodeSurface, dark));
    test::shoot(*m_editor, u"editor"_s);
    m_editor->showFind();
    QTest::keyClicks(m_editor->findChild<SearchField *>(), u"tally"_s);
    test::shoot(*m_editor, u"find"_s);
}

QTEST_MAIN(TestEditor)
#include "tst_editor.moc"
