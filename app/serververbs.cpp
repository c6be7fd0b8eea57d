// SPDX-License-Identifier: GPL-3.0-or-later
// releases, deploy: what works on a server.
#include "app/verbs.h"

#include "app/json.h"
#include "app/terminal.h"
#include "models/package/tarball.h"
#include "models/settings/usersettings.h"
#include "models/deploy/deployment.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

struct Target
{
    server::Address address;
    server::ConnectOptions options;
};

Result<Target> target(const QCommandLineParser &parser, const QString &text)
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
    }
    auto address = server::Address::parse(written);
    if (!address)
        return std::unexpected(address.error());
    if (parser.isSet(u"identity"_s))
        options.identityFile = parser.value(u"identity"_s);
    if (parser.isSet(u"known-hosts"_s))
        options.knownHostsFile = parser.value(u"known-hosts"_s);
    return Target{std::move(*address), options};
}

} // namespace

int runReleases(const QCommandLineParser &parser)
{
    const auto chosen = target(parser, parser.positionalArguments().at(1));
    if (!chosen)
        return printError(chosen.error());
    const TerminalContext context(isVerbose(parser));
    context.context().progress(u"Connecting to %1"_s.arg(chosen->address.host));
    auto session = connectOnTerminal(chosen->address, chosen->options, context);
    if (!session)
        return printError(session.error());
    const auto installed = node::readInstallation(*session, context);
    if (!installed)
        return printError(installed.error());
    if (wantsJson(parser)) {
        printJson(QJsonDocument(installationJson(*installed)));
        return 0;
    }
    print(installed->nodeUp ? u"%1: the node is up and runs %2 (OTP %3, ERTS %4)"_s.arg(
                                  installed->name, installed->runningVersion, installed->otp, installed->erts)
                            : u"%1: the node is down; this is from the files alone"_s.arg(installed->name));
    QList<QStringList> rows;
    for (const node::InstalledRelease &release : installed->releases)
        rows += {u"  "_s + release.version, node::statusWords(release.status)};
    print(table(rows));
    for (const QString &words : installed->disagreements)
        print(u"! "_s + words);
    return 0;
}

int runDeploy(const QCommandLineParser &parser)
{
    const auto chosen = target(parser, parser.positionalArguments().at(1));
    if (!chosen)
        return printError(chosen.error());
    const TerminalContext context(isVerbose(parser));
    const auto manifest = package::inspect(parser.positionalArguments().at(2), context);
    if (!manifest)
        return printError(manifest.error());
    const auto goal = parser.isSet(u"permanent"_s) ? deploy::Goal::Permanent
                      : parser.isSet(u"install"_s) ? deploy::Goal::Install
                                                   : deploy::Goal::Upload;
    context.context().progress(u"Connecting to %1"_s.arg(chosen->address.host));
    auto session = connectOnTerminal(chosen->address, chosen->options, context);
    if (!session)
        return printError(session.error());
    const bool json = wantsJson(parser);
    const auto report = deploy::carryOut(*session, *manifest, goal, context, [json](const node::Step &step, bool finished) {
        if (finished && !json)
            print(u"%1 %2: %3 (%4 ms)"_s.arg(step.ok ? u"✓"_s : u"✗"_s, node::stepName(step.kind), step.detail)
                      .arg(step.milliseconds));
    });
    if (json)
        printJson(QJsonDocument(deployJson(report)));
    if (report.error)
        return printError(*report.error);
    return 0;
}

} // namespace handover::app
