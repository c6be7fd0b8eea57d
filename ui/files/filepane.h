// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/directoryorder.h"
#include "ui/files/fileview.h"

#include <QWidget>

class QMimeData;
class QPushButton;
class QStackedWidget;

namespace handover::ui {

class ElidedLabel;
class EmptyState;
class FileDetails;
class IconButton;
class InlineMessage;
class PathBar;
class ProgressStrip;
class SearchField;

/// One side of the file page: a directory, the way to it, and what can be done in it.
class FilePane final : public QWidget
{
    Q_OBJECT

public:
    /// `head`: what stands at the top at the left; `copyText`: what sends to the other side.
    FilePane(const QString &name, QWidget *head, QStringView copyIcon, const QString &copyText, JobQueue *jobs,
             QWidget *parent = nullptr);

    /// Looks at another place, from a directory on; without one from its home.
    void setPlace(std::shared_ptr<transfer::FilePlace> place, const std::optional<transfer::Path> &start = {});
    void setReleaseDirectory(const std::optional<transfer::Path> &directory); ///< a button leads there
    void setCopyTo(const QString &text) { m_copyTo = text; } ///< what asks where to copy to; without it nothing does
    void setEmpty(QStringView icon, const QString &title, const QString &words); ///< what stands there without a place

    [[nodiscard]] transfer::DirectoryModel *model() const { return m_model; }
    [[nodiscard]] transfer::DirectoryOrder *order() const { return m_order; }
    [[nodiscard]] FileView *view() const { return m_view; }
    [[nodiscard]] PathBar *pathBar() const { return m_path; }
    [[nodiscard]] SearchField *filter() const { return m_filter; }
    [[nodiscard]] InlineMessage *message() const { return m_message; }
    [[nodiscard]] FileDetails *details() const { return m_details; }
    [[nodiscard]] QPushButton *copyButton() const { return m_copy; }
    [[nodiscard]] QList<transfer::Path> selectedPaths() const;
    void run(FileView::Command command);

signals:
    void copyRequested();                                      ///< what is selected, to the other side
    void copyToRequested();                                    ///< to where one says
    void openRequested(int row);                               ///< a file
    /// Or pasted.
    void dropped(const QMimeData *carried, const handover::transfer::Path &into);
    void retryRequested();                                     ///< of a place that couldn't be looked at

private:
    [[nodiscard]] QWidget *makeTools(QWidget *head);
    [[nodiscard]] QWidget *makeList();
    void connectAll();
    void open();
    void showMenu(const QPoint &position);
    void askName();
    void remember();
    void paste();
    void askRemoval();
    void warnOfUse(const server::Removal &removal, const QStringList &users);
    void confirmRemoval(const server::Removal &removal);
    void follow(Job *job);
    void failed(const Error &error);
    void update();
    void updateDetails();

    transfer::DirectoryModel *m_model;
    transfer::DirectoryOrder *m_order;
    std::optional<transfer::Path> m_release;
    QString m_copyTo;
    QByteArray m_wanted; ///< is selected as soon as it is listed
    FileView *m_view;
    PathBar *m_path;
    SearchField *m_filter;
    QLineEdit *m_newName;
    QPushButton *m_copy;
    IconButton *m_up;
    IconButton *m_home;
    IconButton *m_releaseButton;
    IconButton *m_refresh;
    IconButton *m_newDirectory;
    IconButton *m_hidden;
    IconButton *m_detailsButton;
    InlineMessage *m_message;
    ProgressStrip *m_progress;
    FileDetails *m_details;
    ElidedLabel *m_status;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
};

} // namespace handover::ui
