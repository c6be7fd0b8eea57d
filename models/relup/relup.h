// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/parser.h"

#include <QList>
#include <QString>

namespace handover::relup {

/// The part of an upgrade an instruction belongs to, for people to follow.
enum class Phase {
    Prepare,  ///< before the point of no return: object code is read, applications asked
    Suspend,
    Change,   ///< code is loaded and removed, states are converted
    Resume,
    Restart,  ///< applications or the emulator are started and stopped
};
[[nodiscard]] QString phaseWords(Phase phase);

/// One low-level instruction (systools' relup(4), release_handler(3)).
struct Instruction
{
    erlang::Term term;
    Phase phase = Phase::Prepare;
    QString words; ///< what it does, e.g. "load tally_counter"
};

/// The way between two release versions, in one direction.
struct Script
{
    QString version;     ///< the release version it comes from (up) or goes to (down)
    QList<Instruction> instructions; ///< without point_of_no_return
    qsizetype pointOfNoReturn = 0;   ///< stands before the instruction of this index
    bool restartsEmulator = false;

    /// Of {Version, Description, Instructions}.
    [[nodiscard]] static Result<Script> fromTerm(const erlang::Term &entry);
};

/// A relup file: {Vsn, [{UpFromVsn, Descr, Script}], [{DownToVsn, Descr, Script}]}.
struct Relup
{
    QString version;
    QList<Script> up;
    QList<Script> down;
    QByteArray text; ///< as it was read

    [[nodiscard]] static Result<Relup> parse(QByteArrayView text);
};

} // namespace handover::relup
