// SPDX-License-Identifier: GPL-3.0-or-later
// What is done as another user, through sudo. Only fixed scripts reach a shell; what they work on are their arguments.
#include "models/server/runas.h"

#include "models/server/quoting.h"
#include "models/server/sessionprivate.h"
#include "models/server/staging.h"

#include <libssh/libssh.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr int SudoSeconds = 30;
constexpr int NotThere = 44;
// Of Debian, of Fedora, of Alpine and Arch, of BSD. It begins at home, as it does for who logs in.
constexpr const char *SftpServer =
    "cd \"$HOME\" 2>/dev/null || cd /\n"
    "for s in /usr/lib/openssh/sftp-server /usr/libexec/openssh/sftp-server /usr/lib/ssh/sftp-server /usr/libexec/sftp-server\n"
    "do [ -x \"$s\" ] && exec \"$s\"; done; exit 127";

Result<> checkUserName(const QString &user)
{
    const auto plain = [](QChar c) {
        return c.unicode() < 128 && (c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.');
    };
    if (user.isEmpty() || user.size() > 64 || user.startsWith(u'-') || !std::ranges::all_of(user, plain))
        return misuse(u"server.sudo-user"_s, u"'%1' can't be the name of a user."_s.arg(user.left(64)),
                      u"Give the user that the release directory belongs to: letters, digits, '_', '-' and '.'."_s);
    return {};
}

std::unexpected<Error> explained(const Session::Private &session, const ExecOutcome &outcome)
{
    const QString user = session.options.runAs;
    const QString host = session.address.host;
    const QString said = QString::fromUtf8(outcome.errorOutput).trimmed();
    if (outcome.exitStatus == 127 || said.contains(u"No such file or directory"_s))
        return failure(u"server.sudo-missing"_s, u"%1 has no sudo, so nothing can be done as %2."_s.arg(host, user),
                       u"Install sudo there, or connect as %1 and leave the other user out."_s.arg(user), said);
    if (said.contains(u"unknown user"_s))
        return failure(u"server.sudo-user"_s, u"%1 has no user named %2."_s.arg(host, user),
                       u"Correct the user that the release directory belongs to."_s, said);
    QString login = session.address.user;
    char *name = nullptr;
    if (ssh_options_get(session.ssh.get(), SSH_OPTIONS_USER, &name) == SSH_OK)
        login = QString::fromUtf8(name);
    ssh_string_free_char(name);
    const QString remedy = u"Let it: add this line on the server with 'visudo -f /etc/sudoers.d/handover': "
                           "%1 ALL=(%2) NOPASSWD: ALL"_s.arg(login, user);
    if (said.contains(u"password is required"_s) || said.contains(u"terminal is required"_s))
        return failure(u"server.sudo-password"_s,
                       u"sudo on %1 asks for a password before %2 may act as %3."_s.arg(host, login, user), remedy, said);
    return failure(u"server.sudo"_s, u"sudo on %1 does not let %2 act as %3."_s.arg(host, login, user), remedy, said);
}

} // namespace

QList<QByteArray> sudoCommand(const QString &user, const QList<QByteArray> &command)
{
    // -H: a release's script looks for the cookie at home.
    return QList<QByteArray>{"sudo", "-n", "-H", "-u", user.toUtf8(), "--"} + command;
}

Result<QByteArray> commandLineAs(const QString &user, QByteArrayView directory, const QList<QByteArray> &command)
{
    const Result<QByteArray> line = shellCommand(directory, command);
    if (!line || user.isEmpty())
        return line;
    if (const Result<> good = checkUserName(user); !good)
        return std::unexpected(good.error());
    // Who logged in need not be able to go there.
    const QList<QByteArray> there{"sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", directory.toByteArray()};
    return shellCommand("/", sudoCommand(user, there + command));
}

Result<QByteArray> sftpServerLineAs(const QString &user) { return commandLineAs(user, "/", {"sh", "-c", SftpServer}); }

Result<QByteArray> Session::Private::commandLine(QByteArrayView directory, const QList<QByteArray> &command,
                                                 const JobContext &context)
{
    Result<QByteArray> line = commandLineAs(options.runAs, directory, command);
    if (!line || options.runAs.isEmpty())
        return line;
    if (const Result<> may = checkSudo(context); !may)
        return std::unexpected(may.error());
    return line;
}

