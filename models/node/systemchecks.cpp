// SPDX-License-Identifier: GPL-3.0-or-later
// What the release runs on: machine, operating system, Erlang runtime; and what installs it there.
#include "models/node/targetview.h"

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

using Outcome = Check::Outcome;

// Kernels of 64 bits that also run programs of 32.
bool alsoRuns(const QString &machine, const package::ElfSystem &system)
{
    constexpr quint16 i386 = 3;
    constexpr quint16 arm = 40;
    return (machine == u"x86_64"_s && system.machine == i386) || (machine == u"aarch64"_s && system.machine == arm);
}

} // namespace

Result<Check> checkWay(const TargetView &view)
{
    const Installation &there = view.installation;
    if (there.way == HandlerWay::None)
        return Check{{}, {}, Outcome::Failed, there.wayWords, wayRemedy(), {}};
    if (!there.wayRemark.isEmpty())
        return Check{{}, {}, Outcome::Warning, there.wayWords,
                     u"Run the hooks yourself if the upgrade needs them, or put bin/install_upgrade.escript back."_s, {there.wayRemark}};
    return Check{{}, {}, Outcome::Passed, there.wayWords, {}, {}};
}

Result<Check> checkSystem(const TargetView &view)
{
    const auto uname = view.session.exec(view.session.address().directory, {"uname", "-s", "-m"}, view.context, {}, 30);
    if (!uname)
        return std::unexpected(uname.error());
    const QStringList words = QString::fromUtf8(uname->output.left(500)).simplified().split(u' ');
    if (uname->exitStatus != 0 || words.size() != 2)
        return Check{{}, {}, Outcome::Impossible, u"The server doesn't tell its system: uname gave no answer."_s,
                     u"Make sure that it is of the kind the release was built on."_s, {}};
    const QString there = words.join(u' ');
    if (!view.manifest.needs.system)
        return Check{{}, {}, Outcome::Passed, u"The server is %1; the release has no machine code of its own."_s.arg(there), {}, {}};

    const package::ElfSystem &system = *view.manifest.needs.system;
    const QStringList details{u"by %1"_s.arg(view.manifest.needs.systemFile)};
    if (words[0] != u"Linux"_s)
        return Check{{}, {}, Outcome::Failed, u"The release is built for Linux on %1, the server is %2."_s.arg(system.words(), there),
                     u"Build the release on such a system."_s, details};
    if (system.unameNames().contains(words[1]))
        return Check{{}, {}, Outcome::Passed, u"Both the release and the server are Linux on %1."_s.arg(system.words()), {}, details};
    if (alsoRuns(words[1], system))
        return Check{{}, {}, Outcome::Warning, u"The release is built for %1; the server, %2, runs that if it has the libraries."_s.arg(system.words(), words[1]),
                     u"Build it for %1 unless that is meant."_s.arg(words[1]), details};
    return Check{{}, {}, Outcome::Failed, u"The release is built for %1, the server is %2: nothing of it would start."_s.arg(system.words(), words[1]),
                 u"Build the release on a machine of the kind %1."_s.arg(words[1]), details};
}

Result<Check> checkErts(const TargetView &view)
{
    const QString &ours = view.manifest.erts;
    const QString &theirs = view.installation.erts;
    if (theirs.isEmpty())
        return Check{{}, {}, Outcome::Impossible, u"Which ERTS the server has isn't known: the node is down and releases/RELEASES doesn't say."_s,
                     u"Start the node and look again."_s, {}};
    const QString who = view.installation.nodeUp ? u"the node runs"_s : u"the server has"_s;
    if (ours == theirs)
        return Check{{}, {}, Outcome::Passed, u"ERTS %1, as %2."_s.arg(ours, who), {}, {}};
    if (!view.manifest.hasErts)
        return Check{{}, {}, Outcome::Failed, u"The release was made with ERTS %1 and brings none; %2 %3."_s.arg(ours, who, theirs),
                     u"Build it with the server's Erlang, or with {include_erts, true}."_s, {}};
    return Check{{}, {}, Outcome::Warning, u"The release brings ERTS %1, %2 %3: the emulator has to restart for it."_s.arg(ours, who, theirs),
                 u"To upgrade without a restart, build the release with the Erlang that has ERTS %1."_s.arg(theirs), {}};
}

} // namespace handover::node
