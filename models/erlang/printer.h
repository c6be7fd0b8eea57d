// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

namespace handover::erlang {

enum class PrintStyle {
    Pretty, ///< ~tp: printable lists and binaries as text, as with erl's default +pc latin1
    Plain,  ///< ~tw
};

/// A term on one line, in UTF-8, as io_lib and io_lib_pretty of OTP 27 write it, except for what can't
/// be known or read back:
/// - keys of maps come in term order (which is ~k); without k OTP brings keys that are atoms in the
///   order in which the emulator met them, and more than 32 keys in the order of a hash;
/// - a fun whose module or function is a reserved word or not ASCII is quoted as atoms are; OTP
///   forgets the quotes, or encodes the name twice.
[[nodiscard]] QByteArray printTerm(const Term &term, PrintStyle style);

/// An atom with quotes if it needs them (io_lib:write_atom/1).
[[nodiscard]] QByteArray printAtom(QByteArrayView utf8Name);
/// The shortest digits that read back as the same number (float_to_list(F, [short])).
[[nodiscard]] QByteArray printFloat(double value);

/// Whether erl_scan of OTP 27 takes the word for a keyword unless it is quoted.
[[nodiscard]] bool isReservedWord(QByteArrayView word);

} // namespace handover::erlang
