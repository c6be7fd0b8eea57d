// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"

#include "app/terminal.h"
#include "app/verbs.h"
#include "models/workspace/placeversion.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

void noOptions(QCommandLineParser &) {}

void projectOption(QCommandLineParser &parser)
{
    parser.addOption({u"C"_s, u"The project's directory (default: the current one)."_s, u"PROJECT"_s});
}

void tagOptions(QCommandLineParser &parser)
{
    projectOption(parser);
    parser.addOptions({{u"apps"_s,
                        u"Which applications get the vsn: all, changed (since the last version), or their names with commas "
                        "between them (default: changed). Those whose vsn is not a plain text are left alone."_s,
                        u"APPS"_s},
                       {u"message"_s, u"The tag's message (default: \"Version VERSION\")."_s, u"TEXT"_s},
                       {u"dry-run"_s, u"Only say what would be done, with the difference."_s}});
}

void serverOptions(QCommandLineParser &parser)
{
    parser.addOptions({{u"identity"_s, u"A private key file, besides the agent's and ssh_config's."_s, u"FILE"_s},
                       {u"known-hosts"_s, u"A known_hosts file instead of the user's."_s, u"FILE"_s},
                       {u"run-as"_s, u"Who the release belongs to, where that is not who logs in; needs sudo."_s, u"USER"_s}});
}

void packageOptions(QCommandLineParser &parser)
{
    projectOption(parser);
    serverOptions(parser);
    parser.addOptions({{u"to"_s, u"The version to package, a tag."_s, u"VERSION"_s},
                       {u"from"_s, u"A version the relup comes from; may come again (default: the one before)."_s, u"VERSION"_s},
                       {u"from-server"_s, u"Take what the relup comes from, the running release, from that server."_s, u"SERVER"_s},
                       {u"first"_s, u"Make no relup: for a first installation."_s}});
}

void rulesOptions(QCommandLineParser &parser)
{
    parser.addOptions({{u"app"_s, u"Only this application."_s, u"APP"_s},
                       {u"write"_s, u"Also write each appup into ebin of the new release, a directory."_s}});
}

void relupOptions(QCommandLineParser &parser)
{
    parser.addOptions({{u"to"_s, u"The new release's .rel file."_s, u"NEW.rel"_s},
                       {u"from"_s, u"A .rel file to come from and to go back to; may come again."_s, u"OLD.rel"_s},
                       {u"up"_s, u"One to come from only."_s, u"OLD.rel"_s},
                       {u"down"_s, u"One to go back to only."_s, u"OLD.rel"_s},
                       {u"path"_s,
                        u"Where applications are, in order; * stands for any directory name. Default: lib/*/ebin "
                        "beside the releases folder of each .rel file. OTP's own come last."_s,
                        u"GLOB"_s},
                       {u"restart-emulator"_s, u"Restart the emulator at the end of each way."_s},
                       {u"warnings-as-errors"_s, u"Make no relup if there are warnings."_s},
                       {u"args"_s, u"Instead of all that: a file with {Name, UpFrom, DownTo, Options}."_s, u"FILE"_s},
                       {u"out"_s, u"Write the file relup into this directory."_s, u"DIR"_s},
                       {u"verify"_s, u"Also run OTP's systools:make_relup and compare."_s}});
}

void fetchOptions(QCommandLineParser &parser)
{
    serverOptions(parser);
    parser.addOption({u"into"_s, u"A directory of its own for it (default: one below the cache directory)."_s, u"DIR"_s});
}

void releasesOptions(QCommandLineParser &parser)
{
    serverOptions(parser);
    parser.addOptions({{u"test"_s, u"Try what an upgrade needs: SSH, SFTP, rights, sudo, the node, check sums, space."_s},
                       {u"verify"_s, u"Compare the modules on the server and in the node with a built release (a directory or a tarball)."_s, u"BUILT"_s},
                       {u"logs"_s, u"Name the logs there are."_s},
                       {u"log"_s, u"Follow one of them, until interrupted."_s, u"NAME"_s},
                       {u"console"_s, u"Print the command for the node's remote console."_s}});
}

