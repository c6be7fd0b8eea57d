// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/check.h"
#include "ui/widgets/mark.h"

#include <QWidget>

class QVBoxLayout;

namespace handover::ui {

/// The sign of an outcome; that of Impossible is an empty circle, never a tick.
[[nodiscard]] Mark markOf(Check::Outcome outcome);

/// Checks, one below the other: mark, title, what was found, what to do about it.
class CheckRows final : public QWidget
{
    Q_OBJECT

public:
    explicit CheckRows(QWidget *parent = nullptr);
    void setChecks(const QList<Check> &checks); ///< in place of those before
    [[nodiscard]] const QList<Check> &checks() const { return m_checks; }

private:
    QVBoxLayout *m_column;
    QWidget *m_rows = nullptr;
    QList<Check> m_checks;
};

} // namespace handover::ui
