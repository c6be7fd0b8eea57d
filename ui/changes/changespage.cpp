// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/changes/changespage.h"

#include "models/changes/differencesmodel.h"
#include "models/changes/rulechecks.h"
#include "models/workspace/workspace.h"
#include "ui/changes/differencedelegate.h"
#include "ui/editor/diffview.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"

#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

using Model = changes::DifferencesModel;

QString names(const QByteArrayList &list) { return QString::fromUtf8(list.join(", ")); }

QString detailsOf(const changes::ModuleDifference &module)
{
    QStringList lines;
    if (!module.facts().behaviours.isEmpty())
        lines += ChangesPage::tr("Behaviour: %1").arg(names(module.facts().behaviours));
    if (module.change == changes::Change::Changed) {
        if (const auto added = module.addedExports(); !added.isEmpty())
            lines += ChangesPage::tr("Exports now: %1").arg(names(added));
        if (const auto removed = module.removedExports(); !removed.isEmpty())
            lines += ChangesPage::tr("No longer exports: %1").arg(names(removed));
        for (const QString &record : module.recordChanges())
            lines += ChangesPage::tr("Record %1").arg(record);
    }
    if (module.isNative())
        lines += ChangesPage::tr("Loads native code, which a hot upgrade leaves as it is.");
    return lines.join(u'\n');
}

} // namespace

ChangesPage::ChangesPage(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_model(new Model(this))
    , m_basis(new Chip)
    , m_tree(new QTreeView)
    , m_title(new ElidedLabel)
    , m_details(new RoleLabel)
    , m_problem(new InlineMessage)
    , m_diff(new DiffView)
    , m_message(new InlineMessage)
    , m_nothing(new EmptyState)
    , m_right(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new DifferenceDelegate(m_tree));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setAccessibleName(tr("What differs between the two versions"));
    m_tree->header()->setSectionResizeMode(Model::NameColumn, QHeaderView::ResizeToContents);
    m_tree->header()->setSectionResizeMode(Model::ChangeColumn, QHeaderView::ResizeToContents);
    m_tree->header()->setStretchLastSection(true);

    auto *header = new SectionHeader(tr("Applications and modules"), m_basis);
    header->setContentsMargins(12, 8, 12, 8);
    auto *left = new QWidget;
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins({});
    leftColumn->setSpacing(0);
    leftColumn->addWidget(header);
    leftColumn->addWidget(m_tree, 1);

    m_title->setFont(bold(font()));
    m_details->setWordWrap(true);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *right = new QWidget;
    auto *rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins({});
    rightColumn->setSpacing(0);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(12, 8, 12, 8);
    head->setSpacing(4);
    head->addWidget(m_title);
    head->addWidget(m_details);
    m_problem->setClosable(false);
    head->addWidget(m_problem);
    rightColumn->addLayout(head);
    rightColumn->addWidget(new Hairline);
    m_right->addWidget(m_nothing);
    m_right->addWidget(m_diff);
    rightColumn->addWidget(m_right, 1);

    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(left);
    splitter->addWidget(right);
    splitter->setSizes({380, 380});
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);

    m_stack->addWidget(m_empty);
    m_stack->addWidget(splitter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto *messageRow = new QVBoxLayout;
    messageRow->setContentsMargins(12, 0, 12, 0);
    messageRow->addWidget(m_message);
    layout->addLayout(messageRow);
    layout->addWidget(m_stack, 1);

    connect(workspace->changes(), &workspace::LiveChanges::changed, this, &ChangesPage::update);
    connect(workspace->rules(), &workspace::RulesDocument::analysed, this, &ChangesPage::showUnmentioned);
    connect(workspace->rules(), &workspace::RulesDocument::opened, this, &ChangesPage::showUnmentioned);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &ChangesPage::showSelected);
    connect(m_tree, &QTreeView::activated, this, &ChangesPage::goToRules);
    connect(m_empty, &EmptyState::actionTriggered, workspace, &workspace::Workspace::build);
    update();
}

void ChangesPage::update()
{
    const workspace::LiveChanges *live = m_workspace->changes();
    const auto &outcome = live->outcome();
    if (outcome && !*outcome)
        m_message->showError(outcome->error());
    else
        m_message->dismiss();
    if (!outcome || !*outcome)
        return showEmpty();

    m_model->setDifferences(**outcome);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        m_tree->setExpanded(index, index.data(Model::ChangeRole).toInt() != int(changes::Change::Same));
    }
    m_stack->setCurrentIndex(1);
    showBasis();
    showUnmentioned();
    showSelected();
}

void ChangesPage::showEmpty()
{
    m_stack->setCurrentIndex(0);
    if (!m_workspace->changes()->pair())
        m_empty->set(u"changes", tr("No Versions to Compare"),
                     tr("Choose the version that runs now under From, and the one to go to under To."));
    else if (m_workspace->changes()->outcome())
        m_empty->set(u"changes", tr("Nothing to Compare"), tr("The message above says why."));
    else
        m_empty->set(u"changes", tr("Comparing…"), QString());
}

