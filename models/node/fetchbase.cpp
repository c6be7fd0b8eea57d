// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/fetchbase.h"

#include "models/jobs/wholefile.h"
#include "models/node/node.h"
#include "models/node/remotefiles.h"
#include "models/package/releasefile.h"
#include "models/package/tarball.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

const QString Marker = u"FETCHED"_s;
constexpr qint64 LargestRelFile = 4 << 20;
constexpr qsizetype MostApplications = 2000;
constexpr qsizetype MostFiles = 100'000;
constexpr qsizetype FoldersAtOnce = 200; // arguments of one command
constexpr qsizetype FilesAtOnce = 200;   // written before the next are fetched

std::unexpected<Error> noTools(const QString &program)
{
    return failure(u"server.no-tools"_s, u"The server has no %1, without which its files can't be compared."_s.arg(program),
                   u"Install coreutils and findutils there, or build the version from its tag."_s);
}

std::unexpected<Error> notWritten(const QString &path, const QString &why)
{
    return failure(u"node.fetch"_s, u"%1 could not be written."_s.arg(path),
                   u"Check that you may write there and that the disk is not full."_s, why);
}

QByteArray sumOf(const QString &path, const JobContext &context)
{
    return QFileInfo(path).isFile() ? package::sha256Of(path, context).value_or(QByteArray()) : QByteArray();
}

class Fetch
{
public:
    Fetch(server::Session &session, const QString &version, const QString &directory, const QStringList &known,
          const JobContext &context)
        : m_session(session)
        , m_version(version)
        , m_directory(directory)
        , m_known(known)
        , m_context(context)
        , m_files(session, session.address().directory, context)
    {
    }

    Result<FetchedBase> run()
    {
        if (const auto named = checkName(u"a release's version"_s, m_version); !named)
            return std::unexpected(named.error());
        if (const auto ours = checkDirectory(); !ours)
            return std::unexpected(ours.error());
        const auto rel = readRel();
        if (!rel)
            return std::unexpected(rel.error());
        if (const auto marked = write(Marker, "Fetched from a server; what isn't there is removed here.\n"); !marked)
            return std::unexpected(marked.error());
        // It is no release until the last file is there.
        QFile::remove(m_directory + u"/releases/start_erl.data"_s);
        if (const auto done = fetchApplications(rel->release); !done)
            return std::unexpected(done.error());
        const QString path = u"releases/%1/%2.rel"_s.arg(m_version, rel->release.name);
        if (const auto written = write(path, rel->text); !written)
            return std::unexpected(written.error());
        if (const auto written = write(u"releases/start_erl.data"_s, QString(rel->release.erts + u' ' + m_version).toUtf8()); !written)
            return std::unexpected(written.error());
        auto release = build::readRelease(m_directory);
        if (!release)
            return std::unexpected(release.error());
        m_base.release = *std::move(release);
        return std::move(m_base);
    }

private:
    struct Rel
    {
        package::ReleaseFile release;
        QByteArray text;
    };

    // Files that the server hasn't are removed, which must not happen to somebody's own.
    Result<> checkDirectory() const
    {
        const QDir directory(m_directory);
        if (directory.exists() && !directory.isEmpty() && !directory.exists(Marker))
            return misuse(u"node.not-ours"_s, u"%1 holds something else."_s.arg(m_directory), u"Give a new or an empty directory."_s);
        return {};
    }

    Result<QByteArray> readRemote(const QString &path) const
    {
        const auto place = m_session.address().directory.child(path.toUtf8());
        return place ? m_session.readFile(*place, m_context, LargestRelFile) : std::unexpected(place.error());
    }

    // release_handler keeps it in the version's folder; where it was moved away, releases may have it.
    Result<Rel> readRel() const
    {
        const QString folder = u"releases/"_s + m_version;
        const auto place = m_session.address().directory.child(folder.toUtf8());
        const auto names = place ? m_session.list(*place, m_context) : std::unexpected(place.error());
        if (!names && names.error().code != "server.file-missing"_L1)
            return std::unexpected(names.error());
        QMap<QString, QByteArray> texts;
        for (const QByteArray &name : names.value_or(QList<QByteArray>())) {
            const QString file = QString::fromUtf8(name);
            if (!file.endsWith(u".rel"_s) || !package::isPlainName(file))
                continue;
            auto text = readRemote(folder + u'/' + file);
            if (!text)
                return std::unexpected(text.error());
            texts.insert(folder + u'/' + file, *std::move(text));
        }
        const auto release = package::chooseRelease(texts);
        if (!release)
            return refusal(u"node.no-such-release"_s, u"The server has no release %1 that can be read."_s.arg(m_version),
                           u"handover releases says which versions are there."_s, release.error().words());
        if (const auto named = checkName(u"a release's name"_s, release->name); !named)
            return std::unexpected(named.error());
        for (const auto &[path, text] : texts.asKeyValueRange()) {
            const auto same = package::parseReleaseFile(text, path);
            if (same && same->name == release->name && same->version == release->version)
                return Rel{*release, text};
        }
        Q_UNREACHABLE_RETURN(Rel{});
    }

