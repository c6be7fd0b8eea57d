// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/deploy/serverstate.h"
#include "models/settings/secrets.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace handover::ui {

class InlineMessage;
class RoleLabel;

/// What must be answered before a server can be reached: whether its key is the right one, a password, a passphrase.
/// Hidden while nothing is asked.
class ServerQuestion final : public QWidget
{
    Q_OBJECT

public:
    explicit ServerQuestion(deploy::ServerState *server, QWidget *parent = nullptr);

    void update();
    /// Whether the error is shown here as well, in its own words.
    [[nodiscard]] bool saysTheError() const;
    [[nodiscard]] QLineEdit *secret() const { return m_secret; }
    [[nodiscard]] QCheckBox *keep() const { return m_keep; }
    [[nodiscard]] QPushButton *accept() const { return m_accept; }

signals:
    /// Only if the user ticked it.
    void keepRequested(handover::settings::SecretKind kind, const QString &secret);

private:
    void answer();

    deploy::ServerState *m_server;
    RoleLabel *m_words;
    RoleLabel *m_fingerprint;
    RoleLabel *m_meaning;
    QLineEdit *m_secret;
    QCheckBox *m_keep;
    QPushButton *m_accept;
};

} // namespace handover::ui
