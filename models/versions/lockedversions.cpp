// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/lockedversions.h"

#include "models/erlang/parser.h"

#include <algorithm>

namespace handover::versions {

namespace {

using erlang::Term;

constexpr erlang::Limits lockLimits{.depth = 100, .terms = 200'000, .bytes = 4 * 1024 * 1024};
constexpr qsizetype CommitDigits = 40;
constexpr qsizetype ShortCommit = 7;

// {git, Url, {ref, Commit}}, and the same of other resources; a tag or a branch stays as it is.
QString reference(const Term &source)
{
    const Term what = source.at(2);
    const QString text = (what.isTuple(2) ? what.at(1) : what).stringValue().value_or(QString());
    const bool isCommit = text.size() == CommitDigits && repo::ObjectId::parse(text.toLatin1());
    return isCommit ? text.first(ShortCommit) : text;
}

QString versionOf(const Term &source)
{
    if (source.at(0).isAtom("pkg"))
        return QString::fromUtf8(source.at(2).binaryValue().value_or(QByteArray()));
    return reference(source);
}

} // namespace

QList<Dependency> lockedVersions(QByteArrayView rebarLock)
{
    QList<Dependency> versions;
    const auto first = erlang::parseFirstTerm(rebarLock, lockLimits);
    if (!first)
        return versions;
    // {LockVersion, [Lock]} since rebar3 3.0, before that [Lock]
    const Term locks = first->isTuple(2) ? first->at(1) : *first;
    if (!locks.isMaybeImproperList())
        return versions;
    for (const Term &lock : locks.items()) {
        const auto name = lock.isTuple(3) ? lock.at(0).binaryValue() : std::nullopt;
        if (name && lock.at(1).kind() == Term::Kind::Tuple && lock.at(1).size() >= 3)
            versions.append({QString::fromUtf8(*name), versionOf(lock.at(1)), lock.at(1).at(0).isAtom("pkg")});
    }
    std::ranges::stable_sort(versions, {}, &Dependency::name);
    return versions;
}

} // namespace handover::versions
