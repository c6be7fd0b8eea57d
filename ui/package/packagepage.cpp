// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/package/packagepage.h"

#include "models/package/entrymodel.h"
#include "models/package/needmodel.h"
#include "models/workspace/workspace.h"
#include "ui/theme/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/searchfield.h"

#include <QFileInfo>
#include <QHeaderView>
#include <QLocale>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

QTableView *plainTable(const QString &name)
{
    auto *table = new QTableView;
    table->setTabKeyNavigation(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setAccessibleName(name);
    table->verticalHeader()->hide();
    table->verticalHeader()->setMinimumSectionSize(1);
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 10);
    table->horizontalHeader()->setHighlightSections(false);
    return table;
}

// A heading, what stands beside it, and the table below them.
QWidget *section(const QString &title, QWidget *beside, QWidget *table)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(16, 8, 16, 8);
    row->setSpacing(8);
    row->addWidget(new SectionHeader(title), 1);
    if (beside)
        row->addWidget(beside);
    auto *widget = new QWidget;
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(table, 1);
    return widget;
}

} // namespace

PackagePage::PackagePage(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_name(new ElidedLabel)
    , m_folder(new ElidedLabel)
    , m_facts(new RoleLabel)
    , m_sha(new ElidedLabel)
    , m_checks(new QVBoxLayout)
    , m_search(new SearchField(tr("Filter files…")))
    , m_entries(plainTable(tr("Files in the tarball")))
    , m_filter(new QSortFilterProxyModel(this))
    , m_needs(plainTable(tr("Libraries the target needs")))
    , m_needsNote(new RoleLabel)
    , m_message(new InlineMessage)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    m_name->setFont(bold(font()));
    m_folder->setElideMode(Qt::ElideMiddle);
    m_folder->setRole(Role::SecondaryText);
    m_folder->setFont(smallFont());
    m_sha->setFont(codeFont());
    m_sha->setRole(Role::SecondaryText);
    m_checks->setSpacing(6);

    auto *head = new QVBoxLayout;
    head->setContentsMargins(16, 14, 16, 14);
    head->setSpacing(4);
    head->addWidget(m_name);
    head->addWidget(m_facts);
    head->addWidget(m_folder);
    head->addWidget(m_sha);
    head->addSpacing(10);
    head->addLayout(m_checks);

    auto *halves = new QSplitter;
    halves->setChildrenCollapsible(false);
    halves->setHandleWidth(1);
    halves->addWidget(makeContents());
    halves->addWidget(makeNeeds());
    halves->setStretchFactor(0, 1);
    halves->setStretchFactor(1, 1);
    halves->setSizes({4000, 4000});
    auto *shown = new QWidget;
    auto *column = new QVBoxLayout(shown);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(new Hairline);
    column->addWidget(halves, 1);

    m_stack->addWidget(m_empty);
    m_stack->addWidget(shown);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto *messageRow = new QVBoxLayout;
    messageRow->setContentsMargins(16, 8, 16, 0);
    messageRow->addWidget(m_message);
    layout->addLayout(messageRow);
    layout->addWidget(m_stack, 1);

    connect(m_search, &QLineEdit::textChanged, m_filter, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_empty, &EmptyState::actionTriggered, workspace, &workspace::Workspace::package);
    connect(workspace, &workspace::Workspace::progressed, this, &PackagePage::update);
    connect(workspace, &workspace::Workspace::pairChanged, this, &PackagePage::update);
    update();
}

QWidget *PackagePage::makeContents()
{
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter->setSortRole(package::EntryModel::SortRole);
    m_entries->setModel(m_filter);
    m_entries->setSortingEnabled(true);
    m_search->setMaximumWidth(260);
    return section(tr("Contents"), m_search, m_entries);
}

QWidget *PackagePage::makeNeeds()
{
    m_needsNote->setRole(Role::SecondaryText);
    return section(m_needs->accessibleName(), m_needsNote, m_needs);
}

