// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/tagging.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QPushButton;
class QVBoxLayout;

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class ElidedLabel;
class InlineMessage;
class ProgressStrip;
class RoleLabel;

/// Deleting and pushing a tag: first what it will do, then how it goes, then what came of it and what can
/// be done about that. Hidden while there is nothing of these.
class TagCard final : public QWidget
{
    Q_OBJECT

public:
    explicit TagCard(workspace::Workspace *workspace, QWidget *parent = nullptr);

    void askDelete(const QString &tag);
    void askPush(const QString &tag);

    [[nodiscard]] RoleLabel *words() const { return m_words; }
    [[nodiscard]] QPushButton *doButton() const { return m_do; }
    [[nodiscard]] QPushButton *cancelButton() const { return m_cancel; }
    [[nodiscard]] QComboBox *remoteBox() const { return m_where; }
    [[nodiscard]] const QList<QCheckBox *> &remoteChecks() const { return m_checks; }
    [[nodiscard]] InlineMessage *message() const { return m_message; }

signals:
    void logRequested(handover::Job *job);

private:
    enum class Asking { Nothing, Delete, Push };

    bool ask(Asking what, const QString &tag);
    void makeChecks();
    void updateWords();
    void carryOut();
    void stopAsking();
    void showDone(const workspace::Tagging::Done &done);
    void showFailed(const Error &error);
    void showWhetherAnything();
    [[nodiscard]] QStringList checkedRemotes() const;

    workspace::Workspace *m_workspace;
    Asking m_asking = Asking::Nothing;
    QString m_path; ///< of the repository that this is about
    std::optional<versions::Version> m_version;
    QList<repo::Remote> m_remotes;
    bool m_isMine = false; ///< the running job was started here
    QWidget *m_question;
    ElidedLabel *m_title;
    RoleLabel *m_words;
    QVBoxLayout *m_checkColumn;
    QList<QCheckBox *> m_checks;
    QComboBox *m_where;
    QPushButton *m_do;
    QPushButton *m_cancel;
    ProgressStrip *m_progress;
    InlineMessage *m_message;
};

} // namespace handover::ui
