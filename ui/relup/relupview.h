// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace handover::relup {
class RelupModel;
}

namespace handover::ui {

/// One direction of a relup from top to bottom: what is done, by phases, and the point of no return
/// drawn as a line. What comes from the instruction that is selected elsewhere is highlighted.
class RelupView final : public QListView
{
    Q_OBJECT

public:
    explicit RelupView(relup::RelupModel *model, QWidget *parent = nullptr);

    void revealRelated(); ///< scrolls to the first highlighted row, if none is to be seen

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    relup::RelupModel *m_model;
};

} // namespace handover::ui
