// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace handover::ui {

/// Two texts line by line: "−" and "+" before what only one of them has, coloured as well.
class LineDiffView final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit LineDiffView(QWidget *parent = nullptr);
    void compare(const QByteArray &before, const QByteArray &after);

private:
    void paintLines();
};

} // namespace handover::ui
