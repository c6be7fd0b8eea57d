// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/remotetext.h"

namespace handover::transfer {

/// Text that is too large to be saved may become smaller again; none is kept that is larger than this.
inline constexpr qint64 LongestDraft = 8 * MaximumText;

/// Unsaved text of a server's file, with what the file was when it was opened: whether somebody else wrote to it
/// meanwhile is told by that.
struct TextDraft
{
    server::Address address; ///< of the server, whatever it is called
    RemoteText opened;
    QByteArray text;
};

[[nodiscard]] QByteArray toBytes(const TextDraft &draft);
/// Nothing for what makes no sense or is no text that is edited here: anything may stand in a file.
[[nodiscard]] std::optional<TextDraft> draftFromBytes(const QByteArray &bytes);

} // namespace handover::transfer
