// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demorun.h"

#include "app/demo/counterclient.h"
#include "app/demo/treehash.h"
#include "app/json.h"
#include "app/terminal.h"
#include "ui/appup/rulespage.h"
#include "ui/editor/codeeditor.h"
#include "ui/shell/headerbar.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QPixmap>
#include <QTableView>
#include <QThread>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

constexpr int RelupWaitMs = 30'000;

constexpr int StepLimitMs = 180'000;
constexpr int ReadingsBetweenSteps = 15; // of the client, one each 100 ms

using Page = ui::MainWindow::Page;

void letPass(int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < milliseconds) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(5);
    }
}

void awaitReadings(const CounterClient &client, int more)
{
    const int wanted = client.seen().readings + more;
    QElapsedTimer clock;
    clock.start();
    while (client.seen().readings < wanted && clock.elapsed() < 20'000)
        letPass(50);
}

} // namespace

DemoRun::DemoRun(DemoStage &stage, ui::MainWindow &window, QString output)
    : m_stage(stage), m_window(window), m_workspace(stage.workspace()), m_output(std::move(output))
{
}

QJsonObject DemoRun::run()
{
    m_window.resize(1440, 900);
    ui::Theme::instance().setMode(ui::Theme::Mode::Light);
    if (prepare()) {
        CounterClient client(m_stage.server()->tallyPort());
        reportVersions();
        reportMatch();
        awaitReadings(client, ReadingsBetweenSteps);
        if (build() && relup() && package() && upgrade()) {
            awaitReadings(client, ReadingsBetweenSteps);
            if (downgrade())
                awaitReadings(client, ReadingsBetweenSteps);
        }
        client.stop();
        reportClient(client);
        const bool untouched = treeHash(m_stage.projectDirectory()) == m_stage.untouchedHash();
        m_report[u"userTreeUntouched"_s] = untouched;
        require(untouched, u"The user's repository or work tree was changed"_s);
    }
    require(!m_stage.stopToken().stop_requested(), u"It was interrupted"_s);
    require(m_report.contains(u"downgrade"_s), u"Not every part was reached"_s);
    m_report[u"screenshots"_s] = m_screenshots;
    m_report[u"failures"_s] = m_failures;
    return m_report;
}

void DemoRun::require(bool held, const QString &words)
{
    if (!held)
        m_failures += words;
}

bool DemoRun::wait(Job *job, const QString &what)
{
    print(what + u'…');
    if (!job) {
        m_failures += u"%1: it could not be started"_s.arg(what);
        return false;
    }
    QEventLoop loop;
    QTimer::singleShot(StepLimitMs, &loop, [&loop] { loop.exit(1); });
    const std::stop_callback cut(m_stage.stopToken(), [job] {
        QMetaObject::invokeMethod(job, [job] { job->cancel(); }, Qt::QueuedConnection);
    });
    QObject::connect(job, &Job::finished, &loop, [&loop] { loop.quit(); });
    if (!job->isFinished())
        loop.exec();
    letPass(50); // let the pages follow
    if (job->state() == Job::State::Done)
        return true;
    m_failures += u"%1: %2"_s.arg(what, job->state() == Job::State::Failed ? job->error().words()
                                        : job->isFinished()               ? u"cancelled"_s
                                                                          : u"it took too long"_s);
    return false;
}

void DemoRun::shoot(const QString &name, bool dark)
{
    if (dark)
        ui::Theme::instance().setMode(ui::Theme::Mode::Dark);
    letPass(150);
    const QString file = u"%1/%2-%3%4.png"_s.arg(m_output)
                             .arg(m_screenshots.size() + 1, 2, 10, QLatin1Char('0'))
                             .arg(name, dark ? u"-dark"_s : QString());
    if (m_window.grab().save(file))
        m_screenshots += file;
    else
        m_failures += u"The screenshot %1 could not be written"_s.arg(file);
    if (dark)
        ui::Theme::instance().setMode(ui::Theme::Mode::Light);
}

bool DemoRun::prepare()
{
    QEventLoop loop;
    QObject::connect(&m_stage, &DemoStage::ready, &loop, [&loop] { loop.exit(0); });
    QObject::connect(&m_stage, &DemoStage::failed, &loop, [&](const Error &error) {
        m_failures += u"Setting up: %1"_s.arg(error.words());
        loop.exit(1);
    });
    const std::stop_callback cut(m_stage.stopToken(), [&loop] {
        QMetaObject::invokeMethod(&loop, [&loop] { loop.exit(1); }, Qt::QueuedConnection);
    });
    print(u"Setting up the sample project and the local server…"_s);
    m_stage.prepare();
    const bool ready = loop.exec() == 0;
    letPass(100);
    return ready;
}

