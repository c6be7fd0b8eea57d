// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/applicationsearch.h"

#include "models/relup/filenames.h"
#include "models/relup/filevalues.h"

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

using erlang::Term;

std::unexpected<Term> what(const char *tag, const Term &value)
{
    return std::unexpected(Term::tuple({Term::atom(tag), value}));
}

Term wrongVersion(const QString &wanted, const QString &path, const QString &found)
{
    const Term should = Term::tuple({Term::string(u"should be"_s), Term::string(wanted)});
    const Term is = Term::tuple({Term::string(u"found file"_s), Term::string(path), Term::string(found)});
    return Term::tuple({Term::atom("no_valid_version"), Term::tuple({should, is})});
}

Term parseError(const QString &path, const Term &error)
{
    return Term::tuple(
        {Term::atom("parse_error"), Term::tuple({Term::string(path), error.at(0), error.at(2)})});
}

class Search
{
public:
    Search(const RelFile &rel, const QStringList &directories, TermFiles &files)
        : m_rel(rel)
        , m_directories(directories)
        , m_files(files)
    {
    }

    std::expected<QList<FoundApp>, Term> run()
    {
        QList<FoundApp> found;
        QList<Term> errors;
        for (const RelFile::Entry &entry : m_rel.applications) {
            auto app = find(entry);
            if (m_crashed)
                return std::unexpected(crashedSearch());
            if (!app)
                errors.prepend(Term::tuple({Term::atom("error_reading"), named(entry.name, app.error())}));
            else if (app->file().name != entry.name)
                errors.prepend(
                    Term::tuple({Term::atom("bad_application_name"),
                                 named(entry.name, named(app->file().name, Term::string(entry.vsn)))}));
            else
                found.append(*std::move(app));
        }
        if (!errors.isEmpty())
            return std::unexpected(Term::list(errors));
        return found;
    }

private:
    static Term named(const QByteArray &name, const Term &value)
    {
        return Term::tuple({Term::atom(name), value});
    }

    // A wrong version or a syntax error only counts if no other directory has the right file; anything
    // else that is wrong ends the search.
    std::expected<FoundApp, Term> find(const RelFile::Entry &entry)
    {
        const QString file = QString::fromUtf8(entry.name) + u".app"_s;
        std::optional<Term> first;
        const auto keepFirst = [&first](const Term &problem) {
            if (!first)
                first = problem;
        };
        const QStringList holding = m_files.holding(m_directories, file);
        for (const QString &directory : holding) {
            const QString joined = filenames::joined(directory, file);
            const QString path = directory == u"." ? file : joined;
            auto made = read(path);
            if (m_crashed)
                return {};
            if (!made) {
                if (made.error().isTagged("parse", 3))
                    keepFirst(parseError(joined, made.error().at(2)));
                continue;
            }
            const auto &checked = (*made)->checked;
            if (!checked)
                return std::unexpected(checked.error());
            if (checked->vsn != entry.vsn) {
                keepFirst(wrongVersion(entry.vsn, joined, checked->vsn));
                continue;
            }
            if (auto strangers = notIncluded(*checked); !strangers.isEmpty())
                return what("override_include", atomList(strangers));
            return FoundApp{*std::move(made), filenames::directoryOf(path)};
        }
        if (first)
            return std::unexpected(*first);
        return what("not_found", Term::string(file));
    }

    std::expected<std::shared_ptr<const AppMade>, Term> read(const QString &path)
    {
        const auto contents = m_files.read(path);
        if (!contents) {
            m_crashed = contents.error().crashes;
            return std::unexpected(contents.error().term);
        }
        auto &made = m_files.madeOf(path);
        if (!made)
            made = std::make_shared<AppMade>(*contents);
        return std::dynamic_pointer_cast<const AppMade>(made);
    }

    // What the .rel has the application include although its .app doesn't.
    QList<QByteArray> notIncluded(const AppFile &file) const
    {
        QList<QByteArray> strangers = m_rel.includes.value(file.name);
        strangers.removeIf([&](const QByteArray &name) { return file.included.contains(name); });
        return strangers;
    }

    const RelFile &m_rel;
    const QStringList &m_directories;
    TermFiles &m_files;
    bool m_crashed = false;
};

} // namespace

std::expected<QList<FoundApp>, Term> findApps(const RelFile &rel, const QStringList &directories,
                                              TermFiles &files)
{
    return Search(rel, directories, files).run();
}

Term crashedSearch() { return exitTerm(TermFiles::Problem::crash()); }

} // namespace handover::relup
