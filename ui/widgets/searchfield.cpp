// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/searchfield.h"

#include "ui/theme/icons.h"

#include <QAction>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace handover::ui {

SearchField::SearchField(const QString &placeholder, QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setClearButtonEnabled(true);
    addAction(icon(u"search"), QLineEdit::LeadingPosition)->setText(tr("Search"));
    if (auto *clearing = findChild<QAction *>(u"_q_qlineeditclearaction"_s)) // Qt gives it no words
        clearing->setText(tr("Clear"));
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        if (!text().isEmpty()) {
            clear();
            return;
        }
        break;
    case Qt::Key_Down:
    case Qt::Key_Up:
        emit movedOut(event->key());
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        QLineEdit::keyPressEvent(event);
        emit movedOut(Qt::Key_Enter);
        return;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace handover::ui
