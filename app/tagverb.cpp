// SPDX-License-Identifier: GPL-3.0-or-later
// tag: a new version of the project.
#include "app/verbs.h"

#include "app/json.h"
#include "app/terminal.h"
#include "models/workspace/newversion.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

using workspace::NewVersionPlan;

workspace::NewVersionWish wishOf(const QCommandLineParser &parser)
{
    workspace::NewVersionWish wish{parser.positionalArguments().at(1), parser.value(u"message"_s)};
    const QString apps = parser.value(u"apps"_s);
    if (apps == u"all")
        wish.apps = versions::LockstepApps::All;
    else if (parser.isSet(u"apps"_s) && apps != u"changed") {
        wish.apps = versions::LockstepApps::Chosen;
        wish.chosen = apps.split(u',', Qt::SkipEmptyParts);
    }
    return wish;
}

QString diffText(const NewVersionPlan &plan)
{
    using Kind = repo::DiffLine::Kind;
    QStringList lines;
    for (const repo::DiffLine &line : workspace::linesOf(plan)) {
        const QString text = QString::fromUtf8(line.text);
        switch (line.kind) {
        case Kind::Added: lines += u"+ "_s + text; break;
        case Kind::Removed: lines += u"- "_s + text; break;
        case Kind::Context: lines += u"  "_s + text; break;
        case Kind::Gap: lines += u"  …"_s; break;
        case Kind::File: lines += text; break;
        }
    }
    return lines.join(u'\n');
}

void printPlan(const NewVersionPlan &plan)
{
    QList<QStringList> rows;
    for (const versions::LockstepFate &fate : plan.lockstep.apps) {
        const QString change = fate.from == fate.to || fate.to.isEmpty() ? fate.from
                               : fate.from.isEmpty()                     ? fate.to
                                                                         : QString(fate.from + u" → "_s + fate.to);
        rows += {fate.name, change, fate.words};
    }
    if (!rows.isEmpty())
        print(table(rows) + u'\n');
    if (const QString diff = diffText(plan); !diff.isEmpty())
        print(diff + u'\n');
    for (const QString &step : plan.steps)
        print(step);
}

QString fateName(versions::LockstepFate::Kind kind)
{
    using Kind = versions::LockstepFate::Kind;
    switch (kind) {
    case Kind::Set: return u"set"_s;
    case Kind::Has: return u"has"_s;
    case Kind::OwnNew: return u"own"_s;
    case Kind::Keeps: return u"keeps"_s;
    case Kind::FromGit: return u"git"_s;
    case Kind::Foreign: return u"foreign"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QJsonObject planJson(const NewVersionPlan &plan)
{
    const auto orNull = [](const QString &text) { return text.isEmpty() ? QJsonValue() : QJsonValue(text); };
    QJsonArray apps;
    for (const versions::LockstepFate &fate : plan.lockstep.apps)
        apps += QJsonObject{{u"name"_s, fate.name}, {u"from"_s, orNull(fate.from)}, {u"to"_s, orNull(fate.to)},
                            {u"change"_s, fateName(fate.kind)}, {u"needsRules"_s, fate.needsRules()}, {u"words"_s, fate.words}};
    QJsonArray files;
    for (const versions::EditedFile &file : plan.lockstep.files)
        files += QString::fromUtf8(file.path);
    return {{u"tag"_s, QString::fromUtf8(plan.work.name)}, {u"apps"_s, apps}, {u"files"_s, files},
            {u"diff"_s, diffText(plan)}, {u"steps"_s, QJsonArray::fromStringList(plan.steps)},
            {u"remarks"_s, QJsonArray::fromStringList(plan.remarks)}, {u"commit"_s, QJsonValue()}};
}

} // namespace

int runTag(const QCommandLineParser &parser)
{
    const TerminalContext context(isVerbose(parser));
    const auto project = workspace::loadProject(projectPath(parser), context);
    if (!project)
        return printError(project.error());
    const auto start = workspace::readNewVersion(*project, context);
    if (!start)
        return printError(start.error());
    const NewVersionPlan plan = workspace::planNewVersion(*start, wishOf(parser));
    if (plan.obstacle)
        return printError(*plan.obstacle);
    QJsonObject json = planJson(plan);
    const bool isDry = parser.isSet(u"dry-run"_s);
    if (!isDry) {
        const auto made = workspace::makeNewVersion(*start, plan, context);
        if (!made)
            return printError(made.error());
        json.insert(u"commit"_s, made->commit.text());
    }
    if (wantsJson(parser)) {
        printJson(QJsonDocument(json));
        return 0;
    }
    for (const QString &remark : plan.remarks)
        printNote(remark);
    if (isDry)
        printPlan(plan);
    else
        print(u"%1 is commit %2 now.\ngit push REMOTE %1 gives it to others; until then it is only here."_s.arg(
            QString::fromUtf8(plan.work.name), json[u"commit"_s].toString().first(7)));
    return 0;
}

} // namespace handover::app
