// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/repo/repository.h"

#include <QHash>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>

namespace handover::versions {

/// One application's source at a tag.
struct AppSource
{
    QString name;
    QString vsn;          ///< as the tag's build will have it; empty if only a build can tell
    QByteArray directory; ///< in the tree, e.g. "apps/tally"; empty for the top
    QByteArray appupPath; ///< src/X.appup.src, src/X.appup or ebin/X.appup below it; empty if none

    friend bool operator==(const AppSource &, const AppSource &) = default;
};

/// Another project's application, as rebar.lock fixes it.
struct Dependency
{
    QString name;
    QString vsn; ///< of a package its version, of a repository the commit, shortened; empty if it doesn't say
    bool isPackage = false;
    QByteArray appupPath = {}; ///< of the appup that this project keeps for it, src/X.appup.src or src/X.appup of any application

    friend bool operator==(const Dependency &, const Dependency &) = default;
};

/// What the tree of a tag declares.
struct Declared
{
    QList<AppSource> apps; ///< sorted by name
    /// The release version that rebar3 will make; empty if only a build can tell, nothing if there is
    /// no release.
    std::optional<QString> release;
    QList<Dependency> deps = {}; ///< sorted by name

    friend bool operator==(const Declared &, const Declared &) = default;
};

/// A tag as a version of the project; or what may become one, where somebody asks for its changes.
struct Version
{
    enum class Place {
        Tag,
        Head,     ///< the commit that is checked out; its tag has no name that git knows
        WorkTree, ///< the files as they are now; the commit is one that was made up of them
    };

    repo::Tag tag;
    /// The release version a tag alone stands for: what follows its last '/', without a leading v
    /// before a digit.
    QString version;
    QList<AppSource> apps; ///< sorted by name
    bool appsRead = false; ///< whether what the tree declares is known yet
    std::optional<QString> release = {}; ///< see Declared
    QList<Dependency> deps = {};         ///< see Declared
    /// Those of `deps` whose vsn is known before a build, the packages. Their directory is empty.
    QList<AppSource> packages = {};
    QByteArrayList otherTags = {};  ///< of the same commit: the first few by name
    qsizetype otherTagCount = 0;    ///< how many those are in all
    Place place = Place::Tag;

    void declare(const Declared &declared);
    [[nodiscard]] Declared declared() const { return {apps, release, deps}; }

    [[nodiscard]] const AppSource *app(QStringView name) const; ///< one of `apps` or `packages`
    /// The applications whose rules the project keeps or should keep: its own, and packages with an appup in it.
    [[nodiscard]] QList<AppSource> appsWithRules() const;
    [[nodiscard]] QString summary() const; ///< the first line of the message
    /// What a server calls it: the release's version where that is known, else the tag's.
    [[nodiscard]] QString installedAs() const { return release && !release->isEmpty() ? *release : version; }

    friend bool operator==(const Version &, const Version &) = default;
};

/// Fills in `otherTags` and their number at all versions.
void noteOtherTags(QList<Version> &versions);

/// Where the version of that tag stands; -1 if there is none.
[[nodiscard]] qsizetype rowOfTag(const QList<Version> &versions, QStringView tag);

/// All versions of a repository, newest first by core/versionorder.h, without their applications: the
/// tags alone are quick to read. Errors: those of the repository. A repository without tags gives an
/// empty list.
[[nodiscard]] Result<QList<Version>> listVersions(const repo::Repository &repository,
                                                  const JobContext &context);

/// The same with the applications of each: see AppSources.
[[nodiscard]] Result<QList<Version>> loadVersions(const repo::Repository &repository,
                                                  const JobContext &context);

} // namespace handover::versions
