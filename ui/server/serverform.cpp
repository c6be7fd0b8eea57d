// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/server/serverform.h"

#include "ui/server/connectiontester.h"
#include "ui/theme/icons.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

// A field below its label, in a grid of two columns.
void put(QGridLayout *grid, int row, int column, int span, const QString &label, QWidget *field)
{
    auto *title = new RoleLabel(label);
    title->setFont(smallFont());
    title->setBuddy(field);
    grid->addWidget(title, row * 3, column, 1, span);
    grid->addWidget(field, row * 3 + 1, column, 1, span);
    grid->setRowMinimumHeight(row * 3 + 2, 6); // the next label belongs to what is below it
    const QString name = QString(label).remove(u'&');
    field->setAccessibleName(name);
    if (auto *box = qobject_cast<QComboBox *>(field))
        box->lineEdit()->setAccessibleName(name);
}

QLineEdit *field(const QString &placeholder = {})
{
    auto *edit = new QLineEdit;
    edit->setPlaceholderText(placeholder);
    return edit;
}

QComboBox *choice()
{
    auto *box = new QComboBox;
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setMinimumContentsLength(6);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return box;
}

void setChoices(QComboBox *box, const QStringList &choices)
{
    const QString text = box->currentText();
    box->clear();
    box->addItems(choices);
    box->setEditText(text);
}

} // namespace

ServerForm::ServerForm(QWidget *parent)
    : QWidget(parent)
    , m_name(field(u"edge-1"_s))
    , m_host(field(u"edge-1.example"_s))
    , m_port(field(u"22"_s))
    , m_user(field(tr("as ssh_config says")))
    , m_directory(field(u"/opt/tally"_s))
    , m_key(field(tr("the agent's and ssh_config's")))
    , m_runAs(field(tr("nobody else")))
    , m_group(choice())
    , m_environment(choice())
    , m_keep(new QCheckBox(tr("Keep its pass&word in the keychain")))
    , m_message(new InlineMessage)
    , m_tester(new ConnectionTester)
    , m_accept(new QPushButton)
    , m_import(new QPushButton(tr("Import…")))
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 2);
    put(grid, 0, 0, 3, tr("&Name"), m_name);
    put(grid, 1, 0, 2, tr("&Host, or a whole ssh:// address"), m_host);
    put(grid, 1, 2, 1, tr("&Port"), m_port);
    put(grid, 2, 0, 3, tr("&User"), m_user);
    put(grid, 3, 0, 3, tr("Release &directory, with bin, lib and releases"), m_directory);
    put(grid, 4, 0, 3, tr("&Key file"), m_key);
    put(grid, 5, 0, 3, tr("The release &belongs to (through sudo)"), m_runAs);
    put(grid, 6, 0, 1, tr("&Group"), m_group);
    put(grid, 6, 1, 2, tr("&Environment"), m_environment);
    m_keep->setToolTip(tr("The desktop's keychain, that is; Handover itself writes no password anywhere. It is asked for once."));
    auto *choose = m_key->addAction(icon(u"folder"), QLineEdit::TrailingPosition);
    choose->setText(tr("Choose a key file…"));

    auto *test = new QPushButton(tr("Test"));
    auto *cancel = new QPushButton(tr("Cancel"));
    test->setToolTip(tr("Tries what an upgrade needs. Nothing is changed there."));
    m_import->setToolTip(tr("Choose from the hosts in ~/.ssh/config"));
    auto *buttons = new QGridLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_accept, 0, 0);
    buttons->addWidget(test, 0, 1);
    buttons->addWidget(cancel, 1, 0);
    buttons->addWidget(m_import, 1, 1);
    auto *card = new Card;
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    column->addLayout(grid);
    column->addWidget(m_keep);
    column->addWidget(m_message);
    column->addLayout(buttons);
    column->addWidget(m_tester);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(card);
    setFocusProxy(m_name);

    connect(m_host, &QLineEdit::editingFinished, this, &ServerForm::takeApart);
    connect(choose, &QAction::triggered, this, [this] {
        const QString file = QFileDialog::getOpenFileName(this, tr("Key File"), QDir::homePath() + u"/.ssh"_s);
        if (!file.isEmpty())
            m_key->setText(file);
    });
    const auto submit = [this] {
        if (const auto entry = checked())
            emit submitted(*entry);
    };
    connect(m_accept, &QPushButton::clicked, this, submit);
    for (QLineEdit *edit : {m_name, m_host, m_port, m_user, m_directory, m_key, m_runAs})
        connect(edit, &QLineEdit::returnPressed, this, submit);
    connect(test, &QPushButton::clicked, this, [this] {
        if (const auto entry = checked())
            emit testRequested(*entry);
    });
    connect(m_import, &QPushButton::clicked, this, &ServerForm::importRequested);
    connect(cancel, &QPushButton::clicked, this, &ServerForm::cancelled);
    edit({});
}

