// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/relup.h"

#include <QWidget>

namespace handover::ui {

/// One direction of a relup as a row of phases from left to right, the point of no return drawn as
/// a line between them. Only paints; the size follows the contents and the width it is given.
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
    [[nodiscard]] int cardHeight(const Group &group, int width) const;
    [[nodiscard]] int cardWidth(int width) const;
    [[nodiscard]] int columns(int width) const;
    void describe();

    QList<Group> m_groups;
};

} // namespace handover::ui
