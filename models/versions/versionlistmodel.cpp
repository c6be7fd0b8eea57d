// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/versionlistmodel.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace handover::versions {

namespace {

QString firstLine(const QString &text) { return text.section(u'\n', 0, 0).trimmed(); }

// What the row has no room for: the whole message, who and when, the commit, the applications. All
// of it is somebody else's text, and a tool tip would take markup for its own.
QString toolTip(const Version &version)
{
    const repo::Tag &tag = version.tag;
    QStringList apps;
    for (const AppSource &app : version.apps)
        apps += app.name + u' ' + (app.vsn.isEmpty() ? u"(known when built)"_s : app.vsn);
    QStringList paragraphs;
    if (!tag.message.isEmpty())
        paragraphs += tag.message;
    paragraphs += u"%1%2\n%3 %4"_s.arg(tag.author.isEmpty() ? QString() : QString(tag.author + u", "_s),
                                       QLocale().toString(tag.date.toLocalTime(), QLocale::ShortFormat),
                                       tag.annotated ? u"annotated tag of"_s : u"lightweight tag of"_s,
                                       tag.commit.shortText());
    if (!apps.isEmpty())
        paragraphs += apps.join(u'\n');
    return u"<p style=\"white-space: pre-wrap\">"_s + paragraphs.join(u"\n\n"_s).toHtmlEscaped() + u"</p>"_s;
}

} // namespace

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
        return firstLine(version.tag.message);
    case AnnotatedRole:
        return version.tag.annotated;
    case CommitRole:
        return version.tag.commit.text();
    case BuiltRole:
        return m_built.contains(version.tag.commit.hex());
    case BadgesRole:
        return m_badges.value(version.version);
    case FromRole:
        return !m_from.isEmpty() && version.tag.text() == m_from;
    case ToRole:
        return !m_to.isEmpty() && version.tag.text() == m_to;
    default:
        return {};
    }
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
    parts << m_badges.value(version.version);
    if (const QString line = firstLine(version.tag.message); !line.isEmpty())
        parts << line;
    return parts.join(u", "_s);
}

int VersionListModel::rowOfTag(QStringView tag) const
{
    for (qsizetype row = 0; row < m_versions.size(); ++row) {
        if (m_versions[row].tag.text() == tag)
            return static_cast<int>(row);
    }
    return -1;
}

int VersionListModel::rowOfVersion(QStringView version) const
{
    for (qsizetype row = 0; row < m_versions.size(); ++row) {
        if (m_versions[row].version == version)
            return static_cast<int>(row);
    }
    return -1;
}

void VersionListModel::setVersions(const QList<Version> &versions)
{
    QSet<QByteArray> stay;
    for (const Version &version : versions)
        stay.insert(version.tag.name);
    for (qsizetype last = m_versions.size() - 1; last >= 0;) {
        qsizetype first = last;
        while (first >= 0 && !stay.contains(m_versions[first].tag.name))
            --first;
        if (first < last)
            removeVersions(first + 1, last);
        last = first - 1;
    }

    QSet<QByteArray> here; // tags of the rows that have not found their place yet
    for (const Version &version : std::as_const(m_versions))
        here.insert(version.tag.name);
    for (qsizetype row = 0; row < versions.size();) {
        const QByteArray &name = versions[row].tag.name;
        if (row < m_versions.size() && m_versions[row].tag.name == name) {
            here.remove(name);
            if (m_versions[row] != versions[row]) {
                m_versions[row] = versions[row];
                emit dataChanged(index(static_cast<int>(row)), index(static_cast<int>(row)));
            }
            ++row;
        } else if (here.contains(name)) {
            moveHere(name, row);
        } else {
            qsizetype end = row;
            while (end < versions.size() && !here.contains(versions[end].tag.name))
                ++end;
            beginInsertRows({}, static_cast<int>(row), static_cast<int>(end - 1));
            m_versions = m_versions.first(row) + versions.sliced(row, end - row) + m_versions.sliced(row);
            endInsertRows();
            row = end;
        }
    }
    if (m_versions.size() > versions.size())
        removeVersions(versions.size(), m_versions.size() - 1);
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
    const QSet<QByteArray> before = std::exchange(m_built, commits);
    changed({BuiltRole}, [&](const Version &version) {
        const QByteArray &commit = version.tag.commit.hex();
        return before.contains(commit) != m_built.contains(commit);
    });
}

void VersionListModel::setBadges(const QHash<QString, QStringList> &badgesByVersion)
{
    const QHash<QString, QStringList> before = std::exchange(m_badges, badgesByVersion);
    changed({BadgesRole}, [&](const Version &version) {
        return before.value(version.version) != m_badges.value(version.version);
    });
}

void VersionListModel::setPair(const QString &fromTag, const QString &toTag)
{
    const QString from = std::exchange(m_from, fromTag);
    const QString to = std::exchange(m_to, toTag);
    changed({FromRole, ToRole}, [&](const Version &version) {
        const QString tag = version.tag.text();
        return (tag == from) != (tag == m_from) || (tag == to) != (tag == m_to);
    });
}

void VersionListModel::changed(QList<int> roles, const std::function<bool(const Version &)> &isChanged)
{
    roles << Qt::AccessibleTextRole;
    for (int row = 0; row < m_versions.size(); ++row) {
        if (isChanged(m_versions[row]))
            emit dataChanged(index(row), index(row), roles);
    }
}

} // namespace handover::versions
