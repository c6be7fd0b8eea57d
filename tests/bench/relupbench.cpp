// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/generator.h"
#include "tests/bench/erlangpeer.h"
#include "tests/bench/releasefiles.h"

#include <QThread>

using namespace Qt::StringLiterals;

namespace handover::bench {

namespace {

using relup::RelupInput;
using relup::TermFiles;

/// The two releases, an Erlang that makes their relup, and the files as a window keeps them.
struct Bench
{
    QTemporaryDir directory;
    RelupInput input;
    std::optional<TermFiles> files;
    std::shared_ptr<ErlangPeer> peer;
};

// Cold: the files are read anew each time, as `handover relup` has to.
std::expected<Runner, QString> setUp(bool warm)
{
    const auto bench = std::make_shared<Bench>();
    const auto made = ReleaseFiles::make(bench->directory.path());
    if (!made)
        return std::unexpected(made.error());
    QThread::msleep(300); // so that nothing counts as just changed
    bench->input = {made->top, {{made->base, {}}}, {{made->base, {}}}, {made->path}, {made->otpPath}, false,
                    false};
    bench->files.emplace(bench->directory.path());
    auto peer = ErlangPeer::start(u"bench_relup"_s, {made->top, made->base, made->path});
    if (!peer)
        return std::unexpected(peer.error());
    bench->peer = *peer;

    const auto theirs = bench->peer->answer();
    const auto ours = relup::generateRelup(bench->input, *bench->files);
    if (!theirs || !ours)
        return std::unexpected(theirs ? ours.error().toError().message : theirs.error());
    if (*theirs != ours->text())
        return std::unexpected(u"The relups differ."_s);

    Runner runner;
    runner.ours = [bench, warm] {
        return timeOf([&] {
            TermFiles cold(bench->directory.path());
            [[maybe_unused]] const auto relup =
                relup::generateRelup(bench->input, warm ? *bench->files : cold);
        });
    };
    runner.peer = [bench] { return bench->peer->round(); };
    runner.note = [size = theirs->size()] { return u"a relup of %1 bytes"_s.arg(size); };
    return runner;
}

} // namespace

QList<Benchmark> relupBenchmarks()
{
    return {
        {u"relup-warm"_s,
         u"the relup of a release of 12 applications again, against systools in a warm Erlang"_s,
         std::nullopt, [] { return setUp(true); }},
        {u"relup-cold"_s, u"the same with all files read anew"_s, std::nullopt, [] { return setUp(false); }}};
}

} // namespace handover::bench
