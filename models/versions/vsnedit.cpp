// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/vsnedit.h"

#include "models/erlang/edit.h"
#include "models/erlang/parser.h"
#include "models/versions/releaseterms.h"

using namespace Qt::StringLiterals;

namespace handover::versions {

namespace {

using erlang::Term;

std::unexpected<Error> notPlain(const QString &file)
{
    return refusal(u"versions.vsn"_s, u"The version in the %1 is not a plain text."_s.arg(file),
                   u"Set it by hand, or leave it as it is."_s);
}

bool isText(const Term &vsn) { return vsn.stringValue() || vsn.binaryValue(); }

Term inTheSameForm(const Term &old, const QString &vsn)
{
    return old.kind() == Term::Kind::Binary ? Term::binary(vsn.toUtf8()) : Term::string(vsn);
}

std::optional<Term> vsnTerm(QByteArrayView appSrc)
{
    const auto term = erlang::parseFirstTerm(appSrc);
    if (!term || !term->isTagged("application", 3))
        return std::nullopt;
    for (const Term &item : term->at(2).items()) {
        if (item.isTagged("vsn", 2))
            return item.at(1);
    }
    return std::nullopt;
}

std::optional<Term> withoutVsn(QByteArrayView appSrc)
{
    const auto term = erlang::parseFirstTerm(appSrc);
    if (!term || !term->isTagged("application", 3))
        return std::nullopt;
    QList<Term> items = term->at(2).items();
    items.removeIf([](const Term &item) { return item.isTagged("vsn", 2); });
    return Term::tuple({term->at(0), term->at(1), Term::list(items)});
}

} // namespace

Result<QByteArray> withVsn(QByteArrayView appSrc, const QString &vsn)
{
    const auto old = vsnTerm(appSrc);
    if (!old || !isText(*old))
        return notPlain(u"application's .app.src"_s);
    const auto edit = erlang::replaceTerm(appSrc, *old, inTheSameForm(*old, vsn));
    if (!edit)
        return std::unexpected(edit.error());
    return erlang::applyEdits(appSrc, {*edit});
}

Result<QByteArray> withReleaseVsn(QByteArrayView rebarConfig, const QString &vsn)
{
    const auto config = erlang::parseTerms(rebarConfig);
    const QList<Term> terms = config ? releaseVsnTerms(*config) : QList<Term>();
    if (terms.isEmpty())
        return notPlain(u"release's rebar.config"_s);
    QList<TextEdit> edits;
    for (const Term &old : terms) {
        if (!isText(old))
            return notPlain(u"release's rebar.config"_s);
        const auto edit = erlang::replaceTerm(rebarConfig, old, inTheSameForm(old, vsn));
        if (!edit)
            return std::unexpected(edit.error());
        edits += *edit;
    }
    return erlang::applyEdits(rebarConfig, edits);
}

bool differBesidesVsn(QByteArrayView older, QByteArrayView newer)
{
    const auto before = withoutVsn(older);
    const auto after = withoutVsn(newer);
    return before && after ? *before != *after : older != newer;
}

} // namespace handover::versions
