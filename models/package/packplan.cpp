// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/packplan.h"

#include "models/core/versionorder.h"
#include "models/package/releasefile.h"
#include "models/package/treewalk.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace handover::package {

namespace {

QString buildAgain() { return u"Build the release again."_s; }

Result<QByteArray> readSmall(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(u"package.incomplete"_s, u"%1 could not be read."_s.arg(path), buildAgain(),
                       file.errorString());
    return file.read(Limits{}.relBytes);
}

Result<ReleaseFile> readRelease(const PackRequest &request, const QString &path)
{
    const auto text = readSmall(path);
    if (!text)
        return std::unexpected(text.error());
    auto release = parseReleaseFile(*text, path);
    if (release && (release->name != request.name || release->version != request.version))
        return failure(u"package.incomplete"_s,
                       u"%1 is the release file of %2 %3."_s.arg(path, release->name, release->version),
                       buildAgain());
    return release;
}

/// Both files name the version that was built last, and a first installation starts what they name.
Result<> checkStart(const PackRequest &request)
{
    const QString path = request.releaseDirectory + u"/releases/start_erl.data"_s;
    if (!QFileInfo::exists(path))
        return {};
    const auto text = readSmall(path);
    if (!text)
        return std::unexpected(text.error());
    const QList<QByteArray> words = text->simplified().split(' ');
    if (words.size() == 2 && words[1] == request.version.toUtf8())
        return {};
    return failure(u"package.incomplete"_s,
                   u"%1 names another version than %2: another one was built in this folder since."_s.arg(
                       path, request.version),
                   u"Build %1 again."_s.arg(request.version), QString::fromUtf8(text->left(200)));
}

Result<> addApplications(TreeWalk &walk, const PackRequest &request, const ReleaseFile &release)
{
    for (const auto &[name, version] : release.apps.asKeyValueRange()) {
        const QString path = u"lib/%1-%2"_s.arg(name, version);
        const QString source = request.releaseDirectory + u'/' + path;
        if (!QFileInfo::exists(u"%1/ebin/%2.app"_s.arg(source, name)))
            return failure(
                u"package.incomplete"_s,
                u"The application %1 %2 is not in %3/lib."_s.arg(name, version, request.releaseDirectory),
                buildAgain());
        // As rebar3 does: what a running system has no use for stays here.
        const auto wanted = [path](const QString &below) {
            return below != path + u"/include"_s && below != path + u"/src"_s &&
                   below != path + u"/c_src"_s &&
                   !(below.startsWith(path + u"/ebin/"_s) && below.endsWith(u".appup"_s));
        };
        if (auto added = walk.add(source, path, wanted); !added)
            return added;
    }
    return {};
}

/// rebar3 leaves a script bin/NAME-VERSION for every version that was ever built here.
bool isOtherScript(const QString &path, const PackRequest &request)
{
    const QString prefix = u"bin/%1-"_s.arg(request.name);
    const QString version = path.startsWith(prefix) ? path.sliced(prefix.size()) : QString();
    return !version.isEmpty() && version != request.version &&
           (looksLikeVersion(version) ||
            QFileInfo::exists(request.releaseDirectory + u"/releases/"_s + version));
}

} // namespace

Result<QList<PackItem>> planPack(const PackRequest &request, const JobContext &context)
{
    if (!isPlainName(request.name) || !isPlainName(request.version))
        return failure(u"package.incomplete"_s,
                       u"The release has no name or no version that can be part of a path."_s,
                       u"Give it one in rebar.config."_s);
    const QString top = request.releaseDirectory + u'/';
    const QString versionPath = u"releases/"_s + request.version;
    const QString relPath = u"%1/%2.rel"_s.arg(versionPath, request.name);
    const auto release = readRelease(request, top + relPath);
    if (!release)
        return std::unexpected(release.error());
    if (auto checked = checkStart(request); !checked)
        return std::unexpected(checked.error());

    TreeWalk walk(context);
    if (auto added = addApplications(walk, request, *release); !added)
        return std::unexpected(added.error());
    // The file of this version, whatever older one lies there.
    if (auto added = walk.add(top + relPath, u"releases/%1.rel"_s.arg(request.name)); !added)
        return std::unexpected(added.error());
    const QString relupPath = versionPath + u"/relup"_s;
    const auto wanted = [&](const QString &path) {
        return !isOtherScript(path, request) && (request.relup.isEmpty() || path != relupPath);
    };
    const QStringList paths{versionPath, u"erts-"_s + release->erts, u"releases/start_erl.data"_s, u"bin"_s,
                            u"releases/RELEASES"_s};
    for (const QString &path : paths) {
        if (!QFileInfo::exists(top + path))
            continue;
        if (auto added = walk.add(top + path, path, wanted); !added)
            return std::unexpected(added.error());
    }
    if (!request.relup.isEmpty()) {
        if (auto added = walk.add(request.relup, relupPath); !added)
            return std::unexpected(added.error());
    }
    if (auto settled = walk.settleLinks(); !settled)
        return std::unexpected(settled.error());

    const QDir folder(request.releaseDirectory);
    for (const QString &name : folder.entryList(QDir::AllEntries | QDir::NoDotAndDotDot, QDir::Name)) {
        if (name != u"lib"_s && name != u"releases"_s && name != u"bin"_s && !name.startsWith(u"erts-"_s) &&
            !name.endsWith(u".tar.gz"_s))
            context.log(u"Not packed, because it is no part of a release: %1"_s.arg(name));
    }
    return walk.items();
}

} // namespace handover::package
