// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/check.h"

#include <QWidget>

class QVBoxLayout;

namespace handover::ui {

class LinkButton;
class MarkLabel;
class RoleLabel;

/// Checks with their answers, one under the other: the mark, what was asked, what was found and what to do; longer
/// lists fold out. The mark's form and name say what its colour does.
class CheckList final : public QWidget
{
    Q_OBJECT

public:
    explicit CheckList(QWidget *parent = nullptr);

    void set(const QList<Check> &checks);
    [[nodiscard]] const QList<Check> &checks() const { return m_checks; }

private:
    struct Row
    {
        QWidget *widget;
        MarkLabel *mark;
        RoleLabel *title;
        RoleLabel *words;
        RoleLabel *remedy;
        LinkButton *toggle;
        RoleLabel *details;
    };

    [[nodiscard]] Row makeRow();
    void show(const Row &row, const Check &check);

    QList<Check> m_checks;
    QList<Row> m_rows;
    QVBoxLayout *m_column;
};

} // namespace handover::ui
