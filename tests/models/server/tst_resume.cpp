// SPDX-License-Identifier: GPL-3.0-or-later
// Transfers that are cut and gone on with: what stands at the target is always one of two whole files.
#include "tests/support/cutrelay.h"
#include "tests/support/delayrelay.h"
#include "tests/support/testserver.h"

#include <QCryptographicHash>
#include <QDateTime>

#include <random>

#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using handover::test::CutRelay;
using handover::test::DelayRelay;

namespace {

constexpr qsizetype Size = 8'000'000;
constexpr qint64 Greeting = 6'000; // bytes both ways until SFTP is there, about

} // namespace

class ResumeTest : public QObject
{
    Q_OBJECT

    TestServer m_test;
    std::unique_ptr<CutRelay> m_relay;
    std::unique_ptr<DelayRelay> m_distance; // before that one
    bool m_isFar = false;
    ConnectOptions m_options;
    QByteArray m_new = noise(Size, 1);
    QByteArray m_old = noise(1'000'000, 2);
    qint64 m_sentTwice = 0;
    qint64 m_mostTwice = 0;

    [[nodiscard]] Result<Session> connectByRelay() const
    {
        Address address = m_test.address();
        address.port = m_isFar ? m_distance->port() : m_relay->port();
        return Session::connect(address, m_options, {});
    }
    [[nodiscard]] QString here(const QString &name) const { return m_test.path(u"here/"_s + name); }
    [[nodiscard]] QStringList namesHere() const
    {
        return QDir(m_test.path(u"here"_s)).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }
    [[nodiscard]] static QByteArray sum(const QByteArray &bytes)
    {
        return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
    }
    // One attempt; what arrived is in `part`.
    [[nodiscard]] Result<QString> attempt(bool up, Part &part, const std::function<void(Resumption &)> &with = {},
                                          const JobContext &context = {})
    {
        auto session = connectByRelay();
        if (!session)
            return std::unexpected(session.error());
        Resumption resumption{part, [&part](const Part &known) { part = known; }};
        if (with)
            with(resumption);
        if (up) {
            const auto done = session->upload(here(u"source"_s), m_test.remote("target"), resumption, context);
            return done ? Result<QString>(done->remark) : std::unexpected(done.error());
        }
        const auto done = session->download(m_test.remote("source"), here(u"target"_s), resumption, context);
        return done ? Result<QString>(done->remark) : std::unexpected(done.error());
    }
    void prepare(bool up, const QByteArray &source, const std::optional<QByteArray> &old)
    {
        TestServer::write(up ? here(u"source"_s) : m_test.local(u"source"_s), source);
        if (old)
            TestServer::write(targetOf(up), *old);
    }
    [[nodiscard]] QString targetOf(bool up) const { return up ? m_test.local(u"target"_s) : here(u"target"_s); }
    [[nodiscard]] QStringList namesAt(bool up) const { return up ? m_test.names() : namesHere(); }
    [[nodiscard]] QString partOf(bool up, const Part &part) const
    {
        const QString name = QString::fromLatin1(part.name);
        return up ? m_test.local(name) : here(name);
    }
    // Until about half of it has arrived.
    [[nodiscard]] Part half(bool up)
    {
        Part part{newPartName("target")};
        std::stop_source stop;
        const auto cut = attempt(up, part, {}, onProgress(stop, [&](const Progress &p) {
                                     if (p.bytes && p.done > Size / 2)
                                         stop.request_stop();
                                 }));
        return cut ? Part{} : part;
    }

private slots:
    void initTestCase()
    {
        QVERIFY(m_test.start());
        m_relay = CutRelay::start(m_test.server().port());
        QVERIFY(m_relay);
        m_distance = DelayRelay::start(m_relay->port(), std::chrono::milliseconds(10));
        QVERIFY(m_distance);
        m_options = m_test.server().connectOptions();
        const auto session = connectByRelay();
        QCOMPARE(codeOf(session), u"server.host-key-unknown"_s); // of this port
        m_options.acceptedHostKey = session.error().detail.toLatin1();
        VERIFY_RESULT(connectByRelay());
    }
    void init()
    {
        m_isFar = false;
        for (const QString &folder : {m_test.local(), m_test.path(u"here"_s)}) {
            std::filesystem::remove_all(folder.toStdString());
            QVERIFY(QDir().mkpath(folder));
        }
    }

