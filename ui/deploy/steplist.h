// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/mark.h"

#include <QWidget>

class QVBoxLayout;

namespace handover::ui {

class RoleLabel;

/// The steps of an upgrade, one under the other: how far each is, what it does or did, how long it took.
class StepList final : public QWidget
{
    Q_OBJECT

public:
    struct Step
    {
        Mark mark = Mark::Todo;
        QString title;
        QString detail;
        QString time;
    };

    explicit StepList(QWidget *parent = nullptr);
    void set(const QList<Step> &steps);

private:
    struct Row
    {
        QWidget *widget;
        MarkLabel *mark;
        RoleLabel *title;
        RoleLabel *detail;
        RoleLabel *time;
    };
    [[nodiscard]] Row makeRow();

    QList<Row> m_rows;
    QVBoxLayout *m_column;
};

} // namespace handover::ui
