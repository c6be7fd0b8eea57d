// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

namespace handover::erlang::external {

/// What a term begins with (ERTS User's Guide, "External Term Format"). Only Utf8 atoms are written since OTP 26.
enum Tag : quint8 {
    NewFloat = 70,
    BitBinary = 77,
    SmallInteger = 97,
    Integer = 98,
    OldFloat = 99,
    Atom = 100,
    SmallTuple = 104,
    LargeTuple = 105,
    Nil = 106,
    String = 107,
    List = 108,
    Binary = 109,
    SmallBig = 110,
    LargeBig = 111,
    Export = 113,
    SmallAtom = 115,
    Map = 116,
    AtomUtf8 = 118,
    SmallAtomUtf8 = 119,
};

} // namespace handover::erlang::external
