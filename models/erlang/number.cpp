// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/number.h"

#include <QList>

#include <algorithm>

namespace handover::erlang {

namespace {

constexpr qsizetype MaxDecimalDigits = 1'000'000;
constexpr qsizetype MaxBasedDigits = 5'000; // the conversion takes quadratic time
constexpr qsizetype MaxBytes = 10'000;
constexpr quint32 Billion = 1'000'000'000;
constexpr qsizetype MaxSteps = 10'000'000;

// limbs = limbs * factor + addend, least significant first; what goes beyond `most` limbs is dropped.
void multiplyAdd(QList<quint32> &limbs, quint32 factor, quint32 addend, quint64 limbBase, qsizetype most)
{
    quint64 carry = addend;
    for (quint32 &limb : limbs) {
        carry += quint64(limb) * factor;
        limb = static_cast<quint32>(carry % limbBase);
        carry /= limbBase;
    }
    if (carry != 0 && limbs.size() < most)
        limbs.append(static_cast<quint32>(carry));
}

std::optional<QByteArray> decimalOf(const QList<quint32> &limbs)
{
    QByteArray decimal;
    for (auto limb = limbs.crbegin(); limb != limbs.crend(); ++limb)
        decimal += QByteArray::number(*limb).rightJustified(9, '0');
    return canonicalDecimal(decimal.isEmpty() ? "0" : decimal);
}

uint digitValue(char digit)
{
    if (digit <= '9')
        return static_cast<uint>(digit - '0');
    return static_cast<uint>((digit | 0x20) - 'a') + 10;
}

} // namespace

std::optional<QByteArray> canonicalDecimal(const QByteArray &digits)
{
    if (digits.size() > MaxDecimalDigits)
        return std::nullopt;
    qsizetype zeros = 0;
    while (zeros + 1 < digits.size() && digits[zeros] == '0')
        ++zeros;
    return digits.sliced(zeros);
}

std::optional<QByteArray> decimalFromBase(const QByteArray &digits, uint base)
{
    if (base == 10)
        return canonicalDecimal(digits);
    if (digits.size() > MaxBasedDigits)
        return std::nullopt;
    QList<quint32> limbs;
    for (const char digit : digits)
        multiplyAdd(limbs, base, digitValue(digit), Billion, MaxBasedDigits);
    return decimalOf(limbs);
}

std::optional<QByteArray> decimalFromBytes(QByteArrayView littleEndian)
{
    if (littleEndian.size() > MaxBytes)
        return std::nullopt;
    QList<quint32> limbs;
    for (qsizetype end = littleEndian.size(); end > 0;) { // 3 bytes at once: their factor is below a billion
        const qsizetype begin = (end - 1) / 3 * 3;
        quint32 piece = 0;
        for (qsizetype i = end; i-- > begin;)
            piece = (piece << 8U) | static_cast<unsigned char>(littleEndian[i]);
        multiplyAdd(limbs, 1U << (8U * static_cast<uint>(end - begin)), piece, Billion, MaxBytes);
        end = begin;
    }
    return decimalOf(limbs);
}

std::optional<QByteArray> lowBits(const QByteArray &decimal, qsizetype bits)
{
    const bool negative = decimal.startsWith('-');
    const QByteArray digits = negative ? decimal.sliced(1) : decimal;
    const qsizetype most = (bits + 31) / 32;
    // No number has more limbs than its digits need, so a wide segment with a small number is cheap.
    if (digits.size() / 9 * qMin(most, digits.size() / 9) > MaxSteps)
        return std::nullopt;
    QList<quint32> limbs;
    for (qsizetype i = 0; i < digits.size();) {
        const qsizetype length = qMin<qsizetype>(9, digits.size() - i);
        quint32 scale = 1;
        for (qsizetype k = 0; k < length; ++k)
            scale *= 10;
        multiplyAdd(limbs, scale, digits.sliced(i, length).toUInt(), quint64(1) << 32U, most);
        i += length;
    }
    QByteArray bytes((bits + 7) / 8, '\0');
    for (qsizetype i = 0; i < qMin(bytes.size(), limbs.size() * 4); ++i) {
        const quint32 limb = limbs[i / 4];
        bytes[bytes.size() - 1 - i] = static_cast<char>((limb >> (8U * (static_cast<uint>(i) % 4U))) & 0xFFU);
    }
    if (negative) {
        uint carry = 1;
        for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
            const uint value = (~static_cast<uint>(static_cast<unsigned char>(*byte)) & 0xFFU) + carry;
            *byte = static_cast<char>(value & 0xFFU);
            carry = value >> 8U;
        }
    }
    if (bits % 8 != 0)
        bytes[0] = static_cast<char>(static_cast<unsigned char>(bytes[0]) &
                                     (0xFFU >> (8U - static_cast<uint>(bits % 8))));
    return bytes;
}

} // namespace handover::erlang
