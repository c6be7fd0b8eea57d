// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/sample.h"
#include "models/workspace/workspace.h"

#include <QObject>

#include <memory>
#include <optional>
#include <stop_token>

namespace handover::app {

/// What the demo plays on: the sample's repository with uncommitted changes in it, the local server
/// with 1.0.0 running, and a workspace that knows both. Stops the server when destroyed.
class DemoStage final : public QObject
{
    Q_OBJECT

public:
    static constexpr QStringView FirstTag = u"1.0.0";
    static constexpr QStringView LastTag = u"2.0.0";
    static constexpr QStringView ServerName = u"local";

    DemoStage(QString directory, std::stop_token stop);
    ~DemoStage() override;

    [[nodiscard]] workspace::Workspace *workspace() { return &m_workspace; }
    [[nodiscard]] QString projectDirectory() const { return m_directory + u"/tally"; }
    [[nodiscard]] const std::optional<workspace::SampleServer> &server() const { return m_server; }
    [[nodiscard]] std::stop_token stopToken() const { return m_stop; }
    /// The repository's treeHash() before anything was done with it.
    [[nodiscard]] QByteArray untouchedHash() const { return m_hash; }

    void prepare(); ///< then ready() or failed()

signals:
    void ready();
    void failed(const handover::Error &error);

private:
    QString m_directory;
    std::stop_token m_stop;
    QByteArray m_hash;
    std::optional<workspace::SampleServer> m_server;
    workspace::Workspace m_workspace; // last: its jobs end before the server does
};

} // namespace handover::app
