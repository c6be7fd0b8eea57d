// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/deployment.h"

#include "models/core/versionorder.h"
#include "models/deploy/health.h"
#include "models/deploy/lock.h"
#include "models/node/leftovers.h"

#include <QElapsedTimer>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace handover::deploy {

namespace {

using node::Step;

QString runningPhrase(const QString &version)
{
    return version.isEmpty() ? u"The node is down"_s : u"The node runs %1"_s.arg(version);
}

class Deployment
{
public:
    Deployment(server::Session &session, QString name, QString version, const Plan &plan, const package::Manifest *tarball,
               const JobContext &context, const StepListener &listener)
        : m_session(session), m_name(std::move(name)), m_version(std::move(version)), m_plan(plan), m_tarball(tarball),
          m_context(context), m_listener(listener)
    {
    }

    DeployReport run(QList<Step::Kind> todo)
    {
        const auto lock = lockServer(m_session, m_context);
        if (!lock) {
            m_report.error = lock.error();
            return m_report;
        }
        if (const auto before = read(); !before) {
            m_report.error = before.error();
            return m_report;
        }
        m_report.versionBefore = m_report.installed->runningVersion;
        if (const auto refused = refuse(*m_report.installed, todo)) {
            m_report.error = refused;
            return m_report;
        }
        for (const Step::Kind kind : std::as_const(todo)) {
            if (!runStep(kind))
                break;
        }
        if (m_report.error && m_report.error->code == u"deploy.unhealthy" && m_plan.policy.goBack)
            goBack();
        // What runs now is asked of the node, whatever the steps said.
        if (read())
            m_report.versionAfter = m_report.installed->runningVersion;
        return m_report;
    }

private:
    Result<> read()
    {
        m_report.installed.reset();
        auto installed = node::readInstallation(m_session, m_context);
        if (!installed)
            return std::unexpected(installed.error());
        m_context.log(runningPhrase(installed->runningVersion));
        m_report.installed = *std::move(installed);
        return {};
    }

    // Looks before anything is sent whether the steps can lead anywhere, and takes away those that
    // an earlier deployment of the same tarball has done.
    std::optional<Error> refuse(const node::Installation &installed, QList<Step::Kind> &todo)
    {
        if (installed.name != m_name)
            return Error{ErrorKind::Answer, u"deploy.other-release"_s,
                         u"The server has the release %1, not %2."_s.arg(installed.name, m_name),
                         u"Choose the release directory of %1, or another server."_s.arg(m_name), {}};
        if (const Basis now = Basis::of(m_tarball, installed); m_plan.shown && now != *m_plan.shown)
            return Error{ErrorKind::Answer, u"deploy.changed"_s,
                         u"Since it was looked at, something changed on the server or in the tarball; nothing was done."_s,
                         u"Look again, then decide."_s, m_plan.shown->differences(now).join(u'\n')};
        if (todo.contains(Step::Kind::Remove))
            return std::nullopt;
        const bool installs = todo.contains(Step::Kind::Install) || todo.contains(Step::Kind::Reboot);
        if (installs && installed.way == node::HandlerWay::None)
            return Error{ErrorKind::Answer, u"server.not-askable"_s, installed.wayWords,
                         u"Build the release with relx's {extended_start_script, true}; nothing was sent."_s, {}};
        if (installs && !installed.nodeUp)
            return Error{ErrorKind::Answer, u"server.node-down"_s, u"The node is down, and only a running node can be upgraded."_s,
                         u"Start it (bin/%1 daemon), then deploy again; nothing was sent."_s.arg(m_name), {}};
        if (m_tarball && m_plan.replaceUnpacked && todo.contains(Step::Kind::Unpack) && !installed.release(m_version)) {
            const auto left = node::findLeftovers(m_session, installed, *m_tarball, m_context);
            if (!left)
                return left.error();
            if (!left->isEmpty())
                todo.prepend(Step::Kind::Remove);
            m_clearsLeftovers = !left->isEmpty();
        }
        if (const node::InstalledRelease *known = installed.release(m_version))
            return m_tarball ? resume(installed, *known, todo) : skipDone(installed, *known, todo);
        return todo.contains(Step::Kind::Install) && m_tarball ? refuseWithoutRelup(installed.runningVersion) : std::nullopt;
    }

