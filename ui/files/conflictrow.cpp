// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/conflictrow.h"

#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace handover::ui {

namespace {

using transfer::Answer;

constexpr int Indent = 36; // as the names in the rows

[[nodiscard]] QString factsWords(const transfer::FileFacts &facts)
{
    return ConflictRow::tr("%1 of %2").arg(QLocale().formattedDataSize(facts.size, 1, QLocale::DataSizeSIFormat),
                                           QLocale().toString(facts.modified, QLocale::ShortFormat));
}

} // namespace

ConflictRow::ConflictRow(const transfer::Conflict &conflict, QWidget *parent)
    : QWidget(parent)
    , m_forAll(new QCheckBox(tr("for all of them")))
{
    auto *question = new ElidedLabel(
        conflict.target.isFolder
            ? tr("There is something of that name that is no file.")
            : tr("It is there already: %1. The new one: %2.").arg(factsWords(conflict.target), factsWords(conflict.source)));
    question->setRole(Role::WarningText);
    m_forAll->setAccessibleName(tr("The answer is for all files that were added together"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    const auto add = [&](const QString &text, const QString &meaning, Answer answer) {
        auto *button = new QPushButton(text);
        button->setToolTip(meaning);
        connect(button, &QPushButton::clicked, this, [this, answer] { emit answered(answer, m_forAll->isChecked()); });
        buttons->addWidget(button);
    };
    if (!conflict.target.isFolder)
        add(tr("Overwrite"), tr("The old file stands there until the new one has arrived as a whole"), Answer::Overwrite);
    if (conflict.mayResume())
        add(tr("Resume"), tr("What is there is the beginning of the file, which is checked: only the rest is sent"), Answer::Resume);
    add(tr("Skip"), tr("What is there stays"), Answer::Skip);
    add(tr("Keep Both"), tr("The new one gets a number behind its name"), Answer::Rename);
    buttons->addWidget(m_forAll);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Indent, 0, 12, 6);
    column->setSpacing(4);
    column->addStretch(1);
    column->addWidget(question);
    column->addLayout(buttons);
}

} // namespace handover::ui
