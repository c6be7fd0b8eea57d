// SPDX-License-Identifier: GPL-3.0-or-later
// Find and replace by typing into the bar.
#include "ui/editor/codeeditor.h"
#include "ui/editor/textsearch.h"
#include "ui/theme/theme.h"
#include "ui/widgets/searchfield.h"

#include <Qsci/qsciscintilla.h>

#include <QAbstractButton>
#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::ui;

namespace {

QAbstractButton *button(const QWidget *parent, const QString &text)
{
    for (QAbstractButton *found : parent->findChildren<QAbstractButton *>()) {
        if (found->text().remove(u'&') == text)
            return found;
    }
    return nullptr;
}

QLineEdit *replacement(const QWidget *parent)
{
    for (QLineEdit *field : parent->findChildren<QLineEdit *>()) {
        if (field->accessibleName() == u"Replace with")
            return field;
    }
    return nullptr;
}

} // namespace

class TestFindReplace : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void searches_data();
    void searches();
    void explodingExpressionEnds();
    void replacesOne();
    void replacesAllInOneStep();
    void replacesByExpression();
    void wrongExpressionIsSaid();
    void readOnlyIsNotReplaced();

private:
    void set(const QByteArray &text);
    [[nodiscard]] QsciScintilla *view() const { return m_editor->scintilla(); }

    CodeEditor *m_editor = nullptr;
};

void TestFindReplace::initTestCase() { Theme::instance().install(*qobject_cast<QApplication *>(qApp)); }

void TestFindReplace::init()
{
    m_editor = new CodeEditor;
    m_editor->resize(620, 420);
    m_editor->show();
    m_editor->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_editor));
    m_editor->setFocus();
}

void TestFindReplace::cleanup()
{
    delete m_editor;
    m_editor = nullptr;
}

void TestFindReplace::set(const QByteArray &text)
{
    m_editor->setText(text);
    m_editor->setCaret(0);
}

void TestFindReplace::searches_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("matchCase");
    QTest::addColumn<bool>("regex");
    QTest::addColumn<QList<TextRange>>("expected");
    using Ranges = QList<TextRange>;
    const auto row = [](const char *name, const QString &words, bool matchCase, bool regex, const Ranges &expected) {
        QTest::newRow(name) << words << matchCase << regex << expected;
    };
    row("any case", u"ab"_s, false, false, Ranges{{0, 2}, {6, 8}});
    row("case", u"ab"_s, true, false, Ranges{{0, 2}});
    row("nothing is special", u"a.b"_s, false, false, Ranges{{14, 17}});
    row("expression", u"a.?b"_s, false, true, Ranges{{0, 2}, {6, 8}, {14, 17}});
    row("behind two bytes", u"AB"_s, true, false, Ranges{{6, 8}});
    row("behind four bytes", u"a\\.b$"_s, false, true, Ranges{{14, 17}});
    row("line ends", u"^a"_s, false, true, Ranges{{0, 1}, {14, 15}});
    row("nothing", u"zzz"_s, false, false, Ranges());
    row("empty hits", u"q*"_s, false, true, Ranges());
    row("empty", QString(), false, true, Ranges());
}

void TestFindReplace::searches()
{
    QFETCH(const QString, words);
    QFETCH(const bool, matchCase);
    QFETCH(const bool, regex);
    QFETCH(const QList<TextRange>, expected);
    const QByteArray text = "ab \xC3\xA4 AB \xF0\x9D\x84\x9E\na.b";
    QList<TextRange> found;
    for (const SearchHit &hit : findAll(text, {words, matchCase, regex}).hits)
        found += hit.range;
    QCOMPARE(found, expected);
}