    // Upwards the way is in the tarball; downwards it may be in the release that runs.
    std::optional<Error> refuseWithoutRelup(const QString &running)
    {
        if (compareVersions(m_version, running) <= 0)
            return std::nullopt;
        const bool reaches = m_tarball->relup && std::ranges::any_of(m_tarball->relup->up, [&](const relup::Script &script) {
                                 return script.version == running;
                             });
        if (reaches)
            return std::nullopt;
        return Error{ErrorKind::Answer, u"server.no-relup"_s,
                     u"The node runs %1, and this tarball has no relup from there to %2."_s.arg(running, m_version),
                     u"Package %2 with a relup from %1; nothing was sent."_s.arg(running, m_version), {}};
    }

    // Release handler unpacks nothing over a version it knows: other files of the same version would
    // have no effect. The same tarball goes on where it was left.
    std::optional<Error> resume(const node::Installation &installed, const node::InstalledRelease &known, QList<Step::Kind> &todo)
    {
        const auto place = node::tarballPlace(m_session.address().directory, m_name, m_version);
        if (!place)
            return place.error();
        const auto sum = m_session.sha256(*place, m_context);
        if (!sum)
            return sum.error();
        if (*sum != m_tarball->sha256)
            return replace(known, todo);
        m_context.log(u"This tarball of %1 is on the server already (%2)"_s.arg(m_version, node::statusWords(known.status)));
        todo.removeAll(Step::Kind::Upload);
        todo.removeAll(Step::Kind::Unpack);
        return skipDone(installed, known, todo);
    }

    // What is only unpacked, nobody runs and no reboot starts: it can be taken away first.
    std::optional<Error> replace(const node::InstalledRelease &known, QList<Step::Kind> &todo)
    {
        const bool onlyUnpacked = known.status == node::ReleaseStatus::Unpacked;
        if (onlyUnpacked && m_plan.replaceUnpacked) {
            m_context.log(u"Another %1 is unpacked on the server; it is removed first"_s.arg(m_version));
            todo.prepend(Step::Kind::Remove);
            return std::nullopt;
        }
        return Error{ErrorKind::Answer, u"server.already-installed"_s,
                     u"Another %1 is on the server already (%2); OTP would keep its files and ignore this tarball."_s.arg(
                         m_version, node::statusWords(known.status)),
                     onlyUnpacked ? u"Have it replaced, which takes the unpacked one away first, or switch to it as it is."_s
                                  : u"Switch to it as it is, or give the changed release a version of its own."_s, {}};
    }

    std::optional<Error> skipDone(const node::Installation &installed, const node::InstalledRelease &known, QList<Step::Kind> &todo)
    {
        if (installed.runningVersion == m_version) {
            todo.removeAll(Step::Kind::Check);
            todo.removeAll(Step::Kind::Install);
        }
        if (known.status == node::ReleaseStatus::Permanent && installed.bootVersion == m_version)
            todo.removeAll(Step::Kind::MakePermanent);
        return std::nullopt;
    }

    bool runStep(Step::Kind kind)
    {
        m_context.progress(node::stepName(kind));
        Step begun;
        begun.kind = kind;
        if (m_listener)
            m_listener(begun, false);
        QElapsedTimer clock;
        clock.start();
        Result<Step> result = m_context.isCancelled() ? Result<Step>(cancellation()) : act(kind);
        Step step = result ? *result : begun;
        if (!result) {
            step.ok = false;
            step.detail = result.error().words();
            step.raw = result.error().detail;
            m_report.error = result.error();
        }
        step.kind = kind;
        step.milliseconds = clock.elapsed();
        m_report.steps += step;
        m_context.log(u"%1: %2"_s.arg(node::stepName(kind), step.detail));
        if (m_listener)
            m_listener(step, true);
        return result.has_value();
    }

    Result<Step> act(Step::Kind kind)
    {
        switch (kind) {
        case Step::Kind::Upload: return upload();
        case Step::Kind::Unpack: return node::unpackRelease(m_session, m_name, m_version, m_context);
        case Step::Kind::Check: return node::checkRelease(m_session, m_name, m_version, m_context);
        case Step::Kind::Install: return node::installRelease(m_session, m_name, m_version, m_context);
        case Step::Kind::Watch: return watch();
        case Step::Kind::MakePermanent: return node::makePermanent(m_session, m_name, m_version, m_context);
        case Step::Kind::GoBack: return node::installRelease(m_session, m_name, m_report.versionBefore, m_context);
        case Step::Kind::Remove:
            return m_clearsLeftovers ? node::removeLeftovers(m_session, *m_tarball, m_context)
                                     : node::removeRelease(m_session, m_name, m_version, m_context);
        case Step::Kind::Reboot: return node::rebootInto(m_session, m_name, m_version, m_context);
        }
        Q_UNREACHABLE_RETURN(cancellation());
    }

