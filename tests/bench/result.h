// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/bench.h"

#include <QJsonObject>

namespace handover::bench {

struct Result
{
    QString name;
    Duration ours{};
    std::optional<Duration> peer;
    std::optional<Duration> goal;
    std::optional<double> leastRatio;
    /// How ours is spread, where a round asks more than once.
    struct Spread
    {
        Duration best{};
        Duration ninth{}; ///< of ten, nine took no longer
        Duration worst{}; ///< …nor 99 of 100
        Duration slowest{};
        std::optional<Duration> goal; ///< for `worst`
    };
    std::optional<Spread> spread;
    QString note;

    /// peer / ours: above 1 is ahead.
    [[nodiscard]] std::optional<double> ratio() const;
    [[nodiscard]] QString row() const; ///< of the table
    [[nodiscard]] QJsonObject json() const;
    [[nodiscard]] static QString header();
};

/// Runs both sides by turns after one round that doesn't count, and takes the medians. `rounds` of `benchmark.times` each.
[[nodiscard]] std::expected<Result, QString> measure(const Benchmark &benchmark, int rounds);

} // namespace handover::bench
