// SPDX-License-Identifier: GPL-3.0-or-later
// deploy, switch, remove, history: what changes a server, and what was done.
#include "app/checklist.h"
#include "app/json.h"
#include "app/rolloutverb.h"
#include "app/servertarget.h"
#include "app/terminal.h"
#include "app/verbs.h"
#include "models/deploy/history.h"
#include "models/jobs/keptlog.h"
#include "models/package/tarball.h"

#include <QJsonObject>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

void rememberDeed(server::Session &session, const deploy::Deed &deed, const deploy::Plan &plan, const JobContext &context)
{
    if (const auto written = deploy::remember(deed); !written)
        printError(written.error());
    if (!plan.policy.historyThere || !session.isAlive())
        return;
    if (const auto written = deploy::rememberThere(session, deed, context); !written)
        printError(written.error());
}

// A step as it ends.
deploy::StepListener stepPrinter(bool json)
{
    return [json](const node::Step &step, bool finished) {
        if (finished && !json)
            print(stepLine(step));
    };
}

deploy::Plan planOf(const QCommandLineParser &parser, const QString &server, deploy::Goal goal)
{
    deploy::Plan plan{.goal = goal, .policy = settings::upgradePolicy(server)};
    if (parser.isSet(u"watch"_s))
        plan.policy.watchSeconds = qBound(0, parser.value(u"watch"_s).toInt(), 24 * 3600);
    plan.policy.goBack = plan.policy.goBack || parser.isSet(u"go-back"_s);
    plan.reboot = parser.isSet(u"reboot"_s);
    return plan;
}

deploy::Plan deployPlan(const QCommandLineParser &parser, const QString &server)
{
    const auto goal = parser.isSet(u"permanent"_s) || parser.isSet(u"reboot"_s) ? deploy::Goal::Permanent
                      : parser.isSet(u"install"_s)                             ? deploy::Goal::Install
                                                                               : deploy::Goal::Upload;
    deploy::Plan plan = planOf(parser, server, goal);
    plan.replaceUnpacked = parser.isSet(u"replace"_s);
    return plan;
}

// Does it, writes it down and says what came of it.
int act(const QCommandLineParser &parser, const QString &server, server::Session &session, const TerminalContext &context,
        const QString &release, const QString &title, const deploy::Plan &plan,
        const std::function<deploy::DeployReport(const JobContext &, const deploy::StepListener &)> &work)
{
    const bool json = wantsJson(parser);
    QStringList log;
    const auto report = work(keepingLog(context, log), stepPrinter(json));
    rememberDeed(session, deploy::Deed::of(server, session.address(), release, title, report, log), plan, context);
    if (json)
        printJson(QJsonDocument(deployJson(report)));
    return report.error ? printError(*report.error) : 0;
}

// Says what was found; the exit status where that is the end of it.
std::optional<int> looked(const QCommandLineParser &parser, const deploy::Preflight &preflight, const deploy::Plan &plan)
{
    if (!wantsJson(parser))
        printChecks(preflight.checks);
    const bool allowed = !preflight.obstacle(plan.reboot);
    if (allowed && !parser.isSet(u"check"_s))
        return std::nullopt;
    if (wantsJson(parser))
        printJson(QJsonDocument(QJsonObject{{u"checks"_s, checksJson(preflight.checks)}}));
    return allowed ? 0 : 1;
}

// What switch and remove do is about a release that is there. The planner may end it with an exit status.
int actOnRelease(const QCommandLineParser &parser, const QString &title,
                 const std::function<std::expected<deploy::Plan, int>(Reached &, const QString &version, const JobContext &)> &planner,
                 deploy::DeployReport (*work)(server::Session &, const QString &name, const QString &version, const deploy::Plan &,
                                              const JobContext &, const deploy::StepListener &))
{
    const TerminalContext context(isVerbose(parser));
    auto reached = reach(parser, parser.positionalArguments().at(1), context);
    if (!reached)
        return printError(reached.error());
    const QString version = parser.positionalArguments().at(2);
    const auto plan = planner(*reached, version, context);
    if (!plan)
        return plan.error();
    return act(parser, reached->target.name, reached->session, context, reached->installed.name, title.arg(version), *plan,
               [&](const JobContext &logged, const deploy::StepListener &listener) {
                   return work(reached->session, reached->installed.name, version, *plan, logged, listener);
               });
}

int deployTo(const QCommandLineParser &parser, Target &target, const package::Manifest &manifest, const TerminalContext &context)
{
    auto session = connectTo(target, context);
    if (!session)
        return printError(session.error());
    deploy::Plan plan = deployPlan(parser, target.name);
    if (parser.isSet(u"check"_s) || plan.goal != deploy::Goal::Upload) {
        const auto preflight = deploy::examine(*session, manifest, context, plan.replaceUnpacked);
        if (!preflight)
            return printError(preflight.error());
        if (const auto status = looked(parser, *preflight, plan))
            return *status;
        plan.shown = preflight->basis;
    }
    return act(parser, target.name, *session, context, manifest.name, u"Deploy %1 %2"_s.arg(manifest.name, manifest.version), plan,
               [&](const JobContext &logged, const deploy::StepListener &listener) {
                   return deploy::carryOut(*session, manifest, plan, logged, listener);
               });
}

