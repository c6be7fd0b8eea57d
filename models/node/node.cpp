// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/node.h"

#include "models/erlang/parser.h"
#include "models/node/loglines.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace handover::erlang;

namespace handover::node {

namespace {

constexpr int AskSeconds = 30;
constexpr Limits AnswerLimits{.depth = 100, .terms = 500'000, .bytes = 8 * 1024 * 1024};

[[nodiscard]] std::unexpected<Error> strangeAnswer(const ReleaseScript &script, const server::ExecOutcome &outcome)
{
    return failure(u"server.node-answer"_s,
                   u"bin/%1 gave an answer that is not understood."_s.arg(script.name()),
                   u"Look at what it said below, and try the same on the server."_s,
                   spokenText(QByteArrayView(outcome.output).first(std::min<qsizetype>(outcome.output.size(), 4000)))
                       + u'\n' + spokenText(outcome.errorOutput));
}

// The base64 text between the quotes, decoded. Hooks of the script may have printed around it.
[[nodiscard]] std::optional<QByteArray> payload(const QByteArray &output)
{
    const qsizetype end = output.lastIndexOf('"');
    const qsizetype begin = end > 0 ? output.lastIndexOf('"', end - 1) : -1;
    if (begin < 0)
        return std::nullopt;
    const auto decoded = QByteArray::fromBase64Encoding(output.sliced(begin + 1, end - begin - 1),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(*decoded) : std::nullopt;
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
    const Result<server::ExecOutcome> outcome =
        m_session.exec(directory, QList<QByteArray>{script->bytes()} + arguments, context, {}, limitSeconds);
    if (outcome && (outcome->exitStatus == 126 || outcome->exitStatus == 127) && outcome->output.isEmpty() &&
        !outcome->errorOutput.contains("escript"))
        return failure(
            u"server.no-release"_s, u"%1 could not be started on the server."_s.arg(script->text()),
            u"Check the release directory in the server's address. A release without its own Erlang "
            "(include_erts false) also ends like this where no erl is on the PATH."_s,
            spokenText(outcome->errorOutput));
    return outcome;
}

Result<std::optional<Term>> ReleaseScript::ask(const QByteArray &expressions, const JobContext &context) const
{
    // erl_call prints terms with loss; the text of one, in base64, comes through.
    const QByteArray command =
        "base64:encode_to_string(unicode:characters_to_binary(io_lib:format([126,116,112],[(catch begin " +
        expressions + " end)]))).";
    const Result<server::ExecOutcome> outcome = run({"eval", command}, context, AskSeconds);
    if (!outcome)
        return std::unexpected(outcome.error());
    if (outcome->exitStatus == 1 && outcome->output.contains("Node is not running!"))
        return std::optional<Term>();
    if (outcome->exitStatus == 142)
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
