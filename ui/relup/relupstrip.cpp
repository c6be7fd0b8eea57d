// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/relup/relupstrip.h"

#include "models/workspace/workspace.h"
#include "ui/relup/reluppane.h"
#include "ui/relup/verdict.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/labels.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace handover::ui {

using appup::Direction;

RelupStrip::RelupStrip(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_up(new RelupPane(workspace->way(), Direction::Up))
    , m_down(new RelupPane(workspace->way(), Direction::Down))
    , m_stack(new QStackedWidget)
    , m_origin(new ElidedLabel)
    , m_verdict(new Chip)
{
    m_stack->addWidget(m_up);
    m_stack->addWidget(m_down);
    m_origin->setFont(smallFont());
    m_origin->setRole(Role::SecondaryText);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(12, 6, 12, 6);
    foot->addWidget(m_origin, 1);
    foot->addWidget(m_verdict);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_stack, 1);
    column->addWidget(new Hairline);
    column->addLayout(foot);

    connect(workspace->way(), &workspace::InstructionWay::scriptsChanged, this, &RelupStrip::showScripts);
    connect(workspace->way(), &workspace::InstructionWay::changed, this, &RelupStrip::showOrigin);
    showScripts();
}

bool RelupStrip::hasRelup() const { return m_workspace->way()->hasScripts(); }

void RelupStrip::showScripts()
{
    if (const auto &pair = m_workspace->relup()->pair(); pair && hasRelup()) {
        m_up->setTitle(tr("Relup, up: %1 → %2").arg(pair->from.version, pair->to.version));
        m_down->setTitle(tr("Relup, down: %1 → %2").arg(pair->to.version, pair->from.version));
    }
    showVerdict(m_verdict, *m_workspace->relup());
    if (hasRelup() != std::exchange(m_had, hasRelup()))
        emit relupAppeared();
    showOrigin();
}

void RelupStrip::showOrigin()
{
    const workspace::InstructionWay *way = m_workspace->way();
    if (way->origin())
        m_stack->setCurrentWidget(way->origin()->direction == Direction::Up ? m_up : m_down);
    const int rows = way->origin() ? int(way->script(way->origin()->direction)->relatedRows().size()) : 0;
    const QString comes = tr("%n instruction(s) of the relup come from here", nullptr, rows);
    m_origin->setText(!way->origin() ? tr("Put the caret into an instruction to see what becomes of it.")
                      : rows == 0    ? tr("%1: nothing of it is in this relup.").arg(way->words())
                                     : tr("%1: %2").arg(way->words(), comes));
}

} // namespace handover::ui
