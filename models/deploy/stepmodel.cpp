// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/stepmodel.h"

using namespace Qt::StringLiterals;

namespace handover::deploy {

StepModel::StepModel(QObject *parent) : QAbstractListModel(parent) {}

int StepModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant StepModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole: return stepTitle(row.step.kind);
    case Qt::ToolTipRole: // would take markup for its own, and these are a server's words
        return row.step.detail.isEmpty() ? QString() : u"<p>%1</p>"_s.arg(row.step.detail.toHtmlEscaped());
    case StateRole: return QVariant::fromValue(row.state);
    case DetailRole: return row.step.detail;
    case RawRole: return row.step.raw;
    case MillisecondsRole: return row.step.milliseconds;
    case KindRole: return static_cast<int>(row.step.kind);
    default: return {};
    }
}

void StepModel::plan(const QList<node::Step::Kind> &kinds)
{
    if (!m_rows.isEmpty()) {
        beginRemoveRows({}, 0, static_cast<int>(m_rows.size()) - 1);
        m_rows.clear();
        endRemoveRows();
    }
    if (kinds.isEmpty())
        return;
    beginInsertRows({}, 0, static_cast<int>(kinds.size()) - 1);
    for (const node::Step::Kind kind : kinds) {
        Row row;
        row.step.kind = kind;
        m_rows += row;
    }
    endInsertRows();
}

void StepModel::change(node::Step::Kind kind, const node::Step *result)
{
    for (int i = 0; i < m_rows.size(); ++i) {
        Row &row = m_rows[i];
        if (row.step.kind != kind)
            continue;
        if (result)
            row.step = *result;
        row.state = !result ? State::Running : result->ok ? State::Done : State::Failed;
        emit dataChanged(index(i), index(i));
        return;
    }
}

void StepModel::begin(node::Step::Kind kind) { change(kind, nullptr); }

void StepModel::end(const node::Step &step) { change(step.kind, &step); }

QString stepTitle(node::Step::Kind kind)
{
    switch (kind) {
    case node::Step::Kind::Upload: return u"Upload"_s;
    case node::Step::Kind::Unpack: return u"Unpack"_s;
    case node::Step::Kind::Check: return u"Check"_s;
    case node::Step::Kind::Install: return u"Install"_s;
    case node::Step::Kind::Watch: return u"Watch"_s;
    case node::Step::Kind::MakePermanent: return u"Make permanent"_s;
    case node::Step::Kind::GoBack: return u"Go back"_s;
    case node::Step::Kind::Remove: return u"Remove"_s;
    case node::Step::Kind::Reboot: return u"Restart"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

} // namespace handover::deploy
