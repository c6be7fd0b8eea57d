// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/server/serverspanel.h"

#include "models/settings/usersettings.h"
#include "models/workspace/workspace.h"
#include "ui/server/servercard.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"

#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

ServersPanel::ServersPanel(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_column(new QVBoxLayout)
    , m_form(nullptr)
    , m_message(new InlineMessage)
    , m_empty(new EmptyState(u"server", tr("No Servers"),
                             tr("A server is where a release is installed. Handover reaches it over SSH."),
                             tr("Add Server…")))
{
    auto *add = new IconButton(u"plus", tr("Add Server…"));
    auto *header = new SectionHeader(tr("Servers"), add);
    header->setContentsMargins(16, 8, 12, 4);
    m_form = makeForm();
    m_form->hide();

    auto *inside = new QWidget;
    auto *stretch = new QVBoxLayout(inside);
    stretch->setContentsMargins(12, 8, 12, 12);
    stretch->setSpacing(12);
    stretch->addWidget(m_message);
    stretch->addWidget(m_form);
    m_column->setSpacing(12);
    stretch->addLayout(m_column);
    stretch->addWidget(m_empty);
    stretch->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("Servers"));
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(scroll, 1);

    connect(add, &QAbstractButton::clicked, this, &ServersPanel::showForm);
    connect(m_empty, &EmptyState::actionTriggered, this, &ServersPanel::showForm);
    connect(workspace, &workspace::Workspace::serverAdded, this, &ServersPanel::addCard);
    for (deploy::ServerState *server : workspace->servers())
        addCard(server);
}

QWidget *ServersPanel::makeForm()
{
    auto *name = new QLineEdit;
    auto *address = new QLineEdit;
    name->setPlaceholderText(tr("edge-1"));
    name->setAccessibleName(tr("Name of the server"));
    address->setPlaceholderText(u"ssh://deploy@edge-1.example/opt/tally"_s);
    address->setAccessibleName(tr("Address of the release directory"));
    auto *accept = new QPushButton(tr("Add Server"));
    auto *cancel = new QPushButton(tr("Cancel"));
    auto *why = new RoleLabel(tr("The directory that holds bin, lib and releases."));
    why->setFont(smallFont());
    why->setWordWrap(true);

    auto *card = new Card;
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(6);
    auto *nameLabel = new RoleLabel(tr("&Name"));
    nameLabel->setBuddy(name);
    auto *addressLabel = new RoleLabel(tr("&Address"));
    addressLabel->setBuddy(address);
    column->addWidget(nameLabel);
    column->addWidget(name);
    column->addWidget(addressLabel);
    column->addWidget(address);
    column->addWidget(why);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(accept);
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    column->addSpacing(4);
    column->addLayout(buttons);

    const auto submit = [this, name, address] {
        addFromForm(name->text().trimmed(), address->text().trimmed());
        if (!m_form->isVisible()) {
            name->clear();
            address->clear();
        }
    };
    connect(accept, &QPushButton::clicked, this, submit);
    connect(address, &QLineEdit::returnPressed, this, submit);
    connect(cancel, &QPushButton::clicked, this, [this] {
        m_form->hide();
        m_message->dismiss();
        m_empty->setVisible(m_cards.isEmpty());
    });
    return card;
}

void ServersPanel::showForm()
{
    m_form->show();
    m_empty->hide();
    if (auto *name = m_form->findChild<QLineEdit *>())
        name->setFocus();
}

void ServersPanel::addFromForm(const QString &name, const QString &address)
{
    if (name.isEmpty() || m_workspace->server(name)) {
        m_message->showMessage(Tone::Bad, name.isEmpty() ? tr("Give the server a name.")
                                                         : tr("There is a server named %1 already.").arg(name));
        return;
    }
    const auto parsed = server::Address::parse(address);
    if (!parsed) {
        m_message->showError(parsed.error());
        return;
    }
    auto servers = settings::UserSettings::servers();
    servers += {name, address, {}};
    if (const auto saved = settings::UserSettings::saveServers(servers); !saved) {
        m_message->showError(saved.error());
        return;
    }
    m_message->dismiss();
    m_form->hide();
    m_workspace->addServer(name, *parsed, {})->refresh();
}

void ServersPanel::addCard(deploy::ServerState *server)
{
    auto *card = new ServerCard(server);
    m_cards += card;
    m_column->addWidget(card);
    m_empty->hide();
    connect(card, &ServerCard::logRequested, this, &ServersPanel::logRequested);
}

} // namespace handover::ui
