// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appup/modulechooser.h"

#include "ui/widgets/labels.h"

#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace handover::ui {

namespace {

constexpr int PanelWidth = 280;
constexpr int MostLines = 12;

} // namespace

ModuleChooser::ModuleChooser(QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_list(new QListWidget)
    , m_write(new QPushButton(tr("Write Rules for These")))
{
    setFrameShape(QFrame::StyledPanel);
    m_list->setAccessibleName(tr("Modules to write rules for"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 12);
    column->setSpacing(8);
    column->addWidget(new SectionHeader(tr("Modules that differ")));
    column->addWidget(m_list);
    column->addWidget(m_write);
    connect(m_write, &QPushButton::clicked, this, [this] {
        hide();
        emit chosen(leftOut());
    });
    connect(m_list, &QListWidget::itemChanged, this, [this] { m_write->setEnabled(leftOut().size() < m_list->count()); });
}

void ModuleChooser::open(const QList<QByteArray> &modules, const QPoint &topRight)
{
    m_list->clear();
    for (const QByteArray &module : modules) {
        auto *item = new QListWidgetItem(QString::fromUtf8(module), m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Checked);
    }
    m_write->setEnabled(!modules.isEmpty());
    const int lines = static_cast<int>(qBound(qsizetype(2), modules.size(), qsizetype(MostLines)));
    m_list->setFixedHeight(lines * (fontMetrics().height() + 8) + 8);
    setFixedWidth(PanelWidth);
    adjustSize();
    move(topRight - QPoint(width(), 0));
    show();
    m_list->setFocus();
    m_list->setCurrentRow(0);
}

void ModuleChooser::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    parentWidget()->activateWindow(); // not every platform goes back by itself
}

QSet<QByteArray> ModuleChooser::leftOut() const
{
    QSet<QByteArray> modules;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() != Qt::Checked)
            modules.insert(m_list->item(row)->text().toUtf8());
    }
    return modules;
}

} // namespace handover::ui
