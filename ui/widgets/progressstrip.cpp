// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/progressstrip.h"

#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/mark.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QProgressBar>
#include <QVBoxLayout>

namespace handover::ui {
namespace {

constexpr int Thousand = 1000;

QString sizeWords(qint64 bytes) { return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat); }

QString durationWords(qint64 milliseconds)
{
    const int seconds = int((milliseconds + Thousand - 1) / Thousand);
    if (seconds < 60)
        return ProgressStrip::tr("%n s", "seconds", seconds);
    if (seconds < 3600)
        return ProgressStrip::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    return ProgressStrip::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
}

QString numberWords(const Job &job)
{
    const Progress &progress = job.progress();
    QStringList parts;
    if (progress.bytes && progress.total > 0)
        parts.append(ProgressStrip::tr("%1 of %2").arg(sizeWords(progress.done), sizeWords(progress.total)));
    else if (progress.bytes)
        parts.append(sizeWords(progress.done));
    else if (progress.total > 0)
        parts.append(ProgressStrip::tr("%1 of %2").arg(progress.done).arg(progress.total));
    if (progress.bytes && job.rate() > 0)
        parts.append(ProgressStrip::tr("%1/s").arg(sizeWords(job.rate())));
    if (progress.bytes && job.timeLeft() >= 0)
        parts.append(ProgressStrip::tr("%1 left").arg(durationWords(job.timeLeft())));
    else if (job.elapsed() > Thousand)
        parts.append(durationWords(job.elapsed()));
    return parts.join(u" · ");
}

} // namespace

ProgressStrip::ProgressStrip(QWidget *parent)
    : QWidget(parent)
    , m_mark(new MarkLabel(Mark::Running, this))
    , m_what(new ElidedLabel({}, this))
    , m_numbers(new ElidedLabel({}, this))
    , m_button(new LinkButton(tr("Cancel"), this))
    , m_bar(new QProgressBar(this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_numbers->setRole(Role::SecondaryText);
    m_numbers->setFont(smallFont());
    m_numbers->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_numbers->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_bar->setTextVisible(false);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_mark);
    row->addWidget(m_what, 1);
    row->addWidget(m_numbers);
    row->addWidget(m_button);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    column->addLayout(row);
    column->addWidget(m_bar);
    connect(m_button, &LinkButton::clicked, this, [this] {
        if (!m_job)
            return;
        if (m_job->isFinished()) {
            emit logRequested(m_job);
        } else {
            m_job->cancel();
            refresh();
        }
    });
    hide();
}

void ProgressStrip::setJob(Job *job)
{
    if (m_job)
        m_job->disconnect(this);
    m_job = job;
    setVisible(job != nullptr);
    if (!job)
        return;
    connect(job, &Job::changed, this, &ProgressStrip::refresh);
    connect(job, &Job::finished, this, &ProgressStrip::refresh);
    connect(job, &QObject::destroyed, this, [this] { hide(); });
    refresh();
}

void ProgressStrip::refresh()
{
    if (!m_job)
        return;
    setAccessibleName(m_job->title());
    m_bar->setAccessibleName(tr("Progress of %1").arg(m_job->title()));
    if (m_job->isFinished())
        refreshFinished();
    else
        refreshRunning();
}

void ProgressStrip::refreshRunning()
{
    const Progress &progress = m_job->progress();
    m_mark->hide();
    m_bar->show();
    m_what->setRole(Role::Text);
    if (m_job->isCancelRequested())
        m_what->setText(tr("Cancelling…"));
    else if (m_job->state() == Job::State::Waiting)
        m_what->setText(tr("%1: waiting for other work").arg(m_job->title()));
    else
        m_what->setText(progress.what.isEmpty() ? m_job->title() : progress.what);
    m_numbers->setText(numberWords(*m_job));
    if (progress.total > 0) {
        // The bar counts in int; bytes don't fit.
        m_bar->setRange(0, Thousand);
        m_bar->setValue(int(qBound(0.0, double(progress.done) / double(progress.total), 1.0) * Thousand));
    } else {
        m_bar->setRange(0, 0);
    }
    m_button->setText(tr("Cancel"));
    m_button->setAccessibleName(tr("Cancel %1").arg(m_job->title()));
    m_button->setEnabled(!m_job->isCancelRequested());
    m_button->show();
}

void ProgressStrip::refreshFinished()
{
    m_bar->hide();
    m_mark->show();
    m_numbers->setText(m_job->elapsed() > Thousand ? durationWords(m_job->elapsed()) : QString());
    m_button->setText(tr("Show Log"));
    m_button->setAccessibleName(tr("Show the log of %1").arg(m_job->title()));
    m_button->setEnabled(true);
    m_button->setVisible(m_job->state() == Job::State::Failed || m_job->log()->rowCount() > 0);
    switch (m_job->state()) {
    case Job::State::Failed:
        m_mark->set(Mark::Failed);
        m_what->setRole(Role::BadText);
        m_what->setText(
            tr("%1: %2", "title of a job, what went wrong").arg(m_job->title(), m_job->error().message));
        break;
    case Job::State::Cancelled:
        m_mark->set(Mark::Stale);
        m_what->setRole(Role::SecondaryText);
        m_what->setText(tr("%1: cancelled").arg(m_job->title()));
        break;
    default:
        m_mark->set(Mark::Done);
        m_what->setRole(Role::Text);
        m_what->setText(tr("%1: done").arg(m_job->title()));
        break;
    }
}

} // namespace handover::ui
