// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/connectiontest.h"

#include <QLocale>
#include <QRandomGenerator>
#include <QTemporaryFile>

#include <optional>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

using enum Check::Outcome;

constexpr qint64 LittleSpace = 500'000'000; // a release with its Erlang, packed and unpacked
constexpr int LimitSeconds = 30;

constexpr std::pair<QLatin1StringView, QLatin1StringView> rows[] = {
    {"connection"_L1, "Connection"_L1}, {"host-key"_L1, "Host key"_L1},         {"login"_L1, "Login"_L1},
    {"commands"_L1, "Commands"_L1},     {"sudo"_L1, "Other user"_L1},           {"sftp"_L1, "SFTP"_L1},
    {"directory"_L1, "Release"_L1},     {"write"_L1, "Permission to write"_L1}, {"node"_L1, "Node"_L1},
    {"sha256sum"_L1, "Check sums"_L1},  {"space"_L1, "Free space"_L1}};

QString titleOf(QLatin1StringView id)
{
    return std::ranges::find(rows, id, [](const auto &row) { return row.first; })->second;
}

class ConnectionTest
{
public:
    ConnectionTest(const server::Address &address, const server::ConnectOptions &options, const JobContext &context)
        : m_address(address)
        , m_options(options)
        , m_context(context)
    {
    }

    [[nodiscard]] QList<Check> run();

private:
    void connect();
    void connectFailed(const Error &error);
    void commands();
    void sudo();
    void sftp();
    void directory();
    void write();
    void node();
    void sum(const server::RemotePath &file);
    void space();

    [[nodiscard]] Result<server::ExecOutcome> exec(const QList<QByteArray> &command)
    {
        return m_session->exec(m_anywhere, command, m_context, {}, LimitSeconds);
    }
    void say(QLatin1StringView id, Check::Outcome outcome, const QString &words, const QString &remedy = {},
             const QStringList &details = {});
    void sayError(QLatin1StringView id, const Error &error, Check::Outcome outcome = Failed);
    [[nodiscard]] QList<Check> complete() const;

    const server::Address &m_address;
    server::ConnectOptions m_options;
    const JobContext &m_context;
    const server::RemotePath m_anywhere = *server::RemotePath::parse("/tmp");
    std::optional<server::Session> m_session;
    bool m_runsCommands = false;
    bool m_actsAsOther = true;
    bool m_hasSftp = false;
    Result<Installation> m_installed = std::unexpected(Error());
    QList<Check> m_checks;
};

void ConnectionTest::say(QLatin1StringView id, Check::Outcome outcome, const QString &words, const QString &remedy,
                         const QStringList &details)
{
    m_checks += Check{id, titleOf(id), outcome, words, outcome == Passed ? QString() : remedy, details};
}

void ConnectionTest::sayError(QLatin1StringView id, const Error &error, Check::Outcome outcome)
{
    say(id, outcome, error.message, error.hint, error.detail.split(u'\n', Qt::SkipEmptyParts));
}

// Puts them in order; all that nothing was said of is said to be untried.
QList<Check> ConnectionTest::complete() const
{
    const QString why = m_context.isCancelled() ? u"Not tried: it was stopped before."_s
                                                : u"Not tried: what failed above comes first."_s;
    QList<Check> all;
    for (const auto &[id, title] : rows) {
        const auto found = std::ranges::find(m_checks, QString(id), &Check::id);
        if (found != m_checks.end())
            all += *found;
        else if (id != "sudo"_L1 || !m_options.runAs.isEmpty())
            all += Check{id, titleOf(id), Impossible, why, u"Mend that, then test again."_s, {}};
    }
    return all;
}

QList<Check> ConnectionTest::run()
{
    connect();
    using Part = void (ConnectionTest::*)();
    constexpr Part parts[] = {&ConnectionTest::commands, &ConnectionTest::sudo, &ConnectionTest::sftp,
                              &ConnectionTest::directory, &ConnectionTest::write, &ConnectionTest::node,
                              &ConnectionTest::space};
    for (const Part part : parts) {
        if (m_session && m_session->isAlive() && !m_context.isCancelled())
            (this->*part)();
    }
    return complete();
}

