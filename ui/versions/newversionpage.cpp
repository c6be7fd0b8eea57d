// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions/newversionpage.h"

#include "models/workspace/workspace.h"
#include "ui/editor/diffview.h"
#include "ui/theme/theme.h"
#include "ui/versions/fatemodel.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/progressstrip.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QRadioButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace handover::ui {

using versions::LockstepApps;
using workspace::Tagging;

struct NewVersionPage::Shown
{
    workspace::NewVersionPlan plan;
    QList<repo::DiffLine> lines;
};

NewVersionPage::NewVersionPage(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_title(new ElidedLabel(tr("New Version")))
    , m_since(new ElidedLabel)
    , m_version(new QLineEdit)
    , m_proposals(new QHBoxLayout)
    , m_message(new QLineEdit)
    , m_fates(new FateModel(this))
    , m_table(new QTableView)
    , m_diff(new DiffView)
    , m_steps(new RoleLabel)
    , m_notice(new InlineMessage)
    , m_progress(new ProgressStrip)
    , m_make(new QPushButton(tr("Make Version")))
{
    auto *close = new IconButton(u"close", tr("Close without making a version"));
    m_title->setFont(bold(font()));
    m_since->setRole(Role::SecondaryText);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(16, 10, 12, 10);
    head->setSpacing(12);
    head->addWidget(m_title);
    head->addWidget(m_since, 1);
    head->addWidget(close);

    m_steps->setWordWrap(true);
    m_notice->setClosable(false);
    m_make->setDefault(true);
    auto *cancel = new QPushButton(tr("Cancel"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_steps, 1);
    buttons->addWidget(cancel, 0, Qt::AlignBottom);
    buttons->addWidget(m_make, 0, Qt::AlignBottom);
    auto *foot = new QVBoxLayout;
    foot->setContentsMargins(16, 12, 16, 12);
    foot->setSpacing(8);
    foot->addWidget(m_notice);
    foot->addWidget(m_progress);
    foot->addLayout(buttons);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(new Hairline);
    layout->addWidget(makeMiddle(), 1);
    layout->addWidget(new Hairline);
    layout->addLayout(foot);

    connect(close, &IconButton::clicked, this, &NewVersionPage::closed);
    connect(cancel, &QPushButton::clicked, this, &NewVersionPage::closed);
    connect(m_make, &QPushButton::clicked, this, &NewVersionPage::make);
    connect(m_version, &QLineEdit::textChanged, this, &NewVersionPage::edited);
    connect(m_version, &QLineEdit::returnPressed, m_make, &QPushButton::click);
    connect(m_message, &QLineEdit::textChanged, this, &NewVersionPage::edited);
    connect(m_message, &QLineEdit::returnPressed, m_make, &QPushButton::click);
    connect(m_fates, &FateModel::chosenChanged, this, &NewVersionPage::edited);
    connect(workspace, &workspace::Workspace::projectChanged, this, [this] {
        if (isVisible() && !m_isMaking)
            read(false);
    });
    connect(workspace->tagging(), &Tagging::done, this, [this] {
        m_progress->setJob(nullptr);
        if (std::exchange(m_isMaking, false))
            emit closed();
    });
    connect(workspace->tagging(), &Tagging::failed, this, [this](const Error &error) {
        if (!std::exchange(m_isMaking, false))
            return;
        m_progress->setJob(nullptr);
        if (!error.isCancelled())
            m_failure = error;
        read(false); // much may be otherwise by now
    });
}

// Where the window is low, this scrolls; what will be done and the button for it are always in sight.
QWidget *NewVersionPage::makeMiddle()
{
    auto *middle = new QWidget;
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeForm());
    column->addWidget(new Hairline);
    column->addWidget(makePreview(), 1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(middle);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    return scroll;
}

QWidget *NewVersionPage::makeForm()
{
    m_version->setAccessibleName(tr("Version"));
    m_version->setMaximumWidth(160);
    m_message->setAccessibleName(tr("Message of the tag"));
    m_proposals->setSpacing(12);
    auto *versionLabel = new RoleLabel(tr("&Version"));
    versionLabel->setBuddy(m_version);
    auto *messageLabel = new RoleLabel(tr("&Message"));
    messageLabel->setBuddy(m_message);
    auto *versionRow = new QHBoxLayout;
    versionRow->setSpacing(12);
    versionRow->addWidget(m_version);
    versionRow->addLayout(m_proposals);
    versionRow->addStretch(1);

    auto *form = new QWidget;
    auto *grid = new QGridLayout(form);
    grid->setContentsMargins(16, 12, 16, 12);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->addWidget(versionLabel, 0, 0);
    grid->addLayout(versionRow, 0, 1);
    grid->addWidget(messageLabel, 1, 0);
    grid->addWidget(m_message, 1, 1);
    grid->addWidget(new RoleLabel(tr("Applications")), 2, 0, Qt::AlignTop);
    grid->addWidget(makeChoices(), 2, 1);
    grid->setColumnStretch(1, 1);
    return form;
}

QWidget *NewVersionPage::makeChoices()
{
    auto *choices = new QWidget;
    auto *column = new QGridLayout(choices);
    column->setContentsMargins({});
    column->setHorizontalSpacing(12);
    column->setVerticalSpacing(6);
    column->setColumnStretch(1, 1);
    int row = 0;
    for (const QString &text : {tr("Only the c&hanged ones"), tr("&All"), tr("&Those ticked below")}) {
        auto *choice = new QRadioButton(text);
        auto *cost = new RoleLabel;
        cost->setWordWrap(true);
        cost->setFont(smallFont());
        column->addWidget(choice, row, 0, Qt::AlignTop);
        column->addWidget(cost, row, 1);
        m_choices += choice;
        m_costs += cost;
        connect(choice, &QRadioButton::toggled, this, [this](bool on) {
            if (!on)
                return;
            m_fates->setChoosing(chosenApps() == LockstepApps::Chosen);
            edited();
        });
        ++row;
    }
    m_choices.first()->setChecked(true);
    return choices;
}

QWidget *NewVersionPage::makePreview()
{
    m_table->setModel(m_fates);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setFont(smallFont());
    m_table->setAccessibleName(tr("What becomes of each application"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setMinimumSectionSize(1);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_diff->setAccessibleName(tr("What will be committed"));
    m_diff->setPlaceholderText(tr("No file has to change."));

    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_table);
    splitter->addWidget(m_diff);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({200, 240});
    splitter->setMinimumHeight(260);
    return splitter;
}

LockstepApps NewVersionPage::chosenApps() const
{
    for (qsizetype i = 0; i < m_choices.size(); ++i) {
        if (m_choices[i]->isChecked())
            return static_cast<LockstepApps>(i);
    }
    return LockstepApps::Changed;
}

void NewVersionPage::start()
{
    m_start.reset();
    m_plan.reset();
    m_failure.reset();
    m_notice->dismiss();
    m_since->setText(tr("Comparing HEAD with the last version…"));
    m_make->setEnabled(false);
    m_choices.first()->setChecked(true);
    m_message->clear();
    m_version->setFocus();
    read(true);
}

void NewVersionPage::read(bool proposes)
{
    if (!m_workspace->project())
        return;
    using Start = Result<workspace::NewVersionStart>;
    m_make->setEnabled(false);
    m_reading.start<Start>([project = *m_workspace->project()](
                               const JobContext &context) { return workspace::readNewVersion(project, context); },
                           [this, proposes](const Start &start) { take(start, proposes || !m_start); });
}

void NewVersionPage::take(const Result<workspace::NewVersionStart> &start, bool proposes)
{
    if (!start) {
        m_start.reset();
        m_since->setText({});
        m_notice->showError(start.error());
        return;
    }
    m_start = *start;
    const QString place = start->branch.isEmpty() ? tr("HEAD is detached at %1").arg(start->head.shortText())
                                                  : tr("on branch %1").arg(start->branch);
    const QString after = start->last ? tr("after %1").arg(start->last->tag.text()) : tr("the first one");
    m_since->setText(start->who.isEmpty() ? u"%1, %2"_s.arg(after, place) : tr("%1, %2, by %3").arg(after, place, start->who));
    for (qsizetype i = 0; i < m_costs.size(); ++i) {
        m_costs[i]->setText(start->cost(static_cast<LockstepApps>(i)));
        m_choices[i]->setAccessibleDescription(m_costs[i]->text());
    }
    m_fates->setApps(start->project.apps);
    showProposals();
    if (proposes) {
        m_version->setText(start->proposals.value(0));
        m_version->selectAll();
    }
    plan();
}

void NewVersionPage::showProposals()
{
    while (QLayoutItem *item = m_proposals->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString &version : std::as_const(m_start->proposals)) {
        auto *link = new LinkButton(version);
        link->setAccessibleName(tr("Name it %1").arg(version));
        connect(link, &LinkButton::clicked, m_version, [this, version] { m_version->setText(version); });
        m_proposals->addWidget(link);
    }
}

void NewVersionPage::edited()
{
    m_failure.reset();
    plan();
}

void NewVersionPage::plan()
{
    m_plan.reset();
    m_make->setEnabled(false);
    if (!m_start || m_isMaking)
        return;
    const workspace::NewVersionWish wish{m_version->text(), m_message->text(), chosenApps(), m_fates->chosen()};
    m_planning.start<Shown>(
        [start = *m_start, wish](const JobContext &) {
            workspace::NewVersionPlan plan = workspace::planNewVersion(start, wish);
            return Shown{plan, workspace::linesOf(plan)};
        },
        [this](const Shown &shown) { show(shown); });
}

void NewVersionPage::show(const Shown &shown)
{
    m_plan = shown.plan;
    const workspace::NewVersionPlan &plan = shown.plan;
    const QString tag = QString::fromUtf8(plan.work.name);
    m_message->setPlaceholderText(plan.work.message);
    m_fates->setFates(plan.lockstep.apps);
    m_diff->setLines(shown.lines);
    m_steps->setText(plan.obstacle ? QString() : plan.steps.join(u'\n'));
    m_make->setText(plan.work.files.isEmpty() ? tr("Tag %1").arg(tag) : tr("Commit and Tag %1").arg(tag));
    m_make->setEnabled(!plan.obstacle);
    showNotice(plan);
}

void NewVersionPage::showNotice(const workspace::NewVersionPlan &plan)
{
    if (m_failure)
        m_notice->showError(*m_failure);
    else if (plan.obstacle)
        m_notice->showError(*plan.obstacle);
    else if (!plan.remarks.isEmpty())
        m_notice->showMessage(Tone::Warning, plan.remarks.join(u'\n'));
    else
        m_notice->dismiss();
}

void NewVersionPage::make()
{
    if (!m_plan || m_plan->obstacle || m_isMaking)
        return;
    Job *const job = m_workspace->tagging()->make(*m_start, *m_plan);
    if (!job) {
        m_notice->showMessage(Tone::Warning, tr("Wait until this is done: %1").arg(m_workspace->tagging()->job()->title()));
        return;
    }
    m_isMaking = true;
    m_failure.reset();
    m_make->setEnabled(false);
    m_progress->setJob(job);
}

void NewVersionPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QWidget::keyPressEvent(event);
}

} // namespace handover::ui
