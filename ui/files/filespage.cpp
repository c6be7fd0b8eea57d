// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/filespage.h"

#include "models/deploy/usedfiles.h"
#include "models/workspace/workspace.h"
#include "ui/files/filepane.h"
#include "ui/files/queuepanel.h"
#include "ui/files/textpane.h"
#include "ui/theme/theme.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMimeData>
#include <QSplitter>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

constexpr int RelistDelayMs = 300;
constexpr int QueueHeight = 190;

[[nodiscard]] QStringList localFiles(const QMimeData &data)
{
    QStringList files;
    for (const QUrl &url : data.urls()) {
        if (url.isLocalFile())
            files += url.toLocalFile();
    }
    return files;
}

// What connecting asks is answered at the server's card.
[[nodiscard]] bool isQuestion(const Error &error)
{
    return error.code == u"server.password-needed" || error.code == u"server.host-key-unknown" ||
           error.code == u"server.passphrase-needed" || error.code == u"server.authentication";
}

} // namespace

FilesPage::FilesPage(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_queue(new transfer::TransferQueue([this](const QString &name) { return carrier(name); }, {}, this))
    , m_picker(new QComboBox)
    , m_panel(new QueuePanel(m_queue))
    , m_text(new TextPane(workspace->jobs()))
    , m_offer(new InlineMessage)
    , m_offerPlace(new QWidget)
    , m_stack(new QStackedWidget)
{
    auto *title = new ElidedLabel(tr("Here"));
    title->setFont(bold(font()));
    m_picker->setAccessibleName(tr("Server"));
    m_picker->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_picker->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    title->setFixedHeight(m_picker->sizeHint().height()); // both sides begin at the same height
    m_here = new FilePane(tr("Files here"), title, u"upload", tr("Upload"), workspace->jobs());
    m_there = new FilePane(tr("Files on the server"), m_picker, u"download", tr("Download"), workspace->jobs());

    auto *panes = new QSplitter;
    panes->addWidget(m_here);
    panes->addWidget(m_there);
    panes->setHandleWidth(1);
    panes->setChildrenCollapsible(false);
    panes->setSizes({400, 400});
    auto *both = new QSplitter(Qt::Vertical);
    const auto makeRoom = [both] { both->setSizes({both->height() - QueueHeight, QueueHeight}); };
    connect(m_queue, &QAbstractItemModel::rowsInserted, both, [this, both, makeRoom](const QModelIndex &, int first, int last) {
        if (m_queue->rowCount() == last - first + 1) // it was empty
            QTimer::singleShot(0, both, makeRoom);
    });
    both->addWidget(panes);
    both->addWidget(m_panel);
    both->setHandleWidth(1);
    both->setChildrenCollapsible(false);
    both->setStretchFactor(0, 1);
    if (m_queue->rowCount() > 0) // an empty one would leave its height blank
        both->setSizes({520, QueueHeight});
    auto *sides = new QWidget;
    auto *rows = new QVBoxLayout(sides);
    rows->setContentsMargins({});
    rows->setSpacing(0);
    auto *offer = new QVBoxLayout(m_offerPlace);
    offer->setContentsMargins(12, 8, 12, 0);
    offer->addWidget(m_offer);
    m_offerPlace->hide();
    rows->addWidget(m_offerPlace);
    rows->addWidget(both, 1);
    m_stack->addWidget(sides);
    m_stack->addWidget(m_text);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);

    m_relist.setSingleShot(true);
    m_relist.setInterval(RelistDelayMs);
    connect(&m_relist, &QTimer::timeout, m_there->model(), &transfer::DirectoryModel::refresh);
    connect(m_here, &FilePane::copyRequested, this, [this] {
        QStringList files;
        for (const transfer::Path &path : m_here->selectedPaths())
            files += QFile::decodeName(path.bytes());
        if (m_there->model()->directory())
            upload(files, *m_there->model()->directory());
    });
    connect(m_there, &FilePane::copyRequested, this, [this] {
        if (m_server && m_here->model()->directory())
            download(m_server->name(), m_there->selectedPaths(), *m_here->model()->directory());
    });
    m_there->setCopyTo(tr("Download To…"));
    connect(m_there, &FilePane::copyToRequested, this, &FilesPage::downloadTo);
    m_here->view()->setAccepts([](const QMimeData &carried) { return carried.hasFormat(transfer::DirectoryModel::serverMimeType()); });
    m_there->view()->setAccepts([](const QMimeData &carried) { return !localFiles(carried).isEmpty(); });
    connect(m_here, &FilePane::dropped, this, &FilesPage::droppedHere);
    connect(m_there, &FilePane::dropped, this, &FilesPage::droppedThere);
    connect(m_here, &FilePane::openRequested, this, &FilesPage::openHere);
    connect(m_there, &FilePane::openRequested, this, &FilesPage::openThere);
    connect(m_there, &FilePane::retryRequested, this, [this] {
        if (m_server)
            useServer(m_server);
    });
    connect(m_there->model(), &transfer::DirectoryModel::failed, this, [this](const Error &error) {
        if (m_server && isQuestion(error))
            m_server->refresh();
    });
    connect(m_text, &TextPane::closed, this, [this] {
        m_stack->setCurrentIndex(0);
        m_there->view()->setFocus();
        offerDraft();
    });
    connect(m_text->drafts(), &workspace::TextDrafts::found, this, qOverload<>(&FilesPage::offerDraft));
    connect(m_offer, &InlineMessage::closed, this, [this] {
        m_offersLater = true;
        m_offerPlace->hide();
    });
    connect(m_text, &TextPane::saved, m_there->model(), &transfer::DirectoryModel::refresh);
    connect(m_queue, &transfer::TransferQueue::finished, this, &FilesPage::transferFinished);
    connect(m_queue, &transfer::TransferQueue::stopped, this, &FilesPage::connectionStopped);
    connect(m_picker, &QComboBox::activated, this, [this](int index) { useServer(m_workspace->servers().value(index)); });
    connect(workspace, &workspace::Workspace::serverAdded, this, &FilesPage::addServer);
    for (deploy::ServerState *server : workspace->servers())
        addServer(server);
    useServer(nullptr);
}

