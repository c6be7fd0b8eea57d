// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

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

/// The vsn that rebar3 makes of a tag at HEAD; empty if its pattern doesn't fit the tag.
[[nodiscard]] QString gitVsn(QByteArrayView tag);

/// The release version that a tag stands for, for people: see Version::version.
[[nodiscard]] QString versionOfTag(QByteArrayView tag);

} // namespace handover::versions
