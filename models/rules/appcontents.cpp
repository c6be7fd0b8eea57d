// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/appcontents.h"

#include "models/erlang/parser.h"
#include "models/jobs/parallel.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <cerrno>
#include <memory>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace handover::rules {

namespace {

using erlang::Term;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupContents)
};

constexpr qint64 BlockBytes = 256 * 1024;
constexpr qint64 LargestModule = 64 * 1024 * 1024;
constexpr qint64 LargestAppup = 16 * 1024 * 1024;

std::unexpected<Error> unreadable(const QString &path, const QString &detail)
{
    return failure(u"rules.unreadable"_s, Words::tr("%1 could not be read.").arg(path),
                   Words::tr("Check its permissions, or build the release again."), detail);
}

std::unexpected<Error> tooLarge(const QString &path)
{
    return failure(u"rules.too-large"_s, Words::tr("%1 is larger than any application.").arg(path),
                   Words::tr("Check that this is a release that rebar3 built."));
}

std::unexpected<Error> noApplication(const QString &path, const QString &why)
{
    return failure(u"rules.no-application"_s, Words::tr("%1 is no application: %2").arg(path, why),
                   Words::tr("Build the release again."));
}

/// A file that is open for reading.
class OpenFile
{
public:
    explicit OpenFile(const QString &path)
        : m_descriptor(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))
    {
    }
    ~OpenFile()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    Q_DISABLE_COPY_MOVE(OpenFile)

    /// Nothing, with errno, if it isn't open or no plain file.
    [[nodiscard]] std::optional<qint64> size() const
    {
        struct stat status{};
        if (m_descriptor < 0 || ::fstat(m_descriptor, &status) != 0)
            return std::nullopt;
        if (!S_ISREG(status.st_mode)) {
            errno = EINVAL;
            return std::nullopt;
        }
        return status.st_size;
    }
    [[nodiscard]] bool read(QByteArray &bytes) const ///< as many as there is room for
    {
        qsizetype done = 0;
        while (done < bytes.size()) {
            const ssize_t got = ::read(m_descriptor, bytes.data() + done, static_cast<size_t>(bytes.size() - done));
            if (got < 0 && errno == EINTR)
                continue;
            if (got <= 0)
                return false;
            done += got;
        }
        return true;
    }

private:
    int m_descriptor;
};

// Hundreds of small files are read: QFile takes twice as long for each.
Result<QByteArray> readFile(const QString &path, qint64 limit)
{
    const OpenFile file(path);
    const auto size = file.size();
    if (!size)
        return unreadable(path, qt_error_string(errno));
    if (*size > limit)
        return tooLarge(path);
    QByteArray contents(*size, Qt::Uninitialized);
    if (!file.read(contents))
        return unreadable(path, qt_error_string(errno));
    return contents;
}

/// Gathers the files below priv. A folder that links lead to twice is read once.
class PrivateFiles
{
public:
    explicit PrivateFiles(const ContentsLimits &limits)
        : m_limits(limits)
    {
    }