// Nothing is connected to before somebody looks.
void FilesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!std::exchange(m_started, true))
        start();
}

void FilesPage::start()
{
    const QString folder = m_workspace->project() ? m_workspace->project()->path : QString();
    const auto path = transfer::Path::parse(QFile::encodeName(folder));
    m_here->setPlace(transfer::localPlace(), path ? std::optional(*path) : std::nullopt);
    if (!m_workspace->servers().isEmpty())
        useServer(m_workspace->servers().first());
    m_text->drafts()->look();
}

void FilesPage::addServer(deploy::ServerState *server)
{
    connectTo(server);
    showServers();
    connect(server, &deploy::ServerState::changed, this, [this, server] { serverChanged(server); });
    connect(server, &QObject::destroyed, this, [this, server] { forgetServer(server); });
    if (m_started && !m_server)
        useServer(server);
    offerDraft();
}

void FilesPage::forgetServer(deploy::ServerState *server)
{
    m_connections.remove(server);
    showServers();
    offerDraft();
    if (!m_server) // it was the one shown
        useServer(m_workspace->servers().value(0));
}

void FilesPage::connectTo(deploy::ServerState *server)
{
    const auto link = [server](int most) {
        return std::make_shared<server::ServerLink>(server->address(), server->connectOptions(), most);
    };
    m_connections.insert(server, {server->name(), server->address().text(), link(1), link(transfer::TransferQueue::SessionsEach)});
}

void FilesPage::showServers()
{
    m_picker->clear();
    for (const deploy::ServerState *server : m_workspace->servers())
        m_picker->addItem(server->name());
    if (m_server)
        m_picker->setCurrentText(m_server->name());
}

std::shared_ptr<server::ServerLink> FilesPage::carrier(const QString &server) const
{
    return m_connections.value(m_workspace->server(server)).carrying;
}

void FilesPage::useServer(deploy::ServerState *server)
{
    m_server = server;
    if (!server)
        return m_there->setEmpty(u"server", tr("No Server"), tr("Add the server whose files are to be shown, at the right."));
    m_picker->setCurrentText(server->name());
    m_there->setReleaseDirectory(server->address().directory);
    m_there->setPlace(transfer::remotePlace(server->name(), m_connections.value(server).browsing), server->address().directory);
    showUses();
}

void FilesPage::serverChanged(deploy::ServerState *server)
{
    const Connections &known = m_connections[server];
    if (known.name != server->name() || known.address != server->address().text()) { // another one from now on
        connectTo(server);
        showServers();
        offerDraft();
        if (server == m_server)
            useServer(server);
        return;
    }
    known.browsing->setOptions(server->connectOptions());
    known.carrying->setOptions(server->connectOptions());
    if (server->isUpToDate())
        m_queue->connected(server->name());
    if (server != m_server)
        return;
    const auto &error = m_there->model()->error();
    if (server->isUpToDate() && error && isQuestion(*error) && !m_there->model()->isLoading())
        useServer(server);
    showUses();
}

// The server's card asks what is needed.
void FilesPage::connectionStopped(const QString &server)
{
    if (deploy::ServerState *state = m_workspace->server(server))
        state->refresh();
}

void FilesPage::showUses()
{
    if (m_server && m_server->installation())
        m_there->model()->setUses(deploy::usedFiles(m_server->address().directory, *m_server->installation()));
}

