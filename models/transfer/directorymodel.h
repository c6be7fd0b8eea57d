// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/jobqueue.h"
#include "models/jobs/latestwins.h"
#include "models/transfer/fileplace.h"

#include <QAbstractTableModel>
#include <QCollator>
#include <QFileSystemWatcher>
#include <QHash>
#include <QTimer>

#include <optional>

namespace handover::transfer {

/// What one directory holds, here or on a server. Lives in the window's thread, lists in another one: of several
/// directories asked for only the last one counts, and until it is there the former one is shown. What is listed again
/// changes only the rows that differ; where those are many it is a reset, which relisting() announces and opened() ends.
class DirectoryModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, SizeColumn, ModifiedColumn, PermissionsColumn, OwnerColumn, ColumnCount };
    Q_ENUM(Column)

    enum Role {
        IconRole = Qt::UserRole + 1, ///< QString: id of an icon
        UsedRole,                    ///< QString: what uses it, as setUses() says; empty: nothing known
    };
    Q_ENUM(Role)

    explicit DirectoryModel(JobQueue *jobs, QObject *parent = nullptr);

    /// Nothing is shown until open(); null shows nothing at all.
    void setPlace(std::shared_ptr<FilePlace> place);
    [[nodiscard]] FilePlace *place() const { return m_place.get(); }
    void open(const Path &directory);
    void openHome();
    void refresh();
    [[nodiscard]] const std::optional<Path> &directory() const { return m_directory; }
    [[nodiscard]] bool isLoading() const { return m_listing.isBusy(); }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; } ///< of the last listing
    [[nodiscard]] std::optional<qint64> freeSpace() const { return m_freeSpace; }

    [[nodiscard]] const FileEntry &entry(int row) const { return m_rows[row].entry; }
    [[nodiscard]] const QString &shownName(int row) const { return m_rows[row].shown; }
    [[nodiscard]] std::optional<Path> pathOf(int row) const; ///< nothing for a name too long to be used
    [[nodiscard]] int rowOf(QByteArrayView name) const;      ///< -1 if there is none
    [[nodiscard]] qint64 sizeOf(const Path &file) const;     ///< bytes; -1 if it isn't a file that is shown
    [[nodiscard]] int compareNames(int left, int right) const; ///< as people sort: "a9" before "a10"

    /// Who uses which path, in words.
    void setUses(const QHash<QByteArray, QString> &uses);
    /// In words, who uses any of these or something in or above them; empty if nobody.
    [[nodiscard]] QStringList usersOf(const QList<Path> &paths) const;

    /// Each is a job; the directory is listed again after it, and failed() says what went wrong.
    Job *rename(int row, const QString &name);
    Job *makeDirectory(const QString &name);
    Job *setMode(const QList<Path> &paths, quint32 mode);
    Job *planRemoval(const QList<Path> &paths, std::function<void(const server::Removal &)> done);
    Job *remove(const server::Removal &removal);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override; ///< renames
    /// URLs, by which file managers copy from servers, too; of what is there also serverMimeType().
    [[nodiscard]] QMimeData *mimeData(const QModelIndexList &indexes) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] static QString serverMimeType();
    struct Dragged
    {
        server::Address server; ///< of whatever name: another Handover may have put it there
        QList<Path> paths;
    };
    [[nodiscard]] static std::optional<Dragged> dragged(const QMimeData &data);

signals:
    void loadingChanged();
    void relisting();          ///< the directory that is shown was listed again: its rows change now, opened() follows
    void opened(bool another); ///< a listing has come; `another`: of a directory that wasn't shown before
    void failed(const handover::Error &error);
    void acted(const QByteArray &name); ///< something called so is new; it will be listed soon

private:
    struct Row
    {
        FileEntry entry;
        QString shown;
        QCollatorSortKey key;
    };
    struct Listing
    {
        std::optional<Path> directory;
        QList<Row> rows;
        std::optional<qint64> freeSpace;
    };
    void list(std::function<Result<Path>(FilePlace &, const JobContext &)> where);
    [[nodiscard]] static QList<Row> rowsOf(const QList<FileEntry> &entries);
    void take(Result<Listing> listing);
    void merge(const QList<Row> &rows);
    [[nodiscard]] static qsizetype differences(const QList<Row> &left, const QList<Row> &right);
    void watch(); ///< what other programs change here
    Job *act(const QString &title, std::function<Result<void>(FilePlace &, const JobContext &)> work,
             const QByteArray &made = {});
    [[nodiscard]] QVariant words(const Row &row, int column) const;
    [[nodiscard]] Result<Path> childPath(const QString &name) const;

    JobQueue *m_jobs;
    QFileSystemWatcher m_watch;
    QTimer m_watchTimer;
    LatestWins m_listing;
    std::shared_ptr<FilePlace> m_place;
    std::optional<Path> m_directory;
    QList<Row> m_rows; ///< by the names' bytes
    QHash<QByteArray, QString> m_uses;
    std::optional<Error> m_error;
    std::optional<qint64> m_freeSpace;
};

} // namespace handover::transfer
