// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/versionlistmodel.h"

#include "models/core/versionorder.h"

#include <QLocale>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace handover::versions {

namespace {

// Beyond so many, telling every view of each change costs more than looking at all again.
constexpr int MaximumChanges = 200;

// A tool tip is to be read at a glance; the rest of many is a number.
constexpr qsizetype MostDependencies = 12;

QString nameAndVsn(const QString &name, const QString &vsn, const QString &unknown)
{
    return name + u' ' + (vsn.isEmpty() ? unknown : vsn);
}

QString dependencies(const QList<Dependency> &all)
{
    QStringList lines;
    for (const Dependency &dependency : all.first(qMin(all.size(), MostDependencies)))
        lines += nameAndVsn(dependency.name, dependency.vsn, u"(as the lock says)"_s);
    if (all.size() > lines.size())
        lines += VersionListModel::tr("and %1 more").arg(all.size() - lines.size());
    return VersionListModel::tr("Dependencies: %1").arg(lines.join(u", "_s));
}

} // namespace

QStringList remarks(const Version &version)
{
    QStringList remarks;
    if (!looksLikeVersion(version.version))
        remarks += VersionListModel::tr("not a version number");
    const QString others = QString::fromUtf8(version.otherTags.join(", "));
    if (const qsizetype more = version.otherTagCount - version.otherTags.size(); more > 0)
        remarks += VersionListModel::tr("same commit as %1 and %2 more").arg(others).arg(more);
    else if (!others.isEmpty())
        remarks += VersionListModel::tr("same commit as %1").arg(others);
    if (version.release && version.release->isEmpty())
        remarks += VersionListModel::tr("release version known when built");
    else if (version.release && *version.release != version.version)
        remarks += VersionListModel::tr("release %1").arg(*version.release);
    return remarks;
}

VersionListModel::VersionListModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int VersionListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_versions.size());
}

QVariant VersionListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Version &version = m_versions[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case VersionRole:
        return version.version;
    case Qt::ToolTipRole:
        return toolTip(version);
    case Qt::AccessibleTextRole:
        return accessibleText(version);
    case TagRole:
        return version.tag.text();
    case DateRole:
        return version.tag.date;
    case AuthorRole:
        return version.tag.author;
    case MessageRole:
        return version.summary();
    case RemarkRole:
        return remarks(version).join(u", "_s);
    case AnnotatedRole:
        return version.tag.annotated;
    case CommitRole:
        return version.tag.commit.text();
    case BuiltRole:
        return m_built.contains(version.tag.commit.hex());
    case PackagedRole:
        return m_packaged.contains(version.tag.name);
    case BadgesRole:
        return m_badges.value(version.installedAs());
    case FromRole:
        return !m_from.isEmpty() && version.tag.text() == m_from;
    case ToRole:
        return !m_to.isEmpty() && version.tag.text() == m_to;
    default:
        return {};
    }
}

// What the row has no room for: the whole message, who and when, the commit, the applications. All
// of it is somebody else's text, and a tool tip would take markup for its own.
QString VersionListModel::toolTip(const Version &version) const
{
    const repo::Tag &tag = version.tag;
    QStringList apps;
    for (const AppSource &app : version.apps)
        apps += nameAndVsn(app.name, app.vsn, u"(known when built)"_s);
    QStringList paragraphs;
    if (!tag.message.isEmpty())
        paragraphs += tag.message;
    paragraphs += u"%1%2\n%3 %4"_s.arg(tag.author.isEmpty() ? QString() : QString(tag.author + u", "_s),
                                       QLocale().toString(tag.date.toLocalTime(), QLocale::ShortFormat),
                                       tag.annotated ? u"annotated tag of"_s : u"lightweight tag of"_s,
                                       tag.commit.shortText());
    if (const QStringList unexpected = remarks(version); !unexpected.isEmpty())
        paragraphs += unexpected.join(u'\n');
    if (const QStringList from = m_packaged.value(tag.name); !from.isEmpty())
        paragraphs += tr("Packaged with a relup from %1").arg(from.join(u", "_s));
    if (!apps.isEmpty())
        paragraphs += apps.join(u'\n');
    if (!version.deps.isEmpty())
        paragraphs += dependencies(version.deps);
    return u"<p style=\"white-space: pre-wrap\">"_s + paragraphs.join(u"\n\n"_s).toHtmlEscaped() + u"</p>"_s;
}

