// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/fileplace.h"
#include "models/workspace/textdrafts.h"

#include <QCborMap>
#include <QCborValue>
#include <QCryptographicHash>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::workspace;
using transfer::TextDraft;

class TextDraftsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_directory;

    [[nodiscard]] QString place() const { return m_directory->filePath(u"drafts"_s); }
    [[nodiscard]] QStringList files() const { return QDir(place()).entryList({u"*.draft"_s}, QDir::Files); }
    [[nodiscard]] static server::Address address(const QString &text = u"ssh://deploy@edge-1:2222/opt/tally"_s)
    {
        return *server::Address::parse(text);
    }
    [[nodiscard]] static TextDraft draft(const QByteArray &path, const QByteArray &text)
    {
        const auto at = *server::RemotePath::parse(path);
        const QByteArray opened = "[].\n";
        const server::RemoteEntry facts{.name = at.fileName(), .type = server::RemoteEntry::Type::File, .size = 4,
                                        .mode = 0640, .uid = 1000, .gid = 4'000'000'000, .owner = u"deploy"_s,
                                        .group = u"4000000000"_s, .target = {}};
        const QByteArray sum = QCryptographicHash::hash(opened, QCryptographicHash::Sha256).toHex();
        return {address(), {at, opened, sum, facts}, text};
    }
    [[nodiscard]] static bool looks(TextDrafts &drafts)
    {
        QSignalSpy found(&drafts, &TextDrafts::found);
        drafts.look();
        return found.wait(10'000);
    }
    /// A file as a Handover that is gone would have left it.
    void put(const QString &key, const QByteArray &value, const QString &session = u"gone"_s) const
    {
        QVERIFY(QDir().mkpath(place()));
        const QByteArray hash = QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha256).first(16).toHex();
        QFile file(place() + u'/' + QString::fromLatin1(hash) + u'-' + session + u".draft"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QCborMap{{u"file"_s, key}, {u"text"_s, value}, {u"time"_s, 1}}.toCborValue().toCbor());
    }
    [[nodiscard]] static QString keyOfA() { return u"ssh://deploy@edge-1:2222/opt/tally /etc/a"_s; }

