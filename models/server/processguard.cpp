// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/processguard.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace handover::server {

namespace {

// Between fork() and _exit() of a process with threads only async-signal-safe functions may be
// called: from here to `watch` there is no allocation and no Qt.

constexpr int Lifeline = 3; // where the watcher has its end of the pipe

void pause(long milliseconds)
{
    const timespec time{0, milliseconds * 1'000'000};
    ::nanosleep(&time, nullptr);
}

// Sends a signal to every direct child. Their orphans become direct children in turn.
void signalChildren(int signal)
{
    std::array<char, 4096> text{};
    const int fd = ::open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    const ssize_t size = ::read(fd, text.data(), text.size());
    ::close(fd);
    pid_t pid = 0;
    for (ssize_t i = 0; i < size; ++i) {
        const char c = text[static_cast<size_t>(i)];
        if (c >= '0' && c <= '9') {
            pid = pid * 10 + (c - '0');
        } else if (pid > 0) {
            ::kill(pid, signal);
            pid = 0;
        }
    }
}

// Whether children are left.
[[nodiscard]] bool reap(pid_t main, bool &mainEnded)
{
    while (true) {
        const pid_t pid = ::waitpid(-1, nullptr, WNOHANG);
        if (pid == main)
            mainEnded = true;
        if (pid <= 0)
            return pid == 0;
    }
}

void endAll(pid_t main)
{
    bool ended = false;
    if (!reap(main, ended))
        return;
    ::kill(main, SIGTERM);
    signalChildren(SIGTERM);
    for (int i = 0; i < 50; ++i) {
        if (!reap(main, ended))
            return;
        pause(10);
    }
    for (int i = 0; i < 400 && reap(main, ended); ++i) {
        if (!ended)
            ::kill(main, SIGKILL);
        signalChildren(SIGKILL);
        pause(5);
    }
}

[[noreturn]] void runProgram(const char *program, char *const *arguments)
{
    for (int signal = 1; signal < 32; ++signal)
        ::signal(signal, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL); // the watcher has one thread, so this means its death
    ::execv(program, arguments);
    const char *why = std::strerror(errno);
    (void)!::write(2, why, std::strlen(why));
    ::_exit(127);
}

[[noreturn]] void watch(const char *program, char *const *arguments, int lifeline, int log)
{
    ::setsid();
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT})
        ::signal(signal, SIG_IGN);
    ::signal(SIGCHLD, SIG_DFL);
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    ::prctl(PR_SET_NAME, "handover-guard");
    (void)!::chdir("/");

    // Every other descriptor of the parent goes: another watcher's lifeline must not be held open.
    const int ownLifeline = ::fcntl(lifeline, F_DUPFD, 10);
    const int ownLog = ::fcntl(log, F_DUPFD, 10);
    const int null = ::open("/dev/null", O_RDONLY);
    ::dup2(null, 0);
    ::dup2(ownLog, 1);
    ::dup2(ownLog, 2);
    ::dup2(ownLifeline, Lifeline);
    ::fcntl(Lifeline, F_SETFD, FD_CLOEXEC);
    ::syscall(SYS_close_range, Lifeline + 1, ~0U, 0);

    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    ::sigprocmask(SIG_SETMASK, &child, nullptr);
    const int events = ::signalfd(-1, &child, SFD_CLOEXEC);
    const pid_t main = ::fork();
    if (main == 0)
        runProgram(program, arguments);

    bool ended = main < 0;
    while (!ended) {
        std::array<pollfd, 2> waiting{{{Lifeline, POLLIN, 0}, {events, POLLIN, 0}}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR)
            break;
        if (waiting[0].revents != 0)
            break;
        if (waiting[1].revents != 0) {
            signalfd_siginfo info;
            (void)!::read(events, &info, sizeof info);
            (void)reap(main, ended);
        }
    }
    endAll(main);
    ::_exit(0);
}

} // namespace

Result<ProcessGuard> ProcessGuard::start(const QByteArray &program, const QList<QByteArray> &arguments,
                                         const QByteArray &logFile)
{
    const auto failed = [&] {
        return failure(u"process.not-found"_s,
                       u"%1 could not be started."_s.arg(QString::fromLocal8Bit(program)),
                       u"Check the system's limits on processes and open files."_s,
                       QString::fromLocal8Bit(std::strerror(errno)));
    };
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failed();
    const FileDescriptor theirs(ends[0]);
    FileDescriptor ours(ends[1]);
    const FileDescriptor log(::open(logFile.constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    if (!log.isOpen())
        return failed();

    QList<QByteArray> owned{program};
    owned += arguments;
    std::vector<char *> vector;
    for (QByteArray &argument : owned)
        vector.push_back(argument.data());
    vector.push_back(nullptr);

    const pid_t watcher = ::fork();
    if (watcher < 0)
        return failed();
    if (watcher == 0)
        watch(vector.front(), vector.data(), theirs.get(), log.get());
    return ProcessGuard(watcher, std::move(ours));
}

ProcessGuard::ProcessGuard(ProcessGuard &&other) noexcept
    : m_watcher(std::exchange(other.m_watcher, -1))
    , m_lifeline(std::move(other.m_lifeline))
{
}

ProcessGuard &ProcessGuard::operator=(ProcessGuard &&other) noexcept
{
    std::swap(m_watcher, other.m_watcher);
    m_lifeline = std::move(other.m_lifeline);
    return *this;
}

ProcessGuard::~ProcessGuard() { stop(); }

bool ProcessGuard::isRunning()
{
    if (m_watcher < 0)
        return false;
    if (::waitpid(m_watcher, nullptr, WNOHANG) == 0)
        return true;
    m_watcher = -1;
    return false;
}

void ProcessGuard::stop()
{
    // A byte as well: a child of ours between fork and exec may still hold the pipe open.
    if (m_lifeline.isOpen())
        (void)!::write(m_lifeline.get(), "x", 1);
    m_lifeline = FileDescriptor();
    for (int i = 0; i < 400 && isRunning(); ++i)
        std::this_thread::sleep_for(10ms);
    if (m_watcher >= 0) {
        ::kill(m_watcher, SIGKILL);
        ::waitpid(m_watcher, nullptr, 0);
        m_watcher = -1;
    }
}

} // namespace handover::server