    Result<Step> upload()
    {
        const auto place = node::tarballPlace(m_session.address().directory, m_name, m_version);
        if (!place)
            return std::unexpected(place.error());
        const auto sent = m_session.upload(m_tarball->file, *place, m_context);
        if (!sent)
            return std::unexpected(sent.error());
        if (sent->sha256 != m_tarball->sha256)
            return refusal(u"server.checksum"_s, u"The tarball changed on this machine since it was packed."_s,
                           u"Package it again."_s,
                           u"packed %1\nsent %2"_s.arg(QString::fromLatin1(m_tarball->sha256), QString::fromLatin1(sent->sha256)));
        m_report.uploaded = *sent;
        Step step;
        step.ok = true;
        step.detail = u"%1 at %2, check sum equal"_s.arg(
            QLocale().formattedDataSize(sent->bytes, 1, QLocale::DataSizeSIFormat), place->text());
        return step;
    }

    Result<Step> watch()
    {
        const auto watched = watchHealth(m_session, m_name, m_version, m_plan.policy, m_context);
        if (!watched)
            return std::unexpected(watched.error());
        m_report.health = watched->checks;
        QStringList failed;
        for (const Check &check : watched->checks) {
            if (check.outcome != Check::Outcome::Passed)
                failed += check.title + u": "_s + check.words;
        }
        if (!watched->healthy)
            return refusal(u"deploy.unhealthy"_s, u"%1 is not healthy after %2 s: %3"_s.arg(m_version).arg(watched->seconds).arg(failed.join(u"; "_s)),
                           m_plan.policy.goBack ? u"The node goes back to what it ran before."_s
                                                : u"It was not made permanent. Go back, or make it permanent if you know better."_s,
                           failed.join(u'\n'));
        Step step;
        step.ok = true;
        step.detail = u"Healthy for %1 s: %2 of %2 signs"_s.arg(watched->seconds).arg(watched->checks.size());
        return step;
    }

    // The first error stays what is told; a node that went back by itself is left alone.
    void goBack()
    {
        const Error why = *m_report.error;
        const auto now = node::readInstallation(m_session, m_context);
        if (now && (now->runningVersion != m_version || m_report.versionBefore.isEmpty() || m_report.versionBefore == m_version))
            return;
        const bool back = runStep(Step::Kind::GoBack);
        const Error after = *m_report.error;
        m_report.error = why;
        m_report.error->hint = back ? u"The node was taken back to %1."_s.arg(m_report.versionBefore)
                                    : u"Going back to %1 failed as well: %2"_s.arg(m_report.versionBefore, after.words());
    }

    server::Session &m_session;
    const QString m_name;
    const QString m_version;
    const Plan &m_plan;
    const package::Manifest *m_tarball;
    const JobContext &m_context;
    const StepListener &m_listener;
    DeployReport m_report;
    bool m_clearsLeftovers = false; // of an unpack that went wrong; the node doesn't know that release
};

} // namespace

QList<Step::Kind> stepsFor(const Plan &plan, bool present)
{
    QList<Step::Kind> steps;
    if (!present)
        steps += Step::Kind::Upload;
    if (plan.goal == Goal::Upload)
        return steps;
    if (!present)
        steps += Step::Kind::Unpack;
    if (plan.reboot)
        steps += Step::Kind::Reboot;
    else
        steps += {Step::Kind::Check, Step::Kind::Install};
    if (plan.policy.watchSeconds > 0)
        steps += Step::Kind::Watch;
    if (plan.goal == Goal::Permanent && !plan.reboot)
        steps += Step::Kind::MakePermanent;
    return steps;
}

bool DeployReport::did(Step::Kind kind) const
{
    return std::ranges::any_of(steps, [kind](const Step &step) { return step.kind == kind && step.ok; });
}

DeployReport carryOut(server::Session &session, const package::Manifest &tarball, const Plan &plan, const JobContext &context,
                      const StepListener &listener)
{
    return Deployment(session, tarball.name, tarball.version, plan, &tarball, context, listener).run(stepsFor(plan));
}

DeployReport switchTo(server::Session &session, const QString &name, const QString &version, const Plan &plan,
                      const JobContext &context, const StepListener &listener)
{
    return Deployment(session, name, version, plan, nullptr, context, listener).run(stepsFor(plan, true));
}

DeployReport removeVersion(server::Session &session, const QString &name, const QString &version, const Plan &plan,
                           const JobContext &context, const StepListener &listener)
{
    return Deployment(session, name, version, plan, nullptr, context, listener).run({Step::Kind::Remove});
}

} // namespace handover::deploy
