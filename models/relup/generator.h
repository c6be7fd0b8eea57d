// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/reason.h"
#include "models/relup/termfiles.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace handover::relup {

class ScriptMemory;

/// A release to come from or to go back to.
struct Base
{
    QString name;             ///< of the .rel file, without ".rel"
    erlang::Term description; ///< any term; [] unless one is given
};

/// What systools:make_relup/4 is called with.
struct RelupInput
{
    QString top; ///< of the .rel file of the new release, without ".rel"
    QList<Base> upFrom;
    QList<Base> downTo;
    QStringList path;    ///< option `path`: '*' stands for any directory name
    QStringList libPath; ///< looked through after `path`, as OTP looks through its own code path
    bool restartEmulator = false;
    bool warningsAsErrors = false;
};

struct RelupWarning
{
    erlang::Term term;
    [[nodiscard]] QString words() const;
};

/// Where OTP's rules leave the order of modules open, the strong component comes first whose
/// modules have the smallest rank; this is asked for each script. Without it, rank is the position
/// in the merged script, which is Handover's canonical order.
struct OrderHint
{
    QHash<QByteArray, int> up;   ///< by module; a smaller one earlier in dependency order
    QHash<QByteArray, int> down;
};

struct GeneratedRelup
{
    erlang::Term term; ///< {Vsn, [{UpFromVsn, Description, Script}], [{DownToVsn, …}]}
    QList<RelupWarning> warnings; ///< newest first, as OTP lists them
    bool orderIsOpen = false; ///< another order of some modules would be as right; OTP might choose it
    QList<Trace> up;          ///< of the scripts in `term`, in its order
    QList<Trace> down;

    [[nodiscard]] QByteArray text() const; ///< the file as OTP writes it
};

/// systools:make_relup/4 without an Erlang: the same term, the same reasons. Where OTP's own
/// order hangs on its atom table, it is the canonical one. Pure but for reading through `files`.
/// `hints`: for the script at that position of upFrom or downTo; may be shorter or empty.
[[nodiscard]] Answer<GeneratedRelup> generateRelup(const RelupInput &input, TermFiles &files,
                                                   const QList<OrderHint> &hints = {});
/// The same once more after something changed: what comes out as before is taken from the memory.
[[nodiscard]] Answer<GeneratedRelup> generateRelup(const RelupInput &input, TermFiles &files, ScriptMemory &memory);

/// Writes the file `relup` in a directory, as OTP does.
[[nodiscard]] Answer<void> writeRelup(const GeneratedRelup &relup, const QString &directory);

} // namespace handover::relup
