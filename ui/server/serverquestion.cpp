// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/server/serverquestion.h"

#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

using Question = deploy::ServerState::Question;

ServerQuestion::ServerQuestion(deploy::ServerState *server, QWidget *parent)
    : QWidget(parent)
    , m_server(server)
    , m_words(new RoleLabel({}, Role::Text))
    , m_fingerprint(new RoleLabel({}, Role::Text))
    , m_meaning(new RoleLabel)
    , m_secret(new QLineEdit)
    , m_keep(new QCheckBox(tr("Keep it in the desktop's keychain")))
    , m_accept(new QPushButton)
{
    for (RoleLabel *label : {m_words, m_fingerprint, m_meaning}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_fingerprint->setFont(codeFont());
    m_fingerprint->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_meaning->setFont(smallFont());
    m_meaning->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_secret->setEchoMode(QLineEdit::Password);
    m_keep->setToolTip(tr("Without this it is asked for each time. Handover itself writes it nowhere."));

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_accept);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(8);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_words, m_fingerprint, m_meaning, m_secret, m_keep})
        column->addWidget(widget);
    column->addLayout(buttons);
    connect(m_accept, &QPushButton::clicked, this, &ServerQuestion::answer);
    connect(m_secret, &QLineEdit::returnPressed, this, &ServerQuestion::answer);
    hide();
}

bool ServerQuestion::saysTheError() const { return m_server->question() != Question::None; }

void ServerQuestion::update()
{
    const Question question = m_server->isBusy() ? Question::None : m_server->question();
    const bool ofKey = question == Question::HostKey;
    m_fingerprint->setVisible(ofKey);
    m_meaning->setVisible(ofKey);
    m_secret->setVisible(!ofKey);
    m_keep->setVisible(!ofKey);
    const QString name = m_server->name();
    if (ofKey) {
        // SHA256: and 43 signs without a place to break a line.
        QString key = m_server->fingerprint();
        m_words->setText(tr("%1 is not known here yet. It shows this key:").arg(m_server->address().host));
        m_fingerprint->setText(key.size() > 29 ? key.first(29) + u'\n' + key.sliced(29) : key);
        m_fingerprint->setAccessibleName(tr("Key of %1: %2").arg(name, key));
        m_meaning->setText(tr("Whoever answers in its place can't show the right one. Compare it with what the administrator says, "
                              "or, at the server itself: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub. It is asked for once; "
                              "if it changes later, nothing is sent."));
        m_accept->setText(tr("Trust This Key"));
    } else if (question != Question::None) {
        const bool ofPassword = question == Question::Password;
        m_words->setText(m_server->error() ? m_server->error()->message : QString());
        m_secret->setPlaceholderText(ofPassword ? tr("Password for %1").arg(name) : tr("Passphrase of the key for %1").arg(name));
        m_secret->setAccessibleName(m_secret->placeholderText());
        m_accept->setText(ofPassword ? tr("Log In") : tr("Unlock"));
    }
    m_accept->setAccessibleName(u"%1: %2"_s.arg(m_accept->text(), name));
    setVisible(question != Question::None);
}

void ServerQuestion::answer()
{
    const Question question = m_server->question();
    if (question == Question::HostKey) {
        m_server->acceptHostKey();
        return;
    }
    const QString secret = m_secret->text();
    if (secret.isEmpty() || question == Question::None)
        return;
    m_secret->clear();
    if (m_keep->isChecked())
        emit keepRequested(question == Question::Password ? settings::SecretKind::Password : settings::SecretKind::Passphrase, secret);
    question == Question::Password ? m_server->answerPassword(secret) : m_server->answerPassphrase(secret);
}

} // namespace handover::ui
