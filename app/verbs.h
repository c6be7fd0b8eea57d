// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/project.h"

#include <QCommandLineParser>
#include <QStringList>

namespace handover::app {

/// What every verb gets: its arguments parsed, and the options all verbs have.
struct Verb
{
    const char *name;
    const char *arguments; ///< for the usage line
    const char *summary;
    int least;             ///< positional arguments
    int most;              ///< -1: any number
    void (*addOptions)(QCommandLineParser &parser);
    int (*run)(const QCommandLineParser &parser);
};

int runVersions(const QCommandLineParser &parser);
int runChanges(const QCommandLineParser &parser);
int runTag(const QCommandLineParser &parser);
int runMatch(const QCommandLineParser &parser);
int runCheck(const QCommandLineParser &parser);
int runRules(const QCommandLineParser &parser);
int runRelup(const QCommandLineParser &parser);
int runBuild(const QCommandLineParser &parser);
int runPackage(const QCommandLineParser &parser);
int runInspect(const QCommandLineParser &parser);
int runReleases(const QCommandLineParser &parser);
int runDeploy(const QCommandLineParser &parser);
int runSwitch(const QCommandLineParser &parser);
int runRemove(const QCommandLineParser &parser);
int runHistory(const QCommandLineParser &parser);
int runFetch(const QCommandLineParser &parser);

/// Options that several verbs have.
[[nodiscard]] QString projectPath(const QCommandLineParser &parser); ///< -C, else "."
[[nodiscard]] bool wantsJson(const QCommandLineParser &parser);
[[nodiscard]] bool isVerbose(const QCommandLineParser &parser);

/// The release that a server runs (or would boot, while its node is down), fetched into the cache. `server` is its name
/// in the settings or its address.
[[nodiscard]] Result<build::BuiltRelease> fetchRunning(const QCommandLineParser &parser, const QString &server,
                                                       const workspace::Project &project, const JobContext &context);

/// Two versions of the project that -C names, by the arguments FROM and TO. Where something else than a tag will do,
/// TO may be HEAD, or "." for the files as they are. Errors: loadProject()'s, find()'s, versionAt()'s.
enum class GoingTo { Tag, Anything };
struct VersionPair
{
    workspace::Project project;
    versions::Version from;
    versions::Version to;
};
[[nodiscard]] Result<VersionPair> loadPair(const QCommandLineParser &parser, const JobContext &context,
                                           GoingTo goingTo = GoingTo::Tag);

/// Columns of a table for people, each as wide as its widest cell.
[[nodiscard]] QString table(const QList<QStringList> &rows);

} // namespace handover::app
