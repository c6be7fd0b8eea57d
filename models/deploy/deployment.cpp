// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/deployment.h"

#include "models/core/versionorder.h"

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
    Deployment(server::Session &session, const JobContext &context, const StepListener &listener)
        : m_session(session), m_context(context), m_listener(listener)
    {
    }

    DeployReport run(const QString &name, const QString &version, const QList<Step::Kind> &kinds,
                     const package::Manifest *tarball)
    {
        const auto before = node::readInstallation(m_session, m_context);
        if (!before) {
            m_report.error = before.error();
            return m_report;
        }
        m_report.versionBefore = before->runningVersion;
        if (before->name != name) {
            m_report.error = Error{ErrorKind::Answer, u"deploy.other-release"_s,
                                   u"The server has the release %1, the tarball is of %2."_s.arg(before->name, name),
                                   u"Choose the release directory of %1, or another server."_s.arg(name), {}};
            return m_report;
        }
        m_context.log(runningPhrase(before->runningVersion));
        QList<Step::Kind> todo = kinds;
        if (const auto refused = tarball ? refuse(*before, *tarball, todo) : std::nullopt) {
            m_report.error = refused;
            return m_report;
        }
        for (const Step::Kind kind : std::as_const(todo)) {
            if (!runStep(kind, name, version, tarball))
                break;
        }
        // What runs now is asked of the node, whatever the steps said.
        if (const auto after = node::readInstallation(m_session, m_context)) {
            m_report.versionAfter = after->runningVersion;
            m_context.log(runningPhrase(after->runningVersion));
        }
        return m_report;
    }

