// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

/// The applications of the version gone to, as cards: which one's rules are shown.
class AppBar final : public QWidget
{
    Q_OBJECT

public:
    explicit AppBar(workspace::Workspace *workspace, QWidget *parent = nullptr);

signals:
    void chosen(const QString &app);

private:
    void rebuild();

    workspace::Workspace *m_workspace;
    QHBoxLayout *m_row;
    int m_problems = 0; ///< that are shown
};

} // namespace handover::ui
