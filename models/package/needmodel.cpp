// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/needmodel.h"

using namespace Qt::StringLiterals;

namespace handover::package {

namespace {

constexpr qsizetype NamedFiles = 12;

QString users(const QStringList &files)
{
    QStringList named = files.first(std::min(files.size(), NamedFiles));
    if (files.size() > NamedFiles)
        named += u"and %1 more"_s.arg(files.size() - NamedFiles);
    return named.join(u'\n');
}

} // namespace

NeedModel::NeedModel(QList<LibraryNeed> needs, QObject *parent)
    : QAbstractTableModel(parent)
    , m_needs(std::move(needs))
{
}

int NeedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_needs.size());
}

int NeedModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant NeedModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LibraryNeed &need = m_needs.at(index.row());
    if (role == Qt::ToolTipRole) {
        QStringList parts{u"Needed by\n%1"_s.arg(users(need.by))};
        for (const LibraryNeed::Version &version : need.highest)
            parts += u"%1 needed by\n%2"_s.arg(QString::fromUtf8(version.name), users(version.by));
        // Would take markup for its own, and a library can have any name.
        return u"<p style='white-space:pre'>%1</p>"_s.arg(parts.join(u"\n\n"_s).toHtmlEscaped());
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case LibraryColumn:
        return QString::fromUtf8(need.library);
    case VersionColumn:
        return QString::fromUtf8(need.versionNames().join(", "));
    case SourceColumn:
        return need.provided.isEmpty() ? u"the server"_s : u"the release"_s;
    default:
        return {};
    }
}

QVariant NeedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case LibraryColumn:
        return u"Library"_s;
    case VersionColumn:
        return u"At least"_s;
    case SourceColumn:
        return u"From"_s;
    default:
        return {};
    }
}

} // namespace handover::package
