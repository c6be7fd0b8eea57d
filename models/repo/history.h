// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/jobs/jobcontext.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace handover::repo {

/// One commit of a history that is to be made, and its tag.
struct HistoryEntry
{
    QString tree; ///< a directory (or resource path) whose contents become the commit's tree
    QString message;
    QByteArray tag; ///< empty: none
    bool annotated = false;
    QString tagMessage;
    QDateTime date;
};

/// Makes a new repository in `directory` (which is empty or not there) with the given commits on
/// branch main, one after the other, and the last one checked out. The same input gives the same
/// object ids: author, committer and tagger are `name` and `email`, the dates are the entries'.
[[nodiscard]] Result<void> makeHistory(const QString &directory, const QString &name, const QString &email,
                                       const QList<HistoryEntry> &entries, const JobContext &context);

} // namespace handover::repo