void ConnectionTest::connect()
{
    auto plain = m_options;
    plain.runAs.clear();
    auto session = server::Session::connect(m_address, plain, m_context);
    if (!session) {
        connectFailed(session.error());
        return;
    }
    m_session.emplace(*std::move(session));
    say("connection"_L1, Passed, u"%1 answers."_s.arg(m_address.host));
    say("host-key"_L1, Passed, u"It is the known one: %1."_s.arg(QString::fromLatin1(m_session->hostKey())));
    say("login"_L1, Passed, u"Logged in by %1."_s.arg(m_session->login()));
}

void ConnectionTest::connectFailed(const Error &error)
{
    if (error.isCancelled())
        return;
    const bool ofKey = error.code.startsWith(u"server.host-key") || error.code == "server.known-hosts"_L1;
    const bool ofLogin = error.code == "server.authentication"_L1 || error.code == "server.password-needed"_L1 ||
                         error.code == "server.passphrase-needed"_L1;
    if (!ofKey && !ofLogin) {
        sayError("connection"_L1, error);
        return;
    }
    say("connection"_L1, Passed, u"%1 answers."_s.arg(m_address.host));
    if (ofLogin)
        say("host-key"_L1, Passed, u"It is the known one."_s);
    sayError(ofKey ? "host-key"_L1 : "login"_L1, error);
}

// sshd says yes to a command, too, where something else is run in its place.
void ConnectionTest::commands()
{
    const auto said = exec({"echo", "handover"});
    m_runsCommands = said && said->exitStatus == 0 && said->output.trimmed().endsWith("handover");
    if (m_runsCommands) {
        say("commands"_L1, Passed, u"Programs can be run."_s);
        return;
    }
    if (!said && said.error().code != "server.no-exec"_L1) {
        sayError("commands"_L1, said.error());
        return;
    }
    const QString output = said ? QString::fromUtf8(said->output.left(500) + said->errorOutput.left(500)).trimmed() : QString();
    say("commands"_L1, Failed, u"This user can't run programs there; files alone can be sent."_s,
        u"Give the user a shell, without ForceCommand in sshd_config: the node is asked through the release's own script."_s,
        output.split(u'\n', Qt::SkipEmptyParts));
}

void ConnectionTest::sudo()
{
    if (m_options.runAs.isEmpty())
        return;
    m_actsAsOther = false;
    if (!m_runsCommands)
        return;
    m_session->actAs(m_options.runAs);
    const auto said = exec({"id", "-un"});
    m_actsAsOther = said.has_value();
    if (said) {
        say("sudo"_L1, Passed, u"sudo lets you act as %1."_s.arg(m_options.runAs));
        return;
    }
    m_session->actAs({}); // what can be seen without
    sayError("sudo"_L1, said.error());
}

void ConnectionTest::sftp()
{
    const auto found = m_session->exists(m_anywhere, m_context);
    m_hasSftp = found || found.error().code == "server.permission"_L1 || found.error().code == "server.sftp"_L1;
    if (m_hasSftp)
        say("sftp"_L1, Passed, u"Files can be sent."_s);
    else
        sayError("sftp"_L1, found.error());
}

void ConnectionTest::directory()
{
    if (!m_hasSftp)
        return;
    const auto found = m_session->exists(m_address.directory, m_context);
    if (!found || !*found) {
        if (!found)
            sayError("directory"_L1, found.error());
        else
            say("directory"_L1, Failed, u"%1 is not there."_s.arg(m_address.directory.text()),
                u"Correct the address, or put a first release there by hand."_s);
        return;
    }
    m_installed = readInstallation(*m_session, m_context);
    if (!m_installed && m_installed.error().code == "server.no-release"_L1)
        sayError("directory"_L1, m_installed.error(), Warning);
    else if (!m_installed && !m_runsCommands)
        say("directory"_L1, Impossible,
            u"%1 is there; what is in it can't be told without commands."_s.arg(m_address.directory.text()),
            m_installed.error().hint, {m_installed.error().message});
    else if (!m_installed)
        sayError("directory"_L1, m_installed.error());
    else
        say("directory"_L1, m_installed->disagreements.isEmpty() ? Passed : Warning,
            u"%1 %2 starts from %3."_s.arg(m_installed->name, m_installed->bootVersion, m_address.directory.text()),
            u"Look at what disagrees, before the next upgrade."_s, m_installed->disagreements);
}

