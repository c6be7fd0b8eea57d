// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace handover::deploy {
class ServerState;
}
namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class EmptyState;
class InlineMessage;
class ServerCard;

/// The servers of the project, one card each, and the form to add one.
class ServersPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit ServersPanel(workspace::Workspace *workspace, QWidget *parent = nullptr);

    [[nodiscard]] const QList<ServerCard *> &cards() const { return m_cards; }
    void showForm();

signals:
    void logRequested(handover::deploy::ServerState *server);

private:
    void addCard(deploy::ServerState *server);
    void addFromForm(const QString &name, const QString &address);
    [[nodiscard]] QWidget *makeForm();

    workspace::Workspace *m_workspace;
    QVBoxLayout *m_column;
    QWidget *m_form;
    InlineMessage *m_message;
    EmptyState *m_empty;
    QList<ServerCard *> m_cards;
};

} // namespace handover::ui
