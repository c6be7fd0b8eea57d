// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/server/serverspanel.h"

#include "models/deploy/savedserver.h"
#include "models/workspace/workspace.h"
#include "ui/server/connectiontester.h"
#include "ui/server/importlist.h"
#include "ui/server/servercard.h"
#include "ui/server/serverform.h"
#include "ui/server/serverquestion.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"

#include <QDir>
#include <QMenu>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

using settings::ServerEntry;
using settings::UserSettings;

namespace {

std::optional<ServerEntry> entryOf(const deploy::ServerState &server)
{
    const auto servers = UserSettings::servers();
    const auto found = std::ranges::find(servers, server.name(), &ServerEntry::name);
    return found == servers.end() ? std::nullopt : std::optional(*found);
}

QStringList distinct(const QList<ServerEntry> &servers, QString ServerEntry::*text, QStringList values = {})
{
    for (const ServerEntry &entry : servers) {
        if (!values.contains(entry.*text))
            values += entry.*text;
    }
    return values;
}

// What was answered so far goes on to count, for the same address only: a password is nobody else's.
server::ConnectOptions optionsFor(const ServerEntry &entry, const server::Address &address, const deploy::ServerState *before)
{
    server::ConnectOptions options = deploy::connectOptions(entry);
    if (!before || before->address().text() != address.text())
        return options;
    options = before->connectOptions();
    options.identityFile = entry.identityFile;
    options.runAs = entry.runAs;
    return options;
}

} // namespace

ServersPanel::ServersPanel(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_stretch(nullptr)
    , m_column(new QVBoxLayout)
    , m_scroll(new QScrollArea)
    , m_form(new ServerForm)
    , m_import(new ImportList)
    , m_message(new InlineMessage)
    , m_empty(new EmptyState(u"server", tr("No Servers"),
                             tr("A server is where a release is installed. Handover reaches it over SSH."),
                             tr("Add Server…")))
{
    auto *add = new IconButton(u"plus", tr("Add Server…"));
    auto *header = new SectionHeader(tr("Servers"), add);
    header->setContentsMargins(16, 8, 12, 4);
    m_form->hide();
    m_import->hide();

    auto *inside = new QWidget;
    m_stretch = new QVBoxLayout(inside);
    m_stretch->setContentsMargins(12, 8, 12, 12);
    m_stretch->setSpacing(12);
    m_stretch->addWidget(m_message);
    m_stretch->addWidget(m_form);
    m_stretch->addWidget(m_import);
    m_column->setSpacing(12);
    m_stretch->addLayout(m_column);
    m_stretch->addWidget(m_empty);
    m_stretch->addStretch(1);
    m_scroll->setWidget(inside);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setAccessibleName(tr("Servers"));
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_scroll, 1);

    connect(add, &QAbstractButton::clicked, this, &ServersPanel::showForm);
    connect(m_empty, &EmptyState::actionTriggered, this, &ServersPanel::showForm);
    connect(m_form, &ServerForm::submitted, this, &ServersPanel::take);
    connect(m_form, &ServerForm::testRequested, this, [this](const ServerEntry &entry) {
        if (const auto address = server::Address::parse(entry.address))
            m_form->tester()->start(m_workspace->jobs(), entry.name, *address,
                                    optionsFor(entry, *address, m_edited ? m_edited->server() : nullptr));
    });
    connect(m_form, &ServerForm::importRequested, this, [this] { showImport(QDir::homePath() + u"/.ssh/config"_s); });
    connect(m_form, &ServerForm::cancelled, this, &ServersPanel::closeForms);
    connect(m_import, &ImportList::submitted, this, &ServersPanel::takeImported);
    connect(m_import, &ImportList::cancelled, this, &ServersPanel::closeForms);
    connect(workspace, &workspace::Workspace::serverAdded, this, [this](deploy::ServerState *server) {
        addCard(server);
        arrange();
    });
    connect(workspace, &workspace::Workspace::serverRemoved, this, &ServersPanel::removeCard);
    for (deploy::ServerState *server : workspace->servers())
        addCard(server);
    arrange();
}

QList<ServerCard *> ServersPanel::cards() const
{
    QList<ServerCard *> cards;
    for (const Item &item : m_items)
        cards += item.card;
    return cards;
}

const ServersPanel::Item *ServersPanel::itemOf(const ServerCard *card) const
{
    const auto found = std::ranges::find(m_items, card, &Item::card);
    return found == m_items.end() ? nullptr : &*found;
}

