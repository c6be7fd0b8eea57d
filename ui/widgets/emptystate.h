// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace handover::ui {

/// What stands where there is nothing yet: what goes here, why it is empty, and the one thing to do.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);
    EmptyState(QStringView iconId, const QString &title, const QString &sentence, const QString &action = {},
               QWidget *parent = nullptr);

    /// Without an action text there is no button.
    void set(QStringView iconId, const QString &title, const QString &sentence, const QString &action = {});
    [[nodiscard]] QPushButton *button() const { return m_button; }

signals:
    void actionTriggered();

private:
    QWidget *m_sign;
    QLabel *m_title;
    QLabel *m_sentence;
    QPushButton *m_button;
};

} // namespace handover::ui
