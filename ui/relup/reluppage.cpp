// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/relup/reluppage.h"

#include "models/workspace/workspace.h"
#include "ui/editor/codeeditor.h"
#include "ui/relup/reluppane.h"
#include "ui/relup/relupview.h"
#include "ui/relup/verdict.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

using appup::Direction;

RelupPage::RelupPage(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_up(new RelupPane(workspace->way(), Direction::Up))
    , m_down(new RelupPane(workspace->way(), Direction::Down))
    , m_origin(new ElidedLabel)
    , m_showRule(new LinkButton(tr("Show Rule")))
    , m_verdict(new Chip)
    , m_raw(new CodeEditor)
    , m_message(new InlineMessage)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    // Up and down beside each other: what one does the other undoes.
    auto *panes = new QWidget;
    auto *columns = new QHBoxLayout(panes);
    columns->setContentsMargins({});
    columns->setSpacing(0);
    columns->addWidget(m_up, 1);
    columns->addWidget(new Hairline(Qt::Vertical));
    columns->addWidget(m_down, 1);
    auto *top = new QWidget;
    auto *topColumn = new QVBoxLayout(top);
    topColumn->setContentsMargins({});
    topColumn->setSpacing(0);
    topColumn->addWidget(panes, 1);
    topColumn->addWidget(new Hairline);
    topColumn->addWidget(makeOrigin());

    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(top);
    splitter->addWidget(makeRaw());
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
    connect(workspace->way(), &workspace::InstructionWay::scriptsChanged, this, &RelupPage::update);
    connect(workspace->way(), &workspace::InstructionWay::changed, this, &RelupPage::showOrigin);
    connect(workspace->relup(), &workspace::LiveRelup::printed, this, &RelupPage::showPrinted);
    update();
}

QWidget *RelupPage::makeOrigin()
{
    auto *foot = new QWidget;
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(12, 6, 12, 6);
    row->addWidget(m_origin, 1);
    row->addWidget(m_showRule);
    m_origin->setFont(smallFont());
    m_origin->setRole(Role::SecondaryText);
    m_showRule->setToolTip(tr("Show the instruction in the rules that this comes from (Enter)"));
    connect(m_showRule, &LinkButton::clicked, this, [this] {
        const auto &origin = m_workspace->way()->origin();
        const auto direction = origin ? origin->direction : Direction::Up;
        if (const QList<int> rows = m_workspace->way()->script(direction)->relatedRows(); !rows.isEmpty())
            m_workspace->way()->activate(direction, rows.first());
    });
    return foot;
}

QWidget *RelupPage::makeRaw()
{
    m_raw->setReadOnly(true);
    m_raw->setAccessibleName(tr("The relup as OTP reads it"));
    m_rawTitle = new SectionHeader(tr("Relup file"), m_verdict);
    m_rawTitle->setContentsMargins(12, 8, 12, 8);
    auto *raw = new QWidget;
    auto *column = new QVBoxLayout(raw);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_rawTitle);
    column->addWidget(new Hairline);
    column->addWidget(m_raw, 1);
    return raw;
}

void RelupPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_workspace->relup()->setPrinting(true);
    update();
}

void RelupPage::hideEvent(QHideEvent *event)
{
    m_workspace->relup()->setPrinting(false);
    QWidget::hideEvent(event);
}

void RelupPage::update()
{
    if (!isVisible())
        return; // showEvent() makes up for it
    if (const auto error = m_workspace->relup()->error())
        m_message->showError(*error);
    else
        m_message->dismiss();
    // While a rule is being written there often is no relup for a moment: what was there stays, and
    // says that it is old.
    if (!m_workspace->way()->hasScripts())
        return showEmpty();
    m_stack->setCurrentIndex(1);
    showTitles();
    showOrigin();
    showVerdict(m_verdict, *m_workspace->relup());
}

void RelupPage::showEmpty()
{
    m_stack->setCurrentIndex(0);
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

void RelupPage::showTitles()
{
    const workspace::LiveRelup *live = m_workspace->relup();
    m_rawTitle->setTitle(live->isEdited() ? tr("Relup file, with the rules of %1 as in the editor")
                                                .arg(m_workspace->rules()->source().app)
                                          : tr("Relup file"));
    if (const auto &pair = live->pair()) {
        m_up->setTitle(tr("Up: %1 → %2").arg(pair->from.version, pair->to.version));
        m_down->setTitle(tr("Down: %1 → %2").arg(pair->to.version, pair->from.version));
    }
}

void RelupPage::showPrinted()
{
    const auto &printed = m_workspace->relup()->printedRelup();
    if (printed && m_raw->text() != printed->text)
        m_raw->setText(printed->text);
    showOrigin();
}

void RelupPage::showOrigin()
{
    const workspace::InstructionWay *way = m_workspace->way();
    const auto &origin = way->origin();
    m_origin->setText(origin ? tr("From %1").arg(way->words())
                             : tr("Select an instruction to see the rule that it comes from."));
    m_showRule->setVisible(origin && origin->rule > 0);
    const auto &printed = m_workspace->relup()->printedRelup();
    const QList<relup::Script> scripts = !origin || !printed                    ? QList<relup::Script>()
                                         : origin->direction == Direction::Up ? printed->up
                                                                              : printed->down;
    m_raw->setHighlight({});
    if (scripts.isEmpty() || !isVisible())
        return;
    const relup::RelupModel *model = way->script(origin->direction);
    const int row = way->selected() && way->selected()->direction == origin->direction
                        ? way->selected()->row
                        : model->relatedRows().value(0, -1);
    for (qsizetype i = 0; i < scripts.first().instructions.size(); ++i) {
        if (model->rowOf(i) != row)
            continue;
        const TextRange range = scripts.first().instructions[i].term.range();
        m_raw->revealOffset(range.begin);
        m_raw->setHighlight(range);
    }
}

} // namespace handover::ui
