// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/servertarget.h"

#include "app/keptsecrets.h"
#include "app/terminal.h"
#include "models/settings/usersettings.h"

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
    return Target{text, std::move(*address), options};
}

Result<server::Session> connectTo(Target &target, const JobContext &context)
{
    context.progress(u"Connecting to %1"_s.arg(target.address.host));
    return connectOnTerminal(target.address, target.options, context);
}

Result<Reached> reach(const QCommandLineParser &parser, const QString &text, const JobContext &context)
{
    auto target = serverTarget(parser, text);
    if (!target)
        return std::unexpected(target.error());
    auto session = connectTo(*target, context);
    if (!session)
        return std::unexpected(session.error());
    auto installed = node::readInstallation(*session, context);
    if (!installed)
        return std::unexpected(installed.error());
    return Reached{*std::move(target), *std::move(session), *std::move(installed)};
}

} // namespace handover::app
