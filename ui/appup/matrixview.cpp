// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appup/matrixview.h"

#include "models/workspace/workspace.h"
#include "ui/appup/costsign.h"
#include "ui/appup/matrixdelegate.h"
#include "ui/theme/paint.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QTableView>
#include <QVBoxLayout>

namespace handover::ui {

namespace {

constexpr int ColumnWidth = 108;
constexpr int MostHeaderWidth = 220;

/// One of the signs in the legend.
class CostLabel final : public QWidget
{
public:
    explicit CostLabel(std::optional<appup::Cost> cost) : m_cost(cost) { setFixedSize(16, 16); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintCostSign(&painter, rect(), m_cost);
    }

private:
    std::optional<appup::Cost> m_cost;
};

/// The versions at the left, which stay there; the style's own sections are higher than the rows.
class VersionHeader final : public QHeaderView
{
public:
    VersionHeader() : QHeaderView(Qt::Vertical) {}

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override
    {
        const QString version = model()->headerData(section, Qt::Vertical, Qt::DisplayRole).toString();
        const QRect inside = rect.adjusted(16, 0, -8, 0);
        painter->setPen(color(Role::Text));
        painter->drawText(inside, Qt::AlignLeft | Qt::AlignVCenter, fontMetrics().elidedText(version, Qt::ElideRight, inside.width()));
        paintHairline(painter, rect, Qt::BottomEdge);
    }

    [[nodiscard]] QSize sectionSizeFromContents(int section) const override
    {
        const QString version = model()->headerData(section, Qt::Vertical, Qt::DisplayRole).toString();
        return {qMin(fontMetrics().horizontalAdvance(version) + 32, MostHeaderWidth), fontMetrics().height() + 12};
    }
};

} // namespace

MatrixView::MatrixView(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_table(new QTableView)
    , m_summary(new RoleLabel)
{
    auto *close = new IconButton(u"close", tr("Back to the Rules"));
    auto *title = new SectionHeader(tr("All applications × all versions"), close);
    title->setContentsMargins(16, 8, 12, 8);
    setUpTable();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(title);
    column->addLayout(legend());
    column->addWidget(new Hairline);
    column->addWidget(m_table, 1);

    connect(close, &QAbstractButton::clicked, this, &MatrixView::closeRequested);
    connect(workspace->matrix(), &workspace::LiveMatrix::computed, this, &MatrixView::showSummary);
    for (const auto signal : {&workspace::Workspace::pairChanged, &workspace::Workspace::projectChanged, &workspace::Workspace::appsRead})
        connect(workspace, signal, this, &MatrixView::update);
    connect(workspace->rules(), &workspace::RulesDocument::textChanged, this, &MatrixView::update);
}

void MatrixView::setUpTable()
{
    m_table->setModel(m_workspace->matrix()->model());
    m_table->setItemDelegate(new MatrixDelegate(m_table));
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setTabKeyNavigation(false);
    m_table->setAccessibleName(tr("What the upgrade from each version costs, by application"));
    m_table->setVerticalHeader(new VersionHeader);
    m_table->setCornerButtonEnabled(false);
    const int line = fontMetrics().height() + 12;
    m_table->verticalHeader()->setMinimumSectionSize(1);
    m_table->verticalHeader()->setDefaultSectionSize(line);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultSectionSize(ColumnWidth);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(m_table, &QTableView::clicked, this, &MatrixView::choose);
    connect(m_table, &QTableView::activated, this, &MatrixView::choose);
}

QLayout *MatrixView::legend() const
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(16, 0, 16, 8);
    row->setSpacing(6);
    using appup::Cost;
    const QList<std::pair<std::optional<Cost>, QString>> signs{
        {Cost::CodeOnly, appup::costWords(Cost::CodeOnly)},
        {Cost::CodeChange, appup::costWords(Cost::CodeChange)},
        {Cost::ApplicationRestart, appup::costWords(Cost::ApplicationRestart)},
        {Cost::VmRestart, appup::costWords(Cost::VmRestart)},
        {std::nullopt, tr("no rule")},
    };
    for (const auto &[cost, words] : signs) {
        row->addWidget(new CostLabel(cost));
        row->addWidget(new RoleLabel(words));
        row->addSpacing(8);
    }
    row->addStretch(1);
    row->addWidget(m_summary);
    return row;
}

void MatrixView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    update();
}

void MatrixView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit closeRequested();
    else
        QWidget::keyPressEvent(event);
}

void MatrixView::update()
{
    if (!isVisible())
        return;
    m_summary->setText(tr("Working it out…"));
    m_workspace->updateMatrix();
}

void MatrixView::showSummary()
{
    const appup::RulesMatrixModel *model = m_workspace->matrix()->model();
    m_summary->setText(m_workspace->isReadingApps()
                           ? tr("The older versions are still being read…")
                           : tr("%1 versions, %2 applications").arg(model->rowCount()).arg(model->columnCount()));
}

void MatrixView::choose(const QModelIndex &index)
{
    using Matrix = appup::RulesMatrixModel;
    if (index.isValid())
        emit chosen(index.data(Matrix::AppRole).toString(), index.data(Matrix::VsnRole).toString());
}

} // namespace handover::ui
