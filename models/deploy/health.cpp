// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/health.h"

#include "models/node/node.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpSocket>

#include <chrono>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace handover::deploy {

namespace {

using settings::HealthProbe;

constexpr int ProbeSeconds = 10;
constexpr auto Pause = 2s;
constexpr int MostFailures = 3;
constexpr qsizetype MostWords = 300;

Check probed(const HealthProbe &probe, bool healthy, const QString &words)
{
    return {u"health"_s, probe.target, healthy ? Check::Outcome::Passed : Check::Outcome::Failed,
            words.size() > MostWords ? QString(words.first(MostWords) + u'…') : words,
            healthy ? QString() : u"Look at the system, then make the release permanent or go back."_s};
}

Check impossible(const HealthProbe &probe, const QString &why)
{
    return {u"health"_s, probe.target, Check::Outcome::Failed, why, u"Mend this probe: nothing can be told by it."_s};
}

Result<Check> askCommand(server::Session &session, const HealthProbe &probe, const JobContext &context)
{
    const auto outcome = session.exec(session.address().directory, {"sh", "-c", probe.target.toUtf8()}, context, {}, ProbeSeconds);
    if (!outcome) {
        if (session.isAlive() && !outcome.error().isCancelled())
            return probed(probe, false, outcome.error().message);
        return std::unexpected(outcome.error());
    }
    const QString said = QString::fromUtf8(outcome->output + outcome->errorOutput).trimmed();
    return probed(probe, outcome->exitStatus == 0,
                  u"exit status %1%2"_s.arg(QString::number(outcome->exitStatus), said.isEmpty() ? QString() : u": "_s + said));
}

Check askTcp(const HealthProbe &probe)
{
    const qsizetype colon = probe.target.lastIndexOf(u':');
    bool isNumber = false;
    const quint16 port = colon > 0 ? probe.target.sliced(colon + 1).toUShort(&isNumber) : 0;
    if (!isNumber || port == 0)
        return impossible(probe, u"It is no HOST:PORT."_s);
    QString host = probe.target.first(colon);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.sliced(1, host.size() - 2);
    QTcpSocket socket;
    socket.connectToHost(host, port);
    const bool connected = socket.waitForConnected(ProbeSeconds * 1000);
    return probed(probe, connected, connected ? u"connected"_s : socket.errorString());
}

Check askHttp(const HealthProbe &probe)
{
    const QUrl url(probe.target, QUrl::StrictMode);
    if (!url.isValid() || (url.scheme() != u"http" && url.scheme() != u"https") || url.host().isEmpty())
        return impossible(probe, u"It is no http or https address."_s);
    QNetworkAccessManager manager;
    QNetworkRequest request(url);
    request.setTransferTimeout(ProbeSeconds * 1000);
    const std::unique_ptr<QNetworkReply> reply(manager.get(request));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    // What it says doesn't matter, however much it is.
    QObject::connect(reply.get(), &QNetworkReply::readyRead, &loop, [&reply] { reply->skip(reply->bytesAvailable()); });
    if (!reply->isFinished())
        loop.exec();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return probed(probe, false, reply->errorString());
    return probed(probe, status >= 200 && status < 300, u"status %1"_s.arg(status));
}

Result<Check> askExpression(const node::ReleaseScript &script, const HealthProbe &probe, const JobContext &context)
{
    QByteArray expression = probe.target.trimmed().toUtf8();
    if (expression.endsWith('.'))
        expression.chop(1);
    if (expression.contains('\\'))
        return impossible(probe, u"An expression with a backslash does not come through relx's script unchanged."_s);
    const auto answer = script.ask(expression, context);
    if (!answer) {
        if (script.session().isAlive() && !answer.error().isCancelled())
            return probed(probe, false, answer.error().message);
        return std::unexpected(answer.error());
    }
    if (!*answer)
        return probed(probe, false, u"the node is down"_s);
    return probed(probe, (*answer)->isAtom("true") || (*answer)->isAtom("ok"), QString::fromUtf8((*answer)->print()));
}

Result<Check> ask(const node::ReleaseScript &script, const HealthProbe &probe, const JobContext &context)
{
    switch (probe.kind) {
    case HealthProbe::Kind::Command: return askCommand(script.session(), probe, context);
    case HealthProbe::Kind::Tcp: return askTcp(probe);
    case HealthProbe::Kind::Http: return askHttp(probe);
    case HealthProbe::Kind::Expression: return askExpression(script, probe, context);
    }
    Q_UNREACHABLE_RETURN(Check());
}

Check nodeCheck(const std::optional<node::NodeState> &state, const QString &version, const QByteArray &boot)
{
    Check check{u"node"_s, u"The node"_s, Check::Outcome::Failed, {}, u"Look at log/erlang.log.1 on the server."_s};
    if (!state) {
        check.words = u"The node is down."_s;
    } else if (const QString runs = state->runningVersion(); runs != version) {
        check.words = u"The node runs %1, no longer %2."_s.arg(runs, version);
    } else if (!boot.isEmpty() && state->boot != boot) {
        check.words = u"The node started its applications anew."_s;
    } else {
        check.outcome = Check::Outcome::Passed;
        check.words = u"It is up and runs %1."_s.arg(version);
        check.remedy.clear();
    }
    return check;
}

// How often each answer has failed in a row.
bool tooOften(const QList<Check> &checks, QList<int> &failures)
{
    failures.resize(checks.size());
    bool often = false;
    for (qsizetype i = 0; i < checks.size(); ++i) {
        failures[i] = checks[i].outcome == Check::Outcome::Passed ? 0 : failures[i] + 1;
        often = often || failures[i] >= (checks[i].id == u"node" ? 1 : MostFailures);
    }
    return often;
}

Result<QList<Check>> askHealth(const node::ReleaseScript &script, const QString &version, const QByteArray &boot,
                               const QList<HealthProbe> &probes, const JobContext &context)
{
    const auto state = node::askState(script, context);
    if (!state)
        return std::unexpected(state.error());
    QList<Check> checks{nodeCheck(*state, version, boot)};
    for (const HealthProbe &probe : probes) {
        auto check = ask(script, probe, context);
        if (!check)
            return std::unexpected(check.error());
        checks += *std::move(check);
    }
    return checks;
}

} // namespace

