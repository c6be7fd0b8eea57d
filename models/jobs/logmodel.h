// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QStringList>

namespace handover {

/// The lines of one log, oldest first. Only ever grows; past `MaximumLines` the oldest go.
class LogModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    static constexpr int MaximumLines = 50'000;

    explicit LogModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    void append(const QStringList &lines);
    void clear();
    [[nodiscard]] QString text() const; ///< all lines, each with its line end

private:
    QStringList m_lines;
};

} // namespace handover
