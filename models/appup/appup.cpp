// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/appup.h"

#include "models/appup/reader.h"
#include "models/appup/template.h"

namespace handover::appup {

erlang::Parsed<Appup> Appup::parse(QByteArrayView text, const QString &vsn)
{
    const Template source(text, vsn);
    const auto term = erlang::parseFirstTerm(source.rendered());
    if (!term)
        return std::unexpected(inSource(term.error(), source, text));
    if (const auto wrong = shapeError(*term)) {
        const erlang::SyntaxError error{shapeWords(*wrong), shapeRange(*term, *wrong), {}};
        return std::unexpected(inSource(error, source, text));
    }
    return fromTerm(*term, source);
}

const Rule *Appup::ruleAt(qsizetype offset) const
{
    for (const QList<Rule> *rules : {&up, &down}) {
        for (const Rule &rule : *rules) {
            if (rule.range.touches(offset))
                return &rule;
        }
    }
    return nullptr;
}

QByteArray render(QByteArrayView source, const QString &vsn) { return Template(source, vsn).rendered(); }

} // namespace handover::appup
