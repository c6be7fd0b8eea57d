// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/maker.h"

#include "models/build/rebar3.h"
#include "models/jobs/process.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QRegularExpression>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

// The copy stands beside _build, at the same depth, so that rebar3's relative links stay right.
QString baseDirectory(const build::BuiltRelease &from, const build::BuiltRelease &to)
{
    const QByteArray key = (from.directory + u'\n' + from.version).toUtf8();
    const auto hash = QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex().first(12);
    return to.checkout + u"/_relup-"_s + QString::fromLatin1(hash);
}

QString stampFile(const QString &base) { return base + u"/complete"_s; }

Result<void> copyTree(const QString &source, const QString &target, const JobContext &context)
{
    QDir().mkpath(QFileInfo(target).path());
    ProcessSpec copy;
    copy.program = u"cp"_s;
    copy.arguments = {u"-a"_s, u"--reflink=auto"_s, u"--"_s, source, target};
    const auto outcome = runProcess(copy, context);
    if (!outcome)
        return std::unexpected(outcome.error());
    if (outcome->exitCode != 0)
        return failure(u"build.disk"_s, u"%1 could not be copied."_s.arg(source),
                       u"Check that the disk of the cache directory is not full."_s, plainText(outcome->output));
    return {};
}

QString releasePath(const QString &base, const build::BuiltRelease &to)
{
    return base + u'/' + to.profile + u"/rel/"_s + to.name;
}

Result<Relup> readRelup(const QString &directory, const QString &version)
{
    QFile file(directory + u"/releases/"_s + version + u"/relup"_s);
    if (!file.open(QIODevice::ReadOnly))
        return failure(u"relup.unreadable"_s, u"rebar3 wrote no relup to %1."_s.arg(file.fileName()),
                       u"Look at its output in the log."_s, file.errorString());
    return Relup::parse(file.readAll());
}

PreparedRelease prepared(const QString &base, const build::BuiltRelease &from, const build::BuiltRelease &to, Relup relup)
{
    PreparedRelease result{to, std::move(relup), from.version, false, 0};
    result.release.directory = releasePath(base, to);
    return result;
}

// releases/FROM and the applications that only FROM has: where rebar3 relup looks for them.
Result<void> addOlderRelease(const build::BuiltRelease &from, const build::BuiltRelease &to, const QString &directory,
                             const JobContext &context)
{
    if (auto copied = copyTree(from.directory + u"/releases/"_s + from.version,
                               directory + u"/releases/"_s + from.version, context);
        !copied)
        return copied;
    for (auto app = from.apps.begin(); app != from.apps.end(); ++app) {
        if (to.apps.value(app.key()) == app.value())
            continue;
        const QString name = u"lib/%1-%2"_s.arg(app.key(), app.value());
        if (QFileInfo::exists(directory + u'/' + name))
            continue;
        if (auto copied = copyTree(from.directory + u'/' + name, directory + u'/' + name, context); !copied)
            return copied;
    }
    return {};
}

} // namespace

std::optional<PreparedRelease> cachedRelup(const build::BuiltRelease &from, const build::BuiltRelease &to)
{
    const QString base = baseDirectory(from, to);
    if (!QFileInfo::exists(stampFile(base)))
        return std::nullopt;
    auto relup = readRelup(releasePath(base, to), to.version);
    if (!relup)
        return std::nullopt;
    PreparedRelease result = prepared(base, from, to, std::move(*relup));
    result.cached = true;
    return result;
}

