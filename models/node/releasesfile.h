// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"
#include "models/node/installation.h"

#include <optional>

namespace handover::node {

/// What releases/RELEASES says, or release_handler:which_releases/0.
struct ReleaseTable
{
    QString name;                     ///< of the first release
    QString erts;                     ///< of the permanent one; empty from a node, which doesn't tell
    QList<InstalledRelease> releases; ///< newest first

    [[nodiscard]] const InstalledRelease *withStatus(ReleaseStatus status) const;
    [[nodiscard]] const InstalledRelease *version(QStringView version) const;
};

/// The file, release_handler(3): [{release, Name, Vsn, Erts, [{App, Vsn, Dir}], Status}].
[[nodiscard]] std::optional<ReleaseTable> parseReleasesFile(QByteArrayView text);
/// The answer of which_releases/0: [{Name, Vsn, ["App-Vsn"], Status}].
[[nodiscard]] std::optional<ReleaseTable> parseWhichReleases(const erlang::Term &term);
/// "ERTS VERSION", releases/start_erl.data: its second word.
[[nodiscard]] QString startErlVersion(QByteArrayView text);
/// The version that relx's start script boots: its line REL_VSN="…"; empty for another script.
[[nodiscard]] QString scriptVersion(QByteArrayView script);

} // namespace handover::node
