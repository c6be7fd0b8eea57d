// SPDX-License-Identifier: GPL-3.0-or-later
// deploy, switch, remove, history: what changes a server, and what was done.
#include "app/checklist.h"
#include "app/json.h"
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
            print(u"%1 %2: %3 (%4 ms)"_s.arg(step.ok ? u"✓"_s : u"✗"_s, node::stepName(step.kind), step.detail)
                      .arg(step.milliseconds));
    };
}

deploy::Plan planOf(const QCommandLineParser &parser, deploy::Goal goal)
{
    deploy::Plan plan{.goal = goal, .policy = settings::upgradePolicy(parser.positionalArguments().at(1))};
    if (parser.isSet(u"watch"_s))
        plan.policy.watchSeconds = qBound(0, parser.value(u"watch"_s).toInt(), 24 * 3600);
    plan.policy.goBack = plan.policy.goBack || parser.isSet(u"go-back"_s);
    return plan;
}

// Connects, does it, writes it down and says what came of it.
int act(const QCommandLineParser &parser, const Target &chosen, server::Session &session, const TerminalContext &context,
        const QString &release, const QString &title, const deploy::Plan &plan,
        const std::function<deploy::DeployReport(const JobContext &, const deploy::StepListener &)> &work)
{
    const bool json = wantsJson(parser);
    QStringList log;
    const auto report = work(keepingLog(context, log), stepPrinter(json));
    rememberDeed(session, deploy::Deed::of(parser.positionalArguments().at(1), chosen.address, release, title, report, log), plan, context);
    if (json)
        printJson(QJsonDocument(deployJson(report)));
    return report.error ? printError(*report.error) : 0;
}

} // namespace

int runDeploy(const QCommandLineParser &parser)
{
    const auto chosen = serverTarget(parser, parser.positionalArguments().at(1));
    if (!chosen)
        return printError(chosen.error());
    const TerminalContext context(isVerbose(parser));
    const auto manifest = package::inspect(parser.positionalArguments().at(2), context);
    if (!manifest)
        return printError(manifest.error());
    const auto goal = parser.isSet(u"permanent"_s) || parser.isSet(u"reboot"_s) ? deploy::Goal::Permanent
                      : parser.isSet(u"install"_s)                             ? deploy::Goal::Install
                                                                               : deploy::Goal::Upload;
    context.context().progress(u"Connecting to %1"_s.arg(chosen->address.host));
    auto session = connectOnTerminal(chosen->address, chosen->options, context);
    if (!session)
        return printError(session.error());
    deploy::Plan plan = planOf(parser, goal);
    plan.replaceUnpacked = parser.isSet(u"replace"_s);
    plan.reboot = parser.isSet(u"reboot"_s);
    if (parser.isSet(u"check"_s) || goal != deploy::Goal::Upload) {
        const auto preflight = deploy::examine(*session, *manifest, context, plan.replaceUnpacked);
        if (!preflight)
            return printError(preflight.error());
        if (!wantsJson(parser))
            printChecks(preflight->checks);
        if (parser.isSet(u"check"_s) || !preflight->allows()) {
            if (wantsJson(parser))
                printJson(QJsonDocument(QJsonObject{{u"checks"_s, checksJson(preflight->checks)}}));
            return preflight->allows() ? 0 : 1;
        }
        plan.shown = preflight->basis;
    }
    return act(parser, *chosen, *session, context, manifest->name, u"Deploy %1 %2"_s.arg(manifest->name, manifest->version), plan,
               [&](const JobContext &logged, const deploy::StepListener &listener) {
                   return deploy::carryOut(*session, *manifest, plan, logged, listener);
               });
}

int runSwitch(const QCommandLineParser &parser)
{
    const auto chosen = serverTarget(parser, parser.positionalArguments().at(1));
    if (!chosen)
        return printError(chosen.error());
    const TerminalContext context(isVerbose(parser));
    auto session = connectOnTerminal(chosen->address, chosen->options, context);
    if (!session)
        return printError(session.error());
    const auto installed = node::readInstallation(*session, context);
    if (!installed)
        return printError(installed.error());
    const QString version = parser.positionalArguments().at(2);
    deploy::Plan plan = planOf(parser, parser.isSet(u"permanent"_s) || parser.isSet(u"reboot"_s) ? deploy::Goal::Permanent : deploy::Goal::Install);
    plan.reboot = parser.isSet(u"reboot"_s);
    return act(parser, *chosen, *session, context, installed->name, u"Switch to %1"_s.arg(version), plan,
               [&](const JobContext &logged, const deploy::StepListener &listener) {
                   return deploy::switchTo(*session, installed->name, version, plan, logged, listener);
               });
}

int runRemove(const QCommandLineParser &parser)
{
    const auto chosen = serverTarget(parser, parser.positionalArguments().at(1));
    if (!chosen)
        return printError(chosen.error());
    const TerminalContext context(isVerbose(parser));
    auto session = connectOnTerminal(chosen->address, chosen->options, context);
    if (!session)
        return printError(session.error());
    const auto installed = node::readInstallation(*session, context);
    if (!installed)
        return printError(installed.error());
    const QString version = parser.positionalArguments().at(2);
    return act(parser, *chosen, *session, context, installed->name, u"Remove %1"_s.arg(version), {},
               [&](const JobContext &logged, const deploy::StepListener &listener) {
                   return deploy::removeVersion(*session, installed->name, version, {}, logged, listener);
               });
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
