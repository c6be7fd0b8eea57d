// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/relup.h"

#include <QWidget>

class QTextLayout;

namespace handover::ui {

/// One direction of a relup from top to bottom: its phases, what is done in each, and the point of
/// no return drawn as a line between them. Only paints; as high as its contents at a given width.
class RelupFlow final : public QWidget
{
    Q_OBJECT

public:
    explicit RelupFlow(QWidget *parent = nullptr);

    void setScript(const relup::Script &script);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Group
    {
        relup::Phase phase;
        QStringList lines;
        bool beforePoint;
    };
    /// Lays everything out at that width, draws it if there is a painter, and gives the height.
    int flow(int width, QPainter *painter) const;
    void describe();

    QList<Group> m_groups;
};

} // namespace handover::ui