    Result<> fetchApplications(const package::ReleaseFile &release)
    {
        if (release.apps.size() > MostApplications)
            return tooLarge();
        QStringList folders;
        for (const auto &[app, version] : release.apps.asKeyValueRange())
            folders += u"lib/%1-%2/ebin"_s.arg(app, version);
        const auto files = listFiles(folders);
        if (!files)
            return std::unexpected(files.error());
        for (const QString &folder : std::as_const(folders)) {
            if (std::ranges::none_of(*files, [&](const QString &file) { return file.startsWith(folder + u'/'); }))
                m_base.missing += folder.section(u'/', 1, 1);
        }
        m_base.files = files->size();
        m_context.progress(u"Comparing %1 files"_s.arg(files->size()));
        const auto sums = m_files.sums(*files);
        if (!sums)
            return std::unexpected(sums.error());
        if (!*sums)
            return noTools(u"sha256sum"_s);
        removeOthers(**sums);
        return fetchFiles(**sums);
    }

    std::unexpected<Error> tooLarge() const
    {
        return refusal(u"node.too-large"_s, u"The release %1 of the server lists far more than a release holds."_s.arg(m_version),
                       u"Look at what lies there."_s);
    }

    Result<QStringList> listFiles(const QStringList &folders) const
    {
        QStringList files;
        for (qsizetype at = 0; at < folders.size(); at += FoldersAtOnce) {
            QList<QByteArray> command{"env", "LC_ALL=C", "find", "-L"};
            for (const QString &folder : folders.sliced(at, std::min(FoldersAtOnce, folders.size() - at)))
                command += QByteArray("./" + folder.toUtf8());
            command += {"-maxdepth", "1", "-type", "f", "-print0"};
            const auto outcome = m_session.exec(m_session.address().directory, command, m_context);
            if (!outcome)
                return std::unexpected(outcome.error());
            if (outcome->exitStatus == 126 || outcome->exitStatus == 127)
                return noTools(u"find"_s);
            for (const QByteArray &found : outcome->output.split('\0')) {
                if (found.isEmpty())
                    continue;
                const QString path = QString::fromUtf8(found).sliced(found.startsWith("./") ? 2 : 0);
                if (!isExpected(path, folders))
                    return refusal(u"node.bad-name"_s, u"The server has a file with a name that no release has: %1"_s.arg(path.left(200)),
                                   u"Look at what lies there."_s);
                files += path;
            }
            if (files.size() > MostFiles)
                return tooLarge();
        }
        return files;
    }

    static bool isExpected(const QString &path, const QStringList &folders)
    {
        const qsizetype slash = path.lastIndexOf(u'/');
        return slash > 0 && folders.contains(path.first(slash)) && package::isPlainName(path.sliced(slash + 1));
    }

    // What an earlier state of the server left here.
    void removeOthers(const RemoteFiles::ByPath &sums) const
    {
        QDirIterator all(m_directory + u"/lib"_s, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            const QString path = all.next();
            if (!sums.contains(path.sliced(m_directory.size() + 1)))
                QFile::remove(path);
        }
    }

    bool isHere(const QString &path, const QByteArray &sum)
    {
        if (sumOf(m_directory + u'/' + path, m_context) == sum)
            return true;
        for (const QString &directory : m_known) {
            const QString other = directory + u'/' + path;
            QFile file(other);
            if (sumOf(other, m_context) == sum && file.open(QIODevice::ReadOnly) && write(path, file.readAll()))
                return true;
        }
        return false;
    }

    Result<> fetchFiles(const RemoteFiles::ByPath &sums)
    {
        QStringList wanted;
        for (const auto &[path, sum] : sums.asKeyValueRange()) {
            if (m_context.isCancelled())
                return cancellation();
            if (!isHere(path, sum))
                wanted += path;
        }
        for (qsizetype at = 0; at < wanted.size(); at += FilesAtOnce) {
            m_context.progress(u"Fetching the release %1"_s.arg(m_version), at, wanted.size());
            const QStringList batch = wanted.sliced(at, std::min(FilesAtOnce, wanted.size() - at));
            const auto contents = m_files.read(batch);
            if (!contents)
                return std::unexpected(contents.error());
            if (!*contents)
                return noTools(u"wc or cat"_s);
            for (const QString &path : batch) {
                if (const auto taken = take(path, (*contents)->value(path), sums[path]); !taken)
                    return taken;
            }
        }
        return {};
    }

    Result<> take(const QString &path, const QByteArray &bytes, const QByteArray &sum)
    {
        if (QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex() != sum)
            return failure(u"node.fetch"_s, u"%1 did not arrive as it is on the server: it was changed meanwhile, or is larger than %2 MB."_s
                                                .arg(path).arg(RemoteFiles::LargestFile >> 20),
                           u"Try again; what arrived is kept."_s);
        ++m_base.fetched;
        m_base.bytes += bytes.size();
        return write(path, bytes);
    }

    Result<> write(const QString &path, const QByteArray &bytes) const
    {
        const QString file = m_directory + u'/' + path;
        QDir().mkpath(QFileInfo(file).path());
        if (const auto written = writeWhole(file, bytes); !written)
            return notWritten(file, written.error());
        return {};
    }

    server::Session &m_session;
    const QString &m_version;
    const QString &m_directory;
    const QStringList &m_known;
    const JobContext &m_context;
    RemoteFiles m_files;
    FetchedBase m_base;
};

} // namespace

QString fetchedDirectory(const QString &cacheDirectory, const server::Address &address, const QString &version)
{
    const QByteArray hash = QCryptographicHash::hash(address.text().toUtf8(), QCryptographicHash::Sha256).toHex();
    return u"%1/servers/%2/%3"_s.arg(cacheDirectory, QString::fromLatin1(hash.first(16)), version);
}

Result<FetchedBase> fetchBase(server::Session &session, const QString &version, const QString &directory,
                              const QStringList &known, const JobContext &context)
{
    return Fetch(session, version, directory, known, context).run();
}

} // namespace handover::node
