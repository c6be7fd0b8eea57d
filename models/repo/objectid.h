// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QByteArray>
#include <QByteArrayView>

#include <span>

namespace handover::repo {

/// The name of a git object: 40 lower-case hexadecimal digits. Can't be anything else.
class ObjectId
{
public:
    static constexpr size_t Bytes = 20;

    [[nodiscard]] static Result<ObjectId> parse(QByteArrayView hex);
    [[nodiscard]] static ObjectId of(std::span<const unsigned char, Bytes> raw);

    [[nodiscard]] const QByteArray &hex() const noexcept { return m_hex; }
    [[nodiscard]] QString text() const { return QString::fromLatin1(m_hex); }
    [[nodiscard]] QString shortText() const { return QString::fromLatin1(m_hex.first(7)); }

    friend bool operator==(const ObjectId &, const ObjectId &) = default;
    friend size_t qHash(const ObjectId &id, size_t seed = 0) noexcept { return qHash(id.m_hex, seed); }

private:
    explicit ObjectId(QByteArray hex) : m_hex(std::move(hex)) {}
    QByteArray m_hex;
};

} // namespace handover::repo
