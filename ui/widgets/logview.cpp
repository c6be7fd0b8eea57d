// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/logview.h"

#include "ui/theme/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace handover::ui {
namespace {

/// One line of text and nothing else: about ten times as fast as the general delegate.
class LineDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, color(Role::AccentSoft));
        painter->setFont(option.font);
        painter->setPen(color(Role::Code));
        // A line of a hostile log may be megabytes long; nobody sees more than this of it.
        QString line = index.data(Qt::DisplayRole).toString().left(4000);
        line.replace(u'\t', u"    "_s);
        painter->drawText(option.rect.adjusted(12, 0, 0, 0),
                          Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, line);
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const int letter = option.fontMetrics.horizontalAdvance(u'm');
        const qsizetype length = qMin<qsizetype>(4000, index.data(Qt::DisplayRole).toString().size());
        return {int(length) * letter + 24, option.fontMetrics.lineSpacing() + 1};
    }
};

} // namespace

LogView::LogView(QWidget *parent)
    : QListView(parent)
{
    setAccessibleName(tr("Log"));
    setUniformItemSizes(true);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setFrameShape(NoFrame);
    setItemDelegate(new LineDelegate(this));
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setFont(codeFont());
    setMouseTracking(false);
    // What the user does decides; a growing log only moves the maximum.
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        m_following = verticalScrollBar()->sliderPosition() >= verticalScrollBar()->maximum();
    });
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &LogView::followEnd);
    connect(&Theme::instance(), &Theme::changed, this, &LogView::applyTheme);
    applyTheme();
}

void LogView::setLog(LogModel *log)
{
    if (m_log == log && model() == log)
        return;
    if (m_log)
        m_log->disconnect(this);
    m_log = log;
    m_following = true;
    setModel(log);
    if (log)
        connect(log, &QAbstractItemModel::rowsInserted, this, &LogView::followEnd, Qt::QueuedConnection);
    followEnd();
}

void LogView::followEnd()
{
    if (m_following)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void LogView::copyAll() const
{
    if (m_log)
        QGuiApplication::clipboard()->setText(m_log->text());
}

void LogView::copySelected() const
{
    if (!selectionModel())
        return;
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex &row : std::as_const(rows))
        lines.append(row.data().toString());
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n') + u'\n');
}

bool LogView::find(const QString &text, bool backward)
{
    const int rows = m_log ? m_log->rowCount() : 0;
    if (text.isEmpty() || rows == 0)
        return false;
    const int start = currentIndex().isValid() ? currentIndex().row() : (backward ? 0 : rows - 1);
    for (int step = 1; step <= rows; ++step) {
        const int row = backward ? (start - step + rows) % rows : (start + step) % rows;
        const QModelIndex index = m_log->index(row);
        if (!index.data().toString().contains(text, Qt::CaseInsensitive))
            continue;
        m_following = false;
        setCurrentIndex(index);
        scrollTo(index, PositionAtCenter);
        return true;
    }
    return false;
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        return copySelected();
    QListView::keyPressEvent(event);
    if (event->key() == Qt::Key_End)
        m_following = true;
    else if (event->key() == Qt::Key_Home || event->key() == Qt::Key_Up || event->key() == Qt::Key_PageUp)
        m_following = false;
}

void LogView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    QAction *lines = menu.addAction(tr("Copy Selected Lines"), this, &LogView::copySelected);
    lines->setEnabled(selectionModel() && selectionModel()->hasSelection());
    QAction *all = menu.addAction(tr("Copy All"), this, &LogView::copyAll);
    all->setEnabled(m_log && m_log->rowCount() > 0);
    menu.exec(event->globalPos());
}

void LogView::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    followEnd();
}

void LogView::applyTheme()
{
    QPalette changed;
    changed.setColor(QPalette::Base, color(Role::CodeSurface));
    setPalette(changed);
}

} // namespace handover::ui