private slots:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void leftOnesAreFound()
    {
        const TextDraft kept = draft("/etc/\xff \n.config", "[mine].\n");
        {
            TextDrafts ended(place());
            ended.keep(kept);
            QVERIFY(looks(ended));
            QVERIFY(ended.left().isEmpty()); // it is still being edited
            TextDrafts meanwhile(place());
            QVERIFY(looks(meanwhile));
            QVERIFY(meanwhile.left().isEmpty());
        }
        QCOMPARE(files().size(), 1);
        const QFileInfo file(place() + u'/' + files().first());
        QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));

        TextDrafts drafts(place());
        QVERIFY(looks(drafts));
        QCOMPARE(drafts.left().size(), 1);
        const TextDrafts::Left left = drafts.left().first();
        QCOMPARE(left.draft.address.text(), kept.address.text());
        QCOMPARE(left.draft.opened.path, kept.opened.path);
        QCOMPARE(left.draft.opened.text, kept.opened.text);
        QCOMPARE(left.draft.opened.sha256, kept.opened.sha256);
        QVERIFY(left.draft.opened.facts == kept.opened.facts);
        QCOMPARE(left.draft.text, kept.text);
        QVERIFY(qAbs(left.kept.time.secsTo(QDateTime::currentDateTime())) < 60);
        drafts.drop(left);
        QVERIFY(drafts.left().isEmpty());
        QVERIFY(QTest::qWaitFor([this] { return files().isEmpty(); }));
    }

    void forgottenOnesAreGone()
    {
        {
            TextDrafts ended(place());
            ended.keep(draft("/etc/a", "first"));
            ended.keep(draft("/etc/a", "second"));
            ended.keep(draft("/etc/b", "other"));
            ended.forget(address(), draft("/etc/b", {}).opened.path);
        }
        TextDrafts drafts(place());
        QVERIFY(looks(drafts));
        QCOMPARE(drafts.left().size(), 1);
        QCOMPARE(drafts.left().first().draft.text, "second"_ba);
    }

    void tooLargeOnesAreNotKept()
    {
        {
            TextDrafts ended(place());
            ended.keep(draft("/etc/a", QByteArray(transfer::LongestDraft, 'a')));
            ended.keep(draft("/etc/a", QByteArray(transfer::LongestDraft + 1, 'b')));
        }
        TextDrafts drafts(place());
        QVERIFY(looks(drafts));
        QCOMPARE(drafts.left().size(), 1);
        QVERIFY(drafts.left().first().draft.text.startsWith('a'));
    }

    void onlySoMany()
    {
        const QByteArray value = transfer::toBytes(draft("/etc/a", "text"));
        for (int i = 0; i < 120; ++i)
            put(keyOfA(), value, u"gone%1"_s.arg(i));
        TextDrafts drafts(place());
        QVERIFY(looks(drafts));
        QCOMPARE(drafts.left().size(), 20);
        QCOMPARE(files().size(), 120); // nothing is thrown away unasked
    }

    void brokenOnesDoNoHarm_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("good");
        const QCborMap good = QCborValue::fromCbor(transfer::toBytes(draft("/etc/a", "text"))).toMap();
        const auto with = [&](const QString &name, const QCborValue &value) {
            QCborMap map = good;
            map[name] = value;
            return map.toCborValue().toCbor();
        };
        QTest::newRow("good") << good.toCborValue().toCbor() << true;
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("truncated") << good.toCborValue().toCbor().chopped(9) << false;
        QTest::newRow("huge length") << QByteArray::fromHex("bbffffffffffffffff") << false;
        QTest::newRow("deep") << QByteArray(100'000, '\x81') << false;
        QTest::newRow("of a later format") << with(u"format"_s, 2) << false;
        QTest::newRow("relative path") << with(u"path"_s, "etc/a"_ba) << false;
        QTest::newRow("path with ..") << with(u"path"_s, "/etc/../a"_ba) << false;
        QTest::newRow("another path than its name says") << with(u"path"_s, "/etc/b"_ba) << false;
        QTest::newRow("no address") << with(u"address"_s, u"edge-1"_s) << false;
        QTest::newRow("address with a password") << with(u"address"_s, u"ssh://deploy:x@edge-1:2222/opt/tally"_s) << false;
        QTest::newRow("another server than its name says") << with(u"address"_s, u"ssh://deploy@edge-2/opt/tally"_s) << false;
        QTest::newRow("text is no text") << with(u"text"_s, "f\xfcr"_ba) << false;
        QTest::newRow("text of another kind") << with(u"text"_s, u"text"_s) << false;
        QTest::newRow("NUL in what was opened") << with(u"opened"_s, "a\0b"_ba) << false;
        QTest::newRow("more opened than can be") << with(u"opened"_s, QByteArray(transfer::MaximumText + 1, 'a')) << false;
        QTest::newRow("no mode") << with(u"mode"_s, 010000) << false;
        QTest::newRow("no user") << with(u"uid"_s, -1) << false;
        QTest::newRow("no group") << with(u"gid"_s, 1LL << 32) << false;
        QTest::newRow("long owner") << with(u"owner"_s, QString(10'000, u'a')) << false;
    }
    void brokenOnesDoNoHarm()
    {
        QFETCH(QByteArray, value);
        put(keyOfA(), value);
        TextDrafts drafts(place());
        QVERIFY(looks(drafts));
        QTEST(!drafts.left().isEmpty(), "good");
        QCOMPARE(files().size(), 1); // and may be looked at by other means
    }

    void filesThatAreNone()
    {
        QVERIFY(QDir().mkpath(place() + u"/00-gone.draft"_s));
        QVERIFY(QFile::link(u"/dev/zero"_s, place() + u"/01-gone.draft"_s));
        QVERIFY(QFile::link(u"nowhere"_s, place() + u"/02-gone.draft"_s));
        TextDrafts drafts(place());
        QVERIFY(looks(drafts));
        QVERIFY(drafts.left().isEmpty());
    }

    void sameServers_data()
    {
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("same");
        QTest::newRow("same") << u"ssh://deploy@edge-1:2222/opt/tally"_s << true;
        QTest::newRow("another release directory") << u"ssh://deploy@edge-1:2222/opt/other"_s << true;
        QTest::newRow("another user") << u"ssh://root@edge-1:2222/opt/tally"_s << false;
        QTest::newRow("another host") << u"ssh://deploy@edge-2:2222/opt/tally"_s << false;
        QTest::newRow("another port") << u"ssh://deploy@edge-1/opt/tally"_s << false;
    }
    void sameServers()
    {
        QFETCH(QString, other);
        QTEST(transfer::isSameServer(address(), address(other)), "same");
    }
};

QTEST_GUILESS_MAIN(TextDraftsTest)
#include "tst_textdrafts.moc"
