// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/latestwins.h"
#include "models/versions/version.h"

#include <QList>
#include <QObject>

#include <memory>

namespace handover::workspace {

/// Reads in the background which applications are at which version, where that is not known yet: a
/// part at a time, newest first, so that what is known is shown while the rest is being read.
class VersionApps final : public QObject
{
    Q_OBJECT

public:
    explicit VersionApps(QObject *parent = nullptr);

    /// Forgets what is being read. `versions` are those of the repository at `path`.
    void read(const QString &path, const QList<versions::Version> &versions);
    void stop();
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

signals:
    /// Those of as many versions, from row `first` on.
    void partRead(qsizetype first, const QList<handover::versions::Declared> &declared);
    void finished();

private:
    struct Reading;
    struct Part;
    void readPart(const std::shared_ptr<Reading> &reading);

    LatestWins m_work;
    bool m_isBusy = false;
};

} // namespace handover::workspace
