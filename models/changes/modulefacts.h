// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/beamfile.h"

#include <QByteArrayList>
#include <QMap>

namespace handover::changes {

/// What a module shows of itself.
struct ModuleFacts
{
    QByteArrayList behaviours;             ///< in source order
    QList<erlang::FunctionName> exports;   ///< sorted, without module_info
    QMap<QByteArray, QByteArrayList> records; ///< fields by record, as far as they are known
    bool native = false;                   ///< loads a NIF library or a port driver

    [[nodiscard]] bool exportsFunction(QByteArrayView name, quint32 arity) const;
};

/// Of a compiled module. Records come from its debug information. Errors: those of reading the module.
[[nodiscard]] Result<ModuleFacts> factsOf(const erlang::BeamFile &module);

/// Of a source text, without its macros or included files: attributes are read as they stand, those
/// of all branches of an -ifdef. What can't be scanned is passed over.
[[nodiscard]] ModuleFacts factsOfSource(QByteArrayView source);

} // namespace handover::changes
