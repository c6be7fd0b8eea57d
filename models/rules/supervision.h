// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/moduleindex.h"

namespace handover::rules {

/// What one module has to do with supervision.
struct SupervisionPart
{
    bool foreign = false;      ///< a supervisor whose children can't be read
    bool addsChildren = false; ///< with specifications that init/1 doesn't have
    bool byItself = true;      ///< nothing outside of the module had to be looked at to tell
    std::optional<SupervisorSpec> spec;
};

/// The supervisors of an application, whether they changed or not.
struct Supervision
{
    QMap<QByteArray, SupervisorSpec> supervisors; ///< OTP's own kind, by module
    /// There are supervisors, and all processes below them and the modules of each are known: no child
    /// that can't be told, none added with a specification later, no `dynamic`, no foreign supervisor.
    bool complete = false;

    QHash<QByteArray, SupervisionPart> parts; ///< of all modules

    /// Whether a child specification names the module in its `modules`, which is how the release handler
    /// finds the processes that an update suspends (release_handler_1, supervisor(3)).
    [[nodiscard]] bool names(const QByteArray &module) const;
};

/// What is known before an application is read.
struct KnownSupervision
{
    QHash<QByteArray, SupervisorSpec> specs;  ///< of supervisors that are OTP's own
    QHash<QByteArray, SupervisionPart> parts; ///< of modules that are the same here, by themselves
};

/// `index` has the application's modules. Reads all of them that aren't known.
[[nodiscard]] Supervision readSupervision(const AppContents &application, const ModuleIndex &index,
                                          const KnownSupervision &known = {});

} // namespace handover::rules
