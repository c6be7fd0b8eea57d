// SPDX-License-Identifier: GPL-3.0-or-later
// fetch: a server's release as the base of a relup.
#include "app/servertarget.h"
#include "app/verbs.h"

#include "app/terminal.h"
#include "models/node/fetchbase.h"
#include "models/settings/directories.h"
#include "models/workspace/serverbase.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

QJsonObject fetchedJson(const node::FetchedBase &base)
{
    return {{u"release"_s, base.release.name},     {u"version"_s, base.release.version},
            {u"directory"_s, base.release.directory}, {u"files"_s, base.files},
            {u"fetched"_s, base.fetched},          {u"bytes"_s, base.bytes},
            {u"missing"_s, QJsonArray::fromStringList(base.missing)}};
}

} // namespace

Result<build::BuiltRelease> fetchRunning(const QCommandLineParser &parser, const QString &server,
                                         const workspace::Project &project, const JobContext &context)
{
    auto reached = reach(parser, server, context);
    if (!reached)
        return std::unexpected(reached.error());
    return workspace::fetchRunning(reached->session, reached->installed, project, context);
}

int runFetch(const QCommandLineParser &parser)
{
    const QString version = parser.positionalArguments().at(2);
    const QString into = parser.value(u"into"_s);
    const TerminalContext context(isVerbose(parser));
    auto target = serverTarget(parser, parser.positionalArguments().at(1));
    if (!target)
        return printError(target.error());
    auto session = connectTo(*target, context);
    if (!session)
        return printError(session.error());
    const QString directory = into.isEmpty() ? node::fetchedDirectory(settings::cacheDirectory(), session->address(), version)
                                             : QDir(into).absolutePath();
    const auto base = node::fetchBase(*session, version, directory, {}, context);
    if (!base)
        return printError(base.error());
    if (wantsJson(parser)) {
        printJson(QJsonDocument(fetchedJson(*base)));
        return 0;
    }
    print(u"%1 %2: %3 files, %4 of them fetched\n%5"_s.arg(base->release.name, base->release.version)
              .arg(base->files).arg(base->fetched).arg(base->release.directory));
    for (const QString &app : base->missing)
        print(u"! %1 is not in the server's lib"_s.arg(app));
    return 0;
}

} // namespace handover::app
