// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/installation.h"
#include "tests/support/testserver.h"

#include <QProcess>
#include <QTcpServer>

namespace handover::server {

/// A release 'tiny' of one application, built by rebar3 in several versions:
/// 1.0.0; 1.1.0 with a relup from it, both ways; 1.2.0 whose code_change fails; 1.3.0 without relup;
/// 1.4.0 whose relup restarts the emulator.
class TinyRelease
{
public:
    [[nodiscard]] bool build()
    {
        write(QStringLiteral("config/sys.config"), "[].\n");
        write(QStringLiteral("config/vm.args"),
              "-sname tiny@localhost\n-setcookie tiny\n-kernel inet_dist_use_interface {127,0,0,1}\n");
        write(QStringLiteral("apps/tiny/src/tiny_app.erl"),
              "-module(tiny_app).\n-behaviour(application).\n-export([start/2, stop/1, init/1]).\n"
              "start(_, _) -> supervisor:start_link(?MODULE, []).\nstop(_) -> ok.\n"
              "init([]) -> {ok, {#{}, [#{id => tiny_srv, start => {tiny_srv, start_link, []}}]}}.\n");
        return version("1.0.0", {}, {}, "{ok, S}") &&
               version("1.1.0", "1.0.0", "{update, tiny_srv, {advanced, []}}", "{ok, {changed, S}}") &&
               version("1.2.0", "1.1.0", "{update, tiny_srv, {advanced, []}}", "exit(boom)") &&
               version("1.3.0", {}, {}, "{ok, S}") &&
               version("1.4.0", "1.0.0", "restart_emulator", "{ok, S}");
    }

    [[nodiscard]] QString tarball(const QString &version) const
    {
        return path(QStringLiteral("_build/default/rel/tiny/tiny-%1.tar.gz").arg(version));
    }

    static bool run(const QString &directory, const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.setWorkingDirectory(directory);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        const bool ended = process.waitForFinished(60'000) && process.exitCode() == 0;
        if (!ended)
            qWarning("%s %s: %s", qPrintable(program), qPrintable(arguments.join(u' ')),
                     process.readAll().constData());
        return ended;
    }

private:
    [[nodiscard]] QString path(const QString &name) const { return m_directory.filePath(name); }
    void write(const QString &name, const QByteArray &contents) const
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        TestServer::write(path(name), contents);
    }

    [[nodiscard]] bool version(const QByteArray &version, const QByteArray &from,
                               const QByteArray &instruction, const QByteArray &codeChange)
    {
        // rebar3 compares times in seconds: what is left of the version before must go.
        QDir(path(QStringLiteral("_build/default/lib/tiny"))).removeRecursively();
        write(QStringLiteral("rebar.config"),
              "{erl_opts, [debug_info]}.\n{relx, [{release, {tiny, \"" + version +
                  "\"}, [tiny, sasl]}, {dev_mode, false}, {include_erts, true}, {include_src, false}, "
                  "{src_tests, false},\n"
                  "{debug_info, keep}, {extended_start_script, true}, {vm_args, \"config/vm.args\"},\n"
                  "{sys_config, \"config/sys.config\"}]}.\n");
        write(QStringLiteral("apps/tiny/src/tiny.app.src"),
              "{application, tiny, [{vsn, \"" + version +
                  "\"}, {registered, [tiny_srv]}, {applications, [kernel, stdlib]}, {mod, {tiny_app, "
                  "[]}}]}.\n");
        write(QStringLiteral("apps/tiny/src/tiny_srv.erl"),
              "-module(tiny_srv).\n-behaviour(gen_server).\n-vsn(\"" + version +
                  "\").\n-export([start_link/0, init/1, handle_call/3, handle_cast/2, code_change/3]).\n"
                  "start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).\ninit([]) -> "
                  "{ok, fresh}.\n"
                  "handle_call(_, _, S) -> {reply, {\"" +
                  version +
                  "\", S}, S}.\nhandle_cast(_, S) -> {noreply, S}.\n"
                  "code_change({down, _}, _, _) -> {ok, went_down};\ncode_change(_, S, _) -> " +
                  codeChange + ".\n");
        if (from.isEmpty())
            QFile::remove(path(QStringLiteral("apps/tiny/ebin/tiny.appup")));
        else
            write(QStringLiteral("apps/tiny/ebin/tiny.appup"), "{\"" + version + "\", [{\"" + from + "\", [" +
                                                                   instruction + "]}], [{\"" + from +
                                                                   "\", [" + instruction + "]}]}.\n");
        const QString to = QString::fromLatin1(version);
        const QString relup =
            from.isEmpty() ? QString()
                           : QStringLiteral("relup -n tiny -v %1 -u %2, ").arg(to, QString::fromLatin1(from));
        return run(m_directory.path(), QStringLiteral("rebar3"),
                   QStringLiteral("do release, %1tar").arg(relup).split(u' ', Qt::SkipEmptyParts));
    }

    QTemporaryDir m_directory;
};

/// A server of its own on which tiny 1.0.0 is installed; its node and epmd end with it.
class TinyServer
{
public:
    [[nodiscard]] bool start(const TinyRelease &release, bool withNode = true)
    {
        QTcpServer probe;
        if (!probe.listen(QHostAddress::LocalHost))
            return false;
        const QString epmdPort = QString::number(probe.serverPort());
        probe.close();
        QDir().mkpath(m_test.path(QStringLiteral("home")));
        if (!m_test.start({}, {{QStringLiteral("HOME"), m_test.path(QStringLiteral("home"))},
                               {QStringLiteral("PIPE_DIR"), m_test.path(QStringLiteral("pipes/"))},
                               {QStringLiteral("ERL_EPMD_PORT"), epmdPort},
                               {QStringLiteral("ERL_EPMD_ADDRESS"), QStringLiteral("127.0.0.1")}}) ||
            !TinyRelease::run(m_test.local(), QStringLiteral("tar"),
                              {QStringLiteral("xzf"), release.tarball(QStringLiteral("1.0.0"))}))
            return false;
        auto connected = m_test.connect();
        if (!connected)
            return false;
        m_session.emplace(std::move(*connected));
        return !withNode || startNode();
    }

    [[nodiscard]] bool startNode() { return command({"timeout", "30", "bin/tiny", "daemon"}); }
    [[nodiscard]] bool stopNode() { return command({"timeout", "30", "bin/tiny", "stop"}); }
    [[nodiscard]] QByteArray eval(const QByteArray &expression)
    {
        const auto said = m_session->exec(m_test.files(), {"bin/tiny", "eval", expression}, {});
        return said ? said->output.trimmed() : wordsOf(said);
    }
    [[nodiscard]] bool upload(const TinyRelease &release, const QString &version)
    {
        const auto place = node::tarballPlace(m_test.files(), QStringLiteral("tiny"), version);
        return place && m_session->upload(release.tarball(version), *place, {}).has_value();
    }
    [[nodiscard]] bool command(const QList<QByteArray> &command)
    {
        const auto said = m_session->exec(m_test.files(), command, {});
        if (!said || said->exitStatus != 0)
            qWarning("%s: %s", command.join(' ').constData(),
                     said ? QByteArray(said->output + said->errorOutput).constData()
                          : wordsOf(said).constData());
        return said && said->exitStatus == 0;
    }

    [[nodiscard]] Session &session() { return *m_session; }
    [[nodiscard]] TestServer &test() { return m_test; }

private:
    TestServer m_test;
    std::optional<Session> m_session;
};

} // namespace handover::server
