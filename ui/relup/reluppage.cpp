// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/relup/reluppage.h"

#include "models/workspace/workspace.h"
#include "ui/editor/codeeditor.h"
#include "ui/relup/relupflow.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"

#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

RelupPage::RelupPage(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_upChip(new Chip)
    , m_downChip(new Chip)
    , m_up(new RelupFlow)
    , m_down(new RelupFlow)
    , m_raw(new CodeEditor)
    , m_message(new InlineMessage)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    m_upTitle = new SectionHeader(tr("Up"), m_upChip);
    m_downTitle = new SectionHeader(tr("Down"), m_downChip);
    m_raw->setReadOnly(true);
    m_raw->setAccessibleName(tr("The relup as OTP reads it"));

    // Up and down beside each other: what one does the other undoes.
    auto *flows = new QWidget;
    auto *columns = new QHBoxLayout(flows);
    columns->setContentsMargins({});
    columns->setSpacing(0);
    const auto addColumn = [columns](SectionHeader *title, RelupFlow *flow) {
        auto *column = new QVBoxLayout;
        column->setContentsMargins({});
        column->setSpacing(0);
        title->setContentsMargins(12, 8, 12, 8);
        column->addWidget(title);
        column->addWidget(new Hairline);
        column->addWidget(flow);
        column->addStretch(1);
        columns->addLayout(column, 1);
    };
    addColumn(m_upTitle, m_up);
    columns->addWidget(new Hairline(Qt::Vertical));
    addColumn(m_downTitle, m_down);
    auto *scroll = new QScrollArea;
    scroll->setWidget(flows);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto *raw = new QWidget;
    auto *rawColumn = new QVBoxLayout(raw);
    rawColumn->setContentsMargins({});
    rawColumn->setSpacing(0);
    auto *rawTitle = new SectionHeader(tr("Relup file"));
    rawTitle->setContentsMargins(12, 8, 12, 8);
    rawColumn->addWidget(rawTitle);
    rawColumn->addWidget(new Hairline);
    rawColumn->addWidget(m_raw, 1);

    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(scroll);
    splitter->addWidget(raw);
    splitter->setStretchFactor(0, 5);
    splitter->setStretchFactor(1, 2);
    splitter->setHandleWidth(1);
    splitter->setSizes({520, 240});
    splitter->setChildrenCollapsible(false);

    m_stack->addWidget(m_empty);
    m_stack->addWidget(splitter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto *messageRow = new QVBoxLayout;
    messageRow->setContentsMargins(16, 8, 16, 0);
    messageRow->addWidget(m_message);
    layout->addLayout(messageRow);
    layout->addWidget(m_stack, 1);

    connect(m_empty, &EmptyState::actionTriggered, workspace, &workspace::Workspace::makeRelup);
    connect(workspace, &workspace::Workspace::progressed, this, &RelupPage::update);
    connect(workspace, &workspace::Workspace::pairChanged, this, &RelupPage::update);
    update();
}

void RelupPage::update()
{
    const auto &prepared = m_workspace->prepared();
    const auto &error = m_workspace->buildError();
    if (error && error->code.startsWith(u"relup.") && !m_workspace->isBusy())
        m_message->showError(*error);
    else
        m_message->dismiss();

    if (!prepared) {
        const QString to = m_workspace->to() ? m_workspace->to()->tag.text() : QString();
        if (!m_workspace->from())
            m_empty->set(u"relup", tr("No Version to Come From"),
                         tr("A relup leads from one version to another. Choose the one that runs now under From."));
        else
            m_empty->set(u"relup", tr("No Relup Yet"),
                         tr("It tells the node how to get from %1 to %2 and back. Making it builds both versions first "
                            "if need be.").arg(m_workspace->from()->tag.text(), to),
                         m_workspace->isBusy() ? QString() : tr("Make Relup"));
        m_stack->setCurrentIndex(0);
        m_shown.clear();
        return;
    }
    m_stack->setCurrentIndex(1);
    if (m_shown == prepared->relup.text)
        return;
    m_shown = prepared->relup.text;
    m_raw->setText(m_shown);

    const auto show = [&](const QList<relup::Script> &scripts, RelupFlow *flow, SectionHeader *title, Chip *chip,
                          const QString &words) {
        title->setTitle(words);
        if (scripts.isEmpty()) {
            flow->setScript({});
            chip->set(tr("no way"), Tone::Bad);
            return;
        }
        flow->setScript(scripts.first());
        if (scripts.first().restartsEmulator)
            chip->set(tr("restarts the VM"), Tone::Warning);
        else
            chip->set(tr("%n instruction(s)", nullptr, static_cast<int>(scripts.first().instructions.size())), Tone::Neutral);
    };
    const QString newer = prepared->release.version;
    show(prepared->relup.up, m_up, m_upTitle, m_upChip, tr("Up: %1 → %2").arg(prepared->from, newer));
    show(prepared->relup.down, m_down, m_downTitle, m_downChip, tr("Down: %1 → %2").arg(newer, prepared->from));
}

} // namespace handover::ui
