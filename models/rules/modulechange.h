// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/appcontents.h"
#include "models/appup/appup.h"
#include "models/core/issue.h"
#include "models/erlang/beamfile.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace handover::rules {

/// A module whose code is not the same in two builds of its application.
struct ModuleChange
{
    enum class Kind { Added, Deleted, Changed };
    Kind kind = Kind::Changed;
    QByteArray name;
    std::optional<erlang::BeamFile> older; ///< unless added
    std::optional<erlang::BeamFile> newer; ///< unless deleted

    /// What is there after going in a direction.
    [[nodiscard]] const std::optional<erlang::BeamFile> &target(appup::Direction direction) const
    {
        return direction == appup::Direction::Up ? newer : older;
    }
};

struct ModuleChanges
{
    QList<ModuleChange> modules; ///< sorted by name
    /// The older files of modules whose code is the same though the files aren't; none if nothing changed.
    QHash<QByteArray, erlang::BeamFile> unchanged;
    QList<Issue> notes;          ///< files that are no modules; they are in no change
};

/// The modules that an appup's instructions would load from the version that is gone to: up to the newer, down
/// to the older. `target`: that version; OTP loads only what its .app lists.
[[nodiscard]] QSet<QByteArray> loadedModules(const QList<ModuleChange> &changes, const AppContents &target,
                                             appup::Direction direction);

/// Compares the modules of two builds as the code loader would: by beam_lib:md5/1, so another line or another
/// -vsn is no change; nor is another build directory, whose path logger macros put into the code. Modules of
/// equal bytes aren't looked into.
/// Errors: rules.unreadable, rules.too-large.
[[nodiscard]] Result<ModuleChanges> compareModules(const AppContents &older, const AppContents &newer);

} // namespace handover::rules
