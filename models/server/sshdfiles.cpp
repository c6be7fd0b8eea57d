// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/sshdfiles.h"

#include "models/jobs/process.h"
#include "models/jobs/wholefile.h"

#include <QFile>
#include <QRegularExpression>
#include <QStandardPaths>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

[[nodiscard]] std::unexpected<Error> notStarted(const QString &what, const QString &detail)
{
    return failure(u"local-server.start"_s, what, u"Check the folder's rights and the space on its disk."_s,
                   detail);
}

[[nodiscard]] Result<void> writeFile(const QString &name, const QByteArray &contents)
{
    if (const auto written = writeWhole(name, contents, QFile::ReadOwner | QFile::WriteOwner); !written)
        return notStarted(u"%1 could not be written."_s.arg(name), written.error());
    return {};
}

[[nodiscard]] Result<void> makeKey(const QString &file, const JobContext &context)
{
    if (QFile::exists(file) && QFile::exists(file + u".pub"_s))
        return {};
    QFile::remove(file);
    ProcessSpec keygen;
    keygen.program = u"ssh-keygen"_s;
    keygen.arguments = {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, u""_s, u"-C"_s, u"handover-local-server"_s,
                        u"-f"_s, file};
    keygen.timeoutMs = 20'000;
    const Result<ProcessOutcome> made = runProcess(keygen, context);
    if (!made)
        return std::unexpected(made.error());
    if (made->exitCode != 0)
        return notStarted(u"ssh-keygen could not make a key."_s, QString::fromUtf8(made->output));
    return {};
}

[[nodiscard]] Result<QByteArray> readLine(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return notStarted(u"%1 could not be read."_s.arg(name), file.errorString());
    return file.readLine(4096).trimmed();
}

// A word of sshd_config. Within double quotes a backslash takes the meaning from a quote or itself.
[[nodiscard]] QByteArray configWord(QByteArray word)
{
    word.replace('\\', "\\\\").replace('"', "\\\"");
    return '"' + word + '"';
}

[[nodiscard]] QByteArray configPath(const QString &path) { return configWord(QFile::encodeName(path)); }

[[nodiscard]] Result<QByteArray> environmentLine(const QMap<QString, QString> &environment)
{
    static const QRegularExpression name(u"^[A-Za-z_][A-Za-z0-9_]*$"_s);
    QByteArray line;
    for (const auto &[key, value] : environment.asKeyValueRange()) {
        if (!name.match(key).hasMatch() || value.contains(u'\n') || value.contains(u'\r') ||
            value.contains(QChar(0)))
            return misuse(u"local-server.start"_s,
                          u"The variable %1 can't be set for the local server."_s.arg(key),
                          u"Names are letters, digits and underscores; values have one line."_s);
        line += ' ' + configWord((key + u'=' + value).toUtf8());
    }
    return line.isEmpty() ? line : QByteArray("SetEnv" + line + '\n');
}

} // namespace

QString findSshd()
{
    return QStandardPaths::findExecutable(
        u"sshd"_s, {u"/usr/sbin"_s, u"/usr/local/sbin"_s, u"/sbin"_s, u"/usr/bin"_s, u"/usr/lib/ssh"_s});
}

Result<void> SshdFiles::prepare(const JobContext &context) const
{
    // sshd reads some lines of its configuration twice and loses backslashes on the way.
    if (directory.path().contains(u'\\') || directory.path().contains(u'\n'))
        return misuse(u"local-server.start"_s,
                      u"The local server can't use the folder %1: its name has a backslash or "
                      "a line break."_s.arg(directory.path()),
                      u"Choose another folder."_s);
    if (!directory.mkpath(u"."_s))
        return notStarted(u"The folder %1 could not be made."_s.arg(directory.path()), {});
    QFile::setPermissions(directory.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    for (const QString &key : {hostKey(), clientKey()}) {
        if (const Result<void> made = makeKey(key, context); !made)
            return made;
        QFile::setPermissions(key, QFile::ReadOwner | QFile::WriteOwner); // sshd and ssh refuse open ones
    }
    if (::getuid() == 0)
        ::mkdir("/run/sshd", 0755); // sshd's separated process lives there; a package's boot script makes it
    const Result<QByteArray> key = readLine(clientKey() + u".pub"_s);
    return key ? writeFile(authorizedKeys(), *key + '\n') : Result<void>(std::unexpected(key.error()));
}

Result<void> SshdFiles::write(int port, const LocalServer::Options &options, bool penalties) const
{
    QMap<QString, QString> variables = options.environment;
    if (!variables.contains(u"SHLVL"_s))
        variables.insert(u"SHLVL"_s, u"1"_s); // bash then leaves its start-up file alone, which is not the server's
    const Result<QByteArray> environment = environmentLine(variables);
    if (!environment)
        return std::unexpected(environment.error());
    // The first line that sets something wins, so what a test wants comes first.
    QByteArray text = options.extraConfig;
    if (!text.isEmpty() && !text.endsWith('\n'))
        text += '\n';
    text += "ListenAddress 127.0.0.1\nPort " + QByteArray::number(port) + "\nHostKey " +
            configPath(hostKey()) + "\nAuthorizedKeysFile " +
            configPath(authorizedKeys().replace(u'%', u"%%"_s)) // the only one with %-sequences

            +
            "\nPidFile none\nMaxStartups 200\nUsePAM no\nStrictModes no\nLogLevel INFO\nUseDNS no\nPrintMotd no\n"
            "PubkeyAuthentication yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
            "PermitRootLogin yes\nPermitUserEnvironment no\nAllowAgentForwarding no\nAllowTcpForwarding no\n"
            "X11Forwarding no\nPermitTunnel no\nMaxSessions 50\n";
    if (!options.extraConfig.contains("Subsystem"))
        text += "Subsystem sftp internal-sftp\n";
    if (penalties)
        text += "PerSourcePenalties no\n";
    text += *environment;
    if (const Result<void> written = writeFile(config(), text); !written)
        return written;
    const Result<QByteArray> key = readLine(hostKey() + u".pub"_s);
    if (!key)
        return std::unexpected(key.error());
    return writeFile(knownHosts(), "[127.0.0.1]:" + QByteArray::number(port) + ' ' + *key + '\n');
}

} // namespace handover::server
