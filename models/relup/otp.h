// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/generator.h"

#include "models/jobs/jobcontext.h"

namespace handover::relup {

/// The directories with OTP's own applications (ROOT/lib/*/ebin as a path for RelupInput::libPath)
/// of the `erl` on the PATH; asks it only if its place doesn't tell. Blocks. Errors: otp.no-erl.
[[nodiscard]] Result<QString> otpLibraries(const JobContext &context);

enum class Agreement {
    Identical, ///< the same bytes, or no relup for the same reason
    OpenOrder, ///< the same but for an order of modules that OTP leaves open
    Different,
};

/// What OTP itself made of the same input.
struct Verification
{
    Agreement agreement = Agreement::Different;
    QString release;    ///< OTP's, e.g. "27"
    QString difference; ///< in words, where they differ first; empty if they don't

    /// "identical to OTP 27", "as OTP 27, which leaves the order of some modules open", …
    [[nodiscard]] QString words() const;
};

/// An input that is verified: as it was given to generateRelup(), with what came out.
struct Verifiable
{
    RelupInput input;
    QString directory; ///< that of the TermFiles
    QHash<QString, QByteArray> texts; ///< set in the place of files: appups that aren't saved
    Answer<GeneratedRelup> answer;
};

/// Runs systools:make_relup/4 in an `erl` of its own and compares. Blocks for about 0.3 s; not for
/// the window's thread. Errors: otp.no-erl, otp.failed (it said nothing that can be read).
[[nodiscard]] Result<Verification> verifyWithOtp(const Verifiable &ours, const JobContext &context);

/// The order that a relup shows, for each of its scripts, to be given to generateRelup().
[[nodiscard]] QList<OrderHint> ordersOf(const erlang::Term &relup);

} // namespace handover::relup
