// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/changes/differencesmodel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::changes {

namespace {

constexpr quintptr Top = 0; // of an index' id; a child has its parent's row + 1

QString changeWords(Change change)
{
    switch (change) {
    case Change::Same: return DifferencesModel::tr("the same");
    case Change::Added: return DifferencesModel::tr("added");
    case Change::Removed: return DifferencesModel::tr("removed");
    case Change::Changed: return DifferencesModel::tr("changed");
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString vsnWords(const AppDifference &app)
{
    const auto shown = [](const QString &vsn) { return vsn.isEmpty() ? u"?"_s : vsn; };
    switch (app.change) {
    case Change::Added: return shown(app.to);
    case Change::Removed: return shown(app.from);
    default: return app.vsnBumped() ? u"%1 → %2"_s.arg(shown(app.from), shown(app.to)) : shown(app.to);
    }
}

} // namespace

QString summary(const ModuleDifference &module)
{
    QStringList parts;
    for (const QByteArray &behaviour : module.facts().behaviours)
        parts += QString::fromUtf8(behaviour);
    if (module.change == Change::Changed) {
        QStringList counts;
        if (const auto added = module.addedExports().size())
            counts += u'+' + QString::number(added);
        if (const auto removed = module.removedExports().size())
            counts += u'−' + QString::number(removed);
        if (!counts.isEmpty())
            parts += DifferencesModel::tr("exports %1").arg(counts.join(u' '));
        parts += module.recordChanges();
    }
    if (module.isNative())
        parts += DifferencesModel::tr("native code");
    return parts.join(u" · "_s);
}

DifferencesModel::DifferencesModel(QObject *parent)
    : QAbstractItemModel(parent)
{
}

void DifferencesModel::setDifferences(const Differences &differences)
{
    beginResetModel();
    m_differences = differences;
    std::ranges::stable_partition(m_differences.apps, [](const AppDifference &app) { return app.change != Change::Same; });
    m_unmentioned.clear();
    endResetModel();
}

void DifferencesModel::setUnmentioned(const QString &app, const QSet<QString> &modules)
{
    if (m_unmentioned.value(app) == modules)
        return;
    m_unmentioned.insert(app, modules);
    for (int row = 0; row < m_differences.apps.size(); ++row) {
        const QModelIndex parent = index(row, 0);
        if (QString::fromUtf8(m_differences.apps[row].name) == app && rowCount(parent) > 0)
            emit dataChanged(index(0, 0, parent), index(rowCount(parent) - 1, ColumnCount - 1, parent));
    }
}

QModelIndex DifferencesModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : Top);
}

QModelIndex DifferencesModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == Top)
        return {};
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, Top);
}

int DifferencesModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_differences.apps.size() + m_differences.files.size());
    if (parent.internalId() != Top || parent.column() > 0)
        return 0;
    const AppDifference *app = appAt(parent.row());
    return app ? static_cast<int>(app->modules.size() + app->files.size()) : 0;
}

int DifferencesModel::columnCount(const QModelIndex &) const { return ColumnCount; }

const AppDifference *DifferencesModel::appAt(int row) const
{
    return row >= 0 && row < m_differences.apps.size() ? &m_differences.apps[row] : nullptr;
}

const ModuleDifference *DifferencesModel::moduleAt(const QModelIndex &index) const
{
    const AppDifference *app = index.isValid() && index.internalId() != Top ? appAt(index.parent().row()) : nullptr;
    return app && index.row() < app->modules.size() ? &app->modules[index.row()] : nullptr;
}

const FileDifference *DifferencesModel::fileAt(const QModelIndex &index) const
{
    const qsizetype row = index.isValid() && index.internalId() == Top ? index.row() - m_differences.apps.size() : -1;
    return row >= 0 && row < m_differences.files.size() ? &m_differences.files[row] : nullptr;
}

QVariant DifferencesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole) {
        QStringList parts;
        for (int column = 0; column < ColumnCount; ++column)
            parts += data(index.siblingAtColumn(column), Qt::DisplayRole).toString();
        parts += data(index, ProblemRole).toString();
        parts.removeAll(QString());
        return parts.join(u", "_s);
    }
    if (index.internalId() != Top)
        return childData(*appAt(index.parent().row()), index.row(), index.column(), role);
    if (const FileDifference *file = fileAt(index))
        return fileData(*file, index.column(), role);
    return appData(*appAt(index.row()), index.column(), role);
}

QVariant DifferencesModel::appData(const AppDifference &app, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return column == NameColumn     ? QString::fromUtf8(app.name)
               : column == ChangeColumn ? changeWords(app.change)
                                        : vsnWords(app);
    case KindRole: return int(Kind::App);
    case ChangeRole: return int(app.change);
    case AppRole:
    case NameRole: return QString::fromUtf8(app.name);
    case ProblemRole:
        return app.isForgotten() ? tr("changed, but its vsn is still %1: an upgrade would leave the old code running").arg(app.to)
                                 : QString();
    default: return {};
    }
}

QString DifferencesModel::problemOf(const AppDifference &app, const ModuleDifference &module) const
{
    const QString name = QString::fromUtf8(module.name);
    return m_unmentioned.value(QString::fromUtf8(app.name)).contains(name) ? tr("no rule mentions it") : QString();
}

QVariant DifferencesModel::childData(const AppDifference &app, int row, int column, int role) const
{
    const bool isModule = row < app.modules.size();
    const QString name = isModule ? QString::fromUtf8(app.modules[row].name) : app.files[row - app.modules.size()];
    const Change change = isModule ? app.modules[row].change : Change::Changed;
    switch (role) {
    case Qt::DisplayRole:
        return column == NameColumn     ? name
               : column == ChangeColumn ? changeWords(change)
               : isModule               ? summary(app.modules[row])
                                        : tr("file");
    case KindRole: return int(isModule ? Kind::Module : Kind::File);
    case ChangeRole: return int(change);
    case AppRole: return QString::fromUtf8(app.name);
    case NameRole: return name;
    case ProblemRole: return isModule ? problemOf(app, app.modules[row]) : QString();
    default: return {};
    }
}

QVariant DifferencesModel::fileData(const FileDifference &file, int column, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return column == NameColumn     ? file.path
               : column == ChangeColumn ? changeWords(file.change)
                                        : tr("configuration");
    case KindRole: return int(Kind::Configuration);
    case ChangeRole: return int(file.change);
    case AppRole: return QString();
    case NameRole: return file.path;
    case ProblemRole: return QString();
    default: return {};
    }
}

QVariant DifferencesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn     ? tr("Application, module")
           : section == ChangeColumn ? tr("Change")
                                     : tr("What");
}

} // namespace handover::changes
