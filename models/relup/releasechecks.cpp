// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/releasechecks.h"

#include "models/relup/filevalues.h"

#include <QSet>

#include <algorithm>

namespace handover::relup {

namespace {

using erlang::Term;
using Check = std::expected<void, Term>;
using NamesOf = QList<QByteArray> (*)(const FoundApplication &);

/// A name that only one application may have.
struct Claim
{
    QByteArray name;
    const FoundApplication *by = nullptr;
};

bool areUnique(const QList<FoundApplication> &release, NamesOf namesOf)
{
    QSet<QByteArray> seen;
    for (const FoundApplication &application : release) {
        const QList<QByteArray> names = namesOf(application);
        for (const QByteArray &name : names) {
            const qsizetype before = seen.size();
            if (seen.insert(name); seen.size() == before)
                return false;
        }
    }
    return true;
}

// Two that follow each other when all are sorted, the last ones first, as systools_make lists them.
Check checkUnique(const QList<FoundApplication> &release, const char *tag, NamesOf namesOf,
                  Term (*describe)(const Claim &))
{
    if (areUnique(release, namesOf))
        return {};
    QList<Claim> claims;
    for (const FoundApplication &application : release) {
        const QList<QByteArray> names = namesOf(application);
        for (const QByteArray &name : names)
            claims.append({name, &application});
    }
    std::ranges::stable_sort(claims, {}, &Claim::name);
    QList<Term> pairs;
    for (qsizetype i = 1; i < claims.size(); ++i) {
        if (claims[i - 1].name == claims[i].name)
            pairs.append(Term::tuple({describe(claims[i - 1]), describe(claims[i])}));
    }
    std::ranges::reverse(pairs);
    return std::unexpected(Term::tuple({Term::atom(tag), Term::list(pairs)}));
}

Term claimWithVersion(const Claim &claim)
{
    return Term::tuple({Term::atom(claim.name), Term::atom(claim.by->file->name),
                        Term::string(claim.by->file->vsn), Term::string(claim.by->directory)});
}

Term claim(const Claim &claim)
{
    return Term::tuple(
        {Term::atom(claim.name), Term::atom(claim.by->file->name), Term::string(claim.by->directory)});
}

Check checkDefined(const QList<FoundApplication> &release)
{
    QSet<QByteArray> known;
    for (const FoundApplication &application : release)
        known.insert(application.file->name);
    QList<QByteArray> undefined;
    for (const FoundApplication &application : release) {
        const AppFile &file = *application.file;
        for (const QByteArray &used : file.applications) {
            if (!known.contains(used) && !file.optional.contains(used) && !undefined.contains(used))
                undefined.append(used);
        }
        for (const QByteArray &included : application.includes) {
            if (!known.contains(included) && !undefined.contains(included))
                undefined.append(included);
        }
    }
    if (undefined.isEmpty())
        return {};
    return std::unexpected(Term::tuple({Term::atom("undefined_applications"), atomList(undefined)}));
}

} // namespace

Check checkApplications(const QList<FoundApplication> &release)
{
    return checkDefined(release)
        .and_then([&] {
            return checkUnique(
                release, "duplicate_register",
                [](const FoundApplication &application) { return application.file->registered; },
                claimWithVersion);
        })
        .and_then([&] {
            return checkUnique(
                release, "duplicate_include",
                [](const FoundApplication &application) { return application.includes; }, claimWithVersion);
        });
}

Check checkModules(const QList<FoundApplication> &release)
{
    return checkUnique(
        release, "duplicate_modules",
        [](const FoundApplication &application) { return application.file->modules; }, claim);
}

} // namespace handover::relup
