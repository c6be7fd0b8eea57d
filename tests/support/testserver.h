// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/localserver.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <filesystem>
#include <optional>

#include <unistd.h>

namespace handover::server {

/// The words of a failed result, for QVERIFY2.
template<typename T>
[[nodiscard]] QByteArray wordsOf(const Result<T> &result)
{
    return result ? QByteArray("no error")
                  : (result.error().code + u": " + result.error().words() + u'\n' + result.error().detail)
                        .toUtf8();
}

template<typename T>
[[nodiscard]] QString codeOf(const Result<T> &result)
{
    return result                         ? QString()
           : result.error().isCancelled() ? QStringLiteral("cancelled")
                                          : result.error().code;
}

#define VERIFY_RESULT(result) QVERIFY2((result).has_value(), wordsOf(result).constData())

/// A real sshd on loopback with a folder of files beside it.
class TestServer
{
public:
    [[nodiscard]] bool start(const QByteArray &extraConfig = {},
                             const QMap<QString, QString> &environment = {})
    {
        if (!m_directory.isValid() || !QDir(m_directory.path()).mkpath(QStringLiteral("files")))
            return false;
        Result<LocalServer> started =
            LocalServer::start({path(QStringLiteral("sshd")), environment, extraConfig}, {});
        if (!started) {
            qWarning("%s", wordsOf(started).constData());
            return false;
        }
        m_server.emplace(std::move(*started));
        return true;
    }

    [[nodiscard]] LocalServer &server() { return *m_server; }
    [[nodiscard]] QString path(const QString &name) const { return m_directory.filePath(name); }
    [[nodiscard]] QString local(const QString &name = {}) const
    {
        return path(QStringLiteral("files/") + name);
    }
    [[nodiscard]] RemotePath files() const
    {
        return *RemotePath::parse(QFile::encodeName(path(QStringLiteral("files"))));
    }
    [[nodiscard]] RemotePath remote(QByteArrayView name) const { return *files().child(name); }
    [[nodiscard]] Address address() const { return m_server->address(files()); }
    [[nodiscard]] Result<Session> connect(const JobContext &context = {}) const
    {
        return Session::connect(address(), m_server->connectOptions(), context);
    }

    /// What stands in a file of this machine; nothing when it isn't there.
    [[nodiscard]] static QByteArray contents(const QString &file)
    {
        QFile in(file);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    static void write(const QString &file, const QByteArray &contents)
    {
        QFile out(file);
        QVERIFY2(out.open(QIODevice::WriteOnly) && out.write(contents) == contents.size(), qPrintable(file));
    }
    [[nodiscard]] QStringList names() const
    {
        QStringList names; // not by QDir, which doesn't see names that are not UTF-8
        for (const auto &entry : std::filesystem::directory_iterator(local().toStdString()))
            names += QString::fromStdString(entry.path().filename().string());
        names.sort();
        return names;
    }

private:
    QTemporaryDir m_directory;
    std::optional<LocalServer> m_server;
};

/// A context that can be cancelled by `stop` and tells its progress.
[[nodiscard]] inline JobContext onProgress(std::stop_source &stop, std::function<void(const Progress &)> call)
{
    return {stop.get_token(), {std::move(call), {}}};
}

/// The process on the server that runs the session's commands; 0 if it can't be told.
[[nodiscard]] inline pid_t processOf(Session &session, const RemotePath &directory)
{
    const auto parent = session.exec(directory, {"sh", "-c", "echo $PPID"}, {});
    return parent ? parent->output.trimmed().toInt() : 0;
}

/// Bytes that look random but are the same in each run.
[[nodiscard]] inline QByteArray noise(qsizetype size, quint32 seed = 1)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint64 state = seed * 2654435761U + 88172645463325252ULL;
    for (char &c : bytes) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        c = static_cast<char>(state >> 32);
    }
    return bytes;
}

} // namespace handover::server
