// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody does to the repository while it is open: the part of Workspace that follows it.
#include "models/workspace/workspace.h"

#include "models/workspace/placeversion.h"

#include <QElapsedTimer>
#include <QFile>

namespace handover::workspace {

namespace {

constexpr int LeastPauseMs = 2000;
constexpr int MostPauseMs = 3000; // twenty times that: a minute

struct PlaceSeen
{
    std::optional<WorkPlace> place;
    qint64 milliseconds = 0;
};

PlaceSeen seePlace(const QString &path)
{
    PlaceSeen seen;
    QElapsedTimer clock;
    clock.start();
    if (const auto repository = repo::Repository::open(path)) {
        if (const auto place = readWorkPlace(*repository))
            seen.place = *place;
    }
    seen.milliseconds = clock.elapsed();
    return seen;
}

} // namespace

void Workspace::startFollowing()
{
    connect(m_watch, &repo::RepositoryWatch::changed, this, &Workspace::readAgain);
    m_placeTimer.setSingleShot(true);
    m_placeTimer.setInterval(LeastPauseMs);
    connect(&m_placeTimer, &QTimer::timeout, this, &Workspace::lookAtPlace);
    connect(m_tagging, &Tagging::done, this, &Workspace::tagged);
}

// A repository that can't be read just now is one that git is busy with, or that has gone: what is
// shown stays until there is something else to show.
void Workspace::readAgain()
{
    if (!m_project)
        return;
    m_reading.start<std::optional<Project>>(
        [before = m_project](const JobContext &context) -> std::optional<Project> {
            auto now = listProject(before->path, before, context);
            if (!now || (now->versions == before->versions && now->place == before->place))
                return std::nullopt;
            return *std::move(now);
        },
        [this](std::optional<Project> now) {
            if (now && m_project && now->path == m_project->path)
                takeAgain(*std::move(now));
        });
}

void Workspace::takeAgain(Project project)
{
    show(std::move(project));
    followPair();
    comeFromWhatRuns();
}

// Sooner than it would be noticed, and then whoever made a version wants to go on with it.
void Workspace::tagged(const Tagging::Done &what)
{
    const bool isMade = what.kind == Tagging::Done::Kind::Made;
    Job *const job = reload();
    if (!job || !isMade)
        return;
    connect(job, &Job::finished, this, [this, tag = QString::fromUtf8(what.tag)] {
        const auto version = m_project->find(tag);
        if (!version || version->tag.text() != tag)
            return;
        const versions::Version *older = m_project->predecessor(*version);
        choosePair(older ? older->tag.text() : QString(), tag);
    });
}

// The pair stays as it was, unless a tag of it has gone or is on another commit now.
void Workspace::followPair()
{
    const QString from = m_from ? m_from->tag.text() : QString();
    const QString to = m_to ? m_to->tag.text() : QString();
    const auto isSame = [this](const std::optional<versions::Version> &version, const QString &tag) {
        const int row = m_versions->rowOfTag(tag);
        return version && row >= 0 && m_versions->versions().at(row).tag.commit == version->tag.commit;
    };
    if (m_to && !isTag(*m_to)) {
        if (m_from && !isSame(m_from, from))
            setPair(versionOf(from), std::optional(m_to));
        readPlace(m_to->place);
        updateRuleVersions();
        emit progressed();
        return;
    }
    const bool hasNoFromYet = m_to && !m_from && !m_pairIsChosen && m_project->predecessor(*m_to);
    if ((m_from && !isSame(m_from, from)) || !isSame(m_to, to) || hasNoFromYet) {
        setPairOrNewest(from, to);
        return;
    }
    m_from = versionOf(from);
    m_to = versionOf(to);
    updateRuleVersions();
    followRules();
    emit progressed();
}

// The file of the rules, if it was edited elsewhere; not while it is being edited here.
void Workspace::followRules()
{
    const versions::AppSource *app = m_to ? m_to->app(m_app) : nullptr;
    if (!app || app->appupPath.isEmpty() || m_rules->isModified())
        return;
    QFile file(m_project->path + u'/' + QString::fromUtf8(app->appupPath));
    const bool isThere = file.open(QIODevice::ReadOnly);
    if (isThere != m_rules->isEditable() || (isThere && file.readAll() != m_rules->source().text))
        openRules();
}

void Workspace::chooseTo(versions::Version::Place place)
{
    m_pairIsChosen = true;
    readPlace(place);
}

void Workspace::readPlace(versions::Version::Place place)
{
    if (!m_project)
        return;
    m_placeReading.start<Result<versions::Version>>(
        [project = *m_project, place](const JobContext &) { return versionAt(project, place); },
        [this](const Result<versions::Version> &version) {
            if (version) // else git is busy with it just now
                takePlace(*version);
        });
}

// Coming from the version that was gone to: what would change since.
void Workspace::takePlace(const versions::Version &version)
{
    if (m_to == version)
        return;
    setPair(m_to && isTag(*m_to) ? m_to : m_from, std::optional(version));
}

void Workspace::lookAtPlace()
{
    m_placeLooking.start<PlaceSeen>([path = m_project->path](const JobContext &) { return seePlace(path); },
                                    [this](const PlaceSeen &seen) {
                                        // A large work tree is looked at less often.
                                        const qint64 pause = qMin(seen.milliseconds, qint64(MostPauseMs)) * 20;
                                        m_placeTimer.start(qMax(LeastPauseMs, static_cast<int>(pause)));
                                        sawPlace(seen.place);
                                    });
}

void Workspace::sawPlace(const std::optional<WorkPlace> &place)
{
    if (place && *place != m_project->place)
        readAgain();
    else
        followRules();
    if (m_to && m_to->place == versions::Version::Place::WorkTree)
        readPlace(m_to->place);
}

} // namespace handover::workspace