ConnectionTester *ServersPanel::tester(const ServerCard *card) const { return itemOf(card)->tester; }

InlineMessage *ServersPanel::question(const ServerCard *card) const { return itemOf(card)->question; }

// ---- cards ---------------------------------------------------------------------------------------

void ServersPanel::addCard(deploy::ServerState *server)
{
    const Item item{server, new ServerCard(server), new ConnectionTester, new InlineMessage};
    item.card->addBelow(item.question);
    item.card->addBelow(item.tester);
    m_items += item;
    ServerCard *card = item.card;
    connect(card, &ServerCard::logRequested, this, &ServersPanel::logRequested);
    connect(card, &ServerCard::menuRequested, this, [this, card](const QPoint &position) { showMenu(card, position); });
    connect(card->question(), &ServerQuestion::keepRequested, this,
            [this, server](settings::SecretKind kind, const QString &secret) {
                deploy::keepWhenRight(server, kind, secret, [this](const Error &error) { showError(error); });
            });
}

void ServersPanel::removeCard(const deploy::ServerState *server)
{
    const auto found = std::ranges::find(m_items, server, &Item::server);
    if (found == m_items.end())
        return;
    if (m_edited == found->card)
        closeForms();
    found->card->hide();
    found->card->deleteLater();
    m_items.erase(found);
    arrange();
}

// Groups stand in the order of the settings; those without one come first and need no title.
void ServersPanel::arrange()
{
    qDeleteAll(std::exchange(m_heads, {}));
    const auto servers = UserSettings::servers();
    const auto entryOfItem = [&](const Item &item) {
        const auto found = std::ranges::find(servers, item.server->name(), &ServerEntry::name);
        return found == servers.end() ? ServerEntry() : *found;
    };
    for (const QString &group : distinct(servers, &ServerEntry::group, {QString()})) {
        bool first = true;
        for (const Item &item : std::as_const(m_items)) {
            const ServerEntry entry = entryOfItem(item);
            if (entry.group != group)
                continue;
            if (std::exchange(first, false) && !group.isEmpty()) {
                auto *head = new ElidedLabel(group);
                head->setRole(Role::SecondaryText);
                head->setFont(bold(smallFont()));
                m_heads += head;
                m_column->addWidget(head);
            }
            item.card->setEnvironment(entry.environment);
            item.card->question()->keep()->setChecked(entry.keepsSecrets);
            m_column->addWidget(item.card); // takes it from where it was
        }
    }
    m_form->setGroups(distinct(servers, &ServerEntry::group, {QString()}),
                      distinct(servers, &ServerEntry::environment, {QString(), tr("production"), tr("staging"), tr("test")}));
    m_empty->setVisible(m_items.isEmpty() && m_form->isHidden() && m_import->isHidden());
}

void ServersPanel::showMenu(ServerCard *card, const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(icon(u"check"), tr("Test Connection"), this, [this, card] { test(card); });
    const bool isKept = entryOf(*card->server()).has_value();
    QAction *editing = menu->addAction(icon(u"edit"), tr("Edit…"), this, [this, card] { edit(card); });
    QAction *removing = menu->addAction(icon(u"trash"), tr("Remove…"), this, [this, card] { askRemove(card); });
    editing->setEnabled(isKept);
    removing->setEnabled(isKept);
    menu->popup(position);
}

void ServersPanel::test(ServerCard *card)
{
    const deploy::ServerState *server = card->server();
    tester(card)->start(m_workspace->jobs(), server->name(), server->address(), server->connectOptions());
}

// ---- adding and changing -------------------------------------------------------------------------

void ServersPanel::closeForms()
{
    m_form->tester()->close();
    m_form->hide();
    m_import->hide();
    m_message->dismiss();
    if (m_edited)
        m_edited->show();
    m_edited = nullptr;
    m_empty->setVisible(m_items.isEmpty());
}

void ServersPanel::showForm()
{
    closeForms();
    m_stretch->insertWidget(1, m_form);
    m_form->edit({});
    m_form->show();
    m_empty->hide();
    m_form->setFocus();
}

void ServersPanel::showImport(const QString &file)
{
    closeForms();
    m_empty->hide();
    m_import->show();
    m_import->read(file, distinct(UserSettings::servers(), &ServerEntry::name));
    m_import->list()->setFocus();
}

// The form stands where the card was.
void ServersPanel::edit(ServerCard *card)
{
    const auto entry = entryOf(*card->server());
    if (!entry)
        return;
    closeForms();
    m_edited = card;
    m_column->insertWidget(m_column->indexOf(card), m_form);
    card->hide();
    m_form->edit(*entry);
    m_form->show();
    m_form->setFocus();
    QTimer::singleShot(0, m_form, [this] { m_scroll->ensureWidgetVisible(m_form); });
}