private:
    // Looks before anything is sent whether the steps can lead anywhere, and takes away those that
    // an earlier deployment of the same tarball has done.
    std::optional<Error> refuse(const node::Installation &installed, const package::Manifest &tarball,
                                QList<Step::Kind> &todo)
    {
        const bool installs = todo.contains(Step::Kind::Install);
        const QString running = installed.runningVersion;
        if (installs && !installed.nodeUp)
            return Error{ErrorKind::Answer, u"server.node-down"_s, u"The node is down, and only a running node can be upgraded."_s,
                         u"Start it (bin/%1 daemon), then deploy again; nothing was sent."_s.arg(tarball.name), {}};
        if (const node::InstalledRelease *known = installed.release(tarball.version))
            return resume(*known, tarball, todo);
        // Upwards the way is in the tarball; downwards it may be in the release that runs.
        if (installs && compareVersions(tarball.version, running) > 0) {
            const bool reaches = tarball.relup
                                 && std::ranges::any_of(tarball.relup->up, [&](const relup::Script &script) {
                                        return script.version == running;
                                    });
            if (!reaches)
                return Error{ErrorKind::Answer, u"server.no-relup"_s,
                             u"The node runs %1, and this tarball has no relup from there to %2."_s.arg(running, tarball.version),
                             u"Package %2 with a relup from %1; nothing was sent."_s.arg(running, tarball.version), {}};
        }
        return std::nullopt;
    }

    // Release handler unpacks nothing over a version it knows: other files of the same version would
    // have no effect. The same tarball goes on where it was left.
    std::optional<Error> resume(const node::InstalledRelease &known, const package::Manifest &tarball,
                                QList<Step::Kind> &todo)
    {
        const auto place = node::tarballPlace(m_session.address().directory, tarball.name, tarball.version);
        if (!place)
            return place.error();
        const auto sum = m_session.sha256(*place, m_context);
        if (!sum)
            return sum.error();
        if (*sum != tarball.sha256)
            return Error{ErrorKind::Answer, u"server.already-installed"_s,
                         u"Another %1 is on the server already (%2); OTP would keep its files and ignore this tarball."_s.arg(
                             tarball.version, node::statusWords(known.status)),
                         u"Switch to it as it is, or give the changed release a version of its own."_s, {}};
        m_context.log(u"This tarball of %1 is on the server already (%2)"_s.arg(tarball.version, node::statusWords(known.status)));
        todo.removeAll(Step::Kind::Upload);
        todo.removeAll(Step::Kind::Unpack);
        if (known.status == node::ReleaseStatus::Current || known.status == node::ReleaseStatus::Permanent) {
            todo.removeAll(Step::Kind::Check);
            todo.removeAll(Step::Kind::Install);
        }
        if (known.status == node::ReleaseStatus::Permanent)
            todo.removeAll(Step::Kind::MakePermanent);
        return std::nullopt;
    }

    bool runStep(Step::Kind kind, const QString &name, const QString &version, const package::Manifest *tarball)
    {
        m_context.progress(node::stepName(kind));
        Step begun;
        begun.kind = kind;
        if (m_listener)
            m_listener(begun, false);
        QElapsedTimer clock;
        clock.start();
        Result<Step> result = m_context.isCancelled() ? Result<Step>(cancellation()) : act(kind, name, version, tarball);
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

    Result<Step> act(Step::Kind kind, const QString &name, const QString &version, const package::Manifest *tarball)
    {
        switch (kind) {
        case Step::Kind::Upload: return upload(name, version, *tarball);
        case Step::Kind::Unpack: return node::unpackRelease(m_session, name, version, m_context);
        case Step::Kind::Check: return node::checkRelease(m_session, name, version, m_context);
        case Step::Kind::Install: return node::installRelease(m_session, name, version, m_context);
        case Step::Kind::MakePermanent: return node::makePermanent(m_session, name, version, m_context);
        }
        Q_UNREACHABLE_RETURN(cancellation());
    }

    Result<Step> upload(const QString &name, const QString &version, const package::Manifest &tarball)
    {
        const auto place = node::tarballPlace(m_session.address().directory, name, version);
        if (!place)
            return std::unexpected(place.error());
        const auto sent = m_session.upload(tarball.file, *place, m_context);
        if (!sent)
            return std::unexpected(sent.error());
        if (sent->sha256 != tarball.sha256)
            return refusal(u"server.checksum"_s, u"The tarball changed on this machine since it was packed."_s,
                           u"Package it again."_s,
                           u"packed %1\nsent %2"_s.arg(QString::fromLatin1(tarball.sha256), QString::fromLatin1(sent->sha256)));
        m_report.uploaded = *sent;
        Step step;
        step.ok = true;
        step.detail = u"%1 at %2, check sum equal"_s.arg(
            QLocale().formattedDataSize(sent->bytes, 1, QLocale::DataSizeSIFormat), place->text());
        return step;
    }

    server::Session &m_session;
    const JobContext &m_context;
    const StepListener &m_listener;
    DeployReport m_report;
};

} // namespace

QList<Step::Kind> stepsFor(Goal goal, bool present)
{
    QList<Step::Kind> steps;
    if (!present)
        steps += Step::Kind::Upload;
    if (goal == Goal::Upload)
        return steps;
    if (!present)
        steps += Step::Kind::Unpack;
    steps += {Step::Kind::Check, Step::Kind::Install};
    if (goal == Goal::Permanent)
        steps += Step::Kind::MakePermanent;
    return steps;
}

bool DeployReport::did(Step::Kind kind) const
{
    return std::ranges::any_of(steps, [kind](const Step &step) { return step.kind == kind && step.ok; });
}

DeployReport carryOut(server::Session &session, const package::Manifest &tarball, Goal goal, const JobContext &context,
                    const StepListener &listener)
{
    return Deployment(session, context, listener).run(tarball.name, tarball.version, stepsFor(goal), &tarball);
}

DeployReport switchTo(server::Session &session, const QString &name, const QString &version, Goal goal,
                      const JobContext &context, const StepListener &listener)
{
    return Deployment(session, context, listener).run(name, version, stepsFor(goal, true), nullptr);
}

} // namespace handover::deploy
