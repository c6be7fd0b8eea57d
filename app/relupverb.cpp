// SPDX-License-Identifier: GPL-3.0-or-later
// relup: made natively, and compared with OTP's own on request.
#include "app/verbs.h"

#include "app/json.h"
#include "app/terminal.h"
#include "models/relup/otp.h"
#include "models/relup/relupcall.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

using relup::RelupCall;

QList<relup::Base> basesOf(const QStringList &relFiles)
{
    QList<relup::Base> bases;
    for (QString name : relFiles) {
        if (name.endsWith(u".rel"_s))
            name.chop(4);
        bases.append({name, {}});
    }
    return bases;
}

Result<RelupCall> callFromFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(u"file.unreadable"_s, u"%1 could not be read."_s.arg(path),
                       u"Check the path and its permissions."_s, file.errorString());
    const QByteArray text = file.read(16 * 1024 * 1024);
    const auto term = erlang::parseFirstTerm(text);
    if (!term) {
        Error error = term.error().toError(path);
        error.kind = ErrorKind::Usage;
        return std::unexpected(error);
    }
    return RelupCall::parse(*term);
}

Result<RelupCall> callFromOptions(const QCommandLineParser &parser)
{
    const QStringList to = parser.values(u"to"_s);
    const QStringList both = parser.values(u"from"_s);
    const QStringList up = both + parser.values(u"up"_s);
    const QStringList down = both + parser.values(u"down"_s);
    if (to.size() != 1 || (up.isEmpty() && down.isEmpty()))
        return misuse(u"usage"_s, u"relup takes --to NEW.rel and at least one --from OLD.rel (or --up, --down)."_s,
                      u"See handover relup --help."_s);
    RelupCall call;
    call.input.top = basesOf(to).first().name;
    call.input.upFrom = basesOf(up);
    call.input.downTo = basesOf(down);
    call.input.path = parser.values(u"path"_s);
    if (call.input.path.isEmpty())
        call.input.path = relup::pathBeside(to + up + down, QDir::currentPath());
    call.input.restartEmulator = parser.isSet(u"restart-emulator"_s);
    call.input.warningsAsErrors = parser.isSet(u"warnings-as-errors"_s);
    return call;
}

int printReason(const relup::Reason &reason, bool json)
{
    const Error error = reason.toError();
    if (json)
        printJson(QJsonDocument(QJsonObject{{u"error"_s, reasonJson(reason)}}));
    return printError(error);
}

} // namespace

int runRelup(const QCommandLineParser &parser)
{
    const bool fromFile = parser.isSet(u"args"_s);
    auto call = fromFile ? callFromFile(parser.value(u"args"_s)) : callFromOptions(parser);
    if (!call)
        return printError(call.error());
    const TerminalContext context(isVerbose(parser));
    if (const auto libraries = relup::otpLibraries(context))
        call->input.libPath = {*libraries};

    relup::TermFiles files(QDir::currentPath());
    auto answer = relup::generateRelup(call->input, files);
    const QString out = parser.isSet(u"out"_s) ? parser.value(u"out"_s) : call->outDirectory;
    if (answer && !out.isEmpty() && call->writes) {
        if (const auto written = relup::writeRelup(*answer, out); !written)
            answer = std::unexpected(written.error());
    }

    std::optional<Result<relup::Verification>> verified;
    if (parser.isSet(u"verify"_s))
        verified = relup::verifyWithOtp({call->input, QDir::currentPath(), {}, answer}, context);
    const bool json = wantsJson(parser);
    if (!json && verified && *verified)
        printNote((*verified)->words());
    if (!answer)
        return printReason(answer.error(), json);

    if (json) {
        printJson(QJsonDocument(relupJson(*answer, verified)));
    } else {
        for (const relup::RelupWarning &warning : std::as_const(answer->warnings))
            printNote(u"warning: "_s + warning.words());
        if (out.isEmpty())
            print(QString::fromUtf8(answer->text()).chopped(1));
    }
    if (verified && !*verified)
        return printError(verified->error());
    return verified && (*verified)->agreement == relup::Agreement::Different ? 1 : 0;
}

} // namespace handover::app
