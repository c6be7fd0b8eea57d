// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/build/release.h"

#include "models/erlang/parser.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace handover::build {

namespace {

constexpr qint64 LargestRelFile = 4 * 1024 * 1024;

Result<QByteArray> readSmall(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(u"build.unreadable"_s, u"%1 could not be read."_s.arg(path), u"Build the version again."_s,
                       file.errorString());
    return file.read(LargestRelFile);
}

} // namespace

Result<BuiltRelease> readRelease(const QString &directory)
{
    // "15.2.7 1.1.0", no line end
    if (!QFileInfo::exists(directory + u"/releases/start_erl.data"_s))
        return failure(u"build.no-release"_s, u"%1 is no release directory: it has no releases/start_erl.data."_s.arg(directory),
                       u"Give the directory with bin, lib and releases that relx makes: _build/PROFILE/rel/NAME."_s);
    const auto start = readSmall(directory + u"/releases/start_erl.data"_s);
    if (!start)
        return std::unexpected(start.error());
    const QList<QByteArray> words = start->simplified().split(' ');
    if (words.size() != 2)
        return failure(u"build.no-release"_s, u"%1/releases/start_erl.data names no release version."_s.arg(directory),
                       u"Build the version again."_s, QString::fromUtf8(*start));

    BuiltRelease release;
    release.directory = directory;
    release.erts = QString::fromUtf8(words[0]);
    release.version = QString::fromUtf8(words[1]);

    const QDir versionDir(directory + u"/releases/"_s + release.version);
    const QStringList relFiles = versionDir.entryList({u"*.rel"_s}, QDir::Files, QDir::Name);
    if (relFiles.isEmpty())
        return failure(u"build.no-release"_s, u"There is no .rel file in %1."_s.arg(versionDir.path()),
                       u"Build the version again."_s);
    const auto text = readSmall(versionDir.filePath(relFiles.first()));
    if (!text)
        return std::unexpected(text.error());
    const auto term = erlang::parseFirstTerm(*text);
    if (!term)
        return std::unexpected(term.error().toError(versionDir.filePath(relFiles.first())));

    // {release, {Name, Vsn}, {erts, EVsn}, [{App, Vsn} | {App, Vsn, Type} | …]}, rel(4)
    if (!term->isTagged("release", 4))
        return failure(u"build.no-release"_s, u"%1 is not a .rel file."_s.arg(relFiles.first()),
                       u"Build the version again."_s);
    release.name = term->at(1).at(0).stringValue().value_or(QString());
    for (const erlang::Term &app : term->at(3).items()) {
        if (const auto name = app.at(0).atomName())
            release.apps.insert(QString::fromUtf8(*name), app.at(1).stringValue().value_or(QString()));
    }
    if (release.name.isEmpty())
        return failure(u"build.no-release"_s, u"%1 names no release."_s.arg(relFiles.first()),
                       u"Build the version again."_s);
    return release;
}

} // namespace handover::build
