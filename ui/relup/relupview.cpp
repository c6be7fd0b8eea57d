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
    // Reading its code is the least of what becomes of an instruction.
    QList<int> rows = m_model->relatedRows();
    if (const qsizetype reads = std::ranges::count_if(rows, [this](int row) {
            return m_model->index(row).data(relup::RelupModel::PhaseRole).toInt() == int(relup::Phase::Prepare);
        });
        reads < rows.size())
        rows.remove(0, reads);
    const auto isSeen = [this](int row) { return viewport()->rect().contains(visualRect(m_model->index(row))); };
    if (rows.isEmpty() || std::ranges::all_of(rows, isSeen))
        return;
    scrollTo(m_model->index(rows.last()));
    scrollTo(m_model->index(rows.first()));
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