void DemoRun::reportVersions()
{
    m_report[u"versions"_s] = versionsJson(*m_workspace->project());
    require(m_workspace->versions()->rowCount() == 4, u"The sample's four tags were not found"_s);
}

void DemoRun::reportMatch()
{
    m_workspace->chooseApp(u"tally_tcp"_s);
    m_window.showPage(Page::Rules);
    while (!m_workspace->rules()->isAnalysed())
        letPass(20);
    const auto &appup = m_workspace->rules()->appup();
    require(appup.has_value(), u"The appup of tally_tcp could not be read"_s);
    if (!appup)
        return;
    // The table as the window shows it.
    const QAbstractItemModel *table = m_window.rulesPage()->table()->model();
    using Model = appup::MatchTableModel;
    QJsonArray rows;
    bool allTaken = table->rowCount() > 0;
    for (int row = 0; row < table->rowCount(); ++row) {
        const int up = table->index(row, Model::UpColumn).data(Model::RuleNumberRole).toInt();
        const int down = table->index(row, Model::DownColumn).data(Model::RuleNumberRole).toInt();
        allTaken = allTaken && up > 0 && down > 0;
        rows += matchJson(table->index(row, Model::VersionColumn).data().toString(), up, down);
    }
    m_report[u"match"_s] = QJsonObject{{u"app"_s, u"tally_tcp"_s}, {u"vsn"_s, m_workspace->rules()->source().vsn},
                                       {u"rows"_s, rows}};
    require(allTaken, u"A version of tally_tcp is taken by no rule"_s);
    if (!appup->up.isEmpty())
        m_window.rulesPage()->editor()->revealOffset(appup->up.first().keyRange.begin);
    shoot(u"rules"_s);
    shoot(u"rules"_s, true);
}

bool DemoRun::build()
{
    m_window.showPage(Page::Log);
    if (!wait(m_workspace->build(), u"Building %1 and %2"_s.arg(DemoStage::FirstTag, DemoStage::LastTag)))
        return false;
    shoot(u"build"_s);
    QJsonArray builds;
    const auto add = [&builds](const build::BuiltRelease &release, bool cached, qint64 milliseconds) {
        builds += QJsonObject{{u"tag"_s, release.tag}, {u"version"_s, release.version},
                              {u"seconds"_s, double(milliseconds) / 1000}, {u"cached"_s, cached}};
    };
    for (const auto &version : {m_workspace->from(), m_workspace->to()}) {
        if (const auto built = m_workspace->built(*version))
            add(*built, false, built->milliseconds);
    }
    // The second time it must come from the cache.
    QElapsedTimer clock;
    clock.start();
    const auto again = build::buildRelease(m_workspace->project()->buildRequest(*m_workspace->to()), {});
    if (again)
        add(*again, again->cached, clock.elapsed());
    require(again && again->cached, u"A second build was not answered from the cache"_s);
    m_report[u"builds"_s] = builds;
    return true;
}

bool DemoRun::relup()
{
    m_window.showPage(Page::Relup);
    const workspace::LiveRelup *live = m_workspace->relup();
    QElapsedTimer clock;
    clock.start();
    while (!live->verification() && !live->error() && clock.elapsed() < RelupWaitMs)
        letPass(20);
    if (!live->outcome() || !live->outcome()->shown) {
        m_failures += live->error() ? live->error()->words() : u"No relup was made"_s;
        return false;
    }
    shoot(u"relup"_s);
    shoot(u"relup"_s, true);
    const int up = int(live->outcome()->shown->up->script.instructions.size());
    const int down = int(live->outcome()->shown->down->script.instructions.size());
    const auto &verification = live->verification();
    const bool verified = verification && *verification && (*verification)->agreement != relup::Agreement::Different;
    m_report[u"relup"_s] = QJsonObject{{u"from"_s, live->pair()->from.version},
                                       {u"to"_s, live->pair()->to.version},
                                       {u"up"_s, up},
                                       {u"down"_s, down},
                                       {u"seconds"_s, double(live->outcome()->microseconds) / 1'000'000},
                                       {u"otp"_s, verification && *verification ? (*verification)->words() : QString()}};
    require(verified, u"OTP does not make the same relup"_s);
    require(up > 0 && down > 0, u"The relup is empty in one direction"_s);
    return true;
}

