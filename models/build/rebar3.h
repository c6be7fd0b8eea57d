// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/core/issue.h"
#include "models/jobs/jobcontext.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

namespace handover::build {

/// One run of rebar3 in a checkout. Output streams into the context's log. A status other than 0
/// is the error build.rebar3 with rebar3's own last words in the message, its whole output as
/// detail; build.no-rebar3 and build.no-erl if the programs are missing.
[[nodiscard]] Result<QByteArray> runRebar3(const QString &directory, const QStringList &arguments,
                                           const QMap<QString, QString> &environment, const JobContext &context);

/// The compiler's errors and warnings in rebar3's output, in its rich and its minimal format.
[[nodiscard]] QList<Issue> parseOutput(const QString &plainOutput);

/// The lines that say what went wrong, for a message: the last "===>" paragraph.
[[nodiscard]] QString lastWords(const QString &plainOutput);

} // namespace handover::build
