// SPDX-License-Identifier: GPL-3.0-or-later
// What the editor does for somebody who types: indentation, brackets, completion, help, replacing.
#include "tests/ui/gallery.h"
#include "ui/editor/assistant.h"
#include "ui/editor/brackets.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/completionlist.h"
#include "ui/editor/helpcard.h"
#include "ui/editor/indicators.h"
#include "ui/theme/theme.h"
#include "ui/widgets/searchfield.h"

#include <Qsci/qsciscintilla.h>

#include <QDesktopServices>
#include <QListView>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::ui;

namespace {

const QByteArray sample = R"({"1.5.0",
 [{<<"1\\.4(\\.[0-9]+)*">>,
   [{update, tally_srv, {advanced, []}},
    {add_module, tally_limit}]}],
 []}.
)";

// The caret is where | stands.
qsizetype caretIn(QByteArray &text)
{
    const qsizetype caret = text.indexOf('|');
    text.remove(caret, 1);
    return caret;
}

} // namespace

class TestEditorTyping : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void indentation_data();
    void indentation();
    void returnIndents();
    void returnIsOneUndoStep();
    void closingBracketMovesBack();
    void brackets_data();
    void brackets();
    void bracketsAreMarked();
    void instructionIsCompleted();
    void blanksAreFilledIn();
    void moduleListFollowsTyping();
    void listGoesAwayByItself();
    void versionKeyIsCompleted();
    void helpAtTheCaret();
    void helpUnderTheMouse();
    void everyInstructionFitsTheWindow();
    void textsKeepTheirHistory();
    void savingKeepsHistory();
    void looks_data();
    void looks();

    void opened(const QUrl &url) { m_url = url; } // what the help's link leads to

private:
    void type(const QString &text);
    void key(Qt::Key pressed, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(view(), pressed, modifiers); }
    void set(QByteArray text); ///< with the caret where | stands
    [[nodiscard]] QsciScintilla *view() const { return m_editor->scintilla(); }
    [[nodiscard]] CompletionList *list() const { return m_editor->assistant()->list(); }
    [[nodiscard]] HelpCard *card() const { return m_editor->assistant()->card(); }
    [[nodiscard]] bool isMarked(qsizetype offset, int indicator) const;
    [[nodiscard]] QStringList offered() const;

    QWidget *m_window = nullptr;
    CodeEditor *m_editor = nullptr;
    QUrl m_url;
};

void TestEditorTyping::initTestCase()
{
    qunsetenv("HANDOVER_THEME");
    Theme::instance().install(*qobject_cast<QApplication *>(qApp));
}

void TestEditorTyping::init()
{
    Theme::instance().setMode(Theme::Mode::Light);
    m_window = new QWidget;
    m_window->resize(900, 640);
    auto *column = new QVBoxLayout(m_window);
    m_editor = new CodeEditor;
    column->addWidget(m_editor);
    m_editor->assistant()->setCompleter([](const QByteArray &text, qsizetype caret) {
        return appup::completionsAt(
            text, caret, {{"tally_limit", "tally_srv", "tally_sup"}, {u"1.4.1"_s, u"1.4.0"_s}, {"tally"}});
    });
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window));
    set(sample + "|");
    m_editor->setFocus();
}

void TestEditorTyping::cleanup()
{
    delete m_window;
    m_window = nullptr;
}

void TestEditorTyping::type(const QString &text)
{
    for (const QChar c : text) {
        if (c == u'\n')
            key(Qt::Key_Return);
        else
            QTest::sendKeyEvent(QTest::Click, view(), Qt::Key_unknown, QString(c), Qt::NoModifier);
    }
}

void TestEditorTyping::set(QByteArray text)
{
    const qsizetype caret = caretIn(text);
    m_editor->setText(text);
    m_editor->setCaret(caret);
}

bool TestEditorTyping::isMarked(qsizetype offset, int indicator) const
{
    return view()->SendScintilla(QsciScintillaBase::SCI_INDICATORVALUEAT, static_cast<unsigned long>(indicator), long(offset)) != 0;
}

QStringList TestEditorTyping::offered() const
{
    QStringList all;
    if (list()->isVisible()) {
        for (int row = 0; row < list()->list()->model()->rowCount(); ++row)
            all += list()->list()->model()->index(row, 0).data().toString();
    }
    return all;
}

// ---- indentation -----------------------------------------------------------------------------------

