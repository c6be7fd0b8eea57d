// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/moduleindex.h"

namespace handover::rules {

/// The supervisors of an application, whether they changed or not.
struct Supervision
{
    QMap<QByteArray, SupervisorSpec> supervisors; ///< OTP's own kind, by module
    /// There are supervisors, and all processes below them and the modules of each are known: no child
    /// that can't be told, none added with a specification later, no `dynamic`, no foreign supervisor.
    bool complete = false;

    /// Whether a child specification names the module in its `modules`, which is how the release handler
    /// finds the processes that an update suspends (release_handler_1, supervisor(3)).
    [[nodiscard]] bool names(const QByteArray &module) const;
};

/// `index` has the application's modules. Reads all of them.
[[nodiscard]] Supervision readSupervision(const AppContents &application, const ModuleIndex &index);

} // namespace handover::rules
