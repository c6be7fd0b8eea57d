// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/completion.h"

#include <QFrame>

class QLabel;
class QListView;
class QStringListModel;

namespace handover::ui {

/// The list of what can stand at the caret, with the meaning of the current item beside it. Lies
/// over the window and never takes the focus: keys come from who shows it.
class CompletionList final : public QFrame
{
    Q_OBJECT

public:
    explicit CompletionList(QWidget *parent = nullptr);

    /// At `line`, the caret's line in the global screen: below it, or above where there is no room.
    void showAt(const QRect &line, const appup::Completions &completions);
    [[nodiscard]] const appup::Completions &completions() const { return m_completions; }
    /// The item to take; there always is one while the list is shown.
    [[nodiscard]] const appup::Completion &current() const;
    void move(int rows); ///< stops at both ends, goes around from there

    [[nodiscard]] QListView *list() const { return m_list; }
    [[nodiscard]] QString about() const;

signals:
    void chosen(); ///< by a click

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showAbout();
    void applyTheme();

    QListView *m_list;
    QStringListModel *m_model;
    QLabel *m_about;
    appup::Completions m_completions;
};

} // namespace handover::ui
