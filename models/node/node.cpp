// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/node.h"

#include "models/erlang/parser.h"
#include "models/node/loglines.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace handover::erlang;

namespace handover::node {

namespace {

constexpr qint64 ScriptBytes = 1024 * 1024;
constexpr Limits AnswerLimits{.depth = 100, .terms = 500'000, .bytes = 8 * 1024 * 1024};

[[nodiscard]] std::unexpected<Error> strangeAnswer(const ReleaseScript &script, const server::ExecOutcome &outcome)
{
    return failure(u"server.node-answer"_s,
                   u"bin/%1 gave an answer that is not understood."_s.arg(script.name()),
                   u"Look at what it said below, and try the same on the server."_s,
                   spokenText(QByteArrayView(outcome.output).first(std::min<qsizetype>(outcome.output.size(), 4000)))
                       + u'\n' + spokenText(outcome.errorOutput));
}

// The base64 text between the quotes, decoded. Hooks of the script may have printed around it, and ~p breaks a long
// string into several.
[[nodiscard]] std::optional<QByteArray> payload(const QByteArray &output)
{
    QByteArray base64;
    qsizetype end = output.lastIndexOf('"');
    while (end > 0) {
        const qsizetype begin = output.lastIndexOf('"', end - 1);
        if (begin < 0)
            return std::nullopt;
        base64.prepend(output.sliced(begin + 1, end - begin - 1));
        const qsizetype before = begin > 0 ? output.lastIndexOf('"', begin - 1) : -1;
        const QByteArrayView between = QByteArrayView(output).sliced(before + 1, begin - before - 1);
        end = before > 0 && between.contains('\n') && between.trimmed().isEmpty() ? before : -1;
    }
    const auto decoded = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
    return decoded && !(*decoded).isEmpty() ? std::optional(*decoded) : std::nullopt;
}

[[nodiscard]] bool saysNodeDown(const server::ExecOutcome &outcome)
{
    if (outcome.exitStatus == 0)
        return false;
    const QByteArray said = outcome.output.left(4000) + outcome.errorOutput.left(4000);
    return said.contains("Node is not running!") || said.contains("not responding to pings") ||
           said.contains("failed to connect to node") || said.contains("Could not connect to node");
}

// erl_call ends by its own alarm.
[[nodiscard]] bool gaveUp(const server::ExecOutcome &outcome)
{
    return outcome.exitStatus == 142 || outcome.signal == "ALRM" || outcome.errorOutput.contains("Alarm clock");
}

// For erl_eval:exprs, which rpc can call: the value of the expressions in the string, as element/2 of what parsing it
// gives. In base64, so that no quote of theirs meets the quotes of a term.
[[nodiscard]] QByteArray exprsArguments(const QByteArray &command)
{
    const auto call = [](const QByteArray &module, const QByteArray &function, const QByteArray &arguments) {
        return QByteArray("{call,1,{remote,1,{atom,1," + module + "},{atom,1," + function + "}},[" + arguments + "]}");
    };
    const auto second = [&](const QByteArray &form) { return call("erlang", "element", "{integer,1,2}," + form); };
    const QByteArray text = call("base64", "decode_to_string", "{string,1,\"" + command.toBase64() + "\"}");
    const QByteArray forms = second(call("erl_parse", "parse_exprs", second(call("erl_scan", "string", text))));
    return "[[" + second(call("erl_eval", "exprs", forms + ",{nil,1}")) + "],[]]";
}

[[nodiscard]] QList<QByteArray> askCommand(ScriptSkills::Talk talk, const QByteArray &command)
{
    if (talk == ScriptSkills::Talk::Eval)
        return {"eval", command};
    return {"rpc", "erl_eval", "exprs", exprsArguments(command)};
}

[[nodiscard]] std::unexpected<Error> notAskable(const QString &name, const ScriptSkills &skills)
{
    if (skills.isElixirs)
        return failure(u"server.not-askable"_s,
                       u"bin/%1 was made by mix: its node can't be asked yet, and not be upgraded."_s.arg(name),
                       u"Its releases can be unpacked and installed by hand, through bin/%1 rpc."_s.arg(name));
    return failure(u"server.not-askable"_s,
                   u"bin/%1 has neither eval nor rpc, so the node can't be asked and not be upgraded."_s.arg(name),
                   u"Build the release with {extended_start_script, true}, or give the script an eval that runs "
                   "erl_call -e."_s);
}

} // namespace

Result<void> checkName(const QString &what, const QString &name)
{
    const auto plain = [](QChar c) {
        return c.unicode() < 128 && (c.isLetterOrNumber() || u"._+~@:=,%^-"_s.contains(c));
    };
    if (name.isEmpty() || name.size() > 200 || name.startsWith(u'-') || name.startsWith(u'.') ||
        !std::ranges::all_of(name, plain))
        return misuse(u"server.bad-name"_s, u"'%1' can't be %2."_s.arg(name.left(200), what),
                      u"relx's script takes letters, digits and the signs . _ + ~ @ : = , % ^ - only."_s);
    return {};
}

QByteArray erlangString(const QString &text)
{
    QByteArray list = "[";
    for (const char32_t c : text.toUcs4()) {
        if (list.size() > 1)
            list += ',';
        list += QByteArray::number(static_cast<uint>(c));
    }
    return list + ']';
}

Result<server::ExecOutcome> ReleaseScript::run(const QList<QByteArray> &arguments, const JobContext &context,
                                       int limitSeconds) const
{
    const server::RemotePath &directory = m_session.address().directory;
    const Result<server::RemotePath> script = directory.child(QByteArray("bin/" + m_name.toUtf8()));
    if (!script)
        return std::unexpected(script.error());
    QList<QByteArray> command{script->bytes()};
    if (limitSeconds > AskSeconds) {
        // The script's own patience with the node, a minute, is less than what some answers take. It shall end before
        // ours, so that nothing of it is left over there.
        const QByteArray seconds = QByteArray::number(limitSeconds - 5);
        command = {"env", "RELX_RPC_TIMEOUT=" + seconds, "NODETOOL_TIMEOUT=" + seconds + "000", script->bytes()};
    }
    const Result<server::ExecOutcome> outcome =
        m_session.exec(directory, command + arguments, context, {}, limitSeconds);
    if (outcome && (outcome->exitStatus == 126 || outcome->exitStatus == 127) && outcome->output.isEmpty() &&
        !outcome->errorOutput.contains("escript"))
        return failure(
            u"server.no-release"_s, u"%1 could not be started on the server."_s.arg(script->text()),
            u"Check the release directory in the server's address. A release without its own Erlang "
            "(include_erts false) also ends like this where no erl is on the PATH."_s,
            spokenText(outcome->errorOutput));
    return outcome;
}

Result<ScriptSkills> ReleaseScript::skills(const JobContext &context) const
{
    if (m_skills)
        return *m_skills;
    const Result<server::RemotePath> script = m_session.address().directory.child(QByteArray("bin/" + m_name.toUtf8()));
    if (!script)
        return std::unexpected(script.error());
    const Result<QByteArray> text = m_session.readFile(*script, context, ScriptBytes);
    if (!text && text.error().code == "server.file-missing"_L1)
        return failure(u"server.no-release"_s, u"%1 is not there."_s.arg(script->text()),
                       u"Check the release directory in the server's address."_s);
    if (!text)
        return std::unexpected(text.error());
    m_skills = ScriptSkills::of(*text);
    return *m_skills;
}

Result<std::optional<Term>> ReleaseScript::ask(const QByteArray &expressions, const JobContext &context, int seconds) const
{
    const Result<ScriptSkills> known = skills(context);
    if (!known)
        return std::unexpected(known.error());
    if (known->talk == ScriptSkills::Talk::None)
        return notAskable(m_name, *known);
    // erl_call prints terms with loss; the text of one, in base64, comes through.
    const QByteArray command =
        "base64:encode_to_string(unicode:characters_to_binary(io_lib:format([126,116,112],[(catch begin " +
        expressions + " end)]))).";
    const Result<server::ExecOutcome> outcome = run(askCommand(known->talk, command), context, seconds);
    if (!outcome)
        return std::unexpected(outcome.error());
    if (saysNodeDown(*outcome))
        return std::optional<Term>();
    if (gaveUp(*outcome))
        return failure(u"server.timeout"_s, u"The node of %1 did not answer in time."_s.arg(m_name),
                       u"It may be busy or hang; look at it on the server."_s,
                       spokenText(outcome->output));
    const std::optional<QByteArray> text = payload(outcome->output);
    if (outcome->exitStatus != 0 || !text)
        return strangeAnswer(*this, *outcome);
    const Parsed<Term> term = parseBareTerm(*text, AnswerLimits);
    if (!term)
        return strangeAnswer(*this, {0, {}, *text, {}});
    return std::optional(*term);
}

QString NodeState::runningVersion() const
{
    const InstalledRelease *release = table.withStatus(ReleaseStatus::Current);
    if (!release)
        release = table.withStatus(ReleaseStatus::Permanent);
    return release ? release->version : QString();
}

Result<std::optional<NodeState>> askState(const ReleaseScript &script, const JobContext &context)
{
    const Result<std::optional<Term>> answer =
        script.ask("{handover,release_handler:which_releases(),"
                   "[{A,V}||{A,_,V}<-application:which_applications()],"
                   "erlang:system_info(otp_release),erlang:system_info(version),"
                   "pid_to_list(whereis(release_handler))++os:getpid()," + NodeFacts::question() + '}',
                   context);
    if (!answer)
        return std::unexpected(answer.error());
    if (!*answer)
        return std::optional<NodeState>();

    const Term &term = **answer;
    const auto strange = [&] { return strangeAnswer(script, {0, {}, term.print(), {}}); };
    if (!term.isTagged("handover", 7) || !term.at(2).isList())
        return strange();
    std::optional<ReleaseTable> table = parseWhichReleases(term.at(1));
    const std::optional<QString> otp = term.at(3).stringValue();
    const std::optional<QString> erts = term.at(4).stringValue();
    const std::optional<QString> boot = term.at(5).stringValue();
    const std::optional<NodeFacts> facts = NodeFacts::fromAnswer(term.at(6));
    if (!table || !otp || !erts || !boot || !facts || !isPlain(*otp) || !isPlain(*erts) || !isPlain(facts->nodeName))
        return strange();
    NodeState state{std::move(*table), {}, *otp, *erts, boot->toUtf8(), *facts};
    for (const Term &app : term.at(2).items()) {
        const std::optional<QByteArray> name = app.at(0).atomName();
        const std::optional<QString> version = app.at(1).stringValue();
        if (!name || !version || !isPlain(*version))
            return strange();
        state.apps.insert(QString::fromUtf8(*name), *version);
    }
    return std::optional(std::move(state));
}

} // namespace handover::node
