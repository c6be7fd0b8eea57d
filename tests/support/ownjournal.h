// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace handover::test {

/// systemd's journal with a service of its own, seen by this process and by what it starts from then on. Stops with it;
/// nothing of it is seen elsewhere, but the cgroup of the service, which is removed in the end.
class OwnJournal
{
public:
    /// To be called before what shall see it is started. Nothing if that takes more rights, or systemd isn't here.
    [[nodiscard]] static std::unique_ptr<OwnJournal> start();
    ~OwnJournal();
    Q_DISABLE_COPY_MOVE(OwnJournal)

    [[nodiscard]] QString unit() const { return m_unit; }
    [[nodiscard]] bool takeIn(qint64 process) const; ///< into the service
    [[nodiscard]] bool write(const QString &line) const; ///< as a process of the service

private:
    OwnJournal() = default;
    [[nodiscard]] bool isolate();
    [[nodiscard]] bool makeService();
    [[nodiscard]] bool startDaemon();
    [[nodiscard]] QString processes() const { return m_group + QStringLiteral("/cgroup.procs"); }

    QTemporaryDir m_directory;
    QString m_unit;
    QString m_group; ///< the service's cgroup
    QProcess m_daemon;
};

} // namespace handover::test
