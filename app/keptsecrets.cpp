// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keptsecrets.h"

#include "models/settings/secrets.h"

#include <QEventLoop>
#include <QTimer>

namespace handover::app {

void addKeptSecrets(const QString &server, server::ConnectOptions &options)
{
    constexpr int WaitMs = 30'000;
    QEventLoop loop;
    int open = 2;
    const auto into = [&](QString &secret) {
        return [&](Result<std::optional<QString>> read) {
            if (read)
                secret = read->value_or(QString());
            if (--open == 0)
                loop.quit();
        };
    };
    readSecret(server, settings::SecretKind::Password, &loop, into(options.password));
    readSecret(server, settings::SecretKind::Passphrase, &loop, into(options.passphrase));
    QTimer::singleShot(WaitMs, &loop, &QEventLoop::quit);
    if (open > 0)
        loop.exec();
}

} // namespace handover::app