void ServerForm::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit cancelled();
    else
        QWidget::keyPressEvent(event);
}

void ServerForm::edit(const settings::ServerEntry &entry)
{
    m_before = entry;
    m_name->setText(entry.name);
    for (QLineEdit *edit : {m_port, m_user, m_directory})
        edit->clear();
    m_host->setText(entry.address);
    takeApart();
    m_key->setText(entry.identityFile);
    m_runAs->setText(entry.runAs);
    m_group->setEditText(entry.group);
    m_environment->setEditText(entry.environment);
    m_keep->setChecked(entry.keepsSecrets);
    m_accept->setText(entry.name.isEmpty() ? tr("Add Server") : tr("Save"));
    m_import->setVisible(entry.name.isEmpty());
    m_message->dismiss();
    m_tester->close();
}

void ServerForm::setGroups(const QStringList &groups, const QStringList &environments)
{
    setChoices(m_group, groups);
    setChoices(m_environment, environments);
}

void ServerForm::takeApart()
{
    const auto address = server::Address::parse(m_host->text().trimmed());
    if (!address)
        return;
    m_host->setText(address->host);
    m_port->setText(address->port == 0 ? QString() : QString::number(address->port));
    m_user->setText(address->user);
    m_directory->setText(address->directory.text());
}

QString ServerForm::addressText() const
{
    const QString host = m_host->text().trimmed();
    if (host.startsWith(u"ssh://"))
        return host;
    const auto encoded = [](const QLineEdit *edit, const char *plain) {
        return QString::fromLatin1(edit->text().trimmed().toUtf8().toPercentEncoding(plain));
    };
    const QString user = m_user->text().trimmed().isEmpty() ? QString() : QString(encoded(m_user, "+") + u'@');
    const QString port = m_port->text().trimmed().isEmpty() ? QString() : QString(u':' + m_port->text().trimmed());
    return u"ssh://"_s + user + (host.contains(u':') ? QString(u'[' + host + u']') : host) + port + encoded(m_directory, "/+");
}

settings::ServerEntry ServerForm::entry() const
{
    settings::ServerEntry entry = m_before;
    entry.name = m_name->text().trimmed();
    entry.address = addressText();
    entry.identityFile = m_key->text().trimmed();
    if (entry.identityFile.startsWith(u"~/"))
        entry.identityFile = QDir::homePath() + entry.identityFile.sliced(1);
    entry.runAs = m_runAs->text().trimmed();
    entry.group = m_group->currentText().trimmed();
    entry.environment = m_environment->currentText().trimmed();
    entry.keepsSecrets = m_keep->isChecked();
    return entry;
}

std::optional<settings::ServerEntry> ServerForm::checked()
{
    m_message->dismiss();
    const settings::ServerEntry entry = this->entry();
    if (entry.name.isEmpty()) {
        m_message->showMessage(Tone::Bad, tr("Give the server a name."));
        m_name->setFocus();
        return {};
    }
    if (!m_host->text().contains(u"://") && !m_directory->text().trimmed().startsWith(u'/')) {
        m_message->showMessage(Tone::Bad, tr("Give the release directory on the server; it begins with a slash."));
        m_directory->setFocus();
        return {};
    }
    if (const auto address = server::Address::parse(entry.address); !address) {
        m_message->showError(address.error());
        m_host->setFocus();
        return {};
    }
    if (!entry.identityFile.isEmpty() && !QFile::exists(entry.identityFile)) {
        m_message->showMessage(Tone::Bad, tr("There is no key file %1.").arg(entry.identityFile));
        m_key->setFocus();
        return {};
    }
    return entry;
}

void ServerForm::showError(const Error &error) { m_message->showError(error); }

} // namespace handover::ui
