// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/instructionway.h"

#include "models/workspace/liverelup.h"
#include "models/workspace/rulesdocument.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

using appup::Direction;
using relup::Origin;

} // namespace

InstructionWay::InstructionWay(const RulesDocument *rules, const LiveRelup *relup, QObject *parent)
    : QObject(parent)
    , m_rules(rules)
    , m_relup(relup)
    , m_up(new relup::RelupModel(this))
    , m_down(new relup::RelupModel(this))
{
    connect(relup, &LiveRelup::changed, this, &InstructionWay::followRelup);
    connect(rules, &RulesDocument::analysed, this, &InstructionWay::followRules);
}

relup::RelupModel *InstructionWay::script(Direction direction) const
{
    return direction == Direction::Up ? m_up : m_down;
}

const relup::Summary &InstructionWay::summary(Direction direction) const { return script(direction)->shown().summary; }

void InstructionWay::followRelup()
{
    const auto &outcome = m_relup->outcome();
    // While a rule is being written there often is none for a moment: what was there stays.
    if (!m_relup->pair() || !outcome || outcome->shown) {
        m_hasScripts = m_relup->pair() && outcome;
        m_up->setScript(m_hasScripts ? outcome->shown->up : nullptr);
        m_down->setScript(m_hasScripts ? outcome->shown->down : nullptr);
    }
    emit scriptsChanged();
}

// The caret may be in another instruction by now, or in the same one that has become another.
void InstructionWay::followRules()
{
    if (m_wanted)
        showWanted();
    else if (m_caret >= 0)
        setOrigin(m_rules->originAt(m_caret));
}

void InstructionWay::setCaret(qsizetype offset)
{
    m_caret = offset;
    m_selected.reset();
    if (m_rules->isAnalysed() && !m_wanted)
        setOrigin(m_rules->originAt(offset));
}

void InstructionWay::setOrigin(const std::optional<Origin> &origin)
{
    if (origin == m_origin)
        return;
    m_origin = origin;
    m_up->setRelated(origin);
    m_down->setRelated(origin);
    emit changed();
}

void InstructionWay::select(Direction direction, int row)
{
    const relup::Sources sources = script(direction)->originsOf(row);
    m_selected = Selected{direction, row};
    // Of several the one that is marked already, so that going from row to row keeps to it.
    for (const Origin *source : sources) {
        if (m_origin && *source == *m_origin) {
            emit changed();
            return;
        }
    }
    m_caret = -1;
    setOrigin(sources.isEmpty() ? std::nullopt : std::optional(*sources.first()));
}

QString InstructionWay::words() const
{
    if (!m_origin)
        return {};
    const QString app = QString::fromUtf8(m_origin->application);
    if (m_origin->rule == 0)
        return app.isEmpty() ? tr("The releases differ by their runtime system, or restart was asked for.")
                             : tr("%1 is in only one of the releases.").arg(app);
    const QString rule = (m_origin->direction == Direction::Up ? tr("%1, upgrade rule %2") : tr("%1, downgrade rule %2"))
                             .arg(app)
                             .arg(m_origin->rule);
    return m_origin->instruction < 0 ? rule : tr("%1, instruction %2").arg(rule).arg(m_origin->instruction + 1);
}

void InstructionWay::activate(Direction direction, int row)
{
    select(direction, row);
    if (!m_origin || m_origin->application.isEmpty())
        return;
    m_wanted = m_origin;
    const QString app = QString::fromUtf8(m_origin->application);
    if (m_rules->source().app != app)
        emit appRequested(app);
    showWanted();
}

void InstructionWay::showWanted()
{
    if (!m_rules->isAnalysed())
        return;
    const std::optional<Origin> wanted = std::exchange(m_wanted, std::nullopt);
    if (const auto range = m_rules->placeOf(*wanted))
        emit placeRequested(*range);
}

} // namespace handover::workspace
