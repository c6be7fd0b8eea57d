// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"
#include "models/core/issue.h"

namespace handover::appup {

/// The terms of an appup as they stand in its text, for edits of it: in a template, too, all ranges are
/// the text's own. Nothing can be edited where the text is no appup. It is parsed when it is first needed.
class WrittenAppup
{
public:
    using Edits = std::optional<QList<TextEdit>>;

    explicit WrittenAppup(QByteArrayView text);

    [[nodiscard]] bool isAppup() const { return term().has_value(); }
    [[nodiscard]] erlang::Term list(Direction direction) const;
    [[nodiscard]] erlang::Term instructions(const Rule &rule) const; ///< [] if they are no list

    /// Edits in the layout of what is there; nothing where they can't be made.
    [[nodiscard]] Edits insertRule(Direction direction, qsizetype index, const erlang::Term &entry) const;
    [[nodiscard]] Edits replaceList(Direction direction, const QList<erlang::Term> &entries) const;
    [[nodiscard]] Edits removeRule(const Rule &rule) const;
    /// In front of another one of its list; its text goes as it is.
    [[nodiscard]] Edits moveRule(const Rule &rule, const Rule &before) const;
    [[nodiscard]] Edits insertInstruction(const Rule &rule, qsizetype index, const erlang::Term &instruction) const;
    [[nodiscard]] Edits removeInstruction(const Rule &rule, qsizetype index) const;
    [[nodiscard]] Edits replaceInstruction(const Rule &rule, qsizetype index, const erlang::Term &instruction) const;
    [[nodiscard]] Edits moveInstruction(const Rule &rule, qsizetype from, qsizetype to) const;

private:
    [[nodiscard]] const std::optional<erlang::Term> &term() const;

    QByteArray m_source;
    mutable QByteArray m_text; ///< the same, without tags
    mutable std::optional<erlang::Term> m_term;
    mutable bool m_isParsed = false;
};

/// A fix of these edits; none if there are none.
[[nodiscard]] std::optional<Fix> fixOf(const QString &label, const WrittenAppup::Edits &edits);

} // namespace handover::appup
