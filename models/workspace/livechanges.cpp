// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/livechanges.h"

namespace handover::workspace {

namespace {

// A work tree that was edited meanwhile is the same one.
bool isSameVersion(const versions::Version &left, const versions::Version &right)
{
    return left.place == versions::Version::Place::Tag ? left == right : left.place == right.place;
}

QString directoryOf(const std::optional<build::BuiltRelease> &build) { return build ? build->directory : QString(); }

} // namespace

LiveChanges::LiveChanges(QObject *parent)
    : QObject(parent)
{
}

bool LiveChanges::Pair::isSame(const Pair &other) const
{
    return project.path == other.project.path && from == other.from && to == other.to &&
           directoryOf(olderBuild) == directoryOf(other.olderBuild) &&
           directoryOf(newerBuild) == directoryOf(other.newerBuild);
}

void LiveChanges::setPair(const std::optional<Pair> &pair)
{
    if (m_pair.has_value() == pair.has_value() && (!pair || m_pair->isSame(*pair)))
        return;
    const bool sameTags = m_pair && pair && m_pair->from == pair->from && isSameVersion(m_pair->to, pair->to);
    m_pair = pair;
    if (!sameTags)
        m_outcome.reset(); // of other versions; by the sources it is good until the builds are read
    m_sources.cancel();
    m_worker.cancel();
    emit changed();
    if (!pair)
        return;
    m_worker.start<Result<changes::Differences>>(
        [pair = *pair](const JobContext &context) {
            return changesBetween(pair.project, pair.from, pair.to, pair.olderBuild, pair.newerBuild, context);
        },
        [this](Result<changes::Differences> found) {
            m_outcome = std::move(found);
            emit changed();
        });
}

const changes::AppDifference *LiveChanges::app(const QString &name) const
{
    return m_outcome && *m_outcome ? (*m_outcome)->app(name.toUtf8()) : nullptr;
}

changes::Differences::Basis LiveChanges::basis() const
{
    return m_outcome && *m_outcome ? (*m_outcome)->basis : changes::Differences::Basis::Sources;
}

void LiveChanges::compareSource(const QByteArray &app, const changes::ModuleDifference &module,
                                std::function<void(SourceLines)> done)
{
    if (!m_pair)
        return;
    m_sources.start<SourceLines>(
        [pair = *m_pair, app, module](const JobContext &) {
            return sourceChanges(pair.project, pair.from, pair.to, app, module);
        },
        std::move(done));
}

} // namespace handover::workspace
