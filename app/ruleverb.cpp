// SPDX-License-Identifier: GPL-3.0-or-later
// rules: the appups proposed from two built releases.
#include "app/verbs.h"

#include "app/json.h"
#include "app/terminal.h"
#include "models/workspace/releaserules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

using Proposals = QMap<QByteArray, rules::Proposal>;

QJsonObject rulesJson(const Proposals &proposals)
{
    QJsonObject object;
    for (const rules::Proposal &proposal : proposals)
        object.insert(QString::fromUtf8(proposal.application),
                      QJsonObject{{u"appup"_s, proposal.text.isEmpty() ? QJsonValue() : QString::fromUtf8(proposal.text)},
                                  {u"notes"_s, toJson(proposal.notes)}});
    return object;
}

QString heading(const rules::Proposal &proposal)
{
    const QString name = QString::fromUtf8(proposal.application);
    if (proposal.from.isEmpty() || proposal.to.isEmpty() || proposal.from == proposal.to)
        return u"%1 %2"_s.arg(name, proposal.to.isEmpty() ? proposal.from : proposal.to).trimmed();
    return u"%1 %2 → %3"_s.arg(name, proposal.from, proposal.to);
}

void printRules(const rules::Proposal &proposal)
{
    print(u"== %1"_s.arg(heading(proposal)));
    if (!proposal.text.isEmpty())
        print(QString::fromUtf8(proposal.text).trimmed());
    for (const rules::ProposedInstruction &instruction : proposal.up)
        print(u"  up: %1"_s.arg(instruction.reason));
    for (const Issue &note : proposal.notes)
        print(u"%1: %2: %3 [%4]"_s.arg(note.file, severityName(note.severity), note.message, note.code));
    print(QString());
}

QString outcomeWords(workspace::AppupOutcome outcome, const QString &application, const QString &from)
{
    switch (outcome) {
    case workspace::AppupOutcome::Created: return u"%1: the appup was written."_s.arg(application);
    case workspace::AppupOutcome::Extended: return u"%1: the rules for %2 were added to its appup."_s.arg(application, from);
    case workspace::AppupOutcome::LeftAsItIs: return u"%1: its appup takes %2 already; it stays as it is."_s.arg(application, from);
    }
    Q_UNREACHABLE_RETURN(QString());
}

Result<> writeAll(const Proposals &proposals, const workspace::OpenedRelease &newer)
{
    for (const rules::Proposal &proposal : proposals) {
        if (proposal.text.isEmpty())
            continue;
        if (proposal.hasErrors()) {
            printNote(u"%1: no appup was written; with these errors the upgrade would fail."_s.arg(
                QString::fromUtf8(proposal.application)));
            continue;
        }
        const auto outcome = workspace::writeProposal(proposal, newer);
        if (!outcome)
            return std::unexpected(outcome.error());
        printNote(outcomeWords(*outcome, QString::fromUtf8(proposal.application), proposal.from));
    }
    return {};
}

} // namespace

int runRules(const QCommandLineParser &parser)
{
    const QStringList arguments = parser.positionalArguments().mid(1);
    const TerminalContext context(isVerbose(parser));
    const auto older = workspace::openRelease(arguments[0], context);
    if (!older)
        return printError(older.error());
    const auto newer = workspace::openRelease(arguments[1], context);
    if (!newer)
        return printError(newer.error());
    if (parser.isSet(u"write"_s) && newer->unpacked)
        return printError(misuse(u"rules.in-tarball"_s, u"An appup can't be written into a tarball."_s,
                                 u"Give the release directory it was made from."_s).error());
    auto proposals = rules::proposeAll(older->contents, newer->contents);
    if (!proposals)
        return printError(proposals.error());
    if (parser.isSet(u"app"_s)) {
        const QByteArray wanted = parser.value(u"app"_s).toUtf8();
        if (!newer->contents.versions.contains(wanted) && !older->contents.versions.contains(wanted))
            return printError(misuse(u"usage"_s, u"There is no application %1 in these releases."_s.arg(parser.value(u"app"_s)),
                                     u"They have: %1."_s.arg(QString::fromUtf8(newer->contents.versions.keys().join(", ")))).error());
        proposals->removeIf([&](const auto &proposal) { return proposal.key() != wanted; });
    }
    if (wantsJson(parser)) {
        printJson(QJsonDocument(rulesJson(*proposals)));
    } else {
        for (const rules::Proposal &proposal : std::as_const(*proposals))
            printRules(proposal);
        if (proposals->isEmpty())
            print(u"Nothing differs between %1 and %2."_s.arg(older->version, newer->version));
    }
    if (parser.isSet(u"write"_s)) {
        if (auto written = writeAll(*proposals, *newer); !written)
            return printError(written.error());
    }
    return std::ranges::any_of(*proposals, &rules::Proposal::hasErrors) ? 1 : 0;
}

} // namespace handover::app
