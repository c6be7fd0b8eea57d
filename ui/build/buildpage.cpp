// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/build/buildpage.h"

#include "models/workspace/workspace.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/logview.h"
#include "ui/widgets/progressstrip.h"
#include "ui/widgets/searchfield.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

BuildPage::BuildPage(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_jobs(new QComboBox)
    , m_search(new SearchField(tr("Find in log…")))
    , m_log(new LogView)
    , m_progress(new ProgressStrip)
    , m_end(new RoleLabel)
    , m_message(new InlineMessage)
    , m_empty(new EmptyState(u"log", tr("Nothing Has Run Yet"),
                             tr("The output of builds, relups and deployments appears here while they run."),
                             tr("Build Both Versions")))
    , m_stack(new QStackedWidget)
{
    m_jobs->setAccessibleName(tr("Job whose log is shown"));
    m_jobs->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_log->setFrameShape(QFrame::NoFrame);
    auto *copy = new IconButton(u"copy", tr("Copy the Whole Log"));

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(16, 10, 16, 10);
    bar->setSpacing(8);
    bar->addWidget(m_jobs);
    bar->addWidget(m_end);
    bar->addStretch(1);
    bar->addWidget(m_search);
    bar->addWidget(copy);
    m_search->setMaximumWidth(260);

    auto *strip = new QVBoxLayout;
    strip->setContentsMargins(16, 0, 16, 8);
    strip->addWidget(m_progress);
    strip->addWidget(m_message);

    auto *shown = new QWidget;
    auto *inner = new QVBoxLayout(shown);
    inner->setContentsMargins({});
    inner->setSpacing(0);
    inner->addLayout(bar);
    inner->addLayout(strip);
    inner->addWidget(new Hairline);
    inner->addWidget(m_log, 1);

    m_stack->addWidget(m_empty);
    m_stack->addWidget(shown);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);

    connect(copy, &QAbstractButton::clicked, m_log, &LogView::copyAll);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { m_log->find(m_search->text()); });
    connect(m_search, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (!text.isEmpty())
            m_log->find(text);
    });
    connect(m_jobs, &QComboBox::currentIndexChanged, this, &BuildPage::select);
    connect(m_empty, &EmptyState::actionTriggered, workspace, &workspace::Workspace::build);
    connect(workspace->jobs(), &JobQueue::jobAdded, this, &BuildPage::addJob);
    connect(workspace->jobs(), &JobQueue::jobFinished, this, [this](Job *job) {
        if (m_jobs->currentData().value<Job *>() == job)
            showEnd(job);
    });
    for (Job *job : workspace->jobs()->jobs())
        addJob(job);
}

void BuildPage::addJob(Job *job)
{
    const bool atEnd = m_jobs->currentIndex() == m_jobs->count() - 1;
    m_jobs->addItem(job->title(), QVariant::fromValue(job));
    // A new job comes to the front unless an older, still interesting one was chosen by hand.
    if (atEnd || m_jobs->count() == 1)
        m_jobs->setCurrentIndex(m_jobs->count() - 1);
    m_stack->setCurrentIndex(1);
}

void BuildPage::showJob(Job *job)
{
    const int row = m_jobs->findData(QVariant::fromValue(job));
    if (row >= 0)
        m_jobs->setCurrentIndex(row);
}

void BuildPage::select(int row)
{
    Job *const job = m_jobs->itemData(row).value<Job *>();
    m_log->setLog(job ? job->log() : nullptr);
    showEnd(job);
}

void BuildPage::showEnd(Job *job)
{
    const bool ended = job && job->isFinished();
    m_progress->setJob(ended ? nullptr : job);
    QString end;
    if (ended) {
        const QString seconds = QLocale().toString(double(job->elapsed()) / 1000, 'f', 1);
        end = job->state() == Job::State::Done     ? tr("done in %1 s").arg(seconds)
              : job->state() == Job::State::Failed ? tr("failed after %1 s").arg(seconds)
                                                   : tr("cancelled after %1 s").arg(seconds);
    }
    m_end->setText(end);
    if (job && job->state() == Job::State::Failed)
        m_message->showError(job->error());
    else
        m_message->dismiss();
}

} // namespace handover::ui
