// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/processchecks.h"

#include "models/core/namelist.h"
#include "models/node/processquestions.h"
#include "models/relup/summary.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

using Outcome = Check::Outcome;

constexpr QLatin1StringView PurgeId("purge");
constexpr QLatin1StringView PurgeTitle("Processes in old code");
constexpr QLatin1StringView SuspendId("suspend");
constexpr QLatin1StringView SuspendTitle("Suspended processes");
constexpr QLatin1StringView SupervisorsId("supervisors");
constexpr QLatin1StringView SupervisorsTitle("Supervisors");

// How the script treats the old code of the modules it changes.
struct Purges
{
    QByteArrayList modules;       // each once
    QSet<QByteArray> soft;        // install refuses while somebody runs their old code
    QSet<QByteArray> atPermanent; // who is still in the code that becomes old is killed when it is made permanent
};

[[nodiscard]] Purges purgesOf(const relup::Script &script)
{
    Purges purges;
    QSet<QByteArray> seen;
    const auto add = [&](const QByteArray &module) {
        if (!module.isEmpty() && !seen.contains(module)) {
            seen.insert(module);
            purges.modules += module;
        }
    };
    for (const relup::Instruction &instruction : script.instructions) {
        const erlang::Term &term = instruction.term;
        const erlang::Term first = term.at(1);
        if (term.isTagged("purge", 2)) {
            for (const erlang::Term &module : first.items())
                add(module.atomName().value_or(QByteArray()));
        } else if ((term.isTagged("load", 2) || term.isTagged("remove", 2)) && first.isTuple(3)) {
            const QByteArray module = first.at(0).atomName().value_or(QByteArray());
            add(module);
            if (first.at(1).isAtom("soft_purge"))
                purges.soft.insert(module);
            if (first.at(2).isAtom("brutal_purge"))
                purges.atPermanent.insert(module);
        }
    }
    return purges;
}

[[nodiscard]] bool touches(const QSet<QByteArray> &modules, const CodeUser &user)
{
    return std::ranges::any_of(user.modules, [&](const QByteArray &module) { return modules.contains(module); });
}

[[nodiscard]] QString processes(qint64 count)
{
    return count == 1 ? u"1 process"_s : u"%1 processes"_s.arg(count);
}

[[nodiscard]] QString asked(qint64 milliseconds) { return u"Asked of the node in %1 ms."_s.arg(milliseconds); }

// What becomes of one that runs the code of a changed module.
enum class Fate { Refuses, KilledNow, KilledLater, Stays, Leaves };

[[nodiscard]] Fate fateOf(const CodeUser &user, const Purges &purges, const QSet<QString> &suspended)
{
    if (user.place == CodeUser::Place::Old)
        return touches(purges.soft, user) ? Fate::Refuses : Fate::KilledNow;
    // One that does not answer system messages is asked to suspend in vain, and goes on where it is.
    if (user.place == CodeUser::Place::Callback ||
        (user.place == CodeUser::Place::Special && suspended.contains(user.name.pid)))
        return Fate::Leaves;
    return touches(purges.atPermanent, user) ? Fate::KilledLater : Fate::Stays;
}

[[nodiscard]] QString fateWords(const CodeUser &user, Fate fate)
{
    const QString modules = QString::fromUtf8(user.modules.join(", "));
    switch (fate) {
    case Fate::Refuses:
        return u"runs old code of %1, and the relup spares it: install refuses"_s.arg(modules);
    case Fate::KilledNow:
        return u"runs old code of %1: killed at install"_s.arg(modules);
    case Fate::KilledLater:
    case Fate::Stays: {
        const QString where = user.call.isEmpty() ? u"was started in %1 and may still run it"_s.arg(modules)
                                                  : u"is in %1 and may stay there"_s.arg(user.call);
        return where + (fate == Fate::KilledLater ? u": killed at make permanent, if it does"_s
                                                  : u": keeps the old code, if it does"_s);
    }
    case Fate::Leaves:
        return user.place == CodeUser::Place::Callback
                   ? u"is in a callback, %1, which it returns from"_s.arg(user.call)
                   : u"is in %1 and leaves it when it is suspended"_s.arg(user.call);
    }
    Q_UNREACHABLE_RETURN(QString());
}

// Whether a supervisor bears the deaths of so many of its children at once: more restarts than its intensity within its
// period, and it ends itself (supervisor(3)).
struct Burden
{
    qint64 restarts = 0;
    qint64 unknown = 0; // whose restart type is not known
};

