// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/appupscript.h"

#include "models/erlang/termdata.h"

#include <QRegularExpression>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

using erlang::Term;

Reason fileProblem(const QString &file, const Term &what)
{
    return {Reason::Module::Relup, Term::tuple({Term::atom("file_problem"), Term::tuple({Term::string(file), what})}),
            false};
}

Reason raised(const Term &error) { return {Reason::Module::Relup, Term::tuple({error, Term()}), true}; }

// Nothing: re:run/3 raises badarg.
std::optional<bool> patternTakes(const QByteArray &pattern, const QString &version)
{
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decode(pattern);
    if (decode.hasError())
        return std::nullopt;
    // The limit of OTP's own PCRE. What reaches it doesn't match, there as here. PCRE2's JIT
    // overlooks matches in UTF-16: it finds nothing of "b?1.{2}" in "1.0".
    const QRegularExpression expression(u"(*NO_JIT)(*LIMIT_MATCH=10000000)"_s + text);
    if (!expression.isValid())
        return std::nullopt;
    const QRegularExpressionMatch match = expression.matchView(version);
    return match.hasMatch() && match.capturedLength() == version.size();
}

// Puts the number of the first entry that takes the version into `origin`, or of the one that can't be
// asked; gives its instructions, or the empty optional if none does.
Answer<std::optional<Term>> search(const Term &entries, const QString &version, Origin &origin)
{
    if (!entries.isMaybeImproperList())
        return blamed(raised(Term::atom("function_clause")), {&origin});
    const Term wanted = Term::string(version);
    QList<Term> items = entries.items();
    if (entries.data().improper)
        items.removeLast();
    for (const Term &entry : std::as_const(items)) {
        ++origin.rule;
        if (!entry.isTuple(2))
            continue;
        const Term key = entry.at(0);
        if (key == wanted)
            return entry.at(1);
        if (const auto pattern = key.binaryValue()) {
            const auto takes = patternTakes(*pattern, version);
            if (!takes)
                return blamed(raised(Term::atom("badarg")), {&origin});
            if (*takes)
                return entry.at(1);
        }
    }
    origin.rule = 0;
    if (entries.data().improper)
        return blamed(raised(Term::atom("function_clause")), {&origin});
    return std::nullopt;
}

} // namespace

Answer<AppupScript> pickScript(const Application &application, const QString &version, appup::Direction direction,
                               TermFiles &files)
{
    const QString file = application.directory + u'/' + QString::fromUtf8(application.name) + u".appup"_s;
    const TermFiles::Contents contents = files.read(file);
    Origin origin{application.name, direction, 0, Origin::None};
    if (!contents && contents.error().crashes)
        return blamed(raised(TermFiles::Problem::crash()), {&origin});
    if (!contents)
        return blamed(fileProblem(file, Term::tuple({Term::atom("error"), contents.error().term})), {&origin});
    if (!contents->isTuple(3))
        return blamed(fileProblem(file, Term::tuple({Term::atom("ok"), *contents})), {&origin});
    const auto found = search(contents->at(direction == appup::Direction::Up ? 1 : 2), version, origin);
    if (!found)
        return std::unexpected(found.error());
    if (!*found) {
        const Term term =
            Term::tuple({Term::atom("no_relup"), Term::string(file), application.term(), Term::string(version)});
        return blamed({Reason::Module::Relup, term, false}, {&origin});
    }
    AppupScript script{**found, std::move(origin), {}};
    if (contents->at(0) != Term::string(application.vsn))
        script.otherVersion = contents->at(0);
    return script;
}

} // namespace handover::relup
