// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/server/servercard.h"

#include "models/core/versionorder.h"
#include "models/deploy/serverstate.h"
#include "models/settings/usersettings.h"
#include "ui/server/serverquestion.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/progressstrip.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

void clear(QLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

Tone toneOf(node::ReleaseStatus status)
{
    switch (status) {
    case node::ReleaseStatus::Permanent: return Tone::Good;
    case node::ReleaseStatus::Current: return Tone::Warning; // a reboot takes it away
    case node::ReleaseStatus::Old:
    case node::ReleaseStatus::Unpacked: return Tone::Neutral;
    }
    Q_UNREACHABLE_RETURN(Tone::Neutral);
}

} // namespace

ServerCard::ServerCard(deploy::ServerState *server, QWidget *parent)
    : QWidget(parent)
    , m_server(server)
    , m_dot(new MarkLabel(Mark::Todo))
    , m_name(new ElidedLabel(server->name()))
    , m_chip(new Chip)
    , m_menu(new IconButton(u"menu", tr("More for %1").arg(server->name())))
    , m_address(new ElidedLabel)
    , m_environment(new Chip)
    , m_facts(new QGridLayout)
    , m_releases(new QGridLayout)
    , m_details(new QWidget)
    , m_progress(new ProgressStrip)
    , m_message(new InlineMessage)
    , m_disagreement(new InlineMessage)
    , m_question(new ServerQuestion(server))
    , m_look(new QPushButton(tr("Look Again")))
    , m_rollBack(new QPushButton(tr("Roll Back…")))
    , m_log(new QPushButton(tr("Log")))
    , m_column(nullptr)
{
    m_name->setFont(bold(font()));
    m_address->setRole(Role::SecondaryText);
    m_address->setFont(smallFont());
    m_address->setElideMode(Qt::ElideMiddle);
    m_disagreement->setClosable(false);

    auto *title = new QHBoxLayout;
    title->setSpacing(8);
    title->addWidget(m_dot);
    title->addWidget(m_name, 1);
    title->addWidget(m_chip);
    title->addWidget(m_menu);
    auto *place = new QHBoxLayout;
    place->setSpacing(8);
    place->addWidget(m_address, 1);
    place->addWidget(m_environment);

    m_facts->setHorizontalSpacing(16);
    m_facts->setVerticalSpacing(4);
    m_facts->setColumnStretch(1, 1);
    m_releases->setHorizontalSpacing(12);
    m_releases->setVerticalSpacing(6);
    m_releases->setColumnStretch(0, 1);
    auto *details = new QVBoxLayout(m_details);
    details->setContentsMargins({});
    details->setSpacing(10);
    details->addLayout(m_facts);
    details->addWidget(new Hairline);
    details->addLayout(m_releases);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_look);
    buttons->addWidget(m_log);
    buttons->addWidget(m_rollBack);
    buttons->addStretch(1);

    auto *card = new Card;
    m_column = new QVBoxLayout(card);
    auto *column = m_column;
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(10);
    column->addLayout(title);
    column->addLayout(place);
    column->addWidget(m_details);
    column->addWidget(m_disagreement);
    column->addWidget(m_message);
    column->addWidget(m_question);
    column->addWidget(m_progress);
    column->addLayout(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(card);

    connect(m_look, &QPushButton::clicked, server, [server] { server->refresh(); });
    connect(m_log, &QPushButton::clicked, this, [this] { emit logRequested(m_server); });
    connect(m_message, &InlineMessage::closed, this, &ServerCard::endQuestion);
    connect(m_rollBack, &QPushButton::clicked, this, &ServerCard::askRollBack);
    connect(m_menu, &QAbstractButton::clicked, this,
            [this] { emit menuRequested(m_menu->mapToGlobal(QPoint(0, m_menu->height()))); });
    connect(server, &deploy::ServerState::changed, this, &ServerCard::update);
    update();
}

void ServerCard::setEnvironment(const QString &environment)
{
    m_environment->set(environment, settings::isProduction(environment) ? Tone::Bad : Tone::Neutral);
    m_environment->setVisible(!environment.isEmpty());
}

void ServerCard::addBelow(QWidget *widget) { m_column->addWidget(widget); }

void ServerCard::update()
{
    m_name->setText(m_server->name());
    m_address->setText(m_server->address().text());
    showState();
    showReleases();
    showMessages();
    const bool busy = m_server->isBusy();
    m_look->setEnabled(!busy);
    m_log->setEnabled(m_server->job());
    const bool canRollBack = m_server->isUpToDate() && m_server->installation()->nodeUp && !rollBackVersion().isEmpty();
    m_rollBack->setEnabled(canRollBack);
    m_rollBack->setToolTip(canRollBack ? tr("Switch the node back to %1").arg(rollBackVersion())
                           : busy      ? tr("Wait until %1 is done").arg(m_server->job()->title())
                                       : tr("There is no other release to go back to"));
    // A short look needs no bar; it would only flicker.
    m_progress->setJob(busy && m_server->job()->title().startsWith(u"Look") ? nullptr : busy ? m_server->job() : nullptr);
}

