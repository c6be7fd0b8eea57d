// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ownjournal.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QThread>

#include <csignal>
#include <sched.h>
#include <sys/mount.h>

using namespace Qt::StringLiterals;

namespace handover::test {

namespace {

constexpr auto Daemon = "/usr/lib/systemd/systemd-journald"_L1;
constexpr auto Socket = "/run/systemd/journal/stdout"_L1;
constexpr int Patience = 10'000;

bool writeTo(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write(text) == text.size();
}

} // namespace

std::unique_ptr<OwnJournal> OwnJournal::start()
{
    std::unique_ptr<OwnJournal> journal(new OwnJournal);
    const bool started = QFile::exists(Daemon) && journal->isolate() && journal->makeService() && journal->startDaemon();
    return started ? std::move(journal) : nullptr;
}

OwnJournal::~OwnJournal()
{
    m_daemon.terminate();
    m_daemon.waitForFinished(Patience);
    QFile members(processes());
    if (m_group.isEmpty() || !members.open(QIODevice::ReadOnly))
        return;
    for (const QByteArray &process : members.readAll().split('\n')) // a node that is not stopped yet
        writeTo(QFileInfo(m_group).path() + u"/../cgroup.procs"_s, process);
    members.close();
    QDir().rmdir(m_group);
    QDir().rmdir(QFileInfo(m_group).path()); // if it was made here
}

bool OwnJournal::isolate()
{
    for (const char *const place : {"/run/systemd", "/run/log"})
        if (!QDir().mkpath(QString::fromLatin1(place)))
            return false;
    const QString machine = m_directory.filePath(u"machine-id"_s);
    if (!QFile::exists(u"/etc/machine-id"_s) || !writeTo(machine, "0123456789abcdef0123456789abcdef\n"))
        return false;
    return ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
           ::mount("tmpfs", "/run/systemd", "tmpfs", 0, nullptr) == 0 && ::mount("tmpfs", "/run/log", "tmpfs", 0, nullptr) == 0 &&
           ::mount(QFile::encodeName(machine).constData(), "/etc/machine-id", nullptr, MS_BIND, nullptr) == 0 &&
           QDir().mkpath(u"/run/log/journal"_s);
}

bool OwnJournal::makeService()
{
    m_unit = u"handover-test-%1.service"_s.arg(QCoreApplication::applicationPid());
    for (const QString &root : {u"/sys/fs/cgroup/unified"_s, u"/sys/fs/cgroup"_s}) {
        const QString group = root + u"/system.slice/"_s + m_unit;
        if (QFile::exists(root + u"/cgroup.procs"_s) && QDir().mkpath(group)) {
            m_group = group;
            return true;
        }
    }
    return false;
}

bool OwnJournal::startDaemon()
{
    m_daemon.setStandardErrorFile(m_directory.filePath(u"journald.log"_s));
    m_daemon.start(Daemon, QStringList());
    QElapsedTimer clock;
    clock.start();
    while (!QFile::exists(Socket) && clock.elapsed() < Patience && m_daemon.state() != QProcess::NotRunning)
        QThread::msleep(20);
    return QFile::exists(Socket) && write(u"begins"_s);
}

bool OwnJournal::takeIn(qint64 process) const { return writeTo(processes(), QByteArray::number(process)); }

bool OwnJournal::write(const QString &line) const
{
    QProcess writer; // it stays until journald has looked to which service it belongs
    writer.start(u"sh"_s, {u"-c"_s, u"echo $$ > \"$0\" && { printf '%s\\n' \"$1\"; sleep 1; } | systemd-cat"_s, processes(), line});
    return writer.waitForFinished(Patience) && writer.exitCode() == 0;
}

} // namespace handover::test
