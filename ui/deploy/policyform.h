// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/settings/upgradepolicy.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;
class QVBoxLayout;

namespace handover::ui {

class InlineMessage;

/// How an installed release is confirmed on one server: for how long it is watched, by which signs, and what happens
/// when it isn't healthy. Every change is kept at once.
class PolicyForm final : public QWidget
{
    Q_OBJECT

public:
    explicit PolicyForm(QWidget *parent = nullptr);

    void setServer(const QString &server);
    [[nodiscard]] const settings::UpgradePolicy &policy() const { return m_policy; }

signals:
    void changed();

private:
    void addProbe();
    void showProbes();
    void keep();

    QString m_server;
    settings::UpgradePolicy m_policy;
    QCheckBox *m_watch;
    QSpinBox *m_seconds;
    QCheckBox *m_goBack;
    QCheckBox *m_history;
    QVBoxLayout *m_probes;
    QComboBox *m_kind;
    QLineEdit *m_target;
    InlineMessage *m_message;
    bool m_showing = false;
};

} // namespace handover::ui