QString VersionListModel::accessibleText(const Version &version) const
{
    const QString tag = version.tag.text();
    QStringList parts = {version.version};
    if (tag != version.version)
        parts << tr("tag %1").arg(tag);
    if (version.tag.date.isValid())
        parts << QLocale().toString(version.tag.date.date(), QLocale::LongFormat);
    if (!m_from.isEmpty() && tag == m_from)
        parts << tr("upgrade from here");
    if (!m_to.isEmpty() && tag == m_to)
        parts << tr("upgrade to here");
    if (m_built.contains(version.tag.commit.hex()))
        parts << tr("built");
    if (m_packaged.contains(version.tag.name))
        parts << tr("packaged");
    parts << m_badges.value(version.installedAs()) << remarks(version);
    if (const QString line = version.summary(); !line.isEmpty())
        parts << line;
    return parts.join(u", "_s);
}

int VersionListModel::rowOfTag(QStringView tag) const
{
    return static_cast<int>(versions::rowOfTag(m_versions, tag));
}

int VersionListModel::rowOfInstalled(QStringView version) const
{
    for (qsizetype row = 0; row < m_versions.size(); ++row) {
        if (m_versions[row].installedAs() == version)
            return static_cast<int>(row);
    }
    return -1;
}

QList<int> VersionListModel::rowsWith(const QString &words) const
{
    return m_text.rowsWith(words);
}

qint64 VersionListModel::seconds(int row) const
{
    const QDateTime &date = m_versions[row].tag.date;
    return date.isValid() ? date.toSecsSinceEpoch() : std::numeric_limits<qint64>::min();
}

void VersionListModel::setVersions(const QList<Version> &versions, std::optional<SearchText> text)
{
    emit changeBegins();
    if (!change(versions))
        replaceAll(versions);
    m_text = text ? *std::move(text) : SearchText(m_versions);
    emit changeEnded();
}

void VersionListModel::replaceAll(const QList<Version> &versions)
{
    beginResetModel();
    m_versions = versions;
    endResetModel();
}

void VersionListModel::update(qsizetype row, const Version &version)
{
    if (m_versions.at(row) == version)
        return;
    m_versions[row] = version;
    emit dataChanged(index(static_cast<int>(row)), index(static_cast<int>(row)));
}

// False if these are too many changes to tell of each.
bool VersionListModel::change(const QList<Version> &versions)
{
    // Mostly a tag or two have come or gone: what is above and below them stays.
    const qsizetype shorter = qMin(m_versions.size(), versions.size());
    qsizetype top = 0;
    while (top < shorter && m_versions[top].tag.name == versions[top].tag.name) {
        update(top, versions[top]);
        ++top;
    }
    qsizetype bottom = 0;
    while (bottom < shorter - top &&
           m_versions[m_versions.size() - 1 - bottom].tag.name == versions[versions.size() - 1 - bottom].tag.name) {
        update(m_versions.size() - 1 - bottom, versions[versions.size() - 1 - bottom]);
        ++bottom;
    }

    const qsizetype before = m_versions.size() - top - bottom;
    const qsizetype after = versions.size() - top - bottom;
    if (before == 0 || after == 0) {
        if (before > 0)
            removeVersions(top, top + before - 1);
        if (after > 0)
            insertVersions(top, versions.sliced(top, after));
        return true;
    }

    int changes = 0;
    QSet<QByteArray> stay;
    for (qsizetype row = top; row < versions.size() - bottom; ++row)
        stay.insert(versions[row].tag.name);
    for (qsizetype last = m_versions.size() - bottom - 1; last >= top;) {
        qsizetype first = last;
        while (first >= top && !stay.contains(m_versions[first].tag.name))
            --first;
        if (first < last) {
            if (++changes > MaximumChanges)
                return false;
            removeVersions(first + 1, last);
        }
        last = first - 1;
    }

    QSet<QByteArray> here; // tags of the rows that have not found their place yet
    for (qsizetype row = top; row < m_versions.size() - bottom; ++row)
        here.insert(m_versions[row].tag.name);
    for (qsizetype row = top; row < versions.size() - bottom;) {
        const QByteArray &name = versions[row].tag.name;
        if (row < m_versions.size() - bottom && m_versions[row].tag.name == name) {
            here.remove(name);
            update(row, versions[row]);
            ++row;
            continue;
        }
        if (++changes > MaximumChanges)
            return false;
        if (here.contains(name)) {
            moveHere(name, row);
            continue;
        }
        qsizetype end = row;
        while (end < versions.size() - bottom && !here.contains(versions[end].tag.name))
            ++end;
        insertVersions(row, versions.sliced(row, end - row));
        row = end;
    }
    if (m_versions.size() > versions.size())
        removeVersions(versions.size() - bottom, m_versions.size() - bottom - 1);
    return true;
}