Result<PreparedRelease> makeRelup(const build::BuiltRelease &from, const build::BuiltRelease &to, const JobContext &context)
{
    if (from.name != to.name)
        return refusal(u"relup.other-release"_s, u"%1 and %2 are different releases."_s.arg(from.name, to.name),
                       u"Choose two versions of the same release."_s);
    if (from.version == to.version)
        return refusal(u"relup.same-version"_s, u"Both builds are release version %1."_s.arg(to.version),
                       u"Choose two versions that differ; the release version comes from the tag or rebar.config."_s);
    if (auto cached = cachedRelup(from, to)) {
        context.log(u"The relup %1 → %2 was made before; answered from the cache."_s.arg(from.version, to.version));
        return *cached;
    }

    QElapsedTimer clock;
    clock.start();
    const QString base = baseDirectory(from, to);
    QLockFile lock(base + u".lock"_s);
    lock.setStaleLockTime(0);
    while (!lock.tryLock(100)) {
        if (lock.error() != QLockFile::LockFailedError)
            return failure(u"build.disk"_s, u"The folder %1 can't be locked."_s.arg(to.checkout),
                           u"Check that you may write there and that the disk is not full."_s);
        if (context.isCancelled())
            return cancellation();
    }
    if (auto cached = cachedRelup(from, to)) // the one we waited for
        return *cached;

    QDir(base).removeRecursively();
    context.progress(u"Preparing %1 beside %2"_s.arg(from.version, to.version));
    const QString directory = releasePath(base, to);
    auto copied = copyTree(to.checkout + u"/_build"_s, base, context);
    if (copied)
        copied = addOlderRelease(from, to, directory, context);
    if (!copied) {
        QDir(base).removeRecursively();
        return std::unexpected(copied.error());
    }

    context.progress(u"Making the relup %1 → %2 with rebar3"_s.arg(from.version, to.version));
    QStringList arguments{u"relup"_s, u"-n"_s, to.name, u"-v"_s, to.version, u"-u"_s, from.version};
    if (to.profile != u"default"_s)
        arguments = QStringList{u"as"_s, to.profile} + arguments;
    const auto output = build::runRebar3(to.checkout, arguments, {{u"REBAR_BASE_DIR"_s, base}}, context);
    if (!output) {
        QDir(base).removeRecursively();
        return std::unexpected(output.error().code == u"build.rebar3" ? explainRelupFailure(output.error().detail)
                                                                     : output.error());
    }
    auto relup = readRelup(directory, to.version);
    if (!relup) {
        QDir(base).removeRecursively();
        return std::unexpected(relup.error());
    }
    QSaveFile stamp(stampFile(base));
    if (!stamp.open(QIODevice::WriteOnly) || !stamp.commit())
        return failure(u"build.disk"_s, u"%1 could not be written."_s.arg(stamp.fileName()),
                       u"Check that the disk of the cache directory is not full."_s, stamp.errorString());
    PreparedRelease result = prepared(base, from, to, std::move(*relup));
    result.milliseconds = clock.elapsed();
    return result;
}

Error explainRelupFailure(const QString &plainOutput)
{
    // systools_relup:format_error/1
    static const QRegularExpression noEntry(
        u"No release upgrade script entry for (?<app>[\\w@']+)-(?<to>\\S+) to [\\w@']+-(?<from>\\S+) in file (?<file>\\S+)"_s);
    static const QRegularExpression noFile(u"Could not open file (?<file>\\S+/(?<app>[^/\\s]+)\\.appup)"_s);

    Error error{ErrorKind::Answer, u"relup.rebar3"_s, {}, {}, plainOutput};
    QString words = plainOutput;
    words.replace(QRegularExpression(u"\\s*\\n\\s*"_s), u" "_s); // OTP breaks its lines anywhere
    if (const auto match = noEntry.match(words); match.hasMatch()) {
        error.code = u"relup.no-entry"_s;
        error.message = u"No rule in %1.appup takes version %2 (going to or from %3)."_s.arg(
            match.captured(u"app"), match.captured(u"from"), match.captured(u"to"));
        error.hint = u"Add a rule for it to both lists of that appup; the Rules page shows which versions each rule takes."_s;
    } else if (const auto file = noFile.match(words); file.hasMatch()) {
        error.code = u"relup.missing-appup"_s;
        error.message = u"The application %1 changed its version but has no appup."_s.arg(file.captured(u"app"));
        error.hint = u"Add src/%1.appup.src with a rule for the older version, even an empty one, and tag again."_s.arg(
            file.captured(u"app"));
    } else {
        error.message = u"rebar3 could not make the relup: %1"_s.arg(build::lastWords(plainOutput));
        error.hint = u"The log has its whole output."_s;
    }
    return error;
}

} // namespace handover::relup