void TestEditorTyping::indentation_data()
{
    QTest::addColumn<QByteArray>("text"); // | stands where the line begins
    QTest::addColumn<int>("columns");     // -1: none of our business
    QTest::newRow("start") << QByteArray("|") << 0;
    QTest::newRow("behind the end") << QByteArray("{a}.\n|") << 0;
    QTest::newRow("tuple") << QByteArray("{\"1\",\n|") << 1;
    QTest::newRow("list in a tuple") << QByteArray("{\"1\",\n [{<<\"1\">>,\n|") << 3;
    QTest::newRow("instructions") << QByteArray("{\"1\",\n [{<<\"1\">>,\n   [{update, a, soft,\n|") << 5;
    QTest::newRow("behind an instruction") << QByteArray("{\"1\",\n [{<<\"1\">>,\n   [{update, a},\n|") << 4;
    QTest::newRow("bracket at the end") << QByteArray("{\"1\", [\n|") << 2;
    QTest::newRow("bracket and a comment") << QByteArray("  {\"1\", [ % ups\n|") << 4;
    QTest::newRow("closing below") << QByteArray("{\"1\",\n [{a}\n| ]") << 1;
    QTest::newRow("closing of a bracket at the end") << QByteArray("{\"1\", [\n  a\n|]") << 0;
    QTest::newRow("another kind does not close") << QByteArray("{\"1\",\n [a,\n|}") << 2;
    QTest::newRow("binary") << QByteArray("{<<1,\n|") << 3;
    QTest::newRow("bracket in a string") << QByteArray("{\"[[[\",\n|") << 1;
    QTest::newRow("umlauts count once") << QByteArray("{'äö', {a,\n|") << 8;
    QTest::newRow("tab") << QByteArray("\t[a,\n|") << 9;
    QTest::newRow("open string") << QByteArray("{\"abc\n|") << -1;
    QTest::newRow("too many closed") << QByteArray("]]}\n|") << 0;
}

void TestEditorTyping::indentation()
{
    QFETCH(QByteArray, text);
    QFETCH(const int, columns);
    const qsizetype at = caretIn(text);
    QCOMPARE(indentationAt(text, at).value_or(-1), columns);
}

void TestEditorTyping::returnIndents()
{
    set("|");
    type(u"{\"1.5.0\",\n"_s);
    type(u"[{<<\"1\">>,\n[{update, a},\n"_s);
    key(Qt::Key_Escape);
    type(u"{update, b}]}],\n[]}."_s);
    QCOMPARE(m_editor->text(), QByteArray("{\"1.5.0\",\n [{<<\"1\">>,\n   [{update, a},\n    {update, b}]}],\n []}."));
    set("{a,|   b}"); // white space around the break goes
    key(Qt::Key_Return);
    QCOMPARE(m_editor->text(), QByteArray("{a,\n b}"));
    QCOMPARE(m_editor->caret(), 5);
    set("{\"a |  b\"}"); // not in a string
    key(Qt::Key_Return);
    QCOMPARE(m_editor->text(), QByteArray("{\"a \n  b\"}"));
    m_editor->setText("{a,\r\n b}");
    m_editor->setCaret(3);
    key(Qt::Key_Return);
    QCOMPARE(m_editor->text(), QByteArray("{a,\r\n \r\n b}"));
}

void TestEditorTyping::returnIsOneUndoStep()
{
    set("{a,|b}");
    key(Qt::Key_Return);
    QCOMPARE(m_editor->text(), QByteArray("{a,\n b}"));
    m_editor->undo();
    QCOMPARE(m_editor->text(), QByteArray("{a,b}"));
    QVERIFY(!m_editor->canUndo());
}

void TestEditorTyping::closingBracketMovesBack()
{
    set("{\"1\", [|");
    key(Qt::Key_Return);
    type(u"a"_s);
    key(Qt::Key_Escape);
    key(Qt::Key_Return);
    type(u"]"_s);
    QCOMPARE(m_editor->text(), QByteArray("{\"1\", [\n  a\n]"));
}

// ---- brackets --------------------------------------------------------------------------------------

