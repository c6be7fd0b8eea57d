// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/fileview.h"

#include "models/transfer/directoryorder.h"
#include "ui/files/filedelegate.h"
#include "ui/theme/paint.h"

#include <QDragMoveEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

using Model = transfer::DirectoryModel;
using Command = FileView::Command;

constexpr int NameWidth = 170; // that must be left for the names

} // namespace

FileView::FileView(Model *model, transfer::DirectoryOrder *order, QWidget *parent)
    : QTreeView(parent)
    , m_model(model)
    , m_order(order)
{
    setModel(order);
    setItemDelegate(new FileDelegate(this));
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(EditKeyPressed);
    setSortingEnabled(true);
    sortByColumn(Model::NameColumn, Qt::AscendingOrder);
    setDragDropMode(DragDrop);
    setDefaultDropAction(Qt::CopyAction);
    setFrameShape(QFrame::NoFrame);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setTextElideMode(Qt::ElideMiddle);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(Model::NameColumn, QHeaderView::Stretch);
    header()->setMinimumSectionSize(40);
    const QFontMetrics metrics(font());
    const auto fix = [&](int column, const QString &widest) {
        header()->resizeSection(column, metrics.horizontalAdvance(widest) + 24);
    };
    fix(Model::SizeColumn, u"999.9 MB"_s);
    fix(Model::ModifiedColumn, u"2000-00-00 00:00"_s);
    fix(Model::PermissionsColumn, u"Permissions"_s);
    fix(Model::OwnerColumn, u"deploy:deploy"_s);
    connect(this, &QTreeView::activated, this, [this] { emit commanded(Command::Open); });
}

QKeySequence FileView::keys(Command command)
{
    switch (command) {
    case Command::Open: return Qt::Key_Return;
    case Command::Up: return Qt::Key_Backspace;
    case Command::Rename: return Qt::Key_F2;
    case Command::Delete: return QKeySequence::Delete;
    case Command::Refresh: return Qt::Key_F5;
    case Command::Hidden: return Qt::CTRL | Qt::Key_H;
    case Command::MakeDirectory: return Qt::Key_F7;
    case Command::Copy: return Qt::CTRL | Qt::Key_T;
    case Command::Details: return Qt::ALT | Qt::Key_Return;
    }
    Q_UNREACHABLE_RETURN({});
}

// Enter and F2 are the view's own.
std::optional<Command> FileView::commandOf(const QKeyEvent &event)
{
    const QKeySequence pressed(event.keyCombination());
    for (const Command command : {Command::Up, Command::Delete, Command::Refresh, Command::Hidden, Command::MakeDirectory,
                                  Command::Copy, Command::Details}) {
        if (pressed == keys(command))
            return command;
    }
    return std::nullopt;
}

// Some of these keys mean something else elsewhere in the window.
bool FileView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && commandOf(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QTreeView::event(event);
}

void FileView::keyPressEvent(QKeyEvent *event)
{
    if (const auto command = commandOf(*event))
        emit commanded(*command);
    else
        QTreeView::keyPressEvent(event);
}

QList<int> FileView::selectedSourceRows() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QList<int> source;
    for (const QModelIndex &index : std::as_const(rows))
        source += m_order->mapToSource(index).row();
    return source;
}

int FileView::currentSourceRow() const { return m_order->mapToSource(currentIndex()).row(); }

void FileView::select(QByteArrayView name)
{
    const int row = m_model->rowOf(name);
    const QModelIndex index = row < 0 ? QModelIndex() : m_order->mapFromSource(m_model->index(row, 0));
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    scrollTo(index);
}

void FileView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    int left = viewport()->width() - NameWidth;
    for (const int column : {Model::SizeColumn, Model::ModifiedColumn, Model::PermissionsColumn, Model::OwnerColumn}) {
        const bool wasHidden = isColumnHidden(column);
        setColumnHidden(column, false);
        left -= columnWidth(column);
        setColumnHidden(column, left < 0);
        if (wasHidden != isColumnHidden(column))
            viewport()->update();
    }
}

int FileView::directoryAt(const QPoint &position) const
{
    const QModelIndex index = m_order->mapToSource(indexAt(position));
    return index.isValid() && m_model->entry(index.row()).leadsToDirectory ? index.row() : -1;
}

void FileView::hover(std::optional<int> row)
{
    if (m_hovered != row)
        viewport()->update();
    m_hovered = row;
}

void FileView::dragEnterEvent(QDragEnterEvent *event)
{
    if (m_accepts && event->source() != this && m_accepts(*event->mimeData()))
        event->acceptProposedAction();
    else
        event->ignore();
}

void FileView::dragMoveEvent(QDragMoveEvent *event)
{
    if (!m_accepts || event->source() == this || !m_accepts(*event->mimeData()))
        return event->ignore();
    hover(directoryAt(event->position().toPoint()));
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void FileView::dragLeaveEvent(QDragLeaveEvent *event)
{
    hover({});
    event->accept();
}

void FileView::dropEvent(QDropEvent *event)
{
    hover({});
    if (!m_accepts || event->source() == this || !m_accepts(*event->mimeData()))
        return event->ignore();
    event->setDropAction(Qt::CopyAction); // nothing is ever taken away from where it was
    event->accept();
    emit dropped(event->mimeData(), directoryAt(event->position().toPoint()));
}

void FileView::paintEvent(QPaintEvent *event)
{
    QTreeView::paintEvent(event);
    if (!m_hovered)
        return;
    QPainter painter(viewport());
    QRect place = viewport()->rect();
    if (*m_hovered >= 0) {
        place = visualRect(m_order->mapFromSource(m_model->index(*m_hovered, 0)));
        place.setLeft(0);
        place.setRight(viewport()->width() - 1);
    }
    paintFocusRing(&painter, place);
}

void FileView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTreeView::selectionChanged(selected, deselected);
    emit selectionMoved();
}

} // namespace handover::ui
