// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/bench.h"

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

namespace handover::bench {

/// An Erlang that is up and warm, and does its rounds when told to: the module's main/1, compiled, with
/// the arguments; see bench_loop.erl for how it listens. Starting it is never measured.
class ErlangPeer
{
public:
    [[nodiscard]] static std::expected<std::shared_ptr<ErlangPeer>, QString>
    start(const QString &module, const QStringList &arguments);
    ~ErlangPeer();

    [[nodiscard]] Timed round();
    /// What a round comes to, in the words of the module.
    [[nodiscard]] std::expected<QByteArray, QString> answer();

private:
    ErlangPeer() = default;
    [[nodiscard]] std::expected<QByteArray, QString> ask(const QByteArray &command);

    QTemporaryDir m_directory;
    QProcess m_process;
};

} // namespace handover::bench
