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
    QString note;

    /// peer / ours: above 1 is ahead.
    [[nodiscard]] std::optional<double> ratio() const;
    [[nodiscard]] QString row() const; ///< of the table
    [[nodiscard]] QJsonObject json() const;
    [[nodiscard]] static QString header();
};

/// Runs both sides by turns after one round that doesn't count, and takes the medians.
[[nodiscard]] std::expected<Result, QString> measure(const Benchmark &benchmark, int rounds);

} // namespace handover::bench
