// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/appupscript.h"

#include <QHash>
#include <QMap>

namespace handover::relup {

/// The scripts of the relup that was made last, so that those for which nothing changed needn't be
/// translated again. What is typed in one list of an appup leaves the other way as it is, and most
/// keys leave both. Not for two threads at once.
class ScriptMemory
{
public:
    /// All that a script depends on.
    struct Question
    {
        Release target;
        Release source;
        QList<AppupScript> scripts;
        QHash<QByteArray, int> ranks; ///< see OrderHint
    };
    struct Script
    {
        erlang::Term instructions; ///< a list; the same object as long as it stays the same
        Trace trace;
        bool orderIsOpen = false;
        bool fromOldSasl = false; ///< see pre_R15_emulator_upgrade
    };

    /// The answer to the same question for the same base, if that was the last one.
    [[nodiscard]] const Script *find(appup::Direction direction, const QString &base, const Question &question) const;
    void keep(appup::Direction direction, const QString &base, Question question, const Script &script);

private:
    struct Entry
    {
        Question question;
        Script script;
    };
    QMap<std::pair<appup::Direction, QString>, Entry> m_entries; ///< by direction and base
};

} // namespace handover::relup
