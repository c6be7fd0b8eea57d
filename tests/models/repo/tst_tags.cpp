// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/repository.h"

#include "tests/support/scratchrepository.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using repo::Repository;
using repo::Tag;
using test::ScratchRepository;

namespace {

const Tag *find(const QList<Tag> &tags, QByteArrayView name)
{
    for (const Tag &tag : tags) {
        if (tag.name == name)
            return &tag;
    }
    return nullptr;
}

} // namespace

class TestTags final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void lightweightAndAnnotated();
    void namesAreBytes_data();
    void namesAreBytes();
    void packedAndLooseInGitsOrder();
    void nestedTagsLeadToTheCommit();
    void skipsWhatIsNoCommit();
    void leavesTheSignatureOut();
    void textInOtherEncodings();
    void datesThatAreNone();
    void cancels();
    void tenThousand();

private:
    QTemporaryDir m_home;
};

void TestTags::initTestCase()
{
    qputenv("HOME", m_home.path().toUtf8());
    qunsetenv("XDG_CONFIG_HOME");
}

void TestTags::lightweightAndAnnotated()
{
    ScratchRepository scratch;
    const QByteArray first = scratch.commit(u"First line\n\nA body."_s);
    scratch.tag(u"v1.0.0"_s);
    scratch.tag(u"v1.0.0-signed"_s, u"Released\n\nAt last: ü."_s);
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    const auto tags = repository->tags({});
    QVERIFY(tags);
    QCOMPARE(tags->size(), 2);

    const Tag *light = find(*tags, "v1.0.0");
    QVERIFY(light);
    QVERIFY(!light->annotated);
    QCOMPARE(light->commit.hex(), first);
    QCOMPARE(light->message, u"First line\n\nA body."_s);
    QCOMPARE(light->author, u"Ada Author"_s);
    QCOMPARE(light->date, QDateTime::fromSecsSinceEpoch(1'700'000'060));
    QCOMPARE(light->date.offsetFromUtc(), 3600);

    const Tag *annotated = find(*tags, "v1.0.0-signed");
    QVERIFY(annotated);
    QVERIFY(annotated->annotated);
    QCOMPARE(annotated->commit.hex(), first);
    QCOMPARE(annotated->message, u"Released\n\nAt last: ü."_s);
    QCOMPARE(annotated->author, u"Carl Committer"_s);
    QCOMPARE(annotated->date, QDateTime::fromSecsSinceEpoch(1'700'000'120));
}

void TestTags::namesAreBytes_data()
{
    QTest::addColumn<QByteArray>("name");
    // What git allows is far more than what a shell bears.
    QTest::newRow("shell") << QByteArray("rel';$(touch${IFS}x)`id`|&<>\"");
    QTest::newRow("option") << QByteArray("--upload-pack=x");
    QTest::newRow("folders") << QByteArray("release/2024/1.0");
    QTest::newRow("UTF-8") << "größe-1.0"_ba;
    QTest::newRow("not UTF-8") << QByteArray("gr\xf6\xdf"
                                             "e");
    QTest::newRow("glob characters' relatives") << QByteArray("{a,b}!#%@=");
}

void TestTags::namesAreBytes()
{
    QFETCH(const QByteArray, name);
    ScratchRepository scratch;
    const QByteArray commit = scratch.commit();
    scratch.git({u"update-ref"_s, u"--stdin"_s, u"-z"_s}, "create refs/tags/" + name + '\0' + commit + '\0');
    for (const bool packed : {false, true}) {
        if (packed)
            scratch.git({u"pack-refs"_s, u"--all"_s});
        const auto repository = Repository::open(scratch.path());
        QVERIFY(repository);
        const auto tags = repository->tags({});
        QVERIFY(tags);
        QCOMPARE(tags->size(), 1);
        QCOMPARE(tags->first().name, name);
        QCOMPARE(tags->first().commit.hex(), commit);
        QVERIFY(
            repository->checkoutApart(tags->first().commit, scratch.beside(packed ? u"p"_s : u"l"_s), {}));
        QCOMPARE(scratch.gitIn(scratch.beside(packed ? u"p"_s : u"l"_s),
                               {u"describe"_s, u"--tags"_s, u"--exact-match"_s}),
                 name);
    }
}

void TestTags::packedAndLooseInGitsOrder()
{
    ScratchRepository scratch;
    scratch.commit();
    for (const QString &name : {u"b"_s, u"v10"_s, u"v9"_s, u"a/c"_s, u"a.b"_s})
        scratch.tag(name);
    scratch.git({u"pack-refs"_s, u"--all"_s});
    scratch.commit();
    scratch.tag(u"a/a"_s);
    scratch.git({u"tag"_s, u"-f"_s, u"b"_s}); // loose hides packed
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    const auto tags = repository->tags({});
    QVERIFY(tags);
    QByteArrayList lines;
    for (const Tag &tag : *tags)
        lines << tag.commit.hex() + ' ' + tag.name;
    const QByteArrayList expected =
        scratch.git({u"for-each-ref"_s, u"--format=%(objectname) %(refname:strip=2)"_s, u"refs/tags"_s})
            .split('\n');
    QCOMPARE(expected.size(), 6);
    QCOMPARE(lines, expected);
}

void TestTags::nestedTagsLeadToTheCommit()
{
    ScratchRepository scratch;
    const QByteArray commit = scratch.commit();
    scratch.tag(u"inner"_s, u"Inner"_s);
    scratch.git({u"tag"_s, u"-a"_s, u"-m"_s, u"Outer"_s, u"outer"_s, u"inner"_s});
    scratch.git({u"symbolic-ref"_s, u"refs/tags/latest"_s, u"refs/tags/outer"_s});
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    const auto tags = repository->tags({});
    QVERIFY(tags);
    QCOMPARE(tags->size(), 3);
    for (const QByteArray name : {"outer", "latest"}) {
        const Tag *tag = find(*tags, name);
        QVERIFY(tag);
        QCOMPARE(tag->commit.hex(), commit);
        QCOMPARE(tag->message, u"Outer"_s);
    }
}

void TestTags::skipsWhatIsNoCommit()
{
    ScratchRepository scratch;
    scratch.write(u"f"_s, "x\n");
    scratch.commit();
    scratch.tag(u"good"_s);
    scratch.git({u"tag"_s, u"blob"_s, u"HEAD:f"_s});
    scratch.git({u"tag"_s, u"tree"_s, u"HEAD^{tree}"_s});
    scratch.git({u"tag"_s, u"-a"_s, u"-m"_s, u"A key"_s, u"annotated-blob"_s, u"HEAD:f"_s});
    scratch.git({u"symbolic-ref"_s, u"refs/tags/dangling"_s, u"refs/tags/none"_s});
    scratch.write(u".git/refs/tags/nothing"_s, QByteArray(40, '1') + '\n');
    scratch.write(u".git/refs/tags/rubbish"_s, "rubbish\n");
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    const auto tags = repository->tags({});
    QVERIFY2(tags, tags ? "" : qPrintable(tags.error().detail));
    QCOMPARE(tags->size(), 1);
    QCOMPARE(tags->first().name, "good");
    // Tags of files are tags all the same, and git in the checkout knows them.
    QVERIFY(repository->checkoutApart(tags->first().commit, scratch.beside(u"out"_s), {}));
    QCOMPARE(scratch.gitIn(scratch.beside(u"out"_s), {u"tag"_s, u"--list"_s}),
             "annotated-blob\nblob\ngood\ntree");
}

void TestTags::leavesTheSignatureOut()
{
    ScratchRepository scratch;
    const QByteArray commit = scratch.commit();
    const QByteArray object = "object " + commit +
                              "\ntype commit\ntag v1\ntagger A B <a@b> 1700000000 +0000\n\n"
                              "Version one, not -----BEGIN PGP SIGNATURE-----\n\nWords.\n"
                              "-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n";
    const QByteArray id = scratch.git({u"hash-object"_s, u"-t"_s, u"tag"_s, u"-w"_s, u"--stdin"_s}, object);
    scratch.git({u"update-ref"_s, u"refs/tags/v1"_s, QString::fromLatin1(id)});
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    const auto tags = repository->tags({});
    QVERIFY(tags);
    QCOMPARE(tags->size(), 1);
    QCOMPARE(tags->first().message, u"Version one, not -----BEGIN PGP SIGNATURE-----\n\nWords."_s);
}

void TestTags::textInOtherEncodings()
{
    ScratchRepository scratch;
    const QByteArray tree = scratch.git({u"mktree"_s});
    const QByteArray head =
        "tree " + tree + "\nauthor J\xf6rg <a@b> 1700000000 +0000\ncommitter C <a@b> 1700000000 +0000\n";
    const QList<QPair<QByteArray, QString>> cases = {
        {head + "\nGr\xfc\xdf"
                "e\n",
         u"Grüße"_s}, // no encoding: Latin-1 is the best guess
        {head + "encoding ISO-8859-1\n\nGr\xfc\xdf"
                "e\n",
         u"Grüße"_s},
        {head + "encoding no-such-thing\n\nGr\xfc\xdf"
                "e\n",
         u"Grüße"_s},
    };
    for (const auto &[object, message] : cases) {
        const QByteArray id =
            scratch.git({u"hash-object"_s, u"-t"_s, u"commit"_s, u"-w"_s, u"--stdin"_s}, object);
        scratch.git({u"update-ref"_s, u"refs/tags/v1"_s, QString::fromLatin1(id)});
        const auto repository = Repository::open(scratch.path());
        QVERIFY(repository);
        const auto tags = repository->tags({});
        QVERIFY(tags);
        QCOMPARE(tags->size(), 1);
        QCOMPARE(tags->first().message, message);
        QCOMPARE(tags->first().author, u"Jörg"_s);
    }
}

void TestTags::datesThatAreNone()
{
    ScratchRepository scratch;
    const QByteArray tree = scratch.git({u"mktree"_s});
    for (const QByteArray when : {"9223372036854775807 +0000", "99999999999999 +9999", "0 -0000"}) {
        const QByteArray object =
            "tree " + tree + "\nauthor A <a@b> " + when + "\ncommitter C <a@b> " + when + "\n\nx\n";
        const QByteArray id = scratch.git(
            {u"hash-object"_s, u"--literally"_s, u"-t"_s, u"commit"_s, u"-w"_s, u"--stdin"_s}, object);
        scratch.write(u".git/refs/tags/v1"_s, id + '\n');
        const auto repository = Repository::open(scratch.path());
        QVERIFY(repository);
        const auto tags = repository->tags({});
        QVERIFY(tags);
        QVERIFY(tags->size() <= 1); // libgit2 may refuse such a commit altogether
        if (!tags->isEmpty() && !when.startsWith('0'))
            QVERIFY(!tags->first().date.isValid());
    }
}

void TestTags::cancels()
{
    ScratchRepository scratch;
    scratch.commit();
    scratch.tag(u"v1"_s);
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    std::stop_source stop;
    stop.request_stop();
    const auto tags = repository->tags(JobContext(stop.get_token(), {}));
    QVERIFY(!tags);
    QVERIFY(tags.error().isCancelled());
}

void TestTags::tenThousand()
{
    ScratchRepository scratch;
    QByteArray import;
    for (int i = 0; i < 5000; ++i) {
        const QByteArray n = QByteArray::number(i);
        import += "commit refs/heads/main\nmark :" + QByteArray::number(i + 1) + "\ncommitter C <c@d> " +
                  QByteArray::number(1'700'000'000 + i) + " +0000\ndata <<E\nChange " + n + "\nE\n\n";
        import += "reset refs/tags/v1." + n + "\nfrom :" + QByteArray::number(i + 1) + "\n\n";
        import += "tag v2." + n + "\nfrom :" + QByteArray::number(i + 1) +
                  "\ntagger T <t@u> 1700000000 +0000\ndata <<E\nVersion " + n + "\nE\n\n";
    }
    scratch.git({u"fast-import"_s, u"--quiet"_s}, import);
    scratch.git({u"pack-refs"_s, u"--all"_s});
    QElapsedTimer timer;
    timer.start();
    const auto repository = Repository::open(scratch.path());
    QVERIFY(repository);
    const auto tags = repository->tags({});
    const qint64 ms = timer.elapsed();
    QVERIFY(tags);
    QCOMPARE(tags->size(), 10'000);
    qInfo("10,000 packed tags: %lld ms", ms);
}

QTEST_GUILESS_MAIN(TestTags)
#include "tst_tags.moc"