void TestEditorTyping::brackets_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<TextRange>("one");
    QTest::addColumn<TextRange>("other");
    QTest::newRow("before") << QByteArray("|{a}") << TextRange{0, 1} << TextRange{2, 3};
    QTest::newRow("behind") << QByteArray("{a}|") << TextRange{2, 3} << TextRange{0, 1};
    QTest::newRow("between") << QByteArray("{a}|[b]") << TextRange{3, 4} << TextRange{5, 6};
    QTest::newRow("binary") << QByteArray("{|<<\"1\">>}") << TextRange{1, 3} << TextRange{6, 8};
    QTest::newRow("inside a binary bracket") << QByteArray("{<|<\"1\">>}") << TextRange{1, 3} << TextRange{6, 8};
    QTest::newRow("end of a binary") << QByteArray("{<<\"1\">>|, a}") << TextRange{6, 8} << TextRange{1, 3};
    QTest::newRow("nested") << QByteArray("|[[{}],[]]") << TextRange{0, 1} << TextRange{8, 9};
    QTest::newRow("over lines") << QByteArray("|[a,\n%]\n b]") << TextRange{0, 1} << TextRange{9, 10};
    QTest::newRow("not in strings") << QByteArray("|[\"]\"]") << TextRange{0, 1} << TextRange{4, 5};
    QTest::newRow("unclosed") << QByteArray("|{[]") << TextRange{0, 1} << TextRange();
    QTest::newRow("unopened") << QByteArray("[]}|") << TextRange{2, 3} << TextRange();
    QTest::newRow("wrong kind") << QByteArray("|{a]") << TextRange{0, 1} << TextRange();
    QTest::newRow("in a string") << QByteArray("\"|[\"") << TextRange() << TextRange();
}

void TestEditorTyping::brackets()
{
    QFETCH(QByteArray, text);
    QFETCH(const TextRange, one);
    QFETCH(const TextRange, other);
    const qsizetype caret = caretIn(text);
    const BracketPair pair = bracketAt(text, caret).value_or(BracketPair());
    QCOMPARE(pair.one, one);
    QCOMPARE(pair.other, other);
}

void TestEditorTyping::bracketsAreMarked()
{
    const qsizetype open = sample.indexOf("<<");
    const qsizetype close = sample.indexOf(">>");
    m_editor->setCaret(open);
    QVERIFY(QTest::qWaitFor([&] { return isMarked(open + 1, BracketIndicator); }));
    QVERIFY(isMarked(close, BracketIndicator) && isMarked(close + 1, BracketIndicator));
    QVERIFY(!isMarked(close + 2, BracketIndicator));
    m_editor->setCaret(2);
    QVERIFY(QTest::qWaitFor([&] { return !isMarked(open, BracketIndicator); }));
    set("{a|");
    type(u"]"_s);
    QVERIFY(QTest::qWaitFor([&] { return isMarked(2, BadBracketIndicator); }));
}

// ---- completion ------------------------------------------------------------------------------------

void TestEditorTyping::instructionIsCompleted()
{
    set("{\"1.5.0\", [{\"1.4.0\", [|");
    type(u"{load_m"_s);
    QVERIFY(list()->isVisible());
    QCOMPARE(offered().first(), u"{load_module, Mod}"_s);
    QVERIFY(list()->about().contains(u"code of one module"_s));
    key(Qt::Key_Down);
    QCOMPARE(list()->list()->currentIndex().data().toString(), u"{load_module, Mod, DepMods}"_s);
    key(Qt::Key_Return);
    QVERIFY(m_editor->text().endsWith("[{load_module, Mod, []}"));
    m_editor->undo();
    QVERIFY(m_editor->text().endsWith("[{load_m"));
}

void TestEditorTyping::blanksAreFilledIn()
{
    set("{\"1.5.0\", [{\"1.4.0\", [|");
    type(u"{appl"_s);
    key(Qt::Key_Tab);
    const qsizetype begin = m_editor->text().indexOf("{apply, {M, F, []}}");
    QVERIFY(begin > 0);
    QCOMPARE(m_editor->selection(), (TextRange{begin + 9, begin + 10})); // M, with its modules
    QCOMPARE(offered(), (QStringList{u"tally_limit"_s, u"tally_srv"_s, u"tally_sup"_s}));
    type(u"tally_sr"_s);
    QCOMPARE(offered(), QStringList{u"tally_srv"_s});
    key(Qt::Key_Tab); // takes the module
    key(Qt::Key_Tab); // and goes on to F
    type(u"tick"_s);
    QVERIFY2(m_editor->text().endsWith("[{apply, {tally_srv, tick, []}}"), m_editor->text().constData());
    m_editor->setCaret(0);
    key(Qt::Key_Tab); // no blank left: a tab as ever
    QVERIFY(m_editor->text().startsWith("  {"));
}