    void ranges_data()
    {
        using List = QList<ByteRange>;
        QTest::addColumn<List>("added");
        QTest::addColumn<List>("expected");
        QTest::addColumn<List>("missing"); // of 100
        QTest::newRow("none") << List{} << List{} << List{{0, 100}};
        QTest::newRow("empty one") << List{{5, 0}} << List{} << List{{0, 100}};
        QTest::newRow("all") << List{{0, 100}} << List{{0, 100}} << List{};
        QTest::newRow("apart") << List{{50, 10}, {10, 10}} << List{{10, 10}, {50, 10}}
                               << List{{0, 10}, {20, 30}, {60, 40}};
        QTest::newRow("touching below") << List{{10, 10}, {0, 10}} << List{{0, 20}} << List{{20, 80}};
        QTest::newRow("touching above") << List{{0, 10}, {10, 10}} << List{{0, 20}} << List{{20, 80}};
        QTest::newRow("closing a gap") << List{{0, 10}, {20, 10}, {10, 10}} << List{{0, 30}} << List{{30, 70}};
        QTest::newRow("overlapping two") << List{{0, 10}, {20, 10}, {5, 20}} << List{{0, 30}} << List{{30, 70}};
        QTest::newRow("inside") << List{{0, 50}, {10, 10}} << List{{0, 50}} << List{{50, 50}};
        QTest::newRow("around") << List{{10, 10}, {30, 10}, {0, 60}} << List{{0, 60}} << List{{60, 40}};
    }
    void ranges()
    {
        QFETCH(const QList<ByteRange>, added);
        QFETCH(const QList<ByteRange>, missing);
        ByteRanges ranges;
        for (const ByteRange range : added)
            ranges.add(range);
        QTEST(ranges.list(), "expected");
        QCOMPARE(ranges.missing(100), missing);
        qint64 lacking = 0;
        for (const ByteRange range : missing)
            lacking += range.size;
        QCOMPARE(ranges.bytes(), 100 - lacking);
    }

    // The line is cut anywhere, from the greeting to the end.
    void cut_data()
    {
        QTest::addColumn<bool>("up");
        QTest::addColumn<qint64>("after");
        QTest::addColumn<bool>("replaces");
        std::mt19937_64 random(20261);
        for (int i = 0; i < 100; ++i) {
            // A tenth of them in the greeting, a tenth about the end, where the file is checked and renamed.
            const qint64 from = i % 10 == 0 ? 0 : i % 10 == 1 ? Size : Greeting;
            const qint64 to = i % 10 == 0 ? Greeting : i % 10 == 1 ? Size + 60'000 : Size + 10'000;
            const auto after =
                static_cast<qint64>(static_cast<quint64>(from) + random() % static_cast<quint64>(to - from));
            QTest::addRow("%s %lld", i % 2 == 0 ? "up" : "down", qlonglong(after))
                << (i % 2 == 0) << after << (i % 3 != 0);
        }
    }
    void cut()
    {
        QFETCH(const bool, up);
        QFETCH(const qint64, after);
        QFETCH(const bool, replaces);
        m_isFar = after % 4 == 0; // over several connections
        prepare(up, m_new, replaces ? std::optional(m_old) : std::nullopt);
        Part part{newPartName("target")};
        const auto rule = [&](Resumption &resumption) { resumption.replaces = replaces; };
        const qint64 before = m_relay->carried();
        m_relay->cutAfter(after);
        auto done = attempt(up, part, rule);
        const QByteArray between = TestServer::contents(targetOf(up));
        QVERIFY2(between == m_new || between == (replaces ? m_old : QByteArray()),
                 qPrintable(QString::number(between.size())));
        if (done) { // the cut came too late, or only a further connection had it
            QVERIFY(between == m_new);
        } else {
            QVERIFY2(codeOf(done) == "server.connection-lost"_L1 || codeOf(done) == "server.unreachable"_L1,
                     wordsOf(done).constData());
            done = attempt(up, part, rule);
            VERIFY_RESULT(done);
            QCOMPARE(*done, QString()); // nothing was begun anew
        }
        QVERIFY(TestServer::contents(targetOf(up)) == m_new);
        QCOMPARE(namesAt(up), QStringList{u"target"_s});
        const qint64 twice = std::max<qint64>(m_relay->carried() - before - Size - 4 * Greeting, 0);
        m_sentTwice += twice;
        m_mostTwice = std::max(m_mostTwice, twice);
        QVERIFY2(twice < Size, QByteArray::number(twice).constData());
    }
    void sentTwice() // after all of cut()'s rows
    {
        qInfo("sent twice in 100 cuts: %.1f MB of 800, at most %.1f MB", double(m_sentTwice) / 1e6,
              double(m_mostTwice) / 1e6);
        QVERIFY(m_sentTwice < 100 * 5'000'000LL); // what was on its way, unanswered
    }

