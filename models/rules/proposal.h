// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/appcontents.h"
#include "models/rules/modulechange.h"
#include "models/core/issue.h"
#include "models/erlang/term.h"

#include <QHash>
#include <QSet>

namespace handover::rules {

enum class Purge { Soft, Brutal };

/// What to do with processes that still run old code: before a module is loaded, and when the release is
/// made permanent (appup(4): PrePurge, PostPurge). OTP's default is brutal for both.
struct PurgeChoice
{
    Purge before = Purge::Brutal;
    Purge after = Purge::Brutal;
    friend bool operator==(const PurgeChoice &, const PurgeChoice &) = default;
};

struct ProposalOptions
{
    PurgeChoice purge;
    QHash<QByteArray, PurgeChoice> purgeOf; ///< for modules that want another one
    /// Where behaviours are looked for that applications define themselves: the newer release.
    QList<AppContents> surroundings;
    /// Modules of other applications that their appups load in the same upgrade: these too are depended on.
    QSet<QByteArray> loadedUp = {};
    QSet<QByteArray> loadedDown = {};
};

struct ProposedInstruction
{
    erlang::Term term;
    QString reason; ///< in words: "tally_ticker is new"
};

/// Source text of code_change to paste into a module.
struct CodeChangeProposal
{
    QByteArray module;
    QByteArray text;
};

/// An appup worked out from two builds of an application.
struct Proposal
{
    QByteArray application;
    QString from;
    QString to;
    QByteArray text; ///< of the whole appup file, as a person would lay it out; empty if none is needed
    QList<ProposedInstruction> up;
    QList<ProposedInstruction> down;
    QList<CodeChangeProposal> codeChanges;
    /// What a person has to look at. Codes:
    ///   errors   rules.not-bumped, rules.bad-module, rules.unlisted-module (of one that changed),
    ///            rules.state-unconverted, rules.state-name (of a state that is gone), rules.extra,
    ///            rules.strategy (no running supervisor can take it on), rules.behaviour-changed,
    ///            rules.not-in-modules (of a module whose state differs), rules.missing-module
    ///   warnings rules.state-converted-as-before, rules.state-unknown (and code_change is the old one),
    ///            rules.state-name, rules.no-way-down, rules.no-debug-info, rules.circle (of processes),
    ///            rules.native-code, rules.supervisor-name, rules.children-unknown, rules.child-restarted,
    ///            rules.child-replaced, rules.plain-process, rules.foreign-state, rules.not-in-modules,
    ///            rules.several-behaviours, rules.unlisted-module,
    ///            rules.calls-deleted, rules.lower-version, rules.record-changed (of one that the state holds)
    ///   hints    rules.state-converted, rules.state-field, rules.state-unknown, rules.state-name, rules.record-changed,
    ///            rules.child-changed, rules.strategy, rules.nothing-changed, rules.circle,
    ///            rules.unknown-behaviour
    QList<Issue> notes;

    [[nodiscard]] bool hasErrors() const;
};

/// The appup for the newer of two builds of the same application, up from the older and down to it.
/// Both lists: children ended, modules added, modules changed, children started, modules deleted; the way
/// down is the way up in reverse. A changed module gets what its behaviour asks for and depends
/// (DepMods) on the changed modules that it calls, in the version that is being loaded. The same input gives
/// the same output. Errors: those of reading the files.
[[nodiscard]] Result<Proposal> propose(const AppContents &older, const AppContents &newer,
                                       const ProposalOptions &options = {});

/// The same for modules that were compared already; the applications must be the same.
[[nodiscard]] Result<Proposal> proposeFor(const AppContents &older, const AppContents &newer,
                                          const ModuleChanges &changes, const ProposalOptions &options);

} // namespace handover::rules