[[nodiscard]] QStringList burdenWords(const CodeUse &use, const QMap<QString, Burden> &burdens, bool &gives, bool &unknown)
{
    QStringList lines;
    for (const auto &[name, burden] : burdens.asKeyValueRange()) {
        const auto flags = std::ranges::find(use.supervisors, name, &SupervisorFlags::supervisor);
        if (flags == use.supervisors.end() || flags->strategy.isEmpty()) {
            unknown = true;
            lines += u"%1: would lose %2; how many restarts it bears is not known"_s.arg(
                name, processes(burden.restarts + burden.unknown));
            continue;
        }
        // One death restarts all others of a one_for_all supervisor, and counts once.
        const bool together = flags->strategy == "one_for_all"_L1;
        const qint64 most = together ? std::min<qint64>(burden.restarts + burden.unknown, 1)
                                     : burden.restarts + burden.unknown;
        const qint64 least = together ? std::min<qint64>(burden.restarts, 1) : burden.restarts;
        const QString bears = u"%1 (%2, intensity %3 in %4 s)"_s.arg(name, flags->strategy)
                                  .arg(flags->intensity).arg(flags->period);
        if (least > flags->intensity) {
            gives = true;
            lines += u"%1 would have to restart %2 times: it gives up and ends with all below it"_s.arg(bears).arg(least);
        } else if (most > flags->intensity) {
            unknown = true;
            lines += u"%1 may have to restart %2 times, and then gives up"_s.arg(bears).arg(most);
        } else {
            lines += u"%1 holds: restarts are %2"_s.arg(bears).arg(most);
        }
    }
    return lines;
}

[[nodiscard]] QString purgeWords(const QMap<Fate, qint64> &fates, const CodeUse &use, qsizetype modules)
{
    QStringList parts;
    const auto add = [&](Fate fate, const QString &end) {
        if (const qint64 count = fates.value(fate); count > 0)
            parts += processes(count) + end;
    };
    add(Fate::Refuses, u" in old code that the relup asks to spare: the node will refuse"_s);
    add(Fate::KilledNow, u" killed at install"_s);
    add(Fate::KilledLater, u" killed at make permanent, unless they leave the code before"_s);
    add(Fate::Stays, u" may stay in code that becomes old"_s);
    if (use.found > use.users.size())
        parts += u"%1 more not looked at closely"_s.arg(use.found - use.users.size());
    if (!parts.isEmpty())
        return parts.join(u"; "_s) + u'.';
    return modules == 0 ? u"The way changes no module's code."_s
                        : u"No process stays in the code of the modules that change (%1)."_s.arg(modules);
}

// The node as a whole, or one question to it, may have no time; that is an answer, too.
[[nodiscard]] bool isNoAnswer(const Error &error)
{
    return error.code == "server.timeout"_L1 || error.code == "server.node-answer"_L1;
}

[[nodiscard]] Check notAnswered(const QString &id, const QString &title, const Error &error)
{
    return {id, title, Outcome::Impossible, error.message, error.hint, error.detail.split(u'\n', Qt::SkipEmptyParts)};
}

[[nodiscard]] Check restartCheck(qint64 running)
{
    return {PurgeId, PurgeTitle, Outcome::Warning,
            u"The way restarts the Erlang runtime: all %1 end, with their states and connections."_s.arg(processes(running)),
            u"Upgrade without a change of ERTS, kernel, stdlib or sasl, or at a time when that is no harm."_s, {}};
}

