// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/carrying.h"
#include "tests/support/hostileserver.h"

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using namespace handover::transfer;

/// A folder of a server that lies about what is in it.
class HostileFolderTest : public QObject
{
    Q_OBJECT

    HostileServer m_server;

private slots:
    void initTestCase() { QVERIFY(m_server.start()); }

    void walks_data() { HostileServer::modes(); }
    void walks()
    {
        QFETCH(QByteArray, mode);
        const QString outside = m_server.test().path(u"here"_s);
        QVERIFY(QDir(outside).removeRecursively() && QDir().mkpath(outside));
        auto session = m_server.connect(mode);
        VERIFY_RESULT(session);
        const Task down{{Way::Down, u"a"_s, outside + u"/folder"_s, m_server.test().remote("d")}, {}, [](const Part &) {}};
        Result<Outcome> outcome = std::unexpected(Error());
        VERIFY_ENDED((outcome = carry(*session, down, {})));
        const QStringList names = QDir(outside).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
        QVERIFY2(names.isEmpty() || names == QStringList{u"folder"_s}, qPrintable(names.join(u", "_s)));
        for (const Outcome::Found &found : outcome ? outcome->found : QList<Outcome::Found>())
            QVERIFY2(QDir::cleanPath(found.local).startsWith(outside + u"/folder/"_s), qPrintable(found.local));
    }

    void boundedTree()
    {
        auto session = m_server.connect("endless wide tree");
        VERIFY_RESULT(session);
        const Task down{{Way::Down, u"a"_s, m_server.test().path(u"tree"_s), m_server.test().remote("d")}, {}, [](const Part &) {}};
        QCOMPARE(codeOf(carry(*session, down, {})), u"transfer.too-many"_s);
    }
};

QTEST_GUILESS_MAIN(HostileFolderTest)
#include "tst_hostilefolder.moc"
