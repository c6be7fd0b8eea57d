// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/rollout.h"
#include "tests/support/tinyrelease.h"

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::server;
using deploy::Goal;
using deploy::Rollout;
using State = Rollout::State;

class TestRollout : public QObject
{
    Q_OBJECT

    TinyRelease m_release;
    QTemporaryDir m_settings;

    struct Fleet
    {
        JobQueue jobs;
        std::vector<std::unique_ptr<TinyServer>> servers;
        std::vector<std::unique_ptr<deploy::ServerState>> states;

        [[nodiscard]] QList<deploy::ServerState *> all() const
        {
            QList<deploy::ServerState *> list;
            for (const auto &state : states)
                list += state.get();
            return list;
        }
        [[nodiscard]] QStringList running() const
        {
            QStringList versions;
            for (const auto &server : servers) {
                const auto seen = node::readInstallation(server->session(), {});
                versions += seen ? seen->runningVersion : u"?"_s;
            }
            return versions;
        }
    };

    [[nodiscard]] bool start(Fleet &fleet, int count) const
    {
        for (int i = 0; i < count; ++i) {
            auto server = std::make_unique<TinyServer>();
            if (!server->start(m_release))
                return false;
            fleet.states.push_back(std::make_unique<deploy::ServerState>(u"edge-%1"_s.arg(i + 1), server->test().address(),
                                                                         server->test().server().connectOptions(), &fleet.jobs));
            fleet.servers.push_back(std::move(server));
        }
        return true;
    }
    [[nodiscard]] package::Manifest manifest(const QString &version) const { return *package::inspect(m_release.tarball(version), {}); }
    [[nodiscard]] static bool ended(const Rollout &rollout)
    {
        return QTest::qWaitFor([&rollout] { return rollout.isFinished(); }, 120'000);
    }
    [[nodiscard]] static QList<State> states(const Rollout &rollout)
    {
        QList<State> list;
        for (const Rollout::Lane &lane : rollout.lanes())
            list += lane.state;
        return list;
    }

private slots:
    void initTestCase()
    {
        qputenv("HANDOVER_CONFIG_DIR", m_settings.filePath(u"config"_s).toUtf8());
        qputenv("HANDOVER_STATE_DIR", m_settings.filePath(u"state"_s).toUtf8());
        QVERIFY(m_release.build());
    }

    void oneAfterAnother()
    {
        Fleet fleet;
        QVERIFY(start(fleet, 2));
        Rollout rollout(fleet.all(), manifest(u"1.1.0"_s), Goal::Permanent, 1);
        int atOnce = 0;
        connect(&rollout, &Rollout::changed, this, [&] { atOnce = std::max(atOnce, static_cast<int>(states(rollout).count(State::Upgrading))); });
        rollout.start();
        QVERIFY(ended(rollout));
        QVERIFY2(rollout.isGood(), qPrintable(rollout.lanes().first().words + rollout.lanes().last().words));
        QCOMPARE(atOnce, 1);
        QCOMPARE(fleet.running(), (QStringList{u"1.1.0"_s, u"1.1.0"_s}));
    }

    void nothingIsChangedWhereACheckFails()
    {
        Fleet fleet;
        QVERIFY(start(fleet, 2));
        QVERIFY(fleet.servers.back()->stopNode());
        Rollout rollout(fleet.all(), manifest(u"1.1.0"_s), Goal::Permanent, 2);
        rollout.start();
        QVERIFY(ended(rollout));
        QCOMPARE(states(rollout), (QList<State>{State::LeftOut, State::Failed}));
        QVERIFY2(rollout.lanes().last().words.contains(u"down"_s), qPrintable(rollout.lanes().last().words));
        QVERIFY2(rollout.lanes().first().words.contains(u"Nothing was changed here"_s), qPrintable(rollout.lanes().first().words));
        QCOMPARE(fleet.running().first(), u"1.0.0"_s);
        QVERIFY(!QFile::exists(fleet.servers.front()->test().local(u"releases/tiny-1.1.0.tar.gz"_s)));
    }

    void theFirstFailureEndsIt()
    {
        Fleet fleet;
        QVERIFY(start(fleet, 3));
        // Healthy nowhere on the first: what comes after it is left alone.
        settings::UpgradePolicy policy{1, true, false, {{settings::HealthProbe::Kind::Command, u"false"_s}}};
        const auto saved = settings::saveUpgradePolicy(u"edge-1"_s, policy);
        VERIFY_RESULT(saved);
        Rollout rollout(fleet.all(), manifest(u"1.1.0"_s), Goal::Permanent, 1);
        rollout.start();
        QVERIFY(ended(rollout));
        QCOMPARE(states(rollout), (QList<State>{State::Failed, State::LeftOut, State::LeftOut}));
        QCOMPARE(fleet.running(), (QStringList{u"1.0.0"_s, u"1.0.0"_s, u"1.0.0"_s}));
        QVERIFY(settings::saveUpgradePolicy(u"edge-1"_s, {}).has_value());
    }
};

QTEST_GUILESS_MAIN(TestRollout)
#include "tst_rollout.moc"
