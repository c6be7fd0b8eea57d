// SPDX-License-Identifier: GPL-3.0-or-later
// releases: what is installed on a server.
#include "app/servertarget.h"
#include "app/verbs.h"

#include "app/checklist.h"
#include "app/json.h"
#include "app/nodeverbs.h"
#include "app/terminal.h"
#include "models/node/connectiontest.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

int testConnection(const QCommandLineParser &parser, const TerminalContext &context)
{
    auto chosen = serverTarget(parser, parser.positionalArguments().at(1));
    if (!chosen)
        return printError(chosen.error());
    (void)connectTo(*chosen, context); // for what is asked on the way; whether it works is looked at below
    const QList<Check> checks = node::testConnection(chosen->address, chosen->options, context);
    if (wantsJson(parser))
        printJson(QJsonDocument(QJsonObject{{u"checks"_s, checksJson(checks)}}));
    else
        printChecks(checks);
    if (context.context().isCancelled())
        return 130;
    const bool good = std::ranges::none_of(checks, [](const Check &check) {
        return check.outcome == Check::Outcome::Failed || check.outcome == Check::Outcome::Impossible;
    });
    return good ? 0 : 1;
}

} // namespace

int runReleases(const QCommandLineParser &parser)
{
    const TerminalContext context(isVerbose(parser));
    if (parser.isSet(u"test"_s))
        return testConnection(parser, context);
    auto reached = reach(parser, parser.positionalArguments().at(1), context);
    if (!reached)
        return printError(reached.error());
    auto &[target, session, installed] = *reached;
    if (parser.isSet(u"verify"_s))
        return verifyOnTerminal(session, installed, parser.value(u"verify"_s), wantsJson(parser), context);
    if (parser.isSet(u"logs"_s))
        return listLogsOnTerminal(session, installed, wantsJson(parser), context);
    if (parser.isSet(u"log"_s))
        return followLogOnTerminal(session, installed, parser.value(u"log"_s), context);
    if (parser.isSet(u"console"_s))
        return printConsoleCommand(target.address, target.options, installed.name);
    const auto footprints = node::readFootprints(session, installed, context);
    if (!footprints && (footprints.error().isCancelled() || !session.isAlive()))
        return printError(footprints.error());
    if (!footprints)
        printNote(footprints.error().words());
    if (wantsJson(parser)) {
        printJson(QJsonDocument(installationJson(installed, footprints.value_or(QList<node::ReleaseFootprint>()))));
        return 0;
    }
    print(installed.nodeUp ? u"%1: the node is up and runs %2 (OTP %3, ERTS %4)"_s.arg(
                                  installed.name, installed.runningVersion, installed.otp, installed.erts)
          : installed.way == node::HandlerWay::None
              ? u"%1: the node can't be asked; this is from the files alone"_s.arg(installed.name)
              : u"%1: the node is down; this is from the files alone"_s.arg(installed.name));
    if (installed.nodeUp)
        print(u"  "_s + factsLine(installed.facts));
    if (installed.way == node::HandlerWay::Calls)
        print(u"  "_s + installed.wayWords + (installed.wayRemark.isEmpty() ? QString() : QString(u' ' + installed.wayRemark)));
    printReleases(installed, footprints.value_or(QList<node::ReleaseFootprint>()));
    for (const QString &words : installed.disagreements)
        print(u"! "_s + words);
    return 0;
}

} // namespace handover::app
