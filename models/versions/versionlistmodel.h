// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/versions/searchtext.h"

#include <QAbstractListModel>
#include <QSet>

#include <functional>
#include <optional>

namespace handover::versions {

/// What is not as one might think of a version by its tag's name: mostly nothing.
[[nodiscard]] QStringList remarks(const Version &version);

/// Versions, newest first, with what is known about each. Changes are granular: setVersions()
/// inserts and removes rows, unless hundreds of places change, and badges only change data.
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
        RemarkRole,    ///< what is not as one might think of the tag: QString, mostly empty
        AnnotatedRole, ///< bool
        CommitRole,    ///< QString, 40 digits
        BuiltRole,     ///< bool
        PackagedRole,  ///< bool: with a relup
        BadgesRole,    ///< QStringList, e.g. "edge-1 permanent"
        FromRole,      ///< bool: chosen as the version to come from
        ToRole,        ///< bool: chosen as the version to go to
    };
    Q_ENUM(Role)

    explicit VersionListModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    /// `text` is that of the versions, if somebody has it already.
    void setVersions(const QList<Version> &versions, std::optional<SearchText> text = {});
    void declare(int firstRow, const QList<Declared> &declared); ///< of so many rows from the first
    [[nodiscard]] const QList<Version> &versions() const { return m_versions; }
    [[nodiscard]] int rowOfTag(QStringView tag) const;         ///< -1 if there is none
    [[nodiscard]] int rowOfInstalled(QStringView version) const; ///< see Version::installedAs(); the first, or -1

    [[nodiscard]] QList<int> rowsWith(const QString &words) const; ///< see SearchText
    [[nodiscard]] qint64 seconds(int row) const; ///< since 1970, when tagged

    void setBuilt(const QSet<QByteArray> &commits); ///< 40 digits each
    void setPackaged(const QHash<QByteArray, QStringList> &fromByTag); ///< what their relups come from
    void setBadges(const QHash<QString, QStringList> &badgesByInstalled); ///< see Version::installedAs()
    void setPair(const QString &fromTag, const QString &toTag);

signals:
    // Around all that setVersions() says of rows, for who takes it as one.
    void changeBegins();
    void changeEnded();

private:
    [[nodiscard]] QString accessibleText(const Version &version) const;
    [[nodiscard]] QString toolTip(const Version &version) const;
    void replaceAll(const QList<Version> &versions);
    [[nodiscard]] bool change(const QList<Version> &versions);
    void update(qsizetype row, const Version &version);
    void insertVersions(qsizetype row, const QList<Version> &versions);
    void removeVersions(qsizetype first, qsizetype last);
    void moveHere(const QByteArray &tag, qsizetype row);
    void changed(QList<int> roles, const std::function<bool(const Version &)> &isChanged);
    void changed(QList<int> roles, QList<int> rows);

    QList<Version> m_versions;
    SearchText m_text;
    QSet<QByteArray> m_built;
    QHash<QByteArray, QStringList> m_packaged;
    QHash<QString, QStringList> m_badges;
    QString m_from;
    QString m_to;
};

} // namespace handover::versions