    Result<> add(const QString &directory, const QString &prefix, int depth)
    {
        const QString real = QFileInfo(directory).canonicalFilePath();
        if (real.isEmpty() || m_seen.contains(real))
            return {};
        m_seen.insert(real);
        if (depth > m_limits.depth)
            return tooLarge(directory);
        const QFileInfoList entries = QDir(directory).entryInfoList(
            QDir::Files | QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
        for (const QFileInfo &entry : entries) {
            if (entry.isDir()) {
                if (auto added = add(entry.filePath(), prefix + entry.fileName() + u'/', depth + 1); !added)
                    return added;
            } else if (files.size() >= m_limits.files) {
                return tooLarge(directory);
            } else if (entry.isFile()) {
                files.insert(prefix + entry.fileName(), {entry.filePath(), entry.size(), entry.isExecutable()});
            }
        }
        return {};
    }

    QMap<QString, PrivateFile> files;

private:
    const ContentsLimits &m_limits;
    QSet<QString> m_seen; ///< folders, without links
};

std::optional<Term> property(const Term &properties, QByteArrayView key)
{
    const QList<Term> items = properties.items();
    for (const Term &item : items) {
        if (item.isTagged(key, 2))
            return item.at(1);
    }
    return std::nullopt;
}

// {application, Name, [{vsn, "1.0"}, {modules, [a, b]}, …]}, app(4)
Result<> readAppFile(const QString &path, AppContents &contents, const ContentsLimits &limits)
{
    const auto text = readFile(path, limits.appBytes);
    if (!text)
        return std::unexpected(text.error());
    const auto term = erlang::parseFirstTerm(*text);
    if (!term)
        return std::unexpected(term.error().toError(path));
    const auto name = term->at(1).atomName();
    const Term properties = term->at(2);
    const auto vsn = property(properties, "vsn").and_then(&Term::stringValue);
    if (!term->isTagged("application", 3) || !name || !vsn)
        return noApplication(path, Words::tr("it isn't {application, Name, [{vsn, \"…\"}, …]}."));
    contents.name = *name;
    contents.vsn = *vsn;
    const QList<Term> modules = property(properties, "modules").value_or(Term()).items();
    for (const Term &module : modules) {
        if (const auto moduleName = module.atomName())
            contents.listedModules.append(*moduleName);
    }
    return {};
}

struct CloseFolder
{
    void operator()(DIR *folder) const { ::closedir(folder); }
};

// Names of the plain files, one more than the limit at most. QDir asks for the status of each, which the folder
// says by itself unless it is a link.
QStringList filesIn(const QString &directory, qsizetype limit)
{
    QStringList names;
    const std::unique_ptr<DIR, CloseFolder> folder(::opendir(QFile::encodeName(directory).constData()));
    while (folder && names.size() <= limit) {
        const dirent *entry = ::readdir(folder.get());
        if (!entry)
            break;
        const bool hidden = entry->d_name[0] == '.';
        const QString name = QFile::decodeName(entry->d_name);
        const bool unsaid = entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN;
        if (!hidden && (entry->d_type == DT_REG || (unsaid && QFileInfo(directory + u'/' + name).isFile())))
            names.append(name);
    }
    return names;
}

// The one of lib/APP-VSN/ebin that is called APP.
Result<QString> appFile(const QDir &ebin, const QStringList &appFiles)
{
    if (appFiles.size() == 1)
        return ebin.filePath(appFiles.constFirst());
    const QString named = QFileInfo(QFileInfo(ebin.path()).path()).fileName().section(u'-', 0, 0) + u".app"_s;
    if (appFiles.contains(named))
        return ebin.filePath(named);
    return noApplication(ebin.path(), Words::tr("there is no .app file in it, or several."));
}

} // namespace

Result<QByteArray> readModule(const QString &path) { return readFile(path, LargestModule); }

Result<QByteArray> readAppup(const QString &path) { return readFile(path, LargestAppup); }

QString AppContents::appupPath() const
{
    return directory + u"/ebin/"_s + QString::fromUtf8(name) + u".appup"_s;
}

Result<AppContents> readApplication(const QString &directory, const ContentsLimits &limits)
{
    AppContents contents;
    contents.directory = directory;
    const QDir ebin(directory + u"/ebin"_s);
    if (!ebin.exists())
        return noApplication(directory, Words::tr("there is no ebin in it."));
    QStringList appFiles;
    const QStringList files = filesIn(ebin.path(), limits.files);
    if (files.size() > limits.files)
        return tooLarge(ebin.path());
    for (const QString &name : files) {
        if (name.endsWith(".beam"_L1))
            contents.modules.insert(name.chopped(5).toUtf8(), ebin.path() + u'/' + name);
        else if (name.endsWith(".app"_L1))
            appFiles.append(name);
    }
    const auto chosen = appFile(ebin, appFiles);
    if (!chosen)
        return std::unexpected(chosen.error());
    if (auto read = readAppFile(*chosen, contents, limits); !read)
        return std::unexpected(read.error());
    PrivateFiles privateFiles(limits);
    if (auto added = privateFiles.add(directory + u"/priv"_s, {}, 0); !added)
        return std::unexpected(added.error());
    contents.privateFiles = std::move(privateFiles.files);
    return contents;
}

Result<QList<AppContents>> readApplications(const QStringList &directories, const ContentsLimits &limits)
{
    std::vector<Result<AppContents>> read(static_cast<size_t>(directories.size()));
    inParallel(directories.size(), [&](qsizetype number) {
        read[static_cast<size_t>(number)] = readApplication(directories[number], limits);
    });
    QList<AppContents> applications;
    for (Result<AppContents> &application : read) {
        if (!application)
            return std::unexpected(application.error());
        applications.append(*std::move(application));
    }
    return applications;
}

Result<bool> sameBytes(const PrivateFile &left, const PrivateFile &right)
{
    if (left.size != right.size)
        return false;
    QFile ours(left.path);
    QFile theirs(right.path);
    for (QFile *file : {&ours, &theirs}) {
        if (!file->open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            return unreadable(file->fileName(), file->errorString());
    }
    for (;;) {
        const QByteArray block = ours.read(BlockBytes);
        if (block != theirs.read(BlockBytes))
            return false;
        if (block.isEmpty())
            return ours.atEnd() && theirs.atEnd();
    }
}

} // namespace handover::rules
