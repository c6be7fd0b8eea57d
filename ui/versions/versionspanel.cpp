// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions/versionspanel.h"

#include "models/workspace/workspace.h"
#include "ui/theme/theme.h"
#include "ui/versions/versiondelegate.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/searchfield.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QListView>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

using Model = versions::VersionListModel;

// Finds a version by tag, message or author.
class VersionFilter final : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setWanted(const QString &wanted)
    {
        m_wanted = wanted;
        invalidateRowsFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        const QModelIndex index = sourceModel()->index(row, 0, parent);
        for (const int role : {int(Model::TagRole), int(Model::MessageRole), int(Model::AuthorRole)}) {
            if (index.data(role).toString().contains(m_wanted, Qt::CaseInsensitive))
                return true;
        }
        return false;
    }

private:
    QString m_wanted;
};

} // namespace

VersionsPanel::VersionsPanel(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_list(new QListView)
    , m_filter(nullptr)
    , m_search(new SearchField(tr("Filter versions…")))
    , m_count(new RoleLabel)
    , m_workTree(new RoleLabel)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    auto *filter = new VersionFilter(this);
    m_filter = filter;
    m_filter->setSourceModel(workspace->versions());
    m_list->setModel(m_filter);
    m_list->setItemDelegate(new VersionDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setLayoutMode(QListView::Batched);
    m_list->setMouseTracking(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setAccessibleName(tr("Versions, newest first"));
    m_workTree->setFont(smallFont());

    auto *header = new SectionHeader(tr("Versions"), m_count);
    header->setContentsMargins(16, 12, 16, 4);
    auto *field = new QVBoxLayout;
    field->setContentsMargins(12, 4, 12, 8);
    field->addWidget(m_search);
    auto *state = new QVBoxLayout;
    state->setContentsMargins(16, 0, 16, 8);
    state->addWidget(m_workTree);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addLayout(field);
    layout->addLayout(state);
    layout->addWidget(m_stack, 1);

    connect(m_search, &QLineEdit::textChanged, this, [this, filter](const QString &text) {
        filter->setWanted(text);
        update();
    });
    connect(m_search, &SearchField::movedOut, this, [this] {
        m_list->setFocus();
        if (!m_list->currentIndex().isValid())
            m_list->setCurrentIndex(m_filter->index(0, 0));
    });
    connect(m_list, &QListView::activated, this, &VersionsPanel::chooseTo);
    connect(m_list, &QListView::clicked, this, &VersionsPanel::chooseTo);
    connect(m_list, &QListView::customContextMenuRequested, this, &VersionsPanel::showMenu);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (m_search->text().isEmpty())
            emit openRequested();
        else
            m_search->clear();
    });
    connect(workspace, &workspace::Workspace::projectChanged, this, &VersionsPanel::update);
    connect(workspace, &workspace::Workspace::pairChanged, this, &VersionsPanel::update);
    update();
}

QString VersionsPanel::tagAt(const QModelIndex &index) const { return index.data(Model::TagRole).toString(); }

void VersionsPanel::chooseTo(const QModelIndex &index)
{
    const QString tag = tagAt(index);
    if (tag.isEmpty() || (m_workspace->to() && m_workspace->to()->tag.text() == tag))
        return;
    // Going to a version usually means coming from the one before it.
    const auto version = m_workspace->project()->find(tag);
    if (!version)
        return;
    const versions::Version *older = m_workspace->project()->predecessor(*version);
    m_workspace->choosePair(older ? older->tag.text() : QString(), tag);
}

void VersionsPanel::showMenu(const QPoint &position)
{
    const QModelIndex index = m_list->indexAt(position);
    if (!index.isValid())
        return;
    const QString tag = tagAt(index);
    const QString from = m_workspace->from() ? m_workspace->from()->tag.text() : QString();
    const QString to = m_workspace->to() ? m_workspace->to()->tag.text() : QString();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Upgrade &From %1").arg(tag), this, [this, tag, to] { m_workspace->choosePair(tag, to); })
        ->setEnabled(tag != to);
    menu->addAction(tr("Upgrade &To %1").arg(tag), this, [this, tag, from] { m_workspace->choosePair(from, tag); })
        ->setEnabled(tag != from);
    menu->addSeparator();
    menu->addAction(tr("&Copy Commit"), this, [commit = index.data(Model::CommitRole).toString()] {
        QGuiApplication::clipboard()->setText(commit);
    });
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

void VersionsPanel::update()
{
    const int all = m_workspace->versions()->rowCount();
    m_count->setText(all > 0 ? QLocale().toString(all) : QString());
    m_search->setEnabled(all > 0);

    const auto &project = m_workspace->project();
    QString state;
    if (project) {
        const int changed = project->workTree.changed + project->workTree.untracked;
        state = project->head.branch.isEmpty() ? tr("detached HEAD") : project->head.branch;
        state += changed > 0 ? tr(" · %n file(s) changed", nullptr, changed) : tr(" · clean");
    }
    m_workTree->setText(state);
    m_workTree->setVisible(!state.isEmpty());

    if (!project)
        m_empty->set(u"tag", tr("No Project"), tr("Open a git repository: its tags are the versions."),
                     tr("Open Project…"));
    else if (all == 0)
        m_empty->set(u"tag", tr("No Tags"),
                     tr("A version is a git tag, and this repository has none. Make one with git tag -a 1.0.0; it "
                        "appears here."), tr("Open Another Project…"));
    else
        m_empty->set(u"search", tr("Nothing Found"), tr("No version matches the filter."), tr("Clear Filter"));
    m_stack->setCurrentIndex(m_filter->rowCount() > 0 ? 0 : 1);

    if (m_workspace->to()) {
        const int row = m_workspace->versions()->rowOfTag(m_workspace->to()->tag.text());
        const QModelIndex index = m_filter->mapFromSource(m_workspace->versions()->index(row, 0));
        if (index.isValid() && index != m_list->currentIndex())
            m_list->setCurrentIndex(index);
    }
}

} // namespace handover::ui
