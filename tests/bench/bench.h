// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <chrono>
#include <expected>
#include <functional>
#include <optional>

/// Benchmarks: what Handover takes for something, and what the tool takes that people use for it.
namespace handover::bench {

using Duration = std::chrono::duration<double>;
/// How long one round took, or what went wrong.
using Timed = std::expected<Duration, QString>;

/// A benchmark that is set up. Both sides have the same work before them, and setting up has made
/// sure that their answers are the same.
struct Runner
{
    std::function<Timed()> ours;
    std::function<Timed()> peer;   ///< empty: nobody else does it
    std::function<QString()> note; ///< what else is to be said after the last round; may be empty
};

struct Benchmark
{
    QString name;
    QString words;                ///< what is measured, on one line
    std::optional<Duration> goal; ///< for ours, where there is no peer
    std::function<std::expected<Runner, QString>()> setUp;
    int times = 1; ///< that a round asks; with more than one, how the answers are spread is told, too
    std::optional<Duration> worst = {};   ///< goal for the 99th percentile of those
    std::optional<double> leastRatio = {}; ///< goal where there is a peer
};

// One function for each file of benchmarks.
[[nodiscard]] QList<Benchmark> matchBenchmarks();
[[nodiscard]] QList<Benchmark> relupBenchmarks();
[[nodiscard]] QList<Benchmark> ruleBenchmarks();
[[nodiscard]] QList<Benchmark> rebar3Benchmarks();
[[nodiscard]] QList<Benchmark> tagBenchmarks();
[[nodiscard]] QList<Benchmark> keystrokeBenchmarks();
[[nodiscard]] QList<Benchmark> startBenchmarks();
[[nodiscard]] QList<Benchmark> sftpBenchmarks();

/// The time of one call, on average over as many calls as fill a moment.
template<typename Call>
[[nodiscard]] Duration timeOf(Call call)
{
    constexpr Duration Moment = std::chrono::milliseconds(30);
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    Duration passed{};
    int calls = 0;
    while (passed < Moment) {
        call();
        ++calls;
        passed = Clock::now() - begin;
    }
    return passed / calls;
}

} // namespace handover::bench