[[nodiscard]] Check purgeCheck(const Purges &purges, const CodeUse &use, const QSet<QString> &suspended)
{
    Check check{PurgeId, PurgeTitle, Outcome::Passed, {}};
    QMap<Fate, qint64> fates;
    QMap<QString, Burden> burdens;
    for (const CodeUser &user : use.users) {
        const Fate fate = fateOf(user, purges, suspended);
        ++fates[fate];
        check.details += user.name.words() + u": "_s + fateWords(user, fate);
        if ((fate != Fate::KilledNow && fate != Fate::KilledLater) || user.restart == "temporary"_L1)
            continue;
        if (user.name.supervisor.isEmpty()) {
            check.details += user.name.pid + u": no supervisor is known that would start it again"_s;
            continue;
        }
        Burden &burden = burdens[user.name.supervisor];
        ++(user.restart.isEmpty() ? burden.unknown : burden.restarts);
    }
    bool gives = false;
    bool unknown = use.looked < use.all || use.found > use.users.size();
    check.details += burdenWords(use, burdens, gives, unknown);
    check.words = purgeWords(fates, use, purges.modules.size());
    if (gives)
        check.words += u" A supervisor would not bear that, and end with all below it."_s;
    if (use.looked < use.all)
        check.words += u" Only %1 of %2 were looked at in the time there is."_s.arg(use.looked).arg(processes(use.all));
    if (!use.oldModules.isEmpty())
        check.details += u"Old code is there of %1."_s.arg(nameList(QString::fromUtf8(use.oldModules.join(' ')).split(u' ')));
    check.details += u"Funs of a module that processes keep are not seen here; they fail once its code is purged."_s;
    check.details += asked(use.milliseconds);

    if (fates.contains(Fate::Refuses) || gives)
        check.outcome = Outcome::Failed;
    else if (fates.contains(Fate::KilledNow) || fates.contains(Fate::KilledLater) || fates.contains(Fate::Stays))
        check.outcome = Outcome::Warning;
    else if (unknown)
        check.outcome = Outcome::Impossible;
    if (fates.contains(Fate::Refuses))
        check.remedy = u"Wait until these processes have ended, or end them; or use brutal_purge for the module."_s;
    else if (check.outcome != Outcome::Passed)
        check.remedy = u"End these processes in their own way before, or have them call their module by its full name "
                       "(Module:loop(…)) while they wait."_s;
    return check;
}

[[nodiscard]] Check suspendCheck(const QByteArrayList &modules, const SupervisionTree &tree)
{
    Check check{SuspendId, SuspendTitle, Outcome::Passed, {}};
    if (modules.isEmpty()) {
        check.words = u"The way suspends nobody."_s;
        return check;
    }
    qint64 count = 0;
    QStringList unused;
    for (const QByteArray &module : modules) {
        const auto user = std::ranges::find(tree.users, module, &SupervisionTree::User::module);
        const QString name = QString::fromUtf8(module);
        if (user == tree.users.end() || user->count == 0) {
            unused += name;
            continue;
        }
        count += user->count;
        for (const ProcessName &process : user->processes)
            check.details += u"%1: %2"_s.arg(name, process.words());
        if (user->count > user->processes.size())
            check.details += u"%1: %2 more"_s.arg(name).arg(user->count - user->processes.size());
    }
    check.words = u"%1 would be suspended for %2."_s.arg(processes(count), nameList(
        QString::fromUtf8(modules.join(' ')).split(u' ')));
    if (!unused.isEmpty()) {
        check.outcome = Outcome::Warning;
        check.words += u" For %1 none is found, so none is converted."_s.arg(nameList(unused));
        check.remedy = u"If processes of theirs run, name the module in their child specification (modules => […])."_s;
    }
    if (!tree.complete || !tree.troubled.isEmpty()) {
        check.outcome = Outcome::Impossible;
        check.words += u" Not all supervisors could be asked."_s;
    }
    check.details += asked(tree.milliseconds);
    return check;
}

