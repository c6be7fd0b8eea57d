// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/queuestore.h"

#include "models/jobs/wholefile.h"
#include "models/server/part.h"
#include "models/settings/directories.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QUuid>

#include <utility>

using namespace Qt::StringLiterals;

namespace handover::transfer {

namespace {

constexpr qint64 MaximumFile = 64 * 1024 * 1024;
constexpr int Pause = 1000; // milliseconds between two writes
constexpr qint64 Ease = 20; // times as long as a write took
const QString Suffix = u".queue"_s;

bool write(const QString &file, const QueueContents &contents)
{
    return writeWhole(file, toBytes(contents), QFileDevice::ReadOwner | QFileDevice::WriteOwner).has_value();
}

std::unique_ptr<QLockFile> lockOf(const QString &file)
{
    auto lock = std::make_unique<QLockFile>(file.chopped(Suffix.size()) + u".lock"_s);
    lock->setStaleLockTime(0); // stale only when its process is gone
    return lock;
}

} // namespace

QueueStore::QueueStore(const QString &directory, std::function<QueueContents()> contents, QObject *parent)
    : QObject(parent)
    , m_directory(directory.isEmpty() ? settings::stateDirectory() + u"/transfers"_s : directory)
    , m_file(m_directory + u'/' + QUuid::createUuid().toString(QUuid::Id128) + Suffix)
    , m_contents(std::move(contents))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &QueueStore::save);
}

QueueStore::~QueueStore()
{
    if (!m_isDirty && !m_writer.isBusy())
        return;
    const QueueContents contents = m_contents();
    if (makePlace() && write(m_file, contents))
        removeOld();
}

bool QueueStore::makePlace()
{
    if (m_lock)
        return true;
    if (!QDir().mkpath(m_directory))
        return false;
    m_lock = lockOf(m_file);
    return m_lock->tryLock(0);
}

QList<QueueContents> QueueStore::takeOver()
{
    QList<QueueContents> all;
    const QDir directory(m_directory);
    const QStringList names = directory.entryList({u'*' + Suffix}, QDir::Files, QDir::Time | QDir::Reversed);
    for (const QString &name : names) {
        const QString path = directory.filePath(name);
        auto lock = lockOf(path);
        QFile file(path);
        if (!lock->tryLock(0) || file.size() > MaximumFile || !file.open(QIODevice::ReadOnly))
            continue;
        all += fromBytes(file.readAll());
        m_old.push_back({path, std::move(lock)});
    }
    return all;
}

void QueueStore::saveSoon()
{
    m_isDirty = true;
    if (!m_timer.isActive() && !m_writer.isBusy())
        m_timer.start(Pause);
}

void QueueStore::saveNow(const std::function<void()> &then)
{
    m_then += then;
    if (!m_writer.isBusy())
        save();
}

void QueueStore::save()
{
    m_timer.stop();
    m_isDirty = false;
    m_writing = std::exchange(m_then, {});
    if (!makePlace()) {
        ended({});
        return;
    }
    m_writer.start<Written>(
        [contents = m_contents(), file = m_file](const JobContext &) {
            QElapsedTimer clock;
            clock.start();
            const bool whole = write(file, contents);
            return Written{whole, clock.elapsed()};
        },
        [this](Written written) { ended(written); });
}

void QueueStore::ended(Written written)
{
    if (written.whole)
        removeOld();
    const auto calls = std::exchange(m_writing, {});
    for (const auto &call : calls)
        call();
    if (!m_then.isEmpty() && !m_writer.isBusy())
        save();
    else if (m_isDirty && !m_writer.isBusy())
        m_timer.start(static_cast<int>(qMax(qint64{Pause}, Ease * written.milliseconds)));
}

// What failed to be written stays for the next program.
void QueueStore::removeOld()
{
    for (const Old &old : m_old)
        QFile::remove(old.file);
    m_old.clear();
}

} // namespace handover::transfer
