// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/checklist.h"

#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/mark.h"

#include <QGridLayout>
#include <QVBoxLayout>

namespace handover::ui {

namespace {

constexpr int TitleWidth = 150;
constexpr qsizetype MostDetails = 200;

Mark markOf(Check::Outcome outcome)
{
    switch (outcome) {
    case Check::Outcome::Passed: return Mark::Done;
    case Check::Outcome::Warning: return Mark::Attention;
    case Check::Outcome::Failed: return Mark::Failed;
    case Check::Outcome::Impossible: return Mark::Stale;
    }
    Q_UNREACHABLE_RETURN(Mark::Todo);
}

QString outcomeWords(Check::Outcome outcome)
{
    switch (outcome) {
    case Check::Outcome::Passed: return CheckList::tr("Passed");
    case Check::Outcome::Warning: return CheckList::tr("Warning");
    case Check::Outcome::Failed: return CheckList::tr("Failed");
    case Check::Outcome::Impossible: return CheckList::tr("Not possible here");
    }
    Q_UNREACHABLE_RETURN(QString());
}

// Words of a server are no markup.
void setPlain(RoleLabel *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

CheckList::CheckList(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins({});
    m_column->setSpacing(8);
}

CheckList::Row CheckList::makeRow()
{
    Row row{new QWidget, new MarkLabel, new RoleLabel({}, Role::Text), new RoleLabel({}, Role::Text), new RoleLabel,
            new LinkButton, new RoleLabel};
    row.title->setFixedWidth(TitleWidth);
    for (RoleLabel *label : {row.title, row.words, row.remedy, row.details}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    row.details->setFont(codeFont());
    row.details->hide();
    row.toggle->setFixedHeight(row.words->fontMetrics().height()); // in line with the words
    auto *grid = new QGridLayout(row.widget);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(2);
    grid->addWidget(row.mark, 0, 0, Qt::AlignTop);
    grid->addWidget(row.title, 0, 1, Qt::AlignTop);
    grid->addWidget(row.words, 0, 2, Qt::AlignTop);
    grid->addWidget(row.toggle, 0, 3, Qt::AlignTop);
    grid->addWidget(row.remedy, 1, 2, 1, 2);
    grid->addWidget(row.details, 2, 2, 1, 2);
    grid->setColumnStretch(2, 1);
    connect(row.toggle, &QAbstractButton::clicked, this, [this, details = row.details, toggle = row.toggle] {
        details->setVisible(!details->isVisibleTo(this));
        toggle->setText(details->isVisibleTo(this) ? tr("Hide") : tr("Show"));
    });
    m_column->addWidget(row.widget);
    return row;
}

void CheckList::set(const QList<Check> &checks)
{
    if (checks == m_checks)
        return; // what was folded out stays so
    m_checks = checks;
    while (m_rows.size() > checks.size())
        delete m_rows.takeLast().widget;
    while (m_rows.size() < checks.size())
        m_rows += makeRow();
    for (qsizetype i = 0; i < checks.size(); ++i)
        show(m_rows.at(i), checks.at(i));
}

void CheckList::show(const Row &row, const Check &check)
{
    row.mark->set(markOf(check.outcome));
    row.mark->setAccessibleName(outcomeWords(check.outcome));
    row.mark->setToolTip(outcomeWords(check.outcome));
    setPlain(row.title, check.title);
    setPlain(row.words, check.words);
    row.words->setRole(check.outcome == Check::Outcome::Passed || check.outcome == Check::Outcome::Impossible ? Role::SecondaryText
                                                                                                           : Role::Text);
    setPlain(row.remedy, check.outcome == Check::Outcome::Passed ? QString() : check.remedy);
    QStringList details = check.details;
    if (details.size() > MostDetails) {
        const qsizetype more = details.size() - MostDetails;
        details = details.first(MostDetails);
        details += tr("and %1 more").arg(more);
    }
    row.details->setText(details.join(u'\n'));
    row.details->hide();
    row.toggle->setVisible(!details.isEmpty());
    row.toggle->setText(tr("Show"));
    row.toggle->setAccessibleName(tr("Details: %1").arg(check.title));
}

} // namespace handover::ui
