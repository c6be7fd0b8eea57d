// SPDX-License-Identifier: GPL-3.0-or-later
// releases: what is installed on a server.
#include "app/servertarget.h"
#include "app/verbs.h"

#include "app/checklist.h"
#include "app/json.h"
#include "app/keptsecrets.h"
#include "app/nodeverbs.h"
#include "app/terminal.h"
#include "models/node/connectiontest.h"
#include "models/settings/usersettings.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace handover::app {

Result<Target> serverTarget(const QCommandLineParser &parser, const QString &text)
{
    server::ConnectOptions options;
    QString written = text;
    if (!text.startsWith(u"ssh://")) {
        const auto servers = settings::UserSettings::servers();
        const auto found = std::ranges::find(servers, text, &settings::ServerEntry::name);
        if (found == servers.end())
            return misuse(u"server.unknown"_s, u"There is no server named %1 in the settings."_s.arg(text),
                          u"Give its address: ssh://[user@]host[:port]/absolute/release/directory."_s);
        written = found->address;
        options.identityFile = found->identityFile;
        options.runAs = found->runAs;
        if (found->keepsSecrets)
            addKeptSecrets(found->name, options);
    }
    auto address = server::Address::parse(written);
    if (!address)
        return std::unexpected(address.error());
    if (parser.isSet(u"identity"_s))
        options.identityFile = parser.value(u"identity"_s);
    if (parser.isSet(u"known-hosts"_s))
        options.knownHostsFile = parser.value(u"known-hosts"_s);
    if (parser.isSet(u"run-as"_s))
        options.runAs = parser.value(u"run-as"_s);
    return Target{std::move(*address), options};
}

namespace {

int test(const Target &chosen, const TerminalContext &context, bool json)
{
    const auto options = askOnTerminal(chosen.address, chosen.options, context);
    const QList<Check> checks = node::testConnection(chosen.address, options, context);
    if (json)
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
    const auto chosen = serverTarget(parser, parser.positionalArguments().at(1));
    if (!chosen)
        return printError(chosen.error());
    const TerminalContext context(isVerbose(parser));
    context.context().progress(u"Connecting to %1"_s.arg(chosen->address.host));
    if (parser.isSet(u"test"_s))
        return test(*chosen, context, wantsJson(parser));
    auto session = connectOnTerminal(chosen->address, chosen->options, context);
    if (!session)
        return printError(session.error());
    const auto installed = node::readInstallation(*session, context);
    if (!installed)
        return printError(installed.error());
    if (parser.isSet(u"verify"_s))
        return verifyOnTerminal(*session, *installed, parser.value(u"verify"_s), wantsJson(parser), context);
    if (parser.isSet(u"logs"_s))
        return listLogsOnTerminal(*session, *installed, wantsJson(parser), context);
    if (parser.isSet(u"log"_s))
        return followLogOnTerminal(*session, *installed, parser.value(u"log"_s), context);
    if (parser.isSet(u"console"_s))
        return printConsoleCommand(chosen->address, chosen->options, installed->name);
    const auto footprints = node::readFootprints(*session, *installed, context);
    if (!footprints && (footprints.error().isCancelled() || !session->isAlive()))
        return printError(footprints.error());
    if (!footprints)
        printNote(footprints.error().words());
    if (wantsJson(parser)) {
        printJson(QJsonDocument(installationJson(*installed, footprints.value_or(QList<node::ReleaseFootprint>()))));
        return 0;
    }
    print(installed->nodeUp ? u"%1: the node is up and runs %2 (OTP %3, ERTS %4)"_s.arg(
                                  installed->name, installed->runningVersion, installed->otp, installed->erts)
                            : u"%1: the node is down; this is from the files alone"_s.arg(installed->name));
    if (installed->nodeUp)
        print(u"  "_s + factsLine(installed->facts));
    printReleases(*installed, footprints.value_or(QList<node::ReleaseFootprint>()));
    for (const QString &words : installed->disagreements)
        print(u"! "_s + words);
    return 0;
}

} // namespace handover::app
