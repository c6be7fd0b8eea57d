// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/headerusers.h"

namespace handover::workspace {

namespace {

struct Source
{
    QString app;
    QByteArray path;
    QByteArray text;
};

QByteArray nameOf(const QByteArray &path) { return path.sliced(path.lastIndexOf('/') + 1); }

bool isSource(const QByteArray &path) { return path.endsWith(".erl") || path.endsWith(".hrl"); }

bool isBelow(const QByteArray &path, const QByteArray &directory)
{
    return directory.isEmpty() || (path.startsWith(directory) && path.sliced(directory.size()).startsWith('/'));
}

// -include("x.hrl"), -include_lib("app/include/x.hrl")
bool includes(const QByteArray &text, const QByteArray &header)
{
    const QByteArray end = header + '"';
    return text.contains(QByteArray('"' + end)) || text.contains(QByteArray('/' + end));
}

// The application whose directory is the nearest one above.
const versions::AppSource *appOf(const QList<versions::AppSource> &apps, const QByteArray &path)
{
    const versions::AppSource *nearest = nullptr;
    for (const versions::AppSource &app : apps) {
        if (isBelow(path, app.directory) && (!nearest || app.directory.size() > nearest->directory.size()))
            nearest = &app;
    }
    return nearest;
}

Result<QList<Source>> sourcesOf(const repo::Repository &repository, const versions::Version &version, const JobContext &context)
{
    const auto files = repository.files(version.tag.commit);
    if (!files)
        return std::unexpected(files.error());
    QList<Source> sources;
    for (const repo::TreeFile &file : *files) {
        if (context.isCancelled())
            return cancellation();
        const versions::AppSource *const app = isSource(file.path) ? appOf(version.apps, file.path) : nullptr;
        if (!app)
            continue;
        const auto text = repository.blob(file.blob);
        if (!text)
            return std::unexpected(text.error());
        sources.append({app->name, file.path, *text});
    }
    return sources;
}

} // namespace

Result<QMap<QString, QString>> headerUsers(const repo::Repository &repository, const versions::Version &version,
                                           const QByteArrayList &headers, const JobContext &context)
{
    QMap<QString, QString> users;
    if (headers.isEmpty())
        return users;
    const auto sources = sourcesOf(repository, version, context);
    if (!sources)
        return std::unexpected(sources.error());
    QByteArrayList open;
    for (const QByteArray &header : headers)
        open += nameOf(header);
    QSet<QByteArray> seen(open.cbegin(), open.cend());
    while (!open.isEmpty()) {
        const QByteArray header = open.takeFirst();
        for (const Source &source : *sources) {
            if (!includes(source.text, header))
                continue;
            if (!users.contains(source.app))
                users.insert(source.app, QString::fromUtf8(header));
            const QByteArray name = nameOf(source.path);
            if (name.endsWith(".hrl") && !seen.contains(name)) {
                seen.insert(name);
                open += name;
            }
        }
    }
    return users;
}

} // namespace handover::workspace
