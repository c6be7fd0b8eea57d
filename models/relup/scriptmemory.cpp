// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/scriptmemory.h"

#include "models/erlang/termdata.h"

#include <algorithm>

namespace handover::relup {

namespace {

// The appups that weren't read again are the same objects.
bool isSame(const AppupScript &left, const AppupScript &right)
{
    return left.rule == right.rule && (&left.instructions.data() == &right.instructions.data() ||
                                       left.instructions == right.instructions);
}

bool isSame(const ScriptMemory::Question &left, const ScriptMemory::Question &right)
{
    const auto sameScript = [](const AppupScript &a, const AppupScript &b) { return isSame(a, b); };
    return left.target == right.target && left.source == right.source && left.ranks == right.ranks &&
           std::ranges::equal(left.scripts, right.scripts, sameScript);
}

} // namespace

const ScriptMemory::Script *ScriptMemory::find(appup::Direction direction, const QString &base,
                                               const Question &question) const
{
    const auto found = m_entries.constFind({direction, base});
    return found != m_entries.cend() && isSame(found->question, question) ? &found->script : nullptr;
}

void ScriptMemory::keep(appup::Direction direction, const QString &base, Question question, const Script &script)
{
    m_entries.insert({direction, base}, {std::move(question), script});
}

} // namespace handover::relup
