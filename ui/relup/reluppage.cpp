// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/relup/reluppage.h"

#include "models/relup/relup.h"
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
    , m_verdict(new Chip)
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
    m_rawTitle = new SectionHeader(tr("Relup file"), m_verdict);
    m_rawTitle->setContentsMargins(12, 8, 12, 8);
    rawColumn->addWidget(m_rawTitle);
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

    connect(m_empty, &EmptyState::actionTriggered, workspace, &workspace::Workspace::build);
    connect(workspace, &workspace::Workspace::progressed, this, &RelupPage::update);
    connect(workspace, &workspace::Workspace::pairChanged, this, &RelupPage::update);
    update();
}

void RelupPage::update()
{
    const workspace::LiveRelup *live = m_workspace->relup();
    const auto error = live->error();
    if (error)
        m_message->showError(*error);
    else
        m_message->dismiss();

    // While a rule is being written there often is no relup for a moment: what was there stays, and
    // says that it is old.
    const auto &outcome = live->outcome();
    if (outcome && outcome->relup)
        showRelup(*outcome->relup);
    else if (!error || m_shown.isEmpty())
        showEmpty();
    else
        m_verdict->set(tr("as before the last change"), Tone::Warning);
    if (outcome && outcome->relup)
        showVerdict();
}

void RelupPage::showEmpty()
{
    m_stack->setCurrentIndex(0);
    m_shown.clear();
    if (!m_workspace->from()) {
        m_empty->set(u"relup", tr("No Version to Come From"),
                     tr("A relup leads from one version to another. Choose the one that runs now under From."));
    } else if (m_workspace->relup()->error()) {
        m_empty->set(u"relup", tr("No Relup"), tr("It is there as soon as the rules lead from %1 to %2 and back.")
                                                   .arg(m_workspace->from()->tag.text(), m_workspace->to()->tag.text()));
    } else if (m_workspace->relup()->pair()) {
        m_empty->set(u"relup", tr("Making the Relup…"), QString());
    } else {
        m_empty->set(u"relup", tr("Not Built Yet"),
                     tr("The relup tells the node how to get from %1 to %2 and back. It is there as soon as both are "
                        "built, and follows the rules while you write them.")
                         .arg(m_workspace->from()->tag.text(), m_workspace->to()->tag.text()),
                     m_workspace->isBusy() ? QString() : tr("Build Both"));
    }
}

void RelupPage::showRelup(const relup::Relup &relup)
{
    m_stack->setCurrentIndex(1);
    m_rawTitle->setTitle(m_workspace->relup()->isEdited()
                             ? tr("Relup file, with the rules of %1 as in the editor").arg(m_workspace->rules()->source().app)
                             : tr("Relup file"));
    if (m_shown == relup.text)
        return;
    m_shown = relup.text;
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
    const QString older = m_workspace->relup()->pair()->from.version;
    show(relup.up, m_up, m_upTitle, m_upChip, tr("Up: %1 → %2").arg(older, relup.version));
    show(relup.down, m_down, m_downTitle, m_downChip, tr("Down: %1 → %2").arg(relup.version, older));
}

void RelupPage::showVerdict()
{
    using relup::Agreement;
    const auto &verification = m_workspace->relup()->verification();
    if (!verification) {
        m_verdict->set(tr("comparing with OTP…"), Tone::Neutral);
        m_verdict->setToolTip(tr("Erlang makes the same relup with systools:make_relup, in the background."));
    } else if (!*verification) {
        m_verdict->set(tr("not compared with OTP"), Tone::Neutral);
        m_verdict->setToolTip(verification->error().words());
    } else {
        const relup::Verification &found = **verification;
        switch (found.agreement) {
        case Agreement::Identical:
            m_verdict->set(tr("identical to OTP %1").arg(found.release), Tone::Good);
            break;
        case Agreement::OpenOrder:
            m_verdict->set(tr("as OTP %1").arg(found.release), Tone::Good);
            break;
        case Agreement::Different:
            m_verdict->set(tr("differs from OTP %1").arg(found.release), Tone::Bad);
            break;
        }
        m_verdict->setToolTip(found.agreement == Agreement::OpenOrder
                                  ? tr("The same instructions. OTP leaves the order of some modules open; here it is "
                                       "the order in which the rules name them.")
                                  : found.words());
    }
}

} // namespace handover::ui
