// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/settings/secrets.h"

#include <QObject>

#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace handover::settings {

namespace {

QString keyOf(const QString &server, SecretKind kind)
{
    return (kind == SecretKind::Password ? u"password/"_s : u"passphrase/"_s) + server;
}

std::unexpected<Error> failed(const QKeychain::Job &job)
{
    using enum QKeychain::Error;
    if (job.error() == AccessDenied || job.error() == AccessDeniedByUser)
        return failure(u"keychain.denied"_s, u"The desktop's keychain was not opened."_s,
                       u"Unlock it to use what is kept there; until then it is asked for each time."_s, job.errorString());
    return failure(u"keychain.unavailable"_s, u"There is no keychain that could be used."_s,
                   u"Passwords are asked for each time, until the desktop has one: gnome-keyring or KWallet."_s,
                   job.errorString());
}

template<typename Job>
Job *newJob(const QString &server, SecretKind kind)
{
    auto *job = new Job(u"handover"_s); // deletes itself when it has ended
    job->setKey(keyOf(server, kind));
    return job;
}

void start(QKeychain::Job *job, QObject *context, std::function<void(const QKeychain::Job &)> ended)
{
    QObject::connect(job, &QKeychain::Job::finished, context, [ended = std::move(ended)](QKeychain::Job *done) { ended(*done); });
    job->start();
}

} // namespace

void readSecret(const QString &server, SecretKind kind, QObject *context,
                std::function<void(Result<std::optional<QString>>)> done)
{
    auto *job = newJob<QKeychain::ReadPasswordJob>(server, kind);
    start(job, context, [job, done = std::move(done)](const QKeychain::Job &ended) {
        if (ended.error() == QKeychain::EntryNotFound)
            done(std::optional<QString>());
        else if (ended.error() != QKeychain::NoError)
            done(failed(ended));
        else
            done(std::optional(job->textData()));
    });
}

void writeSecret(const QString &server, SecretKind kind, const QString &secret, QObject *context,
                 std::function<void(Result<>)> done)
{
    auto *job = newJob<QKeychain::WritePasswordJob>(server, kind);
    job->setTextData(secret);
    start(job, context, [done = std::move(done)](const QKeychain::Job &ended) {
        done(ended.error() == QKeychain::NoError ? Result<>() : failed(ended));
    });
}

void removeSecret(const QString &server, SecretKind kind, QObject *context, std::function<void(Result<>)> done)
{
    start(newJob<QKeychain::DeletePasswordJob>(server, kind), context, [done = std::move(done)](const QKeychain::Job &ended) {
        const bool gone = ended.error() == QKeychain::NoError || ended.error() == QKeychain::EntryNotFound;
        done(gone ? Result<>() : failed(ended));
    });
}

} // namespace handover::settings
