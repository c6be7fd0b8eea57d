// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/appupinsertion.h"

#include "models/appup/matcher.h"
#include "models/erlang/edit.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover::rules {

namespace {

using appup::Direction;

using erlang::Term;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupInsertion)
};

std::unexpected<Error> unreadable(const QString &detail)
{
    return refusal(u"rules.appup-unreadable"_s, Words::tr("There is an appup already, but OTP couldn't read it."),
                   Words::tr("Mend it, or remove it and have it proposed anew."), detail);
}

Term entry(const QString &vsn, const QList<ProposedInstruction> &instructions)
{
    QList<Term> terms;
    for (const ProposedInstruction &instruction : instructions)
        terms.append(instruction.term);
    return Term::tuple({Term::string(vsn), Term::list(terms)});
}

} // namespace

Result<QByteArray> withProposal(const QByteArray &text, const Proposal &proposal)
{
    const auto appup = appup::Appup::parse(text);
    if (!appup)
        return unreadable(appup.error().message);
    const auto term = erlang::parseFirstTerm(text);
    if (!term)
        return unreadable(term.error().message);
    QList<TextEdit> edits;
    for (const Direction direction : {Direction::Up, Direction::Down}) {
        if (appup::Matcher(appup->rules(direction)).match(proposal.from) > 0)
            continue;
        const bool up = direction == Direction::Up;
        auto inserted = erlang::insertItem(text, term->at(up ? 1 : 2), 0, entry(proposal.from, up ? proposal.up : proposal.down));
        if (!inserted)
            return std::unexpected(inserted.error());
        edits += *inserted;
    }
    return erlang::applyEdits(text, edits);
}

} // namespace handover::rules
