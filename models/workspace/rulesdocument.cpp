// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/rulesdocument.h"

#include "models/appup/check.h"
#include "models/changes/rulechecks.h"
#include "models/jobs/wholefile.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace handover::workspace {

RulesDocument::RulesDocument(QObject *parent) : QObject(parent), m_matches(new appup::MatchTableModel(this)) {}

void RulesDocument::open(const Source &source)
{
    m_source = source;
    m_differences.reset();
    m_text = source.text;
    m_matches->setVersions(source.otherVersions);
    analyse();
    emit opened();
    emit modifiedChanged();
}

void RulesDocument::close()
{
    if (isOpen())
        open({});
}

void RulesDocument::setDifferences(const changes::AppDifference *app, changes::Differences::Basis basis)
{
    if (!app && !m_differences)
        return;
    m_differences = app ? std::optional(*app) : std::nullopt;
    m_basis = basis;
    analyse();
    emit textChanged();
}

bool RulesDocument::differsFromTag() const
{
    return isOpen() && m_source.tagText && *m_source.tagText != m_text;
}

void RulesDocument::setText(const QByteArray &text)
{
    if (text == m_text)
        return;
    const bool wasModified = isModified();
    m_text = text;
    analyse();
    emit textChanged();
    if (wasModified != isModified())
        emit modifiedChanged();
}

void RulesDocument::analyse()
{
    m_issues.clear();
    m_appup.reset();
    if (isOpen()) {
        if (auto parsed = appup::Appup::parse(m_text, m_source.vsn))
            m_appup = std::move(*parsed);
        const QString file = isEditable() ? QFileInfo(m_source.file).fileName() : m_source.app + u".appup"_s;
        m_issues = appup::check(m_text, {file, m_source.vsn, m_source.versionsToReach});
        if (m_differences && m_differences->to == m_source.vsn) {
            m_issues += changes::checkRules(m_text, file, *m_differences, m_basis);
            std::ranges::stable_sort(m_issues, {}, [](const Issue &issue) { return issue.range.begin; });
        }
    }
    m_matches->setAppup(m_appup);
}

int RulesDocument::errorCount() const
{
    return static_cast<int>(
        std::ranges::count_if(m_issues, [](const Issue &issue) { return issue.severity != Severity::Hint; }));
}

Result<void> RulesDocument::save()
{
    if (!isEditable())
        return misuse(u"rules.write"_s, u"These rules are the tag's, and a tag never changes."_s,
                      u"Check out a branch that has the file, and edit it there."_s);
    QFile current(m_source.file);
    if (current.exists()) {
        if (!current.open(QIODevice::ReadOnly))
            return failure(u"rules.write"_s, u"%1 can't be read."_s.arg(m_source.file), u"Check its permissions."_s,
                           current.errorString());
        if (current.readAll() != m_source.text)
            return refusal(u"rules.changed-outside"_s, u"%1 was changed by another program since it was opened."_s
                               .arg(m_source.file),
                           u"Open it again to see that change; your text stays in the editor until then."_s);
    }
    if (const auto written = writeWhole(m_source.file, m_text); !written)
        return failure(u"rules.write"_s, u"%1 could not be saved."_s.arg(m_source.file),
                       u"Check that you may write there and that the disk is not full; your text is still in the editor."_s,
                       written.error());
    m_source.text = m_text;
    emit modifiedChanged();
    return {};
}

} // namespace handover::workspace
