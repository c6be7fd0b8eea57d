// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/generator.h"

namespace handover::relup {

/// A call of systools:make_relup/4 as a term, {Name, UpFrom, DownTo, Options}.
struct RelupCall
{
    RelupInput input;
    QString outDirectory; ///< option outdir; empty if it isn't given
    bool writes = true;   ///< no option noexec

    /// Options that systools doesn't know are passed over, as it does. Errors: relup.bad-call.
    [[nodiscard]] static Result<RelupCall> parse(const erlang::Term &call);
};

/// The path on which the applications of releases are that lie where a release has its .rel
/// files, in releases/VERSION/: lib/*/ebin beside `releases`, each once.
[[nodiscard]] QStringList pathBeside(const QStringList &relFiles, const QString &directory);

} // namespace handover::relup
