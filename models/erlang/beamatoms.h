// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <limits>
#include <optional>

namespace handover::erlang {

/// The atom table of a BEAM file. Names are converted and checked when asked for.
class BeamAtoms
{
public:
    enum class Chunk {
        AtU8, ///< UTF-8, since OTP 20
        Atom, ///< Latin-1
    };

    /// The first `most` atoms of the chunk's data; nothing if there are fewer than the chunk says.
    [[nodiscard]] static std::optional<BeamAtoms>
    read(QByteArrayView data, Chunk chunk, qsizetype most = std::numeric_limits<qsizetype>::max());

    /// The name of an atom in UTF-8, numbered from 1 as in the file; nothing if there is no such, or
    /// if it is no atom.
    [[nodiscard]] std::optional<QByteArray> name(quint32 number) const;

private:
    Chunk m_chunk = Chunk::AtU8;
    QList<QByteArrayView> m_names; ///< views of the data
};

} // namespace handover::erlang
