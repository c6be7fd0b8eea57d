// SPDX-License-Identifier: GPL-3.0-or-later
// A text of a server by the page's own widgets: opened, changed, saved, and over a crash.
#include "tests/ui/filesfixture.h"
#include "ui/editor/diffview.h"

#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace handover;
using server::TestServer;

class TestFilesText final : public QObject, test::FilesFixture
{
    Q_OBJECT

private slots:
    void initTestCase() { start(); }
    void init() { begin(); }
    void cleanup() { end(); }
    void cleanupTestCase() { endProgram(); }
    void editsATextAndKeepsItsMode();
    void noticesAnotherWriter();
    void keepsTheTextWithoutAConnection();
    void offersTheTextOfACrash();
    void discardsTheTextOfACrash();
    void neverBlocked();
};

void TestFilesText::editsATextAndKeepsItsMode()
{
    QCOMPARE(::chmod(m_test.remote("tally.config").bytes().constData(), 0640), 0);
    QVERIFY(opensText("tally.config"));
    ui::TextPane *text = m_page->text();
    QCOMPARE(text->editor()->text(), "[{tally, [{port, 8080}]}].\n"_ba);
    QVERIFY(!text->saveButton()->isEnabled());
    type("[{tally, [{port, 9090}]}].\n");
    QVERIFY(until([&] { return text->saveButton()->isEnabled(); }));
    shoot(u"text"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_S, Qt::ControlModifier);
    QVERIFY(until([&] { return !text->isModified(); }));
    QCOMPARE(TestServer::contents(m_test.local(u"tally.config"_s)), "[{tally, [{port, 9090}]}].\n"_ba);
    struct stat info{};
    QCOMPARE(::stat(m_test.remote("tally.config").bytes().constData(), &info), 0);
    QCOMPARE(info.st_mode & 07777U, 0640U);

    type("unsaved");
    bool closed = false;
    QVERIFY(!m_page->mayClose([&] { closed = true; }));
    text->close();
    QVERIFY(text->isVisible());
    QVERIFY(clickLink(text, u"Discard Changes"_s));
    QVERIFY(until([this] { return there()->isVisible(); }));
    QVERIFY(m_page->mayClose({}) && !closed);
}

void TestFilesText::noticesAnotherWriter()
{
    QVERIFY(opensText("tally.config"));
    ui::TextPane *text = m_page->text();
    type("[mine].\n");
    TestServer::write(m_test.local(u"tally.config"_s), "[theirs].\n");
    QTest::mouseClick(text->saveButton(), Qt::LeftButton);
    QVERIFY(until([&] { return text->message()->text().contains(u"changed since"); }));
    QCOMPARE(TestServer::contents(m_test.local(u"tally.config"_s)), "[theirs].\n"_ba);
    QVERIFY(clickLink(text, u"Compare"_s));
    QVERIFY(until([&] { return text->comparison()->isVisible(); }));
    QVERIFY(text->comparison()->toPlainText().contains(u"[theirs]") && text->comparison()->toPlainText().contains(u"[mine]"));
    shoot(u"compare"_s);
    QVERIFY(clickLink(text, u"Overwrite"_s));
    QVERIFY(until([&] { return !text->isModified(); }));
    QCOMPARE(TestServer::contents(m_test.local(u"tally.config"_s)), "[mine].\n"_ba);

    type("[mine, again].\n");
    TestServer::write(m_test.local(u"tally.config"_s), "[theirs, again].\n");
    text->save();
    QVERIFY(clickLink(text, u"Take Theirs"_s));
    QVERIFY(until([&] { return text->editor()->text() == "[theirs, again].\n"; }));
    QVERIFY(!text->isModified());
    text->close();
}

void TestFilesText::keepsTheTextWithoutAConnection()
{
    QVERIFY(opensText("tally.config"));
    ui::TextPane *text = m_page->text();
    type("[written while it was gone].\n");
    QVERIFY(QFile::rename(m_test.local(), m_test.path(u"away"_s))); // as if the disk were gone
    text->save();
    QVERIFY(until([&] { return text->message()->isVisible(); }));
    QCOMPARE(text->editor()->text(), "[written while it was gone].\n"_ba);
    QVERIFY(text->isModified());
    QVERIFY(QFile::rename(m_test.path(u"away"_s), m_test.local()));
    text->save();
    QVERIFY(until([&] { return !text->isModified(); }));
    QCOMPARE(TestServer::contents(m_test.local(u"tally.config"_s)), "[written while it was gone].\n"_ba);
    text->close();
}

void TestFilesText::offersTheTextOfACrash()
{
    const auto drafts = [this] {
        return QDir(m_home.filePath(u"HANDOVER_STATE_DIR/server-texts"_s)).entryList({u"*.draft"_s}).size();
    };
    QVERIFY(opensText("tally.config"));
    type("[typed, and saved].\n");
    QVERIFY(until([&] { return drafts() == 1; }));
    m_page->text()->save();
    QVERIFY(until([&] { return drafts() == 0; }));
    type("[typed, not saved].\n");
    endProgram();
    QCOMPARE(drafts(), 1);

    startProgram();
    QVERIFY(!QTest::currentTestFailed());
    QVERIFY(until([this] { return m_page->offer()->isVisible(); }));
    QVERIFY2(m_page->offer()->text().contains(u"tally.config on edge-1"), qPrintable(m_page->offer()->text()));
    shoot(u"crash"_s);
    QVERIFY(clickLink(m_page->offer(), u"Restore"_s));
    ui::TextPane *text = m_page->text();
    QCOMPARE(text->editor()->text(), "[typed, not saved].\n"_ba);
    QVERIFY(text->isModified());
    text->editor()->undo();
    QCOMPARE(text->editor()->text(), "[typed, and saved].\n"_ba);
    QVERIFY(!text->isModified());
    text->editor()->redo();
    TestServer::write(m_test.local(u"tally.config"_s), "[theirs].\n");
    text->save();
    QVERIFY(until([&] { return text->message()->text().contains(u"changed since"); }));
    QVERIFY(until([&] { return drafts() == 1; })); // what isn't saved is kept again
    QVERIFY(clickLink(text, u"Overwrite"_s));
    QVERIFY(until([&] { return !text->isModified(); }));
    QCOMPARE(TestServer::contents(m_test.local(u"tally.config"_s)), "[typed, not saved].\n"_ba);
    QVERIFY(until([&] { return drafts() == 0; }));
    text->close();
    QVERIFY(!m_page->offer()->isVisible());
}

void TestFilesText::discardsTheTextOfACrash()
{
    QVERIFY(opensText("tally.config"));
    type("[typed].\n");
    endProgram();
    startProgram();
    QVERIFY(!QTest::currentTestFailed());
    QVERIFY(clickLink(m_page->offer(), u"Discard"_s));
    QVERIFY(!m_page->offer()->isVisible());
    endProgram();
    startProgram();
    QTest::qWait(200);
    QVERIFY(!m_page->offer()->isVisible());
    QVERIFY(QDir(m_home.filePath(u"HANDOVER_STATE_DIR/server-texts"_s)).isEmpty());
}

void TestFilesText::neverBlocked()
{
    QVERIFY2(m_longest < test::LongestBlockMs, QByteArray::number(m_longest).constData());
}

QTEST_MAIN(TestFilesText)
#include "tst_filestext.moc"
