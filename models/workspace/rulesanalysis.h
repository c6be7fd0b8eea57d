// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appupcode.h"
#include "models/changes/differences.h"
#include "models/core/issue.h"

#include <QStringList>

namespace handover::workspace {

/// The rules of an application at one moment, with what is known besides.
struct RulesQuestion
{
    QByteArray text;
    QString file; ///< as shown to people
    QString vsn;  ///< of the application
    QStringList versionsToReach;
    std::optional<changes::AppDifference> differences; ///< what really changed; used if it leads to `vsn`
    changes::Differences::Basis basis = changes::Differences::Basis::Sources;
    std::optional<appup::Evaluated> evaluated = {}; ///< what the text gave when it was run, if it is Erlang code
};

struct RulesAnalysis
{
    std::optional<appup::Appup> appup; ///< nothing: the text is none at the moment
    QList<Issue> issues;               ///< in the order of the text
    bool isCode = false;               ///< Erlang code makes the appup; its rules have no places in the text
};

/// Everything that is worked out from the text of an appup. Takes milliseconds; not for the window's thread.
[[nodiscard]] RulesAnalysis analyse(const RulesQuestion &question);

} // namespace handover::workspace
