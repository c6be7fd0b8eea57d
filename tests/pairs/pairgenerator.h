// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/generator.h"
#include "tests/pairs/world.h"

namespace handover::pairs {

/// A case of the differential test: some files, and what systools:make_relup/4 is called with.
struct Pair
{
    QMap<QString, QByteArray> files; ///< by name, in a directory of its own
    relup::RelupInput input;         ///< without libPath
    QByteArray call;                 ///< the same as a term, {Top, Up, Down, Options}
    QString fault;                   ///< empty: none was put in
    QStringList tags;                ///< of the fault, as in Fault
    QSet<QString> forms;             ///< of the instructions that take part
    QSet<QString> features;          ///< what else there is in it
};

/// Case number `index` of a seed, always the same. About a third have a fault, all kinds in turn.
[[nodiscard]] Pair makePair(quint64 seed, qsizetype index, const Installed &installed);

/// What the cases of a test must have had among them, each at least once.
[[nodiscard]] const QStringList &allForms();
[[nodiscard]] const QStringList &allFeatures();

} // namespace handover::pairs
