// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/fileview.h"

#include "models/transfer/directoryorder.h"
#include "ui/files/filedelegate.h"
#include "ui/theme/paint.h"

#include <QDragMoveEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
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
    connect(model, &Model::relisting, this, &FileView::keepPlace);
    connect(order, &QAbstractItemModel::modelReset, this, [this] { m_wasReset = true; });
    connect(model, &Model::opened, this, &FileView::restorePlace);
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
    case Command::CopyTo: return Qt::CTRL | Qt::SHIFT | Qt::Key_T;
    case Command::Remember: return Qt::CTRL | Qt::Key_C;
    case Command::Paste: return Qt::CTRL | Qt::Key_V;
    case Command::Details: return Qt::ALT | Qt::Key_Return;
    }
    Q_UNREACHABLE_RETURN({});
}

// Enter and F2 are the view's own.
std::optional<Command> FileView::commandOf(const QKeyEvent &event)
{
    const QKeySequence pressed(event.keyCombination());
    for (const Command command : {Command::Up, Command::Delete, Command::Refresh, Command::Hidden, Command::MakeDirectory,
                                  Command::Copy, Command::CopyTo, Command::Remember, Command::Paste, Command::Details}) {
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
    QList<int> rows; // selectedRows() asks all ranges about each row
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows += row;
    }
    std::ranges::sort(rows);
    rows.erase(std::ranges::unique(rows).begin(), rows.end());
    for (int &row : rows)
        row = m_order->mapToSource(m_order->index(row, 0)).row();
    return rows;
}

std::unique_ptr<QMimeData> FileView::selectedFiles() const
{
    QModelIndexList indexes;
    for (const int row : selectedSourceRows())
        indexes += m_model->index(row, Model::NameColumn);
    return std::unique_ptr<QMimeData>(m_model->mimeData(indexes));
}

int FileView::currentSourceRow() const { return m_order->mapToSource(currentIndex()).row(); }

QByteArrayList FileView::shownNames() const
{
    QByteArrayList names;
    names.reserve(m_order->rowCount());
    for (int row = 0; row < m_order->rowCount(); ++row)
        names += m_model->entry(m_order->mapToSource(m_order->index(row, 0)).row()).name;
    return names;
}

QByteArrayList FileView::selectedNames() const
{
    QByteArrayList names;
    for (const int row : selectedSourceRows())
        names += m_model->entry(row).name;
    return names;
}

QModelIndex FileView::indexOf(QByteArrayView name) const
{
    const int row = m_model->rowOf(name);
    return row < 0 ? QModelIndex() : m_order->mapFromSource(m_model->index(row, 0));
}

void FileView::keepPlace()
{
    m_place.emplace(*this);
    m_wasReset = false;
    const QLineEdit *editor = nameEditor();
    m_renamed = editor ? m_model->entry(currentSourceRow()).name : QByteArray();
    m_typed = editor ? editor->text() : QString();
}

// Rows that come and go one by one keep what is selected by themselves.
void FileView::restorePlace()
{
    if (!m_place)
        return;
    if (m_wasReset)
        m_place->restoreSelection(*this);
    m_place->restoreCurrent(*this);
    m_place->restoreScroll(*this);
    m_place.reset();
    restoreTyping();
}

QLineEdit *FileView::nameEditor() const
{
    return state() == EditingState ? qobject_cast<QLineEdit *>(indexWidget(currentIndex().siblingAtColumn(Model::NameColumn)))
                                   : nullptr;
}

// A reset closes the editor, and a row that changed brings its own name back.
void FileView::restoreTyping()
{
    const QModelIndex index = m_renamed.isEmpty() ? QModelIndex() : indexOf(m_renamed);
    if (!index.isValid())
        return;
    if (!nameEditor())
        edit(index);
    if (QLineEdit *editor = nameEditor(); editor && editor->text() != m_typed)
        editor->setText(m_typed);
}

void FileView::select(QByteArrayView name)
{
    const QModelIndex index = indexOf(name);
    if (!index.isValid())
        return;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows); // whatever keys are held
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
