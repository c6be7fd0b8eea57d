// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLayout;
class QTableView;

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class RoleLabel;

/// The bird's-eye view: all applications × all versions. Follows the rules while it is shown.
class MatrixView final : public QWidget
{
    Q_OBJECT

public:
    explicit MatrixView(workspace::Workspace *workspace, QWidget *parent = nullptr);

    [[nodiscard]] QTableView *table() const { return m_table; }

signals:
    void chosen(const QString &app, const QString &vsn);
    void closeRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void setUpTable();
    [[nodiscard]] QLayout *legend() const;
    void update();
    void showSummary();
    void choose(const QModelIndex &index);

    workspace::Workspace *m_workspace;
    QTableView *m_table;
    RoleLabel *m_summary;
};

} // namespace handover::ui
