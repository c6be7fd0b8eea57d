// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/files/viewplace.h"

#include <QTreeView>

#include <functional>
#include <memory>

class QLineEdit;

namespace handover::transfer {
class DirectoryModel;
class DirectoryOrder;
}

namespace handover::ui {

/// The entries of a directory in rows. F2 renames in place; columns that don't fit are left out, last ones first. What is
/// dropped goes into the directory under the pointer, or the one that is shown. The selection, the current row, the place
/// scrolled to and a name being typed stay when the directory is listed again.
class FileView final : public QTreeView
{
    Q_OBJECT

public:
    /// Copy and CopyTo bring files to the other side at once; Remember puts them on the clipboard, Paste takes them from there.
    enum class Command { Open, Up, Rename, Delete, Refresh, Hidden, MakeDirectory, Copy, CopyTo, Remember, Paste, Details };
    Q_ENUM(Command)

    FileView(transfer::DirectoryModel *model, transfer::DirectoryOrder *order, QWidget *parent = nullptr);

    [[nodiscard]] QList<int> selectedSourceRows() const; ///< of the directory, in the order shown
    [[nodiscard]] int currentSourceRow() const;          ///< -1 if there is none
    [[nodiscard]] QByteArrayList shownNames() const;     ///< in the order shown
    [[nodiscard]] QByteArrayList selectedNames() const;
    [[nodiscard]] QModelIndex indexOf(QByteArrayView name) const; ///< invalid if it isn't shown
    void select(QByteArrayView name);
    void setAccepts(std::function<bool(const QMimeData &)> accepts) { m_accepts = std::move(accepts); }
    [[nodiscard]] bool accepts(const QMimeData *carried) const { return carried && m_accepts && m_accepts(*carried); }
    [[nodiscard]] std::unique_ptr<QMimeData> selectedFiles() const; ///< as they are dragged
    [[nodiscard]] static QKeySequence keys(Command command);

signals:
    void commanded(handover::ui::FileView::Command command);
    void dropped(const QMimeData *carried, int sourceRow); ///< of the directory it was dropped on; -1: the one shown
    void selectionMoved();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    [[nodiscard]] static std::optional<Command> commandOf(const QKeyEvent &event);
    [[nodiscard]] int directoryAt(const QPoint &position) const;
    void hover(std::optional<int> row);
    void keepPlace();
    void restorePlace();
    void restoreTyping();
    [[nodiscard]] QLineEdit *nameEditor() const; ///< null while nothing is renamed

    transfer::DirectoryModel *m_model;
    transfer::DirectoryOrder *m_order;
    std::function<bool(const QMimeData &)> m_accepts;
    std::optional<int> m_hovered; ///< by something that can be dropped here
    std::optional<ViewPlace> m_place; ///< while the directory is listed again
    QByteArray m_renamed;             ///< what is given another name meanwhile,
    QString m_typed;                  ///< and that name
    bool m_wasReset = false;
};

} // namespace handover::ui
