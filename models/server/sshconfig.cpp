// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/sshconfig.h"

#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <fnmatch.h>
#include <memory>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr qint64 MostBytes = 1024 * 1024;
constexpr int MostFiles = 200;
constexpr int MostDepth = 16; // READCONF_MAX_DEPTH of OpenSSH
constexpr qsizetype MostHosts = 1000;
constexpr qsizetype MostLines = 20'000;

// For whom the lines of a block are; one that is included within another needs both.
struct Block
{
    QStringList patterns; // of its Host line; none: for everybody
    bool never = false;   // Match
    std::shared_ptr<const Block> outer;

    [[nodiscard]] bool isFor(const QString &name) const
    {
        if (never || (outer && !outer->isFor(name)))
            return false;
        bool found = patterns.isEmpty();
        for (const QString &pattern : patterns) {
            const bool negated = pattern.startsWith(u'!');
            if (!sshPatternMatches(QStringView(pattern).sliced(negated ? 1 : 0), name))
                continue;
            if (negated)
                return false;
            found = true;
        }
        return found;
    }
};
using BlockPointer = std::shared_ptr<const Block>;

struct Line
{
    BlockPointer block;
    QString keyword;
    QString value;
};

class Reader
{
public:
    explicit Reader(QString home)
        : m_home(std::move(home))
    {
    }

    [[nodiscard]] bool read(const QString &name, const BlockPointer &outer, int depth);
    [[nodiscard]] SshHosts hosts();

private:
    void take(const QStringList &words, const BlockPointer &outer, BlockPointer &block, int depth);
    void takeNames(const QStringList &patterns);
    void include(const QString &pattern, const BlockPointer &block, int depth);
    [[nodiscard]] QStringList filesLike(const QString &pattern);
    [[nodiscard]] QString atHome(const QString &path) const;
    [[nodiscard]] SshHost host(const QString &name) const;
    void note(const QString &words)
    {
        if (!m_notes.contains(words) && m_notes.size() < 50)
            m_notes += words;
    }

    QString m_home;
    QList<Line> m_lines;
    QStringList m_names;
    QSet<QString> m_known;
    QStringList m_notes;
    int m_files = 0;
    qsizetype m_lineCount = 0;
};

bool Reader::read(const QString &name, const BlockPointer &outer, int depth)
{
    QFile file(name);
    if (!QFileInfo(name).isFile() || !file.open(QIODevice::ReadOnly)) // a pipe would keep us waiting
        return false;
    if (++m_files > MostFiles) {
        note(u"More than %1 files are included; the rest was left out."_s.arg(MostFiles));
        return true;
    }
    const QByteArray bytes = file.read(MostBytes + 1);
    if (bytes.size() > MostBytes)
        note(u"%1 is larger than 1 MiB; its end was left out."_s.arg(name));
    BlockPointer block = outer;
    const QString text = QString::fromUtf8(QByteArrayView(bytes).first(std::min(bytes.size(), qsizetype(MostBytes))));
    for (const QStringView line : QStringView(text).split(u'\n')) {
        if (++m_lineCount > MostLines) {
            note(u"There are more than %1 lines; the rest was left out."_s.arg(MostLines));
            break;
        }
        if (const QStringList words = sshConfigWords(line); words.size() > 1)
            take(words, outer, block, depth);
    }
    return true;
}

void Reader::take(const QStringList &words, const BlockPointer &outer, BlockPointer &block, int depth)
{
    const QString &keyword = words.first();
    if (keyword == "host"_L1) {
        takeNames(words.sliced(1));
        block = std::make_shared<Block>(words.sliced(1), false, outer);
    } else if (keyword == "match"_L1) {
        note(u"Match blocks were passed over; what they set is not shown here, but counts when ssh connects."_s);
        block = std::make_shared<Block>(QStringList(), true, outer);
    } else if (keyword == "include"_L1) {
        for (const QString &pattern : words.sliced(1))
            include(pattern, block, depth);
    } else {
        m_lines += {block, keyword, words[1]};
    }
}

