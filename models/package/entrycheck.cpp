// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/entrycheck.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::package {

namespace {

std::unexpected<Error> unsafe(const QString &message)
{
    return failure(u"package.unsafe"_s, message,
                   u"Don't unpack this tarball; find out where it comes from."_s);
}

// Commands to a terminal, and what turns the writing direction: a name with them is not read as it is.
bool deceives(QChar c)
{
    const char16_t code = c.unicode();
    return c.category() == QChar::Other_Control || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

QString shortened(const QString &path)
{
    QString shown = path.size() > 200 ? path.left(200) + u'…' : path;
    std::ranges::replace_if(shown, deceives, QChar(QChar::ReplacementCharacter));
    return shown;
}

Result<> checkCharacters(const QString &name)
{
    if (std::ranges::none_of(name, deceives))
        return {};
    return unsafe(u"The tarball holds a name with control characters: %1"_s.arg(shortened(name)));
}

} // namespace

std::optional<QString> linkDestination(const QString &linkPath, const QString &target)
{
    if (target.isEmpty() || target.startsWith(u'/'))
        return std::nullopt;
    QStringList parts = linkPath.split(u'/');
    parts.removeLast();
    bool named = false;
    for (const QString &part : target.split(u'/', Qt::SkipEmptyParts)) {
        if (part == u"."_s)
            continue;
        if (part != u".."_s) {
            named = true;
            parts.append(part);
        } else if (named || parts.isEmpty()) {
            return std::nullopt;
        } else {
            parts.removeLast();
        }
    }
    return parts.join(u'/');
}

Result<QString> EntryCheck::clean(const QString &path) const
{
    if (path.isEmpty())
        return unsafe(u"The tarball holds an entry without a name."_s);
    if (auto plain = checkCharacters(path); !plain)
        return std::unexpected(plain.error());
    if (path.startsWith(u'/'))
        return unsafe(u"The tarball holds the absolute path %1."_s.arg(shortened(path)));
    QStringList parts;
    for (const QString &part : path.split(u'/', Qt::SkipEmptyParts)) {
        if (part == u".."_s)
            return unsafe(u"The tarball holds %1, which leads out of the release."_s.arg(shortened(path)));
        if (part != u"."_s)
            parts.append(part);
    }
    if (path.size() > m_limits.pathLength || parts.size() > m_limits.pathDepth)
        return failure(u"package.too-large"_s,
                       u"The tarball holds a path that is too long: %1"_s.arg(shortened(path)),
                       u"Shorten the path in the project."_s);
    return parts.join(u'/');
}

Result<> EntryCheck::insert(const QString &path, EntryType type)
{
    m_characters += path.size();
    if (m_known.size() >= m_limits.entries || m_characters > m_limits.nameCharacters)
        return failure(u"package.too-large"_s, u"The tarball holds more files than a release has."_s,
                       u"Don't unpack it; find out where it comes from."_s);
    m_known.insert(path, type);
    return {};
}

Result<> EntryCheck::addParents(const QString &path)
{
    for (qsizetype slash = path.lastIndexOf(u'/'); slash > 0; slash = path.lastIndexOf(u'/', slash - 1)) {
        const QString parent = path.left(slash);
        const auto known = m_known.constFind(parent);
        if (known == m_known.cend()) {
            if (auto inserted = insert(parent, EntryType::Directory); !inserted)
                return inserted;
        } else if (*known == EntryType::Directory) {
            break;
        } else {
            return unsafe(
                u"The tarball holds %1, but %2 is not a folder."_s.arg(shortened(path), shortened(parent)));
        }
    }
    return {};
}

Result<> EntryCheck::checkLink(const Entry &entry) const
{
    if (entry.type == EntryType::Symlink && !linkDestination(entry.path, entry.linkTarget))
        return unsafe(u"The tarball holds the link %1, which leads out of the release: %2"_s.arg(
            shortened(entry.path), shortened(entry.linkTarget)));
    if (entry.type == EntryType::Hardlink) {
        const EntryType target = m_known.value(entry.linkTarget, EntryType::Other);
        if (target != EntryType::File && target != EntryType::Hardlink)
            return unsafe(u"The tarball holds the link %1 to %2, which is no file before it."_s.arg(
                shortened(entry.path), shortened(entry.linkTarget)));
    }
    return {};
}

Result<> EntryCheck::add(const Entry &entry)
{
    if (entry.type == EntryType::Other)
        return unsafe(
            u"The tarball holds %1, which is a device, a pipe or a socket."_s.arg(shortened(entry.path)));
    if (entry.path.isEmpty() && entry.type != EntryType::Directory)
        return unsafe(u"The tarball holds an entry that takes the place of the release directory."_s);
    constexpr int setIds = 06000;
    if (entry.type == EntryType::File && (entry.mode & setIds) != 0)
        return unsafe(u"The tarball holds %1, which would run with the rights of whoever unpacks it."_s.arg(
            shortened(entry.path)));
    if (auto plain = checkCharacters(entry.linkTarget); !plain)
        return plain;
    if (auto checked = checkLink(entry); !checked)
        return checked;
    if (auto added = addParents(entry.path); !added)
        return added;
    const auto known = m_known.constFind(entry.path);
    if (known == m_known.cend())
        return insert(entry.path, entry.type);
    // Of two files tar takes the last, release_handler the first.
    if (*known != EntryType::Directory || entry.type != EntryType::Directory)
        return unsafe(u"The tarball holds %1 twice."_s.arg(shortened(entry.path)));
    return {};
}

} // namespace handover::package
