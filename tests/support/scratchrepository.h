// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace handover::test {

/// A real git repository in a temporary directory, made with the git program. Nobody's own
/// configuration has a say, and dates are fixed: each commit and tag is a minute after the one
/// before, so the same steps give the same ids. What goes wrong ends the test program.
class ScratchRepository
{
public:
    /// On branch main, without a commit, in a folder of that name.
    explicit ScratchRepository(const QString &name = QStringLiteral("project"));

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] QString path(const QString &file) const { return m_path + u'/' + file; }
    /// A path beside the repository, for worktrees and checkouts.
    [[nodiscard]] QString beside(const QString &name) const { return m_directory.filePath(name); }

    void write(const QString &file, const QByteArray &contents, bool executable = false) const;
    /// Commits everything in the work tree; the commit's id in 40 digits.
    QByteArray commit(const QString &message = QStringLiteral("A change"));
    void tag(const QString &name);
    void tag(const QString &name, const QString &message); ///< annotated

    /// What git printed, without blanks at the ends.
    QByteArray git(const QStringList &arguments, const QByteArray &input = {}) const;
    /// The same in another directory.
    QByteArray gitIn(const QString &directory, const QStringList &arguments,
                     const QByteArray &input = {}) const;

private:
    QTemporaryDir m_directory;
    QString m_path;
    qint64 m_seconds;
};

} // namespace handover::test
