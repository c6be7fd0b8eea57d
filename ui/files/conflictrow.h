// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/transfer.h"

#include <QWidget>

class QCheckBox;

namespace handover::ui {

/// What a transfer asks about what stands at its target, in its row.
class ConflictRow final : public QWidget
{
    Q_OBJECT

public:
    explicit ConflictRow(const transfer::Conflict &conflict, QWidget *parent = nullptr);

signals:
    void answered(handover::transfer::Answer answer, bool forAll);

private:
    QCheckBox *m_forAll;
};

} // namespace handover::ui