void ConnectionTest::write()
{
    if (!m_hasSftp || !m_actsAsOther)
        return;
    const auto releases = m_address.directory.child("releases");
    if (!releases)
        return;
    const bool hasFolder = m_session->exists(*releases, m_context).value_or(false);
    const server::RemotePath folder = hasFolder ? *releases : m_address.directory;
    const auto target = folder.child(QByteArray(".handover-test-" + QByteArray::number(QRandomGenerator::system()->generate64(), 36)));
    QTemporaryFile local;
    if (!target || !local.open() || local.write("handover\n") < 0 || !local.flush()) {
        say("write"_L1, Impossible, u"No file could be made here to try it with."_s, u"Check the space in the temporary directory."_s,
            {local.errorString()});
        return;
    }
    const auto sent = m_session->upload(local.fileName(), *target, m_context);
    if (!sent) {
        sayError("write"_L1, sent.error());
        return;
    }
    sum(*target);
    const auto removed = m_session->removeFile(*target, m_context);
    if (removed)
        say("write"_L1, Passed, m_options.runAs.isEmpty() ? u"A file can be put into %1."_s.arg(folder.text())
                                                          : u"%1 can put a file into %2."_s.arg(m_options.runAs, folder.text()));
    else
        say("write"_L1, Warning, u"A file could be sent, but not removed: %1."_s.arg(target->text()),
            u"Remove it by hand, and check the folder's rights."_s, {removed.error().message});
}

void ConnectionTest::sum(const server::RemotePath &file)
{
    const auto hash = m_session->sha256(file, m_context);
    if (hash && !hash->isEmpty())
        say("sha256sum"_L1, Passed, u"The server computes check sums itself."_s);
    else
        say("sha256sum"_L1, Warning,
            u"The server computes no check sums; what is sent is read back instead, which takes twice as long."_s,
            m_runsCommands ? u"Install sha256sum there (coreutils)."_s : u"It would where this user can run programs."_s);
}

void ConnectionTest::node()
{
    if (!m_installed) {
        if (m_installed.error().code == "server.no-release"_L1)
            say("node"_L1, Impossible, u"There is no release yet, so no node."_s, u"Put a first release there and start it."_s);
        return;
    }
    const QString runs = u"It is up and runs %1 %2 (OTP %3)."_s.arg(m_installed->name, m_installed->runningVersion, m_installed->otp);
    if (m_installed->way == HandlerWay::None)
        say("node"_L1, Warning, m_installed->wayWords, wayRemedy());
    else if (!m_installed->nodeUp)
        say("node"_L1, Warning, u"It is down. "_s + m_installed->wayWords,
            u"Start it with: %1/bin/%2 daemon. An upgrade needs it."_s.arg(m_address.directory.text(), m_installed->name));
    else if (!m_installed->wayRemark.isEmpty())
        say("node"_L1, Warning, runs + u' ' + m_installed->wayWords, u"Run the hooks yourself if an upgrade needs them."_s,
            {m_installed->wayRemark});
    else
        say("node"_L1, Passed, runs + u' ' + m_installed->wayWords);
}

void ConnectionTest::space()
{
    if (!m_runsCommands)
        return;
    const auto said = exec({"df", "-P", "-k", m_address.directory.bytes()});
    const QByteArrayList fields = said ? said->output.trimmed().split('\n').last().simplified().split(' ') : QByteArrayList();
    bool good = false;
    const qint64 free = fields.value(3).toLongLong(&good) * 1024;
    if (!said || said->exitStatus != 0 || !good || fields.size() < 6) {
        say("space"_L1, Impossible, u"df told no free space."_s, u"Look at the disk on the server."_s,
            said ? QString::fromUtf8(said->output + said->errorOutput).split(u'\n', Qt::SkipEmptyParts) : QStringList{said.error().message});
        return;
    }
    const QString size = QLocale(QLocale::English).formattedDataSize(free, 1, QLocale::DataSizeSIFormat);
    say("space"_L1, free < LittleSpace ? Warning : Passed, u"%1 are free."_s.arg(size),
        u"A release needs room for its tarball and what is in it; remove old releases first."_s);
}

} // namespace

QList<Check> testConnection(const server::Address &address, const server::ConnectOptions &options, const JobContext &context)
{
    return ConnectionTest(address, options, context).run();
}

} // namespace handover::node
