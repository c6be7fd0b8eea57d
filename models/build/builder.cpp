// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/build/builder.h"

#include "models/build/appupplacer.h"
#include "models/build/rebar3.h"
#include "models/erlang/parser.h"
#include "models/jobs/wholefile.h"
#include "models/repo/repository.h"
#include "models/versions/vsnsource.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace handover::build {

namespace {

QString shortHash(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().first(12));
}

QString stampFile(const BuildRequest &request) { return request.directory() + u"/build.json"_s; }

Result<void> writeStamp(const BuildRequest &request, const BuiltRelease &release)
{
    const QJsonObject stamp{{u"tag"_s, release.tag},
                            {u"version"_s, release.version},
                            {u"profile"_s, release.profile},
                            {u"checkout"_s, release.checkout},
                            {u"directory"_s, release.directory},
                            {u"milliseconds"_s, release.milliseconds}};
    if (const auto written = writeWhole(stampFile(request), QJsonDocument(stamp).toJson()); !written)
        return failure(u"build.disk"_s, u"%1 could not be written."_s.arg(stampFile(request)),
                       u"Check that the disk of the cache directory is not full."_s, written.error());
    return {};
}

// Whether the version of the release or of an application is made from the tag by rebar3.
bool takesVersionFromGit(const versions::Version &version, const QString &checkout)
{
    if (std::ranges::any_of(version.apps, [](const versions::AppSource &app) { return app.vsn.isEmpty(); }))
        return true;
    QFile file(checkout + u"/rebar.config"_s);
    const auto terms = file.open(QIODevice::ReadOnly) ? erlang::parseTerms(file.readAll()) : erlang::Parsed<QList<erlang::Term>>();
    if (!terms)
        return true; // it can't be ruled out
    for (const erlang::Term &term : *terms) {
        if (!term.isTagged("relx", 2))
            continue;
        for (const erlang::Term &entry : term.at(1).items()) {
            if (entry.isTagged("release", 3) && (!entry.at(1).at(1).stringValue() || entry.at(1).at(1).stringValue() == u"git"
                                                 || entry.at(1).at(1).stringValue() == u"semver"))
                return true;
        }
    }
    return false;
}

// prod where the project has such a profile: its releases carry ERTS and no debug links.
QString chooseProfile(const QString &checkout)
{
    QFile file(checkout + u"/rebar.config"_s);
    if (!file.open(QIODevice::ReadOnly))
        return u"default"_s;
    const auto terms = erlang::parseTerms(file.readAll());
    if (!terms)
        return u"default"_s;
    for (const erlang::Term &term : *terms) {
        if (!term.isTagged("profiles", 2))
            continue;
        for (const erlang::Term &profile : term.at(1).items()) {
            if (profile.at(0).isAtom("prod"))
                return u"prod"_s;
        }
    }
    return u"default"_s;
}

// The release that was assembled: the only one, or the one whose files are newest.
Result<BuiltRelease> findRelease(const QString &base)
{
    const QDir rel(base + u"/rel"_s);
    const QFileInfoList found = rel.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Time);
    for (const QFileInfo &info : found) {
        if (QFileInfo::exists(info.filePath() + u"/releases/start_erl.data"_s))
            return readRelease(info.filePath());
    }
    return failure(u"build.no-release"_s, u"rebar3 assembled no release."_s,
                   u"Add a release to {relx, […]} in rebar.config: {release, {name, git}, [application, sasl]}."_s);
}