[[nodiscard]] QString troubleWords(SupervisionTree::Trouble trouble)
{
    using enum SupervisionTree::Trouble;
    switch (trouble) {
    case NoAnswer:
        return u"does not answer within 2 s; after 5 s release_handler gives up and the node restarts"_s;
    case Suspended:
        return u"is suspended: release_handler gives up and the node restarts"_s;
    case TooLarge:
        return u"holds more than 64 MiB and was not asked here"_s;
    case NotSupervisor:
        return u"is no supervisor, but release_handler asks it for its children, which may end it"_s;
    case NoModules:
        return u"is specified with modules => dynamic, but is no gen_event: if it does not answer get_modules within "
               "5 s, the node restarts"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

[[nodiscard]] Check supervisorCheck(const SupervisionTree &tree, bool suspends)
{
    Check check{SupervisorsId, SupervisorsTitle, Outcome::Passed, {}};
    using Trouble = SupervisionTree::Trouble;
    bool hangs = false;
    bool unsure = !tree.complete;
    for (const SupervisionTree::Troubled &one : tree.troubled) {
        hangs = hangs || one.trouble == Trouble::NoAnswer || one.trouble == Trouble::Suspended;
        unsure = unsure || one.trouble == Trouble::TooLarge;
        check.details += u"%1 %2 of %3 %4"_s.arg(one.id, one.pid, one.application, troubleWords(one.trouble));
    }
    check.details += asked(tree.milliseconds);
    if (tree.troubled.isEmpty() && tree.complete) {
        check.words = u"All %1 supervisors answer; %2 are below them."_s.arg(tree.supervisors).arg(processes(tree.processes));
        return check;
    }
    check.words = u"In the way of an upgrade: %1. There are %2 supervisors."_s.arg(processes(tree.troubled.size()))
                      .arg(tree.supervisors);
    if (!tree.complete)
        check.words += u" The time was over before all were asked."_s;
    check.outcome = hangs && suspends         ? Outcome::Failed
                    : !tree.troubled.isEmpty() ? Outcome::Warning
                    : unsure                   ? Outcome::Impossible
                                               : Outcome::Passed;
    check.remedy = u"Find out on the server what they wait for (observer, or the remote console), and check again."_s;
    return check;
}

// check_install_release evaluates what stands before the point of no return, a relup's own calls among it.
[[nodiscard]] bool callsBefore(const relup::Script &script)
{
    for (qsizetype i = 0; i < std::min(script.pointOfNoReturn, script.instructions.size()); ++i) {
        const erlang::Term &term = script.instructions.at(i).term;
        if (term.isTagged("apply", 2) || term.isTagged("sync_nodes", 3))
            return true;
    }
    return false;
}

[[nodiscard]] Result<Check> handlerCheck(server::Session &session, const Installation &installation, const QString &to,
                                         const relup::Script &script, const JobContext &context)
{
    Check check{u"release_handler"_s, u"The node's own check"_s, Outcome::Impossible, {}};
    if (!installation.release(to)) {
        check.words = u"The node can be asked after the unpacking of %1."_s.arg(to);
        check.remedy = u"Unpack it, which changes nothing that runs, and check again."_s;
        return check;
    }
    if (callsBefore(script)) {
        check.words = u"Asking would already run calls of the relup, which stand before its point of no return."_s;
        check.remedy = u"The step 'check' does so, when it is asked for."_s;
        return check;
    }
    const Result<Step> step = checkRelease(session, installation.name, to, context);
    if (step) {
        check.outcome = Outcome::Passed;
        check.words = step->detail;
        return check;
    }
    if (isNoAnswer(step.error()))
        return notAnswered(check.id, check.title, step.error());
    if (step.error().isCancelled() || step.error().kind != ErrorKind::Answer)
        return std::unexpected(step.error());
    check.outcome = Outcome::Failed;
    check.words = step.error().message;
    check.remedy = step.error().hint;
    check.details = step.error().detail.split(u'\n', Qt::SkipEmptyParts);
    return check;
}

[[nodiscard]] QSet<QString> pidsOf(const SupervisionTree &tree)
{
    QSet<QString> pids;
    for (const SupervisionTree::User &user : tree.users)
        for (const ProcessName &process : user.processes)
            pids.insert(process.pid);
    return pids;
}

} // namespace

Result<QList<Check>> checkProcesses(server::Session &session, const Installation &installation, const QString &to,
                                    const relup::Script &script, const JobContext &context)
{
    for (const QString &name : {installation.name, to}) {
        if (const Result<void> good = checkName(u"a release's name or version"_s, name); !good)
            return std::unexpected(good.error());
    }
    context.progress(u"Asking the node about its processes"_s);
    const ReleaseScript node(session, installation.name);
    const QByteArrayList suspends = relup::summaryOf(script).suspended;
    const Result<SupervisionTree> tree = askTree(node, suspends, context);
    if (!tree && !isNoAnswer(tree.error()))
        return std::unexpected(tree.error());
    const Purges purges = purgesOf(script);
    const Result<CodeUse> use = askCode(node, purges.modules, context);
    if (!use && !isNoAnswer(use.error()))
        return std::unexpected(use.error());

    QList<Check> checks;
    checks += script.restartsEmulator ? restartCheck(installation.facts.processes)
              : use                   ? purgeCheck(purges, *use, tree ? pidsOf(*tree) : QSet<QString>())
                                      : notAnswered(PurgeId, PurgeTitle, use.error());
    checks += tree ? suspendCheck(suspends, *tree) : notAnswered(SuspendId, SuspendTitle, tree.error());
    checks += tree ? supervisorCheck(*tree, !suspends.isEmpty())
                   : notAnswered(SupervisorsId, SupervisorsTitle, tree.error());
    const Result<Check> handler = handlerCheck(session, installation, to, script, context);
    if (!handler)
        return std::unexpected(handler.error());
    return checks + QList<Check>{*handler};
}

} // namespace handover::node
