// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/logmodel.h"

#include <QListView>
#include <QPointer>

namespace handover::ui {

/// The lines of a log in the code face. Follows the end until the user scrolls up, and again from
/// the end. Ctrl+C copies the selected lines, Ctrl+A selects all. Fast at the model's maximum.
class LogView final : public QListView
{
    Q_OBJECT

public:
    explicit LogView(QWidget *parent = nullptr);

    void setLog(LogModel *log); ///< nullptr empties the view
    [[nodiscard]] LogModel *log() const { return m_log; }
    [[nodiscard]] bool isFollowing() const { return m_following; }

public slots:
    void copyAll() const;
    void copySelected() const;
    /// Selects the next (or previous) line with `text` in it, from the current one on; false if there is
    /// none.
    bool find(const QString &text, bool backward = false);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void applyTheme();
    void followEnd();

    QPointer<LogModel> m_log;
    bool m_following = true;
};

} // namespace handover::ui
