// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/directorymodel.h"

#include <QCollator>
#include <QDateTime>
#include <QFile>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::transfer {

namespace {

constexpr int WatchDelayMs = 300; // what is written comes in many changes
constexpr qsizetype MostChanges = 50;

[[nodiscard]] QString iconOf(const FileEntry &entry)
{
    switch (entry.type) {
    case FileEntry::Type::Directory: return u"folder"_s;
    case FileEntry::Type::Link: return u"link"_s;
    case FileEntry::Type::File: return u"file"_s;
    case FileEntry::Type::Other: return u"settings"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

// As it can be typed again; where that can't be, as it is shown.
[[nodiscard]] QString editable(const QByteArray &name, const QString &shown)
{
    const bool typed = name.isValidUtf8() && std::ranges::none_of(name, [](char c) { return (c >= 0 && c < ' ') || c == 127; });
    return typed ? QString::fromUtf8(name) : shown;
}

[[nodiscard]] QString typeWords(const FileEntry &entry)
{
    switch (entry.type) {
    case FileEntry::Type::Directory: return u"directory"_s;
    case FileEntry::Type::Link:
        return entry.target.isEmpty() ? u"link"_s : u"link to %1"_s.arg(server::shownName(entry.target));
    case FileEntry::Type::File: return u"file"_s;
    case FileEntry::Type::Other: return u"device, pipe or socket"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

} // namespace

DirectoryModel::DirectoryModel(JobQueue *jobs, QObject *parent)
    : QAbstractTableModel(parent)
    , m_jobs(jobs)
{
    m_watchTimer.setSingleShot(true);
    m_watchTimer.setInterval(WatchDelayMs);
    connect(&m_watch, &QFileSystemWatcher::directoryChanged, &m_watchTimer, qOverload<>(&QTimer::start));
    connect(&m_watchTimer, &QTimer::timeout, this, &DirectoryModel::refresh);
}

void DirectoryModel::setPlace(std::shared_ptr<FilePlace> place)
{
    m_listing.cancel();
    beginResetModel();
    m_place = std::move(place);
    m_directory.reset();
    m_rows.clear();
    m_uses.clear();
    m_error.reset();
    m_freeSpace.reset();
    endResetModel();
    watch();
    emit loadingChanged();
}

void DirectoryModel::open(const Path &directory)
{
    list([directory](FilePlace &, const JobContext &) -> Result<Path> { return directory; });
}

void DirectoryModel::openHome()
{
    list([](FilePlace &place, const JobContext &context) { return place.home(context); });
}

void DirectoryModel::refresh()
{
    if (m_directory)
        open(*m_directory);
}

void DirectoryModel::list(std::function<Result<Path>(FilePlace &, const JobContext &)> where)
{
    if (!m_place)
        return;
    const auto work = [place = m_place, where = std::move(where)](const JobContext &context) -> Result<Listing> {
        const Result<Path> directory = where(*place, context);
        if (!directory)
            return std::unexpected(directory.error());
        const Result<QList<FileEntry>> entries = place->list(*directory, context);
        if (!entries)
            return std::unexpected(entries.error());
        const auto space = place->freeSpace(*directory, context);
        return Listing{*directory, rowsOf(*entries), space.value_or(std::nullopt)};
    };
    m_listing.start<Result<Listing>>(work, [this](Result<Listing> listing) { take(std::move(listing)); });
    emit loadingChanged();
}

// Sorting ten thousand names by their keys is quick; to make the keys is not.
QList<DirectoryModel::Row> DirectoryModel::rowsOf(const QList<FileEntry> &entries)
{
    QCollator collator;
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    QList<Row> rows;
    rows.reserve(entries.size());
    for (const FileEntry &entry : entries) {
        const QString shown = server::shownName(entry.name);
        rows += {entry, shown, collator.sortKey(shown)};
    }
    return rows;
}

void DirectoryModel::take(Result<Listing> listing)
{
    if (!listing) {
        m_error = listing.error();
        emit loadingChanged();
        if (!m_error->isCancelled())
            emit failed(*m_error);
        return;
    }
    m_error.reset();
    m_freeSpace = listing->freeSpace;
    const bool another = m_directory != listing->directory;
    m_directory = listing->directory;
    if (another) {
        beginResetModel();
        m_rows = std::move(listing->rows);
        endResetModel();
        watch();
    } else {
        emit relisting();
        merge(listing->rows);
        if (m_watch.directories().isEmpty())
            watch(); // the directory was replaced, and nobody watches the new one
    }
    emit loadingChanged();
    emit opened(another);
}

// How many rows come, go or change; both lists are sorted by the names' bytes.
qsizetype DirectoryModel::differences(const QList<Row> &left, const QList<Row> &right)
{
    qsizetype named = 0;
    qsizetype changed = 0;
    auto there = right.begin();
    for (const Row &row : left) {
        while (there != right.end() && there->entry.name < row.entry.name)
            ++there;
        if (there == right.end() || there->entry.name != row.entry.name)
            continue;
        ++named;
        changed += there->entry != row.entry ? 1 : 0;
    }
    return left.size() + right.size() - 2 * named + changed;
}

// Each row that comes, goes or changes by itself costs a look at all the others, in the order and in the view: among ten
// thousand a quarter of a millisecond, where all of them anew are there after ten. Views find their place again by names.
void DirectoryModel::merge(const QList<Row> &rows)
{
    if (differences(m_rows, rows) > MostChanges) {
        beginResetModel();
        m_rows = rows;
        endResetModel();
        return;
    }
    int at = 0;
    for (const Row &row : rows) {
        while (at < m_rows.size() && m_rows[at].entry.name < row.entry.name) {
            beginRemoveRows({}, at, at);
            m_rows.removeAt(at);
            endRemoveRows();
        }
        if (at == m_rows.size() || m_rows[at].entry.name != row.entry.name) {
            beginInsertRows({}, at, at);
            m_rows.insert(at, row);
            endInsertRows();
        } else if (m_rows[at].entry != row.entry) {
            m_rows[at] = row;
            emit dataChanged(index(at, 0), index(at, ColumnCount - 1));
        }
        ++at;
    }
    if (at < m_rows.size()) {
        beginRemoveRows({}, at, rowCount() - 1);
        m_rows.erase(m_rows.begin() + at, m_rows.end());
        endRemoveRows();
    }
}

void DirectoryModel::watch()
{
    if (!m_watch.directories().isEmpty())
        m_watch.removePaths(m_watch.directories());
    if (m_place && m_place->name().isEmpty() && m_directory)
        m_watch.addPath(QFile::decodeName(m_directory->bytes()));
}

std::optional<Path> DirectoryModel::pathOf(int row) const
{
    const Result<Path> path = m_directory->child(m_rows[row].entry.name);
    return path ? std::optional(*path) : std::nullopt;
}

int DirectoryModel::rowOf(QByteArrayView name) const
{
    const auto found = std::ranges::lower_bound(m_rows, name, {}, [](const Row &row) { return QByteArrayView(row.entry.name); });
    return found != m_rows.end() && found->entry.name == name ? static_cast<int>(found - m_rows.begin()) : -1;
}

qint64 DirectoryModel::sizeOf(const Path &file) const
{
    const int row = m_directory && m_directory->child(file.fileName()) == file ? rowOf(file.fileName()) : -1;
    return row >= 0 && m_rows[row].entry.type == FileEntry::Type::File ? m_rows[row].entry.size : -1;
}

int DirectoryModel::compareNames(int left, int right) const
{
    const int order = m_rows[left].key.compare(m_rows[right].key);
    return order != 0 ? order : left - right;
}

void DirectoryModel::setUses(const QHash<QByteArray, QString> &uses)
{
    if (uses == m_uses)
        return;
    m_uses = uses;
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, 0), {UsedRole, Qt::ToolTipRole});
}

QStringList DirectoryModel::usersOf(const QList<Path> &paths) const
{
    QStringList users;
    for (auto use = m_uses.begin(); use != m_uses.end(); ++use) {
        const bool touched = std::ranges::any_of(paths, [&](const Path &path) {
            return path.bytes() == use.key() || use.key().startsWith(QByteArray(path.bytes() + '/')) ||
                   path.bytes().startsWith(QByteArray(use.key() + '/'));
        });
        if (touched && !users.contains(use.value()))
            users += use.value();
    }
    users.sort();
    return users;
}

int DirectoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DirectoryModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(ColumnCount); }

QVariant DirectoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole: return words(row, index.column());
    case Qt::EditRole: return index.column() == NameColumn ? QVariant(editable(row.entry.name, row.shown)) : QVariant();
    case Qt::ToolTipRole: {
        const QString used = data(index, UsedRole).toString();
        const QString what = row.shown + u"\n"_s + typeWords(row.entry) + (used.isEmpty() ? QString() : u'\n' + used);
        return QString(u"<p style='white-space:pre'>" + what.toHtmlEscaped() + u"</p>");
    }
    case Qt::TextAlignmentRole:
        return index.column() == SizeColumn ? int(Qt::AlignRight | Qt::AlignVCenter) : int(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::AccessibleTextRole:
        return index.column() == NameColumn ? QVariant(u"%1, %2"_s.arg(row.shown, typeWords(row.entry)))
                                            : words(row, index.column());
    case IconRole: return iconOf(row.entry);
    case UsedRole: {
        const auto path = m_uses.isEmpty() ? std::nullopt : pathOf(index.row());
        return path ? m_uses.value(path->bytes()) : QString();
    }
    default: return {};
    }
}

