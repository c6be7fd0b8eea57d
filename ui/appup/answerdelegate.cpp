// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appup/answerdelegate.h"

#include "models/appup/modulechoicesmodel.h"
#include "ui/theme/icons.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QPainter>

namespace handover::ui {

using Choices = appup::ModuleChoicesModel;

namespace {

constexpr int Chevron = 12;

} // namespace

QWidget *AnswerDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const
{
    auto *box = new QComboBox(parent);
    for (const appup::ModuleAnswer answer : appup::moduleAnswers())
        box->addItem(appup::answerWords(answer), static_cast<int>(answer));
    box->setAccessibleName(tr("What happens to the processes of %1").arg(index.siblingAtColumn(Choices::ModuleColumn).data().toString()));
    connect(box, &QComboBox::activated, this, [this, box] {
        auto *self = const_cast<AnswerDelegate *>(this); // createEditor() is const, its signals aren't
        emit self->commitData(box);
        emit self->closeEditor(box);
    });
    return box;
}

void AnswerDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    auto *box = qobject_cast<QComboBox *>(editor);
    box->setCurrentIndex(box->findData(index.data(Qt::EditRole)));
    QMetaObject::invokeMethod(box, &QComboBox::showPopup, Qt::QueuedConnection);
}

void AnswerDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    model->setData(index, qobject_cast<QComboBox *>(editor)->currentData(), Qt::EditRole);
}

void AnswerDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const bool answer = index.column() == Choices::AnswerColumn;
    const bool alone = index.siblingAtColumn(Choices::AnswerColumn).data(Qt::EditRole).toInt() == int(appup::ModuleAnswer::Nothing);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, color(Role::NeutralSoft));
    QRect rect = option.rect.adjusted(8, 0, -4, 0);
    if (answer) {
        paintIcon(painter, QRectF(rect.right() - Chevron, rect.center().y() - Chevron / 2, Chevron, Chevron), u"chevron-down",
                  color(Role::Secondary));
        rect.setRight(rect.right() - Chevron - 4);
    }
    painter->setFont(option.font);
    painter->setPen(color(alone ? Role::SecondaryText : Role::Text));
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, rect.width()));
    paintHairline(painter, option.rect, Qt::BottomEdge);
    if (option.state & QStyle::State_HasFocus)
        paintFocusRing(painter, option.rect.adjusted(1, 1, -1, -2));
    painter->restore();
}

QSize AnswerDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return QStyledItemDelegate::sizeHint(option, index) + QSize(16, 0);
}

} // namespace handover::ui
