// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/console.h"

#include "models/node/node.h"
#include "models/server/quoting.h"
#include "models/server/runas.h"

#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

struct Emulator
{
    const char16_t *program;
    QStringList before; // the command's words, which each of these takes as they are
};

[[nodiscard]] const QList<Emulator> &emulators()
{
    // x-terminal-emulator is what Debian's policy (11.8.3) lets everybody call, with -e and words.
    static const QList<Emulator> all{
        {u"x-terminal-emulator", {u"-e"_s}}, {u"konsole", {u"-e"_s}},     {u"gnome-terminal", {u"--"_s}},
        {u"kgx", {u"--"_s}},                 {u"ptyxis", {u"--"_s}},      {u"xfce4-terminal", {u"-x"_s}},
        {u"mate-terminal", {u"-x"_s}},       {u"wezterm", {u"start"_s, u"--"_s}}, {u"alacritty", {u"-e"_s}},
        {u"kitty", {}},                      {u"foot", {}},               {u"xterm", {u"-e"_s}},
    };
    return all;
}

[[nodiscard]] bool needsNoQuotes(const QString &word)
{
    return !word.isEmpty() && std::ranges::all_of(word, [](QChar c) {
        return c.unicode() < 128 && (c.isLetterOrNumber() || u"-_./:@=+,"_s.contains(c));
    });
}

} // namespace

Result<QStringList> scriptBySsh(const server::Address &address, const server::ConnectOptions &options,
                                const QString &release, const QByteArray &verb, Terminal terminal)
{
    if (const Result<void> good = checkName(u"a release's name"_s, release); !good)
        return std::unexpected(good.error());
    const Result<QByteArray> remote = server::commandLineAs(options.runAs, address.directory.bytes(),
                                                            {QByteArray("bin/" + release.toUtf8()), verb});
    if (!remote)
        return std::unexpected(remote.error());
    QStringList command{u"ssh"_s};
    if (terminal == Terminal::Wanted)
        command += u"-t"_s;
    if (!options.configFile.isEmpty())
        command += {u"-F"_s, options.configFile};
    if (!options.identityFile.isEmpty())
        command += {u"-i"_s, options.identityFile};
    if (!options.knownHostsFile.isEmpty())
        command += {u"-o"_s, u"UserKnownHostsFile=\"%1\""_s.arg(options.knownHostsFile)};
    if (address.port != 0)
        command += {u"-p"_s, QString::number(address.port)};
    if (!address.user.isEmpty())
        command += {u"-l"_s, address.user};
    return command + QStringList{u"--"_s, address.host, QString::fromUtf8(*remote)};
}

Result<QStringList> inTerminal(const QStringList &command)
{
    const QString wanted = QString::fromLocal8Bit(qgetenv("TERMINAL"));
    if (const QString program = wanted.isEmpty() ? QString() : QStandardPaths::findExecutable(wanted); !program.isEmpty()) {
        const auto known = std::ranges::find(emulators(), QFileInfo(program).fileName(),
                                             [](const Emulator &one) { return QStringView(one.program); });
        return QStringList{program} + (known == emulators().end() ? QStringList{u"-e"_s} : known->before) + command;
    }
    for (const Emulator &one : emulators()) {
        const QString program = QStandardPaths::findExecutable(QString::fromUtf16(one.program));
        if (!program.isEmpty())
            return QStringList{program} + one.before + command;
    }
    return failure(u"console.no-terminal"_s, u"There is no terminal program that is known."_s,
                   u"Set TERMINAL to yours, or copy the command and run it in one."_s);
}

Result<QString> shellText(const QStringList &command)
{
    QStringList words;
    for (const QString &word : command) {
        if (needsNoQuotes(word)) {
            words += word;
            continue;
        }
        const Result<QByteArray> quoted = server::shellQuote(word.toUtf8());
        if (!quoted)
            return std::unexpected(quoted.error());
        words += QString::fromUtf8(*quoted);
    }
    return words.join(u' ');
}

} // namespace handover::node
