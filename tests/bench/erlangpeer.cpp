// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/erlangpeer.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace handover::bench {

namespace {

constexpr int Patience = 300'000;

QString source(const QString &module) { return QStringLiteral(HANDOVER_BENCH_DIR "/") + module + u".erl"_s; }

} // namespace

std::expected<std::shared_ptr<ErlangPeer>, QString> ErlangPeer::start(const QString &module,
                                                                      const QStringList &arguments)
{
    const std::shared_ptr<ErlangPeer> peer(new ErlangPeer);
    const QString directory = peer->m_directory.path();
    QProcess compiler;
    compiler.start(u"erlc"_s, {u"-o"_s, directory, source(u"bench_loop"_s), source(module)});
    if (!compiler.waitForFinished(Patience) || compiler.exitCode() != 0)
        return std::unexpected(u"erlc: "_s + QString::fromUtf8(compiler.readAllStandardOutput()));
    peer->m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    peer->m_process.start(
        u"erl"_s, QStringList{u"-noshell"_s, u"-pa"_s, directory, u"-run"_s, module, u"main"_s} + arguments);
    if (!peer->m_process.waitForStarted())
        return std::unexpected(u"erl: "_s + peer->m_process.errorString());
    if (const auto ready = peer->ask({}); !ready)
        return std::unexpected(ready.error());
    return peer;
}

ErlangPeer::~ErlangPeer()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(5000))
        m_process.kill();
    m_process.waitForFinished();
}

std::expected<QByteArray, QString> ErlangPeer::ask(const QByteArray &command)
{
    if (!command.isEmpty())
        m_process.write(command + '\n');
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(Patience))
            return std::unexpected(u"erl ended or said nothing: "_s + QString::fromUtf8(m_process.readAll()));
    }
    return m_process.readLine().trimmed();
}

Timed ErlangPeer::round()
{
    const auto line = ask("round");
    if (!line)
        return std::unexpected(line.error());
    bool good = false;
    const double nanoseconds = line->toDouble(&good);
    if (!good)
        return std::unexpected(u"erl said: "_s + QString::fromUtf8(*line));
    return Duration(nanoseconds / 1e9);
}

std::expected<QByteArray, QString> ErlangPeer::answer()
{
    const QString path = m_directory.filePath(u"answer"_s);
    if (const auto line = ask("answer " + path.toUtf8()); !line || *line != "ok")
        return std::unexpected(line ? QString::fromUtf8(*line) : line.error());
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(file.errorString());
    return file.readAll();
}

} // namespace handover::bench
