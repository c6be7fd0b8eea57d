// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/versions/version.h"

#include <QAbstractListModel>
#include <QSet>

#include <functional>

namespace handover::versions {

/// Versions, newest first, with what is known about each. Changes are granular: setVersions()
/// inserts and removes rows, badges only change data.
class VersionListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        VersionRole = Qt::UserRole + 1, ///< QString
        TagRole,                        ///< QString
        DateRole,                       ///< QDateTime
        AuthorRole,
        MessageRole,   ///< first line
        AnnotatedRole, ///< bool
        CommitRole,    ///< QString, 40 digits
        BuiltRole,     ///< bool
        BadgesRole,    ///< QStringList, e.g. "edge-1 permanent"
        FromRole,      ///< bool: chosen as the version to come from
        ToRole,        ///< bool: chosen as the version to go to
    };
    Q_ENUM(Role)

    explicit VersionListModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    void setVersions(const QList<Version> &versions);
    [[nodiscard]] const QList<Version> &versions() const { return m_versions; }
    [[nodiscard]] int rowOfTag(QStringView tag) const;         ///< -1 if there is none
    [[nodiscard]] int rowOfVersion(QStringView version) const; ///< the first; -1 if there is none

    void setBuilt(const QSet<QByteArray> &commits); ///< 40 digits each
    void setBadges(const QHash<QString, QStringList> &badgesByVersion);
    void setPair(const QString &fromTag, const QString &toTag);

private:
    [[nodiscard]] QString accessibleText(const Version &version) const;
    void removeVersions(qsizetype first, qsizetype last);
    void moveHere(const QByteArray &tag, qsizetype row);
    void changed(QList<int> roles, const std::function<bool(const Version &)> &isChanged);

    QList<Version> m_versions;
    QSet<QByteArray> m_built;
    QHash<QString, QStringList> m_badges;
    QString m_from;
    QString m_to;
};

} // namespace handover::versions
