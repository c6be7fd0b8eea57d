// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/release.h"

#include "models/relup/applicationsearch.h"
#include "models/relup/bootorder.h"
#include "models/relup/filenames.h"
#include "models/relup/filevalues.h"
#include "models/relup/releasechecks.h"
#include "models/relup/relfile.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

using erlang::Term;

/// A .rel file's contents, and the release that came of it last.
struct RelMade : TermFiles::Made
{
    explicit RelMade(const Term &term)
        : checked(readRelFile(term))
    {
    }

    std::expected<RelFile, Term> checked;
    QList<FoundApp> apps; ///< what release was made of
    std::optional<Answer<Release>> release;
};

std::unexpected<Reason> refusal(const Term &reason)
{
    return std::unexpected(Reason{Reason::Module::Make, reason, false});
}

bool isMissing(const TermFiles::Problem &problem)
{
    const Term posix = problem.term.at(2);
    return problem.term.isTagged("open", 3) && (posix.isAtom("enoent") || posix.isAtom("enotdir"));
}

/// A problem of a .rel file as a reason; in it the file has no directory.
Reason relReason(const TermFiles::Problem &problem, const QString &file)
{
    if (problem.crashes)
        return {Reason::Module::Make, crashedSearch(), false};
    if (problem.term.isTuple(3) && problem.term.at(0).isAtom("open"))
        return {Reason::Module::Make, Term::tuple({Term::atom("not_found"), Term::string(file)}), false};
    QList<Term> parts = problem.term.items();
    parts[1] = Term::string(file);
    return {Reason::Module::Make, Term::tuple(std::move(parts)), false};
}

// As file:path_open/3: the first file that is there, even if it is of no use.
Answer<std::shared_ptr<RelMade>> findRel(const QString &file, const QStringList &directories,
                                         TermFiles &files)
{
    QString path = file;
    auto contents = files.read(path);
    if (!contents && isMissing(contents.error()) && !filenames::isAbsolute(file)) {
        const QStringList holding = files.holding(directories, file);
        for (const QString &directory : holding) {
            path = directory == u"." ? file : filenames::joined(directory, file);
            contents = files.read(path);
            if (contents || !isMissing(contents.error()))
                break;
        }
    }
    if (!contents)
        return std::unexpected(relReason(contents.error(), file));
    auto &made = files.madeOf(path);
    if (!made)
        made = std::make_shared<RelMade>(*contents);
    return std::dynamic_pointer_cast<RelMade>(made);
}

/// What the applications are to each other.
Answer<Release> combined(const RelFile &rel, const QList<FoundApp> &apps)
{
    Release release{rel.name, rel.vsn, rel.erts, {}, {}};
    QList<FoundApplication> found;
    QList<Needs> needs;
    for (qsizetype i = 0; i < apps.size(); ++i) {
        const AppFile &file = apps[i].file();
        const RelFile::Entry &entry = rel.applications[i];
        const QList<QByteArray> includes = rel.includes.value(entry.name, file.included);
        found.append({&file, includes, apps[i].directory});
        needs.append({entry.name, entry.vsn, file.applications, file.optional, includes});
        release.applications.append({entry.name, entry.vsn, entry.type, file.modules, apps[i].directory});
    }
    if (const auto sound = checkApplications(found); !sound)
        return refusal(sound.error());
    auto started = startedNeeds(std::move(needs));
    if (!started)
        return refusal(started.error());
    if (const auto sound = checkModules(found); !sound)
        return refusal(sound.error());
    auto order = bootOrder(*started);
    if (!order)
        return refusal(order.error());
    release.bootOrder = *std::move(order);
    return release;
}

} // namespace

Term Application::term() const
{
    return Term::tuple({Term::atom("application"), Term::atom(name), Term::string(vsn)});
}

const Application *Release::find(QByteArrayView application) const
{
    const auto found = std::ranges::find_if(
        applications, [&](const Application &candidate) { return candidate.name == application; });
    return found == applications.cend() ? nullptr : &*found;
}

Term Release::term() const
{
    return Term::tuple({Term::atom("release"), Term::string(name), Term::string(vsn)});
}

Answer<Release> loadRelease(const QString &name, const QStringList &directories, TermFiles &files)
{
    const TermFiles::Pass pass(files);
    const auto rel = findRel(name + u".rel"_s, directories, files);
    if (!rel)
        return std::unexpected(rel.error());
    RelMade &made = **rel;
    if (!made.checked)
        return refusal(made.checked.error());
    auto apps = findApps(*made.checked, directories, files);
    if (!apps)
        return refusal(apps.error());
    if (!made.release || made.apps != *apps) {
        made.release = combined(*made.checked, *apps);
        made.apps = *std::move(apps);
    }
    return *made.release;
}

} // namespace handover::relup