void ServersPanel::take(const ServerEntry &entry)
{
    const deploy::ServerState *same = m_workspace->server(entry.name);
    if (same && (!m_edited || m_edited->server() != same)) {
        m_form->showError(misuse(u"server.name"_s, tr("There is a server named %1 already.").arg(entry.name),
                                 tr("Give it another name.")).error());
        return;
    }
    if (!m_edited) {
        if (add(entry))
            closeForms();
        return;
    }
    if (const auto before = entryOf(*m_edited->server()))
        change(*before, entry);
}

bool ServersPanel::add(const ServerEntry &entry)
{
    const auto address = server::Address::parse(entry.address);
    const auto saved = address ? UserSettings::saveServers(UserSettings::servers() + QList{entry}) : std::unexpected(address.error());
    if (!saved) {
        m_form->showError(saved.error());
        return false;
    }
    deploy::lookWithSecrets(m_workspace->addServer(entry.name, *address, deploy::connectOptions(entry)), entry);
    return true;
}

void ServersPanel::takeImported(const QList<ServerEntry> &entries)
{
    closeForms();
    for (const ServerEntry &entry : entries) {
        if (m_workspace->server(entry.name))
            showError(misuse(u"server.name"_s, tr("There is a server named %1 already.").arg(entry.name)).error());
        else if (!add(entry))
            return;
    }
}

void ServersPanel::change(const ServerEntry &before, const ServerEntry &entry)
{
    deploy::ServerState *server = m_edited->server();
    auto servers = UserSettings::servers();
    std::ranges::replace(servers, before, entry);
    const auto address = server::Address::parse(entry.address);
    const bool reachedOtherwise = before.address != entry.address || before.identityFile != entry.identityFile ||
                                  before.runAs != entry.runAs || before.name != entry.name;
    if (reachedOtherwise && server->isBusy() && !server->isLooking()) {
        m_form->showError(misuse(u"server.busy"_s, tr("%1 is going on.").arg(server->job()->title()),
                                 tr("Wait until it is done.")).error());
        return;
    }
    const auto saved = address ? UserSettings::saveServers(servers) : std::unexpected(address.error());
    if (!saved) {
        m_form->showError(saved.error());
        return;
    }
    closeForms();
    const auto failed = [this](const Error &error) { showError(error); };
    if (before.keepsSecrets && !entry.keepsSecrets)
        deploy::forgetSecrets(before.name, this, failed);
    else if (entry.keepsSecrets && before.name != entry.name)
        deploy::moveSecrets(before.name, entry.name, this, failed);
    if (reachedOtherwise) {
        const server::ConnectOptions options = optionsFor(entry, *address, server);
        const bool knowsSecrets = !options.password.isEmpty() || !options.passphrase.isEmpty();
        server->change(entry.name, *address, options);
        if (knowsSecrets)
            server->refresh();
        else
            deploy::lookWithSecrets(server, entry);
    }
    arrange();
}

void ServersPanel::showError(const Error &error) { m_message->showError(error); }

// ---- removing ------------------------------------------------------------------------------------

void ServersPanel::askRemove(ServerCard *card)
{
    InlineMessage *message = question(card);
    const QString name = card->server()->name();
    message->showMessage(Tone::Warning, tr("Remove %1 from this list, and what the keychain keeps for it? "
                                           "Nothing is changed on the server.").arg(name));
    message->addAction(tr("Remove %1").arg(name), this, [this, card] { remove(card); });
    message->addAction(tr("Keep It"), message, [message] { message->dismiss(); });
}

void ServersPanel::remove(ServerCard *card)
{
    deploy::ServerState *server = card->server();
    const auto entry = entryOf(*server);
    if (!entry)
        return;
    InlineMessage *message = question(card);
    if (server->isBusy() && !server->isLooking()) {
        message->showMessage(Tone::Warning, tr("%1 is going on; wait until it is done.").arg(server->job()->title()));
        return;
    }
    auto servers = UserSettings::servers();
    servers.removeOne(*entry);
    if (const auto saved = UserSettings::saveServers(servers); !saved) {
        message->showError(saved.error());
        return;
    }
    if (entry->keepsSecrets)
        deploy::forgetSecrets(entry->name, this, [this](const Error &error) { showError(error); });
    m_workspace->removeServer(server);
}

} // namespace handover::ui
