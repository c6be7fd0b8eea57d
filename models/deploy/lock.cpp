// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/lock.h"

#include "models/deploy/thisuser.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace handover::deploy {

namespace {

// Writes down who holds the lock, says so, and waits for its input to end.
constexpr QByteArrayView Keeper = "read -r who; printf '%s\\n' \"$who\" > \"$0\"; echo held; exec cat";
constexpr qint64 MostOfOwner = 1000;

QByteArray thisOne()
{
    return u"%1, since %2"_s.arg(thisUser(), QDateTime::currentDateTime().toString(Qt::ISODate)).simplified().toUtf8();
}

} // namespace

Result<std::optional<server::Hold>> lockServer(server::Session &session, const JobContext &context)
{
    const auto file = session.address().directory.child("releases/.handover-lock");
    if (!file)
        return std::unexpected(file.error());
    auto held = session.hold(session.address().directory,
                             {"flock", "-n", file->bytes(), "sh", "-c", Keeper.toByteArray(), file->bytes()}, thisOne(), context);
    if (!held)
        return std::unexpected(held.error());
    if (held->hold)
        return std::move(held->hold);
    if (held->outcome.exitStatus != 1) {
        context.log(u"The server can't be locked against another Handover: %1"_s.arg(
            QString::fromUtf8(held->outcome.errorOutput).trimmed()));
        return std::optional<server::Hold>();
    }
    const auto who = session.readFile(*file, context, MostOfOwner);
    return refusal(u"deploy.busy"_s, u"Somebody else is changing this server: %1."_s.arg(
                                         who ? QString::fromUtf8(*who).trimmed() : u"who is not known"_s),
                   u"Wait until that is done, then look again; nothing was done."_s);
}

} // namespace handover::deploy
