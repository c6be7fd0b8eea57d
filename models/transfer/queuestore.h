// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/latestwins.h"
#include "models/transfer/queuefile.h"

#include <QLockFile>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace handover::transfer {

/// Keeps a queue in a file, written in a thread of its own: at once when asked to, else at most every second, and less
/// often where writing takes long. Each running program has a file of its own; those of programs that are gone are
/// taken over.
class QueueStore final : public QObject
{
    Q_OBJECT

public:
    /// `contents` is asked for what is to be written, in this thread.
    QueueStore(const QString &directory, std::function<QueueContents()> contents, QObject *parent = nullptr);
    ~QueueStore() override; ///< writes what is to be written

    /// What programs that are gone left. Their files are removed when this one is written.
    [[nodiscard]] QList<QueueContents> takeOver();
    void saveSoon();
    /// `then` is called when it is written, or can't be.
    void saveNow(const std::function<void()> &then);

private:
    struct Written
    {
        bool whole = false;
        qint64 milliseconds = 0;
    };
    struct Old
    {
        QString file;
        std::unique_ptr<QLockFile> lock;
    };
    void save();
    void ended(Written written);
    void removeOld();
    [[nodiscard]] bool makePlace();

    QString m_directory;
    QString m_file;
    std::function<QueueContents()> m_contents;
    std::unique_ptr<QLockFile> m_lock;
    std::vector<Old> m_old;                 ///< that were taken over
    QList<std::function<void()>> m_then;    ///< of the next write
    QList<std::function<void()>> m_writing; ///< of the one that is going on
    QTimer m_timer;
    bool m_isDirty = false;
    LatestWins m_writer; // last: it ends first
};

} // namespace handover::transfer
