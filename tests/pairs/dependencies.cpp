// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/dependencies.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

namespace {

void chain(QList<Step> &steps, const QList<qsizetype> &order)
{
    for (qsizetype i = 0; i + 1 < order.size(); ++i)
        steps[order[i]].dependencies += steps[order[i + 1]].module;
}

/// One that depends on many, or many that depend on one.
void star(QList<Step> &steps, const QList<qsizetype> &order, Dice &dice)
{
    const bool outwards = dice.chance(60);
    for (qsizetype i = 1; i < order.size(); ++i) {
        Step &centre = steps[order[0]];
        Step &other = steps[order[i]];
        if (outwards)
            centre.dependencies += other.module;
        else
            other.dependencies += centre.module;
    }
}

void randomly(QList<Step> &steps, const QList<qsizetype> &order, Dice &dice)
{
    for (qsizetype i = 0; i < order.size(); ++i) {
        for (const qsizetype later : dice.shuffled(order.sliced(i + 1))) {
            if (dice.chance(30))
                steps[order[i]].dependencies += steps[later].module;
        }
    }
}

/// Rings of two to four, some of them joined to the next one.
void rings(QList<Step> &steps, const QList<qsizetype> &order, Dice &dice)
{
    for (qsizetype begin = 0; begin < order.size();) {
        const qsizetype size = std::min(dice.between(2, 4), order.size() - begin);
        for (qsizetype i = 0; i < size; ++i)
            steps[order[begin + i]].dependencies += steps[order[begin + (i + 1) % size]].module;
        begin += size;
        if (begin < order.size() && dice.chance(60))
            steps[order[begin - 1]].dependencies += steps[order[begin]].module;
    }
}

} // namespace

void tie(QList<Step> &steps, Dice &dice, QSet<QString> &features)
{
    QList<qsizetype> order;
    for (qsizetype i = 0; i < steps.size(); ++i)
        order += i;
    order = dice.shuffled(order);
    QString shape;
    switch (dice.weighted({25, 20, 15, 25, 15})) {
    case 1:
        shape = u"chain"_s;
        chain(steps, order);
        break;
    case 2:
        shape = u"star"_s;
        star(steps, order, dice);
        break;
    case 3:
        shape = u"random"_s;
        randomly(steps, order, dice);
        break;
    case 4:
        shape = u"rings"_s;
        rings(steps, order, dice);
        break;
    default:
        return;
    }
    if (steps.size() < 2)
        return;
    features += u"dependencies: "_s + shape;
    Step &some = steps[dice.below(steps.size())];
    if (dice.chance(10))
        some.dependencies += some.module;
    if (!some.dependencies.isEmpty() && dice.chance(10))
        some.dependencies += some.dependencies.constFirst();
}

} // namespace handover::pairs
