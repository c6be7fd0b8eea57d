// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/relup/relupview.h"

#include "models/relup/relupmodel.h"
#include "ui/relup/relupdelegate.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace handover::ui {

RelupView::RelupView(relup::RelupModel *model, QWidget *parent)
    : QListView(parent)
    , m_model(model)
{
    setModel(model);
    setItemDelegate(new RelupDelegate(this));
    setUniformItemSizes(true);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setMouseTracking(true);
}

void RelupView::revealRelated()
{
    const QList<int> rows = m_model->relatedRows();
    const auto isSeen = [this](int row) { return viewport()->rect().contains(visualRect(m_model->index(row))); };
    if (!rows.isEmpty() && std::ranges::none_of(rows, isSeen))
        scrollTo(m_model->index(rows.first()), QAbstractItemView::PositionAtCenter);
}

void RelupView::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (m_model->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(color(Role::SecondaryText));
    painter.drawText(viewport()->rect().adjusted(12, 10, -12, 0), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     tr("Nothing to do: no application changes."));
}

} // namespace handover::ui