void PackagePage::showNeeds()
{
    const package::LibraryNeeds &needs = m_workspace->packaged()->manifest.needs;
    m_needsNote->setText(needs.system ? needs.system->words() : tr("no machine code inside"));
    auto *model = new package::NeedModel(needs.libraries, m_needs);
    delete m_needs->model();
    m_needs->setModel(model);
    const bool brings = std::ranges::any_of(needs.libraries, [](const auto &need) { return !need.provided.isEmpty(); });
    m_needs->setColumnHidden(package::NeedModel::SourceColumn, !brings);
    m_needs->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_needs->horizontalHeader()->setSectionResizeMode(package::NeedModel::VersionColumn, QHeaderView::Stretch);
}

void PackagePage::showChecks()
{
    while (QLayoutItem *item = m_checks->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const workspace::PackageCheck &check : m_workspace->packaged()->checks) {
        using Outcome = workspace::PackageCheck::Outcome;
        auto *row = new QWidget;
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins({});
        line->setSpacing(8);
        line->addWidget(new MarkLabel(check.outcome == Outcome::Passed   ? Mark::Done
                                      : check.outcome == Outcome::Failed ? Mark::Failed
                                                                         : Mark::Todo));
        line->addWidget(new RoleLabel(check.words, check.outcome == Outcome::NotChecked ? Role::SecondaryText : Role::Text), 1);
        m_checks->addWidget(row);
    }
}

void PackagePage::update()
{
    const auto &packaged = m_workspace->packaged();
    const auto &error = m_workspace->buildError();
    if (error && error->code.startsWith(u"package.") && !m_workspace->isBusy())
        m_message->showError(*error);
    else
        m_message->dismiss();
    if (!packaged) {
        m_shown.clear();
        const QString to = m_workspace->to() ? m_workspace->to()->tag.text() : QString();
        if (to.isEmpty())
            m_empty->set(u"package", tr("Nothing to Package"), tr("Choose the version to go to."));
        else
            m_empty->set(u"package", tr("No Tarball Yet"),
                         tr("What goes to the server: the release %1 with its relup. Packaging builds what is missing "
                            "first, and reads the file back.").arg(to),
                         m_workspace->isBusy() ? QString() : tr("Package %1").arg(to));
        m_stack->setCurrentIndex(0);
        return;
    }
    m_stack->setCurrentIndex(1);
    const package::Manifest &manifest = packaged->manifest;
    if (m_shown == manifest.sha256)
        return;
    m_shown = manifest.sha256;
    const QLocale locale;
    m_name->setText(QFileInfo(manifest.file).fileName());
    m_folder->setText(QFileInfo(manifest.file).path());
    m_facts->setText(tr("%1 · %2 unpacked · %n application(s) · ERTS %3", nullptr, static_cast<int>(manifest.apps.size()))
                         .arg(locale.formattedDataSize(manifest.size, 1, QLocale::DataSizeSIFormat),
                              locale.formattedDataSize(manifest.unpackedSize, 1, QLocale::DataSizeSIFormat), manifest.erts));
    m_sha->setText(u"SHA-256 "_s + QString::fromLatin1(manifest.sha256));
    showChecks();
    showNeeds();
    auto *model = new package::EntryModel(manifest.entries, m_filter);
    delete m_filter->sourceModel();
    m_filter->setSourceModel(model);
    m_entries->sortByColumn(package::EntryModel::PathColumn, Qt::AscendingOrder);
    m_entries->horizontalHeader()->setSectionResizeMode(package::EntryModel::PathColumn, QHeaderView::Stretch);
    m_entries->setColumnWidth(package::EntryModel::SizeColumn, m_entries->fontMetrics().horizontalAdvance(u"999.9 MB"_s) + 24);
    m_entries->setColumnWidth(package::EntryModel::ModeColumn, m_entries->fontMetrics().horizontalAdvance(u"Mode"_s) + 24);
}

} // namespace handover::ui
