// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/changes/differences.h"

#include <QAbstractItemModel>

namespace handover::changes {

/// What differs, as a tree: applications (those that are the same last), in them modules and files; then the
/// configuration.
class DifferencesModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ChangeColumn, WhatColumn, ColumnCount };
    Q_ENUM(Column)

    enum class Kind { App, Module, File, Configuration };
    Q_ENUM(Kind)

    enum Role {
        KindRole = Qt::UserRole + 1, ///< int(Kind)
        ChangeRole,                  ///< int(Change)
        AppRole,                     ///< QString, of the row or its parent; empty for the configuration
        NameRole,                    ///< QString
        ProblemRole,                 ///< QString: why it is marked, in words; empty if it isn't
    };
    Q_ENUM(Role)

    explicit DifferencesModel(QObject *parent = nullptr);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void setDifferences(const Differences &differences);
    [[nodiscard]] const Differences &differences() const { return m_differences; }
    /// Modules that no rule of their application's appup mentions although they differ.
    void setUnmentioned(const QString &app, const QSet<QString> &modules);
    /// The module or file at an index; nullptr if that is something else.
    [[nodiscard]] const ModuleDifference *moduleAt(const QModelIndex &index) const;
    [[nodiscard]] const FileDifference *fileAt(const QModelIndex &index) const;

private:
    [[nodiscard]] const AppDifference *appAt(int row) const;
    [[nodiscard]] QVariant appData(const AppDifference &app, int column, int role) const;
    [[nodiscard]] QVariant childData(const AppDifference &app, int row, int column, int role) const;
    [[nodiscard]] static QVariant fileData(const FileDifference &file, int column, int role);
    [[nodiscard]] QString problemOf(const AppDifference &app, const ModuleDifference &module) const;

    Differences m_differences;
    QHash<QString, QSet<QString>> m_unmentioned;
};

/// What changed in a module, for one line: "gen_server · exports +2 −1 · state: +step".
[[nodiscard]] QString summary(const ModuleDifference &module);

} // namespace handover::changes
