// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/otprun.h"

#include "models/erlang/parser.h"

#include <QFile>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace handover::pairs {

using erlang::Term;

namespace {

constexpr int TimeLimitMs = 20 * 60 * 1000;

std::expected<QByteArray, QString> escript(const QStringList &arguments)
{
    QProcess process;
    process.start(u"escript"_s,
                  QStringList{QStringLiteral(HANDOVER_SOURCE_DIR "/tests/pairs/otp_relups.escript")} +
                      arguments);
    const bool ended = process.waitForFinished(TimeLimitMs);
    const QByteArray output = process.readAllStandardOutput();
    if (ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return output;
    const QByteArray errors = process.readAllStandardError();
    return std::unexpected(u"escript: "_s + process.errorString() + u'\n' +
                           QString::fromUtf8(output + errors));
}

bool writeFile(const QString &name, const QByteArray &bytes)
{
    QFile file(name);
    return QDir().mkpath(QFileInfo(name).path()) && file.open(QIODevice::WriteOnly) &&
           file.write(bytes) == bytes.size();
}

QByteArray readFile(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString numbered(qsizetype index) { return QString::number(index).rightJustified(7, u'0'); }

} // namespace

std::expected<Otp, QString> Otp::about()
{
    const auto output = escript({u"about"_s});
    if (!output)
        return std::unexpected(output.error());
    const auto term = erlang::parseFirstTerm(*output);
    if (!term)
        return std::unexpected(QString::fromUtf8(*output));
    Otp otp{.release = term->at(0).stringValue().value_or(QString()), .path = {}, .installed = {}};
    for (const Term &directory : term->at(1).items())
        otp.path += directory.stringValue().value_or(QString());
    for (const Term &app : term->at(2).items())
        otp.installed.insert(QString::fromUtf8(app.at(0).atomName().value_or(QByteArray())),
                             app.at(1).stringValue().value_or(QString()));
    return otp;
}

QString CaseStore::caseDirectory(qsizetype index) const { return casesDirectory() + u'/' + numbered(index); }

bool CaseStore::add(qsizetype index, const Pair &pair) const
{
    const QString directory = caseDirectory(index) + u'/';
    bool written = writeFile(directory + u"case.term"_s, "%% coding: utf-8\n" + pair.call + ".\n");
    for (auto file = pair.files.cbegin(); file != pair.files.cend(); ++file)
        written = written && writeFile(directory + file.key(), file.value());
    return written;
}

std::expected<void, QString> CaseStore::runOtp() const
{
    if (!QDir().mkpath(answersDirectory()))
        return std::unexpected(answersDirectory());
    const auto output = escript({u"relups"_s, casesDirectory(), answersDirectory()});
    if (!output)
        return std::unexpected(output.error());
    return {};
}

std::optional<OtpAnswer> CaseStore::answer(qsizetype index) const
{
    const QString stem = answersDirectory() + u'/' + numbered(index);
    const auto term = erlang::parseFirstTerm(readFile(stem + u".term"_s));
    if (!term || !term->isTuple(3))
        return {};
    OtpAnswer answer;
    if (term->isTagged("ok", 3)) {
        answer.outcome = OtpAnswer::Outcome::Ok;
        answer.warnings = term->at(1).items();
        answer.sameOrder = term->at(2).isAtom("true");
        answer.relup = readFile(stem + u".relup"_s);
        answer.canonical = answer.sameOrder ? answer.relup : readFile(stem + u".canonical.relup"_s);
        return answer;
    }
    answer.outcome = term->isTagged("error", 3) ? OtpAnswer::Outcome::Error : OtpAnswer::Outcome::Raised;
    answer.module = term->at(1).atomName().value_or(QByteArray());
    answer.reason = term->at(2);
    return answer;
}

} // namespace handover::pairs
