// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/installation.h"

#include <QHash>

namespace handover::deploy {

/// What of a release directory the running release, the permanent one and the one that starts after a reboot need: the
/// absolute paths of lib/APP-VSN, erts-VSN, releases/VSN, and of what all of them share, each with the words for who
/// uses it ("running 1.1.0").
[[nodiscard]] QHash<QByteArray, QString> usedFiles(const server::RemotePath &directory, const node::Installation &installation);

} // namespace handover::deploy