// All but the last argument, each another one.
Result<std::vector<Target>> targetsOf(const QCommandLineParser &parser)
{
    const QStringList arguments = parser.positionalArguments();
    std::vector<Target> targets;
    for (const QString &argument : arguments.sliced(1, arguments.size() - 2)) {
        auto target = serverTarget(parser, argument);
        if (!target)
            return std::unexpected(target.error());
        const auto same = std::ranges::find(targets, target->address.text(), [](const Target &other) { return other.address.text(); });
        if (same != targets.end())
            return misuse(u"usage"_s, u"%1 is the same server as %2."_s.arg(target->name, same->name), u"Name each server once."_s);
        targets.push_back(*std::move(target));
    }
    return targets;
}

Result<int> batchOf(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"batch"_s))
        return 1;
    bool isNumber = false;
    const int batch = parser.value(u"batch"_s).toInt(&isNumber);
    if (!isNumber || batch < 1)
        return misuse(u"usage"_s, u"%1 is no number of servers."_s.arg(parser.value(u"batch"_s)),
                      u"--batch takes how many are upgraded at a time, 1 or more."_s);
    return batch;
}

} // namespace

int runDeploy(const QCommandLineParser &parser)
{
    const auto batch = batchOf(parser);
    if (!batch)
        return printError(batch.error());
    auto targets = targetsOf(parser);
    if (!targets)
        return printError(targets.error());
    const TerminalContext context(isVerbose(parser));
    const auto manifest = package::inspect(parser.positionalArguments().last(), context);
    if (!manifest)
        return printError(manifest.error());
    if (targets->size() == 1 && !parser.isSet(u"batch"_s))
        return deployTo(parser, targets->front(), *manifest, context);
    const auto planner = [&parser](const QString &server) { return deployPlan(parser, server); };
    return rollOut(*std::move(targets), {*manifest, planner, *batch, parser.isSet(u"check"_s), wantsJson(parser)}, context);
}

int runSwitch(const QCommandLineParser &parser)
{
    const deploy::Goal goal = parser.isSet(u"permanent"_s) || parser.isSet(u"reboot"_s) ? deploy::Goal::Permanent : deploy::Goal::Install;
    const auto planner = [&](Reached &at, const QString &version, const JobContext &context) -> std::expected<deploy::Plan, int> {
        deploy::Plan plan = planOf(parser, at.target.name, goal);
        if (!parser.isSet(u"check"_s) && version == at.installed.runningVersion)
            return plan;
        const auto preflight = deploy::examineSwitch(at.session, version, context);
        if (!preflight)
            return std::unexpected(printError(preflight.error()));
        if (const auto status = looked(parser, *preflight, plan))
            return std::unexpected(*status);
        plan.shown = preflight->basis;
        return plan;
    };
    return actOnRelease(parser, u"Switch to %1"_s, planner, deploy::switchTo);
}

int runRemove(const QCommandLineParser &parser)
{
    const auto planner = [](const Reached &at, const QString &, const JobContext &) -> std::expected<deploy::Plan, int> {
        return deploy::Plan{.policy = settings::upgradePolicy(at.target.name)};
    };
    return actOnRelease(parser, u"Remove %1"_s, planner, deploy::removeVersion);
}

int runHistory(const QCommandLineParser &parser)
{
    const QString server = parser.positionalArguments().value(1);
    QJsonArray documents;
    QList<QStringList> rows;
    for (const deploy::Deed &deed : deploy::history()) {
        if (!server.isEmpty() && deed.server != server && deed.address != server)
            continue;
        documents += QJsonObject{{u"time"_s, deed.time.toString(Qt::ISODate)},
                                 {u"who"_s, deed.who},
                                 {u"server"_s, deed.server},
                                 {u"address"_s, deed.address},
                                 {u"title"_s, deed.title},
                                 {u"from"_s, deed.from},
                                 {u"to"_s, deed.to},
                                 {u"steps"_s, stepsJson(deed.steps)},
                                 {u"error"_s, deed.error.isEmpty() ? QJsonValue() : QJsonValue(deed.error)}};
        rows += {QLocale().toString(deed.time, QLocale::ShortFormat), deed.server, deed.title, deed.from + u" → "_s + deed.to,
                 deed.error.isEmpty() ? u"done"_s : deed.error, deed.who};
    }
    if (wantsJson(parser))
        printJson(QJsonDocument(documents));
    else
        print(rows.isEmpty() ? u"Nothing was done yet."_s : table(rows));
    return 0;
}

} // namespace handover::app
