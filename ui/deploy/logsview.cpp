// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deploy/logsview.h"

#include "models/jobs/process.h"
#include "models/workspace/workspace.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/logview.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace handover::ui {

LogsView::LogsView(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_sources(new QComboBox)
    , m_words(new RoleLabel)
    , m_console(new QPushButton(tr("Open Console")))
    , m_copy(new QPushButton(tr("Copy Command")))
    , m_log(new LogView)
    , m_message(new InlineMessage)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    m_sources->setAccessibleName(tr("Log to follow"));
    m_sources->setMinimumContentsLength(24);
    m_console->setToolTip(tr("Opens the node's remote console in your terminal"));
    m_copy->setToolTip(tr("Copies the command that opens the node's remote console"));
    m_log->setAccessibleName(tr("Log of the server"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(24, 10, 24, 10);
    bar->setSpacing(8);
    bar->addWidget(m_sources);
    bar->addWidget(m_words, 1);
    bar->addWidget(m_console);
    bar->addWidget(m_copy);
    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_message);
    column->addWidget(new Hairline);
    column->addWidget(m_log, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(inside);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);

    connect(m_sources, &QComboBox::activated, this, &LogsView::follow);
    connect(m_console, &QPushButton::clicked, this, &LogsView::openConsole);
    connect(m_copy, &QPushButton::clicked, this, &LogsView::copyConsole);
    connect(workspace, &workspace::Workspace::progressed, this, &LogsView::update);
}

void LogsView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    update();
    if (m_inspection && !m_inspection->logs().isEmpty() && !m_inspection->isFollowing())
        follow(m_sources->currentIndex());
}

// Nobody reads it: the server needn't send it.
void LogsView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (m_inspection)
        m_inspection->stopFollowing();
}

void LogsView::followServer()
{
    deploy::ServerState *const current = m_workspace->target();
    if (current == m_server && (m_inspection != nullptr) == (current != nullptr))
        return;
    m_server = current;
    m_asked = false;
    m_sources->clear();
    m_log->setLog(nullptr);
    m_inspection.reset();
    if (!current)
        return;
    m_inspection = std::make_unique<deploy::Inspection>(current, m_workspace->jobs());
    m_log->setLog(m_inspection->log());
    connect(m_inspection.get(), &deploy::Inspection::changed, this, &LogsView::update);
}

void LogsView::update()
{
    if (!isVisible())
        return;
    followServer();
    const bool known = m_server && m_server->installation();
    if (!known)
        m_empty->set(u"log", tr("No Logs Yet"), m_server ? tr("When %1 was looked at, its logs are followed here.").arg(m_server->name())
                                                         : tr("Add a server at the right; then its logs are followed here."));
    m_stack->setCurrentIndex(known ? 1 : 0);
    if (!known)
        return;
    if (!m_asked && !m_server->isBusy())
        m_asked = m_inspection->findLogs() != nullptr;
    if (m_sources->count() == 0 && !m_inspection->logs().isEmpty()) {
        for (const node::LogSource &source : m_inspection->logs())
            m_sources->addItem(source.words());
        follow(0);
    }
    m_sources->setEnabled(m_sources->count() > 0);
    m_words->setText(m_inspection->isFollowing() ? tr("followed live") : tr("not followed"));
    if (m_inspection->error())
        m_message->showError(*m_inspection->error());
    else
        m_message->dismiss();
}

void LogsView::follow(int index)
{
    if (m_inspection && index >= 0 && index < m_inspection->logs().size())
        m_inspection->follow(m_inspection->logs().at(index));
}

void LogsView::openConsole()
{
    if (!m_inspection)
        return;
    const auto command = m_inspection->consoleCommand();
    const auto window = command ? node::inTerminal(*command) : command;
    const auto started = window ? startDetached(*window) : Result<>(std::unexpected(window.error()));
    if (!started)
        m_message->showError(started.error());
}

void LogsView::copyConsole()
{
    if (!m_inspection)
        return;
    const auto command = m_inspection->consoleCommand();
    const auto text = command ? node::shellText(*command) : std::unexpected(command.error());
    if (!text) {
        m_message->showError(text.error());
        return;
    }
    QGuiApplication::clipboard()->setText(*text);
    m_message->showMessage(Tone::Neutral, tr("Copied: %1").arg(*text));
}

} // namespace handover::ui