Result<BuiltRelease> build(const BuildRequest &request, const JobContext &context)
{
    QElapsedTimer clock;
    clock.start();
    const QString checkout = request.directory() + u"/source"_s;
    QDir(checkout).removeRecursively(); // what an earlier, failed build left

    context.progress(u"Checking out %1"_s.arg(request.version.tag.text()));
    const auto repository = repo::Repository::open(request.repository);
    if (!repository)
        return std::unexpected(repository.error());
    // Of several tags on the commit rebar3 would take the last by name, whichever is being built;
    // and names that mean something to a shell are none of its business.
    const repo::Tag &tag = request.version.tag;
    const auto keepTag = [&tag](const QByteArray &name, const repo::ObjectId &commit) {
        return versions::isPlainTag(name) && (commit != tag.commit || name == tag.name);
    };
    if (auto done = repository->checkoutApart(tag.commit, checkout, context, keepTag); !done)
        return std::unexpected(done.error());
    if ((!versions::isPlainTag(tag.name) || tag.name.contains('/')) && takesVersionFromGit(request.version, checkout))
        return refusal(u"build.tag-name"_s,
                       u"rebar3 can't make a release version of the tag %1: it becomes part of paths and shell commands."_s
                           .arg(tag.text()),
                       u"Tag the commit again with letters, digits and . _ + ~ @ - only."_s);
    if (auto done = placeAppups(checkout, request.version.apps, context); !done)
        return std::unexpected(done.error());

    const QString profile = request.profile.isEmpty() ? chooseProfile(checkout) : request.profile;
    context.progress(u"Building %1 with rebar3"_s.arg(request.version.tag.text()));
    const QStringList arguments =
        profile == u"default"_s ? QStringList{u"release"_s} : QStringList{u"as"_s, profile, u"release"_s};
    const auto output = runRebar3(checkout, arguments, {}, context);
    if (!output) {
        Error error = output.error();
        if (error.code == u"build.rebar3" && !parseOutput(error.detail).isEmpty()) {
            error.code = u"build.compile"_s;
            error.message = u"%1 does not compile: %2"_s.arg(request.version.tag.text(), lastWords(error.detail));
            error.hint = u"Mend it and tag the mended commit; a tag that was built never changes."_s;
        }
        return std::unexpected(error);
    }

    auto release = findRelease(checkout + u"/_build/"_s + profile);
    if (!release)
        return release;
    if (auto done = placeDependencyAppups(checkout, *release, request.version.deps, context); !done)
        return std::unexpected(done.error());
    release->checkout = checkout;
    release->profile = profile;
    release->tag = request.version.tag.text();
    release->milliseconds = clock.elapsed();
    if (auto done = writeStamp(request, *release); !done)
        return std::unexpected(done.error());
    return release;
}

} // namespace

QString BuildRequest::directory() const
{
    const QString path = QFileInfo(repository).canonicalFilePath();
    const QString project = QFileInfo(path).fileName().left(40);
    // The tag is part of the key: what git describe says depends on it.
    return u"%1/builds/%2-%3/%4-%5"_s.arg(cacheDirectory, QString(project).replace(QRegularExpression(u"[^\\w.-]"_s), u"_"_s),
                                          shortHash(path.toUtf8()), version.tag.commit.text(),
                                          shortHash(version.tag.name + '\0' + profile.toUtf8()));
}

std::optional<BuiltRelease> cachedRelease(const BuildRequest &request)
{
    QFile file(stampFile(request));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject stamp = QJsonDocument::fromJson(file.readAll()).object();
    auto release = readRelease(stamp[u"directory"_s].toString());
    if (!release || release->version != stamp[u"version"_s].toString())
        return std::nullopt;
    for (auto app = release->apps.begin(); app != release->apps.end(); ++app) { // somebody may have tidied up
        if (!QFileInfo::exists(u"%1/lib/%2-%3/ebin"_s.arg(release->directory, app.key(), app.value()))
            && QFileInfo::exists(release->directory + u"/lib"_s))
            return std::nullopt;
    }
    release->checkout = stamp[u"checkout"_s].toString();
    release->profile = stamp[u"profile"_s].toString();
    release->tag = stamp[u"tag"_s].toString();
    release->milliseconds = stamp[u"milliseconds"_s].toInteger();
    release->cached = true;
    return *release;
}

Result<BuiltRelease> buildRelease(const BuildRequest &request, const JobContext &context)
{
    if (const auto cached = cachedRelease(request)) {
        context.log(u"%1 was built before; answered from the cache."_s.arg(cached->tag));
        return *cached;
    }
    if (!QDir().mkpath(request.directory()))
        return failure(u"build.disk"_s, u"The folder %1 could not be made."_s.arg(request.directory()),
                       u"Check that you may write there and that the disk is not full."_s);

    QLockFile lock(request.directory() + u"/lock"_s);
    lock.setStaleLockTime(0); // builds may be long; a dead process's lock is noticed all the same
    while (!lock.tryLock(100)) {
        if (lock.error() != QLockFile::LockFailedError)
            return failure(u"build.disk"_s, u"The folder %1 can't be locked."_s.arg(request.directory()),
                           u"Check that you may write there and that the disk is not full."_s);
        if (context.isCancelled())
            return cancellation();
        context.progress(u"Waiting for another build of %1"_s.arg(request.version.tag.text()));
    }
    if (const auto cached = cachedRelease(request)) // the one we waited for
        return *cached;

    auto release = build(request, context);
    if (!release) // nothing half-built stays
        QDir(request.directory() + u"/source"_s).removeRecursively();
    return release;
}

} // namespace handover::build
