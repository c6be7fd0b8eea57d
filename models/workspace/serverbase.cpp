// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/serverbase.h"

#include "models/node/fetchbase.h"
#include "models/settings/directories.h"

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

constexpr qsizetype MostKnown = 5; // builds that are searched for files that are the same

} // namespace

Result<build::BuiltRelease> fetchRunning(server::Session &session, const node::Installation &installed,
                                         const Project &project, const JobContext &context)
{
    const QString version = installed.nodeUp ? installed.runningVersion : installed.bootVersion;
    QStringList known;
    for (const versions::Version &each : project.versions) {
        if (known.size() == MostKnown)
            break;
        if (const auto built = build::cachedRelease(project.buildRequest(each)))
            known += built->directory;
    }
    const QString directory = node::fetchedDirectory(settings::cacheDirectory(), session.address(), version);
    auto base = node::fetchBase(session, version, directory, known, context);
    if (!base)
        return std::unexpected(base.error());
    context.log(u"%1 of %2 files fetched into %3"_s.arg(base->fetched).arg(base->files).arg(directory));
    return base->release;
}

} // namespace handover::workspace
