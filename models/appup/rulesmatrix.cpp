// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/rulesmatrix.h"

#include "models/appup/appupcode.h"
#include "models/appup/matcher.h"

#include <QHash>

namespace handover::appup {

namespace {

using State = MatrixCell::State;

/// Answers for one vsn after another, remembering them.
class Column
{
public:
    explicit Column(const MatrixApp &app)
        : m_app(app)
    {
        if (!app.appup)
            return;
        if (auto parsed = Appup::parse(*app.appup, app.vsn)) {
            m_appup = *std::move(parsed);
            m_up.emplace(m_appup->up);
            m_down.emplace(m_appup->down);
        } else {
            m_isCode = isErlangCode(*app.appup);
        }
    }

    [[nodiscard]] MatrixCell cell(const QString &vsn)
    {
        if (const auto known = m_known.constFind(vsn); known != m_known.cend())
            return *known;
        return *m_known.insert(vsn, compute(vsn));
    }

private:
    [[nodiscard]] MatrixCell compute(const QString &vsn) const
    {
        MatrixCell cell;
        cell.state = vsn.isEmpty()         ? State::Absent
                     : vsn == m_app.vsn    ? State::Same
                     : !m_app.appup        ? State::NoAppup
                     : m_isCode            ? State::Code
                     : !m_appup            ? State::Broken
                                           : State::Rules;
        if (cell.state != State::Rules)
            return cell;
        cell.upRule = m_up->match(vsn);
        cell.downRule = m_down->match(vsn);
        cell.upCost = costOf(m_appup->up, cell.upRule);
        cell.downCost = costOf(m_appup->down, cell.downRule);
        return cell;
    }

    static quint8 costOf(const QList<Rule> &rules, int number)
    {
        return number > 0 ? static_cast<quint8>(rules[number - 1].cost) : 0;
    }

    const MatrixApp &m_app;
    std::optional<Appup> m_appup;
    bool m_isCode = false;
    std::optional<Matcher> m_up;
    std::optional<Matcher> m_down;
    QHash<QString, MatrixCell> m_known;
};

} // namespace

std::optional<Cost> MatrixCell::cost(Direction direction) const
{
    if (rule(direction) == 0)
        return std::nullopt;
    return static_cast<Cost>(direction == Direction::Up ? upCost : downCost);
}

bool MatrixCell::isBlocked(Direction direction) const
{
    return state == State::NoAppup || state == State::Broken || (state == State::Rules && rule(direction) == 0);
}

QList<MatrixCell> matrixColumn(const MatrixApp &app, const std::function<bool()> &go)
{
    Column column(app);
    QList<MatrixCell> cells;
    cells.reserve(app.vsns.size());
    for (const QString &vsn : app.vsns) {
        if (go && !go())
            break;
        cells.append(column.cell(vsn));
    }
    return cells;
}

} // namespace handover::appup
