// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/releaserules.h"

namespace handover::rules {

/// A module that one application no longer has and another one gets.
struct MovedModule
{
    QByteArray name;
    QByteArray from;
    QByteArray to;
    bool toNew = false; ///< the application it is in now is new in the release

    [[nodiscard]] QString words() const; ///< what that means for the appups
};

/// `changes`: of the applications that both releases have, by name.
[[nodiscard]] QList<MovedModule> movedModules(const QMap<QByteArray, ModuleChanges> &changes,
                                              const ReleaseContents &older, const ReleaseContents &newer);

} // namespace handover::rules