bool DemoRun::package()
{
    m_window.showPage(Page::Package);
    if (!wait(m_workspace->package(), u"Packaging"_s) || !m_workspace->packaged())
        return false;
    shoot(u"package"_s);
    QJsonObject tarball = manifestJson(m_workspace->packaged()->manifest);
    tarball[u"applications"_s] = tarball.take(u"apps"_s);
    m_report[u"tarball"_s] = tarball;
    require(m_workspace->packaged()->isSound(), u"A check of the tarball failed"_s);
    return true;
}

QJsonObject DemoRun::deployment(const QString &expected)
{
    const deploy::ServerState *server = m_workspace->servers().first();
    const deploy::DeployReport report = server->lastReport().value_or(deploy::DeployReport());
    require(!report.error, report.error ? report.error->words() : QString());
    require(report.versionAfter == expected, u"The node runs %1 instead of %2"_s.arg(report.versionAfter, expected));
    const node::InstalledRelease *release = server->installation() ? server->installation()->release(expected) : nullptr;
    require(release && release->status == node::ReleaseStatus::Permanent, u"%1 is not permanent"_s.arg(expected));
    QJsonArray releases;
    if (server->installation()) {
        releases = installationJson(*server->installation())[u"releases"_s].toArray();
        require(server->installation()->disagreements.isEmpty(), server->installation()->disagreements.join(u' '));
    }
    return {{u"before"_s, report.versionBefore},
            {u"after"_s, report.versionAfter},
            {u"steps"_s, stepsJson(report.steps)},
            {u"releases"_s, releases}};
}

bool DemoRun::upgrade()
{
    deploy::ServerState *server = m_workspace->servers().first();
    m_window.showPage(Page::Deploy); // which looks at the server first
    if (!wait(server->isBusy() ? server->job() : nullptr, u"Looking at %1"_s.arg(server->name())))
        return false;
    const auto &preflight = server->preflight();
    require(preflight && preflight->allows(), u"A check before the upgrade failed"_s);
    if (preflight)
        m_report[u"checks"_s] = checksJson(preflight->checks);
    shoot(u"deploy-plan"_s);
    m_window.header()->nextButton()->click(); // as a person does
    if (!wait(server->isBusy() ? server->job() : nullptr, u"Upgrading %1"_s.arg(server->name())))
        return false;
    shoot(u"upgraded"_s);
    shoot(u"upgraded"_s, true);
    const QString version = m_workspace->packaged()->to.version;
    m_report[u"upgrade"_s] = deployment(version);
    const auto &report = server->lastReport();
    if (report && report->uploaded) {
        const auto &uploaded = *report->uploaded;
        m_report[u"upload"_s] = QJsonObject{{u"bytes"_s, uploaded.bytes},
                                            {u"seconds"_s, double(uploaded.milliseconds) / 1000},
                                            {u"sha256"_s, QString::fromLatin1(uploaded.sha256)}};
    }
    const bool same = report && report->uploaded && report->uploaded->sha256 == m_workspace->packaged()->manifest.sha256;
    require(same, u"The check sum on the server differs"_s);
    return report && !report->error;
}

bool DemoRun::downgrade()
{
    deploy::ServerState *server = m_workspace->servers().first();
    const QString version = m_workspace->packaged()->from.first().version;
    if (!wait(server->switchTo(version, {deploy::Goal::Permanent}), u"Downgrading %1"_s.arg(server->name())))
        return false;
    shoot(u"downgraded"_s);
    m_report[u"downgrade"_s] = deployment(version);
    return true;
}

void DemoRun::reportClient(const CounterClient &client)
{
    const CounterClient::Seen seen = client.seen();
    m_report[u"client"_s] = QJsonObject{{u"connections"_s, seen.connections},
                                        {u"drops"_s, seen.drops},
                                        {u"countMonotonic"_s, seen.monotonic},
                                        {u"readings"_s, seen.readings},
                                        {u"longestGapMs"_s, seen.longestGapMs},
                                        {u"firstCount"_s, seen.first},
                                        {u"lastCount"_s, seen.last},
                                        {u"versions"_s, QJsonArray::fromStringList(seen.versions)}};
    require(seen.connections == 1 && seen.drops == 0, u"The client's connection was lost"_s);
    require(seen.monotonic && seen.readings > 0, u"The count did not only grow"_s);
}

} // namespace handover::app
