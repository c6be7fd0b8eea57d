// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/objectid.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::repo {

Result<ObjectId> ObjectId::parse(QByteArrayView hex)
{
    constexpr qsizetype digits = 40;
    const auto isHexDigit = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    if (hex.size() != digits || !std::all_of(hex.begin(), hex.end(), isHexDigit))
        return misuse(u"repo.bad-object-id"_s,
                      u"\"%1\" is not the id of a git object."_s.arg(
                          QString::fromUtf8(hex.first(qMin(hex.size(), 80)))),
                      u"An id has 40 hexadecimal digits; \"git rev-parse\" prints it."_s);
    return ObjectId(hex.toByteArray().toLower());
}

ObjectId ObjectId::of(std::span<const unsigned char, Bytes> raw)
{
    constexpr char digits[] = "0123456789abcdef";
    QByteArray hex(2 * Bytes, Qt::Uninitialized);
    char *out = hex.data();
    for (const unsigned char byte : raw) {
        *out++ = digits[byte >> 4];
        *out++ = digits[byte & 15];
    }
    return ObjectId(std::move(hex));
}

} // namespace handover::repo
