// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/parser.h"

#include "models/erlang/readerwords.h"
#include "models/erlang/termreader.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover::erlang {

Error SyntaxError::toError(const QString &file) const
{
    return {ErrorKind::Outside,
            u"erlang.syntax"_s,
            QCoreApplication::translate("ErlangParser", "%1, line %2, column %3: %4")
                .arg(file, QString::number(place.line), QString::number(place.column), message),
            QCoreApplication::translate("ErlangParser", "Correct the file at that place."),
            {}};
}

Parsed<QList<Term>> parseTerms(QByteArrayView text, const Limits &limits)
{
    TermReader reader(text, limits);
    QList<Term> terms;
    while (true) {
        auto term = reader.readWithDot();
        if (!term)
            return std::unexpected(std::move(term).error());
        if (!*term)
            return terms;
        terms.append(**std::move(term));
    }
}

Parsed<Term> parseFirstTerm(QByteArrayView text, const Limits &limits)
{
    auto term = TermReader(text, limits).readWithDot();
    if (!term)
        return std::unexpected(std::move(term).error());
    if (!*term)
        return syntaxError(text, {}, ReaderWords::noTerm());
    return **std::move(term);
}

Parsed<Term> parseBareTerm(QByteArrayView text, const Limits &limits)
{
    return TermReader(text, limits).readBare();
}

} // namespace handover::erlang
