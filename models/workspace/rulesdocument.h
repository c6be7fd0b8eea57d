// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"
#include "models/appup/matchtablemodel.h"
#include "models/changes/differences.h"
#include "models/core/error.h"
#include "models/core/issue.h"
#include "models/workspace/project.h"

#include <QObject>

#include <optional>

namespace handover::workspace {

/// The appup of one application while it is edited: the text is the truth, everything else follows
/// it at each setText(). The text comes from the work tree, where it is saved; where the work tree
/// has none, from the tag, and can't be edited.
class RulesDocument final : public QObject
{
    Q_OBJECT

public:
    explicit RulesDocument(QObject *parent = nullptr);

    /// What to show; forgets unsaved text. `vsn` is the application's at the version gone to.
    struct Source
    {
        QString app;
        QString file;        ///< absolute, in the work tree; empty: only the tag has it
        QByteArray text;
        std::optional<QByteArray> tagText; ///< as the tag has it, if it has one
        QString tag;
        QString vsn;
        QStringList otherVersions;   ///< the application's vsns at the other tags, newest first
        QStringList versionsToReach; ///< those of them that the rules should take
    };
    void open(const Source &source);
    void close();
    /// What really changed in the application, for the problems; nullptr: it isn't known.
    void setDifferences(const changes::AppDifference *app, changes::Differences::Basis basis);

    [[nodiscard]] bool isOpen() const { return !m_source.app.isEmpty(); }
    [[nodiscard]] const Source &source() const { return m_source; }
    [[nodiscard]] bool isEditable() const { return !m_source.file.isEmpty(); }
    [[nodiscard]] bool isModified() const { return isOpen() && m_text != m_source.text; }
    /// Whether a build of the tag would use another text than the one shown.
    [[nodiscard]] bool differsFromTag() const;

    [[nodiscard]] const QByteArray &text() const { return m_text; }
    void setText(const QByteArray &text);
    [[nodiscard]] const std::optional<appup::Appup> &appup() const { return m_appup; }
    [[nodiscard]] const QList<Issue> &issues() const { return m_issues; }
    [[nodiscard]] int errorCount() const;
    [[nodiscard]] appup::MatchTableModel *matches() const { return m_matches; }

    /// Writes the file whole or not at all. Errors: rules.changed-outside (it isn't what was read),
    /// rules.write.
    [[nodiscard]] Result<void> save();

signals:
    void opened();
    void textChanged();
    void modifiedChanged();

private:
    void analyse();

    Source m_source;
    std::optional<changes::AppDifference> m_differences;
    changes::Differences::Basis m_basis = changes::Differences::Basis::Sources;
    QByteArray m_text;
    std::optional<appup::Appup> m_appup;
    QList<Issue> m_issues;
    appup::MatchTableModel *m_matches;
};

} // namespace handover::workspace
