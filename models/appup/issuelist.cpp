// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/issuelist.h"

#include <QCoreApplication>

#include <algorithm>

namespace handover::appup {

namespace {

constexpr qsizetype MaxIssues = 1000; // a hostile file must not fill the memory with words

} // namespace

void IssueList::add(Severity severity, const QString &code, const QString &message, TextRange range,
                    std::optional<Fix> fix)
{
    if (m_issues.size() < MaxIssues)
        m_issues.append(
            {severity, code, message, m_file, range, placeOf(m_text, range.begin), std::move(fix)});
}

std::optional<Fix> IssueList::newKey(const Rule &rule, const erlang::Term &key) const
{
    if (rule.keyRange.isEmpty() || source(rule.keyRange).contains("{{"))
        return std::nullopt;
    const QByteArray written = key.print();
    return Fix{QCoreApplication::translate("AppupCheck", "Use %1").arg(QString::fromUtf8(written)),
               {{rule.keyRange, written}}};
}

QByteArrayView IssueList::source(TextRange range) const
{
    const qsizetype begin = qBound<qsizetype>(0, range.begin, m_text.size());
    return m_text.sliced(begin, qBound<qsizetype>(0, range.end - begin, m_text.size() - begin));
}

QList<Issue> IssueList::sorted() &&
{
    std::ranges::stable_sort(m_issues, {}, [](const Issue &issue) { return issue.range.begin; });
    return std::move(m_issues);
}

} // namespace handover::appup
