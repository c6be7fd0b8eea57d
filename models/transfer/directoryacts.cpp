// SPDX-License-Identifier: GPL-3.0-or-later
// What is done to a directory's entries, and how they are carried in a drag.
#include "models/transfer/directorymodel.h"

#include <QDataStream>
#include <QFile>
#include <QMimeData>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace handover::transfer {

namespace {

constexpr qsizetype MaximumDragged = 100'000;

// As KIO and GVfs understand it. A path is bytes, and stays so.
QUrl urlOf(const server::Address &server, const QByteArray &path)
{
    QUrl url;
    url.setScheme(u"sftp"_s);
    url.setHost(server.host);
    url.setUserName(server.user);
    url.setPort(server.port == 0 ? -1 : server.port);
    url.setPath(QString::fromLatin1(path.toPercentEncoding("/")), QUrl::StrictMode);
    return url;
}

} // namespace

Job *DirectoryModel::act(const QString &title, std::function<Result<void>(FilePlace &, const JobContext &)> work,
                         const QByteArray &made)
{
    const auto job = [place = m_place, work = std::move(work)](const JobContext &context) { return work(*place, context); };
    return m_jobs->start<void>(title, job, this, [this, made, place = m_place](Result<void> done) {
        if (!done && !done.error().isCancelled())
            emit failed(done.error());
        if (place != m_place)
            return;
        refresh(); // what failed half-way has done something, too
        if (done && !made.isEmpty())
            emit acted(made);
    });
}

Result<Path> DirectoryModel::childPath(const QString &name) const
{
    const QByteArray bytes = m_place->name().isEmpty() ? QFile::encodeName(name) : name.toUtf8();
    if (!server::isEntryName(bytes))
        return misuse(u"files.bad-name"_s, u"'%1' can't be the name of a file."_s.arg(name),
                      u"Leave out slashes, and don't call it '.' or '..'."_s);
    return m_directory->child(bytes);
}

Job *DirectoryModel::rename(int row, const QString &name)
{
    const Result<Path> to = childPath(name);
    const auto from = pathOf(row);
    if (!to || !from) {
        emit failed(to ? misuse(u"files.bad-name"_s, u"The name is too long to be used."_s).error() : to.error());
        return nullptr;
    }
    return act(u"Rename %1 to %2"_s.arg(m_rows[row].shown, name),
               [from = *from, to = *to](FilePlace &place, const JobContext &context) { return place.rename(from, to, context); },
               to->fileName());
}

Job *DirectoryModel::makeDirectory(const QString &name)
{
    const Result<Path> path = childPath(name);
    if (!path) {
        emit failed(path.error());
        return nullptr;
    }
    return act(u"Make directory %1"_s.arg(name),
               [path = *path](FilePlace &place, const JobContext &context) { return place.makeDirectory(path, context); },
               path->fileName());
}

Job *DirectoryModel::setMode(const QList<Path> &paths, quint32 mode)
{
    const auto work = [paths, mode](FilePlace &place, const JobContext &context) -> Result<void> {
        for (const Path &path : paths) {
            if (const Result<void> done = place.setMode(path, mode, context); !done)
                return done;
        }
        return {};
    };
    return act(u"Set permissions to %1"_s.arg(server::permissionsText(mode)), work);
}

Job *DirectoryModel::planRemoval(const QList<Path> &paths, std::function<void(const server::Removal &)> done)
{
    const auto work = [place = m_place, paths](const JobContext &context) { return place->planRemoval(paths, context); };
    return m_jobs->start<server::Removal>(u"Count what would be deleted"_s, work, this,
                                          [this, done = std::move(done), place = m_place](Result<server::Removal> removal) {
                                              if (place != m_place)
                                                  return; // nobody is to be asked about another server's files
                                              if (removal)
                                                  done(*removal);
                                              else if (!removal.error().isCancelled())
                                                  emit failed(removal.error());
                                          });
}

Job *DirectoryModel::remove(const server::Removal &removal)
{
    return act(removal.roots.size() == 1 ? u"Delete %1"_s.arg(server::shownName(removal.roots.first().fileName()))
                                         : u"Delete %1 entries"_s.arg(removal.roots.size()),
               [removal](FilePlace &place, const JobContext &context) { return place.remove(removal, context); });
}

QString DirectoryModel::serverMimeType() { return u"application/x-handover-server-files"_s; }

QStringList DirectoryModel::mimeTypes() const { return {serverMimeType(), u"text/uri-list"_s}; }

QMimeData *DirectoryModel::mimeData(const QModelIndexList &indexes) const
{
    QByteArrayList paths;
    for (const QModelIndex &index : indexes) {
        const auto path = index.column() == NameColumn ? pathOf(index.row()) : std::nullopt;
        if (path)
            paths += path->bytes();
    }
    const std::optional<server::Address> server = m_place->address();
    QList<QUrl> urls;
    for (const QByteArray &path : std::as_const(paths))
        urls += server ? urlOf(*server, path) : QUrl::fromLocalFile(QFile::decodeName(path));
    auto *data = new QMimeData;
    data->setUrls(urls);
    if (!server)
        return data;
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << server->text() << paths;
    data->setData(serverMimeType(), bytes);
    return data;
}

std::optional<DirectoryModel::Dragged> DirectoryModel::dragged(const QMimeData &data)
{
    QDataStream stream(data.data(serverMimeType())); // maybe of another program
    QString server;
    QByteArrayList paths;
    stream >> server >> paths;
    const auto address = server::Address::parse(server);
    if (stream.status() != QDataStream::Ok || !address || paths.size() > MaximumDragged)
        return std::nullopt;
    Dragged result{*address, {}};
    for (const QByteArray &bytes : paths) {
        const Result<Path> path = Path::parse(bytes);
        if (!path)
            return std::nullopt;
        result.paths += *path;
    }
    return result;
}

} // namespace handover::transfer
