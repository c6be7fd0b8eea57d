// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/latestwins.h"
#include "models/workspace/pairchanges.h"

#include <QObject>

#include <optional>

namespace handover::workspace {

/// What differs between the chosen versions, worked out again when they or their builds change. Lives in
/// the window's thread; the work is done in others.
class LiveChanges final : public QObject
{
    Q_OBJECT

public:
    explicit LiveChanges(QObject *parent = nullptr);

    struct Pair
    {
        Project project;
        versions::Version from;
        versions::Version to;
        std::optional<build::BuiltRelease> olderBuild;
        std::optional<build::BuiltRelease> newerBuild;
        [[nodiscard]] bool isSame(const Pair &other) const;
    };
    /// Nothing: there are no two versions.
    void setPair(const std::optional<Pair> &pair);
    [[nodiscard]] const std::optional<Pair> &pair() const { return m_pair; }

    /// Nothing while it is being worked out for the first time.
    [[nodiscard]] const std::optional<Result<changes::Differences>> &outcome() const { return m_outcome; }
    /// An application of outcome(); nullptr if there is none.
    [[nodiscard]] const changes::AppDifference *app(const QString &name) const;
    [[nodiscard]] changes::Differences::Basis basis() const;

    /// Compares the sources of a module and hands the lines over; the newest request counts.
    using SourceLines = Result<QList<repo::DiffLine>>;
    void compareSource(const QByteArray &app, const changes::ModuleDifference &module,
                       std::function<void(SourceLines)> done);

signals:
    void changed();

private:
    std::optional<Pair> m_pair;
    std::optional<Result<changes::Differences>> m_outcome;
    LatestWins m_worker;
    LatestWins m_sources;
};

} // namespace handover::workspace