Result<QList<Check>> askHealth(server::Session &session, const QString &name, const QString &version, const QByteArray &boot,
                               const QList<HealthProbe> &probes, const JobContext &context)
{
    return askHealth(node::ReleaseScript(session, name), version, boot, probes, context);
}

Result<Watched> watchHealth(server::Session &session, const QString &name, const QString &version,
                            const settings::UpgradePolicy &policy, const JobContext &context)
{
    const node::ReleaseScript script(session, name);
    const auto state = node::askState(script, context);
    if (!state)
        return std::unexpected(state.error());
    const QByteArray boot = *state ? (*state)->boot : QByteArray();
    QElapsedTimer clock;
    clock.start();
    Watched watched;
    QList<int> failures;
    while (true) {
        auto checks = askHealth(script, version, boot, policy.probes, context);
        if (!checks)
            return std::unexpected(checks.error());
        watched.checks = *std::move(checks);
        watched.seconds = static_cast<int>(clock.elapsed() / 1000);
        const bool over = watched.seconds >= policy.watchSeconds;
        watched.healthy = worstOutcome(watched.checks) == Check::Outcome::Passed;
        if (over || tooOften(watched.checks, failures))
            return watched;
        context.progress({u"Watching %1"_s.arg(version), watched.seconds, policy.watchSeconds, false});
        const QDeadlineTimer next(std::min<std::chrono::milliseconds>(Pause, std::chrono::seconds(policy.watchSeconds - watched.seconds)));
        while (!next.hasExpired()) {
            if (context.isCancelled())
                return cancellation();
            std::this_thread::sleep_for(50ms);
        }
    }
}

} // namespace handover::deploy
