// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/installation.h"

#include <QTableView>

class QStandardItemModel;

namespace handover::ui {

/// Which version of each application runs, and which each installed release has. What differs comes first and stands
/// out by its weight.
class ApplicationTable final : public QTableView
{
    Q_OBJECT

public:
    explicit ApplicationTable(QWidget *parent = nullptr);

    void set(const node::Installation &installed);
    [[nodiscard]] QSize sizeHint() const override; ///< as high as its rows: what it stands in scrolls
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

private:
    QStandardItemModel *m_model;
    QList<QStringList> m_shown;
};

} // namespace handover::ui
