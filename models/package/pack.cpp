// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/packplan.h"

#include "models/package/rootowner.h"

#include <KCompressionDevice>
#include <KTar>

#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <algorithm>
#include <filesystem>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace handover::package {

namespace {

constexpr qsizetype BlockSize = 256 * 1024;

std::unexpected<Error> unwritable(const QString &file, const QString &detail)
{
    return failure(u"package.write"_s, u"%1 could not be written."_s.arg(file),
                   u"Check that the folder is there, that it may be written, and that its disk has room."_s,
                   detail);
}

/// Writes planned entries one after the other.
class Writer
{
public:
    Writer(KTar &tar, const PackRequest &request, const QList<PackItem> &items, const JobContext &context)
        : m_tar(tar)
        , m_request(request)
        , m_items(items)
        , m_context(context)
    {
        for (const PackItem &item : items)
            m_total += item.entry.size;
    }

    [[nodiscard]] Result<> write()
    {
        for (const PackItem &item : m_items) {
            if (m_context.isCancelled())
                return cancellation();
            if (auto written = write(item); !written)
                return written;
        }
        return {};
    }

private:
    [[nodiscard]] Result<> write(const PackItem &item)
    {
        const Entry &entry = item.entry;
        const QDateTime &time = item.modified;
        bool good = false;
        if (entry.type == EntryType::Symlink) {
            good = m_tar.writeSymLink(entry.path, entry.linkTarget, u"root"_s, u"root"_s, S_IFLNK | 0777,
                                      time, time, time);
        } else if (entry.type == EntryType::Directory) {
            good = m_tar.writeDir(entry.path, u"root"_s, u"root"_s, S_IFDIR | static_cast<mode_t>(entry.mode),
                                  time, time, time);
        } else {
            return writeFile(item);
        }
        if (!good)
            return unwritable(m_request.file, m_tar.errorString());
        return {};
    }

    [[nodiscard]] Result<> writeFile(const PackItem &item)
    {
        const Entry &entry = item.entry;
        QFile source(item.source);
        if (!source.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            return failure(u"package.unreadable"_s, u"%1 could not be read."_s.arg(item.source),
                           u"Check its permissions or build the release again."_s, source.errorString());
        if (!m_tar.prepareWriting(entry.path, u"root"_s, u"root"_s, entry.size,
                                  S_IFREG | static_cast<mode_t>(entry.mode), item.modified, item.modified,
                                  item.modified))
            return unwritable(m_request.file, m_tar.errorString());
        qint64 left = entry.size;
        while (left > 0) {
            if (m_context.isCancelled())
                return cancellation();
            const qint64 got = source.read(m_block.data(), std::min<qint64>(left, m_block.size()));
            if (got <= 0)
                return failure(u"package.unreadable"_s,
                               u"%1 changed or failed while it was read."_s.arg(item.source),
                               u"Build the release again."_s, source.errorString());
            if (!m_tar.writeData(m_block.constData(), got))
                return unwritable(m_request.file, m_tar.errorString());
            left -= got;
            m_done += got;
            m_context.progress({u"Packing %1"_s.arg(entry.path), m_done, m_total, true});
        }
        if (!m_tar.finishWriting(entry.size))
            return unwritable(m_request.file, m_tar.errorString());
        return {};
    }

    KTar &m_tar;
    const PackRequest &m_request;
    const QList<PackItem> &m_items;
    const JobContext &m_context;
    QByteArray m_block = QByteArray(BlockSize, Qt::Uninitialized);
    qint64 m_done = 0;
    qint64 m_total = 0;
};

Result<> writeTarball(QTemporaryFile &file, const PackRequest &request, const QList<PackItem> &items,
                      const JobContext &context)
{
    KCompressionDevice gzip(&file, false, KCompressionDevice::GZip);
    if (!gzip.open(QIODevice::WriteOnly))
        return unwritable(request.file, gzip.errorString());
    const auto why = [&] { return u"%1 (%2)"_s.arg(gzip.errorString(), file.errorString()); };
    RootOwner owner(&gzip);
    owner.open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    {
        KTar tar(&owner);
        if (!tar.open(QIODevice::WriteOnly))
            return unwritable(request.file, tar.errorString());
        if (auto written = Writer(tar, request, items, context).write(); !written) {
            // KTar only knows that it failed.
            return written.error().code == u"package.write"_s ? unwritable(request.file, why()) : written;
        }
        if (!tar.close())
            return unwritable(request.file, why());
    }
    // KTar ends without POSIX's end mark, by which a whole archive is told from a part of one.
    const QByteArray endMark(1024, '\0');
    const bool ended = gzip.write(endMark) == endMark.size();
    gzip.close();
    if (!ended || gzip.error() != QFileDevice::NoError || !file.flush() ||
        file.error() != QFileDevice::NoError || ::fsync(file.handle()) != 0)
        return unwritable(request.file, why());
    return {};
}

/// KTar has lost entries before; what was read back must be what was meant.
bool isWhatWasPlanned(const QList<Entry> &entries, const QList<PackItem> &items)
{
    return std::equal(entries.cbegin(), entries.cend(), items.cbegin(), items.cend(),
                      [](const Entry &entry, const PackItem &item) {
                          return entry.path == item.entry.path && entry.type == item.entry.type &&
                                 entry.size == item.entry.size && entry.mode == item.entry.mode &&
                                 entry.linkTarget == item.entry.linkTarget;
                      });
}

} // namespace

Result<Manifest> pack(const PackRequest &request, const JobContext &context)
{
    const auto items = planPack(request, context);
    if (!items)
        return std::unexpected(items.error());

    // It has its name only when it is whole and was read back; until then it goes by itself.
    const QFileInfo target(request.file);
    QTemporaryFile file(target.absolutePath() + u"/."_s + target.fileName() + u".XXXXXX"_s);
    if (!file.open())
        return unwritable(request.file, file.errorString());
    if (auto written = writeTarball(file, request, *items, context); !written)
        return std::unexpected(written.error());
    auto manifest = inspect(file.fileName(), context);
    if (!manifest)
        return manifest;
    if (!isWhatWasPlanned(manifest->entries, *items))
        return unwritable(request.file, u"What was read back is not what was written."_s);

    if (!file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup |
                             QFileDevice::ReadOther))
        return unwritable(request.file, file.errorString());
    std::error_code problem;
    std::filesystem::rename(QFile::encodeName(file.fileName()).toStdString(),
                            QFile::encodeName(request.file).toStdString(), problem);
    if (problem)
        return unwritable(request.file, QString::fromStdString(problem.message()));
    file.setAutoRemove(false);
    manifest->file = request.file;
    return manifest;
}

} // namespace handover::package
