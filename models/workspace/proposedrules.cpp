// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/proposedrules.h"

#include "models/changes/rulechecks.h"
#include "models/rules/appupinsertion.h"
#include "models/workspace/chosenmodules.h"
#include "models/workspace/releaserules.h"

using namespace Qt::StringLiterals;

namespace handover::workspace {

Result<ProposedRules> proposedRules(const QByteArray &text, const QString &app, const build::BuiltRelease &older,
                                    const build::BuiltRelease &newer, const changes::AppDifference *difference,
                                    const QSet<QByteArray> &leftOut, const JobContext &context)
{
    const auto before = openRelease(older.directory, context);
    if (!before)
        return std::unexpected(before.error());
    const auto after = openRelease(newer.directory, context);
    if (!after)
        return std::unexpected(after.error());
    const auto proposals = rules::proposeAll(before->contents, after->contents);
    if (!proposals)
        return std::unexpected(proposals.error());
    const rules::Proposal whole = proposals->value(app.toUtf8());
    const rules::Proposal proposal = without(whole, leftOut);
    ProposedRules proposed{text, proposal.notes, text.trimmed().isEmpty()};
    if (whole.text.isEmpty() && proposed.isNew)
        return refusal(u"rules.nothing-to-write"_s,
                       u"%1 needs no rules between %2 and %3: its version is the same, or it is new."_s.arg(
                           app, older.version, newer.version));
    if (proposed.isNew && leftOut.isEmpty()) {
        proposed.text = proposal.text;
        return proposed;
    }
    if (proposed.isNew)
        proposed.text = '{' + erlang::Term::string(whole.to).print() + ",\n [],\n []}.\n";
    if (!whole.text.isEmpty()) {
        auto merged = rules::withProposal(proposed.text, proposal);
        if (!merged)
            return std::unexpected(merged.error());
        // Where rules take the version already, what would have been wrong with new ones doesn't matter.
        if (*merged == proposed.text)
            proposed.notes.removeIf([](const Issue &note) { return note.code == u"rules.extra"_s; });
        proposed.text = *std::move(merged);
    }
    if (difference)
        proposed.text = changes::withMissingInstructions(proposed.text, without(*difference, leftOut), changes::Differences::Basis::Builds);
    return proposed;
}

} // namespace handover::workspace
