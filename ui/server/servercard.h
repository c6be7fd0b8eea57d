// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/labels.h"

class QGridLayout;
class QLineEdit;
class QPushButton;

namespace handover::deploy {
class ServerState;
}

namespace handover::ui {

class Chip;
class InlineMessage;
class MarkLabel;
class ProgressStrip;

/// One server: what runs there, what is installed, what is being done, and what must be answered.
class ServerCard final : public QWidget
{
    Q_OBJECT

public:
    explicit ServerCard(deploy::ServerState *server, QWidget *parent = nullptr);

    [[nodiscard]] deploy::ServerState *server() const { return m_server; }
    [[nodiscard]] QPushButton *rollBackButton() const { return m_rollBack; }
    [[nodiscard]] InlineMessage *message() const { return m_message; }
    void askRollBack();

signals:
    void logRequested(handover::deploy::ServerState *server);

private:
    void update();
    void showState();
    void showReleases();
    void showMessages();
    [[nodiscard]] QString rollBackVersion() const; ///< empty: there is none

    deploy::ServerState *m_server;
    MarkLabel *m_dot;
    ElidedLabel *m_name;
    Chip *m_chip;
    ElidedLabel *m_address;
    QGridLayout *m_facts;
    QGridLayout *m_releases;
    QWidget *m_details;
    ProgressStrip *m_progress;
    InlineMessage *m_message;
    InlineMessage *m_disagreement;
    QLineEdit *m_password;
    QPushButton *m_look;
    QPushButton *m_rollBack;
    QPushButton *m_log;
    bool m_asking = false;
};

} // namespace handover::ui
