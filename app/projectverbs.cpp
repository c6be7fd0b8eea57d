// SPDX-License-Identifier: GPL-3.0-or-later
// versions, match, check, build, package, inspect: what works on a repository and on files.
#include "app/verbs.h"

#include "app/json.h"
#include "app/terminal.h"
#include "models/appup/check.h"
#include "models/appup/matcher.h"
#include "models/versions/versionlistmodel.h"
#include "models/workspace/packaging.h"
#include "models/workspace/pairchecks.h"
#include "models/workspace/project.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(u"file.unreadable"_s, u"%1 could not be read."_s.arg(path),
                       u"Check the path and its permissions."_s, file.errorString());
    return file.read(16 * 1024 * 1024);
}

QString stateWords(const workspace::Project &project, const versions::Version &version)
{
    if (!build::cachedRelease(project.buildRequest(version)))
        return {};
    return workspace::packagedFrom(project, version).isEmpty() ? u"built"_s : u"packaged"_s;
}

QString ruleText(int rule) { return rule > 0 ? QString::number(rule) : u"none"_s; }

int printIssues(const QList<Issue> &issues, bool json)
{
    if (json) {
        printJson(QJsonDocument(toJson(issues)));
    } else {
        for (const Issue &issue : issues) {
            print(u"%1:%2:%3: %4: %5 [%6]"_s.arg(issue.file).arg(issue.place.line).arg(issue.place.column)
                      .arg(severityName(issue.severity), issue.message, issue.code));
            if (issue.fix)
                print(u"  fix: %1"_s.arg(issue.fix->label));
        }
        if (issues.isEmpty())
            print(u"No problems found."_s);
    }
    const bool bad = std::ranges::any_of(issues, [](const Issue &issue) { return issue.severity == Severity::Error; });
    return bad ? 1 : 0;
}

void printNeeds(const package::LibraryNeeds &needs)
{
    if (!needs.system)
        return;
    QStringList libraries;
    for (const package::LibraryNeed &need : needs.libraries)
        libraries += need.provided.isEmpty() ? need.words() : u"%1 (inside)"_s.arg(need.words());
    print(u"Made for %1; needs %2"_s.arg(needs.system->words(), libraries.join(u", "_s)));
}

int printPackaged(const Result<workspace::Packaged> &packaged, bool json)
{
    if (!packaged)
        return printError(packaged.error());
    if (json) {
        printJson(QJsonDocument(packageJson(*packaged)));
    } else {
        print(u"%1\n%2 bytes, SHA-256 %3"_s.arg(packaged->manifest.file).arg(packaged->manifest.size)
                  .arg(QString::fromLatin1(packaged->manifest.sha256)));
        for (const workspace::PackageCheck &check : packaged->checks)
            print(u"  %1 %2"_s.arg(check.outcome == workspace::PackageCheck::Outcome::Passed   ? u"✓"_s
                                   : check.outcome == workspace::PackageCheck::Outcome::Failed ? u"✗"_s
                                                                                              : u"–"_s,
                                   check.words));
    }
    return packaged->isSound() ? 0 : 1;
}

int packageFromServer(const QCommandLineParser &parser, const workspace::Project &project, const versions::Version &to,
                      const JobContext &context)
{
    const auto from = fetchRunning(parser, parser.value(u"from-server"_s), project, context);
    if (!from)
        return printError(from.error());
    return printPackaged(workspace::packageOnto(project, *from, to, context), wantsJson(parser));
}

} // namespace

int runVersions(const QCommandLineParser &parser)
{
    const TerminalContext context(isVerbose(parser));
    const auto project = workspace::loadProject(projectPath(parser), context);
    if (!project)
        return printError(project.error());
    if (wantsJson(parser)) {
        printJson(QJsonDocument(versionsJson(*project)));
        return 0;
    }
    QList<QStringList> rows;
    for (const versions::Version &version : project->versions) {
        QStringList apps;
        for (const versions::AppSource &app : version.apps)
            apps += app.name + u' ' + (app.vsn.isEmpty() ? u"?"_s : app.vsn);
        QStringList words;
        for (const QString &part : {versions::remarks(version).join(u", "_s), version.summary()}) {
            if (!part.isEmpty())
                words += part;
        }
        rows += {version.tag.text(), version.tag.commit.shortText(), version.tag.date.date().toString(Qt::ISODate),
                 version.tag.annotated ? u"annotated"_s : u"lightweight"_s, stateWords(*project, version), apps.join(u", "_s),
                 words.join(u" · "_s)};
    }
    if (rows.isEmpty())
        print(u"%1 has no tags. A version is a tag: make one with git tag -a 1.0.0."_s.arg(project->name));
    else
        print(table(rows));
    return 0;
}

int runMatch(const QCommandLineParser &parser)
{
    const QStringList arguments = parser.positionalArguments().mid(1);
    const auto text = readFile(arguments.first());
    if (!text)
        return printError(text.error());
    const auto appup = appup::Appup::parse(*text);
    if (!appup) {
        Error error = appup.error().toError(arguments.first());
        error.kind = ErrorKind::Answer;
        return printError(error);
    }
    const appup::Matcher up(appup->up);
    const appup::Matcher down(appup->down);
    QJsonArray array;
    QList<QStringList> rows{{u"version"_s, u"up"_s, u"down"_s}};
    for (const QString &version : arguments.mid(1)) {
        const int upRule = up.match(version);
        const int downRule = down.match(version);
        array += matchJson(version, upRule, downRule);
        rows += {version, ruleText(upRule), ruleText(downRule)};
    }
    if (wantsJson(parser))
        printJson(QJsonDocument(array));
    else
        print(table(rows));
    // OTP raises badarg when it comes to one, and takes no rule behind it either.
    for (const appup::Rule &rule : appup->up + appup->down) {
        if (rule.key == appup::Rule::Key::Regex && !QRegularExpression(rule.text).isValid())
            return printError(refusal(u"appup.bad-regex"_s,
                                      u"The pattern %1 of rule %2 for the way %3 is not valid; OTP stops with an error when it "
                                      "comes to it, and takes no rule behind it."_s
                                          .arg(rule.text, QString::number(rule.number),
                                               rule.direction == appup::Direction::Up ? u"up"_s : u"down"_s),
                                      u"handover check %1 says where and why."_s.arg(arguments.first())).error());
    }
    return 0;
}

