// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/versions/versionlistmodel.h"

#include <QAbstractProxyModel>

namespace handover::versions {

/// The versions that somebody looks for, in the order that somebody wants: newest first by version, or
/// by date. As long as all are shown by version, changes pass through as they are; else they reset the
/// model, since any number of rows may come and go with one letter.
class VersionFilterModel final : public QAbstractProxyModel
{
    Q_OBJECT

public:
    enum class Order { ByVersion, ByDate };

    explicit VersionFilterModel(VersionListModel *versions, QObject *parent = nullptr);

    void setWanted(const QString &words); ///< see SearchText; empty: all
    void setOrder(Order order);
    [[nodiscard]] QString wanted() const { return m_wanted; }
    [[nodiscard]] Order order() const { return m_order; }

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex mapToSource(const QModelIndex &proxy) const override;
    [[nodiscard]] QModelIndex mapFromSource(const QModelIndex &source) const override;

private:
    void passRowsOn();
    void resetAround();
    void passDataOn(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles);
    [[nodiscard]] bool isPlain() const { return m_wanted.isEmpty() && m_order == Order::ByVersion; }
    void rebuild();

    VersionListModel *m_versions;
    QString m_wanted;
    Order m_order = Order::ByVersion;
    bool m_isChanging = false; // the versions are, and this is being reset
    QList<int> m_rows;   // of the versions, as shown; empty while plain
    QList<int> m_places; // where each version is shown, -1: not at all; empty while plain
};

} // namespace handover::versions
