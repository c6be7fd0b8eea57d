// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/relupmodel.h"

#include "models/erlang/termdata.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::relup {

bool ScriptRow::looksLike(const ScriptRow &other) const
{
    return kind == other.kind && phase == other.phase && beginsPhase == other.beginsPhase &&
           suspended == other.suspended && words == other.words &&
           (&term.data() == &other.term.data() || term == other.term);
}

namespace {

QList<ScriptRow> rowsOf(const Script &script, const Trace &trace)
{
    QList<ScriptRow> rows;
    rows.reserve(script.instructions.size() + 1);
    int waiting = 0;
    const auto appendPoint = [&rows] {
        rows.append({ScriptRow::Kind::PointOfNoReturn, Phase::Prepare, false, false, RelupModel::tr("point of no return"),
                     erlang::Term::atom("point_of_no_return"), {}});
    };
    for (qsizetype i = 0; i < script.instructions.size(); ++i) {
        if (i == script.pointOfNoReturn)
            appendPoint();
        const Instruction &instruction = script.instructions[i];
        const bool begins = rows.isEmpty() || rows.last().kind != ScriptRow::Kind::Instruction ||
                            rows.last().phase != instruction.phase;
        waiting -= instruction.phase == Phase::Resume ? 1 : 0;
        rows.append({ScriptRow::Kind::Instruction, instruction.phase, begins, waiting > 0, instruction.words,
                     instruction.term, trace.of.value(i < script.pointOfNoReturn ? i : i + 1)});
        waiting += instruction.phase == Phase::Suspend ? 1 : 0;
    }
    if (!script.instructions.isEmpty() && script.pointOfNoReturn == script.instructions.size())
        appendPoint();
    return rows;
}

} // namespace

std::shared_ptr<const ShownScript> showScript(Script script, const Trace &trace)
{
    auto shown = std::make_shared<ShownScript>();
    shown->summary = summaryOf(script);
    shown->rows = rowsOf(script, trace);
    shown->origins = trace.origins;
    shown->script = std::move(script);
    return shown;
}

RelupModel::RelupModel(QObject *parent)
    : QAbstractListModel(parent)
    , m_shown(std::make_shared<ShownScript>())
{
}

int RelupModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows().size());
}

QVariant RelupModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ScriptRow &row = rows()[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return row.words;
    case Qt::AccessibleTextRole:
        return row.kind == ScriptRow::Kind::PointOfNoReturn ? row.words : QString(phaseWords(row.phase) + u": "_s + row.words);
    case KindRole:
        return static_cast<int>(row.kind);
    case PhaseRole:
        return static_cast<int>(row.phase);
    case BeginsPhaseRole:
        return row.beginsPhase;
    case RelatedRole:
        return m_isRelated[index.row()];
    case SuspendedRole:
        return row.suspended;
    case TermRole:
    case Qt::ToolTipRole:
        return QString::fromUtf8(row.term.print().left(4000));
    default:
        return {};
    }
}

bool RelupModel::isRelated(const Sources &from) const
{
    if (!m_related || m_related->rule == 0)
        return false;
    return std::ranges::any_of(from, [this](const Origin *origin) {
        return m_related->instruction == Origin::None
                   ? origin->rule == m_related->rule && origin->application == m_related->application &&
                         origin->direction == m_related->direction
                   : *origin == *m_related;
    });
}

// Keeps the rows that both begin and end with.
void RelupModel::setScript(const std::shared_ptr<const ShownScript> &script)
{
    if (script == m_shown)
        return;
    const auto shown = script ? script : std::make_shared<const ShownScript>();
    const QList<ScriptRow> &old = rows();
    const QList<ScriptRow> &now = shown->rows;
    const qsizetype shorter = qMin(old.size(), now.size());
    qsizetype head = 0;
    while (head < shorter && old[head].looksLike(now[head]))
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && old[old.size() - 1 - tail].looksLike(now[now.size() - 1 - tail]))
        ++tail;
    const qsizetype gone = old.size() - head - tail;
    const qsizetype come = now.size() - head - tail;
    const qsizetype changed = head + qMin(gone, come); // behind those that become others
    const int first = static_cast<int>(changed);
    const int last = static_cast<int>(changed + qAbs(gone - come)) - 1;
    // In between, all other rows are as they were.
    const auto former = m_shown; // which `old` is of
    const auto between = [&](QList<ScriptRow> all) {
        auto mixed = std::make_shared<ShownScript>(*former);
        mixed->rows = std::move(all);
        m_shown = std::move(mixed);
    };
    if (gone > come) {
        beginRemoveRows({}, first, last);
        between(old.first(changed) + old.sliced(changed + gone - come));
        m_isRelated.remove(changed, gone - come);
        endRemoveRows();
    } else if (come > gone) {
        beginInsertRows({}, first, last);
        between(old.first(changed) + now.sliced(changed, come - gone) + old.sliced(changed));
        m_isRelated.insert(changed, come - gone, false);
        endInsertRows();
    }
    m_shown = shown;
    if (changed > head)
        emit dataChanged(index(static_cast<int>(head)), index(first - 1));
    relate();
}

void RelupModel::setRelated(const std::optional<Origin> &origin)
{
    m_related = origin;
    relate();
}

void RelupModel::relate()
{
    int first = -1;
    int last = -1;
    for (int row = 0; row < rows().size(); ++row) {
        const bool related = isRelated(rows()[row].from);
        if (related == m_isRelated[row])
            continue;
        m_isRelated[row] = related;
        first = first < 0 ? row : first;
        last = row;
    }
    if (first >= 0)
        emit dataChanged(index(first), index(last), {RelatedRole});
}

QList<int> RelupModel::relatedRows() const
{
    QList<int> related;
    for (int row = 0; row < m_isRelated.size(); ++row) {
        if (m_isRelated[row])
            related.append(row);
    }
    return related;
}

Sources RelupModel::originsOf(int row) const
{
    return row >= 0 && row < rows().size() ? rows()[row].from : Sources();
}

int RelupModel::rowOf(qsizetype instruction) const
{
    return static_cast<int>(instruction < m_shown->script.pointOfNoReturn ? instruction : instruction + 1);
}

} // namespace handover::relup