void TestEditorTyping::moduleListFollowsTyping()
{
    set("{\"1.5.0\", [{\"1.4.0\", [{load_module, |}]}], []}.");
    key(Qt::Key_Space, Qt::ControlModifier);
    QCOMPARE(offered().size(), 3);
    type(u"s"_s); // in the middle of names, too
    QCOMPARE(offered(), (QStringList{u"tally_srv"_s, u"tally_sup"_s}));
    type(u"u"_s);
    QCOMPARE(offered(), QStringList{u"tally_sup"_s});
    key(Qt::Key_Backspace);
    QVERIFY(QTest::qWaitFor([&] { return offered().size() == 2; }));
    key(Qt::Key_Up); // around the end
    key(Qt::Key_Return);
    QVERIFY(m_editor->text().contains("{load_module, tally_sup}]}"));
}

void TestEditorTyping::listGoesAwayByItself()
{
    const auto shown = [this] {
        set("{\"1.5.0\", [{\"1.4.0\", [{load_module, |}]}], []}.");
        type(u"t"_s);
        return list()->isVisible();
    };
    QVERIFY(shown());
    key(Qt::Key_Escape);
    QVERIFY(!list()->isVisible());
    QVERIFY(shown());
    key(Qt::Key_Home);
    QVERIFY(QTest::qWaitFor([&] { return !list()->isVisible(); }));
    QVERIFY(shown());
    type(u"}"_s);
    QVERIFY(!list()->isVisible());
    QVERIFY(shown());
    type(u"zz"_s);
    QVERIFY(!list()->isVisible());
    QVERIFY(shown());
    m_editor->open(u"another"_s, "text");
    QVERIFY(!list()->isVisible());
    set("{\"1.5.0\", [{\"1.4.0\", [% |");
    type(u"load"_s); // a comment
    QVERIFY(!list()->isVisible());
    m_editor->setReadOnly(true);
    key(Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(!list()->isVisible());
}

void TestEditorTyping::versionKeyIsCompleted()
{
    set("{\"1.5.0\", [|");
    type(u"{<<\""_s);
    QCOMPARE(offered(), (QStringList{uR"(<<"1\\.4\\.1">>)"_s, uR"(<<"1\\.4\\.0">>)"_s, uR"(<<"1\\.4\\.[0-9]+">>)"_s}));
    key(Qt::Key_PageDown);
    key(Qt::Key_Return);
    QCOMPARE(m_editor->text(), QByteArray(R"({"1.5.0", [{<<"1\\.4\\.[0-9]+">>)"));
}

// ---- help ------------------------------------------------------------------------------------------

void TestEditorTyping::helpAtTheCaret()
{
    m_editor->setCaret(sample.indexOf("update") + 2);
    key(Qt::Key_F1);
    QVERIFY(card()->isVisible());
    QVERIFY(card()->words().startsWith(u"update\n{update, Mod}"_s));
    QVERIFY(card()->words().contains(u"Costs: "_s));
    QVERIFY(card()->accessibleName().contains(u"Suspends"_s));
    QVERIFY(card()->link()->hasFocus()); // so that Return opens it
    QDesktopServices::setUrlHandler(u"https"_s, this, "opened");
    QTest::keyClick(card()->link(), Qt::Key_Space);
    QDesktopServices::unsetUrlHandler(u"https"_s);
    QCOMPARE(m_url, QUrl(u"https://www.erlang.org/doc/apps/sasl/appup.html#high-level-instructions"_s));
    QTest::keyClick(card()->link(), Qt::Key_Escape);
    QVERIFY(!card()->isVisible());
    QVERIFY(view()->hasFocus());
    m_editor->setCaret(sample.indexOf("advanced"));
    key(Qt::Key_F1);
    QVERIFY(card()->words().startsWith(u"advanced\n{advanced, Extra}: "_s));
    QTest::keyClick(card()->link(), Qt::Key_Escape);
    m_editor->setCaret(sample.indexOf("tally_srv"));
    key(Qt::Key_F1);
    QVERIFY(!card()->isVisible());
}

void TestEditorTyping::helpUnderTheMouse()
{
    const auto at = [this](qsizetype offset) {
        return QPoint(int(view()->SendScintilla(QsciScintillaBase::SCI_POINTXFROMPOSITION, 0UL, long(offset))) + 3,
                      int(view()->SendScintilla(QsciScintillaBase::SCI_POINTYFROMPOSITION, 0UL, long(offset))) + 5);
    };
    QTest::mouseMove(view()->viewport(), at(sample.indexOf("add_module") + 2));
    QVERIFY(QTest::qWaitFor([&] { return card()->isVisible(); }, 5000));
    QVERIFY(card()->words().startsWith(u"add_module"_s));
    QVERIFY(view()->hasFocus()); // typing goes on
    QTest::mouseMove(view()->viewport(), at(2));
    QVERIFY(QTest::qWaitFor([&] { return !card()->isVisible(); }, 5000));
}

void TestEditorTyping::everyInstructionFitsTheWindow()
{
    for (const appup::InstructionHelp &help : appup::instructionHelp()) {
        m_editor->setText("{" + help.name + ", a}");
        m_editor->setCaret(1);
        m_editor->assistant()->showHelp();
        QVERIFY2(card()->isVisible() && m_window->rect().contains(card()->geometry()), help.name.constData());
        QVERIFY2(card()->height() >= card()->layout()->heightForWidth(card()->width()), help.name.constData());
    }
}

// ---- several texts ---------------------------------------------------------------------------------

void TestEditorTyping::textsKeepTheirHistory()
{
    QSignalSpy edited(m_editor, &CodeEditor::textEdited);
    m_editor->open(u"one"_s, "first\n");
    QVERIFY(!m_editor->canUndo());
    m_editor->setCaret(5);
    type(u" text"_s);
    m_editor->open(u"two"_s, "second\n");
    QCOMPARE(m_editor->text(), QByteArray("second\n"));
    QVERIFY(!m_editor->canUndo());
    type(u"x"_s);
    QCoreApplication::processEvents();
    edited.clear();
    m_editor->open(u"one"_s, "first text\n");
    QCOMPARE(m_editor->caret(), 10);
    QVERIFY(m_editor->canUndo());
    m_editor->undo();
    QCOMPARE(m_editor->text(), QByteArray("first\n"));
    m_editor->redo();
    QCOMPARE(m_editor->text(), QByteArray("first text\n"));
    edited.clear();
    m_editor->open(u"two"_s, "xsecond, and more by somebody else: ä\n");
    QCoreApplication::processEvents();
    QCOMPARE(edited.size(), 0);
    QCOMPARE(m_editor->text(), QByteArray("xsecond, and more by somebody else: ä\n"));
    m_editor->undo();
    QCOMPARE(m_editor->text(), QByteArray("xsecond\n"));
    m_editor->undo();
    QCOMPARE(m_editor->text(), QByteArray("second\n"));
    // Colours, tab stops and encoding belong to each text.
    m_editor->open(u"three"_s, "{ä,");
    m_editor->setCaret(4);
    key(Qt::Key_Return);
    type(u"ö"_s);
    QCOMPARE(m_editor->text(), QByteArray("{ä,\n ö"));
    m_editor->open(u"three"_s, "{ä,\n ö"); // the same once more changes nothing
    QVERIFY(m_editor->canUndo());
}

void TestEditorTyping::savingKeepsHistory()
{
    set("|a");
    type(u"b"_s);
    m_editor->setSaved();
    QVERIFY(!m_editor->isModified());
    m_editor->undo();
    QCOMPARE(m_editor->text(), QByteArray("a"));
    QVERIFY(m_editor->isModified());
    m_editor->redo();
    QVERIFY(!m_editor->isModified());
}

// ---- for people to look at -------------------------------------------------------------------------

void TestEditorTyping::looks_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestEditorTyping::looks()
{
    QFETCH(const bool, dark);
    Theme::instance().setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
    m_editor->setCaret(sample.indexOf("    {add_module"));
    type(u"    {up"_s);
    QVERIFY(list()->isVisible());
    QCOMPARE(list()->list()->palette().color(QPalette::Base), Theme::color(Role::Surface, dark));
    test::shoot(*m_window, u"completion"_s);
    key(Qt::Key_Return);
    key(Qt::Key_Escape);
    m_editor->setCaret(m_editor->text().indexOf("update"));
    key(Qt::Key_F1);
    QVERIFY(card()->isVisible());
    test::shoot(*m_window, u"help"_s);
    QTest::keyClick(card()->link(), Qt::Key_Escape);
    m_editor->setCaret(m_editor->text().indexOf("<<"));
    m_editor->showReplace();
    QTest::keyClicks(m_editor->findChild<SearchField *>(), u"tally"_s);
    test::shoot(*m_window, u"replace"_s);
}

QTEST_MAIN(TestEditorTyping)
#include "tst_editortyping.moc"
