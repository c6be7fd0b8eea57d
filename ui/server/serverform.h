// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/address.h"
#include "models/settings/usersettings.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace handover::ui {

class ConnectionTester;
class InlineMessage;

/// Where a server is and how it is reached: to add one, or to change it. A whole address may be put in place of the
/// host; it is then taken apart. Says itself what is wrong with what was typed.
class ServerForm final : public QWidget
{
    Q_OBJECT

public:
    explicit ServerForm(QWidget *parent = nullptr);

    void edit(const settings::ServerEntry &entry); ///< an empty one: to add
    [[nodiscard]] settings::ServerEntry entry() const;
    void setGroups(const QStringList &groups, const QStringList &environments);
    void showError(const Error &error);
    [[nodiscard]] ConnectionTester *tester() const { return m_tester; }
    [[nodiscard]] QPushButton *acceptButton() const { return m_accept; }

signals:
    void submitted(const handover::settings::ServerEntry &entry); ///< its address is one
    void testRequested(const handover::settings::ServerEntry &entry);
    void importRequested();
    void cancelled();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void takeApart();
    [[nodiscard]] QString addressText() const;
    /// What is entered, if it can be used; else it is said.
    [[nodiscard]] std::optional<settings::ServerEntry> checked();

    settings::ServerEntry m_before;
    QLineEdit *m_name;
    QLineEdit *m_host;
    QLineEdit *m_port;
    QLineEdit *m_user;
    QLineEdit *m_directory;
    QLineEdit *m_key;
    QLineEdit *m_runAs;
    QComboBox *m_group;
    QComboBox *m_environment;
    QCheckBox *m_keep;
    InlineMessage *m_message;
    ConnectionTester *m_tester;
    QPushButton *m_accept;
    QPushButton *m_import;
};

} // namespace handover::ui
