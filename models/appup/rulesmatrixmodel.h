// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/rulesmatrix.h"

#include <QAbstractTableModel>

namespace handover::appup {

/// A row for each version, newest first, and a column for each application.
class RulesMatrixModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        CellRole = Qt::UserRole + 1, ///< MatrixCell
        AppRole,                     ///< QString, also of the horizontal header
        VsnRole,                     ///< QString: the application's at that version
    };
    Q_ENUM(Role)

    struct Column
    {
        QString app;
        QString vsn; ///< at the version gone to
        QStringList vsns;
        QList<MatrixCell> cells; ///< as many as there are versions
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Only what is different is told, if versions and applications are the same as before.
    void set(const QStringList &versions, const QList<Column> &columns);
    /// The row of a version; -1 if there is none.
    [[nodiscard]] qsizetype rowOf(const QString &version) const { return m_versions.indexOf(version); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] bool isSameShape(const QStringList &versions, const QList<Column> &columns) const;

    QStringList m_versions;
    QList<Column> m_columns;
};

/// "2.0 → 1.1: rule 2, code change; back: no rule takes it", for tool tips and screen readers.
[[nodiscard]] QString matrixWords(const MatrixCell &cell, const QString &vsn, const QString &to);

} // namespace handover::appup

Q_DECLARE_METATYPE(handover::appup::MatrixCell)