void FilesPage::upload(const QStringList &files, const server::RemotePath &into)
{
    if (!m_server)
        return;
    QList<transfer::Transfer> transfers;
    for (const QString &file : files) {
        const QFileInfo info(file);
        const Result<server::RemotePath> target = into.child(QFile::encodeName(info.fileName()));
        if (!target)
            return m_there->message()->showError(target.error());
        transfers += {.way = transfer::Way::Up, .server = m_server->name(), .local = file, .remote = *target,
                      .size = info.isFile() ? info.size() : -1};
    }
    if (!transfers.isEmpty())
        m_queue->add(transfers);
}

void FilesPage::download(const QString &server, const QList<server::RemotePath> &paths, const server::RemotePath &into)
{
    QList<transfer::Transfer> transfers;
    for (const server::RemotePath &path : paths) {
        const Result<server::RemotePath> target = into.child(path.fileName());
        if (!target)
            return m_here->message()->showError(target.error());
        transfers += {.way = transfer::Way::Down, .server = server, .local = QFile::decodeName(target->bytes()), .remote = path,
                      .size = m_there->model()->sizeOf(path)};
    }
    if (!transfers.isEmpty())
        m_queue->add(transfers);
}

void FilesPage::droppedHere(const QMimeData *carried, const server::RemotePath &into)
{
    const auto dragged = transfer::DirectoryModel::dragged(*carried);
    const deploy::ServerState *server = dragged ? serverAt(dragged->server) : nullptr;
    if (server)
        download(server->name(), dragged->paths, into);
    else if (dragged)
        m_here->message()->showMessage(Tone::Warning, tr("These files are on %1, which is not among the servers here.")
                                                          .arg(dragged->server.text()));
}

// For programs that can't copy from a server themselves: what is dropped on them would have to be here already.
void FilesPage::downloadTo()
{
    if (!m_server)
        return;
    auto *dialog = new QFileDialog(this, tr("Download To"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    if (const auto &directory = m_here->model()->directory())
        dialog->setDirectory(QFile::decodeName(directory->bytes()));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, server = m_server->name(), paths = m_there->selectedPaths()](const QString &folder) {
                if (const auto into = transfer::Path::parse(QFile::encodeName(QDir::cleanPath(folder))))
                    download(server, paths, *into);
                else
                    m_here->message()->showError(into.error());
            });
    dialog->open();
}

deploy::ServerState *FilesPage::serverAt(const server::Address &address) const
{
    for (deploy::ServerState *server : m_workspace->servers()) {
        if (transfer::isSameServer(address, server->address()))
            return server;
    }
    return nullptr;
}

void FilesPage::droppedThere(const QMimeData *carried, const server::RemotePath &into) { upload(localFiles(*carried), into); }

void FilesPage::openHere(int row)
{
    if (const auto path = m_here->model()->pathOf(row))
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFile::decodeName(path->bytes())));
}

void FilesPage::openThere(int row)
{
    const auto path = m_there->model()->pathOf(row);
    if (!path || !m_server)
        return;
    m_stack->setCurrentWidget(m_text);
    m_text->open(m_server->name(), m_connections.value(m_server).browsing, *path);
}

// What is of other projects' servers waits for them.
void FilesPage::offerDraft()
{
    m_offer->dismiss();
    m_offerPlace->hide();
    if (m_offersLater)
        return;
    for (const auto &left : m_text->drafts()->left()) {
        if (deploy::ServerState *server = serverAt(left.draft.address))
            return offerDraft(left, server);
    }
}

void FilesPage::offerDraft(const workspace::TextDrafts::Left &left, deploy::ServerState *server)
{
    const QString words = tr("Handover ended on %1 while %2 on %3 had unsaved changes. They were kept.");
    m_offer->showMessage(Tone::Accent, words.arg(QLocale().toString(left.kept.time, QLocale::ShortFormat),
                                                 server::shownName(left.draft.opened.path.bytes()), server->name()));
    m_offer->setClosable(true);
    m_offerPlace->show();
    m_offer->addAction(tr("Restore"), this, [this, left, server = QPointer(server)] {
        if (!server)
            return;
        m_stack->setCurrentWidget(m_text);
        m_text->restore(server->name(), m_connections.value(server).browsing, left);
    });
    m_offer->addAction(tr("Discard"), this, [this, left] {
        m_text->drafts()->drop(left);
        offerDraft();
    });
}

// This side watches its directory itself.
void FilesPage::transferFinished(quint64 id)
{
    const QModelIndex index = m_queue->indexOf(id);
    const bool up = static_cast<transfer::Way>(index.data(transfer::TransferQueue::WayRole).toInt()) == transfer::Way::Up;
    if (up && m_server && index.data(transfer::TransferQueue::ServerRole) == m_server->name())
        m_relist.start();
}

bool FilesPage::mayClose(const std::function<void()> &close)
{
    if (!m_text->isModified())
        return true;
    m_text->askAboutUnsaved(close);
    return false;
}

} // namespace handover::ui
