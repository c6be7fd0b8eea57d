// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/project.h"

#include <QAbstractListModel>

#include <optional>

namespace handover::ui {

/// Where HEAD and the work tree are, in rows like those of the versions: above them stands what is no
/// version yet. The roles are versions::VersionListModel's.
class PlaceModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    using Place = versions::Version::Place;

    using QAbstractListModel::QAbstractListModel;

    void setProject(const std::optional<workspace::Project> &project);
    void setChosen(std::optional<Place> place); ///< the one gone to, if it is one of them
    /// Nothing where there is no commit to go to.
    [[nodiscard]] std::optional<Place> placeAt(const QModelIndex &index) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Row
    {
        std::optional<Place> place;
        QString title;
        QString words;
        QString toolTip;

        friend bool operator==(const Row &, const Row &) = default;
    };
    [[nodiscard]] static QList<Row> rowsOf(const workspace::Project &project);

    QList<Row> m_rows;
    std::optional<Place> m_chosen;
};

} // namespace handover::ui
