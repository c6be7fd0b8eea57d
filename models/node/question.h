// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/node.h"

namespace handover::node {

/// Erlang expressions that take their time, made fit to be asked of a node that must not notice: they are evaluated by
/// one process of low priority that is killed after `seconds`, on one line. The value is theirs; or the atom timeout,
/// or {'EXIT', …}. In them, Left() is the milliseconds they have left, and negative when they should come to an end.
[[nodiscard]] QByteArray patientQuestion(const QByteArray &expressions, int seconds);

/// An expression for the list of those of the names that are atoms of the node; no atom is made there.
[[nodiscard]] QByteArray knownAtoms(const QByteArrayList &names);

/// The names in portions that each fit into one question.
[[nodiscard]] QList<QByteArrayList> inPortions(const QByteArrayList &names);

/// ReleaseScript::ask() that must get a value. Errors: server.node-down, and ask()'s.
[[nodiscard]] Result<erlang::Term> askUp(const ReleaseScript &script, const QByteArray &expressions,
                                         const JobContext &context);
/// The answer has not the form that was asked for: server.node-answer.
[[nodiscard]] std::unexpected<Error> strangeAnswer(const ReleaseScript &script, const erlang::Term &answer);

} // namespace handover::node
