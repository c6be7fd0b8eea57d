// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/labels.h"

class QGridLayout;
class QPushButton;
class QVBoxLayout;

namespace handover::deploy {
class ServerState;
}

namespace handover::ui {

class Chip;
class IconButton;
class InlineMessage;
class MarkLabel;
class ProgressStrip;
class ServerQuestion;

/// One server: what runs there, what is installed, what is being done, and what must be answered.
class ServerCard final : public QWidget
{
    Q_OBJECT

public:
    explicit ServerCard(deploy::ServerState *server, QWidget *parent = nullptr);

    [[nodiscard]] deploy::ServerState *server() const { return m_server; }
    [[nodiscard]] QPushButton *rollBackButton() const { return m_rollBack; }
    [[nodiscard]] InlineMessage *message() const { return m_message; }
    [[nodiscard]] ServerQuestion *question() const { return m_question; }
    [[nodiscard]] IconButton *menuButton() const { return m_menu; }
    [[nodiscard]] Chip *environment() const { return m_environment; }
    void askRollBack();
    void setEnvironment(const QString &environment);
    /// Below all that is in the card; takes ownership.
    void addBelow(QWidget *widget);

signals:
    void logRequested(handover::deploy::ServerState *server);
    void menuRequested(const QPoint &globalPosition);

private:
    void update();
    void showState();
    void showReleases();
    void showMessages();
    [[nodiscard]] QString rollBackVersion() const; ///< empty: there is none
    void confirmRollBack(const QString &version);
    void endQuestion();

    deploy::ServerState *m_server;
    MarkLabel *m_dot;
    ElidedLabel *m_name;
    Chip *m_chip;
    IconButton *m_menu;
    ElidedLabel *m_address;
    Chip *m_environment;
    QGridLayout *m_facts;
    QGridLayout *m_releases;
    QWidget *m_details;
    ProgressStrip *m_progress;
    InlineMessage *m_message;
    InlineMessage *m_disagreement;
    ServerQuestion *m_question;
    QPushButton *m_look;
    QPushButton *m_rollBack;
    QPushButton *m_log;
    QVBoxLayout *m_column;
    QString m_backTo; ///< where it is looked whether that would go well
    bool m_asking = false;
};

} // namespace handover::ui