int runCheck(const QCommandLineParser &parser)
{
    const QStringList arguments = parser.positionalArguments().mid(1);
    const bool files = !parser.isSet(u"C"_s)
                       && std::ranges::any_of(arguments, [](const QString &path) { return path.contains(u".appup"); });
    QList<Issue> issues;
    if (files) {
        for (const QString &path : arguments) {
            const auto text = readFile(path);
            if (!text)
                return printError(text.error());
            issues += appup::check(*text, {path, {}, {}});
        }
        return printIssues(issues, wantsJson(parser));
    }
    if (arguments.size() != 2)
        return printError(misuse(u"usage"_s, u"check takes appup files, or the two versions FROM and TO."_s,
                                 u"See handover check --help."_s).error());
    const TerminalContext context(isVerbose(parser));
    const auto pair = loadPair(parser, context);
    if (!pair)
        return printError(pair.error());
    const auto found = workspace::checkPair(pair->project, pair->from, pair->to);
    if (!found)
        return printError(found.error());
    return printIssues(*found, wantsJson(parser));
}

int runBuild(const QCommandLineParser &parser)
{
    const TerminalContext context(isVerbose(parser));
    const auto project = workspace::loadProject(projectPath(parser), context);
    if (!project)
        return printError(project.error());
    const auto version = project->find(parser.positionalArguments().at(1));
    if (!version)
        return printError(version.error());
    const auto release = build::buildRelease(project->buildRequest(*version), context);
    if (!release)
        return printError(release.error());
    if (wantsJson(parser))
        printJson(QJsonDocument(buildJson(*release)));
    else
        print(u"%1 %2%3\n%4"_s.arg(release->name, release->version,
                                   release->cached ? u" (from the cache)"_s : QString(), release->directory));
    return 0;
}

int runPackage(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"to"_s))
        return printError(misuse(u"usage"_s, u"package needs --to VERSION."_s, u"See handover package --help."_s).error());
    if (parser.isSet(u"from"_s) && parser.isSet(u"first"_s))
        return printError(misuse(u"usage"_s, u"--from asks for a relup, --first for none."_s, u"Give one of them."_s).error());
    if (parser.isSet(u"from-server"_s) && (parser.isSet(u"from"_s) || parser.isSet(u"first"_s)))
        return printError(misuse(u"usage"_s, u"--from-server already says what the relup comes from."_s,
                                 u"Leave --from and --first out."_s).error());
    const TerminalContext context(isVerbose(parser));
    const auto project = workspace::loadProject(projectPath(parser), context);
    if (!project)
        return printError(project.error());
    const auto to = project->find(parser.value(u"to"_s));
    if (!to)
        return printError(to.error());
    if (parser.isSet(u"from-server"_s))
        return packageFromServer(parser, *project, *to, context);
    QList<versions::Version> from;
    for (const QString &name : parser.values(u"from"_s)) {
        const auto chosen = project->find(name);
        if (!chosen)
            return printError(chosen.error());
        if (chosen->tag.name == to->tag.name)
            return printError(misuse(u"project.same-version"_s, u"--from and --to are both %1."_s.arg(to->tag.text()),
                                     u"Give the version that runs now with --from."_s).error());
        if (!from.contains(*chosen))
            from += *chosen;
    }
    const versions::Version *older = project->predecessor(*to);
    if (from.isEmpty() && !parser.isSet(u"first"_s) && older)
        from += *older;
    return printPackaged(workspace::packageVersion(*project, from, *to, context), wantsJson(parser));
}

int runInspect(const QCommandLineParser &parser)
{
    const TerminalContext context(isVerbose(parser));
    const auto manifest = package::inspect(parser.positionalArguments().at(1), context);
    if (!manifest)
        return printError(manifest.error());
    if (wantsJson(parser)) {
        printJson(QJsonDocument(manifestJson(*manifest)));
        return 0;
    }
    print(u"%1 %2, ERTS %3%4"_s.arg(manifest->name, manifest->version, manifest->erts,
                                    manifest->hasErts ? QString() : u" (not inside)"_s));
    print(u"%1 bytes, %2 unpacked, %3 entries\nSHA-256 %4"_s.arg(manifest->size).arg(manifest->unpackedSize)
              .arg(manifest->entries.size()).arg(QString::fromLatin1(manifest->sha256)));
    QStringList apps;
    for (auto app = manifest->apps.begin(); app != manifest->apps.end(); ++app)
        apps += app.key() + u' ' + app.value();
    print(u"Applications: %1"_s.arg(apps.join(u", "_s)));
    printNeeds(manifest->needs);
    if (!manifest->relup) {
        print(u"No relup: for a first installation"_s);
        return 0;
    }
    for (const relup::Script &script : manifest->relup->up)
        print(u"Upgrade from %1: %2 instructions"_s.arg(script.version).arg(script.instructions.size()));
    for (const relup::Script &script : manifest->relup->down)
        print(u"Downgrade to %1: %2 instructions"_s.arg(script.version).arg(script.instructions.size()));
    return 0;
}

} // namespace handover::app
