// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/relup/reluppane.h"

#include "models/core/namelist.h"
#include "models/workspace/instructionway.h"
#include "ui/relup/relupview.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/labels.h"

#include <QScopedValueRollback>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

QString names(const QByteArrayList &modules)
{
    QStringList names;
    for (const QByteArray &module : modules)
        names.append(QString::fromUtf8(module));
    return nameList(names);
}

QString suspendWords(const relup::Summary &summary)
{
    if (!summary.longest)
        return RelupPane::tr("suspends %1").arg(names(summary.suspended));
    const QString window = RelupPane::tr("suspends for at most %n instruction(s)", nullptr, int(summary.longest->instructions));
    const QString loads = RelupPane::tr("%n module(s) loaded meanwhile", nullptr, int(summary.longest->loads));
    return u"%1, %2: %3"_s.arg(window, loads, names(summary.suspended));
}

} // namespace

QString summaryWords(const relup::Summary &summary)
{
    QStringList words;
    if (!summary.suspended.isEmpty())
        words += suspendWords(summary);
    if (!summary.converted.isEmpty())
        words += RelupPane::tr("converts the state of %1").arg(names(summary.converted));
    if (!summary.loaded.isEmpty())
        words += RelupPane::tr("loads %n module(s)", nullptr, int(summary.loaded.size()));
    if (!summary.removed.isEmpty())
        words += RelupPane::tr("removes %n module(s)", nullptr, int(summary.removed.size()));
    if (!summary.killed.isEmpty())
        words += RelupPane::tr("kills processes that still run the old code of %n of them", nullptr, int(summary.killed.size()));
    if (!summary.restarted.isEmpty())
        words += RelupPane::tr("restarts %1").arg(names(summary.restarted));
    if (!summary.started.isEmpty())
        words += RelupPane::tr("starts %1").arg(names(summary.started));
    if (!summary.stopped.isEmpty())
        words += RelupPane::tr("stops %1").arg(names(summary.stopped));
    if (summary.restartsEmulator)
        words += RelupPane::tr("restarts the VM");
    return words.join(u" · "_s);
}

RelupPane::RelupPane(workspace::InstructionWay *way, appup::Direction direction, QWidget *parent)
    : QWidget(parent)
    , m_way(way)
    , m_direction(direction)
    , m_chip(new Chip)
    , m_summary(new RoleLabel)
    , m_view(new RelupView(way->script(direction)))
{
    m_title = new SectionHeader({}, m_chip);
    m_title->setContentsMargins(12, 8, 12, 4);
    m_summary->setFont(smallFont());
    m_summary->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_title);
    auto *summaryRow = new QHBoxLayout;
    summaryRow->setContentsMargins(12, 0, 12, 6);
    summaryRow->addWidget(m_summary);
    column->addLayout(summaryRow);
    column->addWidget(new Hairline);
    column->addWidget(m_view, 1);

    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        const QScopedValueRollback selecting(m_selecting, true);
        // Not when rows come and go: somebody is typing elsewhere.
        if (current.isValid() && m_view->window()->focusWidget() == m_view)
            m_way->select(m_direction, current.row());
    });
    connect(m_view, &QListView::activated, this,
            [this](const QModelIndex &index) { m_way->activate(m_direction, index.row()); });
    connect(way, &workspace::InstructionWay::scriptsChanged, this, &RelupPane::showScript);
    connect(way, &workspace::InstructionWay::changed, this, &RelupPane::showRelated);
    showScript();
}

void RelupPane::setTitle(const QString &title)
{
    m_title->setTitle(title);
    m_view->setAccessibleName(title);
}

void RelupPane::showScript()
{
    const relup::Summary &summary = m_way->summary(m_direction);
    m_summary->setText(summaryWords(summary));
    m_view->setAccessibleDescription(m_summary->text());
    const int instructions = qMax(0, m_view->model()->rowCount() - 1); // without the point of no return
    if (summary.restartsEmulator)
        m_chip->set(tr("restarts the VM"), Tone::Warning);
    else
        m_chip->set(tr("%n instruction(s)", nullptr, instructions), Tone::Neutral);
    showRelated();
}

void RelupPane::showRelated()
{
    if (!m_selecting && isVisible())
        m_view->revealRelated();
}

} // namespace handover::ui