void TestFindReplace::explodingExpressionEnds()
{
    QElapsedTimer clock;
    clock.start();
    const QByteArray text = QByteArray(5000, 'a') + "b\n" + QByteArray(5000, 'a');
    const SearchResult found = findAll(text, {u"(a|aa)+$x"_s, false, true});
    QVERIFY(found.hits.isEmpty());
    QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(!findAll("a", {u"(a"_s, false, true}).error.isEmpty());
    const SearchResult many = findAll(QByteArray(20'000, 'a'), {u"a"_s, false, false});
    QVERIFY(!many.complete && many.hits.size() == 5000);
}

void TestFindReplace::replacesOne()
{
    set("{one, two, one}");
    QTest::keyClick(view(), Qt::Key_H, Qt::ControlModifier);
    auto *find = m_editor->findChild<SearchField *>();
    QVERIFY(find->hasFocus());
    QTest::keyClicks(find, u"one"_s);
    QCOMPARE(m_editor->selection(), (TextRange{1, 4}));
    QLineEdit *with = replacement(m_editor);
    QVERIFY(with && with->isVisible());
    with->setFocus();
    QTest::keyClicks(with, u"three"_s);
    QTest::keyClick(with, Qt::Key_Return);
    QCOMPARE(m_editor->text(), QByteArray("{three, two, one}"));
    QCOMPARE(m_editor->selection(), (TextRange{13, 16}));
    QTest::keyClick(with, Qt::Key_Return);
    QCOMPARE(m_editor->text(), QByteArray("{three, two, three}"));
    QTest::keyClick(with, Qt::Key_Escape);
    QVERIFY(!with->isVisible() && view()->hasFocus());
}

void TestFindReplace::replacesAllInOneStep()
{
    set("{a, A, \"a\"}");
    QSignalSpy edited(m_editor, &CodeEditor::textEdited);
    m_editor->showReplace();
    QTest::keyClicks(m_editor->findChild<SearchField *>(), u"a"_s);
    QTest::keyClicks(replacement(m_editor), u"aa"_s);
    QTest::mouseClick(button(m_editor, u"Match case"_s), Qt::LeftButton, {}, {5, 8});
    QTest::mouseClick(button(m_editor, u"Replace All"_s), Qt::LeftButton);
    QCOMPARE(m_editor->text(), QByteArray("{aa, A, \"aa\"}"));
    QCOMPARE(edited.size(), 1);
    m_editor->undo();
    QCOMPARE(m_editor->text(), QByteArray("{a, A, \"a\"}"));
    QVERIFY(!m_editor->canUndo());
}

void TestFindReplace::replacesByExpression()
{
    set("{load_module, a}, {load_module, b}");
    m_editor->showReplace();
    auto *regex = button(m_editor, u"Regular expression"_s);
    QVERIFY(regex);
    regex->click();
    QTest::keyClicks(m_editor->findChild<SearchField *>(), u"\\{load_module, (\\w+)\\}"_s);
    QTest::keyClicks(replacement(m_editor), u"{update, \\1, soft} % \\\\ \\0"_s);
    button(m_editor, u"Replace All"_s)->click();
    QCOMPARE(m_editor->text(), QByteArray("{update, a, soft} % \\ {load_module, a}, {update, b, soft} % \\ {load_module, b}"));
}

void TestFindReplace::wrongExpressionIsSaid()
{
    set("(a)");
    m_editor->showReplace();
    button(m_editor, u"Regular expression"_s)->click();
    QTest::keyClicks(m_editor->findChild<SearchField *>(), u"(a"_s);
    QVERIFY(!button(m_editor, u"Replace All"_s)->isEnabled());
    QTest::keyClicks(m_editor->findChild<SearchField *>(), u")"_s);
    QVERIFY(button(m_editor, u"Replace All"_s)->isEnabled());
}

void TestFindReplace::readOnlyIsNotReplaced()
{
    set("a a");
    m_editor->showReplace();
    QTest::keyClicks(m_editor->findChild<SearchField *>(), u"a"_s);
    m_editor->setReadOnly(true);
    button(m_editor, u"Replace All"_s)->click();
    button(m_editor, u"Replace"_s)->click();
    QCOMPARE(m_editor->text(), QByteArray("a a"));
    QTest::keyClick(m_editor->findChild<SearchField *>(), Qt::Key_Escape);
    QTest::keyClick(view(), Qt::Key_H, Qt::ControlModifier);
    QVERIFY(!replacement(m_editor)->isVisible());
}

QTEST_MAIN(TestFindReplace)
#include "tst_findreplace.moc"
