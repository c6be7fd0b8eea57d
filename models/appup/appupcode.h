// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"
#include "models/appup/check.h"
#include "models/jobs/jobcontext.h"

/// An .appup.src may be Erlang code whose last expression is the appup: rebar3_appup_plugin runs it by
/// file:script/2 when it compiles. Here it is run when a person asks for it, and at no other time.
namespace handover::appup {

/// Whether a template that is no appup is code: it calls, matches or decides. A term with a mistake in it,
/// or with a variable where something is still to be filled in, isn't.
[[nodiscard]] bool isErlangCode(QByteArrayView text);

/// A text and what it gave when it was run.
struct Evaluated
{
    QByteArray source; ///< the code, as it stands in the template
    QString vsn;       ///< that stood for {{vsn}}
    QByteArray appup;  ///< the term
};

struct CodeToRun
{
    QByteArray source;
    QString vsn;              ///< in the place of {{vsn}}
    QString workingDirectory; ///< the project's, as rebar3 runs it
    QStringList codePath;     ///< ebin directories of the project's build, whose modules the code may call
};

/// Runs the code in an `erl` of its own, without a shell, for ten seconds at most. STATE, which the plugin binds to
/// rebar3's state, is `undefined`. Blocks. Errors: appup.no-erl, appup.evaluation-failed, appup.evaluation-timeout,
/// appup.not-an-appup, cancellation.
[[nodiscard]] Result<Evaluated> evaluate(const CodeToRun &code, const JobContext &context);

/// What is known of code: the rules it made, if this very text was run for this vsn. They have no places in
/// the text: their ranges are before it, those of the issues empty.
struct CodeRules
{
    std::optional<Appup> appup;
    QList<Issue> issues;
};
[[nodiscard]] CodeRules rulesOfCode(QByteArrayView text, const CheckContext &context,
                                    const std::optional<Evaluated> &evaluated);

/// Problems of what code made, as problems of the code.
[[nodiscard]] QList<Issue> issuesOfMade(const QList<Issue> &issues, const QString &file);

} // namespace handover::appup
