// SPDX-License-Identifier: GPL-3.0-or-later
// changes: what differs between two versions.
#include "app/verbs.h"

#include "app/json.h"
#include "app/terminal.h"
#include "models/core/namelist.h"
#include "models/workspace/pairchanges.h"

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

using changes::AppDifference;
using changes::Change;
using changes::Differences;
using changes::ModuleDifference;

QString text(const QByteArrayList &names) { return QString::fromUtf8(names.join(", ")); }

QString vsns(const AppDifference &app)
{
    const QString from = app.from.isEmpty() ? u"?"_s : app.from;
    const QString to = app.to.isEmpty() ? u"?"_s : app.to;
    switch (app.change) {
    case Change::Added: return u"new, %1"_s.arg(to);
    case Change::Removed: return u"removed, was %1"_s.arg(from);
    case Change::Changed: return app.vsnBumped() ? u"%1 → %2"_s.arg(from, to) : u"%1, changed without a new vsn"_s.arg(to);
    case Change::Same: return to;
    }
    Q_UNREACHABLE_RETURN(QString());
}

void printModule(const ModuleDifference &module)
{
    QStringList facts;
    if (!module.facts().behaviours.isEmpty())
        facts += text(module.facts().behaviours);
    if (module.change == Change::Changed) {
        if (const auto added = module.addedExports(); !added.isEmpty())
            facts += u"exports "_s + text(added);
        if (const auto removed = module.removedExports(); !removed.isEmpty())
            facts += u"no longer exports "_s + text(removed);
        for (const QString &record : module.recordChanges())
            facts += u"record "_s + record;
    }
    if (module.isNative())
        facts += u"native code"_s;
    print(u"  %1 %2%3"_s.arg(changes::changeName(module.change), QString::fromUtf8(module.name),
                             facts.isEmpty() ? QString() : u" ("_s + facts.join(u"; "_s) + u')'));
}

void printDifferences(const Differences &differences)
{
    QStringList same;
    for (const AppDifference &app : differences.apps) {
        const QString name = QString::fromUtf8(app.name);
        if (app.change == Change::Same) {
            same += name + u' ' + app.to;
            continue;
        }
        print(u"%1 %2"_s.arg(name, vsns(app)));
        for (const ModuleDifference &module : app.modules)
            printModule(module);
        for (const QString &file : app.files)
            print(u"  file %1"_s.arg(file));
    }
    for (const changes::FileDifference &file : differences.files)
        print(u"%1 %2"_s.arg(file.path, changes::changeName(file.change)));
    if (differences.ertsFrom != differences.ertsTo)
        print(u"ERTS %1 → %2: the upgrade restarts the emulator"_s.arg(differences.ertsFrom, differences.ertsTo));
    if (!same.isEmpty())
        print(u"the same: %1"_s.arg(nameList(same)));
}

QString basisWords(Differences::Basis basis, versions::Version::Place place)
{
    using Place = versions::Version::Place;
    if (basis == Differences::Basis::Builds)
        return u"By the builds of both versions."_s;
    switch (place) {
    case Place::Tag: return u"By the sources in git: not both versions are built."_s;
    case Place::Head: return u"By the sources in git: only tags are built."_s;
    case Place::WorkTree: return u"By the sources in git and in the work tree: only tags are built."_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

} // namespace

int runChanges(const QCommandLineParser &parser)
{
    const TerminalContext context(isVerbose(parser));
    const auto pair = loadPair(parser, context, GoingTo::Anything);
    if (!pair)
        return printError(pair.error());
    const auto differences = workspace::changesBetween(pair->project, pair->from, pair->to, context);
    if (!differences)
        return printError(differences.error());
    if (wantsJson(parser)) {
        printJson(QJsonDocument(changesJson(*differences)));
        return 0;
    }
    printNote(basisWords(differences->basis, pair->to.place));
    printDifferences(*differences);
    return 0;
}

} // namespace handover::app
