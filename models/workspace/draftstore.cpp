// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/draftstore.h"

#include "models/jobs/wholefile.h"
#include "models/settings/directories.h"

#include <QCborMap>
#include <QCborValue>
#include <QCryptographicHash>
#include <QDir>
#include <QLockFile>
#include <QUuid>

#include <tuple>

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

constexpr qint64 MostOfDraft = 16 * 1024 * 1024;
constexpr qint64 MostOfText = MostOfDraft - 64 * 1024;
constexpr int MostDrafts = 100;
constexpr int MostLeft = 20; // are held at once

QString hashOf(const QString &file)
{
    return QString::fromLatin1(QCryptographicHash::hash(file.toUtf8(), QCryptographicHash::Sha256).first(16).toHex());
}

void write(const QString &place, const QString &file, const QByteArray &text)
{
    const QCborMap map{{u"file"_s, file}, {u"text"_s, text}, {u"time"_s, QDateTime::currentMSecsSinceEpoch()}};
    // There is nothing better to do about a failure of what is only a second net.
    std::ignore = writeWhole(place, map.toCborValue().toCbor(), QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

std::optional<Draft> read(const QString &place)
{
    QFile in(place);
    if (in.size() > MostOfDraft || !in.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QCborValue value = QCborValue::fromCbor(in.read(MostOfDraft));
    const QCborMap map = value.toMap();
    if (!map.value(u"file"_s).isString() || !map.value(u"text"_s).isByteArray())
        return std::nullopt;
    return Draft{map.value(u"file"_s).toString(), map.value(u"text"_s).toByteArray(),
                 QDateTime::fromMSecsSinceEpoch(map.value(u"time"_s).toInteger()), place};
}

} // namespace

DraftStore::DraftStore(const QString &directory)
    : m_directory(directory.isEmpty() ? settings::stateDirectory() + u"/drafts"_s : directory)
    , m_session(QUuid::createUuid().toString(QUuid::Id128))
{
    m_pool.setMaxThreadCount(1);
}

DraftStore::~DraftStore() { wait(); }

void DraftStore::wait() { m_pool.waitForDone(); }

QString DraftStore::placeOf(const QString &file) const
{
    return m_directory + u'/' + hashOf(file) + u'-' + m_session + u".draft"_s;
}

void DraftStore::keep(const QString &file, const QByteArray &text)
{
    if (text.size() > MostOfText)
        return;
    if (!m_lock) {
        QDir().mkpath(m_directory);
        m_lock = std::make_unique<QLockFile>(m_directory + u'/' + m_session + u".lock"_s);
        m_lock->setStaleLockTime(0);
        (void)m_lock->tryLock(0); // without it, another Handover may offer what is still being edited here
    }
    m_pool.start([place = placeOf(file), file, text] { write(place, file, text); });
}

void DraftStore::forget(const QString &file)
{
    if (m_lock)
        m_pool.start([place = placeOf(file)] { QFile::remove(place); });
}

void DraftStore::drop(const Draft &draft)
{
    m_pool.start([place = draft.place] { QFile::remove(place); });
}

bool DraftStore::isAlive(const QString &session) const
{
    QLockFile lock(m_directory + u'/' + session + u".lock"_s);
    lock.setStaleLockTime(0); // stale only when its process is gone
    return session == m_session || !lock.tryLock(0);
}

std::optional<Draft> DraftStore::find(const QString &file) const
{
    const QString hash = hashOf(file);
    const QStringList names = QDir(m_directory).entryList({hash + u"-*.draft"_s}, QDir::Files, QDir::Time);
    for (const QString &name : names.first(qMin<qsizetype>(names.size(), MostDrafts))) {
        const QString session = name.sliced(hash.size() + 1).chopped(6);
        if (isAlive(session))
            continue;
        if (auto draft = read(m_directory + u'/' + name); draft && draft->file == file)
            return draft;
    }
    return std::nullopt;
}

QList<Draft> DraftStore::left(const JobContext &context) const
{
    QList<Draft> all;
    const QStringList names = QDir(m_directory).entryList({u"*-*.draft"_s}, QDir::Files, QDir::Time);
    for (const QString &name : names.first(qMin<qsizetype>(names.size(), MostDrafts))) {
        const qsizetype dash = name.lastIndexOf(u'-');
        if (all.size() == MostLeft || context.isCancelled())
            break;
        if (isAlive(name.sliced(dash + 1).chopped(6)))
            continue;
        if (auto draft = read(m_directory + u'/' + name); draft && hashOf(draft->file) == name.first(dash))
            all += *std::move(draft);
    }
    return all;
}

} // namespace handover::workspace