void confirmOptions(QCommandLineParser &parser)
{
    parser.addOptions({{u"reboot"_s, u"Stop the node and start it with the release, instead of a hot upgrade."_s},
                       {u"watch"_s, u"Watch it for so long before it is made permanent (default: as set in the window)."_s, u"SECONDS"_s},
                       {u"go-back"_s, u"If it is not healthy then, go back to what ran before."_s}});
}

void deployOptions(QCommandLineParser &parser)
{
    serverOptions(parser);
    parser.addOptions({{u"check"_s, u"Only look whether an upgrade would go well; nothing is changed."_s},
                       {u"install"_s, u"Also unpack, check and install; a reboot brings the old release back."_s},
                       {u"permanent"_s, u"Also make it permanent (implies --install)."_s},
                       {u"batch"_s, u"Of several servers, how many at a time (default: one after another); the first failure ends it."_s, u"N"_s},
                       {u"replace"_s, u"Take away first what is only unpacked of this version, or left of a try that went wrong."_s}});
    confirmOptions(parser);
}

void switchOptions(QCommandLineParser &parser)
{
    serverOptions(parser);
    parser.addOptions({{u"check"_s, u"Only look whether it would go well; nothing is changed."_s},
                       {u"permanent"_s, u"Also make it permanent."_s}});
    confirmOptions(parser);
}

constexpr Verb verbs[] = {
    {"versions", "", "The tags as versions, newest first", 0, 0, projectOption, runVersions},
    {"changes", "FROM TO", "What differs between two versions; TO may be HEAD, or . for the work tree", 2, 2, projectOption, runChanges},
    {"tag", "VERSION", "A new version: sets vsn, commits that alone, makes the annotated tag", 1, 1, tagOptions, runTag},
    {"match", "APPUP VERSION…", "For each application version the rule that OTP takes", 2, -1, noOptions, runMatch},
    {"check", "APPUP… | FROM TO", "Problems in appup files, or between two versions", 1, -1, projectOption, runCheck},
    {"rules", "OLD NEW", "The appups proposed from two built releases", 2, 2, rulesOptions, runRules},
    {"relup", "--to NEW.rel --from OLD.rel…", "The relup between releases, from their files alone", 0, 0, relupOptions, runRelup},
    {"build", "VERSION", "The release of a tag, built in a checkout of its own", 1, 1, projectOption, runBuild},
    {"package", "--to VERSION", "Relup and tarball; builds what is missing", 0, 0, packageOptions, runPackage},
    {"inspect", "TARBALL", "What a release tarball contains", 1, 1, noOptions, runInspect},
    {"releases", "SERVER", "What is installed on a server", 1, 1, releasesOptions, runReleases},
    {"fetch", "SERVER VERSION", "A release that is installed there, for a relup from it", 2, 2, fetchOptions, runFetch},
    {"deploy", "SERVER… TARBALL", "Upload a tarball, and install it as far as asked; several servers are all looked at first", 2, -1, deployOptions, runDeploy},
    {"switch", "SERVER VERSION", "Take the node to a release that is on the server, or confirm what runs", 2, 2, switchOptions, runSwitch},
    {"remove", "SERVER VERSION", "Take an old or unpacked release away", 2, 2, serverOptions, runRemove},
    {"history", "[SERVER]", "What was done to servers from this machine", 0, 1, noOptions, runHistory},
};

const Verb *find(const QString &name)
{
    for (const Verb &verb : verbs) {
        if (name == QLatin1StringView(verb.name))
            return &verb;
    }
    return nullptr;
}

QString overview()
{
    QList<QStringList> rows;
    for (const Verb &verb : verbs)
        rows += {u"  "_s + QLatin1StringView(verb.name), QString::fromUtf8(verb.arguments), QString::fromUtf8(verb.summary)};
    rows += {u"  demo"_s, u"[--headless]"_s, u"The whole main job on a sample project and a local server"_s};
    return u"Usage: handover [PROJECT]          opens the window\n"
           "       handover VERB [--json] …    works without a display\n\n%1\n\n"
           "handover VERB --help tells a verb's options. SERVER is a name from the settings or\n"
           "ssh://[user@]host[:port]/absolute/release/directory.\n"
           "Exit status: 0 done, 1 the answer is no, 2 wrong use, 3 something outside failed."_s.arg(table(rows));
}

