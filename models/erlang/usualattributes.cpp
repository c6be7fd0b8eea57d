// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/usualattributes.h"

#include "models/erlang/externaltag.h"

#include <QtEndian>

#include <algorithm>

namespace handover::erlang {

namespace {

using namespace external;

constexpr qsizetype Largest = 64 * 1024; // below all limits on terms
constexpr quint8 Version = 131;

/// Stands before what was not read yet; after a failure somewhere.
class Reader
{
public:
    explicit Reader(QByteArrayView bytes)
        : m_rest(bytes)
    {
    }

    [[nodiscard]] std::optional<QList<QByteArray>> behaviours()
    {
        const auto count = take(Version) ? listHead() : std::nullopt;
        for (quint32 i = 0; count && i < *count; ++i) {
            const auto name = take(SmallTuple) && take(2) && take(SmallAtomUtf8) ? atom() : std::nullopt;
            if (!name || !values(*name == "behaviour" || *name == "behavior"))
                return std::nullopt;
        }
        return count && take(Nil) ? std::optional(std::move(m_found)) : std::nullopt;
    }

private:
    [[nodiscard]] bool take(quint8 byte)
    {
        const bool there = next() == byte;
        if (there)
            m_rest = m_rest.sliced(1);
        return there;
    }
    [[nodiscard]] std::optional<quint8> next() const
    {
        return m_rest.isEmpty() ? std::nullopt : std::optional(static_cast<quint8>(m_rest.front()));
    }
    [[nodiscard]] bool pass(qsizetype count)
    {
        const bool there = count <= m_rest.size();
        if (there)
            m_rest = m_rest.sliced(count);
        return there;
    }
    [[nodiscard]] std::optional<quint32> listHead()
    {
        constexpr qsizetype size = 4;
        if (!take(List) || m_rest.size() < size)
            return std::nullopt;
        const auto count = qFromBigEndian<quint32>(m_rest.data());
        m_rest = m_rest.sliced(size);
        return count;
    }
    [[nodiscard]] std::optional<QByteArrayView> atom() // behind its tag; in ASCII, where nothing can be wrong
    {
        const qsizetype size = next().value_or(0);
        const QByteArrayView name = m_rest.size() > size ? m_rest.sliced(1, size) : QByteArrayView();
        const bool plain = std::ranges::all_of(name, [](char byte) { return static_cast<quint8>(byte) < 128; });
        return plain && pass(1 + size) ? std::optional(name) : std::nullopt;
    }

    [[nodiscard]] bool values(bool wanted)
    {
        if (take(Nil))
            return true;
        if (take(String))
            return m_rest.size() >= 2 && pass(2 + qFromBigEndian<quint16>(m_rest.data()));
        const auto count = listHead();
        for (quint32 i = 0; count && i < *count; ++i) {
            if (!value(wanted))
                return false;
        }
        return count && take(Nil);
    }
    [[nodiscard]] bool value(bool wanted)
    {
        if (take(SmallAtomUtf8)) {
            const auto name = atom();
            if (name && wanted)
                m_found.append(name->toByteArray());
            return name.has_value();
        }
        if (take(SmallBig)) // its length, its sign and its bytes: a vsn
            return pass(2 + qsizetype{next().value_or(0)});
        return (take(SmallInteger) && pass(1)) || (take(Integer) && pass(4));
    }

    QByteArrayView m_rest;
    QList<QByteArray> m_found;
};

} // namespace

std::optional<QList<QByteArray>> behavioursOf(QByteArrayView attributes)
{
    return attributes.size() > Largest ? std::nullopt : Reader(attributes).behaviours();
}

} // namespace handover::erlang
