// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/instructionhelp.h"

#include <QFrame>

class QLabel;

namespace handover::ui {

class LinkButton;

/// What a word of an appup means, with the way to OTP's own documentation. Lies over the window.
class HelpCard final : public QFrame
{
    Q_OBJECT

public:
    explicit HelpCard(QWidget *parent = nullptr);

    /// At `line`, the word's line in the global screen. With `focus` the link gets the keyboard.
    void showAt(const QRect &line, const appup::InstructionHelp &help, bool focus);
    [[nodiscard]] QString words() const; ///< all of them, as they are shown
    [[nodiscard]] LinkButton *link() const { return m_link; }

signals:
    void linkActivated(const QString &address);
    void closed(); ///< by Escape

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void applyTheme();

    QLabel *m_name;
    QLabel *m_forms;
    QLabel *m_does;
    QLabel *m_use;
    QLabel *m_costs;
    LinkButton *m_link;
    QString m_address;
};

} // namespace handover::ui
