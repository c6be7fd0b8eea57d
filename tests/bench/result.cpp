// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/result.h"

#include <QJsonValue>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace handover::bench {

namespace {

Duration median(QList<Duration> times)
{
    std::ranges::sort(times);
    const qsizetype middle = times.size() / 2;
    return times.size() % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
}

Duration percentile(const QList<Duration> &sorted, int percent)
{
    return sorted[qMin(sorted.size() - 1, (sorted.size() * percent + 99) / 100 - 1)];
}

Result::Spread spreadOf(QList<Duration> times, std::optional<Duration> goal)
{
    std::ranges::sort(times);
    return {times.constFirst(), percentile(times, 90), percentile(times, 99), times.constLast(), goal};
}

double milliseconds(Duration time) { return time.count() * 1000; }

// Three digits that count.
QString words(std::optional<double> value)
{
    if (!value)
        return u"-"_s;
    const double magnitude = std::floor(std::log10(qMax(*value, 1e-9)));
    return QString::number(*value, 'f', qBound(0, static_cast<int>(2 - magnitude), 6));
}

std::optional<double> milliseconds(std::optional<Duration> time)
{
    return time ? std::optional(milliseconds(*time)) : std::nullopt;
}

QString line(const QString &name, const QString &ours, const QString &peer, const QString &ratio)
{
    return name.leftJustified(20) + ours.rightJustified(12) + peer.rightJustified(12) +
           ratio.rightJustified(10);
}

} // namespace

std::optional<double> Result::ratio() const
{
    return peer ? std::optional(peer->count() / ours.count()) : std::nullopt;
}

QString Result::header() { return line(u"milliseconds"_s, u"ours"_s, u"peer"_s, u"ratio"_s); }

QString Result::row() const
{
    QString text = line(name, words(milliseconds(ours)), words(milliseconds(peer)), words(ratio()));
    const auto judge = [&text](const QString &wanted, bool reached) {
        text += u"   goal: %1, %2"_s.arg(wanted, reached ? u"reached"_s : u"MISSED"_s);
    };
    if (goal)
        judge(words(milliseconds(*goal)), ours <= *goal);
    if (leastRatio)
        judge(u"ratio %1"_s.arg(words(*leastRatio)), ratio().value_or(0) >= *leastRatio);
    if (spread) {
        text += u"   best %1, 90%: %2, 99%: %3, slowest %4"_s.arg(
            words(milliseconds(spread->best)), words(milliseconds(spread->ninth)), words(milliseconds(spread->worst)),
            words(milliseconds(spread->slowest)));
        if (spread->goal)
            judge(u"99% in %1"_s.arg(words(milliseconds(*spread->goal))), spread->worst <= *spread->goal);
    }
    return note.isEmpty() ? text : QString(text + u"   " + note);
}

QJsonObject Result::json() const
{
    const auto value = [](std::optional<double> number) {
        return number ? QJsonValue(*number) : QJsonValue();
    };
    QJsonObject object{{u"name"_s, name},
                       {u"ours"_s, milliseconds(ours)},
                       {u"peer"_s, value(milliseconds(peer))},
                       {u"unit"_s, u"ms"_s},
                       {u"ratio"_s, value(ratio())}};
    if (spread)
        object.insert(u"worst"_s, milliseconds(spread->worst));
    return object;
}

std::expected<Result, QString> measure(const Benchmark &benchmark, int rounds)
{
    const auto runner = benchmark.setUp();
    if (!runner)
        return std::unexpected(runner.error());
    QList<Duration> ours;
    QList<Duration> peers;
    const int times = benchmark.times;
    for (int round = 0; round < (rounds + 1) * times; ++round) {
        const Timed our = runner->ours();
        const Timed peer = runner->peer ? runner->peer() : Duration{};
        if (!our || !peer)
            return std::unexpected(our ? peer.error() : our.error());
        if (round < times)
            continue;
        ours.append(*our);
        peers.append(*peer);
    }
    Result result{benchmark.name, median(ours), std::nullopt, benchmark.goal, benchmark.leastRatio, std::nullopt, {}};
    if (times > 1)
        result.spread = spreadOf(ours, benchmark.worst);
    if (runner->peer)
        result.peer = median(peers);
    if (runner->note)
        result.note = runner->note();
    return result;
}

} // namespace handover::bench
