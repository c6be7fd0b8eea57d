// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testserver.h"

#include <cstdio>

#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>

namespace handover::server {

/// Accounts that only this process and its children see: /etc/passwd and what belongs to it are covered by files of a
/// temporary folder, in a mount namespace of its own. Needs root.
///   login   logs in with the password "pass word"; may act as owner by sudo
///   locked  the same, but sudo asks for a password
///   owner   whom a release belongs to
///   shut    has no shell, but one that says so
class Accounts
{
public:
    static constexpr uid_t Login = 42001;
    static constexpr uid_t Owner = 42002;

    /// Before there is another thread. Empty when all went well, else why not.
    [[nodiscard]] QString make()
    {
        using namespace Qt::StringLiterals;
        if (::geteuid() != 0)
            return u"only root can make accounts"_s;
        if (!m_directory.isValid() || ::unshare(CLONE_NEWNS) != 0 ||
            ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
            return u"no mount namespace of its own"_s;
        ::chmod(qPrintable(m_directory.path()), 0755);
        QByteArray hash(200, '\0');
        FILE *openssl = ::popen("openssl passwd -6 'pass word'", "r"); // before there is an application, as QProcess wants
        hash.resize(openssl ? qsizetype(std::fread(hash.data(), 1, size_t(hash.size()), openssl)) : 0);
        if (openssl)
            ::pclose(openssl);
        hash = hash.trimmed();
        if (!hash.startsWith("$6$"))
            return u"no openssl to make a password with"_s;
        QByteArray passwd = TestServer::contents(u"/etc/passwd"_s);
        QByteArray shadow = TestServer::contents(u"/etc/shadow"_s);
        QByteArray group = TestServer::contents(u"/etc/group"_s);
        const QString noShell = m_directory.filePath(u"nologin"_s);
        TestServer::write(noShell, "#!/bin/sh\necho This account is currently not available.\nexit 1\n");
        ::chmod(qPrintable(noShell), 0755);
        uid_t uid = Login;
        for (const QByteArray name : {"login", "owner", "locked", "shut"}) {
            const QByteArray id = QByteArray::number(uid++);
            const QString home = m_directory.filePath(u"home-"_s + QString::fromLatin1(name));
            QDir().mkpath(home);
            if (::chown(qPrintable(home), id.toUInt(), id.toUInt()) != 0 || ::chmod(qPrintable(home), 0700) != 0)
                return u"no home"_s;
            passwd += name + ":x:" + id + ':' + id + "::" + home.toLocal8Bit() +
                      ':' + (name == "shut" ? noShell.toLocal8Bit() : "/bin/sh"_ba) + '\n';
            shadow += name + ':' + hash + ":19000:0:99999:7:::\n";
            group += name + ":x:" + id + ":\n";
        }
        const bool covered = cover("/etc/passwd", passwd, 0644) && cover("/etc/shadow", shadow, 0600) &&
                             cover("/etc/group", group, 0644) &&
                             cover("/etc/sudoers", "Defaults env_reset, use_pty\nroot ALL=(ALL:ALL) ALL\n"
                                                   "login ALL=(owner) NOPASSWD: ALL\nlocked ALL=(owner) ALL\n", 0440);
        return covered ? QString() : u"the files of accounts can't be covered"_s;
    }

    /// A folder that belongs to one of them and that nobody else may look into.
    [[nodiscard]] RemotePath ownFolder(const QString &name, uid_t owner) const
    {
        const QString folder = m_directory.filePath(name);
        QDir().mkpath(folder);
        if (::chown(qPrintable(folder), owner, owner) != 0 || ::chmod(qPrintable(folder), 0700) != 0)
            qWarning("%s has the wrong owner", qPrintable(folder));
        return *RemotePath::parse(QFile::encodeName(folder));
    }
    [[nodiscard]] QString home(const QString &name) const { return m_directory.filePath(QStringLiteral("home-") + name); }

    /// What a server needs so that they can log in by password.
    [[nodiscard]] static QByteArray config() { return "PasswordAuthentication yes\n"; }
    [[nodiscard]] static ConnectOptions options(const TestServer &test, const QString &runAs = {})
    {
        ConnectOptions options;
        options.knownHostsFile = test.path(QStringLiteral("sshd/known_hosts"));
        options.configFile = QStringLiteral("none");
        options.password = QStringLiteral("pass word");
        options.runAs = runAs;
        return options;
    }

private:
    bool cover(const char *file, const QByteArray &contents, mode_t mode)
    {
        const QString own = m_directory.filePath(QFileInfo(QString::fromLatin1(file)).fileName());
        TestServer::write(own, contents);
        return ::chmod(qPrintable(own), mode) == 0 && ::mount(qPrintable(own), file, nullptr, MS_BIND, nullptr) == 0;
    }

    QTemporaryDir m_directory;
};

} // namespace handover::server
