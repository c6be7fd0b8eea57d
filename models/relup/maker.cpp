// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/maker.h"

#include "models/relup/otp.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

QString relFile(const build::BuiltRelease &release)
{
    return u"%1/releases/%2/%3"_s.arg(release.directory, release.version, release.name);
}

Result<> checkPair(const build::BuiltRelease &from, const build::BuiltRelease &to)
{
    if (from.name != to.name)
        return refusal(u"relup.other-release"_s, u"%1 and %2 are different releases."_s.arg(from.name, to.name),
                       u"Choose two versions of the same release."_s);
    if (from.version == to.version)
        return refusal(u"relup.same-version"_s, u"Both builds are release version %1."_s.arg(to.version),
                       u"Choose two versions that differ; the release version comes from the tag or rebar.config."_s);
    return {};
}

} // namespace

QStringList PreparedRelease::fromVersions() const
{
    QStringList versions;
    for (const build::BuiltRelease &older : from)
        versions.append(older.version);
    return versions;
}

RelupInput inputFor(const QList<build::BuiltRelease> &from, const build::BuiltRelease &to)
{
    RelupInput input;
    input.top = relFile(to);
    input.path = {to.directory + u"/lib/*/ebin"_s};
    for (const build::BuiltRelease &release : from) {
        input.upFrom.append({relFile(release), {}});
        input.path.append(release.directory + u"/lib/*/ebin"_s);
    }
    input.downTo = input.upFrom;
    return input;
}

Result<PreparedRelease> makeRelup(const QList<build::BuiltRelease> &from, const build::BuiltRelease &to,
                                  const JobContext &context)
{
    PreparedRelease prepared;
    prepared.release = to;
    prepared.from = from;
    for (const build::BuiltRelease &release : from) {
        if (const auto checked = checkPair(release, to); !checked)
            return std::unexpected(checked.error());
    }
    RelupInput input = inputFor(from, to);
    // A release that leaves OTP's own applications out needs those of this machine.
    if (const auto libraries = otpLibraries(context))
        input.libPath = {*libraries};

    context.progress(u"Making the relup %1 → %2"_s.arg(prepared.fromVersions().join(u", "_s), to.version));
    QElapsedTimer clock;
    clock.start();
    TermFiles files(to.directory);
    const auto generated = generateRelup(input, files);
    if (!generated)
        return std::unexpected(generated.error().toError());
    auto relup = Relup::parse(generated->text());
    if (!relup)
        return std::unexpected(relup.error());
    prepared.relup = *std::move(relup);
    prepared.warnings = generated->warnings;
    prepared.microseconds = clock.nsecsElapsed() / 1000;
    for (const RelupWarning &warning : std::as_const(prepared.warnings))
        context.log(warning.words());
    return prepared;
}

} // namespace handover::relup
