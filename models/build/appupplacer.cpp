// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/build/appupplacer.h"

#include "models/appup/appup.h"
#include "models/jobs/wholefile.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace handover::build {

namespace {

/// Of an application in `directory`.
Result<void> placeOne(const QString &checkout, const QString &directory, const versions::AppSource &app,
                      const JobContext &context)
{
    const QString source = checkout + u'/' + QString::fromUtf8(app.appupPath);
    const QString target = directory + u"/ebin/"_s + app.name + u".appup"_s;
    if (QDir::cleanPath(source) == target)
        return {};

    QFile file(source);
    if (!file.open(QIODevice::ReadOnly))
        return failure(u"build.disk"_s, u"%1 could not be read."_s.arg(source), u"Try again."_s, file.errorString());
    QByteArray text = file.readAll();
    if (source.endsWith(u".appup.src")) {
        text = appup::render(text, app.vsn);
        if (!erlang::parseFirstTerm(text)) {
            context.log(u"%1 is not a plain Erlang term; it is left to the project's own plugin."_s
                            .arg(QString::fromUtf8(app.appupPath)));
            return {};
        }
    }

    QDir().mkpath(directory + u"/ebin"_s);
    if (const auto written = writeWhole(target, text); !written)
        return failure(u"build.disk"_s, u"%1 could not be written."_s.arg(target),
                       u"Check that the disk of the cache directory is not full."_s, written.error());
    context.log(u"%1 → ebin/%2.appup"_s.arg(QString::fromUtf8(app.appupPath), app.name));
    return {};
}

} // namespace

Result<void> placeAppups(const QString &checkout, const QList<versions::AppSource> &apps, const JobContext &context)
{
    for (const versions::AppSource &app : apps) {
        if (app.appupPath.isEmpty())
            continue;
        const QString directory = QDir::cleanPath(checkout + u'/' + QString::fromUtf8(app.directory));
        if (auto placed = placeOne(checkout, directory, app, context); !placed)
            return placed;
    }
    return {};
}

Result<void> placeDependencyAppups(const QString &checkout, const BuiltRelease &release,
                                   const QList<versions::Dependency> &dependencies, const JobContext &context)
{
    for (const versions::Dependency &dependency : dependencies) {
        const QString vsn = release.apps.value(dependency.name);
        const QString directory = u"%1/lib/%2-%3"_s.arg(release.directory, dependency.name, vsn);
        if (dependency.appupPath.isEmpty() || vsn.isEmpty() || !QDir(directory).exists())
            continue;
        if (auto placed = placeOne(checkout, directory, {dependency.name, vsn, {}, dependency.appupPath}, context); !placed)
            return placed;
    }
    return {};
}

} // namespace handover::build
