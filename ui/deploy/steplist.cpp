// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deploy/steplist.h"

#include "ui/widgets/labels.h"

#include <QGridLayout>
#include <QVBoxLayout>

namespace handover::ui {

namespace {

constexpr int TitleWidth = 150;

} // namespace

StepList::StepList(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins({});
    m_column->setSpacing(8);
}

StepList::Row StepList::makeRow()
{
    Row row{new QWidget, new MarkLabel, new RoleLabel({}, Role::Text), new RoleLabel, new RoleLabel};
    row.title->setFixedWidth(TitleWidth);
    row.detail->setTextFormat(Qt::PlainText);
    row.detail->setWordWrap(true);
    row.detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *line = new QHBoxLayout(row.widget);
    line->setContentsMargins({});
    line->setSpacing(10);
    line->addWidget(row.mark, 0, Qt::AlignTop);
    line->addWidget(row.title, 0, Qt::AlignTop);
    line->addWidget(row.detail, 1, Qt::AlignTop);
    line->addWidget(row.time, 0, Qt::AlignTop);
    m_column->addWidget(row.widget);
    return row;
}

void StepList::set(const QList<Step> &steps)
{
    while (m_rows.size() > steps.size())
        delete m_rows.takeLast().widget;
    while (m_rows.size() < steps.size())
        m_rows += makeRow();
    for (qsizetype i = 0; i < steps.size(); ++i) {
        m_rows[i].mark->set(steps[i].mark);
        m_rows[i].title->setText(steps[i].title);
        m_rows[i].detail->setText(steps[i].detail);
        m_rows[i].time->setText(steps[i].time);
    }
}

} // namespace handover::ui