void ServerCard::showState()
{
    const auto &installed = m_server->installation();
    if (m_server->error() || !installed)
        m_dot->set(m_server->error() ? Mark::Failed : Mark::Todo);
    else
        m_dot->set(installed->nodeUp ? Mark::Dot : Mark::Attention);
    const bool asks = !m_server->isBusy() && m_server->question() != deploy::ServerState::Question::None;
    if (asks)
        m_dot->set(Mark::Attention);
    if (m_server->isBusy() && !installed)
        m_chip->set(tr("connecting…"), Tone::Neutral);
    else if (asks)
        m_chip->set(tr("waits for you"), Tone::Warning);
    else if (!installed)
        m_chip->set(m_server->error() ? tr("not reached") : tr("not looked at"), m_server->error() ? Tone::Bad : Tone::Neutral);
    else
        m_chip->set(installed->nodeUp ? tr("up %1").arg(node::durationWords(installed->facts.uptimeSeconds)) : tr("node down"),
                    installed->nodeUp ? Tone::Good : Tone::Warning);

    m_details->setVisible(installed.has_value());
    clear(m_facts);
    if (!installed)
        return;
    const auto fact = [this](const QString &name, const QString &value) {
        const int row = m_facts->rowCount();
        m_facts->addWidget(new RoleLabel(name), row, 0);
        m_facts->addWidget(new ElidedLabel(value), row, 1);
    };
    fact(tr("Running"), installed->nodeUp ? installed->name + u' ' + installed->runningVersion : tr("nothing, the node is down"));
    if (installed->nodeUp) {
        fact(tr("OTP, ERTS"), installed->otp + u", "_s + installed->erts);
        fact(tr("Processes"), tr("%L1 · %2").arg(installed->facts.processes)
                                  .arg(QLocale().formattedDataSize(installed->facts.memoryBytes, 0, QLocale::DataSizeSIFormat)));
    }
    fact(tr("After a reboot"), installed->bootVersion);
}

void ServerCard::showReleases()
{
    clear(m_releases);
    if (!m_server->installation())
        return;
    auto *head = new RoleLabel(tr("Release"));
    head->setFont(smallFont());
    auto *status = new RoleLabel(tr("Status"));
    status->setFont(smallFont());
    m_releases->addWidget(head, 0, 0);
    m_releases->addWidget(status, 0, 1, Qt::AlignLeft);
    int row = 1;
    for (const node::InstalledRelease &release : m_server->installation()->releases) {
        auto *version = new ElidedLabel(release.version);
        if (release.version == m_server->installation()->runningVersion)
            version->setFont(bold(font()));
        m_releases->addWidget(version, row, 0);
        m_releases->addWidget(new Chip(node::statusWords(release.status), toneOf(release.status)), row, 1, Qt::AlignLeft);
        ++row;
    }
}

void ServerCard::showMessages()
{
    m_question->update();
    if (!m_backTo.isEmpty() && !m_server->isBusy())
        confirmRollBack(std::exchange(m_backTo, {}));
    const auto &installed = m_server->installation();
    if (installed && !installed->disagreements.isEmpty() && !m_server->isBusy())
        m_disagreement->showMessage(Tone::Warning, installed->disagreements.join(u'\n'));
    else
        m_disagreement->dismiss();
    if (m_asking)
        return;
    if (m_server->isBusy() || !m_server->error() || m_question->saysTheError()) {
        m_message->dismiss();
    } else {
        m_message->showError(*m_server->error());
    }
}

QString ServerCard::rollBackVersion() const
{
    const auto &installed = m_server->installation();
    if (!installed)
        return {};
    // What ran before: the one a reboot would bring if that isn't what runs, else the newest older one.
    if (!installed->bootVersion.isEmpty() && installed->bootVersion != installed->runningVersion)
        return installed->bootVersion;
    for (const node::InstalledRelease &release : installed->releases) {
        if (release.status == node::ReleaseStatus::Old && compareVersions(release.version, installed->runningVersion) < 0)
            return release.version;
    }
    return {};
}

void ServerCard::askRollBack()
{
    const QString version = rollBackVersion();
    if (version.isEmpty() || m_server->isBusy())
        return;
    m_asking = true;
    m_backTo = version;
    m_message->showMessage(Tone::Neutral, tr("Looking whether %1 would go back to %2. Nothing is changed by that.")
                                              .arg(m_server->name(), version));
    m_server->examineSwitch(version);
}

// The answers hold for what was seen; the deployment looks whether it still is so.
void ServerCard::confirmRollBack(const QString &version)
{
    const auto &found = m_server->switchPreflight();
    if (!found || found->version != version) {
        endQuestion();
        return;
    }
    const deploy::Plan plan{.goal = deploy::Goal::Permanent, .shown = found->basis};
    const QString running = found->installed.runningVersion;
    const auto act = [this, version](const deploy::Plan &chosen) {
        endQuestion();
        m_server->switchTo(version, chosen);
    };
    if (const Check *obstacle = found->obstacle()) {
        const bool mayRestart = !found->obstacle(true);
        m_message->showMessage(Tone::Bad, tr("%1 can't go back to %2 while it runs. %3").arg(m_server->name(), version, obstacle->words),
                               checkLines(found->checks).join(u'\n'));
        if (mayRestart) {
            deploy::Plan restart = plan;
            restart.reboot = true;
            m_message->addAction(tr("Stop and Start"), this, [act, restart] { act(restart); });
        }
        m_message->addAction(tr("Look Again"), this, [this] { askRollBack(); });
    } else {
        QStringList words{tr("Switch %1 from %2 back to %3? It was looked at: %3 is installed while the node runs, and becomes "
                             "permanent.").arg(m_server->name(), running, version)};
        for (const Check &check : found->checks) {
            if (check.outcome == Check::Outcome::Warning)
                words += check.title + u": "_s + check.words;
        }
        m_message->showMessage(Tone::Warning, words.join(u'\n'), checkLines(found->checks).join(u'\n'));
        m_message->addAction(tr("Roll Back"), this, [act, plan] { act(plan); });
    }
    m_message->addAction(tr("Keep"), this, [this] { endQuestion(); });
}

void ServerCard::endQuestion()
{
    m_asking = false;
    m_backTo.clear();
    m_message->dismiss();
    showMessages();
}

} // namespace handover::ui
