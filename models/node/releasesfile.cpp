// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/releasesfile.h"

#include "models/core/versionorder.h"
#include "models/erlang/parser.h"
#include "models/node/loglines.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace handover::erlang;

namespace handover::node {

namespace {

constexpr Limits FileLimits{.depth = 20, .terms = 500'000, .bytes = 16 * 1024 * 1024};
constexpr qsizetype MaximumReleases = 1000;

[[nodiscard]] std::optional<ReleaseStatus> statusOf(const Term &term)
{
    if (term.isAtom("permanent"))
        return ReleaseStatus::Permanent;
    if (term.isAtom("current") || term.isAtom("tmp_current"))
        return ReleaseStatus::Current;
    if (term.isAtom("old"))
        return ReleaseStatus::Old;
    if (term.isAtom("unpacked"))
        return ReleaseStatus::Unpacked;
    return std::nullopt;
}

void sortNewestFirst(QList<InstalledRelease> &releases)
{
    std::ranges::stable_sort(releases, [](const InstalledRelease &a, const InstalledRelease &b) {
        return compareVersions(a.version, b.version) > 0;
    });
}

} // namespace

const InstalledRelease *ReleaseTable::withStatus(ReleaseStatus status) const
{
    const auto found = std::ranges::find(releases, status, &InstalledRelease::status);
    return found == releases.end() ? nullptr : &*found;
}

const InstalledRelease *ReleaseTable::version(QStringView version) const
{
    const auto found = std::ranges::find(releases, version, &InstalledRelease::version);
    return found == releases.end() ? nullptr : &*found;
}

std::optional<ReleaseTable> parseReleasesFile(QByteArrayView text)
{
    const Parsed<Term> term = parseFirstTerm(text, FileLimits);
    if (!term || !term->isList() || term->size() > MaximumReleases)
        return std::nullopt;
    ReleaseTable table;
    for (const Term &entry : term->items()) {
        const std::optional<QString> name = entry.at(1).stringValue();
        const std::optional<QString> version = entry.at(2).stringValue();
        const std::optional<ReleaseStatus> status = statusOf(entry.at(5));
        if (!entry.isTagged("release", 6) || !name || !version || version->isEmpty() || !status ||
            !isPlain(*name) || !isPlain(*version) || !entry.at(4).isList())
            return std::nullopt;
        InstalledRelease release{*version, *status, {}};
        for (const Term &app : entry.at(4).items()) {
            const std::optional<QByteArray> appName = app.at(0).atomName();
            const std::optional<QString> appVersion = app.at(1).stringValue();
            if (!app.isTuple(3) || !appName || !appVersion || !isPlain(*appVersion))
                return std::nullopt;
            release.apps.insert(QString::fromUtf8(*appName), *appVersion);
        }
        if (table.name.isEmpty())
            table.name = *name;
        if (*status == ReleaseStatus::Permanent)
            table.erts = entry.at(3).stringValue().value_or(QString());
        table.releases += release;
    }
    sortNewestFirst(table.releases);
    return table;
}

std::optional<ReleaseTable> parseWhichReleases(const Term &term)
{
    if (!term.isList() || term.size() > MaximumReleases)
        return std::nullopt;
    ReleaseTable table;
    for (const Term &entry : term.items()) {
        const std::optional<QString> name = entry.at(0).stringValue();
        const std::optional<QString> version = entry.at(1).stringValue();
        const std::optional<ReleaseStatus> status = statusOf(entry.at(3));
        if (!entry.isTuple(4) || !name || !version || !isPlain(*name) || !isPlain(*version) || !status ||
            !entry.at(2).isList())
            return std::nullopt;
        InstalledRelease release{*version, *status, {}};
        for (const Term &app : entry.at(2).items()) {
            const QString directory = app.stringValue().value_or(QString());
            const qsizetype dash = directory.indexOf(u'-'); // no application's name has one
            if (dash > 0 && isPlain(directory))
                release.apps.insert(directory.first(dash), directory.sliced(dash + 1));
        }
        if (table.name.isEmpty())
            table.name = *name;
        table.releases += release;
    }
    sortNewestFirst(table.releases);
    return table;
}

QString startErlVersion(QByteArrayView text)
{
    const QList<QByteArray> words =
        text.first(std::min<qsizetype>(text.size(), 4096)).toByteArray().simplified().split(' ');
    const QString version = words.size() == 2 ? QString::fromUtf8(words[1]) : QString();
    return isPlain(version) ? version : QString();
}

QString scriptVersion(QByteArrayView script)
{
    static const QRegularExpression line(u"^REL_VSN=\"([^\"$`\\\\]*)\"\\r?$"_s,
                                         QRegularExpression::MultilineOption);
    const QString version =
        line.match(QString::fromUtf8(script.first(std::min<qsizetype>(script.size(), 256 * 1024)))).captured(1);
    return isPlain(version) ? version : QString();
}

} // namespace handover::node
