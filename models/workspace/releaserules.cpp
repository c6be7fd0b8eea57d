// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/releaserules.h"

#include "models/rules/appupinsertion.h"
#include "models/build/release.h"
#include "models/jobs/wholefile.h"
#include "models/package/extract.h"
#include "models/package/releasefile.h"
#include "models/settings/directories.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

Result<> readApplications(const QString &directory, const QMap<QString, QString> &apps, OpenedRelease &release)
{
    QList<QByteArray> names;
    QStringList places;
    for (auto app = apps.begin(); app != apps.end(); ++app) {
        if (!package::isPlainName(app.key()) || !package::isPlainName(*app))
            return failure(u"rules.unreadable"_s, u"The release has an application with an odd name or version."_s,
                           u"Build the release again."_s, app.key() + u' ' + *app);
        release.contents.versions.insert(app.key().toUtf8(), *app);
        const QString place = u"%1/lib/%2-%3"_s.arg(directory, app.key(), *app);
        if (!QFileInfo::exists(place))
            continue; // OTP's, in a release without ERTS
        names.append(app.key().toUtf8());
        places.append(place);
    }
    auto contents = rules::readApplications(places);
    if (!contents)
        return std::unexpected(contents.error());
    for (qsizetype i = 0; i < names.size(); ++i)
        release.contents.applications.insert(names[i], std::move((*contents)[i]));
    return {};
}

Result<OpenedRelease> openDirectory(const QString &path)
{
    const auto built = build::readRelease(path);
    if (!built)
        return std::unexpected(built.error());
    OpenedRelease release{built->name, built->version, {built->erts, {}, {}}, {}};
    if (auto read = readApplications(path, built->apps, release); !read)
        return std::unexpected(read.error());
    return release;
}

Result<OpenedRelease> openTarball(const QString &path, const JobContext &context)
{
    const auto manifest = package::inspect(path, context);
    if (!manifest)
        return std::unexpected(manifest.error());
    OpenedRelease release{manifest->name, manifest->version, {manifest->erts, {}, {}}, std::make_shared<QTemporaryDir>()};
    if (!release.unpacked->isValid())
        return failure(u"rules.write"_s, u"There is no place for temporary files."_s, u"Check TMPDIR."_s,
                       release.unpacked->errorString());
    static const QRegularExpression needed(uR"(^lib/[^/]+/(ebin/[^/]+\.(beam|app|appup)|priv/.+)$)"_s);
    const auto wanted = [](const QString &entry) { return needed.match(entry).hasMatch(); };
    if (auto done = package::extract(path, release.unpacked->path(), wanted, context); !done)
        return std::unexpected(done.error());
    if (auto read = readApplications(release.unpacked->path(), manifest->apps, release); !read)
        return std::unexpected(read.error());
    return release;
}

std::unexpected<Error> notWritten(const QString &path, const QString &detail)
{
    return failure(u"rules.write"_s, u"%1 could not be written."_s.arg(path),
                   u"Check that there is room and that you may write there."_s, detail);
}

} // namespace

Result<OpenedRelease> openRelease(const QString &path, const JobContext &context)
{
    return QFileInfo(path).isDir() ? openDirectory(path) : openTarball(path, context);
}

Result<AppupOutcome> writeProposal(const rules::Proposal &proposal, const OpenedRelease &newer)
{
    if (newer.unpacked)
        return misuse(u"rules.in-tarball"_s, u"An appup can't be written into a tarball."_s,
                      u"Give the release directory it was made from."_s);
    const QString builds = QFileInfo(settings::cacheDirectory() + u"/builds"_s).canonicalFilePath() + u'/';
    const rules::AppContents contents = newer.contents.applications.value(proposal.application);
    if (builds.size() > 1 && QFileInfo(contents.directory).canonicalFilePath().startsWith(builds))
        return misuse(u"rules.in-cache"_s,
                      u"%1 is the build of a tag, and a package made of it has to be what the tag says."_s.arg(
                          contents.directory),
                      u"Write the proposed text to src/%1.appup of your project, and commit it."_s.arg(
                          QString::fromUtf8(proposal.application)));
    if (proposal.hasErrors())
        return refusal(u"rules.has-errors"_s,
                       u"The appup for %1 was not written: as long as there are errors, the upgrade would fail."_s.arg(
                           QString::fromUtf8(proposal.application)),
                       u"Mend what the notes say, build again, and have it proposed anew."_s);
    if (proposal.text.isEmpty())
        return refusal(u"rules.nothing-to-write"_s,
                       u"No appup was proposed for %1."_s.arg(QString::fromUtf8(proposal.application)));
    const QString path = newer.contents.applications.value(proposal.application).appupPath();
    const bool there = QFileInfo(path).isFile();
    QByteArray text = proposal.text;
    if (there) {
        const auto old = rules::readAppup(path);
        if (!old)
            return std::unexpected(old.error());
        auto extended = rules::withProposal(*old, proposal);
        if (!extended)
            return std::unexpected(extended.error());
        if (*extended == *old)
            return AppupOutcome::LeftAsItIs;
        text = *std::move(extended);
    }
    if (const auto written = writeWhole(path, text); !written)
        return notWritten(path, written.error());
    return there ? AppupOutcome::Extended : AppupOutcome::Created;
}

} // namespace handover::workspace
