// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/repo/textdiff.h"

#include <QPlainTextEdit>

namespace handover::ui {

/// Lines of a comparison: signs before them as well as colours behind them.
class DiffView final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit DiffView(QWidget *parent = nullptr);

    void setLines(const QList<repo::DiffLine> &lines);

private:
    void colour();

    QList<repo::DiffLine> m_lines;
};

} // namespace handover::ui