QVariant DirectoryModel::words(const Row &row, int column) const
{
    const FileEntry &entry = row.entry;
    switch (column) {
    case NameColumn:
        return entry.type == FileEntry::Type::Link && !entry.target.isEmpty()
                   ? QString(row.shown + u" → " + server::shownName(entry.target))
                   : row.shown;
    case SizeColumn:
        return entry.type == FileEntry::Type::File ? QLocale().formattedDataSize(entry.size, 1, QLocale::DataSizeSIFormat) : QString();
    case ModifiedColumn:
        return QLocale().toString(QDateTime::fromSecsSinceEpoch(entry.modified), u"yyyy-MM-dd hh:mm");
    case PermissionsColumn: return server::permissionsText(entry.mode);
    case OwnerColumn: return QString(entry.owner + u':' + entry.group);
    default: return {};
    }
}

QVariant DirectoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section == SizeColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn: return u"Name"_s;
    case SizeColumn: return u"Size"_s;
    case ModifiedColumn: return u"Modified"_s;
    case PermissionsColumn: return u"Permissions"_s;
    case OwnerColumn: return u"Owner"_s;
    default: return {};
    }
}

Qt::ItemFlags DirectoryModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return QAbstractTableModel::flags(index);
    Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
    if (index.column() == NameColumn)
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool DirectoryModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || index.column() != NameColumn || value == data(index, role))
        return false;
    rename(index.row(), value.toString());
    return true;
}

} // namespace handover::transfer
