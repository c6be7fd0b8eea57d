// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/modulechange.h"
#include "models/rules/proposal.h"
#include "tests/bench/erlangpeer.h"

using namespace Qt::StringLiterals;

namespace handover::bench {

namespace {

constexpr int Modules = 200;

struct Bench
{
    QTemporaryDir directory;
    std::shared_ptr<ErlangPeer> peer;

    // The older and the newer.
    [[nodiscard]] Result<QList<rules::AppContents>> read() const
    {
        return rules::readApplications({directory.filePath(u"1.0.0/lib/big-1.0.0"_s),
                                        directory.filePath(u"1.1.0/lib/big-1.1.0"_s)});
    }
    // From files on the disk to an appup.
    [[nodiscard]] Result<rules::Proposal> propose() const
    {
        const auto builds = read();
        if (!builds)
            return std::unexpected(builds.error());
        return rules::propose(builds->constFirst(), builds->constLast());
    }
    [[nodiscard]] QByteArray changed() const
    {
        QByteArrayList names;
        const auto builds = read();
        const auto changes = builds ? rules::compareModules(builds->constFirst(), builds->constLast())
                                    : std::unexpected(builds.error());
        for (const rules::ModuleChange &change : changes ? changes->modules : QList<rules::ModuleChange>())
            names.append(change.name);
        return names.join('\n');
    }
};

std::expected<Runner, QString> setUp()
{
    const auto bench = std::make_shared<Bench>();
    auto peer = ErlangPeer::start(u"bench_rules"_s, {bench->directory.path(), QString::number(Modules)});
    if (!peer)
        return std::unexpected(peer.error());
    bench->peer = *peer;
    const auto theirs = bench->peer->answer();
    const auto ours = bench->propose();
    if (!theirs || !ours)
        return std::unexpected(theirs ? ours.error().message : theirs.error());
    if (*theirs != bench->changed())
        return std::unexpected(u"They differ about which modules changed."_s);
    Runner runner;
    runner.ours = [bench] { return timeOf([&] { [[maybe_unused]] const auto proposal = bench->propose(); }); };
    runner.peer = [bench] { return bench->peer->round(); };
    runner.note = [size = ours->up.size()] { return u"an appup of %1 instructions; they only compare"_s.arg(size); };
    return runner;
}

} // namespace

QList<Benchmark> ruleBenchmarks()
{
    return {{u"rules-200"_s, u"an appup out of two builds of 200 modules, against beam_lib:cmp_dirs in a warm Erlang"_s,
             std::nullopt, setUp}};
}

} // namespace handover::bench
