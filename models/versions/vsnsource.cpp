// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/vsnsource.h"

#include "models/erlang/parser.h"
#include "models/versions/releaseterms.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::versions {

namespace {

using Source = VsnSource::Kind;

// An .app.src has some hundred bytes; these bounds are for what only claims to be one.
constexpr erlang::Limits limits{.depth = 100, .terms = 200'000, .bytes = 4 * 1024 * 1024};

QByteArrayView lastPart(QByteArrayView tag) { return tag.sliced(tag.lastIndexOf('/') + 1); }

VsnSource fromTuple(const erlang::Term &vsn)
{
    if (vsn.isTagged("git", 2)) {
        if (vsn.at(1).isAtom("short"))
            return {Source::GitShort, {}};
        return {vsn.at(1).isAtom("long") ? Source::GitLong : Source::GitTag, {}};
    }
    if (vsn.isTagged("file", 2)) {
        if (const auto path = vsn.at(1).stringValue())
            return {Source::File, *path};
    }
    return {};
}

VsnSource fromTerm(const erlang::Term &vsn)
{
    if (vsn.isAtom("git") || vsn.isAtom("semver"))
        return {Source::GitTag, {}};
    if (const auto text = vsn.stringValue()) {
        if (*text == "git"_L1 || *text == "semver"_L1)
            return {Source::GitTag, {}};
        return {Source::Text, *text};
    }
    if (const auto bytes = vsn.binaryValue())
        return {Source::Text, QString::fromUtf8(*bytes)};
    return fromTuple(vsn);
}

} // namespace

QList<erlang::Term> releaseVsnTerms(const QList<erlang::Term> &config)
{
    QList<erlang::Term> vsns;
    for (const erlang::Term &item : config) {
        if (item.isTagged("relx", 2)) {
            for (const erlang::Term &entry : item.at(1).items()) {
                const bool isRelease = entry.isTagged("release", 3) || entry.isTagged("release", 4);
                if (isRelease && entry.at(1).size() == 2)
                    vsns.append(entry.at(1).at(1));
            }
        }
        if (item.isTagged("profiles", 2)) {
            for (const erlang::Term &profile : item.at(1).items())
                vsns.append(releaseVsnTerms(profile.at(1).items()));
        }
    }
    return vsns;
}

VsnSource readVsnSource(QByteArrayView appSrc)
{
    const auto term = erlang::parseFirstTerm(appSrc, limits);
    if (!term || !term->isTagged("application", 3))
        return {};
    for (const erlang::Term &item : term->at(2).items()) {
        if (item.isTagged("vsn", 2))
            return fromTerm(item.at(1));
    }
    return {};
}

std::optional<VsnSource> readReleaseVsn(QByteArrayView rebarConfig)
{
    const auto terms = erlang::parseTerms(rebarConfig, limits);
    if (!terms)
        return VsnSource{};
    QList<VsnSource> sources;
    for (const erlang::Term &vsn : releaseVsnTerms(*terms))
        sources.append(fromTerm(vsn));
    if (sources.isEmpty())
        return std::nullopt;
    const bool differ = std::ranges::any_of(sources, [&](const VsnSource &source) { return source != sources.first(); });
    return differ ? VsnSource{} : sources.first();
}

bool isPlainTag(QByteArrayView tag)
{
    return !tag.startsWith('-') && std::ranges::all_of(tag, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || QByteArrayView("._+~/@-").contains(c);
    });
}

QString gitVsn(QByteArrayView tag)
{
    if (!isPlainTag(tag))
        return {};
    if (tag.size() > 1 && tag.startsWith('v'))
        tag = tag.sliced(1);
    return QString::fromUtf8(lastPart(tag));
}

QString versionOfTag(QByteArrayView tag)
{
    tag = lastPart(tag);
    if (tag.size() > 1 && tag[0] == 'v' && tag[1] >= '0' && tag[1] <= '9')
        tag = tag.sliced(1);
    return QString::fromUtf8(tag);
}

} // namespace handover::versions
