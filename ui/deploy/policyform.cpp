// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deploy/policyform.h"

#include "ui/widgets/buttons.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

using settings::HealthProbe;
using Probe = HealthProbe::Kind;

constexpr int UsualSeconds = 30;

QString kindWords(Probe kind)
{
    switch (kind) {
    case Probe::Command: return PolicyForm::tr("Command there");
    case Probe::Tcp: return PolicyForm::tr("TCP");
    case Probe::Http: return PolicyForm::tr("HTTP");
    case Probe::Expression: return PolicyForm::tr("Erlang");
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString example(Probe kind)
{
    switch (kind) {
    case Probe::Command: return PolicyForm::tr("curl -fsS http://localhost:8080/health");
    case Probe::Tcp: return PolicyForm::tr("edge-1.example.net:8080");
    case Probe::Http: return PolicyForm::tr("https://edge-1.example.net/health");
    case Probe::Expression: return PolicyForm::tr("is_pid(whereis(my_server))");
    }
    Q_UNREACHABLE_RETURN(QString());
}

} // namespace

PolicyForm::PolicyForm(QWidget *parent)
    : QWidget(parent)
    , m_watch(new QCheckBox(tr("Watch it before it is made permanent, for")))
    , m_seconds(new QSpinBox)
    , m_goBack(new QCheckBox(tr("Go back by itself when it is not healthy")))
    , m_history(new QCheckBox(tr("Write the history to the server as well")))
    , m_probes(new QVBoxLayout)
    , m_kind(new QComboBox)
    , m_target(new QLineEdit)
    , m_message(new InlineMessage)
{
    m_seconds->setRange(1, 24 * 3600);
    m_seconds->setSuffix(tr(" s"));
    m_seconds->setAccessibleName(tr("Seconds to watch"));
    for (const Probe kind : {Probe::Command, Probe::Tcp, Probe::Http, Probe::Expression})
        m_kind->addItem(kindWords(kind), int(kind));
    m_kind->setAccessibleName(tr("Kind of sign"));
    m_target->setAccessibleName(tr("Sign of health"));
    m_probes->setSpacing(4);
    m_history->setToolTip(tr("A line for each deed in releases/handover-history.jsonl"));

    auto *watch = new QHBoxLayout;
    watch->addWidget(m_watch);
    watch->addWidget(m_seconds);
    watch->addStretch(1);
    auto *add = new QPushButton(tr("Add"));
    add->setAccessibleName(tr("Add the sign of health"));
    auto *fresh = new QHBoxLayout;
    fresh->addWidget(m_kind);
    fresh->addWidget(m_target, 1);
    fresh->addWidget(add);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(8);
    column->addLayout(watch);
    column->addLayout(m_probes);
    column->addLayout(fresh);
    column->addWidget(m_goBack);
    column->addWidget(m_history);
    column->addWidget(m_message);

    connect(m_watch, &QCheckBox::toggled, this, &PolicyForm::keep);
    connect(m_seconds, &QSpinBox::valueChanged, this, &PolicyForm::keep);
    connect(m_goBack, &QCheckBox::toggled, this, &PolicyForm::keep);
    connect(m_history, &QCheckBox::toggled, this, &PolicyForm::keep);
    connect(add, &QPushButton::clicked, this, &PolicyForm::addProbe);
    connect(m_target, &QLineEdit::returnPressed, this, &PolicyForm::addProbe);
    const auto showExample = [this] { m_target->setPlaceholderText(example(Probe(m_kind->currentData().toInt()))); };
    connect(m_kind, &QComboBox::currentIndexChanged, this, showExample);
    showExample();
}

void PolicyForm::setServer(const QString &server)
{
    if (server == m_server)
        return;
    m_server = server;
    m_policy = settings::upgradePolicy(server);
    m_showing = true;
    m_watch->setChecked(m_policy.watchSeconds > 0);
    m_seconds->setValue(m_policy.watchSeconds > 0 ? m_policy.watchSeconds : UsualSeconds);
    m_goBack->setChecked(m_policy.goBack);
    m_history->setChecked(m_policy.historyThere);
    m_showing = false;
    m_message->dismiss();
    showProbes();
    keep();
}

void PolicyForm::addProbe()
{
    const QString target = m_target->text().trimmed();
    if (target.isEmpty())
        return;
    m_policy.probes += {Probe(m_kind->currentData().toInt()), target};
    m_target->clear();
    m_watch->setChecked(true);
    showProbes();
    keep();
}

void PolicyForm::showProbes()
{
    while (QLayoutItem *item = m_probes->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (qsizetype i = 0; i < m_policy.probes.size(); ++i) {
        const HealthProbe probe = m_policy.probes.at(i);
        auto *row = new QWidget;
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(24, 0, 0, 0);
        auto *target = new ElidedLabel(probe.target);
        target->setFont(codeFont());
        auto *remove = new IconButton(u"close", tr("Remove %1").arg(probe.target));
        line->addWidget(new Chip(kindWords(probe.kind), Tone::Neutral));
        line->addWidget(target, 1);
        line->addWidget(remove);
        m_probes->addWidget(row);
        connect(remove, &QAbstractButton::clicked, this, [this, i] {
            m_policy.probes.removeAt(i);
            showProbes();
            keep();
        });
    }
}

void PolicyForm::keep()
{
    const bool watches = m_watch->isChecked();
    m_seconds->setEnabled(watches);
    m_goBack->setEnabled(watches);
    if (m_showing || m_server.isEmpty())
        return;
    m_policy.watchSeconds = watches ? m_seconds->value() : 0;
    m_policy.goBack = m_goBack->isChecked();
    m_policy.historyThere = m_history->isChecked();
    if (m_policy == settings::upgradePolicy(m_server))
        return;
    if (const auto saved = settings::saveUpgradePolicy(m_server, m_policy); !saved)
        m_message->showError(saved.error());
    emit changed();
}

} // namespace handover::ui