void Reader::takeNames(const QStringList &patterns)
{
    for (const QString &pattern : patterns) {
        if (pattern.isEmpty() || pattern.contains(u'*') || pattern.contains(u'?') || pattern.startsWith(u'!') ||
            m_known.contains(pattern))
            continue;
        if (m_names.size() == MostHosts) {
            note(u"There are more than %1 hosts; the rest was left out."_s.arg(MostHosts));
            return;
        }
        m_known += pattern;
        m_names += pattern;
    }
}

void Reader::include(const QString &pattern, const BlockPointer &block, int depth)
{
    if (depth + 1 > MostDepth) {
        note(u"Files include each other more than %1 deep; %2 was left out."_s.arg(MostDepth).arg(pattern));
        return;
    }
    QString path = atHome(pattern);
    if (!path.startsWith(u'/'))
        path = m_home + "/.ssh/"_L1 + path;
    for (const QString &file : filesLike(path)) {
        if (m_files > MostFiles || m_lineCount > MostLines)
            return;
        if (!read(file, block, depth + 1))
            note(u"%1, which is included, can't be read."_s.arg(file));
    }
}

// As glob(3), but with a bound.
QStringList Reader::filesLike(const QString &pattern)
{
    QStringList found{QString()};
    for (const QString &part : pattern.split(u'/', Qt::SkipEmptyParts)) {
        const bool isPattern = part.contains(u'*') || part.contains(u'?') || part.contains(u'[');
        QStringList next;
        for (const QString &folder : std::as_const(found)) {
            if (!isPattern) {
                next += folder + u'/' + part;
                continue;
            }
            const QStringList names =
                QDir(folder + u'/').entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
            for (const QString &name : names) {
                if (next.size() <= MostFiles &&
                    ::fnmatch(QFile::encodeName(part).constData(), QFile::encodeName(name).constData(), FNM_PERIOD) == 0)
                    next += folder + u'/' + name;
            }
        }
        found = next.first(std::min(next.size(), qsizetype(MostFiles)));
    }
    found.removeIf([](const QString &file) { return !QFileInfo::exists(file); });
    return found;
}

QString Reader::atHome(const QString &path) const
{
    return path == "~"_L1 || path.startsWith("~/"_L1) ? QString(m_home + path.sliced(1)) : path;
}

SshHost Reader::host(const QString &name) const
{
    SshHost host{name, {}, 0, {}, {}, {}};
    for (const Line &line : m_lines) {
        if (line.value.isEmpty() || (line.block && !line.block->isFor(name)))
            continue;
        if (line.keyword == "hostname"_L1 && host.hostName.isEmpty()) {
            host.hostName = line.value;
        } else if (line.keyword == "port"_L1 && host.port == 0) {
            bool good = false;
            const int port = line.value.toInt(&good);
            host.port = good && port > 0 && port < 65536 ? port : 0;
        } else if (line.keyword == "user"_L1 && host.user.isEmpty()) {
            host.user = line.value;
        } else if (line.keyword == "proxyjump"_L1 && host.proxyJump.isEmpty()) {
            host.proxyJump = line.value;
        } else if (line.keyword == "identityfile"_L1) {
            QString file = atHome(line.value);
            file.replace("%d"_L1, m_home);
            if (!host.identityFiles.contains(file) && host.identityFiles.size() < 100)
                host.identityFiles += file;
        }
    }
    if (host.hostName.isEmpty())
        host.hostName = name;
    host.hostName.replace("%h"_L1, name).replace("%%"_L1, "%"_L1);
    if (host.proxyJump == "none"_L1)
        host.proxyJump.clear();
    host.identityFiles.removeAll(u"none"_s);
    return host;
}

SshHosts Reader::hosts()
{
    SshHosts result;
    for (const QString &name : std::as_const(m_names))
        result.hosts += host(name);
    result.notes = m_notes;
    return result;
}

} // namespace

Result<SshHosts> readSshConfig(const QString &file, const QString &home)
{
    Reader reader(home);
    if (!reader.read(file, nullptr, 0))
        return failure(u"ssh-config.unreadable"_s, u"%1 can't be read."_s.arg(file),
                       u"Hosts that you reach by ssh stand there; without it, add the server by its address."_s);
    return reader.hosts();
}

} // namespace handover::server
