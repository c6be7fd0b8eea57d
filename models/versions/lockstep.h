// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/versions/vsnsource.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace handover::versions {

/// An application as it is now, and what became of it since the last version.
struct LockstepApp
{
    QString name;
    QByteArray file; ///< its .app.src in the tree; empty if what declares it can't be edited
    QByteArray text; ///< of that file
    VsnSource vsn;
    QString before;  ///< its vsn at the last version; empty if it wasn't there, or if only a build can tell
    QString changes; ///< what changed since, in words ("2 modules"); empty: nothing
};

/// The project as it is now.
struct LockstepProject
{
    QList<LockstepApp> apps;
    std::optional<VsnSource> release; ///< nothing: rebar.config declares none
    QByteArray rebarConfig;           ///< the text; empty if it can't be edited
};

/// Which applications get the vsn of a new version.
enum class LockstepApps { Changed, All, Chosen };

struct LockstepWish
{
    QString version;
    QByteArray tag;
    LockstepApps apps = LockstepApps::Changed;
    QStringList chosen = {}; ///< with LockstepApps::Chosen
};

/// What becomes of an application's vsn.
struct LockstepFate
{
    enum class Kind {
        Set,     ///< it gets the version
        Has,     ///< it has it already
        OwnNew,  ///< it has another vsn than at the last version already, and keeps that
        Keeps,   ///< it stays as it was
        FromGit, ///< rebar3 takes it from the tag or the commit: new without an edit
        Foreign, ///< it comes from elsewhere (a command, a file, a script) and is left alone
    };
    QString name;
    Kind kind = Kind::Keeps;
    QString from; ///< its vsn now; empty: only a build can tell
    QString to;   ///< its vsn in the new version; as from
    QString words;  ///< why, one clause
    QString before; ///< its vsn at the last version; empty as LockstepApp::before

    /// Whether it was there with another vsn at the last version: then an upgrade takes rules (an appup).
    [[nodiscard]] bool needsRules() const
    {
        return !before.isEmpty() && (kind == Kind::FromGit || (!to.isEmpty() && to != before));
    }
};

/// A file that gets other contents.
struct EditedFile
{
    QByteArray path;
    QByteArray older;
    QByteArray newer;

    friend bool operator==(const EditedFile &, const EditedFile &) = default;
};

struct Lockstep
{
    QList<LockstepFate> apps; ///< all, as they came
    QString release;          ///< what becomes of the release's version, a sentence; empty: there is none
    QList<EditedFile> files;  ///< sorted by path
};

/// The edits that give the applications, and the release where its version is a plain text, the version.
/// Pure. Errors: versions.no-such-app, and those of vsnedit.h.
[[nodiscard]] Result<Lockstep> lockstep(const LockstepProject &project, const LockstepWish &wish);

} // namespace handover::versions
