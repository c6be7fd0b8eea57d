// SPDX-License-Identifier: GPL-3.0-or-later
// The house rules that a compiler can't see: which room may look into which, and how large a room is.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

class TestArchitecture : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void arrowsPointLeft();
    void pagesDontKnowEachOther();
    void librariesStayInTheirRooms_data();
    void librariesStayInTheirRooms();
    void modelsKnowNoWidgets();
    void coloursLiveInTheTheme();
    void filesAreSmall();
    void filesSayTheirLicence();
    void topLevelIsAsAgreed();

private:
    struct Source
    {
        QString path; // from the top
        QString text;
        QStringList includes; // of our own headers, from the top
    };
    [[nodiscard]] static QString roomOf(const QString &path);
    QList<Source> m_sources;
};

void TestArchitecture::initTestCase()
{
    static const QRegularExpression include(uR"re(^\s*#include\s+"([^"]+)")re"_s, QRegularExpression::MultilineOption);
    const QString top = QStringLiteral(HANDOVER_SOURCE_DIR);
    for (const QString &folder : {u"models"_s, u"ui"_s, u"app"_s, u"tests"_s}) {
        QDirIterator files(top + u'/' + folder, {u"*.cpp"_s, u"*.h"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            Source source{file.fileName().mid(top.size() + 1), QString::fromUtf8(file.readAll()), {}};
            for (auto match = include.globalMatch(source.text); match.hasNext();)
                source.includes += match.next().captured(1);
            m_sources += source;
        }
    }
    QVERIFY(m_sources.size() > 100);
}

// "models/core", "ui/shell", "app"
QString TestArchitecture::roomOf(const QString &path)
{
    const QStringList parts = path.split(u'/');
    return parts.first() == u"app" || parts.first() == u"tests" ? parts.first() : parts.mid(0, 2).join(u'/');
}

void TestArchitecture::arrowsPointLeft()
{
    // A room may include what has a smaller number; equal numbers don't see each other.
    const QHash<QString, int> order{
        {u"models/core"_s, 0}, {u"models/erlang"_s, 1}, {u"models/jobs"_s, 1}, {u"models/settings"_s, 1},
        {u"models/repo"_s, 2}, {u"models/versions"_s, 3}, {u"models/appup"_s, 4}, {u"models/rules"_s, 5},
        {u"models/changes"_s, 6}, {u"models/build"_s, 6}, {u"models/relup"_s, 7}, {u"models/package"_s, 8}, {u"models/server"_s, 9},
        {u"models/node"_s, 10}, {u"models/transfer"_s, 10}, {u"models/deploy"_s, 11},
        {u"models/workspace"_s, 12}, {u"ui/theme"_s, 13}, {u"ui/widgets"_s, 14}, {u"ui/editor"_s, 15},
        {u"ui/actions"_s, 15}, {u"ui/versions"_s, 16}, {u"ui/changes"_s, 16}, {u"ui/appup"_s, 16},
        {u"ui/build"_s, 16}, {u"ui/relup"_s, 16}, {u"ui/package"_s, 16}, {u"ui/deploy"_s, 16}, {u"ui/server"_s, 16},
        {u"ui/files"_s, 16}, {u"ui/shell"_s, 17}, {u"app"_s, 18}, {u"tests"_s, 19}};
    for (const Source &source : std::as_const(m_sources)) {
        const QString from = roomOf(source.path);
        QVERIFY2(order.contains(from), qPrintable(u"%1 is in a room of no rank"_s.arg(source.path)));
        for (const QString &included : source.includes) {
            if (!included.contains(u'/'))
                continue; // beside the test
            const QString to = roomOf(included);
            if (to == from)
                continue;
            QVERIFY2(order.contains(to), qPrintable(u"%1 includes %2"_s.arg(source.path, included)));
            QVERIFY2(order[to] < order[from], qPrintable(u"%1 may not include %2"_s.arg(source.path, included)));
        }
    }
}

void TestArchitecture::pagesDontKnowEachOther()
{
    const QSet<QString> pages{u"ui/versions"_s, u"ui/changes"_s, u"ui/appup"_s, u"ui/build"_s, u"ui/relup"_s, u"ui/package"_s,
                              u"ui/deploy"_s, u"ui/server"_s, u"ui/files"_s};
    for (const Source &source : std::as_const(m_sources)) {
        if (!pages.contains(roomOf(source.path)))
            continue;
        for (const QString &included : source.includes)
            QVERIFY2(!pages.contains(roomOf(included)) || roomOf(included) == roomOf(source.path), qPrintable(source.path));
    }
}

void TestArchitecture::librariesStayInTheirRooms_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("room");
    QTest::newRow("libgit2") << u"#include <git2"_s << u"models/repo"_s;
    QTest::newRow("libssh") << u"#include <libssh/"_s << u"models/server"_s;
    QTest::newRow("libarchive") << u"#include <archive"_s << u"models/package"_s;
    QTest::newRow("KArchive") << u"#include <[Kk](Tar|tar|Archive|archive|Compression|compression)"_s << u"models/package"_s;
    QTest::newRow("QScintilla") << u"#include <Qsci/"_s << u"ui/editor"_s;
    QTest::newRow("QtKeychain") << u"#include <qt6keychain/"_s << u"models/settings"_s;
    QTest::newRow("processes") << u"#include <QProcess>"_s << u"models/(jobs|server)"_s;
    QTest::newRow("threads") << u"#include <(QThreadPool|QtConcurrent|QThread>)"_s << u"models/(jobs|server|workspace)|app"_s;
}

void TestArchitecture::librariesStayInTheirRooms()
{
    QFETCH(const QString, pattern);
    QFETCH(const QString, room);
    const QRegularExpression wanted(pattern);
    const QRegularExpression allowed(u"^(%1|tests)$"_s.arg(room));
    int users = 0;
    for (const Source &source : std::as_const(m_sources)) {
        if (!source.text.contains(wanted))
            continue;
        ++users;
        QVERIFY2(allowed.match(roomOf(source.path)).hasMatch(), qPrintable(source.path));
    }
    QVERIFY(users > 0); // else the pattern is wrong
}

void TestArchitecture::modelsKnowNoWidgets()
{
    static const QRegularExpression widgets(u"#include <(QtWidgets|QWidget|QApplication|QMessageBox|QDialog|QIcon|QPainter)"_s);
    for (const Source &source : std::as_const(m_sources)) {
        if (source.path.startsWith(u"models/"))
            QVERIFY2(!source.text.contains(widgets), qPrintable(source.path));
    }
}

void TestArchitecture::coloursLiveInTheTheme()
{
    static const QRegularExpression colour(u"(QColor\\(\\s*(u?\"#|0x|\\d)|u\"#[0-9a-fA-F]{6}\"|Qt::(red|green|blue|black|white|gr[ae]y)\\b|setStyleSheet)"_s);
    for (const Source &source : std::as_const(m_sources)) {
        if (source.path.startsWith(u"ui/") && !source.path.startsWith(u"ui/theme/"))
            QVERIFY2(!source.text.contains(colour), qPrintable(source.path));
    }
}

void TestArchitecture::filesAreSmall()
{
    QList<qsizetype> sizes;
    for (const Source &source : std::as_const(m_sources)) {
        const qsizetype lines = source.text.count(u'\n');
        QVERIFY2(lines <= 600, qPrintable(u"%1 has %2 lines"_s.arg(source.path).arg(lines)));
        sizes += lines;
    }
    std::ranges::sort(sizes);
    QVERIFY(sizes[sizes.size() / 2] <= 130);
    QVERIFY(sizes[sizes.size() * 95 / 100] <= 400);
}

void TestArchitecture::filesSayTheirLicence()
{
    for (const Source &source : std::as_const(m_sources))
        QVERIFY2(source.text.startsWith(u"// SPDX-License-Identifier: GPL-3.0-or-later\n"), qPrintable(source.path));
}

void TestArchitecture::topLevelIsAsAgreed()
{
    const QSet<QString> agreed{u"CMakeLists.txt"_s, u"CMakePresets.json"_s, u"LICENSES"_s, u"README.md"_s, u"app"_s,
                               u"installer"_s, u"models"_s, u"resources"_s, u"tests"_s, u"translations"_s, u"ui"_s,
                               u"build"_s};
    const QStringList found = QDir(QStringLiteral(HANDOVER_SOURCE_DIR)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    for (const QString &name : found)
        QVERIFY2(agreed.contains(name) || name.endsWith(u".user"), qPrintable(name));
}

QTEST_GUILESS_MAIN(TestArchitecture)
#include "tst_architecture.moc"
