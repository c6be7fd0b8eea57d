// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/nodefacts.h"
#include "models/server/session.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace handover::node {

/// release_handler's own words.
enum class ReleaseStatus { Permanent, Current, Old, Unpacked };
[[nodiscard]] QString statusWords(ReleaseStatus status);

/// How the node's release handler is told to unpack and to install.
enum class HandlerWay {
    None,  ///< not at all: the script lets nobody ask the node
    Verbs, ///< by the script's own unpack and install, which are relx's install_upgrade.escript
    Calls, ///< by calls of release_handler, through the script's eval or rpc
};
[[nodiscard]] QString wayName(HandlerWay way); ///< "none", "verbs", "calls"; untranslated
[[nodiscard]] QString wayRemedy();             ///< what to do where there is none, a sentence

struct InstalledRelease
{
    QString version;
    ReleaseStatus status = ReleaseStatus::Unpacked;
    QMap<QString, QString> apps;
};

/// What is installed in a release directory and what the node says of itself.
struct Installation
{
    QString name; ///< of the release
    bool nodeUp = false;
    QString runningVersion;             ///< release version as the node itself reports; empty when down
    QMap<QString, QString> runningApps; ///< application:which_applications(); empty when down
    QString otp;                        ///< "27"; empty when down
    QString erts;
    QByteArray boot;                  ///< another one after each start of the node's applications; empty when down
    NodeFacts facts;                  ///< all 0 when down
    QString bootVersion;              ///< what would start after a reboot
    HandlerWay way = HandlerWay::None;
    QString wayWords;                 ///< of it: a sentence
    QString wayRemark;                ///< what that way leaves out, a sentence; empty: nothing
    QList<InstalledRelease> releases; ///< newest first
    QStringList disagreements;        ///< in words with the repair

    [[nodiscard]] const InstalledRelease *release(QStringView version) const;
};

/// Reads all of it: from the node through the release's own script, or from releases/RELEASES when
/// the node is down, which is not an error. Errors: server.no-release (the directory has none), and
/// the session's.
[[nodiscard]] Result<Installation> readInstallation(server::Session &session, const JobContext &context);

/// Where a tarball is looked for, whichever way it is unpacked: releases/NAME-VERSION.tar.gz in the release directory
/// (relx's install_upgrade.escript).
[[nodiscard]] Result<server::RemotePath> tarballPlace(const server::RemotePath &directory, const QString &name,
                                              const QString &version);

/// One visible step of an upgrade.
struct Step
{
    enum class Kind { Upload, Unpack, Check, Install, Watch, MakePermanent, GoBack, Remove, Reboot };
    Kind kind = Kind::Upload;
    bool ok = false;
    qint64 milliseconds = 0;
    QString detail; ///< what happened, in words
    QString raw;    ///< what the server said
};
[[nodiscard]] QString stepName(Step::Kind kind); ///< "upload", "unpack", …; untranslated
[[nodiscard]] std::optional<Step::Kind> stepKind(QStringView name);

/// The steps; each is one named, visible action and changes nothing else. A failed one is an error
/// in words whose detail is the node's own text: server.node-down, server.already-installed,
/// server.unpack-failed, server.no-relup, server.install-failed (says what state the node is in
/// now), server.not-installed, server.check-failed, server.start-script (permanent, but bin/NAME could
/// not be replaced), server.bad-name, server.not-askable (bin/NAME lets nobody ask the node), server.node-answer, and the session's.
[[nodiscard]] Result<Step> unpackRelease(server::Session &session, const QString &name, const QString &version,
                                         const JobContext &context);
[[nodiscard]] Result<Step> checkRelease(server::Session &session, const QString &name, const QString &version,
                                        const JobContext &context);
[[nodiscard]] Result<Step> installRelease(server::Session &session, const QString &name, const QString &version,
                                          const JobContext &context);
[[nodiscard]] Result<Step> makePermanent(server::Session &session, const QString &name, const QString &version,
                                         const JobContext &context);
/// Takes an old or unpacked release away: its folder, the applications no other release uses, its tarball and its own
/// start script. Refuses what runs, what is permanent and what a reboot would start. Errors besides: server.in-use,
/// server.remove-failed.
[[nodiscard]] Result<Step> removeRelease(server::Session &session, const QString &name, const QString &version,
                                         const JobContext &context);
/// Stops the node and starts it with an unpacked or old release, which is permanent then: for what can't be a hot
/// upgrade (another ERTS). Connections and state are lost. If the release does not come up, the former one is
/// started again, and everything is as before but for the state. Errors besides: server.reboot-failed.
[[nodiscard]] Result<Step> rebootInto(server::Session &session, const QString &name, const QString &version,
                                      const JobContext &context);

} // namespace handover::node
