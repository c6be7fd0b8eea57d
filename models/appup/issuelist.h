// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"
#include "models/core/issue.h"

namespace handover::appup {

/// Collects the issues of one text.
class IssueList
{
public:
    IssueList(QByteArrayView text, QString file)
        : m_text(text)
        , m_file(std::move(file))
    {
    }

    void add(Severity severity, const QString &code, const QString &message, TextRange range,
             std::optional<Fix> fix = {});
    /// A fix that writes another key for a rule; none if the key holds a {{tag}} that would be lost.
    [[nodiscard]] std::optional<Fix> newKey(const Rule &rule, const erlang::Term &key) const;
    [[nodiscard]] QByteArrayView source(TextRange range) const;
    [[nodiscard]] QList<Issue> sorted() &&;

private:
    QByteArrayView m_text;
    QString m_file;
    QList<Issue> m_issues;
};

} // namespace handover::appup
