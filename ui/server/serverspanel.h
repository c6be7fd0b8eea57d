// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/settings/usersettings.h"

#include <QWidget>

class QScrollArea;
class QVBoxLayout;

namespace handover::deploy {
class ServerState;
}
namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class ConnectionTester;
class EmptyState;
class ImportList;
class InlineMessage;
class ServerCard;
class ServerForm;

/// The servers, one card each, by their groups; what adds, changes, tests and removes them. Those that are kept in the
/// settings have an entry there; the sample's has none and can only be tested.
class ServersPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit ServersPanel(workspace::Workspace *workspace, QWidget *parent = nullptr);

    [[nodiscard]] QList<ServerCard *> cards() const;
    [[nodiscard]] ServerForm *form() const { return m_form; }
    [[nodiscard]] ImportList *importList() const { return m_import; }
    [[nodiscard]] InlineMessage *message() const { return m_message; }
    [[nodiscard]] ConnectionTester *tester(const ServerCard *card) const;
    [[nodiscard]] InlineMessage *question(const ServerCard *card) const; ///< whether to remove it
    void showForm();
    void showImport(const QString &file);
    void edit(ServerCard *card);
    void test(ServerCard *card);
    void askRemove(ServerCard *card);

signals:
    void logRequested(handover::deploy::ServerState *server);

private:
    struct Item
    {
        deploy::ServerState *server;
        ServerCard *card;
        ConnectionTester *tester;
        InlineMessage *question;
    };

    void addCard(deploy::ServerState *server);
    void removeCard(const deploy::ServerState *server);
    [[nodiscard]] const Item *itemOf(const ServerCard *card) const;
    void arrange();
    void closeForms();
    void showMenu(ServerCard *card, const QPoint &position);
    void take(const settings::ServerEntry &entry);
    void takeImported(const QList<settings::ServerEntry> &entries);
    [[nodiscard]] bool add(const settings::ServerEntry &entry);
    void change(const settings::ServerEntry &before, const settings::ServerEntry &entry);
    void remove(ServerCard *card);
    void showError(const Error &error);

    workspace::Workspace *m_workspace;
    QVBoxLayout *m_stretch;
    QVBoxLayout *m_column;
    QScrollArea *m_scroll;
    ServerForm *m_form;
    ImportList *m_import;
    InlineMessage *m_message;
    EmptyState *m_empty;
    QList<Item> m_items;
    QList<QWidget *> m_heads;
    ServerCard *m_edited = nullptr;
};

} // namespace handover::ui
