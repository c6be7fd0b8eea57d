// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/jobqueue.h"
#include "models/server/serverlink.h"
#include "models/workspace/textdrafts.h"

#include <QTimer>
#include <QWidget>

class QPushButton;
class QStackedWidget;

namespace handover::ui {

class Chip;
class CodeEditor;
class DiffView;
class ElidedLabel;
class EmptyState;
class InlineMessage;

/// A small text file of a server, to be read and changed. What was written stays here until it is saved or thrown away,
/// whatever becomes of the connection, and is kept over a crash.
class TextPane final : public QWidget
{
    Q_OBJECT

public:
    explicit TextPane(JobQueue *jobs, QWidget *parent = nullptr);
    ~TextPane() override;

    /// Only while nothing unsaved is in it.
    void open(const QString &server, std::shared_ptr<server::ServerLink> link, const server::RemotePath &path);
    /// As it was left by a Handover that ended, which is forgotten then: it is this one's from now on.
    void restore(const QString &server, std::shared_ptr<server::ServerLink> link, const workspace::TextDrafts::Left &left);
    void save();
    void close(); ///< asks first, inline, where something is unsaved
    [[nodiscard]] bool isModified() const;
    [[nodiscard]] bool isOpen() const { return m_path.has_value(); }
    /// Says that something is unsaved, and what can be done about it; `discard` is called when it may go.
    void askAboutUnsaved(const std::function<void()> &discard);

    [[nodiscard]] workspace::TextDrafts *drafts() { return &m_drafts; }
    [[nodiscard]] CodeEditor *editor() const { return m_editor; }
    [[nodiscard]] DiffView *comparison() const { return m_comparison; }
    [[nodiscard]] InlineMessage *message() const { return m_message; }
    [[nodiscard]] QPushButton *saveButton() const { return m_save; }

signals:
    void saved();
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void begin(const QString &server, std::shared_ptr<server::ServerLink> link, const server::RemotePath &path);
    void load();
    void keepDraft();
    void write(bool overwrite);
    void written(const Result<transfer::RemoteText> &done, const QByteArray &sent);
    void compare();
    void leave();
    void take(const transfer::RemoteText &text);
    void showEditor();
    void update();

    JobQueue *m_jobs;
    workspace::TextDrafts m_drafts;
    QTimer m_keepSoon;
    std::shared_ptr<server::ServerLink> m_link;
    QString m_server;
    std::optional<server::RemotePath> m_path;
    std::optional<transfer::RemoteText> m_opened;
    bool m_saving = false;
    quint64 m_visit = 0; ///< answers that belong to an earlier file are dropped
    ElidedLabel *m_title;
    Chip *m_chip;
    QPushButton *m_save;
    InlineMessage *m_message;
    EmptyState *m_empty;
    CodeEditor *m_editor;
    DiffView *m_comparison;
    QStackedWidget *m_stack;
};

} // namespace handover::ui
