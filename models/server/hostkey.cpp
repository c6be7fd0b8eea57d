// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/quoting.h"
#include "models/server/sessionprivate.h"

#include <QDir>
#include <QFile>

#include <libssh/libssh.h>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr qint64 MaximumKnownHosts = 16 * 1024 * 1024;

[[nodiscard]] QByteArray fingerprint(ssh_key key)
{
    unsigned char *hash = nullptr;
    size_t size = 0;
    if (ssh_get_publickey_hash(key, SSH_PUBLICKEY_HASH_SHA256, &hash, &size) != SSH_OK)
        return {};
    char *text = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, size);
    const QByteArray result(text);
    ssh_string_free_char(text);
    ssh_clean_pubkey_hash(&hash);
    return result;
}

[[nodiscard]] QString knownHostsFile(ssh_session ssh, const ConnectOptions &options)
{
    if (!options.knownHostsFile.isEmpty())
        return options.knownHostsFile;
    char *value = nullptr;
    QString file;
    if (ssh_options_get(ssh, SSH_OPTIONS_KNOWNHOSTS, &value) == SSH_OK && value)
        file = QFile::decodeName(value);
    ssh_string_free_char(value);
    return file.isEmpty() ? QString(QDir::homePath() + "/.ssh/known_hosts"_L1) : file;
}

// As it stands in a known_hosts file.
[[nodiscard]] QByteArray entryName(ssh_session ssh)
{
    const QByteArray name = serverName(ssh).toUtf8();
    const qsizetype colon = name.lastIndexOf(':');
    unsigned port = 22;
    ssh_options_get_port(ssh, &port);
    return port == 22 ? name : QByteArray('[' + name.first(colon) + "]:" + QByteArray::number(port));
}

// "SHA256:… (line 3)" for every key that the file has for this host.
[[nodiscard]] QStringList remembered(const QString &fileName, const QByteArray &name)
{
    QFile file(fileName);
    QStringList found;
    if (!file.open(QIODevice::ReadOnly) || file.size() > MaximumKnownHosts)
        return found;
    for (int line = 1; !file.atEnd() && found.size() < 20; ++line) {
        QByteArray text = file.readLine();
        while (text.endsWith('\n') || text.endsWith('\r'))
            text.chop(1);
        ssh_knownhosts_entry *entry = nullptr;
        if (ssh_known_hosts_parse_line(name.constData(), text.constData(), &entry) != SSH_OK || !entry)
            continue;
        found += u"%1 (line %2)"_s.arg(QString::fromLatin1(fingerprint(entry->publickey))).arg(line);
        ssh_knownhosts_entry_free(entry);
    }
    return found;
}

[[nodiscard]] std::unexpected<Error> changed(ssh_session ssh, const QString &file, const QByteArray &offered)
{
    const QByteArray name = entryName(ssh);
    const Result<QByteArray> host = shellQuote(name);
    const Result<QByteArray> where = shellQuote(QFile::encodeName(file));
    const QString arguments = host && where ? QString::fromUtf8(*host + " -f " + *where) : QString();
    return failure(
        u"server.host-key-changed"_s,
        u"%1 shows another host key than the one remembered in %2; nothing was sent to it."_s.arg(
            serverName(ssh), file),
        u"Somebody else may be answering in its place: ask whoever runs it. What is remembered is shown by: "
        "ssh-keygen -l -F %1. Only if the server was set up anew, forget the old key with: ssh-keygen -R %1 - then "
        "connect again and compare the new one."_s.arg(arguments),
        u"offered: %1\nremembered: %2"_s.arg(QString::fromLatin1(offered),
                                             remembered(file, name).join(u", "_s)));
}

} // namespace

Result<QByteArray> checkHostKey(ssh_session_struct *ssh, const ConnectOptions &options, const JobContext &context)
{
    ssh_key raw = nullptr;
    if (ssh_get_server_publickey(ssh, &raw) != SSH_OK)
        return failure(u"server.unreachable"_s, u"%1 showed no host key."_s.arg(serverName(ssh)),
                       u"Check that it is an SSH server."_s, QString::fromUtf8(ssh_get_error(ssh)));
    const Key key(raw);
    const QByteArray offered = fingerprint(key.get());
    const QString file = knownHostsFile(ssh, options);

    switch (ssh_session_is_known_server(ssh)) {
    case SSH_KNOWN_HOSTS_OK:
        return offered;
    case SSH_KNOWN_HOSTS_CHANGED:
    case SSH_KNOWN_HOSTS_OTHER: // a key of another kind is known: who offers a new one is to be doubted, too
        return changed(ssh, file, offered);
    case SSH_KNOWN_HOSTS_NOT_FOUND:
    case SSH_KNOWN_HOSTS_UNKNOWN:
        break;
    case SSH_KNOWN_HOSTS_ERROR:
        return failure(u"server.known-hosts"_s,
                       u"The file of known host keys, %1, could not be used."_s.arg(file),
                       u"Check that you may read it and that its lines are whole."_s,
                       QString::fromUtf8(ssh_get_error(ssh)));
    }
    if (offered.isEmpty() || options.acceptedHostKey != offered)
        return failure(
            u"server.host-key-unknown"_s,
            u"%1 is not known yet: its host key is %2."_s.arg(serverName(ssh), QString::fromLatin1(offered)),
            u"Compare this with what the server's administrator tells you, and accept it if it is the same."_s,
            QString::fromLatin1(offered));
    if (ssh_session_update_known_hosts(ssh) != SSH_OK)
        context.log(u"The accepted host key could not be written to %1: %2"_s.arg(
            file, QString::fromUtf8(ssh_get_error(ssh))));
    return offered;
}

} // namespace handover::server
