// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/repo/tagwriter.h"
#include "models/repo/textdiff.h"
#include "models/versions/lockstep.h"
#include "models/workspace/project.h"

#include <QHash>
#include <QSet>

namespace handover::workspace {

/// What a new version starts from: HEAD, and what became of the applications since the last version.
struct NewVersionStart
{
    QString path;
    repo::ObjectId head;
    QString branch; ///< empty: HEAD is detached
    bool isBare = false;
    std::optional<versions::Version> last = {}; ///< the highest one in HEAD's history
    versions::LockstepProject project = {};
    QSet<QByteArray> uncommitted = {};      ///< of the files that may be edited: those with changes of the user's
    int otherChanges = 0;              ///< files with such changes in all
    QHash<QString, QString> tags = {};      ///< of all versions there are, by version
    QByteArray prefix = {};                 ///< what stands before the version in a tag's name
    QStringList proposals = {};             ///< what it could be called, the best first
    QString who = {};                       ///< would commit and tag; empty: see `nobody`
    std::optional<Error> nobody = {};
    repo::LeftOut leftOut = {};

    /// What a choice of applications costs, in words.
    [[nodiscard]] QString cost(versions::LockstepApps choice) const;
};

struct NewVersionWish
{
    QString version;
    QString message; ///< of the tag; empty: defaultMessage()
    versions::LockstepApps apps = versions::LockstepApps::Changed;
    QStringList chosen = {};
};

/// All that will be done, before it is done.
struct NewVersionPlan
{
    repo::NewTag work;
    versions::Lockstep lockstep = {};
    std::optional<Error> obstacle = {}; ///< why it can't be made
    QStringList steps = {};             ///< what will be done, sentences in order
    QStringList remarks = {};           ///< what one should know before
};

[[nodiscard]] QString defaultMessage(const QString &version);

/// Reads HEAD and compares it with the last version. Blocks. `project` may know the applications of a few
/// versions only. Errors: the repository's, project.no-commit.
[[nodiscard]] Result<NewVersionStart> readNewVersion(const Project &project, const JobContext &context);

/// Pure, and quick enough for every keystroke.
[[nodiscard]] NewVersionPlan planNewVersion(const NewVersionStart &start, const NewVersionWish &wish);

/// The lines that will change, with the path before those of each file.
[[nodiscard]] QList<repo::DiffLine> linesOf(const NewVersionPlan &plan);

/// Does what was planned; see TagWriter::make(). Error besides: the plan's obstacle.
[[nodiscard]] Result<repo::MadeTag> makeNewVersion(const NewVersionStart &start, const NewVersionPlan &plan,
                                                   const JobContext &context);

} // namespace handover::workspace
