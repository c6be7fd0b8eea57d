// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/reason.h"

#include "models/relup/makereasons.h"
#include "models/relup/reasonwords.h"

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

using erlang::Term;

std::optional<ReasonWords> wordsOf(const Reason &reason)
{
    if (reason.raised)
        return raisedWords(reason.term);
    switch (reason.module) {
    case Reason::Module::Make:
        return makeReasonWords(reason.term);
    case Reason::Module::Relup:
        return relupReasonWords(reason.term);
    case Reason::Module::Rc:
        return scriptReasonWords(reason.term);
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

QByteArray Reason::moduleName() const
{
    switch (module) {
    case Module::Make:
        return "systools_make";
    case Module::Relup:
        return "systools_relup";
    case Module::Rc:
        return "systools_rc";
    }
    Q_UNREACHABLE_RETURN({});
}

QByteArray Reason::tag() const
{
    Term inner = term;
    while (!inner.items().isEmpty() && inner.kind() != Term::Kind::String)
        inner = inner.isTagged("error", 2) ? inner.at(1) : inner.at(0);
    return inner.atomName().value_or("other");
}

Error Reason::toError() const
{
    const QString code = u"relup."_s + QString::fromUtf8(tag().replace('_', '-'));
    const ReasonWords words = wordsOf(*this).value_or(
        ReasonWords{u"OTP can't make the relup: %1"_s.arg(inWords(term)), u"The detail has OTP's own term."_s});
    const bool notWritten = term.isTagged("file_problem", 2) && term.at(1).at(1).isTagged("open", 2);
    return {notWritten ? ErrorKind::Outside : ErrorKind::Answer, code, words.message, words.hint, QString::fromUtf8(term.print())};
}

std::unexpected<Reason> blamed(Reason reason, const Sources &sources)
{
    for (const Origin *origin : sources)
        reason.origins.append(*origin);
    return std::unexpected(std::move(reason));
}

} // namespace handover::relup
