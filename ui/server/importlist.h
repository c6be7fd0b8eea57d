// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/latestwins.h"
#include "models/server/sshconfig.h"
#include "models/settings/usersettings.h"

#include <QWidget>

class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace handover::ui {

class InlineMessage;

/// The hosts of an ssh_config, to be ticked; with the release directory they become servers. What the file says of a
/// host goes on to count: a server is added by its name there.
class ImportList final : public QWidget
{
    Q_OBJECT

public:
    explicit ImportList(QWidget *parent = nullptr);

    /// Reads the file in a thread; hosts named as those are left out.
    void read(const QString &file, const QStringList &known);
    [[nodiscard]] QTreeWidget *list() const { return m_list; }
    [[nodiscard]] QLineEdit *directory() const { return m_directory; }
    [[nodiscard]] QPushButton *acceptButton() const { return m_accept; }

signals:
    void submitted(const QList<handover::settings::ServerEntry> &entries);
    void cancelled();
    void shown(); ///< what was read

private:
    void fill(const server::SshHosts &hosts, const QStringList &known);
    void update();
    [[nodiscard]] QStringList ticked() const;
    void submit();

    QTreeWidget *m_list;
    QLineEdit *m_directory;
    QLineEdit *m_group;
    QPushButton *m_accept;
    InlineMessage *m_message;
    LatestWins m_reading;
};

} // namespace handover::ui
