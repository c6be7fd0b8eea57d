// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/listednotes.h"

#include "models/core/namelist.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::rules {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupListed)
};

QString appFileOf(const AppContents &contents)
{
    return u"%1-%2/ebin/%1.app"_s.arg(QString::fromUtf8(contents.name), contents.vsn);
}

/// Looks at one version; `changed`: the modules that an instruction would have to load from it.
void look(QList<Issue> &notes, const AppContents &contents, const QSet<QByteArray> &changed)
{
    const QSet<QByteArray> listed(contents.listedModules.begin(), contents.listedModules.end());
    QStringList unlisted;
    QStringList unlistedChanged;
    for (auto module = contents.modules.begin(); module != contents.modules.end(); ++module) {
        if (!listed.contains(module.key()))
            (changed.contains(module.key()) ? unlistedChanged : unlisted).append(QString::fromUtf8(module.key()));
    }
    QStringList missing;
    for (const QByteArray &module : contents.listedModules) {
        if (!contents.modules.contains(module))
            missing.append(QString::fromUtf8(module));
    }
    const QString file = appFileOf(contents);
    if (!unlistedChanged.isEmpty())
        notes.append({Severity::Error, u"rules.unlisted-module"_s,
                      Words::tr("Changed, but not in `modules` of the .app: %1. OTP loads no module that isn't there, so "
                                "no instruction could be proposed. Build the version again.")
                          .arg(nameList(unlistedChanged)),
                      file, {}, {}, {}});
    if (!unlisted.isEmpty())
        notes.append({Severity::Warning, u"rules.unlisted-module"_s,
                      Words::tr("In ebin, but not in `modules` of the .app: %1. No upgrade can change them. Remove "
                                "the files, or build the version again.").arg(nameList(unlisted)),
                      file, {}, {}, {}});
    if (!missing.isEmpty())
        notes.append({Severity::Error, u"rules.missing-module"_s,
                      Words::tr("In `modules` of the .app, but not in ebin: %1. The release has no code for that. Build the "
                                "version again.")
                          .arg(nameList(missing)),
                      file, {}, {}, {}});
}

} // namespace

QList<Issue> listedNotes(const AppContents &older, const AppContents &newer, const QList<ModuleChange> &changes)
{
    QSet<QByteArray> loadedUp;
    QSet<QByteArray> loadedDown;
    for (const ModuleChange &change : changes) {
        if (change.kind != ModuleChange::Kind::Deleted)
            loadedUp.insert(change.name);
        if (change.kind != ModuleChange::Kind::Added)
            loadedDown.insert(change.name);
    }
    QList<Issue> notes;
    look(notes, newer, loadedUp);
    look(notes, older, loadedDown);
    return notes;
}

} // namespace handover::rules
