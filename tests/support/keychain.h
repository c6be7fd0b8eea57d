// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QTemporaryDir>

#include <cstdlib>

#include <sys/wait.h>
#include <unistd.h>

namespace handover::test {

/// Runs this program once more, on a session bus of its own with a real keychain that has been unlocked; everything of
/// it is below a folder of its own and ends with it. False: this is that run (or the machine has no gnome-keyring); true:
/// it has ended, and `status` says how.
[[nodiscard]] inline bool ranWithKeychain(char **argv, int &status)
{
    if (!qEnvironmentVariableIsEmpty("HANDOVER_TEST_KEYCHAIN"))
        return false;
    const QTemporaryDir home;
    const QByteArray folder = home.path().toLocal8Bit();
    const pid_t pid = ::fork();
    if (pid == 0) {
        for (const char *variable : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
            ::setenv(variable, folder.constData(), 1);
        ::setenv("HANDOVER_TEST_KEYCHAIN", "yes", 1);
        const char *script = "gnome-keyring-daemon --foreground --components=secrets --unlock >/dev/null 2>&1 <<'E' & daemon=$!\n"
                             "keyring\nE\n\"$@\"; status=$?; kill $daemon; exit $status";
        QList<char *> command{const_cast<char *>("dbus-run-session"), const_cast<char *>("--"), const_cast<char *>("sh"),
                              const_cast<char *>("-c"), const_cast<char *>(script), const_cast<char *>("sh")};
        for (char **word = argv; *word; ++word)
            command += *word;
        command += nullptr;
        ::execvp(command.first(), command.data());
        ::_exit(127);
    }
    int ended = 0;
    ::waitpid(pid, &ended, 0);
    status = WIFEXITED(ended) ? WEXITSTATUS(ended) : 1;
    if (status != 127)
        return true;
    status = 0; // no dbus-run-session
    return false;
}

} // namespace handover::test
