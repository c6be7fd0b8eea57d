// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/directories.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

// systools_lib makes a regular expression of the part by replacing '*', so "a.b*" takes "axb1" and
// "a+b*" doesn't take "a+b1".
QRegularExpression expressionOf(const QString &part)
{
    if (part == u"*")
        return QRegularExpression(u"[^/]+"_s);
    return QRegularExpression(QString(part).replace(u'*', "[^/]*"_L1));
}

// As the versions of appups: the first match must be the whole name, no other one is tried.
QStringList matchingNames(const QStringList &names, const QString &part)
{
    if (part == u"*")
        return names;
    QStringList found;
    const QRegularExpression expression = expressionOf(part);
    if (!expression.isValid())
        return found;
    for (const QString &name : names) {
        const auto match = expression.matchView(name);
        if (match.hasMatch() && match.capturedLength() == name.size())
            found.append(name);
    }
    return found;
}

} // namespace

void Directories::forget(Entry &entry)
{
    ++m_revision;
    entry.listed = false;
    entry.unlistable = false;
    entry.names.clear();
    entry.lookup.clear();
    entry.matches.clear();
}

Directories::Entry &Directories::look(const QString &path)
{
    auto found = m_entries.find(path);
    if (found == m_entries.end()) {
        found = m_entries.insert(path, {});
        found->path = m_disk.path(path);
        ++m_revision;
    }
    Entry &entry = *found;
    if (entry.pass == m_disk.pass() || !entry.path)
        return entry;
    entry.pass = m_disk.pass();
    std::optional<FileIdentity> now;
    if (const auto identity = m_disk.identify(*entry.path);
        identity && identity->kind == FileIdentity::Kind::Directory)
        now = *identity;
    const bool known = entry.listed || entry.unlistable;
    if (entry.identity != now || (known && !entry.settled))
        forget(entry);
    entry.identity = now;
    return entry;
}

Directories::Entry &Directories::list(const QString &path)
{
    Entry &entry = look(path);
    if (entry.listed || entry.unlistable || !entry.identity)
        return entry;
    auto names = m_disk.list(*entry.path);
    if (!names) {
        entry.settled = false;
        entry.unlistable = true;
        return entry;
    }
    entry.identity = names->identity;
    entry.settled = names->settled;
    entry.listed = true;
    entry.lookup = QSet<QString>(names->names.cbegin(), names->names.cend());
    entry.names = std::move(names->names);
    return entry;
}

bool Directories::isDirectory(const QString &path) { return look(path).identity.has_value(); }

bool Directories::isListed(const QString &path) { return !list(path).unlistable; }

bool Directories::contains(const QString &path, const QString &name)
{
    return list(path).lookup.contains(name);
}

QStringList Directories::matching(const QString &path, const QString &part)
{
    Entry &entry = list(path);
    if (const auto known = entry.matches.constFind(part); known != entry.matches.cend())
        return *known;
    return *entry.matches.insert(part, matchingNames(entry.names, part));
}

} // namespace handover::relup
