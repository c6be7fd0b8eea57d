// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/textrange.h"

#include <QList>
#include <QString>

#include <optional>

namespace handover {

enum class Severity { Hint, Warning, Error };
[[nodiscard]] QString severityName(Severity severity); ///< "hint", "warning", "error"; untranslated

/// A change that makes an issue go away; `label` says what it does ("Use 1\\.3(\\.[0-9]+)*").
struct Fix
{
    QString label;
    QList<TextEdit> edits;
};

/// A problem as data, whoever found it: the appup check, rebar3, the relup, the package check.
struct Issue
{
    Severity severity = Severity::Error;
    QString code;    ///< stable id, "room.what"
    QString message; ///< plain words: what is wrong and what to do
    QString file;    ///< as shown to people; empty when the issue is about no file
    TextRange range; ///< in the file's bytes; empty when only the place is known
    TextPlace place; ///< where range begins
    std::optional<Fix> fix;
};

} // namespace handover
