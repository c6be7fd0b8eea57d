// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/nodefacts.h"

#include <QStringList>

#include <array>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

constexpr qsizetype Numbers = 9;

} // namespace

QByteArray NodeFacts::question()
{
    return "{facts,atom_to_list(node()),whereis(heart)=/=undefined,"
           "[element(1,erlang:statistics(wall_clock)) div 1000]++"
           "[Bytes||{_,Bytes}<-erlang:memory([total,processes,binary,ets])]++"
           "[erlang:system_info(process_count),erlang:system_info(process_limit),"
           "erlang:statistics(total_run_queue_lengths),erlang:system_info(schedulers_online)]}";
}

std::optional<NodeFacts> NodeFacts::fromAnswer(const erlang::Term &answer)
{
    const std::optional<QString> name = answer.at(1).stringValue();
    if (!answer.isTagged("facts", 4) || !name || answer.at(3).size() != Numbers)
        return std::nullopt;
    std::array<qint64, Numbers> numbers{};
    for (qsizetype i = 0; i < Numbers; ++i)
        numbers[static_cast<size_t>(i)] = answer.at(3).at(i).integerValue().value_or(0);
    return NodeFacts{*name,      numbers[0], numbers[1], numbers[2], numbers[3],                   numbers[4],
                     numbers[5], numbers[6], numbers[7], numbers[8], answer.at(2).isAtom("true")};
}

QString durationWords(qint64 seconds)
{
    struct Unit
    {
        qint64 seconds;
        const char16_t *name;
    };
    QStringList words;
    for (const Unit unit : {Unit{86'400, u"d"}, {3'600, u"h"}, {60, u"min"}, {1, u"s"}}) {
        const qint64 count = seconds / unit.seconds;
        seconds %= unit.seconds;
        if (count > 0)
            words += QString::number(count) + u' ' + QStringView(unit.name);
        else if (!words.isEmpty())
            break;
        if (words.size() == 2)
            break;
    }
    return words.isEmpty() ? u"0 s"_s : words.join(u' ');
}

} // namespace handover::node
