// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/staging.h"

#include "models/server/quoting.h"

#include <QRandomGenerator>

#include <optional>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr const char *MakeFolder =
    "for d in \"$HOME\" /var/tmp /tmp; do p=$(mktemp -d \"$d/.handover-staging-XXXXXXXX\" 2>/dev/null) &&\n"
    "cd \"$p\" && pwd -P && exit 0; done; exit 1";
constexpr const char *Copy = "export LC_ALL=C; umask 022; set -C; cat >\"$1\" && chmod 644 \"$1\" &&\n"
                             "{ sync -- \"$1\" 2>/dev/null || :; }";
constexpr const char *Compare = "exec cmp -s - \"$1\"";
constexpr const char *Rename = "[ ! -d \"$2\" ] || exit 21; exec mv -f -- \"$1\" \"$2\"";

// Acts as who logged in while it lives.
class AsLogin
{
public:
    explicit AsLogin(ConnectOptions &options)
        : m_options(options)
        , m_user(std::exchange(options.runAs, QString()))
    {
    }
    ~AsLogin() { m_options.runAs = m_user; }
    Q_DISABLE_COPY_MOVE(AsLogin)
    [[nodiscard]] const QString &otherUser() const { return m_user; }

private:
    ConnectOptions &m_options;
    QString m_user;
};

class Staging
{
public:
    Staging(Session::Private &d, QString user, const RemotePath &target, const JobContext &context)
        : m_d(d)
        , m_user(std::move(user))
        , m_target(target)
        , m_part(partPath(target))
        , m_context(context)
    {
    }
    ~Staging() { clear(); }
    Q_DISABLE_COPY_MOVE(Staging)

    /// Where the file goes first.
    [[nodiscard]] Result<RemotePath> makePlace();
    /// Copies what is there, and puts it into the target's place.
    [[nodiscard]] Result<> move();

private:
    [[nodiscard]] static QByteArray partPath(const RemotePath &target);
    [[nodiscard]] Result<ExecOutcome> run(QByteArrayView directory, const QList<QByteArray> &command, const JobContext &context);
    /// A script of the other user's, which gets the staged file as its input.
    [[nodiscard]] Result<ExecOutcome> runForOther(const char *script, const QList<QByteArray> &arguments);
    [[nodiscard]] std::unexpected<Error> copyFailed(const ExecOutcome &outcome) const;
    void clear();

    Session::Private &m_d;
    const QString m_user;
    const RemotePath m_target;
    const QByteArray m_part;
    const JobContext &m_context;
    std::optional<RemotePath> m_folder;
    bool m_copied = false;
};

QByteArray Staging::partPath(const RemotePath &target)
{
    const QByteArray tail = ".handover-" + QByteArray::number(QRandomGenerator::system()->generate64(), 36) + ".part";
    const QByteArray name = target.fileName();
    return target.bytes().chopped(name.size()) + '.' + name.first(std::min<qsizetype>(name.size(), 254 - tail.size())) + tail;
}

Result<ExecOutcome> Staging::run(QByteArrayView directory, const QList<QByteArray> &command, const JobContext &context)
{
    const Result<QByteArray> line = shellCommand(directory, command);
    if (!line)
        return std::unexpected(line.error());
    return m_d.run(*line, QString::fromUtf8(command.first()), context, {}, 0, Session::Private::OnCancel::Stop);
}

Result<ExecOutcome> Staging::runForOther(const char *script, const QList<QByteArray> &arguments)
{
    // The input is opened by who logged in: the other user can't look into the folder.
    return run(m_folder->bytes(),
               QList<QByteArray>{"sh", "-c", "f=$1; shift; exec \"$@\" <\"$f\"", "sh", "./file"} +
                   sudoCommand(m_user, QList<QByteArray>{"sh", "-c", script, "sh"} + arguments),
               m_context);
}

