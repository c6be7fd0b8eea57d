// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/server/checkrows.h"

#include "ui/widgets/labels.h"

#include <QGridLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

// A label breaks lines between words only, and a path or a key would make the whole panel as wide as itself.
QString breakable(const QString &text)
{
    constexpr int Most = 16;
    QString result;
    int run = 0;
    for (const QChar c : text) {
        result += c;
        run = c.isSpace() ? 0 : run + 1;
        if (c == u'/' || run == Most) {
            result += QChar(0x200B);
            run = 0;
        }
    }
    return result;
}

RoleLabel *wrapped(const QString &text, Role role)
{
    auto *label = new RoleLabel(breakable(text), role);
    label->setAccessibleName(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setFont(smallFont());
    return label;
}

} // namespace

Mark markOf(Check::Outcome outcome)
{
    switch (outcome) {
    case Check::Outcome::Passed: return Mark::Done;
    case Check::Outcome::Warning: return Mark::Attention;
    case Check::Outcome::Failed: return Mark::Failed;
    case Check::Outcome::Impossible: return Mark::Todo;
    }
    Q_UNREACHABLE_RETURN(Mark::Todo);
}

CheckRows::CheckRows(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins({});
}

void CheckRows::setChecks(const QList<Check> &checks)
{
    m_checks = checks;
    delete m_rows;
    m_rows = new QWidget;
    auto *grid = new QGridLayout(m_rows);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    for (const Check &check : checks) {
        const int row = grid->rowCount();
        auto *mark = new MarkLabel(markOf(check.outcome));
        mark->setToolTip(outcomeName(check.outcome));
        mark->setAccessibleName(u"%1: %2"_s.arg(check.title, outcomeName(check.outcome)));
        grid->addWidget(mark, row, 0, Qt::AlignTop);
        grid->addWidget(new ElidedLabel(check.title), row, 1);
        // What is well needs few words.
        auto *words = wrapped(check.words, Role::SecondaryText);
        words->setToolTip(check.details.join(u'\n').toHtmlEscaped());
        grid->addWidget(words, row + 1, 1);
        if (!check.remedy.isEmpty() && check.outcome != Check::Outcome::Impossible)
            grid->addWidget(wrapped(check.remedy, Role::Text), row + 2, 1);
        grid->setRowMinimumHeight(row + 3, 4);
    }
    m_column->addWidget(m_rows);
}

} // namespace handover::ui
