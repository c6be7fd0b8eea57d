// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/textrange.h"
#include "models/erlang/beamfile.h"

namespace handover::rules {

/// The forms of a module's abstract code, found in its debug information and left there until they are
/// asked for: to understand a module takes a few of them, and to make terms of all takes far longer
/// than to pass over them. Where the term format is described: ERTS User's Guide, "External Term Format".
class DebugForms
{
public:
    struct Form
    {
        bool isFunction = false;
        QByteArray name; ///< of the function
        qint64 arity = 0;
        TextRange bytes;
    };

    /// Nothing if there is no abstract code or it can't be read (stripped, encrypted, of another language).
    [[nodiscard]] static std::optional<DebugForms> of(const erlang::BeamFile &module);

    /// Only the records before the first function, where all that it uses are. Seldom more than a fraction of the
    /// debug information has to be unpacked for them.
    [[nodiscard]] static std::optional<DebugForms> recordsOf(const erlang::BeamFile &module);

    [[nodiscard]] const QList<Form> &forms() const noexcept { return m_forms; } ///< functions and records
    [[nodiscard]] erlang::Term read(TextRange bytes) const;                   ///< [] if it is damaged
    /// Whether an atom of that name, of ASCII characters, stands in the form; may be wrong, but only with yes.
    [[nodiscard]] bool mentions(TextRange bytes, QByteArrayView atom) const;

private:
    enum class Until { End, FirstFunction };
    [[nodiscard]] bool find(Until until);

    QByteArray m_bytes; ///< of the debug information, unpacked
    QList<Form> m_forms;
};

} // namespace handover::rules
