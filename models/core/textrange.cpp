// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/textrange.h"

namespace handover {

TextPlace placeOf(QByteArrayView text, qsizetype offset)
{
    TextPlace place;
    const qsizetype end = qBound(qsizetype(0), offset, text.size());
    for (qsizetype i = 0; i < end; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte == '\n') {
            ++place.line;
            place.column = 1;
        } else if ((byte & 0xC0U) != 0x80U) { // not a UTF-8 continuation
            ++place.column;
        }
    }
    return place;
}

} // namespace handover
