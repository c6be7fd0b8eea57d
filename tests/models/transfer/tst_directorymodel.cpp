// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/directoryorder.h"
#include "tests/support/testserver.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>

#include <fstream>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::transfer;
using server::TestServer;

class DirectoryModelTest : public QObject
{
    Q_OBJECT

    TestServer m_test;
    JobQueue m_jobs;
    std::shared_ptr<FilePlace> m_there;

    [[nodiscard]] static bool opens(DirectoryModel &model, const Path &path)
    {
        QSignalSpy opened(&model, &DirectoryModel::opened);
        model.open(path);
        return opened.wait(10'000);
    }
    [[nodiscard]] static QStringList shown(const QAbstractItemModel &model)
    {
        QStringList names;
        for (int row = 0; row < model.rowCount(); ++row)
            names += model.index(row, 0).data().toString();
        return names;
    }
    void fill(const QStringList &names) const
    {
        std::filesystem::remove_all(m_test.local().toStdString());
        QVERIFY(QDir().mkpath(m_test.local()));
        for (const QString &name : names) {
            if (name.endsWith(u'/'))
                QVERIFY(QDir().mkpath(m_test.local(name)));
            else
                TestServer::write(m_test.local(name), "x");
        }
    }
    [[nodiscard]] std::shared_ptr<FilePlace> place(bool remote) const { return remote ? m_there : localPlace(); }

private slots:
    void initTestCase()
    {
        QVERIFY(m_test.start());
        m_there = remotePlace(u"test"_s, std::make_shared<server::ServerLink>(m_test.address(), m_test.server().connectOptions()));
    }

    void places_data()
    {
        QTest::addColumn<bool>("remote");
        QTest::newRow("here") << false;
        QTest::newRow("there") << true;
    }

    void order_data() { places_data(); }
    void order()
    {
        QFETCH(bool, remote);
        fill({u"b10"_s, u"B9"_s, u"a/"_s, u".hidden"_s, u"c/"_s});
        QCOMPARE(::truncate(m_test.remote("b10").bytes().constData(), 5000), 0);
        QCOMPARE(::symlink("a", m_test.remote("z").bytes().constData()), 0);
        DirectoryModel model(&m_jobs);
        const QAbstractItemModelTester tester(&model);
        DirectoryOrder order(&model);
        model.setPlace(place(remote));
        QVERIFY(opens(model, m_test.files()));
        QCOMPARE(shown(order), (QStringList{u"a"_s, u"c"_s, u"z → a"_s, u"B9"_s, u"b10"_s}));
        QCOMPARE(order.hiddenCount(), 1);
        QVERIFY(model.freeSpace().has_value());
        order.sort(DirectoryModel::NameColumn, Qt::DescendingOrder);
        QCOMPARE(shown(order), (QStringList{u"z → a"_s, u"c"_s, u"a"_s, u"b10"_s, u"B9"_s}));
        order.sort(DirectoryModel::SizeColumn, Qt::DescendingOrder);
        QCOMPARE(shown(order).sliced(3), (QStringList{u"b10"_s, u"B9"_s}));
        order.sort(DirectoryModel::NameColumn);
        order.setHiddenShown(true);
        order.setWords(u" B "_s);
        QCOMPARE(shown(order), (QStringList{u"B9"_s, u"b10"_s}));
        order.setWords(u"hid"_s);
        QCOMPARE(shown(order), QStringList{u".hidden"_s});
    }

    void listedAgain_data() { places_data(); }
    void listedAgain()
    {
        QFETCH(bool, remote);
        fill({u"a"_s, u"b"_s, u"d"_s, u"e"_s});
        DirectoryModel model(&m_jobs);
        const QAbstractItemModelTester tester(&model);
        model.setPlace(place(remote));
        QVERIFY(opens(model, m_test.files()));
        const QPersistentModelIndex kept = model.index(2, 0);
        QSignalSpy reset(&model, &DirectoryModel::modelReset);
        QSignalSpy changed(&model, &DirectoryModel::dataChanged);
        QVERIFY(QFile::remove(m_test.local(u"a"_s)) && QFile::remove(m_test.local(u"e"_s)));
        TestServer::write(m_test.local(u"b"_s), "longer");
        TestServer::write(m_test.local(u"c"_s), "new");
        TestServer::write(m_test.local(u"f"_s), "new");
        QVERIFY(opens(model, m_test.files()));
        QCOMPARE(shown(model), (QStringList{u"b"_s, u"c"_s, u"d"_s, u"f"_s}));
        QVERIFY(reset.isEmpty());
        QCOMPARE(changed.size(), 1);
        QCOMPARE(kept.row(), 2);
        QCOMPARE(model.rowOf("d"), 2);
        QCOMPARE(model.rowOf("e"), -1);
    }

    void changesHereAreSeen()
    {
        fill({u"a"_s});
        DirectoryModel model(&m_jobs);
        model.setPlace(localPlace());
        QVERIFY(opens(model, m_test.files()));
        QSignalSpy opened(&model, &DirectoryModel::opened);
        TestServer::write(m_test.local(u"b"_s), "new");
        QVERIFY(opened.wait(5000));
        QCOMPARE(shown(model), (QStringList{u"a"_s, u"b"_s}));
    }

    void acts_data() { places_data(); }
    void acts()
    {
        QFETCH(bool, remote);
        fill({u"a"_s, u"b"_s});
        DirectoryModel model(&m_jobs);
        const QAbstractItemModelTester tester(&model);
        model.setPlace(place(remote));
        QVERIFY(opens(model, m_test.files()));
        QSignalSpy opened(&model, &DirectoryModel::opened);
        QSignalSpy failed(&model, &DirectoryModel::failed);

        QVERIFY(model.setData(model.index(0, 0), u"$(touch pwned)"_s, Qt::EditRole));
        QVERIFY(opened.wait(5000));
        QCOMPARE(shown(model), (QStringList{u"$(touch pwned)"_s, u"b"_s}));
        QVERIFY(!model.setData(model.index(1, 0), u"b"_s, Qt::EditRole)); // as it is called
        model.rename(0, u"b"_s);
        QVERIFY(opened.wait(5000));
        QCOMPARE(failed.size(), 1);
        QVERIFY(failed[0][0].value<Error>().code.endsWith(u".exists"));
        for (const QString &name : {u"../x"_s, u".."_s, QString()})
            QVERIFY(!model.rename(0, name));
        QCOMPARE(failed.size(), 4);

        model.makeDirectory(u"new"_s);
        QVERIFY(opened.wait(5000));
        QVERIFY(QFileInfo(m_test.local(u"new"_s)).isDir());
        model.setMode({*model.pathOf(model.rowOf("b"))}, 0640);
        QVERIFY(opened.wait(5000));
        QCOMPARE(model.entry(model.rowOf("b")).mode, 0640U);
        QCOMPARE(failed.size(), 4);
    }

    void removing()
    {
        fill({u"a/b"_s + u"/"_s, u"a/b/c"_s, u"d"_s});
        DirectoryModel model(&m_jobs);
        model.setPlace(m_there);
        QVERIFY(opens(model, m_test.files()));
        QSignalSpy opened(&model, &DirectoryModel::opened);
        std::optional<server::Removal> plan;
        QSignalSpy planned(model.planRemoval({m_test.remote("a")}, [&](const server::Removal &removal) { plan = removal; }),
                           &Job::finished);
        QVERIFY(planned.wait(5000));
        QVERIFY(plan && plan->files == 1 && plan->directories == 2 && plan->roots.size() == 1);
        model.remove(*plan);
        QVERIFY(opened.wait(5000));
        QCOMPARE(shown(model), QStringList{u"d"_s});
    }

    void uses()
    {
        fill({u"lib/a-1/ebin/"_s, u"lib/a-2/"_s});
        DirectoryModel model(&m_jobs);
        model.setPlace(m_there);
        QVERIFY(opens(model, m_test.remote("lib")));
        model.setUses({{m_test.remote("lib/a-1").bytes(), u"1.0 runs"_s}});
        QCOMPARE(model.index(0, 0).data(DirectoryModel::UsedRole).toString(), u"1.0 runs"_s);
        QCOMPARE(model.index(1, 0).data(DirectoryModel::UsedRole).toString(), QString());
        const QStringList used{u"1.0 runs"_s};
        QCOMPARE(model.usersOf({m_test.remote("lib/a-1")}), used);
        QCOMPARE(model.usersOf({m_test.remote("lib/a-1/ebin")}), used);
        QCOMPARE(model.usersOf({m_test.remote("lib")}), used);
        QCOMPARE(model.usersOf({m_test.remote("lib/a-2"), m_test.remote("lib/a"), m_test.remote("lib/a-10")}), QStringList());
    }

    void dragging()
    {
        fill({u"a"_s, u"b"_s});
        DirectoryModel model(&m_jobs);
        model.setPlace(m_there);
        QVERIFY(opens(model, m_test.files()));
        const std::unique_ptr<QMimeData> data(model.mimeData({model.index(0, 0), model.index(0, 1), model.index(1, 0)}));
        const auto dragged = DirectoryModel::dragged(*data);
        QVERIFY(dragged && dragged->server.text() == m_test.address().text());
        QCOMPARE(dragged->paths, (QList<Path>{m_test.remote("a"), m_test.remote("b")}));
        const auto urlOf = [this](const QString &name) {
            const server::Address server = m_test.address();
            return u"sftp://%1@%2:%3%4/%5"_s.arg(server.user, server.host, QString::number(server.port), m_test.files().text(), name);
        };
        QCOMPARE(data->urls(), (QList<QUrl>{QUrl(urlOf(u"a"_s)), QUrl(urlOf(u"b"_s))}));
        QMimeData broken;
        broken.setData(DirectoryModel::serverMimeType(), "\0\0\0\xff"_ba);
        QVERIFY(!DirectoryModel::dragged(broken));
        QByteArray named;
        QDataStream stream(&named, QIODevice::WriteOnly);
        stream << u"test"_s << QByteArrayList{"/etc"};
        broken.setData(DirectoryModel::serverMimeType(), named);
        QVERIFY(!DirectoryModel::dragged(broken)); // a name may be another server's elsewhere
        QVERIFY(!DirectoryModel::dragged({}));
    }

    // What is no UTF-8, or means something in a URL, comes through it.
    void oddNamesInUrls()
    {
        const QByteArray odd = "a b#c?d%41\xff";
        fill({});
        std::ofstream(QFile::encodeName(m_test.local()).toStdString() + '/' + odd.toStdString()) << 'x';
        DirectoryModel model(&m_jobs);
        model.setPlace(m_there);
        QVERIFY(opens(model, m_test.files()));
        const std::unique_ptr<QMimeData> data(model.mimeData({model.index(0, 0)}));
        QVERIFY(data->urls().value(0).toEncoded().endsWith("/a%20b%23c%3Fd%2541%FF"));
    }

    void failures()
    {
        fill({u"a"_s});
        DirectoryModel model(&m_jobs);
        model.setPlace(m_there);
        QVERIFY(opens(model, m_test.files()));
        QSignalSpy failed(&model, &DirectoryModel::failed);
        model.open(m_test.remote("none"));
        QVERIFY(failed.wait(5000));
        QCOMPARE(model.error()->code, u"server.file-missing"_s);
        QCOMPARE(model.directory(), m_test.files()); // still shown
        QCOMPARE(shown(model), QStringList{u"a"_s});
        QVERIFY(opens(model, m_test.files()));
        QVERIFY(!model.error());
    }
};

QTEST_GUILESS_MAIN(DirectoryModelTest)
#include "tst_directorymodel.moc"
