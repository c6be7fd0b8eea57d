// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/check.h"
#include "models/node/installation.h"
#include "models/package/tarball.h"

#include <QDateTime>

namespace handover::deploy {

/// What answers hold for: the tarball, and what the server said of itself. With another one everything has to be
/// looked at again.
struct Basis
{
    QByteArray tarball; ///< SHA-256 in 64 digits; empty when a release is switched to that is there
    QStringList server; ///< what is installed and what runs since when, a line each, for people as well

    [[nodiscard]] static Basis of(const package::Manifest *tarball, const node::Installation &installed);
    /// What differs, a line each with - or + before it, as in a diff.
    [[nodiscard]] QStringList differences(const Basis &now) const;
    friend bool operator==(const Basis &, const Basis &) = default;
};

/// The answers of one look before an upgrade.
struct Preflight
{
    QString version; ///< that would be installed
    QList<Check> checks;
    Basis basis;
    node::Installation installed;
    QDateTime time;

    [[nodiscard]] bool allows() const { return obstacle() == nullptr; }
    /// The first check that stands in the way; null if there is none. Where the node is stopped and started instead, what
    /// is about the relup's way there stands in nobody's.
    [[nodiscard]] const Check *obstacle(bool restarts = false) const;
};

/// Looks at everything that can be known before a tarball is sent and installed; with `replaces` as it will be when
/// what a failed unpack left is gone (Plan::replaceUnpacked). Nothing is changed on the server or on the node. Errors: readInstallation()'s, and the session's; what is found out is in the checks.
[[nodiscard]] Result<Preflight> examine(server::Session &session, const package::Manifest &tarball,
                                        const JobContext &context, bool replaces = false);
/// The same before the node is switched to a release that is there: whether a relup leads to it, and what that does to
/// the processes.
[[nodiscard]] Result<Preflight> examineSwitch(server::Session &session, const QString &version, const JobContext &context);

} // namespace handover::deploy
