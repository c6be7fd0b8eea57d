// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/savedserver.h"

#include "models/deploy/serverstate.h"

using namespace Qt::StringLiterals;

namespace handover::deploy {

using settings::SecretKind;

namespace {

// Whether the last look came as far as past the login.
bool letIn(const ServerState &server)
{
    static const QStringList before{u"server.unreachable"_s,     u"server.timeout"_s,         u"server.connection-lost"_s,
                                    u"server.host-key-unknown"_s, u"server.host-key-changed"_s, u"server.known-hosts"_s,
                                    u"server.authentication"_s,   u"server.password-needed"_s,  u"server.passphrase-needed"_s};
    return server.error() ? !before.contains(server.error()->code) : server.installation().has_value();
}

} // namespace

server::ConnectOptions connectOptions(const settings::ServerEntry &entry)
{
    server::ConnectOptions options;
    options.identityFile = entry.identityFile;
    options.runAs = entry.runAs;
    return options;
}

void lookWithSecrets(ServerState *server, const settings::ServerEntry &entry)
{
    if (!entry.keepsSecrets) {
        server->refresh();
        return;
    }
    settings::readSecret(entry.name, SecretKind::Password, server, [server, name = entry.name](auto password) {
        settings::readSecret(name, SecretKind::Passphrase, server, [server, password](auto passphrase) {
            server->setSecrets(password ? password->value_or(QString()) : QString(),
                               passphrase ? passphrase->value_or(QString()) : QString());
            server->refresh();
        });
    });
}

void keepWhenRight(ServerState *server, SecretKind kind, const QString &secret, std::function<void(const Error &)> failed)
{
    auto *once = new QObject(server);
    QObject::connect(server, &ServerState::changed, once, [=] {
        if (server->isBusy())
            return;
        once->deleteLater();
        if (!letIn(*server))
            return;
        settings::writeSecret(server->name(), kind, secret, server, [=](Result<> written) {
            if (!written) {
                failed(written.error());
                return;
            }
            auto servers = settings::UserSettings::servers();
            const auto entry = std::ranges::find(servers, server->name(), &settings::ServerEntry::name);
            if (entry == servers.end() || std::exchange(entry->keepsSecrets, true))
                return;
            if (const auto saved = settings::UserSettings::saveServers(servers); !saved)
                failed(saved.error());
        });
    });
}

void moveSecrets(const QString &from, const QString &to, QObject *context, std::function<void(const Error &)> failed)
{
    for (const SecretKind kind : {SecretKind::Password, SecretKind::Passphrase}) {
        settings::readSecret(from, kind, context, [=](const Result<std::optional<QString>> &secret) {
            if (!secret)
                failed(secret.error());
            if (!secret || !secret->has_value())
                return;
            settings::writeSecret(to, kind, **secret, context, [=](const Result<> &written) {
                if (written)
                    settings::removeSecret(from, kind, context, [](const Result<> &) {});
                else
                    failed(written.error());
            });
        });
    }
}

void forgetSecrets(const QString &server, QObject *context, std::function<void(const Error &)> failed)
{
    for (const SecretKind kind : {SecretKind::Password, SecretKind::Passphrase}) {
        settings::removeSecret(server, kind, context, [failed](const Result<> &removed) {
            if (!removed)
                failed(removed.error());
        });
    }
}

} // namespace handover::deploy
