// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/server/connectiontester.h"

#include "models/jobs/jobqueue.h"
#include "models/node/connectiontest.h"
#include "ui/server/checkrows.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/progressstrip.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

QString verdict(const QList<Check> &checks)
{
    switch (worstOutcome(checks)) {
    case Check::Outcome::Passed: return ConnectionTester::tr("All that an upgrade needs works");
    case Check::Outcome::Warning: return ConnectionTester::tr("Works, with something to know");
    case Check::Outcome::Failed: return ConnectionTester::tr("Something is in the way");
    case Check::Outcome::Impossible: return ConnectionTester::tr("Not everything could be tried");
    }
    Q_UNREACHABLE_RETURN(QString());
}

} // namespace

ConnectionTester::ConnectionTester(QWidget *parent)
    : QWidget(parent)
    , m_title(new ElidedLabel)
    , m_progress(new ProgressStrip)
    , m_rows(new CheckRows)
{
    auto *closing = new IconButton(u"close", tr("Close the test"));
    m_title->setFont(bold(font()));
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title, 1);
    head->addWidget(closing);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(8);
    column->addWidget(new Hairline);
    column->addLayout(head);
    column->addWidget(m_progress);
    column->addWidget(m_rows);
    connect(closing, &QAbstractButton::clicked, this, &ConnectionTester::close);
    hide();
}

bool ConnectionTester::isRunning() const { return m_job && !m_job->isFinished(); }

void ConnectionTester::start(JobQueue *jobs, const QString &name, const server::Address &address,
                             const server::ConnectOptions &options)
{
    close();
    m_title->setText(tr("Testing the connection…"));
    m_rows->hide();
    m_job = jobs->start<QList<Check>>(
        tr("Test the connection to %1").arg(name),
        [address, options](const JobContext &context) -> Result<QList<Check>> {
            return node::testConnection(address, options, context);
        },
        this, [this, count = ++m_count](const Result<QList<Check>> &checks) {
            if (!checks || count != m_count)
                return; // stopped, and perhaps another one goes on
            m_rows->setChecks(*checks);
            m_rows->setVisible(true);
            m_title->setText(verdict(*checks));
        });
    connect(m_job, &Job::finished, this, [this, job = m_job.data()] {
        if (job != m_job)
            return; // another one goes on
        m_progress->setJob(nullptr);
        emit finished();
    });
    m_progress->setJob(m_job);
    setVisible(true);
}

void ConnectionTester::close()
{
    ++m_count;
    if (isRunning())
        m_job->cancel();
    m_job = nullptr;
    m_progress->setJob(nullptr);
    hide();
}

} // namespace handover::ui
