// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/appfile.h"

#include "models/erlang/termdata.h"
#include "models/relup/filevalues.h"

#include <QSet>

#include <algorithm>

namespace handover::relup {

namespace {

using erlang::Term;

/// The keys of an .app one after the other; the first problem stays.
class Reader
{
public:
    explicit Reader(const Term &pairs)
        : m_pairs(pairs.items())
        , m_improper(pairs.data().improper)
    {
        if (m_improper)
            m_pairs.removeLast();
    }

    [[nodiscard]] const std::optional<Term> &problem() const noexcept { return m_problem; }

    QString string(const char *key, bool needed)
    {
        const auto value = find(key, needed);
        if (!value)
            return {};
        const auto check = checkString(*value);
        if (check == StringCheck::Crash)
            fail(exitTerm(Term::atom("badarg")));
        else if (check == StringCheck::NoString)
            bad(key);
        return value->stringValue().value_or(QString());
    }

    QList<QByteArray> atoms(const char *key, bool needed)
    {
        const auto value = find(key, needed);
        if (!value)
            return {};
        const auto names = atomNames(*value);
        if (!names) {
            bad(key);
            return {};
        }
        QSet<QByteArray> seen;
        QList<QByteArray> again;
        for (const QByteArray &name : *names) {
            if (seen.contains(name))
                again.append(name);
            seen.insert(name);
        }
        if (!again.isEmpty())
            fail(Term::tuple({Term::atom("dupl_entry"), Term::atom(key), atomList(again)}));
        return *names;
    }

    // A mod of another form counts as missing.
    void callback(const char *key)
    {
        const auto value = find(key, false);
        if (!value || (value->isList() && value->size() == 0))
            return;
        if (!value->isTuple(2) || value->at(0).kind() != Term::Kind::Atom)
            missing(key);
    }

    void pairs(const char *key, QByteArrayView orAtom)
    {
        const auto value = find(key, false);
        if (!value || (!orAtom.isEmpty() && value->isAtom(orAtom)))
            return;
        const QList<Term> items = value->items();
        const auto isPair = [](const Term &item) {
            return item.isTuple(2) && item.at(0).kind() == Term::Kind::Atom;
        };
        if (!value->isList() || !std::ranges::all_of(items, isPair))
            bad(key);
    }

    void limit(const char *key)
    {
        const auto value = find(key, false);
        if (!value || value->isAtom("infinity"))
            return;
        const bool positive = value->kind() == Term::Kind::Integer && !value->write().startsWith('-') &&
                              value->integerValue() != 0;
        if (!positive)
            bad(key);
    }

private:
    // As lists:keysearch/3: the first tuple, of whatever size, that begins with the key.
    std::optional<Term> find(const char *key, bool needed)
    {
        if (m_problem)
            return std::nullopt;
        for (const Term &pair : std::as_const(m_pairs)) {
            if (pair.kind() != Term::Kind::Tuple || pair.size() == 0 || !pair.at(0).isAtom(key))
                continue;
            if (pair.size() == 2)
                return pair.at(1);
            missing(key);
            return std::nullopt;
        }
        if (m_improper)
            fail(exitTerm(Term::atom("badarg")));
        else if (needed)
            missing(key);
        return std::nullopt;
    }

    void fail(const Term &what)
    {
        if (!m_problem)
            m_problem = what;
    }
    void bad(const char *key) { fail(Term::tuple({Term::atom("bad_param"), Term::atom(key)})); }
    void missing(const char *key) { fail(Term::tuple({Term::atom("missing_param"), Term::atom(key)})); }

    QList<Term> m_pairs;
    bool m_improper;
    std::optional<Term> m_problem;
};

} // namespace

std::expected<AppFile, Term> readAppFile(const Term &term)
{
    const auto name = term.at(1).atomName();
    if (!term.isTagged("application", 3) || !name || !term.at(2).isMaybeImproperList())
        return std::unexpected(Term::tuple({Term::atom("badly_formatted_application"), term}));
    Reader reader(term.at(2));
    AppFile file;
    file.name = *name;
    file.vsn = reader.string("vsn", true);
    reader.string("id", false);
    reader.string("description", true);
    file.modules = reader.atoms("modules", true);
    file.registered = reader.atoms("registered", true);
    file.applications = reader.atoms("applications", true);
    file.optional = reader.atoms("optional_applications", false);
    file.included = reader.atoms("included_applications", false);
    reader.callback("mod");
    reader.pairs("start_phases", "undefined");
    reader.pairs("env", {});
    reader.limit("maxT");
    reader.limit("maxP");
    if (reader.problem())
        return std::unexpected(Term::tuple({*reader.problem(), term}));
    return file;
}

} // namespace handover::relup
