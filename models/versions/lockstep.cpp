// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/lockstep.h"

#include "models/core/versionorder.h"
#include "models/versions/vsnedit.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::versions {

namespace {

using Fate = LockstepFate;
using Source = VsnSource::Kind;

bool isFromGit(const VsnSource &vsn)
{
    return vsn.kind == Source::GitTag || vsn.kind == Source::GitShort || vsn.kind == Source::GitLong;
}

bool isWanted(const LockstepApp &app, const LockstepWish &wish)
{
    switch (wish.apps) {
    case LockstepApps::All: return true;
    case LockstepApps::Chosen: return wish.chosen.contains(app.name);
    case LockstepApps::Changed: return !app.changes.isEmpty();
    }
    Q_UNREACHABLE_RETURN(false);
}

QString foreignWords(const VsnSource &vsn)
{
    if (vsn.kind == Source::File)
        return u"its vsn stands in the file %1, which is left alone"_s.arg(vsn.text);
    return u"its vsn is made by a command or a script, which is left alone"_s;
}

// An application whose vsn is a text.
Fate plainFate(const LockstepApp &app, const LockstepWish &wish)
{
    const QString &now = app.vsn.text;
    const auto fate = [&](Fate::Kind kind, const QString &to, const QString &words) {
        return Fate{app.name, kind, now, to, words, app.before};
    };
    if (now == wish.version)
        return fate(Fate::Kind::Has, now, u"it has that vsn already"_s);
    if (!isWanted(app, wish))
        return fate(Fate::Kind::Keeps, now, app.changes.isEmpty() ? u"unchanged"_s
                                                                  : u"%1, but it was not chosen"_s.arg(app.changes));
    const bool isBumped = !app.before.isEmpty() && now != app.before;
    if (wish.apps == LockstepApps::Changed && isBumped)
        return fate(Fate::Kind::OwnNew, now, u"%1; it went from %2 to %3 already"_s.arg(app.changes, app.before, now));
    QString words = app.changes.isEmpty() ? u"unchanged"_s : app.changes;
    if (compareVersions(now, wish.version) > 0)
        words += u"; %1 is older than its %2"_s.arg(wish.version, now);
    return fate(Fate::Kind::Set, wish.version, words);
}

Fate fateOf(const LockstepApp &app, const LockstepWish &wish)
{
    if (isFromGit(app.vsn)) {
        const QString to = app.vsn.kind == Source::GitTag ? gitVsn(wish.tag) : QString();
        return {app.name, Fate::Kind::FromGit, {}, to,
                u"%1; its vsn comes from git, new with every tag"_s.arg(app.changes.isEmpty() ? u"unchanged"_s : app.changes),
                app.before};
    }
    if (app.vsn.kind != Source::Text || app.file.isEmpty())
        return {app.name, Fate::Kind::Foreign, {}, {}, foreignWords(app.vsn), app.before};
    return plainFate(app, wish);
}

Result<> checkChosen(const LockstepProject &project, const LockstepWish &wish)
{
    if (wish.apps != LockstepApps::Chosen)
        return {};
    for (const QString &name : wish.chosen) {
        if (!std::ranges::contains(project.apps, name, &LockstepApp::name)) {
            QStringList names;
            for (const LockstepApp &app : project.apps)
                names += app.name;
            return misuse(u"versions.no-such-app"_s, u"There is no application %1."_s.arg(name),
                          names.isEmpty() ? u"The project has none."_s : u"There are %1."_s.arg(names.join(u", "_s)));
        }
    }
    return {};
}

QString releaseWords(const VsnSource &release, const LockstepWish &wish, bool isEditable)
{
    if (release.kind == Source::GitTag)
        return u"The release's version comes from the tag: %1."_s.arg(gitVsn(wish.tag));
    if (release.kind == Source::GitShort || release.kind == Source::GitLong)
        return u"The release's version is the commit's id, whatever the tag."_s;
    if (release.kind == Source::File)
        return u"The release's version stands in the file %1, which is left alone."_s.arg(release.text);
    if (release.kind != Source::Text || !isEditable)
        return u"The release's version is made by a command or a script, or differs between releases; it is left alone."_s;
    if (release.text == wish.version)
        return u"The release is %1 already."_s.arg(release.text);
    return u"The release goes from %1 to %2 in rebar.config."_s.arg(release.text, wish.version);
}

} // namespace

Result<Lockstep> lockstep(const LockstepProject &project, const LockstepWish &wish)
{
    if (const auto known = checkChosen(project, wish); !known)
        return std::unexpected(known.error());
    Lockstep result;
    for (const LockstepApp &app : project.apps) {
        const Fate fate = fateOf(app, wish);
        result.apps.append(fate);
        if (fate.kind != Fate::Kind::Set)
            continue;
        auto text = withVsn(app.text, wish.version);
        if (!text)
            return std::unexpected(text.error());
        result.files.append({app.file, app.text, *std::move(text)});
    }
    if (project.release) {
        const bool isEditable = !project.rebarConfig.isEmpty();
        result.release = releaseWords(*project.release, wish, isEditable);
        if (isEditable && project.release->kind == Source::Text && project.release->text != wish.version) {
            auto text = withReleaseVsn(project.rebarConfig, wish.version);
            if (!text)
                return std::unexpected(text.error());
            result.files.append({"rebar.config", project.rebarConfig, *std::move(text)});
        }
    }
    std::ranges::sort(result.files, {}, &EditedFile::path);
    return result;
}

} // namespace handover::versions
