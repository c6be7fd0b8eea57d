// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/nodefacts.h"
#include "models/node/releasesfile.h"
#include "models/node/scriptskills.h"
#include "models/server/session.h"

#include <optional>

namespace handover::node {

/// The release's own script, bin/NAME, in the session's release directory.
class ReleaseScript
{
public:
    /// `skills` where its text was read already.
    ReleaseScript(server::Session &session, QString name, std::optional<ScriptSkills> skills = std::nullopt)
        : m_session(session)
        , m_name(std::move(name))
        , m_skills(std::move(skills))
    {
    }

    static constexpr int AskSeconds = 30;

    [[nodiscard]] Result<server::ExecOutcome> run(const QList<QByteArray> &arguments, const JobContext &context,
                                          int limitSeconds) const;
    /// The value of Erlang expressions (no full stop behind them, no backslash in them: a shell's
    /// echo handles them) on the node, by the script's eval or rpc; nothing when the node is down. An exception there
    /// arrives as {'EXIT', …}. Where it takes longer than `seconds`, the node goes on with it. Errors: server.no-release
    /// (no such script), server.not-askable (it has neither), server.node-answer, server.timeout, the session's.
    [[nodiscard]] Result<std::optional<erlang::Term>> ask(const QByteArray &expressions, const JobContext &context,
                                                          int seconds = AskSeconds) const;
    /// Read once.
    [[nodiscard]] Result<ScriptSkills> skills(const JobContext &context) const;

    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] server::Session &session() const { return m_session; }

private:
    server::Session &m_session;
    QString m_name;
    mutable std::optional<ScriptSkills> m_skills;
};

/// What a node says of itself.
struct NodeState
{
    ReleaseTable table;
    QMap<QString, QString> apps; ///< application:which_applications()
    QString otp;
    QString erts;
    QByteArray boot; ///< changes when the node restarts its applications, as after a failed upgrade
    NodeFacts facts;

    /// Status current, else permanent.
    [[nodiscard]] QString runningVersion() const;
};

/// Nothing when the node is down.
[[nodiscard]] Result<std::optional<NodeState>> askState(const ReleaseScript &script,
                                                        const JobContext &context);

/// A string of Erlang that no shell's echo can change: a list of code points.
[[nodiscard]] QByteArray erlangString(const QString &text);
/// Names of releases and versions reach a file name, an Erlang string and relx's shell script.
[[nodiscard]] Result<void> checkName(const QString &what, const QString &name);

} // namespace handover::node
