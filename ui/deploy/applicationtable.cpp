// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deploy/applicationtable.h"

#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QStandardItemModel>

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

// The name, what runs (only of a node that is up), then each release; of an application that isn't there, a dash.
QList<QStringList> rowsOf(const node::Installation &installed)
{
    std::set<QString> names;
    for (const node::InstalledRelease &release : installed.releases)
        names.insert(release.apps.keyBegin(), release.apps.keyEnd());
    names.insert(installed.runningApps.keyBegin(), installed.runningApps.keyEnd());
    QList<QStringList> rows;
    for (const QString &name : names) {
        QStringList row{name};
        if (installed.nodeUp)
            row += installed.runningApps.value(name, u"–"_s);
        for (const node::InstalledRelease &release : installed.releases)
            row += release.apps.value(name, u"–"_s);
        rows += row;
    }
    return rows;
}

// Many are only loaded, so that one doesn't run is no difference between releases.
bool isMixed(const QStringList &row, qsizetype firstRelease)
{
    const auto releases = std::ranges::subrange(row.begin() + firstRelease, row.end());
    const bool alike = std::ranges::adjacent_find(releases, std::ranges::not_equal_to()) == releases.end();
    return !alike || (firstRelease == 2 && row.at(1) != u"–"_s && row.size() > 2 && row.at(1) != row.at(2));
}

} // namespace

ApplicationTable::ApplicationTable(QWidget *parent)
    : QTableView(parent)
    , m_model(new QStandardItemModel(this))
{
    setModel(m_model);
    setAccessibleName(tr("Applications of the installed releases"));
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setFrameShape(NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setStretchLastSection(true);
}

void ApplicationTable::set(const node::Installation &installed)
{
    const qsizetype firstRelease = installed.nodeUp ? 2 : 1;
    QStringList heads{tr("Application")};
    if (installed.nodeUp)
        heads += tr("Runs");
    for (const node::InstalledRelease &release : installed.releases)
        heads += release.version;
    QList<QStringList> rows = rowsOf(installed);
    std::ranges::stable_partition(rows, [&](const QStringList &row) { return isMixed(row, firstRelease); });
    rows.prepend(heads);
    if (rows == m_shown)
        return;
    m_shown = rows;
    m_model->clear();
    m_model->setHorizontalHeaderLabels(rows.takeFirst());
    for (const QStringList &row : std::as_const(rows)) {
        const bool mixed = isMixed(row, firstRelease);
        QList<QStandardItem *> items;
        for (const QString &text : row) {
            items += new QStandardItem(text);
            if (mixed)
                items.last()->setFont(bold(font()));
        }
        m_model->appendRow(items);
    }
    updateGeometry();
}

QSize ApplicationTable::sizeHint() const
{
    return {QTableView::sizeHint().width(), horizontalHeader()->sizeHint().height() + verticalHeader()->length() + 2};
}

} // namespace handover::ui
