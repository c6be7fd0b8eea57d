// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/termfiles.h"

#include "models/relup/direxpansion.h"
#include "models/relup/fileproblems.h"
#include "models/relup/filenames.h"

#include <QHash>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

using erlang::Term;

TermFiles::Contents parsed(const QString &name, const QByteArray &text)
{
    auto term = erlang::parseFirstTerm(text);
    if (term)
        return *std::move(term);
    return std::unexpected(syntaxProblem(name, text, term.error()));
}

} // namespace

struct TermFiles::Private
{
    struct Text
    {
        QByteArray bytes;
        quint64 version = 0; ///< never 0 of one that is set
    };

    struct Entry
    {
        std::optional<QByteArray> path; ///< nothing: no file can have that name
        quint64 pass = 0;               ///< when it was looked at
        // What the contents come from: a set text, a file as it was, or the errno that kept it from being read.
        quint64 text = 0;
        std::optional<FileIdentity> identity;
        int error = -1;
        bool settled = false;

        TermFiles::Contents contents;
        std::shared_ptr<TermFiles::Made> made;
    };

    /// Answers of holding(), good for one list of directories as long as no listing changes.
    struct Holdings
    {
        QStringList directories;
        quint64 revision = 0;
        quint64 pass = 0;      ///< when that was last made sure
        bool complete = false; ///< all of the directories could be listed
        QHash<QString, QStringList> byName;
    };

    explicit Private(const QString &directory)
        : disk(directory)
        , directories(disk)
    {
    }

    Disk disk;
    Directories directories;
    QHash<QString, Entry> entries; ///< by the name as it was asked for
    QHash<QByteArray, Text> texts; ///< by path
    quint64 textVersions = 0;
    quint64 textNames = 0; ///< counts the changes of which texts there are
    Holdings holdings;

    Entry &look(const QString &name);
    void readAnew(Entry &entry, const QString &name);
    bool hasText(const QString &directory, const QString &fileName) const;
    bool holds(const QString &directory, const QString &fileName);
    void renewHoldings(const QStringList &wanted);
};

TermFiles::Pass::Pass(TermFiles &files)
    : m_files(*files.m_d)
{
    m_files.disk.beginPass();
}

TermFiles::Pass::~Pass() { m_files.disk.endPass(); }

TermFiles::TermFiles(const QString &directory)
    : m_d(std::make_unique<Private>(directory))
{
}

TermFiles::~TermFiles() = default;
TermFiles::TermFiles(TermFiles &&) noexcept = default;
TermFiles &TermFiles::operator=(TermFiles &&) noexcept = default;

TermFiles::Private::Entry &TermFiles::Private::look(const QString &name)
{
    auto found = entries.find(name);
    if (found == entries.end()) {
        found = entries.insert(name, {});
        found->path = disk.path(name);
    }
    Entry &entry = *found;
    if (entry.pass == disk.pass())
        return entry;
    entry.pass = disk.pass();
    if (!entry.path) {
        entry.contents = std::unexpected(unusableName(name));
        return entry;
    }
    if (const auto text = texts.constFind(*entry.path); text != texts.cend()) {
        if (entry.text != text->version) {
            entry.text = text->version;
            entry.contents = parsed(name, text->bytes);
            entry.made.reset();
        }
        return entry;
    }
    const auto identity = disk.identify(*entry.path);
    const bool same =
        identity ? entry.settled && entry.identity == *identity : entry.error == identity.error();
    if (entry.text != 0 || !same)
        readAnew(entry, name);
    return entry;
}

void TermFiles::Private::readAnew(Entry &entry, const QString &name)
{
    entry.text = 0;
    entry.made.reset();
    auto file = disk.read(*entry.path);
    if (file) {
        entry.identity = file->identity;
        entry.settled = file->settled;
        entry.error = 0;
        entry.contents = parsed(name, file->bytes);
        return;
    }
    // What is no ordinary file, or too large, is looked at again next time, which costs little.
    entry.identity.reset();
    entry.settled = false;
    entry.error = file.error();
    entry.contents = std::unexpected(openProblem(name, file.error()));
}

Term TermFiles::Problem::crash()
{
    return Term::tuple({Term::atom("case_clause"), Term::tuple({Term::atom("error"), Term::atom("tokens")})});
}

TermFiles::Contents TermFiles::read(const QString &name)
{
    const Pass pass(*this);
    return m_d->look(name).contents;
}

std::shared_ptr<TermFiles::Made> &TermFiles::madeOf(const QString &name)
{
    const Pass pass(*this);
    return m_d->look(name).made;
}

void TermFiles::setText(const QString &name, const QByteArray &text)
{
    const auto path = m_d->disk.path(name);
    if (!path)
        return;
    Private::Text &set = m_d->texts[*path];
    if (set.version == 0)
        ++m_d->textNames;
    if (set.version != 0 && set.bytes == text)
        return;
    set = {text, ++m_d->textVersions};
    m_d->disk.forgetPass();
}

void TermFiles::clearText(const QString &name)
{
    const auto path = m_d->disk.path(name);
    if (!path || !m_d->texts.remove(*path))
        return;
    ++m_d->textNames;
    m_d->disk.forgetPass();
}

QStringList TermFiles::expand(const QStringList &path)
{
    const Pass pass(*this);
    return expandPath(path, m_d->directories);
}

bool TermFiles::Private::hasText(const QString &directory, const QString &fileName) const
{
    if (texts.isEmpty())
        return false;
    const auto path = disk.path(filenames::joined(directory, fileName));
    return path && texts.contains(*path);
}

bool TermFiles::Private::holds(const QString &directory, const QString &fileName)
{
    if (hasText(directory, fileName))
        return true;
    if (!fileName.contains(u'/') && directories.isListed(directory))
        return directories.contains(directory, fileName);
    const auto path = disk.path(filenames::joined(directory, fileName));
    if (!path)
        return false;
    const auto identity = disk.identify(*path);
    return identity || (identity.error() != ENOENT && identity.error() != ENOTDIR);
}

void TermFiles::Private::renewHoldings(const QStringList &wanted)
{
    const bool sameDirectories = holdings.directories == wanted;
    if (!sameDirectories || holdings.pass != disk.pass()) {
        holdings.complete = true;
        for (const QString &directory : wanted)
            holdings.complete = directories.isListed(directory) && holdings.complete;
    }
    holdings.pass = disk.pass();
    holdings.directories = wanted; // shared with the caller's from here on, so that they compare at once
    const quint64 revision = directories.revision() + textNames;
    if (sameDirectories && holdings.revision == revision)
        return;
    holdings.revision = revision;
    holdings.byName.clear();
}

QStringList TermFiles::holding(const QStringList &directories, const QString &fileName)
{
    const Pass pass(*this);
    m_d->renewHoldings(directories);
    Private::Holdings &holdings = m_d->holdings;
    if (const auto known = holdings.byName.constFind(fileName); known != holdings.byName.cend())
        return *known;
    QStringList found;
    for (const QString &directory : directories) {
        if (m_d->holds(directory, fileName))
            found.append(directory);
    }
    if (holdings.complete && !fileName.contains(u'/'))
        holdings.byName.insert(fileName, found);
    return found;
}

} // namespace handover::relup
