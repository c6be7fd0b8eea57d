// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/extract.h"

#include "models/package/archivereader.h"
#include "models/package/entrycheck.h"
#include "models/package/utf8locale.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace handover::package {

namespace {

constexpr qint64 LargestFile = qint64{512} << 20;

std::unexpected<Error> notWritten(const QString &path, const QString &detail)
{
    return failure(u"package.write"_s, u"%1 could not be written."_s.arg(path),
                   u"Check that there is room and that you may write there."_s, detail);
}

/// Writes one archive's entries below a directory.
class Extraction
{
public:
    Extraction(const QString &file, const QString &directory, const std::function<bool(const QString &)> &wanted,
               const Limits &limits, const JobContext &context)
        : m_file(file)
        , m_directory(directory)
        , m_wanted(wanted)
        , m_limits(limits)
        , m_reader(file, limits, context)
        , m_check(limits)
    {
    }

    Result<> run()
    {
        if (auto opened = m_reader.open(); !opened)
            return opened;
        for (;;) {
            auto next = m_reader.next();
            if (!next)
                return std::unexpected(next.error());
            if (!*next)
                return makeLinks();
            if (auto taken = take(**std::move(next)); !taken)
                return taken;
        }
    }

private:
    [[nodiscard]] QString placeOf(const QString &path) const { return m_directory + u'/' + path; }

    Result<> take(Entry entry)
    {
        m_bytes += entry.size;
        if (m_bytes > m_limits.unpackedBytes)
            return m_reader.fail({ErrorKind::Outside, u"package.too-large"_s,
                                  u"%1 says that it holds far more than a release."_s.arg(m_file),
                                  u"Don't unpack it; find out where it comes from."_s, {}});
        for (QString *path : {&entry.path, entry.type == EntryType::Hardlink ? &entry.linkTarget : nullptr}) {
            if (!path)
                continue;
            auto clean = m_check.clean(*path);
            if (!clean)
                return m_reader.fail(clean.error());
            *path = *std::move(clean);
        }
        if (auto added = m_check.add(entry); !added)
            return m_reader.fail(added.error());
        if (entry.path.isEmpty() || entry.type == EntryType::Directory || !m_wanted(entry.path))
            return {};
        QDir().mkpath(QFileInfo(placeOf(entry.path)).path());
        if (entry.type == EntryType::File)
            return writeFile(entry);
        m_links.append(std::move(entry));
        return {};
    }

    Result<> writeFile(const Entry &entry)
    {
        const auto bytes = m_reader.contents(LargestFile);
        if (!bytes)
            return std::unexpected(bytes.error());
        QFile file(placeOf(entry.path));
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly) || file.write(*bytes) != bytes->size() || !file.flush())
            return notWritten(file.fileName(), file.errorString());
        if (entry.mode & 0111)
            file.setPermissions(file.permissions() | QFile::ExeOwner | QFile::ExeUser);
        return {};
    }

    // At the end, so that no file is written through a link.
    Result<> makeLinks()
    {
        for (const Entry &entry : std::as_const(m_links)) {
            const QString place = placeOf(entry.path);
            const bool hard = entry.type == EntryType::Hardlink;
            const bool made = hard ? QFile::copy(placeOf(entry.linkTarget), place) : QFile::link(entry.linkTarget, place);
            if (!made && (!hard || QFile::exists(placeOf(entry.linkTarget))))
                return notWritten(place, {});
        }
        return {};
    }

    const QString &m_file;
    const QString &m_directory;
    const std::function<bool(const QString &)> &m_wanted;
    const Limits &m_limits;
    ArchiveReader m_reader;
    EntryCheck m_check;
    QList<Entry> m_links;
    qint64 m_bytes = 0;
};

} // namespace

Result<> extract(const QString &file, const QString &directory, const std::function<bool(const QString &)> &wanted,
                 const JobContext &context, const Limits &limits)
{
    const Utf8Locale locale;
    return Extraction(file, directory, wanted, limits, context).run();
}

} // namespace handover::package
