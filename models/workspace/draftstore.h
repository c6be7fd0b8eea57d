// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/jobcontext.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QThreadPool>

#include <memory>
#include <optional>

class QLockFile;

namespace handover::workspace {

/// Text that was being edited when a Handover ended without saving or discarding it.
struct Draft
{
    QString file; ///< that it is of
    QByteArray text;
    QDateTime time;
    QString place; ///< where it is kept
};

/// Unsaved text, kept below the state directory over a crash: one file for each edited file and
/// running Handover, so two of them don't take each other's away. Writing and removing happen in a
/// thread, in the order they were asked for; the destructor waits for it.
class DraftStore
{
public:
    explicit DraftStore(const QString &directory = {}); ///< empty: the user's
    ~DraftStore();
    DraftStore(const DraftStore &) = delete;
    DraftStore &operator=(const DraftStore &) = delete;

    void keep(const QString &file, const QByteArray &text); ///< nothing of many megabytes; the former text stays then
    void forget(const QString &file); ///< what this Handover kept of it
    void drop(const Draft &draft);
    void wait(); ///< until all of that has happened

    /// The newest draft of a file that a Handover left which no longer runs.
    [[nodiscard]] std::optional<Draft> find(const QString &file) const;
    /// The newest drafts that such Handovers left, whatever they are of, newest first. Any thread.
    [[nodiscard]] QList<Draft> left(const JobContext &context) const;

private:
    [[nodiscard]] QString placeOf(const QString &file) const;
    [[nodiscard]] bool isAlive(const QString &session) const;

    QString m_directory;
    QString m_session;
    std::unique_ptr<QLockFile> m_lock; ///< held as long as this Handover runs; made with the first draft
    QThreadPool m_pool;
};

} // namespace handover::workspace
