// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/appupscript.h"

#include "models/erlang/termdata.h"

#include <QRegularExpression>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

using erlang::Term;

std::unexpected<Reason> fileProblem(const QString &file, const Term &what)
{
    return std::unexpected(Reason{
        Reason::Module::Relup,
        Term::tuple({Term::atom("file_problem"), Term::tuple({Term::string(file), what})}), false});
}

std::unexpected<Reason> raised(const Term &error)
{
    return std::unexpected(Reason{Reason::Module::Relup, Term::tuple({error, Term()}), true});
}

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

// The instructions of the first entry that takes the version; the empty optional if none does.
Answer<std::optional<Term>> search(const Term &entries, const QString &version)
{
    if (!entries.isMaybeImproperList())
        return raised(Term::atom("function_clause"));
    const Term wanted = Term::string(version);
    QList<Term> items = entries.items();
    if (entries.data().improper)
        items.removeLast();
    for (const Term &entry : std::as_const(items)) {
        if (!entry.isTuple(2))
            continue;
        const Term key = entry.at(0);
        if (key == wanted)
            return entry.at(1);
        if (const auto pattern = key.binaryValue()) {
            const auto takes = patternTakes(*pattern, version);
            if (!takes)
                return raised(Term::atom("badarg"));
            if (*takes)
                return entry.at(1);
        }
    }
    if (entries.data().improper)
        return raised(Term::atom("function_clause"));
    return std::nullopt;
}

} // namespace

Answer<AppupScript> pickScript(const Application &application, const QString &version, appup::Direction direction,
                               TermFiles &files)
{
    const QString file = application.directory + u'/' + QString::fromUtf8(application.name) + u".appup"_s;
    const TermFiles::Contents contents = files.read(file);
    if (!contents && contents.error().crashes)
        return raised(TermFiles::Problem::crash());
    if (!contents)
        return fileProblem(file, Term::tuple({Term::atom("error"), contents.error().term}));
    if (!contents->isTuple(3))
        return fileProblem(file, Term::tuple({Term::atom("ok"), *contents}));
    const auto found = search(contents->at(direction == appup::Direction::Up ? 1 : 2), version);
    if (!found)
        return std::unexpected(found.error());
    if (!*found) {
        return std::unexpected(Reason{
            Reason::Module::Relup,
            Term::tuple({Term::atom("no_relup"), Term::string(file), application.term(), Term::string(version)}),
            false});
    }
    AppupScript script{**found, {}};
    if (contents->at(0) != Term::string(application.vsn))
        script.otherVersion = contents->at(0);
    return script;
}

} // namespace handover::relup