Result<> Session::Private::checkSudo(const JobContext &context)
{
    if (sudoWorksFor == options.runAs)
        return {};
    if (const Result<> good = checkUserName(options.runAs); !good)
        return good;
    const Result<QByteArray> line =
        shellCommand("/", QList<QByteArray>{"env", "LC_ALL=C"} + sudoCommand(options.runAs, {"true"}));
    if (!line)
        return std::unexpected(line.error());
    const Result<ExecOutcome> outcome = run(*line, u"sudo"_s, context, {}, SudoSeconds, OnCancel::Cut);
    if (!outcome)
        return std::unexpected(outcome.error());
    if (outcome->exitStatus != 0)
        return explained(*this, *outcome);
    sudoWorksFor = options.runAs;
    return {};
}

bool Session::Private::isForAnother(const Error &error) const
{
    return error.code == "server.permission"_L1 && options.runAs != sftpUser;
}

namespace {

// A script that ends with NotThere where `path` is not.
Result<QByteArray> outputOf(Session::Private &session, const QByteArray &script, const QString &doing, const RemotePath &path,
                            const QList<QByteArray> &further, const JobContext &context)
{
    const QByteArray whole = "[ -e \"$1\" ] || [ -L \"$1\" ] || exit 44\n" + script;
    const Result<QByteArray> line =
        session.commandLine("/", QList<QByteArray>{"sh", "-c", whole, "sh", path.bytes()} + further, context);
    if (!line)
        return std::unexpected(line.error());
    Result<ExecOutcome> outcome = session.run(*line, doing, context, {}, 0, Session::Private::OnCancel::Cut);
    if (!outcome)
        return std::unexpected(outcome.error());
    if (outcome->exitStatus == 0)
        return std::move(outcome->output);
    const QString said = QString::fromUtf8(outcome->errorOutput);
    if (outcome->exitStatus == NotThere)
        return failure(u"server.file-missing"_s, u"%1 failed: %2 is not on the server."_s.arg(doing, path.text()),
                       u"Check the release directory in the server's address."_s, said);
    return failure(u"server.permission"_s,
                   u"%1 failed: the server allows neither you nor %2 access to %3."_s.arg(doing, session.options.runAs, path.text()),
                   u"Check who the release directory belongs to, and its rights."_s, said);
}

} // namespace

Result<QByteArray> Session::Private::readAsAnother(const RemotePath &path, qint64 limit, const JobContext &context)
{
    auto contents =
        outputOf(*this, "exec head -c \"$2\" -- \"$1\"", u"Reading"_s, path, {QByteArray::number(limit + 1)}, context);
    const bool tooLarge = contents ? contents->size() > limit : contents.error().code == "server.output-too-large"_L1;
    if (tooLarge)
        return failure(u"server.file-too-large"_s,
                       u"%1 has more than the %2 bytes that such a file may have."_s.arg(path.text()).arg(limit),
                       u"Look at it on the server: it is hardly what it should be."_s);
    return contents;
}

Result<QList<QByteArray>> Session::Private::listAsAnother(const RemotePath &directory, const JobContext &context)
{
    const auto output = outputOf(*this,
                                 "cd \"$1\" || exit 1\nfor f in * .*; do [ -e \"$f\" ] || [ -L \"$f\" ] || continue\n"
                                 "printf '%s\\000' \"$f\"; done",
                                 u"Listing"_s, directory, {}, context);
    if (!output)
        return std::unexpected(output.error());
    QList<QByteArray> names = output->split('\0');
    names.removeIf([](const QByteArray &name) { return name.isEmpty() || name == "." || name == ".."; });
    std::ranges::sort(names);
    return names;
}

Result<bool> Session::Private::existsForAnother(const RemotePath &path, const JobContext &context)
{
    const auto found = outputOf(*this, {}, u"Looking"_s, path, {}, context);
    if (!found && found.error().code == "server.file-missing"_L1)
        return false;
    return found ? Result<bool>(true) : std::unexpected(found.error());
}

Result<> Session::Private::removeAsAnother(const RemotePath &path, const JobContext &context)
{
    const auto removed = outputOf(*this, "exec rm -- \"$1\"", u"Deleting"_s, path, {}, context);
    return removed ? Result<>() : std::unexpected(removed.error());
}

} // namespace handover::server
