// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions/placemodel.h"

#include "models/versions/versionlistmodel.h"

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

QStringList tagsAt(const workspace::Project &project, const repo::ObjectId &commit)
{
    QStringList tags;
    for (const versions::Version &version : project.versions) {
        if (version.tag.commit == commit)
            tags += version.tag.text();
    }
    return tags;
}

} // namespace

QList<PlaceModel::Row> PlaceModel::rowsOf(const workspace::Project &project)
{
    QList<Row> rows;
    const repo::WorkTreeState &tree = project.place.workTree;
    if (const int changed = tree.changed + tree.untracked; changed > 0) {
        rows += {Place::WorkTree, tr("working copy"), tr("%n file(s) changed or new", nullptr, changed),
                 tr("Choose it to see what changes. Builds are made of tags alone: what is not committed is in none of them.")};
    }
    const repo::Head &head = project.place.head;
    const QString title = head.branch.isEmpty() ? tr("HEAD") : tr("HEAD · %1", "branch").arg(head.branch);
    if (!head.commit) {
        rows += {std::nullopt, title, tr("no commit yet"), tr("A version is a tag of a commit.")};
        return rows;
    }
    const QStringList tags = tagsAt(project, *head.commit);
    const QString commit = head.commit->shortText();
    rows += {Place::Head, title, tags.isEmpty() ? tr("%1, without a tag").arg(commit) : tr("%1, tagged %2").arg(commit, tags.join(u", "_s)),
             tags.isEmpty() ? tr("Choose it to see what changes. This commit is no version: nothing is built of it before it has a tag.")
                            : tr("The last commit is a version.")};
    return rows;
}

void PlaceModel::setProject(const std::optional<workspace::Project> &project)
{
    const QList<Row> rows = project ? rowsOf(*project) : QList<Row>();
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

void PlaceModel::setChosen(std::optional<Place> place)
{
    if (place == m_chosen)
        return;
    m_chosen = place;
    if (!m_rows.isEmpty())
        emit dataChanged(index(0), index(rowCount() - 1), {versions::VersionListModel::ToRole, Qt::AccessibleTextRole});
}

std::optional<PlaceModel::Place> PlaceModel::placeAt(const QModelIndex &index) const
{
    return index.isValid() ? m_rows[index.row()].place : std::nullopt;
}

int PlaceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PlaceModel::data(const QModelIndex &index, int role) const
{
    using Model = versions::VersionListModel;
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows[index.row()];
    const bool isChosen = m_chosen && row.place == m_chosen;
    switch (role) {
    case Qt::DisplayRole:
    case Model::TagRole:
        return row.title;
    case Model::MessageRole:
        return row.words;
    case Qt::ToolTipRole:
        return row.toolTip;
    case Model::ToRole:
        return isChosen;
    case Qt::AccessibleTextRole:
        return isChosen ? tr("%1, %2, compared with").arg(row.title, row.words) : QString(row.title + u", "_s + row.words);
    default:
        return {};
    }
}

} // namespace handover::ui