// The options as QCommandLineParser lays them out; the usage line is ours, which knows the verb's arguments.
QString helpText(const Verb &verb, const QCommandLineParser &parser)
{
    const QString text = parser.helpText();
    const qsizetype options = text.indexOf(u"\nOptions:"_s);
    return u"Usage: handover %1 [options] %2\n%3.\n%4"_s.arg(QLatin1StringView(verb.name), QString::fromUtf8(verb.arguments),
                                                          QString::fromUtf8(verb.summary), text.sliced(qMax(options, qsizetype(0))));
}

Result<versions::Version> findTo(const workspace::Project &project, const QString &name, GoingTo goingTo)
{
    using Place = versions::Version::Place;
    if (goingTo == GoingTo::Anything && name == u".")
        return workspace::versionAt(project, Place::WorkTree);
    if (goingTo == GoingTo::Anything && name == u"HEAD" && versions::rowOfTag(project.versions, name) < 0)
        return workspace::versionAt(project, Place::Head);
    return project.find(name);
}

} // namespace

bool isVerb(const QString &argument)
{
    return find(argument) || argument == u"help" || argument == u"--help" || argument == u"-h" || argument == u"--version";
}

int runVerb(const QStringList &arguments)
{
    const QString name = arguments.value(1);
    if (name == u"--version") {
        print(u"handover "_s + QLatin1StringView(HANDOVER_VERSION));
        return 0;
    }
    const Verb *const verb = find(name);
    if (!verb) {
        print(overview());
        return 0;
    }

    QCommandLineParser parser;
    parser.setApplicationDescription(QString::fromUtf8(verb->summary) + u'.');
    parser.addOptions({{u"json"_s, u"One JSON document instead of text for people."_s},
                       {{u"v"_s, u"verbose"_s}, u"Also print the log, to standard error."_s}});
    const QCommandLineOption help = parser.addHelpOption();
    verb->addOptions(parser);
    const bool parsed = parser.parse(arguments);
    if (parser.isSet(help)) {
        print(helpText(*verb, parser));
        return 0;
    }
    if (wantsJson(parser))
        setJsonErrors();
    const auto count = parser.positionalArguments().size() - 1;
    if (!parsed)
        return printError(misuse(u"usage"_s, parser.errorText(), u"See handover %1 --help."_s.arg(name)).error());
    if (count < verb->least || (verb->most >= 0 && count > verb->most))
        return printError(misuse(u"usage"_s, u"Usage: handover %1 %2"_s.arg(name, QString::fromUtf8(verb->arguments)),
                                 u"See handover %1 --help."_s.arg(name)).error());
    const int status = verb->run(parser);
    if (status == 0 && outputWasLost())
        return printError(failure(u"output"_s, u"The output could not be written."_s,
                                  u"Check where it goes: a full disk, or a program that ended."_s).error());
    return status;
}

QString projectPath(const QCommandLineParser &parser)
{
    const QString path = parser.value(u"C"_s);
    return path.isEmpty() ? u"."_s : path;
}

Result<VersionPair> loadPair(const QCommandLineParser &parser, const JobContext &context, GoingTo goingTo)
{
    auto project = workspace::loadProject(projectPath(parser), context);
    if (!project)
        return std::unexpected(project.error());
    auto from = project->find(parser.positionalArguments().value(1));
    if (!from)
        return std::unexpected(from.error());
    auto to = findTo(*project, parser.positionalArguments().value(2), goingTo);
    if (!to)
        return std::unexpected(to.error());
    return VersionPair{*std::move(project), *std::move(from), *std::move(to)};
}

bool wantsJson(const QCommandLineParser &parser) { return parser.isSet(u"json"_s); }

bool isVerbose(const QCommandLineParser &parser) { return parser.isSet(u"verbose"_s); }

QString table(const QList<QStringList> &rows)
{
    QList<qsizetype> widths;
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (i == widths.size())
                widths += 0;
            widths[i] = qMax(widths[i], row[i].size());
        }
    }
    QStringList lines;
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += i + 1 < row.size() ? row[i].leftJustified(widths[i] + 2) : row[i];
        while (line.endsWith(u' '))
            line.chop(1);
        lines += line;
    }
    return lines.join(u'\n');
}

} // namespace handover::app
