// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace handover::ui {

/// A line to filter or find with: loupe in front, clear button behind, Esc clears. `placeholder`
/// is its accessible name too.
class SearchField final : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(const QString &placeholder, QWidget *parent = nullptr);

signals:
    void movedOut(int key); ///< Down, Up, Enter: for the list that is filtered

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace handover::ui
