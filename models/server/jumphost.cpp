// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/jumphost.h"

#include "models/jobs/process.h"

#include <QFile>
#include <QStandardPaths>

#include <array>
#include <chrono>
#include <csignal>
#include <cstring>
#include <thread>
#include <vector>

#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace handover::server {

JumpHost::JumpHost(JumpHost &&other) noexcept
    : m_pid(std::exchange(other.m_pid, -1))
    , m_socket(std::move(other.m_socket))
    , m_errors(std::move(other.m_errors))
{
}

JumpHost &JumpHost::operator=(JumpHost &&other) noexcept
{
    std::swap(m_pid, other.m_pid);
    m_socket = std::move(other.m_socket);
    m_errors = std::move(other.m_errors);
    return *this;
}

JumpHost::~JumpHost()
{
    if (m_pid < 0)
        return;
    m_socket = FileDescriptor();
    for (const int signal : {0, SIGTERM, SIGKILL}) { // it mostly ends by itself: its input is gone
        if (signal != 0)
            ::kill(m_pid, signal);
        for (int i = 0; i < 30; ++i) {
            if (::waitpid(m_pid, nullptr, WNOHANG) != 0)
                return;
            std::this_thread::sleep_for(10ms);
        }
    }
}

QString JumpHost::forHost(const QString &host, const QString &configFile)
{
    if (configFile == "none"_L1)
        return {};
    ProcessSpec ssh;
    ssh.program = u"ssh"_s;
    ssh.arguments = {u"-G"_s};
    if (!configFile.isEmpty())
        ssh.arguments += {u"-F"_s, configFile};
    ssh.arguments += {u"--"_s, host};
    ssh.timeoutMs = 2000;
    ssh.logLines = false;
    const Result<ProcessOutcome> outcome = runProcess(ssh, {});
    if (!outcome || outcome->exitCode != 0)
        return {};
    for (const QByteArray &line : outcome->output.split('\n'))
        if (line.startsWith("proxyjump "))
            return line == "proxyjump none" ? QString() : QString::fromUtf8(line.sliced(10).trimmed());
    return {};
}

Result<JumpHost> JumpHost::start(const QString &jumps, const QString &configFile, const QByteArray &host,
                                 unsigned port)
{
    const auto failed = [&](int error) {
        return failure(u"server.unreachable"_s, u"ssh, which leads to %1, could not be started."_s.arg(jumps),
                       u"Install OpenSSH's client, or check ProxyJump in your ssh_config."_s,
                       QString::fromLocal8Bit(std::strerror(error)));
    };
    const QString program = QStandardPaths::findExecutable(u"ssh"_s);
    std::array<int, 2> ends{-1, -1};
    if (program.isEmpty() || ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return failed(program.isEmpty() ? ENOENT : errno);
    JumpHost jump;
    jump.m_socket = FileDescriptor(ends[0]);
    const FileDescriptor theirs(ends[1]);
    jump.m_errors = FileDescriptor(::memfd_create("ssh", MFD_CLOEXEC));

    const qsizetype comma = jumps.lastIndexOf(u',');
    const QString last = jumps.sliced(comma + 1);
    QList<QByteArray> arguments{"ssh", "-T", "-o", "BatchMode=yes"};
    if (!configFile.isEmpty())
        arguments += {"-F", QFile::encodeName(configFile)};
    if (comma > 0)
        arguments += {"-J", jumps.first(comma).toUtf8()};
    arguments += {"-W", '[' + host + "]:" + QByteArray::number(port), "--",
                  last.startsWith("ssh://"_L1) ? last.toUtf8() : QByteArray("ssh://" + last.toUtf8())};
    std::vector<char *> vector;
    for (QByteArray &argument : arguments)
        vector.push_back(argument.data());
    vector.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, theirs.get(), 0);
    posix_spawn_file_actions_adddup2(&actions, theirs.get(), 1);
    posix_spawn_file_actions_adddup2(&actions, jump.m_errors.get(), 2);
    const int error = ::posix_spawn(&jump.m_pid, QFile::encodeName(program).constData(), &actions, nullptr,
                                    vector.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        jump.m_pid = -1;
        return failed(error);
    }
    return jump;
}

QString JumpHost::complaint() const
{
    if (!m_errors.isOpen())
        return {};
    QByteArray text(4096, '\0');
    const ssize_t size = ::pread(m_errors.get(), text.data(), static_cast<size_t>(text.size()), 0);
    return QString::fromUtf8(text.first(std::max<qsizetype>(size, 0))).trimmed();
}

} // namespace handover::server
