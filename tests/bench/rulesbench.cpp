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

    [[nodiscard]] Result<rules::AppContents> read(const QString &vsn) const
    {
        return rules::readApplication(directory.filePath(u"%1/lib/big-%1"_s.arg(vsn)));
    }
    // From files on the disk to an appup.
    [[nodiscard]] Result<rules::Proposal> propose() const
    {
        const auto older = read(u"1.0.0"_s);
        const auto newer = read(u"1.1.0"_s);
        if (!older || !newer)
            return std::unexpected(older ? newer.error() : older.error());
        return rules::propose(*older, *newer);
    }
    [[nodiscard]] QByteArray changed() const
    {
        QByteArrayList names;
        const auto changes = rules::compareModules(*read(u"1.0.0"_s), *read(u"1.1.0"_s));
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
