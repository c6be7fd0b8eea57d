// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/completionlist.h"

#include "ui/editor/overlay.h"
#include "ui/theme/paint.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QStringListModel>

namespace handover::ui {
namespace {

constexpr int MostRows = 10;
constexpr int MostListWidth = 520;
constexpr int AboutWidth = 280;

} // namespace

CompletionList::CompletionList(QWidget *parent)
    : QFrame(parent)
    , m_list(new QListView(this))
    , m_model(new QStringListModel(this))
    , m_about(new QLabel(this))
{
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Completions"));
    m_list->setModel(m_model);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setAccessibleName(tr("What can stand here"));
    m_about->setWordWrap(true);
    m_about->setTextFormat(Qt::PlainText);
    m_about->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_about->setContentsMargins(10, 6, 10, 6);
    m_about->setFixedWidth(AboutWidth);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(4, 4, 4, 4);
    row->setSpacing(0);
    row->addWidget(m_list, 1);
    row->addWidget(m_about);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &CompletionList::showAbout);
    connect(m_list, &QListView::clicked, this, &CompletionList::chosen);
    connect(&Theme::instance(), &Theme::changed, this, &CompletionList::applyTheme);
    applyTheme();
    hide();
}

void CompletionList::applyTheme()
{
    m_list->setFont(codeFont());
    m_about->setFont(smallFont());
    QPalette changed;
    changed.setColor(QPalette::Base, color(Role::Surface));
    changed.setColor(QPalette::Text, color(Role::Code));
    changed.setColor(QPalette::WindowText, color(Role::SecondaryText));
    m_list->setPalette(changed);
    m_about->setPalette(changed);
}

void CompletionList::showAt(const QRect &line, const appup::Completions &completions)
{
    m_completions = completions;
    QStringList labels;
    bool explained = false;
    int width = 0;
    const QFontMetrics metrics(codeFont());
    for (const appup::Completion &item : completions.items) {
        labels.append(QString::fromUtf8(item.label));
        width = qMax(width, metrics.horizontalAdvance(labels.last()));
        explained = explained || !item.about.isEmpty();
    }
    m_model->setStringList(labels);
    m_about->setVisible(explained);
    m_list->setCurrentIndex(m_model->index(0));
    showAbout();
    const int rowHeight = qMax(m_list->sizeHintForRow(0), metrics.height());
    const int rows = int(qMin<qsizetype>(MostRows, labels.size()));
    const int listWidth = qBound(160, width + 36, MostListWidth);
    const int aboutHeight = explained ? metrics.height() * 6 : 0;
    const QSize size(listWidth + (explained ? AboutWidth : 0) + 8, qMax(rows * rowHeight + 4, aboutHeight) + 8);
    placeOverlay(this, line, size);
}

const appup::Completion &CompletionList::current() const
{
    const int row = qBound(0, m_list->currentIndex().row(), int(m_completions.items.size()) - 1);
    return m_completions.items.at(row);
}

void CompletionList::move(int rows)
{
    const int count = m_model->rowCount();
    const int now = m_list->currentIndex().row();
    const bool around = qAbs(rows) == 1 && (now + rows < 0 || now + rows >= count);
    const int next = around ? (now + rows + count) % count : qBound(0, now + rows, count - 1);
    m_list->setCurrentIndex(m_model->index(next));
    m_list->scrollTo(m_list->currentIndex());
}

QString CompletionList::about() const { return m_about->text(); }

void CompletionList::showAbout()
{
    if (m_completions.items.isEmpty())
        return;
    m_about->setText(current().about);
    announce(m_list, QString::fromUtf8(current().label));
}

void CompletionList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(&painter, rect(), color(Role::Surface), color(Role::Border));
}

} // namespace handover::ui
