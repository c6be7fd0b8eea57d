// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/history.h"

#include "models/deploy/thisuser.h"
#include "models/settings/directories.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace handover::deploy {

namespace {

constexpr qsizetype MostLogLines = 2000;
constexpr qint64 MostBytes = 32 * 1024 * 1024; // that are read of it, from its end

QString file() { return settings::stateDirectory() + u"/history.jsonl"_s; }

QJsonObject toJson(const node::Step &step)
{
    return {{u"name"_s, node::stepName(step.kind)},
            {u"ok"_s, step.ok},
            {u"ms"_s, step.milliseconds},
            {u"detail"_s, step.detail},
            {u"raw"_s, step.raw}};
}

node::Step stepOf(const QJsonObject &json)
{
    node::Step step;
    step.kind = node::stepKind(json[u"name"].toString()).value_or(node::Step::Kind::Check);
    step.ok = json[u"ok"].toBool();
    step.milliseconds = json[u"ms"].toInteger();
    step.detail = json[u"detail"].toString();
    step.raw = json[u"raw"].toString();
    return step;
}

QByteArray lineOf(const Deed &deed, bool withLog)
{
    QJsonArray steps;
    for (const node::Step &step : deed.steps)
        steps += toJson(step);
    QJsonObject json{{u"time"_s, deed.time.toUTC().toString(Qt::ISODateWithMs)},
                     {u"who"_s, deed.who},
                     {u"server"_s, deed.server},
                     {u"address"_s, deed.address},
                     {u"release"_s, deed.release},
                     {u"title"_s, deed.title},
                     {u"from"_s, deed.from},
                     {u"to"_s, deed.to},
                     {u"error"_s, deed.error},
                     {u"steps"_s, steps}};
    if (withLog)
        json[u"log"_s] = QJsonArray::fromStringList(deed.log.last(qMin(deed.log.size(), MostLogLines)));
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

std::optional<Deed> deedOf(const QByteArray &line)
{
    const QJsonObject json = QJsonDocument::fromJson(line).object();
    Deed deed;
    deed.time = QDateTime::fromString(json[u"time"].toString(), Qt::ISODateWithMs).toLocalTime();
    if (!deed.time.isValid())
        return std::nullopt;
    deed.who = json[u"who"].toString();
    deed.server = json[u"server"].toString();
    deed.address = json[u"address"].toString();
    deed.release = json[u"release"].toString();
    deed.title = json[u"title"].toString();
    deed.from = json[u"from"].toString();
    deed.to = json[u"to"].toString();
    deed.error = json[u"error"].toString();
    for (const QJsonValue &step : json[u"steps"].toArray())
        deed.steps += stepOf(step.toObject());
    for (const QJsonValue &words : json[u"log"].toArray())
        deed.log += words.toString();
    return deed;
}

} // namespace

Deed Deed::of(const QString &server, const server::Address &address, const QString &release, const QString &title,
              const DeployReport &report, const QStringList &log)
{
    Deed deed;
    deed.time = QDateTime::currentDateTime();
    deed.who = thisUser();
    deed.server = server;
    deed.address = address.text();
    deed.release = release;
    deed.title = title;
    deed.from = report.versionBefore;
    deed.to = report.versionAfter;
    deed.error = report.error ? report.error->words() : QString();
    deed.steps = report.steps;
    deed.log = log;
    return deed;
}

Result<void> remember(const Deed &deed)
{
    QDir().mkpath(settings::stateDirectory());
    QFile out(file());
    const QByteArray line = lineOf(deed, true);
    // One write at the end of the file: lines of several programs don't mix.
    if (!out.open(QIODevice::Append | QIODevice::Unbuffered) || out.write(line) != line.size())
        return failure(u"history.write"_s, u"What was done could not be written to %1."_s.arg(file()),
                       u"Check that you may write there and that the disk is not full."_s, out.errorString());
    return {};
}

QList<Deed> history(qsizetype most)
{
    QFile in(file());
    if (!in.open(QIODevice::ReadOnly))
        return {};
    if (in.size() > MostBytes) {
        in.seek(in.size() - MostBytes);
        in.readLine();
    }
    const QList<QByteArray> lines = in.readAll().split('\n');
    QList<Deed> deeds;
    for (auto line = lines.crbegin(); line != lines.crend() && deeds.size() < most; ++line) {
        if (auto deed = deedOf(*line))
            deeds += *std::move(deed);
    }
    return deeds;
}

Result<void> rememberThere(server::Session &session, const Deed &deed, const JobContext &context)
{
    const auto path = session.address().directory.child("releases/handover-history.jsonl");
    if (!path)
        return std::unexpected(path.error());
    const auto outcome = session.exec(session.address().directory, {"tee", "-a", path->bytes()}, context, lineOf(deed, false), 20);
    if (!outcome)
        return std::unexpected(outcome.error());
    if (outcome->exitStatus != 0)
        return failure(u"history.write"_s, u"What was done could not be added to %1 on the server."_s.arg(path->text()),
                       u"It is kept on this machine. Check that you may write there."_s, QString::fromUtf8(outcome->errorOutput));
    return {};
}

} // namespace handover::deploy