void ChangesPage::showBasis()
{
    const changes::Differences &found = m_model->differences();
    const bool builds = found.basis == changes::Differences::Basis::Builds;
    if (builds && found.ertsFrom != found.ertsTo)
        m_basis->set(tr("ERTS %1 → %2").arg(found.ertsFrom, found.ertsTo), Tone::Warning);
    else
        m_basis->set(builds ? tr("by the builds") : tr("by the sources"), builds ? Tone::Good : Tone::Neutral);
    m_basis->setToolTip(builds ? found.ertsFrom != found.ertsTo
                                     ? tr("The runtime system differs, so the upgrade restarts the emulator.")
                                     : tr("Both versions are built: modules are compared as the code loader would.")
                               : tr("Not both versions are built: files in git are compared. A changed header or parse "
                                    "transform may change more modules."));
}

void ChangesPage::showUnmentioned()
{
    const workspace::RulesDocument *rules = m_workspace->rules();
    const changes::AppDifference *app = m_workspace->changes()->app(rules->source().app);
    QSet<QString> modules;
    if (app && rules->appup()) {
        for (const QByteArray &module : changes::unmentionedModules(*rules->appup(), *app))
            modules.insert(QString::fromUtf8(module));
    }
    m_model->setUnmentioned(rules->source().app, modules);
    showProblem(m_tree->currentIndex().siblingAtColumn(0));
}

void ChangesPage::showSelected()
{
    const QModelIndex index = m_tree->currentIndex().siblingAtColumn(0);
    const QString name = index.data(Model::NameRole).toString();
    m_title->setText(name);
    m_details->clear();
    m_details->hide();
    showProblem(index);
    if (m_model->moduleAt(index))
        return showModule(index);
    if (const changes::FileDifference *file = m_model->fileAt(index)) {
        const auto lines = repo::textDiff(file->older, file->newer);
        m_diff->setLines(lines.value_or(QList<repo::DiffLine>()));
        m_right->setCurrentWidget(m_diff);
        return;
    }
    m_right->setCurrentWidget(m_nothing);
    if (!index.isValid())
        m_nothing->set(u"changes", tr("Nothing Selected"),
                       tr("Select a module to see how its source differs, or a configuration file."));
    else if (index.data(Model::KindRole).toInt() == int(Model::Kind::App))
        m_nothing->set(u"changes", name, tr("Press Enter to see its rules; select a module to see how its source differs."));
    else
        m_nothing->set(u"file", name, tr("This file belongs to no module, and a relup doesn't mention it: it is there as "
                                         "soon as the release is unpacked."));
}

// With what mends it.
void ChangesPage::showProblem(const QModelIndex &index)
{
    const QString problem = index.data(Model::ProblemRole).toString();
    const QString name = index.data(Model::NameRole).toString();
    if (problem.isEmpty())
        return m_problem->dismiss();
    if (m_model->moduleAt(index)) {
        m_problem->showMessage(Tone::Bad, tr("No rule mentions %1: after the upgrade its old code would go on running.").arg(name));
        m_problem->addAction(tr("Add It to the Rules"), this, [this, name] { emit instructionRequested(name); });
    } else {
        m_problem->showMessage(Tone::Bad, tr("%1 is %2. A node that has this vsn keeps the code it has.").arg(name, problem));
        m_problem->addAction(tr("New Version…"), this, [this] { emit newVersionRequested(); });
    }
}

void ChangesPage::showModule(const QModelIndex &index)
{
    const changes::ModuleDifference &module = *m_model->moduleAt(index);
    m_details->setText(detailsOf(module));
    m_details->setVisible(!m_details->text().isEmpty());
    m_diff->setLines({});
    m_right->setCurrentWidget(m_diff);
    m_workspace->changes()->compareSource(
        index.data(Model::AppRole).toString().toUtf8(), module, [this](const workspace::LiveChanges::SourceLines &lines) {
            m_diff->setLines(lines.value_or(QList<repo::DiffLine>()));
            if (lines && !lines->isEmpty())
                return;
            m_right->setCurrentWidget(m_nothing);
            m_nothing->set(u"file", tr("No Source to Compare"),
                           !lines ? lines.error().words()
                                  : tr("The sources of this module are the same, or not in this repository: it differs by "
                                       "a header, a dependency or the compiler."));
        });
}

void ChangesPage::goToRules(const QModelIndex &index)
{
    const QString app = index.data(Model::AppRole).toString();
    if (!m_workspace->apps().contains(app))
        return;
    m_workspace->chooseApp(app);
    emit rulesRequested();
}

} // namespace handover::ui
