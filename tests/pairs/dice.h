// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <initializer_list>
#include <utility>

namespace handover::pairs {

/// Random choices that are the same on every platform: splitmix64. One stream for each case, so that
/// a case can be made again without those before it. Arguments of a call have no order in C++: throw
/// at most once in a call, or within braces.
class Dice
{
public:
    Dice(quint64 seed, quint64 stream)
        : m_state(seed * 0x9E3779B97F4A7C15ULL)
    {
        m_state = next() ^ (stream * 0xD1B54A32D192ED03ULL);
    }

    [[nodiscard]] quint64 next()
    {
        m_state += 0x9E3779B97F4A7C15ULL;
        quint64 mixed = m_state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
        return mixed ^ (mixed >> 31);
    }

    [[nodiscard]] qsizetype below(qsizetype bound)
    {
        return qsizetype(next() % quint64(bound));
    } ///< bound > 0
    [[nodiscard]] qsizetype between(qsizetype low, qsizetype high) { return low + below(high - low + 1); }
    [[nodiscard]] bool chance(int percent) { return below(100) < percent; }

    template<typename T>
    [[nodiscard]] T pick(const QList<T> &choices)
    {
        return choices[below(choices.size())];
    }
    template<typename T>
    [[nodiscard]] T pick(std::initializer_list<T> choices)
    {
        return choices.begin()[below(qsizetype(choices.size()))];
    }

    /// The index of a weight, as often as the weight says.
    [[nodiscard]] qsizetype weighted(std::initializer_list<int> weights)
    {
        int sum = 0;
        for (const int weight : weights)
            sum += weight;
        qsizetype rest = below(sum);
        qsizetype index = 0;
        for (const int weight : weights) {
            if (rest < weight)
                return index;
            rest -= weight;
            ++index;
        }
        return 0;
    }

    template<typename T>
    [[nodiscard]] QList<T> shuffled(QList<T> items)
    {
        for (qsizetype last = items.size() - 1; last > 0; --last)
            std::swap(items[last], items[below(last + 1)]);
        return items;
    }
    /// Each with that probability, in their order.
    template<typename T>
    [[nodiscard]] QList<T> some(const QList<T> &items, int percent)
    {
        QList<T> taken;
        for (const T &item : items) {
            if (chance(percent))
                taken += item;
        }
        return taken;
    }
    template<typename T>
    void insertSomewhere(QList<T> &items, const T &item)
    {
        items.insert(below(items.size() + 1), item);
    }

private:
    quint64 m_state;
};

} // namespace handover::pairs
