// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/directorymodel.h"

#include <QSortFilterProxyModel>

namespace handover::transfer {

/// A directory as it is looked at: directories first, names as people sort them, sizes and times by their values; those
/// that contain the words, with hidden ones or without.
class DirectoryOrder final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit DirectoryOrder(DirectoryModel *model, QObject *parent = nullptr);

    void setWords(const QString &words);
    void setHiddenShown(bool shown);
    [[nodiscard]] bool isHiddenShown() const { return m_hiddenShown; }
    [[nodiscard]] int hiddenCount() const; ///< entries that are left out only because they are hidden

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    DirectoryModel *m_model;
    QString m_words;
    bool m_hiddenShown = false;
};

} // namespace handover::transfer