Result<RemotePath> Staging::makePlace()
{
    const Result<ExecOutcome> made = run("/", {"sh", "-c", MakeFolder}, m_context);
    if (!made)
        return std::unexpected(made.error());
    const Result<RemotePath> folder = RemotePath::parse(QByteArrayView(made->output).chopped(made->output.endsWith('\n')));
    if (made->exitStatus != 0 || !folder)
        return failure(u"server.staging"_s,
                       u"No folder could be made on %1 for what %2 then takes over."_s.arg(m_d.address.host, m_user),
                       u"Make sure that who logs in may write to the home directory or to /var/tmp."_s,
                       QString::fromUtf8(made->errorOutput));
    m_folder = *folder;
    return folder->child("file");
}

std::unexpected<Error> Staging::copyFailed(const ExecOutcome &outcome) const
{
    const QString said = QString::fromUtf8(outcome.errorOutput).trimmed();
    const QString folder = QString::fromUtf8(m_part.first(m_part.lastIndexOf('/')));
    if (said.contains(u"No space left"_s) || said.contains(u"quota exceeded"_s))
        return failure(u"server.disk-full"_s, u"The server's disk is full: %1 did not fit."_s.arg(m_target.text()),
                       u"Make room in %1, for instance by removing old releases."_s.arg(folder), said);
    if (said.contains(u"nonexistent"_s) || said.contains(u"No such file"_s))
        return failure(u"server.file-missing"_s, u"%1 is not on the server."_s.arg(folder),
                       u"Check the release directory in the server's address."_s, said);
    if (said.contains(u"Permission denied"_s) || said.contains(u"Read-only"_s))
        return failure(u"server.permission"_s, u"%1 may not write to %2."_s.arg(m_user, folder),
                       u"Name the user that the release directory belongs to, or have its rights changed."_s, said);
    return failure(u"server.staging"_s, u"%1 could not copy %2 to its place."_s.arg(m_user, m_target.text()),
                   u"Look at the server's own words below."_s, said);
}

Result<> Staging::move()
{
    m_context.progress(u"Copying %1 as %2"_s.arg(QString::fromUtf8(m_target.fileName()), m_user));
    m_copied = true;
    if (const auto copied = runForOther(Copy, {m_part}); !copied || copied->exitStatus != 0)
        return copied ? copyFailed(*copied) : std::unexpected(copied.error());
    if (const auto same = runForOther(Compare, {m_part}); !same || same->exitStatus != 0)
        return same ? failure(u"server.checksum"_s, u"What %1 copied is not what was sent."_s.arg(m_user),
                              u"Try again; if it happens again, check the server's disk."_s)
                    : std::unexpected(same.error());
    if (const auto renamed = runForOther(Rename, {m_part, m_target.bytes()}); !renamed || renamed->exitStatus != 0)
        return renamed ? copyFailed(*renamed) : std::unexpected(renamed.error());
    m_copied = false;
    return {};
}

// After a cancel as well, so not with its context.
void Staging::clear()
{
    if (!m_folder || !m_d.isThere())
        return;
    const JobContext quiet;
    if (m_copied)
        (void)run("/", sudoCommand(m_user, {"rm", "-f", "--", m_part}), quiet);
    (void)run("/", {"rm", "-r", "-f", "--", m_folder->bytes()}, quiet);
}

} // namespace

Result<Session::Uploaded> uploadStaged(Session &session, Session::Private &d, const QString &localFile, const RemotePath &target,
                                       const JobContext &context)
{
    QElapsedTimer clock;
    clock.start();
    if (const Result<> may = d.checkSudo(context); !may)
        return std::unexpected(may.error());
    const AsLogin login(d.options);
    Staging staging(d, login.otherUser(), target, context);
    const Result<RemotePath> place = staging.makePlace();
    if (!place)
        return std::unexpected(place.error());
    Result<Session::Uploaded> sent = session.upload(localFile, *place, context);
    if (!sent)
        return sent;
    if (const Result<> moved = staging.move(); !moved)
        return std::unexpected(context.isCancelled() ? Error::cancelled() : moved.error());
    sent->milliseconds = std::max<qint64>(clock.elapsed(), 1);
    context.log(u"%1 belongs to %2 now"_s.arg(target.text(), login.otherUser()));
    return sent;
}

} // namespace handover::server
