// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appup/matchpanel.h"

#include "models/settings/usersettings.h"
#include "models/workspace/workspace.h"
#include "ui/appup/matchdelegate.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/labels.h"

#include <QAction>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace handover::ui {

using Model = appup::MatchTableModel;

MatchPanel::MatchPanel(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_table(new QTableView)
    , m_state(new Chip)
    , m_test(new QLineEdit)
    , m_remove(new IconButton(u"trash", tr("Remove the Selected Test Versions")))
{
    auto *title = new SectionHeader(tr("Versions × rules"), m_state);
    title->setContentsMargins(12, 8, 12, 8);
    setUpTable();
    m_test->setPlaceholderText(tr("Try a version…"));
    m_test->setAccessibleName(tr("Try a version against the rules"));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(title);
    column->addWidget(m_table, 1);
    column->addWidget(new Hairline);
    auto *testRow = new QHBoxLayout;
    testRow->setContentsMargins(12, 8, 12, 8);
    testRow->addWidget(m_test, 1);
    testRow->addWidget(m_remove);
    column->addLayout(testRow);

    connect(m_test, &QLineEdit::returnPressed, this, &MatchPanel::addTestVersion);
    connect(m_remove, &QAbstractButton::clicked, this, &MatchPanel::removeTestVersions);
    const workspace::RulesDocument *rules = workspace->rules();
    connect(rules, &workspace::RulesDocument::analysed, this, [this] { selectVersion(std::exchange(m_awaited, {})); });
    connect(rules, &workspace::RulesDocument::textChanged, this, &MatchPanel::showState);
    connect(rules, &workspace::RulesDocument::modifiedChanged, this, &MatchPanel::showState);
}

void MatchPanel::setUpTable()
{
    m_table->setModel(m_workspace->rules()->matches());
    m_table->setItemDelegate(new MatchDelegate(m_table));
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setAccessibleName(tr("Versions and the rule that takes each"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setMinimumSectionSize(1);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 12);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(Model::VersionColumn, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto *remove = new QAction(tr("Remove Test Version"), m_table);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(remove);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(remove, &QAction::triggered, this, &MatchPanel::removeTestVersions);
    connect(m_table, &QTableView::clicked, this, &MatchPanel::choose);
    connect(m_table, &QTableView::activated, this, &MatchPanel::choose);
    const auto offer = [this, remove] {
        const bool any = !selectedTests().isEmpty();
        remove->setEnabled(any);
        m_remove->setVisible(any);
        emit selectionChanged();
    };
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, offer);
    offer();
}

QString MatchPanel::projectPath() const
{
    return m_workspace->project() ? m_workspace->project()->path : QString();
}

void MatchPanel::showDocument()
{
    const workspace::RulesDocument *rules = m_workspace->rules();
    setCurrentRule(appup::Direction::Up, 0);
    rules->matches()->setTestVersions(settings::UserSettings::testVersions(projectPath(), rules->source().app));
    showState();
}

void MatchPanel::setCurrentRule(appup::Direction direction, int number)
{
    m_workspace->rules()->matches()->setCurrentRule(direction, number);
    m_table->viewport()->update(); // the version stands out in all of its row
}

void MatchPanel::selectVersion(const QString &version)
{
    const qsizetype row = m_workspace->rules()->matches()->versions().indexOf(version);
    if (row < 0)
        return;
    const QModelIndex index = m_table->model()->index(static_cast<int>(row), Model::UpColumn);
    m_table->setCurrentIndex(index);
    if (m_workspace->rules()->isAnalysed())
        choose(index);
    else
        m_awaited = version;
}

void MatchPanel::showState()
{
    const workspace::RulesDocument *rules = m_workspace->rules();
    if (!rules->isOpen())
        m_state->set({}, Tone::Neutral);
    else if (rules->isModified())
        m_state->set(tr("not saved"), Tone::Warning);
    else if (!rules->isEditable())
        m_state->set(tr("as tagged, read only"), Tone::Neutral);
    else if (rules->differsFromTag())
        m_state->set(tr("differs from %1").arg(rules->source().tag), Tone::Warning);
    else
        m_state->set(tr("as in %1").arg(rules->source().tag), Tone::Neutral);
    m_state->setToolTip(rules->differsFromTag()
                            ? tr("A build of %1 uses the rules that were tagged, not these").arg(rules->source().tag)
                            : QString());
}

void MatchPanel::choose(const QModelIndex &index)
{
    if (m_table->selectionModel()->selectedRows().size() > 1)
        return; // somebody is selecting versions
    const int column = index.column() == Model::VersionColumn ? int(Model::UpColumn) : index.column();
    const QVariant range = index.siblingAtColumn(column).data(Model::KeyRangeRole);
    if (range.isValid() && range.value<TextRange>().begin >= 0) // rules that code made are nowhere
        emit ruleChosen(range.value<TextRange>());
}

// ---- versions to try -----------------------------------------------------------------------------

QStringList MatchPanel::selectedVersions() const
{
    QStringList versions;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows(Model::VersionColumn))
        versions += index.data().toString();
    return versions;
}

QStringList MatchPanel::selectedTests() const
{
    QStringList versions;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows(Model::VersionColumn)) {
        if (index.data(Model::TestRole).toBool())
            versions += index.data().toString();
    }
    return versions;
}

void MatchPanel::addTestVersion()
{
    const QString version = m_test->text().trimmed();
    if (version.isEmpty())
        return;
    QStringList versions = m_workspace->rules()->matches()->testVersions();
    versions.removeAll(version);
    versions.prepend(version);
    setTestVersions(versions);
    m_test->clear();
}

void MatchPanel::removeTestVersions()
{
    QStringList versions = m_workspace->rules()->matches()->testVersions();
    const QStringList gone = selectedTests();
    versions.removeIf([&](const QString &version) { return gone.contains(version); });
    setTestVersions(versions);
}

void MatchPanel::setTestVersions(const QStringList &versions)
{
    m_workspace->rules()->matches()->setTestVersions(versions);
    settings::UserSettings::setTestVersions(projectPath(), m_workspace->rules()->source().app, versions);
}

} // namespace handover::ui
