// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/serverlink.h"
#include "models/transfer/transferqueue.h"
#include "models/workspace/textdrafts.h"

#include <QHash>
#include <QPointer>
#include <QTimer>
#include <QWidget>

class QComboBox;
class QMimeData;
class QStackedWidget;

namespace handover::deploy {
class ServerState;
}
namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class FilePane;
class InlineMessage;
class QueuePanel;
class TextPane;

/// Files here and on a server side by side, the transfers between them below, and a text of a server in their place while
/// it is edited. Above them what a Handover that ended left unsaved of such texts is offered.
class FilesPage final : public QWidget
{
    Q_OBJECT

public:
    explicit FilesPage(workspace::Workspace *workspace, QWidget *parent = nullptr);

    [[nodiscard]] FilePane *here() const { return m_here; }
    [[nodiscard]] FilePane *there() const { return m_there; }
    [[nodiscard]] QueuePanel *queuePanel() const { return m_panel; }
    [[nodiscard]] transfer::TransferQueue *queue() const { return m_queue; }
    [[nodiscard]] TextPane *text() const { return m_text; }
    [[nodiscard]] QComboBox *picker() const { return m_picker; }
    [[nodiscard]] InlineMessage *offer() const { return m_offer; }
    /// Whether nothing would be lost. If something would, it is asked about here, and `close` is called when it may go.
    [[nodiscard]] bool mayClose(const std::function<void()> &close);

protected:
    void showEvent(QShowEvent *event) override;

private:
    struct Connections ///< one to look around, one for the transfers: neither waits for the other
    {
        QString name;
        QString address;
        std::shared_ptr<server::ServerLink> browsing;
        std::shared_ptr<server::ServerLink> carrying;
    };
    void addServer(deploy::ServerState *server);
    void forgetServer(deploy::ServerState *server);
    void connectTo(deploy::ServerState *server);
    void showServers();
    [[nodiscard]] std::shared_ptr<server::ServerLink> carrier(const QString &server) const;
    void useServer(deploy::ServerState *server);
    void serverChanged(deploy::ServerState *server);
    void connectionStopped(const QString &server);
    void showUses();
    void upload(const QStringList &files, const server::RemotePath &into);
    void download(const QString &server, const QList<server::RemotePath> &paths, const server::RemotePath &into);
    void downloadTo();
    [[nodiscard]] deploy::ServerState *serverAt(const server::Address &address) const;
    void droppedHere(const QMimeData *carried, const server::RemotePath &into);
    void droppedThere(const QMimeData *carried, const server::RemotePath &into);
    void openHere(int row);
    void openThere(int row);
    void offerDraft();
    void offerDraft(const workspace::TextDrafts::Left &left, deploy::ServerState *server);
    void transferFinished(quint64 id);
    void start();

    workspace::Workspace *m_workspace;
    QPointer<deploy::ServerState> m_server;
    QHash<deploy::ServerState *, Connections> m_connections;
    transfer::TransferQueue *m_queue;
    QTimer m_relist; ///< many files arrive one after the other
    bool m_started = false;
    QComboBox *m_picker;
    FilePane *m_here;
    FilePane *m_there;
    QueuePanel *m_panel;
    TextPane *m_text;
    InlineMessage *m_offer;
    QWidget *m_offerPlace; ///< with room around it, which an empty layout would keep
    bool m_offersLater = false; ///< than in this run
    QStackedWidget *m_stack;
};

} // namespace handover::ui
