// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/atomname.h"

#include <algorithm>

namespace handover::erlang {

bool isAtomName(QByteArrayView utf8)
{
    constexpr qsizetype mostCharacters = 255;
    const auto startsCharacter = [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    };
    return utf8.isValidUtf8() &&
           (utf8.size() <= mostCharacters || std::ranges::count_if(utf8, startsCharacter) <= mostCharacters);
}

} // namespace handover::erlang
