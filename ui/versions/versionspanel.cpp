// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions/versionspanel.h"

#include "models/settings/usersettings.h"
#include "models/versions/versionfiltermodel.h"
#include "models/workspace/workspace.h"
#include "ui/theme/theme.h"
#include "ui/versions/placemodel.h"
#include "ui/versions/tagcard.h"
#include "ui/versions/versiondelegate.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/searchfield.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListView>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

using Model = versions::VersionListModel;

} // namespace

VersionsPanel::VersionsPanel(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_list(new QListView)
    , m_filter(new versions::VersionFilterModel(workspace->versions(), this))
    , m_search(new SearchField(tr("Filter versions…")))
    , m_count(new RoleLabel)
    , m_order(new LinkButton)
    , m_placeModel(new PlaceModel(this))
    , m_places(new QListView)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
    , m_new(new IconButton(u"plus", tr("New Version…")))
{
    m_list->setModel(m_filter);
    m_list->setItemDelegate(new VersionDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setAccessibleName(tr("Versions, newest first"));
    m_places->setModel(m_placeModel);
    m_places->setItemDelegate(new VersionDelegate(m_places));
    m_places->setFrameShape(QFrame::NoFrame);
    m_places->setSelectionMode(QAbstractItemView::NoSelection);
    m_places->setMouseTracking(true);
    m_places->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_places->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_places->setAccessibleName(tr("Where HEAD and the working copy are"));

    auto *right = new QWidget;
    auto *rightRow = new QHBoxLayout(right);
    rightRow->setContentsMargins({});
    rightRow->setSpacing(8);
    rightRow->addWidget(m_count);
    rightRow->addWidget(m_order);
    rightRow->addWidget(m_new);
    auto *header = new SectionHeader(tr("Versions"), right);
    header->setContentsMargins(16, 12, 16, 4);
    auto *field = new QVBoxLayout;
    field->setContentsMargins(12, 4, 12, 8);
    field->addWidget(m_search);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addLayout(field);
    layout->addWidget(m_places);
    layout->addWidget(m_stack, 1);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setWanted(text);
        update();
    });
    connect(m_order, &LinkButton::clicked, this, [this] {
        const bool byDate = m_filter->order() == versions::VersionFilterModel::Order::ByVersion;
        settings::UserSettings::setListsByDate(byDate);
        setByDate(byDate);
    });
    connect(m_search, &SearchField::movedOut, this, [this] {
        m_list->setFocus();
        if (!m_list->currentIndex().isValid())
            m_list->setCurrentIndex(m_filter->index(0, 0));
    });
    connect(m_list, &QListView::activated, this, &VersionsPanel::chooseTo);
    connect(m_list, &QListView::clicked, this, &VersionsPanel::chooseTo);
    const auto choosePlace = [this](const QModelIndex &index) {
        if (const auto place = m_placeModel->placeAt(index); place && !m_workspace->versions()->versions().isEmpty())
            m_workspace->chooseTo(*place);
    };
    connect(m_places, &QListView::activated, this, choosePlace);
    connect(m_places, &QListView::clicked, this, choosePlace);
    connect(m_list, &QListView::customContextMenuRequested, this, &VersionsPanel::showMenu);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (!m_search->text().isEmpty())
            m_search->clear();
        else if (m_workspace->project())
            emit newVersionRequested();
        else
            emit openRequested();
    });
    connect(m_new, &IconButton::clicked, this, &VersionsPanel::newVersionRequested);
    connect(workspace, &workspace::Workspace::projectChanged, this, &VersionsPanel::update);
    connect(workspace, &workspace::Workspace::pairChanged, this, &VersionsPanel::update);
    setByDate(settings::UserSettings::listsByDate());
    update();
}

void VersionsPanel::makeTools()
{
    if (m_tagCard)
        return;
    m_tagCard = new TagCard(m_workspace);
    layout()->addWidget(m_tagCard);
    connect(m_tagCard, &TagCard::logRequested, this, &VersionsPanel::logRequested);
}

void VersionsPanel::setByDate(bool byDate)
{
    using Order = versions::VersionFilterModel::Order;
    m_filter->setOrder(byDate ? Order::ByDate : Order::ByVersion);
    m_order->setText(byDate ? tr("by date") : tr("by version"));
    m_order->setAccessibleName(byDate ? tr("Listed by date; list by version") : tr("Listed by version; list by date"));
    m_order->setToolTip(byDate ? tr("Newest first by date. Click to list by version.")
                               : tr("Newest first by version. Click to list by date."));
    m_list->setAccessibleName(byDate ? tr("Versions by date, newest first") : tr("Versions, newest first"));
    scrollToChosen();
}

QString VersionsPanel::tagAt(const QModelIndex &index) const { return index.data(Model::TagRole).toString(); }

// Where the list is, which for the keyboard is the row with the focus; else the version gone to.
QString VersionsPanel::currentTag() const
{
    const QString tag = tagAt(m_list->currentIndex());
    return tag.isEmpty() && m_workspace->to() ? m_workspace->to()->tag.text() : tag;
}

void VersionsPanel::askPush()
{
    if (const QString tag = currentTag(); !tag.isEmpty())
        tagCard()->askPush(tag);
}

void VersionsPanel::askDelete()
{
    if (const QString tag = currentTag(); !tag.isEmpty())
        tagCard()->askDelete(tag);
}

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
    menu->addAction(tr("&Push %1…").arg(tag), this, [this, tag] { tagCard()->askPush(tag); });
    menu->addAction(tr("&Delete %1…").arg(tag), this, [this, tag] { tagCard()->askDelete(tag); });
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
    m_placeModel->setProject(project);
    m_placeModel->setChosen(m_workspace->to() ? std::optional(m_workspace->to()->place) : std::nullopt);
    const int places = m_placeModel->rowCount();
    m_places->setVisible(places > 0);
    m_places->setFixedHeight(qMax(1, places * m_places->sizeHintForRow(0)));
    m_order->setVisible(all > 1);

    m_new->setEnabled(project.has_value());
    showEmpty(all);
    m_stack->setCurrentIndex(m_filter->rowCount() > 0 ? 0 : 1);

    scrollToChosen();
}

void VersionsPanel::showEmpty(int all)
{
    if (!m_workspace->project())
        m_empty->set(u"tag", tr("No Project"), tr("Open a git repository: its tags are the versions."),
                     tr("Open Project…"));
    else if (all == 0)
        m_empty->set(u"tag", tr("No Tags"),
                     tr("A version is a git tag, and this repository has none. Tags made elsewhere appear here."),
                     tr("New Version…"));
    else
        m_empty->set(u"search", tr("Nothing Found"), tr("No version matches the filter."), tr("Clear Filter"));
}

void VersionsPanel::scrollToChosen()
{
    if (!m_workspace->to())
        return;
    if (m_workspace->to()->place != versions::Version::Place::Tag) {
        m_list->clearSelection();
        return;
    }
    const int row = m_workspace->versions()->rowOfTag(m_workspace->to()->tag.text());
    const QModelIndex index = m_filter->mapFromSource(m_workspace->versions()->index(row));
    if (index.isValid() && index != m_list->currentIndex())
        m_list->setCurrentIndex(index);
}

} // namespace handover::ui
