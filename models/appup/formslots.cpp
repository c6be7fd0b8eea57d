// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/formslots.h"

#include <algorithm>

namespace handover::appup {

namespace {

using Bracket = CaretPlace::Bracket;
using Levels = QList<CaretPlace::Level>;

bool isOneOf(QByteArrayView token, std::initializer_list<QByteArrayView> words)
{
    return std::ranges::find(words, token) != words.end();
}

// Whether an argument of that name may begin with the token; what has no rule here may.
bool mayBegin(QByteArrayView argument, QByteArrayView token)
{
    const bool list = token == "[";
    const bool number = !token.isEmpty() && token.front() >= '0' && token.front() <= '9';
    if (argument == "Change")
        return isOneOf(token, {"soft", "{"});
    if (argument == "DepMods")
        return list;
    if (argument == "PrePurge" || argument == "PostPurge")
        return isOneOf(token, {"soft_purge", "brutal_purge"});
    if (argument == "Timeout")
        return number || isOneOf(token, {"default", "infinity"});
    if (argument == "ModType")
        return isOneOf(token, {"static", "dynamic"});
    if (argument == "Mode")
        return isOneOf(token, {"up", "down"});
    if (argument == "supervisor" || argument == "{" || argument == "[")
        return token == argument;
    return true;
}

// The form as if the caret stood before its argument: the same brackets, from the form's own text.
bool sameBrackets(const Levels &form, const Levels &written)
{
    if (form.size() != written.size())
        return false;
    for (qsizetype i = 0; i < form.size(); ++i) {
        const bool list = form[i].bracket == Bracket::List;
        if (form[i].bracket != written[i].bracket || (!list && form[i].index != written[i].index))
            return false;
        for (qsizetype j = 0; !list && j < form[i].beginnings.size(); ++j) {
            if (!mayBegin(form[i].beginnings[j], written[i].beginnings[j]))
                return false;
        }
    }
    return true;
}

// Arguments that have an inside, and what stands in it.
QByteArrayList inside(const QByteArray &argument, const CaretPlace::Level &level)
{
    if (argument == "DepMods" && level.bracket == Bracket::List)
        return {"Mod"};
    if (argument == "Change" && level.bracket == Bracket::Tuple)
        return {level.index == 0 ? "advanced" : "Extra"};
    return {};
}

} // namespace

QByteArrayList slotsAt(const QByteArrayList &forms, const Levels &levels)
{
    QByteArrayList names;
    const auto add = [&names](const QByteArrayList &more) {
        for (const QByteArray &name : more) {
            if (!names.contains(name))
                names.append(name);
        }
    };
    for (const QByteArray &form : forms) {
        for (qsizetype at = 1; at < form.size(); ++at) {
            const bool begins = QByteArrayView("{[ ").contains(form[at - 1]) && !QByteArrayView("{[ ").contains(form[at]);
            if (!begins)
                continue;
            const CaretPlace place = placeOfCaret(form, at);
            qsizetype end = at;
            while (end < form.size() && !QByteArrayView(",]}").contains(form[end]))
                ++end;
            const QByteArray name = form.sliced(at, end - at);
            if (sameBrackets(place.levels, levels))
                add({name});
            else if (levels.size() > 1 && sameBrackets(place.levels, levels.first(levels.size() - 1)))
                add(inside(name, levels.last()));
        }
    }
    return names;
}

} // namespace handover::appup
