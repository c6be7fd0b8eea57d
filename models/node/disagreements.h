// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/releasesfile.h"

#include <optional>

namespace handover::node {

/// What each witness of an installation says, side by side.
struct Evidence
{
    std::optional<ReleaseTable> file; ///< releases/RELEASES
    bool fileIsThere = false;
    std::optional<ReleaseTable> node; ///< the running node's release_handler
    QString startErl;                 ///< releases/start_erl.data
    QString scriptVersion;            ///< bin/NAME
    HandlerWay way = HandlerWay::None;
    QString brokenPrograms;           ///< the dynamic linker's words
    QList<QByteArray> releaseFolders; ///< what is in releases
};

/// Where they contradict each other, in words with the repair.
[[nodiscard]] QStringList findDisagreements(const Installation &installation, const Evidence &evidence);

} // namespace handover::node