void VersionListModel::declare(int firstRow, const QList<Declared> &declared)
{
    if (declared.isEmpty() || firstRow < 0 || firstRow + declared.size() > m_versions.size())
        return;
    for (qsizetype i = 0; i < declared.size(); ++i)
        m_versions[firstRow + i].declare(declared[i]);
    emit dataChanged(index(firstRow), index(firstRow + static_cast<int>(declared.size()) - 1),
                     {Qt::ToolTipRole, Qt::AccessibleTextRole, RemarkRole, BadgesRole});
}

void VersionListModel::insertVersions(qsizetype row, const QList<Version> &versions)
{
    beginInsertRows({}, static_cast<int>(row), static_cast<int>(row + versions.size() - 1));
    m_versions = m_versions.isEmpty() ? versions : m_versions.first(row) + versions + m_versions.sliced(row);
    endInsertRows();
}

void VersionListModel::removeVersions(qsizetype first, qsizetype last)
{
    beginRemoveRows({}, static_cast<int>(first), static_cast<int>(last));
    m_versions.remove(first, last - first + 1);
    endRemoveRows();
}

void VersionListModel::moveHere(const QByteArray &tag, qsizetype row)
{
    qsizetype from = row + 1;
    while (from < m_versions.size() - 1 && m_versions[from].tag.name != tag)
        ++from;
    beginMoveRows({}, static_cast<int>(from), static_cast<int>(from), {}, static_cast<int>(row));
    m_versions.move(from, row);
    endMoveRows();
}

void VersionListModel::setBuilt(const QSet<QByteArray> &commits)
{
    if (commits == m_built)
        return;
    const QSet<QByteArray> before = std::exchange(m_built, commits);
    changed({BuiltRole}, [&](const Version &version) {
        const QByteArray &commit = version.tag.commit.hex();
        return before.contains(commit) != m_built.contains(commit);
    });
}

void VersionListModel::setPackaged(const QHash<QByteArray, QStringList> &fromByTag)
{
    if (fromByTag == m_packaged)
        return;
    const QHash<QByteArray, QStringList> before = std::exchange(m_packaged, fromByTag);
    changed({PackagedRole, Qt::ToolTipRole}, [&](const Version &version) {
        return before.value(version.tag.name) != m_packaged.value(version.tag.name);
    });
}

void VersionListModel::setBadges(const QHash<QString, QStringList> &badgesByInstalled)
{
    if (badgesByInstalled == m_badges)
        return;
    const QHash<QString, QStringList> before = std::exchange(m_badges, badgesByInstalled);
    changed({BadgesRole}, [&](const Version &version) {
        return before.value(version.installedAs()) != m_badges.value(version.installedAs());
    });
}

void VersionListModel::setPair(const QString &fromTag, const QString &toTag)
{
    QList<int> rows;
    const auto note = [&](const QString &before, const QString &after) {
        if (before != after)
            rows << rowOfTag(before) << rowOfTag(after);
    };
    note(m_from, fromTag);
    note(m_to, toTag);
    m_from = fromTag;
    m_to = toTag;
    changed({FromRole, ToRole}, rows);
}

void VersionListModel::changed(QList<int> roles, const std::function<bool(const Version &)> &isChanged)
{
    QList<int> rows;
    for (int row = 0; row < m_versions.size(); ++row) {
        if (isChanged(m_versions.at(row)))
            rows << row;
    }
    changed(std::move(roles), std::move(rows));
}

// -1 is no row; each row is told once.
void VersionListModel::changed(QList<int> roles, QList<int> rows)
{
    roles << Qt::AccessibleTextRole;
    std::ranges::sort(rows);
    const auto doubled = std::ranges::unique(rows);
    rows.erase(doubled.begin(), doubled.end());
    for (const int row : std::as_const(rows)) {
        if (row >= 0)
            emit dataChanged(index(row), index(row), roles);
    }
}

} // namespace handover::versions
