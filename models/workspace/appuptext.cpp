// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/appuptext.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

constexpr qint64 MostOfAppup = 4 * 1024 * 1024;

} // namespace

QString appupInWorkTree(const Project &project, const versions::AppSource &app)
{
    const QString top = project.path + u'/';
    if (!app.appupPath.isEmpty())
        return top + QString::fromUtf8(app.appupPath);
    const QDir sources(top + QString::fromUtf8(app.directory) + u"/src"_s);
    for (const QString &suffix : {u".appup.src"_s, u".appup"_s}) {
        if (sources.exists(app.name + suffix))
            return sources.filePath(app.name + suffix);
    }
    return sources.exists() ? sources.filePath(app.name + u".appup"_s) : QString();
}

std::optional<QByteArray> appupText(const Project &project, const versions::Version &version,
                                    const versions::AppSource &app)
{
    QFile file(appupInWorkTree(project, app));
    if (!file.fileName().isEmpty() && file.open(QIODevice::ReadOnly))
        return file.read(MostOfAppup);
    const auto text = appupAt(project, version, app.name);
    return text ? *text : std::nullopt;
}

} // namespace handover::workspace
