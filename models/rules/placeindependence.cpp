// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/placeindependence.h"

#include "models/erlang/externalterm.h"
#include "models/erlang/inflate.h"

#include <QtEndian>

#include <algorithm>

namespace handover::rules {

namespace {

using erlang::BeamFile;
using erlang::Term;

constexpr qsizetype LargestTable = 64 * 1024 * 1024;
constexpr int DeepestLiteral = 1000;

bool isLiterals(const QByteArray &chunk) { return chunk == "LitT"; }

// What the compiler says about itself, the source and the lines.
bool saysNothingOfCode(const QByteArray &chunk)
{
    static const QByteArrayList ids{"CInf", "Dbgi", "Abst", "Attr", "Line", "Docs", "Type", "LocT", "Meta"};
    return ids.contains(chunk);
}

QByteArrayList partsThatRun(const BeamFile &module)
{
    QByteArrayList ids = module.chunkIds();
    ids.removeIf(saysNothingOfCode);
    return ids;
}

std::optional<QString> sourceOf(const BeamFile &module)
{
    const auto info = module.compileInfo();
    if (!info)
        return std::nullopt;
    for (const Term &entry : *info) {
        if (entry.isTagged("source", 2))
            return entry.at(1).stringValue();
    }
    return std::nullopt;
}

// A number of terms, each behind its size; packed, behind their size unpacked, unless that is 0 (since OTP 28).
std::optional<QList<Term>> literalsOf(const BeamFile &module)
{
    const auto chunk = module.chunk("LitT");
    if (!chunk || chunk->size() < 4)
        return std::nullopt;
    QByteArray table = chunk->sliced(4).toByteArray();
    if (qFromBigEndian<quint32>(chunk->data()) != 0) {
        auto unpacked = erlang::inflated(table, erlang::Packing::Zlib, LargestTable);
        if (!unpacked)
            return std::nullopt;
        table = *std::move(unpacked);
    }
    QByteArrayView rest = table;
    const auto number = [&rest]() -> std::optional<qsizetype> {
        if (rest.size() < 4)
            return std::nullopt;
        const auto value = qFromBigEndian<quint32>(rest.data());
        rest = rest.sliced(4);
        return qsizetype{value};
    };
    const auto count = number();
    QList<Term> literals;
    for (qsizetype i = 0; count && i < *count; ++i) {
        const auto size = number();
        if (!size || *size > rest.size())
            return std::nullopt;
        auto term = erlang::readExternalTerm(rest.first(*size));
        if (!term)
            return std::nullopt;
        literals.append(*std::move(term));
        rest = rest.sliced(*size);
    }
    return count ? std::optional(literals) : std::nullopt;
}

/// Compares terms in which each module's own source stands for the other's.
class Comparison
{
public:
    Comparison(QString older, QString newer)
        : m_older(std::move(older))
        , m_newer(std::move(newer))
    {
    }

    [[nodiscard]] bool same(const Term &left, const Term &right, int depth = 0) const
    {
        if (left == right)
            return true;
        if (left.kind() != right.kind() || depth > DeepestLiteral)
            return false;
        if (const auto before = left.stringValue(), after = right.stringValue(); before && after)
            return *before == m_older && *after == m_newer;
        const QList<Term> before = left.items();
        const QList<Term> after = right.items();
        return !before.isEmpty() && std::ranges::equal(before, after, [&](const Term &one, const Term &other) {
            return same(one, other, depth + 1);
        });
    }

private:
    QString m_older;
    QString m_newer;
};

} // namespace

bool differOnlyInSourcePath(const BeamFile &older, const BeamFile &newer)
{
    const QByteArrayList ids = partsThatRun(older);
    const bool sameParts = ids == partsThatRun(newer) && std::ranges::all_of(ids, [&](const QByteArray &id) {
        return isLiterals(id) || older.chunk(id) == newer.chunk(id);
    });
    if (!sameParts)
        return false;
    const auto olderSource = sourceOf(older);
    const auto newerSource = sourceOf(newer);
    const auto before = literalsOf(older);
    const auto after = literalsOf(newer);
    if (!olderSource || !newerSource || !before || !after)
        return false;
    const Comparison comparison(*olderSource, *newerSource);
    return std::ranges::equal(*before, *after, [&](const Term &left, const Term &right) { return comparison.same(left, right); });
}

} // namespace handover::rules
