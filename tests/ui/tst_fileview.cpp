// SPDX-License-Identifier: GPL-3.0-or-later
// What one looks at in a directory while it is listed again, whatever comes, goes and changes in it.
#include "models/transfer/directoryorder.h"
#include "tests/ui/watchdog.h"
#include "ui/files/fileview.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <future>

using namespace Qt::StringLiterals;
using namespace handover;
using test::LongestBlockMs;
using transfer::DirectoryModel;
using transfer::FileEntry;
using transfer::Path;

namespace {

/// A directory whose entries the test says; asked in another thread only while the test waits.
class Said final : public transfer::FilePlace
{
public:
    QMap<QByteArray, qint64> sizes;

    QString name() const override { return u"edge-1"_s; }
    std::optional<server::Address> address() const override { return *server::Address::parse(u"ssh://edge-1/opt"_s); }
    Result<QList<FileEntry>> list(const Path &, const JobContext &) override
    {
        QList<FileEntry> entries;
        for (const auto &[name, size] : sizes.asKeyValueRange()) {
            entries += FileEntry{.name = name, .type = FileEntry::Type::File, .size = size, .owner = u"root"_s,
                                 .group = u"root"_s, .target = {}};
        }
        return entries;
    }
    Result<Path> home(const JobContext &) override { return *Path::parse("/log"); }
    Result<std::optional<qint64>> freeSpace(const Path &, const JobContext &) override { return std::nullopt; }
    Result<void> rename(const Path &from, const Path &to, const JobContext &) override
    {
        m_renamed.set_value({from.bytes(), to.bytes()});
        return {};
    }
    Result<void> makeDirectory(const Path &, const JobContext &) override { return {}; }
    Result<void> setMode(const Path &, quint32, const JobContext &) override { return {}; }
    Result<server::Removal> planRemoval(const QList<Path> &, const JobContext &) override { return server::Removal{}; }
    Result<void> remove(const server::Removal &, const JobContext &) override { return {}; }
    bool hasTrash() const override { return false; }
    using Names = std::pair<QByteArray, QByteArray>;
    [[nodiscard]] Names renamed() ///< waits for it, once
    {
        std::future<Names> names = m_renamed.get_future();
        const auto isThere = [&] { return names.wait_for(std::chrono::seconds(0)) == std::future_status::ready; };
        return QTest::qWaitFor(isThere, 10'000) ? names.get() : Names();
    }

private:
    std::promise<Names> m_renamed;
};

} // namespace

class TestFileView final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { ui::Theme::instance().install(*qApp); }
    void init();
    void placeStays_data();
    void placeStays();
    void whatIsGoneLeavesItsNeighbour_data();
    void whatIsGoneLeavesItsNeighbour();
    void modelsKeepTheirWord_data();
    void modelsKeepTheirWord();
    void topStaysTheTop();
    void typedNameStays_data();
    void typedNameStays();
    void anotherDirectoryBeginsAnew();

private:
    [[nodiscard]] bool listed() const
    {
        QSignalSpy opened(m_model.get(), &DirectoryModel::opened);
        m_model->openHome();
        return opened.wait(10'000);
    }
    [[nodiscard]] static QByteArray nameOf(int number) { return "log." + QByteArray::number(number).rightJustified(5, '0'); }
    void select(const QByteArrayList &names) const
    {
        for (const QByteArray &name : names)
            m_view->selectionModel()->select(m_view->indexOf(name), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }

    JobQueue m_jobs;
    std::shared_ptr<Said> m_said;
    std::unique_ptr<DirectoryModel> m_model;
    std::unique_ptr<transfer::DirectoryOrder> m_order;
    std::unique_ptr<ui::FileView> m_view;
    std::unique_ptr<test::Watchdog> m_watchdog;
};

void TestFileView::init()
{
    m_watchdog.reset();
    m_view.reset();
    m_order.reset();
    m_said = std::make_shared<Said>();
    for (int i = 0; i < 10'000; ++i)
        m_said->sizes[nameOf(i)] = i;
    m_model = std::make_unique<DirectoryModel>(&m_jobs);
    m_order = std::make_unique<transfer::DirectoryOrder>(m_model.get());
    m_view = std::make_unique<ui::FileView>(m_model.get(), m_order.get());
    m_view->resize(600, 400);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    m_model->setPlace(m_said);
    QVERIFY(listed());
    QCOMPARE(m_order->rowCount(), 10'000);
    m_watchdog = std::make_unique<test::Watchdog>(m_view.get());
}

void TestFileView::placeStays_data()
{
    QTest::addColumn<int>("renamed");
    QTest::addColumn<int>("changed");
    QTest::newRow("nothing") << 0 << 0;
    QTest::newRow("one other name") << 1 << 0;
    QTest::newRow("one by one") << 20 << 10;
    QTest::newRow("2,000 other names") << 2000 << 0;
    QTest::newRow("2,000 other sizes") << 0 << 2000;
    QTest::newRow("both") << 2000 << 2000;
    QTest::newRow("half of them") << 5000 << 5000;
}

// Every tenth one is selected, and only others get another name.
void TestFileView::placeStays()
{
    QFETCH(int, renamed);
    QFETCH(int, changed);
    QByteArrayList names;
    for (int i = 0; i < 10'000; i += 10)
        names += nameOf(i);
    select(names);
    m_view->selectionModel()->setCurrentIndex(m_view->indexOf(nameOf(4990)), QItemSelectionModel::NoUpdate);
    m_view->scrollTo(m_view->indexOf(nameOf(5000)), QAbstractItemView::PositionAtTop);
    const int top = m_view->visualRect(m_view->indexOf(nameOf(5000))).top();
    for (int i = 0; i < renamed; ++i) {
        const int number = i * (10'000 / renamed) / 10 * 10 + 1 + i % 9;
        if (m_said->sizes.remove(nameOf(number)) > 0)
            m_said->sizes[nameOf(number) + ".gz"] = 1;
    }
    for (int i = 0; i < changed; ++i)
        m_said->sizes[nameOf(i * (10'000 / changed) / 10 * 10)] = 1'000'000 + i;
    const QByteArrayList after = m_said->sizes.keys();
    QTest::qWait(50);
    m_watchdog->reset();
    QVERIFY(listed());
    QTest::qWait(50);
    qInfo("blocked for at most %lld ms", m_watchdog->longest());
    QVERIFY2(m_watchdog->longest() < LongestBlockMs, QByteArray::number(m_watchdog->longest()).constData());
    QByteArrayList shown = m_view->shownNames();
    std::ranges::sort(shown);
    QCOMPARE(shown, after);
    QCOMPARE(m_view->selectedNames(), names);
    QCOMPARE(m_view->selectionModel()->selectedIndexes().size(), names.size() * m_model->columnCount());
    QCOMPARE(m_view->currentIndex(), m_view->indexOf(nameOf(4990)));
    QCOMPARE(m_view->visualRect(m_view->indexOf(nameOf(5000))).top(), top);
    QVERIFY(m_view->verticalScrollBar()->value() > 0);
}

void TestFileView::whatIsGoneLeavesItsNeighbour_data()
{
    QTest::addColumn<int>("gone");
    QTest::newRow("few") << 5;
    QTest::newRow("many") << 3000;
}

void TestFileView::whatIsGoneLeavesItsNeighbour()
{
    QFETCH(int, gone);
    select({nameOf(4999), nameOf(5000), nameOf(9999)});
    m_view->selectionModel()->setCurrentIndex(m_view->indexOf(nameOf(5000)), QItemSelectionModel::NoUpdate);
    m_view->scrollTo(m_view->indexOf(nameOf(5000)), QAbstractItemView::PositionAtTop);
    for (int i = 5000; i < 5000 + gone; ++i)
        m_said->sizes.remove(nameOf(i));
    QVERIFY(listed());
    QCOMPARE(m_view->currentIndex().row(), m_view->indexOf(nameOf(5000 + gone)).row());
    QCOMPARE(m_view->indexAt({0, 0}).row(), m_view->indexOf(nameOf(5000 + gone)).row());
    QVERIFY(m_view->selectedNames().contains(nameOf(4999)) && m_view->selectedNames().contains(nameOf(9999)));
    m_said->sizes.clear();
    QVERIFY(listed());
    QVERIFY(!m_view->currentIndex().isValid() && m_view->selectedNames().isEmpty());
}

// The testers look at all rows at every signal: not at so many.
void TestFileView::modelsKeepTheirWord_data()
{
    QTest::addColumn<int>("changed");
    QTest::newRow("few") << 20;
    QTest::newRow("many") << 100;
}

void TestFileView::modelsKeepTheirWord()
{
    QFETCH(int, changed);
    for (int i = 300; i < 10'000; ++i)
        m_said->sizes.remove(nameOf(i));
    QVERIFY(listed());
    const QAbstractItemModelTester tester(m_model.get());
    const QAbstractItemModelTester orderTester(m_order.get());
    select({nameOf(0), nameOf(200)});
    for (int i = 1; i < changed; ++i) {
        m_said->sizes.remove(nameOf(2 * i));
        m_said->sizes[nameOf(2 * i + 1)] = 5;
        m_said->sizes["new" + nameOf(i)] = 7;
    }
    m_said->sizes[nameOf(200)] = 9;
    QVERIFY(listed());
    QCOMPARE(m_order->rowCount(), 300);
    QCOMPARE(m_view->selectedNames(), (QByteArrayList{nameOf(0), nameOf(200)}));
}

void TestFileView::topStaysTheTop()
{
    for (int i = 0; i < 1000; ++i)
        m_said->sizes["a" + nameOf(i)] = 1;
    QVERIFY(listed());
    QCOMPARE(m_view->verticalScrollBar()->value(), 0);
    QCOMPARE(m_view->indexAt({0, 0}).row(), 0);
}

void TestFileView::typedNameStays_data()
{
    QTest::addColumn<int>("changed");
    QTest::newRow("few") << 5;
    QTest::newRow("many") << 3000;
}

void TestFileView::typedNameStays()
{
    QFETCH(int, changed);
    m_view->select(nameOf(7));
    m_view->edit(m_view->currentIndex());
    auto *line = m_view->findChild<QLineEdit *>();
    QVERIFY(line);
    line->setText(u"half typ"_s);
    for (int i = 3; i < changed + 3; ++i) // the row itself, too
        m_said->sizes[nameOf(i)] = 77;
    QVERIFY(listed());
    QTest::qWait(0); // closed editors are gone
    const QList<QLineEdit *> lines = m_view->findChildren<QLineEdit *>();
    QCOMPARE(lines.size(), 1);
    QVERIFY(lines.first()->isVisible());
    QCOMPARE(lines.first()->text(), u"half typ"_s);
    QCOMPARE(m_view->currentIndex().row(), m_view->indexOf(nameOf(7)).row());
    QTest::keyClick(lines.first(), Qt::Key_Return);
    QCOMPARE(m_said->renamed(), (Said::Names("/log/" + nameOf(7), "/log/half typ")));
}

void TestFileView::anotherDirectoryBeginsAnew()
{
    select({nameOf(5000)});
    m_view->scrollTo(m_view->indexOf(nameOf(5000)), QAbstractItemView::PositionAtTop);
    QSignalSpy opened(m_model.get(), &DirectoryModel::opened);
    m_model->open(*Path::parse("/other"));
    QVERIFY(opened.wait(10'000));
    QVERIFY(m_view->selectedNames().isEmpty());
}

QTEST_MAIN(TestFileView)
#include "tst_fileview.moc"
