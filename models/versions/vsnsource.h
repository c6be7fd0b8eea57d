// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace handover::versions {

/// Where an application's vsn comes from, as its .app.src says
/// (rebar_utils:vcs_vsn_cmd/3 and rebar_git_resource:make_vsn/2 of rebar3 3.24).
struct VsnSource
{
    enum class Kind {
        Text,     ///< `text` itself
        GitTag,   ///< the tag at HEAD
        GitShort, ///< the commit's id, abbreviated
        GitLong,  ///< the commit's id
        File,     ///< contents of the file `text`, relative to the application's directory
        Unknown,  ///< only a build can tell
    };

    Kind kind = Kind::Unknown;
    QString text;

    friend bool operator==(const VsnSource &, const VsnSource &) = default;
};

/// Reads an .app.src. What can't be parsed is Unknown.
[[nodiscard]] VsnSource readVsnSource(QByteArrayView appSrc);

/// The same for the release that a rebar.config declares (rlx_state of relx 4.9 asks rebar_utils as an
/// application does). Nothing if it declares none; several that differ are Unknown, as is what can't
/// be parsed.
[[nodiscard]] std::optional<VsnSource> readReleaseVsn(QByteArrayView rebarConfig);

/// Whether rebar3 can be shown a tag of that name: it builds shell commands of it (rebar_git_resource
/// of rebar3 3.24), so only letters, digits and . _ + ~ / @ - pass.
[[nodiscard]] bool isPlainTag(QByteArrayView tag);

/// The vsn that rebar3 makes of a tag at HEAD if it is the only one there; empty if the tag isn't plain.
[[nodiscard]] QString gitVsn(QByteArrayView tag);

/// The release version that a tag stands for, for people: see Version::version.
[[nodiscard]] QString versionOfTag(QByteArrayView tag);

} // namespace handover::versions
