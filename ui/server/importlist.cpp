// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/server/importlist.h"

#include "models/server/address.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

// "deploy@10.0.0.1:2222 through gate"
QString whereIs(const server::SshHost &host)
{
    QString text = host.user.isEmpty() ? host.hostName : QString(host.user + u'@' + host.hostName);
    if (host.port != 0)
        text += u':' + QString::number(host.port);
    return host.proxyJump.isEmpty() ? text : ImportList::tr("%1 through %2").arg(text, host.proxyJump);
}

QString addressOf(const QString &host, const QString &directory)
{
    return u"ssh://"_s + (host.contains(u':') ? QString(u'[' + host + u']') : host) +
           QString::fromLatin1(directory.toUtf8().toPercentEncoding("/+"));
}

} // namespace

ImportList::ImportList(QWidget *parent)
    : QWidget(parent)
    , m_list(new QTreeWidget)
    , m_directory(new QLineEdit)
    , m_group(new QLineEdit)
    , m_accept(new QPushButton)
    , m_message(new InlineMessage)
{
    auto *title = new ElidedLabel(tr("From ~/.ssh/config"));
    title->setFont(bold(font()));
    m_list->setAccessibleName(tr("Hosts of ssh_config"));
    m_list->setMinimumHeight(160);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setHeaderLabels({tr("Host"), tr("Where")});
    m_list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_directory->setPlaceholderText(u"/opt/tally"_s);
    m_directory->setAccessibleName(tr("Release directory on each of them"));
    m_group->setPlaceholderText(tr("none"));
    m_group->setAccessibleName(tr("Group of these servers"));
    const auto labelled = [](const QString &text, QWidget *buddy) {
        auto *label = new RoleLabel(text);
        label->setFont(smallFont());
        label->setBuddy(buddy);
        return label;
    };
    auto *cancel = new QPushButton(tr("Cancel"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_accept);
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    auto *card = new Card;
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    column->addWidget(title);
    column->addWidget(m_list);
    column->addWidget(m_message);
    column->addWidget(labelled(tr("Release &directory on each of them"), m_directory));
    column->addWidget(m_directory);
    column->addWidget(labelled(tr("&Group"), m_group));
    column->addWidget(m_group);
    column->addLayout(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(card);

    connect(m_list, &QTreeWidget::itemChanged, this, &ImportList::update);
    connect(m_directory, &QLineEdit::textChanged, this, &ImportList::update);
    connect(m_directory, &QLineEdit::returnPressed, this, &ImportList::submit);
    connect(m_accept, &QPushButton::clicked, this, &ImportList::submit);
    connect(cancel, &QPushButton::clicked, this, &ImportList::cancelled);
    update();
}

void ImportList::read(const QString &file, const QStringList &known)
{
    m_list->clear();
    m_message->dismiss();
    m_reading.start<Result<server::SshHosts>>([file](const JobContext &) { return server::readSshConfig(file); },
                                              [this, known](const Result<server::SshHosts> &hosts) {
                                                  if (hosts)
                                                      fill(*hosts, known);
                                                  else
                                                      m_message->showError(hosts.error());
                                                  emit shown();
                                              });
}

void ImportList::fill(const server::SshHosts &hosts, const QStringList &known)
{
    QStringList notes = hosts.notes;
    for (const server::SshHost &host : hosts.hosts) {
        if (known.contains(host.name))
            continue;
        if (!server::Address::parse(addressOf(host.name, u"/x"_s))) {
            notes += tr("%1 can't be used: its name has signs that an address can't have.").arg(host.name);
            continue;
        }
        auto *item = new QTreeWidgetItem(m_list, {host.name, whereIs(host)});
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
        item->setCheckState(0, Qt::Unchecked);
        item->setToolTip(1, (QStringList{whereIs(host)} + host.identityFiles).join(u'\n').toHtmlEscaped());
    }
    if (m_list->topLevelItemCount() == 0)
        notes.prepend(tr("It names no host that is not here already."));
    if (!notes.isEmpty())
        m_message->showMessage(Tone::Neutral, notes.join(u'\n'));
    update();
}

QStringList ImportList::ticked() const
{
    QStringList names;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        if (m_list->topLevelItem(row)->checkState(0) == Qt::Checked)
            names += m_list->topLevelItem(row)->text(0);
    }
    return names;
}

void ImportList::update()
{
    const auto count = static_cast<int>(ticked().size());
    m_accept->setText(count == 0 ? tr("Add Servers") : tr("Add %n Server(s)", nullptr, count));
    m_accept->setEnabled(count > 0 && m_directory->text().trimmed().startsWith(u'/'));
    m_accept->setToolTip(m_accept->isEnabled() ? QString() : tr("Tick the hosts, and give the release directory on them"));
}

void ImportList::submit()
{
    QList<settings::ServerEntry> entries;
    for (const QString &name : ticked()) {
        const QString address = addressOf(name, m_directory->text().trimmed());
        if (const auto parsed = server::Address::parse(address); !parsed) {
            m_message->showError(parsed.error());
            return;
        }
        entries += {.name = name, .address = address, .group = m_group->text().trimmed()};
    }
    if (!entries.isEmpty())
        emit submitted(entries);
}

} // namespace handover::ui
