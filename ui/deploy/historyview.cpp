// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deploy/historyview.h"

#include "models/deploy/stepmodel.h"
#include "models/workspace/workspace.h"
#include "ui/deploy/steplist.h"
#include "ui/theme/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"

#include <QListWidget>
#include <QLocale>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

QString timeText(const QDateTime &time) { return QLocale().toString(time, QLocale::ShortFormat); }

} // namespace

HistoryView::HistoryView(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_list(new QListWidget)
    , m_words(new RoleLabel({}, Role::Text))
    , m_steps(new StepList)
    , m_log(new QPlainTextEdit)
    , m_empty(new EmptyState(u"deploy", tr("Nothing Was Done Yet"),
                             tr("Every upgrade, switch and removal from this machine is kept here, with its steps and its log.")))
    , m_stack(new QStackedWidget)
{
    m_list->setAccessibleName(tr("What was done, newest first"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setUniformItemSizes(true);
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_log->setReadOnly(true);
    m_log->setFont(codeFont());
    m_log->setFrameShape(QFrame::NoFrame);
    m_log->setAccessibleName(tr("Log"));

    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(12);
    column->addWidget(m_words);
    column->addWidget(m_steps);
    column->addWidget(new SectionHeader(tr("Log")));
    column->addWidget(m_log, 1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto *split = new QSplitter;
    split->addWidget(m_list);
    split->addWidget(scroll);
    split->setStretchFactor(1, 1);
    split->setSizes({260, 540});
    m_stack->addWidget(m_empty);
    m_stack->addWidget(split);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);

    connect(m_list, &QListWidget::currentRowChanged, this, &HistoryView::showDeed);
    connect(workspace, &workspace::Workspace::progressed, this, [this] {
        if (isVisible())
            read();
    });
}

void HistoryView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    read();
}

// The file may be long, and on a slow disk.
void HistoryView::read()
{
    m_reading.start<QList<deploy::Deed>>([](const JobContext &) { return deploy::history(); },
                                         [this](const QList<deploy::Deed> &deeds) { showDeeds(deeds); });
}

void HistoryView::showDeeds(const QList<deploy::Deed> &deeds)
{
    m_stack->setCurrentIndex(deeds.isEmpty() ? 0 : 1);
    if (deeds.size() == m_deeds.size() && (deeds.isEmpty() || deeds.first().time == m_deeds.first().time))
        return;
    m_deeds = deeds;
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const deploy::Deed &deed : deeds) {
        const QString sign = deed.error.isEmpty() ? tr("✓") : tr("✗");
        auto *item = new QListWidgetItem(sign + u' ' + deed.title + u'\n' + timeText(deed.time));
        item->setData(Qt::AccessibleTextRole, tr("%1, %2: %3").arg(timeText(deed.time), deed.title, deed.error.isEmpty() ? tr("done") : deed.error));
        item->setSizeHint({0, 2 * fontMetrics().height() + 16});
        m_list->addItem(item);
    }
    m_list->setCurrentRow(0);
    showDeed(0);
}

void HistoryView::showDeed(int row)
{
    if (row < 0 || row >= m_deeds.size())
        return;
    const deploy::Deed &deed = m_deeds.at(row);
    QString words = tr("%1\n%2, by %3 on %4").arg(deed.title, timeText(deed.time), deed.who, deed.address);
    if (!deed.from.isEmpty() || !deed.to.isEmpty())
        words += tr("\nBefore: %1; after: %2").arg(deed.from, deed.to.isEmpty() ? tr("not known") : deed.to);
    if (!deed.error.isEmpty())
        words += u'\n' + deed.error;
    m_words->setText(words);
    QList<StepList::Step> steps;
    for (const node::Step &step : deed.steps)
        steps += {step.ok ? Mark::Done : Mark::Failed, deploy::stepTitle(step.kind), step.detail,
                  tr("%1 ms").arg(QLocale().toString(step.milliseconds))};
    m_steps->set(steps);
    m_log->setPlainText(deed.log.join(u'\n'));
}

} // namespace handover::ui