    void paused_data() { ways(); }
    void paused()
    {
        QFETCH(const bool, up);
        prepare(up, m_new, m_old);
        Part part = half(up);
        QVERIFY(part.isBegun() && !part.isComplete());
        QVERIFY(part.arrived.bytes() > Size / 2);
        QVERIFY(TestServer::contents(targetOf(up)) == m_old);
        QVERIFY(QFile::exists(partOf(up, part)));
        const qint64 before = m_relay->carried();
        const auto done = attempt(up, part);
        VERIFY_RESULT(done);
        QVERIFY(m_relay->carried() - before < Size / 2 + 100'000);
        QVERIFY(TestServer::contents(targetOf(up)) == m_new);
        QCOMPARE(namesAt(up), QStringList{u"target"_s});
    }

    // Each is noticed, said, and mended by beginning anew, once.
    void doubtful_data()
    {
        QTest::addColumn<bool>("up");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("words");
        for (const bool up : {true, false}) {
            const char *const way = up ? "up" : "down";
            QTest::addRow("%s: the source changed", way) << up << u"source"_s << u"changed"_s;
            QTest::addRow("%s: the part is gone", way) << up << u"gone"_s << u"any more"_s;
            QTest::addRow("%s: the part is shorter", way) << up << u"short"_s << u"any more"_s;
            QTest::addRow("%s: the part is damaged", way) << up << u"damaged"_s << u"didn't fit"_s;
            QTest::addRow("%s: the part is a link", way) << up << u"link"_s << u"any more"_s;
        }
    }
    void doubtful()
    {
        QFETCH(const bool, up);
        QFETCH(const QString, what);
        QFETCH(const QString, words);
        prepare(up, m_new, m_old);
        Part part = half(up);
        QVERIFY(part.isBegun());
        const QString file = partOf(up, part);
        QByteArray expected = m_new;
        TestServer::write(m_test.path(u"elsewhere"_s), "untouched");
        if (what == "source"_L1) {
            expected = noise(Size + 5, 3);
            TestServer::write(up ? here(u"source"_s) : m_test.local(u"source"_s), expected);
        } else if (what == "short"_L1) {
            QVERIFY(QFile::resize(file, 1000));
        } else if (what == "damaged"_L1) {
            QFile damaged(file);
            QVERIFY(damaged.open(QIODevice::ReadWrite) && damaged.seek(1000) && damaged.write("damage") == 6);
        } else {
            QVERIFY(QFile::remove(file));
            QVERIFY(what == "gone"_L1 || QFile::link(m_test.path(u"elsewhere"_s), file));
        }
        const auto done = attempt(up, part);
        VERIFY_RESULT(done);
        QVERIFY2(done->contains(words), qPrintable(*done));
        QVERIFY(TestServer::contents(targetOf(up)) == expected);
        QCOMPARE(TestServer::contents(m_test.path(u"elsewhere"_s)), "untouched"_ba);
        QCOMPARE(namesAt(up), QStringList{u"target"_s});
    }

    // The answer to the rename was lost: it is not sent again, nor asked about.
    void renamedUnheard_data() { ways(); }
    void renamedUnheard()
    {
        QFETCH(const bool, up);
        prepare(up, m_new, m_new);
        const qint64 time =
            QFileInfo(up ? here(u"source"_s) : m_test.local(u"source"_s)).lastModified().toMSecsSinceEpoch();
        Part part{newPartName("target"), {}, Size, up ? time : time / 1000 * 1000};
        part.arrived.add({0, Size});
        const qint64 before = m_relay->carried();
        const auto done = attempt(up, part, [](Resumption &resumption) { resumption.replaces = false; });
        VERIFY_RESULT(done);
        QVERIFY(m_relay->carried() - before < 100'000);
        QVERIFY(TestServer::contents(targetOf(up)) == m_new);
    }

    void targetAppears_data() { ways(); }
    void targetAppears()
    {
        QFETCH(const bool, up);
        prepare(up, m_new, std::nullopt);
        Part part{newPartName("target")};
        std::stop_source stop;
        bool there = false;
        const auto rule = [](Resumption &resumption) { resumption.replaces = false; };
        const auto refused = attempt(up, part, rule, onProgress(stop, [&](const Progress &p) {
                                         if (p.done > 0 && !std::exchange(there, true))
                                             TestServer::write(targetOf(up), "somebody else's");
                                     }));
        QCOMPARE(codeOf(refused), u"server.target-exists"_s);
        QCOMPARE(TestServer::contents(targetOf(up)), "somebody else's"_ba);
        QVERIFY(part.isComplete());
        const qint64 before = m_relay->carried();
        VERIFY_RESULT(attempt(up, part)); // may replace it
        QVERIFY(m_relay->carried() - before < 100'000);
        QVERIFY(TestServer::contents(targetOf(up)) == m_new);
        QCOMPARE(namesAt(up), QStringList{u"target"_s});
    }

    // Another program's unfinished file is taken for the beginning, if it is one.
    void adopted_data()
    {
        QTest::addColumn<bool>("up");
        QTest::addColumn<bool>("fits");
        for (const bool up : {true, false}) {
            for (const bool fits : {true, false})
                QTest::addRow("%s, %s", up ? "up" : "down", fits ? "fits" : "doesn't fit") << up << fits;
        }
    }
    void adopted()
    {
        QFETCH(const bool, up);
        QFETCH(const bool, fits);
        prepare(up, m_new, fits ? m_new.first(Size * 3 / 4) : noise(Size * 3 / 4, 9));
        Part part{newPartName("target")};
        const qint64 before = m_relay->carried();
        const auto done = attempt(up, part, [](Resumption &resumption) { resumption.adoptsTarget = true; });
        VERIFY_RESULT(done);
        QCOMPARE(done->isEmpty(), fits);
        QCOMPARE(m_relay->carried() - before < Size / 3, fits);
        QVERIFY(TestServer::contents(targetOf(up)) == m_new);
        QCOMPARE(namesAt(up), QStringList{u"target"_s});
    }

    void throughLink_data() { ways(); }
    void throughLink()
    {
        QFETCH(const bool, up);
        prepare(up, "new", std::nullopt);
        TestServer::write(m_test.path(u"shared"_s), "old");
        QVERIFY(QFile::link(m_test.path(u"shared"_s), targetOf(up)));
        Part part{newPartName("target")};
        const auto keepsIt = attempt(up, part, [](Resumption &resumption) { resumption.replaces = false; });
        QCOMPARE(codeOf(keepsIt), u"server.target-exists"_s);
        VERIFY_RESULT(attempt(up, part));
        QVERIFY(QFileInfo(targetOf(up)).isSymLink());
        QCOMPARE(TestServer::contents(m_test.path(u"shared"_s)), "new"_ba);
    }

    void rightsAndTime()
    {
        prepare(true, "new", "old");
        const QByteArray source = QFile::encodeName(here(u"source"_s));
        const QByteArray target = QFile::encodeName(m_test.local(u"target"_s));
        const QDateTime time = QDateTime::fromSecsSinceEpoch(1'000'000'000);
        const timespec times[] = {{1, 0}, {time.toSecsSinceEpoch(), 0}};
        QCOMPARE(::utimensat(AT_FDCWD, source.constData(), times, 0), 0);
        QCOMPARE(::chmod(source.constData(), 0755), 0);
        QCOMPARE(::chmod(target.constData(), 0640), 0);
        Part part{newPartName("target")};
        VERIFY_RESULT(attempt(true, part));
        struct stat info
        {
        };
        QCOMPARE(::stat(target.constData(), &info), 0);
        QCOMPARE(info.st_mode & 07777U, 0640U); // what was private stays so
        QCOMPARE(QFileInfo(m_test.local(u"target"_s)).lastModified(), time);
        QVERIFY(QFile::remove(m_test.local(u"target"_s)));
        part = {newPartName("target")};
        VERIFY_RESULT(attempt(true, part));
        QCOMPARE(::stat(target.constData(), &info), 0);
        QCOMPARE(info.st_mode & 07777U, 0755U);
    }

private:
    static void ways()
    {
        QTest::addColumn<bool>("up");
        QTest::newRow("up") << true;
        QTest::newRow("down") << false;
    }
};

QTEST_GUILESS_MAIN(ResumeTest)
#include "tst_resume.moc"
